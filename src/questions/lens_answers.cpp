// SPDX-License-Identifier: MIT
#include "questions/lens_answers.hpp"

#include <algorithm>

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

bool AnswerList::gives(const AnswerId& id) const { return asked(id.scope) && !open.contains(id); }

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
    const framing::Situation situation = framing::make_situation(rows, at);
    for (const Source& source : kSources)
      if ((own || source.by_line) && (options_.sources & source.bit) != 0)
        source.answers({situation, options_, other, scope, cache_}, list);
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
