// SPDX-License-Identifier: MIT
#include "questions/lens_answers.hpp"

#include <algorithm>
#include <type_traits>

#include "worlds/parallel.hpp"

namespace parley::questions {
namespace {

/// A source that reads the line of `binding` answers once for each line; the others once.
struct Source {
  AnswerSource answers;
  bool by_line;
  unsigned bit;
};
constexpr Source kSources[] = {{answers_of_deals, true, kAsksDeals},
                               {answers_of_consistency, false, kAsksConsistency},
                               {answers_of_findings, false, kAsksFindings},
                               {answers_of_claims, false, kAsksClaims},
                               {answers_of_stability, false, kAsksStability}};

constexpr const char* kLines[] = {"insists", "presses", "none"};

}  // namespace

double cost_of(const AnswerScope& scope) {
  constexpr double kGame = 40, kFindings = 10;
  return scope.lens == Lens::stability ? kGame : scope.lens == Lens::findings ? kFindings : 1;
}

const Answer* AnswerList::find(const AnswerId& id) const {
  const auto found = std::find_if(answers.begin(), answers.end(), [&](const auto& a) { return a.id == id; });
  return found == answers.end() ? nullptr : &*found;
}

bool AnswerList::asked(const AnswerScope& scope) const {
  return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

bool AnswerList::gives(const AnswerId& id) const {
  if (!asked(id.scope) || open.contains(id)) return false;
  if (!id.is(Lens::stability, "holds")) return true;
  const auto game = situations.find(id.scope);
  return game != situations.end() && game->second.size() == id.about.size() &&
         std::all_of(game->second.begin(), game->second.end(), [&](const auto& levels) {
           return std::any_of(id.about.begin(), id.about.end(),
                              [&](const auto& part) { return levels.contains(part); });
         });
}

AnswerList renamed(AnswerList list, const account::Renaming& names) {
  std::map<AnswerScope, AnswerScope> scopes;
  for (const auto& [scope, issues] : list.called_after) {
    std::vector<std::string> called;
    for (const auto& issue : issues) called.push_back(account::renamed_in(issue, names));
    scopes.emplace(scope, game_scope(*std::min_element(called.begin(), called.end())));
  }
  const auto of = [&](const AnswerScope& scope) {
    const auto found = scopes.find(scope);
    return found == scopes.end() ? renamed(scope, names) : found->second;
  };
  const auto named = [&](AnswerId id) {
    const AnswerScope scope = of(id.scope);
    id = renamed(std::move(id), names);
    id.scope = scope;
    return id;
  };
  const auto all = [&](auto& map, const auto& changed) {
    std::remove_cvref_t<decltype(map)> other;
    for (auto& [key, value] : map) other.emplace(changed(key), std::move(value));
    map = std::move(other);
  };
  for (Answer& answer : list.answers) answer.id = named(std::move(answer.id));
  for (AnswerScope& scope : list.scopes) scope = of(scope);
  for (auto& [scope, issues] : list.situations)
    for (auto& levels : issues) {
      std::set<std::string> other;
      for (const auto& level : levels) other.insert(account::renamed_in(level, names));
      levels = std::move(other);
    }
  for (auto& [scope, issues] : list.called_after)
    for (auto& issue : issues) issue = account::renamed_in(issue, names);
  all(list.situations, of);
  all(list.called_after, of);
  all(list.problems, of);
  all(list.read, of);
  all(list.tests, of);
  all(list.open, named);
  return list;
}

AnswerCache::List AnswerCache::find(const Fingerprint& key) const {
  const std::lock_guard guard(lock_);
  const auto found = lists_.find(key);
  return found == lists_.end() ? nullptr : found->second;
}

void AnswerCache::keep(const Fingerprint& key, List list) {
  const std::lock_guard guard(lock_);
  if (lists_.size() >= kMost) lists_.clear();
  lists_.emplace(key, std::move(list));
}

AnswerList LensAnswers::of(const account::Account& rows, const framing::Options& framing,
                           const std::optional<AnswerScope>& scope) const {
  AnswerList list;
  const std::string wanted = scope ? scope->binding : "";
  for (const char* line : kLines) {
    const bool own = framing.binding == line;
    const std::string other = own ? "" : line;
    if (stopped()) break;
    if (!own && !options_.lines && other != wanted) continue;
    if (scope && other != wanted) continue;
    framing::Options at = framing;
    at.binding = line;
    try {
      const framing::Situation situation = framing::make_situation(rows, at);
      for (const Source& source : kSources)
        if ((own || source.by_line) && (options_.sources & source.bit) != 0)
          source.answers({situation, options_, other, scope, cache_}, list);
    } catch (const Stopped&) {  // what was not asked has no scope
      break;
    }
  }
  return list;
}

std::vector<AnswerList> LensAnswers::of_all(const std::vector<Variant>& variants,
                                            const std::optional<AnswerScope>& scope,
                                            const std::function<void(double)>& progress) const {
  std::vector<AnswerList> lists(variants.size());
  worlds::parallel_for(static_cast<std::int64_t>(variants.size()),
                       [&](std::int64_t i) {
                         const auto& [rows, framing] = variants[static_cast<std::size_t>(i)];
                         lists[static_cast<std::size_t>(i)] = of(rows, framing, scope);
                       },
                       {options_.solve.threads, options_.solve.cancel, progress});
  return lists;
}

}  // namespace parley::questions
