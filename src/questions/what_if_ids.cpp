// SPDX-License-Identifier: MIT
// Does an id behind `--then` name something in the account?
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "account/account.hpp"
#include "expression/nearest.hpp"
#include "questions/consistency.hpp"
#include "questions/stability.hpp"
#include "questions/what_if.hpp"
#include "questions/what_if_parts.hpp"

namespace parley::questions {
namespace {

using framing::Situation;

constexpr int kFewWorldsForNames = 20;
constexpr std::array<std::string_view, 11> kFindingKinds = {
    "own-goal", "needs-collide", "shut",   "limits",     "opening", "compliance",
    "target",   "not-lifted",    "undone", "others-pay", "unwanted"};

bool is_row(const Situation& s, const std::string& id, std::string_view concept_name) {
  const account::Row* row = s.account.find(id);
  return row != nullptr && (concept_name.empty() || row->concept_name == concept_name);
}

/// "X is L", of a variable and one of its levels.
bool is_level(const Situation& s, const std::string& text) {
  const auto at = text.rfind(" is ");
  const int v = at == std::string::npos ? -1 : s.variable(text.substr(0, at));
  if (v < 0) return false;
  const auto& levels = s.variables[static_cast<std::size_t>(v)].levels;
  return std::find(levels.begin(), levels.end(), text.substr(at + 4)) != levels.end();
}

bool is_node(const Situation& s, const std::string& text) {
  return s.variable(text) >= 0 || is_level(s, text);
}

/// Somebody who can give up limits, or a row that may be doubted.
bool is_owner(const Situation& s, const std::string& text) {
  if (text.starts_with("doubt:")) return is_row(s, text.substr(6), "");
  return is_row(s, text, "actors") || is_row(s, text, "parts") || is_row(s, text, "groups") ||
         text == "analyst";
}

/// A limit by its row, for one member of a group as `row#member`, or what no deal is worth to somebody.
bool is_limit(const Situation& s, const std::string& text) {
  if (text.starts_with("reservation:")) return is_owner(s, text.substr(12));
  return is_row(s, text.substr(0, text.find('#')), "");
}

bool all_of(const std::vector<std::string>& about, const std::function<bool(const std::string&)>& is) {
  return std::all_of(about.begin(), about.end(), is);
}

bool names_table(const Situation& s, const AnswerId& id) {
  if (!is_row(s, id.scope.name, "talks")) return false;
  if (id.question == "zone") return id.about.empty();
  if (id.question == "package") return id.about.size() == 1 && is_row(s, id.about[0], "packages");
  const auto is = id.question == "opens" ? is_owner : is_limit;
  return !id.about.empty() && all_of(id.about, [&](const auto& each) { return is(s, each); });
}

bool names_consistency(const Situation& s, const AnswerId& id) {
  if (id.question == "clash") return id.about.empty();
  if (id.question == "excluded" || id.question == "forced")
    return id.about.size() == 1 && is_level(s, id.about[0]);
  if (id.question == "never")
    return id.about.size() == 2 && all_of(id.about, [&](const auto& level) { return is_level(s, level); });
  return id.about.size() == 2 && all_of(id.about, [&](const auto& node) { return is_node(s, node); });
}

bool names_finding(const Situation& s, const AnswerId& id) {
  return std::find(kFindingKinds.begin(), kFindingKinds.end(), id.question) != kFindingKinds.end() &&
         all_of(id.about, [&](const std::string& part) {
           // Ends of a finding are written in several ways, each of which begins with what it is about.
           const std::string first = part.substr(0, part.find_first_of(" +,"));
           return is_row(s, first, "") || is_node(s, part) || s.variable(first) >= 0;
         });
}

bool names_game(const Situation& s, const AnswerId& id) {
  if (id.question == "now")
    return id.about.size() == 1 &&
           (id.about[0] == game_concept(0) || id.about[0] == game_concept(3) || id.about[0] == "cnash");
  if (id.question == "package") return id.about.size() == 1 && is_row(s, id.about[0], "packages");
  if (id.question == "leaves")
    return !id.about.empty() && all_of(id.about, [&](const auto& who) { return is_row(s, who, ""); });
  if (id.question == "holds")
    return !id.about.empty() && all_of(id.about, [&](const auto& level) { return is_level(s, level); });
  return id.about.empty();
}

bool names_something(const Situation& s, const AnswerId& id) {
  switch (id.scope.lens) {
    case Lens::deals:
      return names_table(s, id);
    case Lens::consistency:
      return names_consistency(s, id);
    case Lens::findings:
      return names_finding(s, id);
    case Lens::claims:
      return is_row(s, id.scope.name, "claims") && id.about.empty();
    case Lens::stability:
      return names_game(s, id);
  }
  return false;
}

/// No condition has these signs, and ids do.
bool looks_like_an_id(const std::string& words) {
  return words.find_first_of(":@") != std::string::npos ||
         (words.find('.') != std::string::npos && words.find(' ') == std::string::npos);
}

class Names {
 public:
  Names(const account::Account& account, const framing::Options& framing, const SolveOptions& options)
      : account_(account), framing_(framing), s_(framing::make_situation(account, framing)) {
    lens_.solve = options;
    lens_.solve.draws = std::min(options.draws, kFewWorldsForNames);
    lens_.solve.prove = false;
  }

  std::optional<NoSuchAnswer> first_unknown(const std::vector<std::string>& then) {
    for (const std::string& words : then) {
      const auto target = target_of(s_, words);
      const auto id = AnswerId::parse(words);
      const auto scope = AnswerScope::parse(words);
      std::string why;
      if (!target && (!looks_like_an_id(words) || condition_of(s_, words, &why))) continue;
      // A claim, a sign, the present, a named condition.
      if (target && !id && !(scope && looks_like_an_id(words))) continue;
      if (target && s_.account.find(words) != nullptr) continue;
      if (id ? names_something(s_, *id) : scope && names_scope(*scope)) {
        const bool game = id ? id->scope.lens == Lens::stability : scope->lens == Lens::stability;
        const AnswerScope& of = id ? id->scope : *scope;
        if (!game || has_game(of)) continue;
        return NoSuchAnswer{fmt::format("'{}': there is no game `{}` in this account", words, of.name),
                            games_.empty() ? "the account has no game: `parley stability` says why"
                                           : fmt::format("its games: {}", fmt::join(names_of_games(), ", "))};
      }
      return none(words);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool names_scope(const AnswerScope& scope) const {
    if (scope.lens == Lens::claims) return is_row(s_, scope.name, "claims");
    return scope.lens != Lens::deals;
  }

  bool has_game(const AnswerScope& scope) {
    LensOptions only = lens_;
    only.sources = kAsksStability;
    only.lines = false;
    const auto list = LensAnswers(only).of(account_, framing_);
    for (const auto& each : list.scopes) games_.push_back(each);
    return list.asked(scope);
  }
  [[nodiscard]] std::vector<std::string> names_of_games() const {
    std::vector<std::string> names;
    for (const auto& each : games_) names.push_back(each.name);
    return names;
  }

  NoSuchAnswer none(const std::string& words) {
    const auto list = LensAnswers(lens_).of(account_, framing_);
    std::vector<std::string> ids;
    for (const Answer& answer : list.answers) ids.push_back(answer.id.text());
    for (const auto& [id, on] : list.open) ids.push_back(id.text());
    for (const account::Row* row : s_.account.of("claims")) ids.push_back(claim_scope(row->id).text());
    const auto near = expression::nearest(words, ids);
    return {fmt::format("this account has no answer `{}`", words),
            near ? fmt::format("did you mean `{}`?", *near)
                 : "`parley sensitivity FILE` lists the answers that can be named"};
  }

  const account::Account& account_;
  const framing::Options& framing_;
  const Situation s_;
  LensOptions lens_;
  std::vector<AnswerScope> games_;
};

}  // namespace

std::optional<NoSuchAnswer> no_such_answer(const account::Account& account, const framing::Options& framing,
                                           const std::vector<std::string>& then,
                                           const SolveOptions& options) {
  if (std::none_of(then.begin(), then.end(), looks_like_an_id)) return std::nullopt;
  return Names(account, framing, options).first_unknown(then);
}

}  // namespace parley::questions
