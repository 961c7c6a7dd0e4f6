// SPDX-License-Identifier: MIT
// What the stability lens says, as answers: does the present hold, who leaves it, what becomes of packages.
#include <fmt/format.h>

#include <algorithm>

#include "questions/lens_answers.hpp"
#include "questions/stability_parts.hpp"

namespace parley::questions {
namespace {

/// Concepts under which the present is asked about; that of who leaves and what a package is held against.
constexpr std::size_t kAsked[] = {0, 3, kCoalitionNash};
constexpr std::size_t kSequential = 3;
constexpr std::size_t kMostStates = 64;  ///< of a game whose states are answers, one each

std::string concept_words(std::size_t number) {
  return number == 0                ? "nobody gains by leaving it at once"
         : number == kCoalitionNash ? "no coalition leaves it"
                                    : "nobody leaves it for what is answered credibly";
}

/// "force is withheld", one for each issue of the focus, in the order of these words: a situation is what it
/// is whatever order the account lists its issues in.
std::vector<std::string> state_levels(const GameAnswer& game, std::size_t state) {
  std::vector<std::string> levels;
  for (std::size_t k = 0; k < game.game.focus.size(); ++k)
    levels.push_back(
        fmt::format("{} is {}", game.game.focus[k].id,
                    game.level_words[k][static_cast<std::size_t>(game.game.graph.states[state].levels[k])]));
  std::sort(levels.begin(), levels.end());
  return levels;
}

/// Of every issue all its levels in the same words; nothing where situations are no answers.
std::vector<std::set<std::string>> levels_of(const FramedGame& framed) {
  std::vector<std::set<std::string>> issues;
  if (framed.game.graph.states.size() > kMostStates) return issues;
  for (std::size_t k = 0; k < framed.game.focus.size(); ++k) {
    issues.emplace_back();
    for (const auto& level : framed.level_words[k])
      issues.back().insert(fmt::format("{} is {}", framed.game.focus[k].id, level));
  }
  return issues;
}

std::vector<std::string> members_of(const framing::AccountGame& game, std::size_t mover) {
  std::vector<std::string> members;
  for (std::size_t k = 0; k < game.decision_makers.size(); ++k)
    if (game.movers[mover] >> k & 1U) members.push_back(game.decision_makers[k]);
  return members;
}

/// "Iran leaves", "Iran and the United States together leave"
std::string mover_words(const framing::AccountGame& game, std::size_t mover) {
  std::vector<std::string> said;
  for (const auto& member : members_of(game, mover)) said.push_back(account::called(game.names, member));
  return fmt::format("{} {}", fmt::join(said, " and "), said.size() > 1 ? "together leave" : "leaves");
}

/// The present state, where it is the same in every world.
int only_present(const framing::AccountGame& game) {
  int now = -1;
  for (const auto& settlement : game.settlements) {
    if (now >= 0 && settlement.now != now) return -1;
    now = settlement.now;
  }
  return now;
}

std::vector<Answer> answers_of_game(const GameAnswer& game, const AnswerScope& scope) {
  std::vector<Answer> list;
  std::vector<std::string> silent;
  for (const auto& player : game.game.players)
    if (player.silent) silent.push_back(player.id);
  const auto add = [&](const char* question, std::vector<std::string> about, std::string words, int least,
                       int most, int of) {
    if (of == 0 || most == 0) return;
    list.push_back(
        {{scope, question, std::move(about)}, std::move(words), {least, of}, false, false, {}, {}});
    if (least != most) list.back().open = silent;
  };
  const int now = only_present(game.game);
  for (const std::size_t c : kAsked) {
    if (!game.concepts[c].answered) continue;
    add("now", {game_concept(c)}, fmt::format("the present holds: {}", concept_words(c)),
        game.present.equilibrium[c], game.present.equilibrium_at_most[c], game.present.worlds);
    const auto& proved = game.concepts[c].proved;
    if (now < 0 || proved.empty() || proved[static_cast<std::size_t>(now)] == 0 || list.empty()) continue;
    if (proved[static_cast<std::size_t>(now)] > 0 &&
        list.back().id.about == std::vector<std::string>{game_concept(c)})
      list.back().proved = list.back().truth = true;
  }
  for (std::size_t k = 0; k < game.game.mover_names.size(); ++k)
    add("leaves", members_of(game.game, k), mover_words(game.game, k) + " the present",
        game.present.leaves[kSequential][k], game.present.leaves_at_most[kSequential][k],
        game.present.worlds);
  if (game.against.compared) {
    add("zone_left", {}, "no package that all would accept holds", game.against.all_left,
        game.against.all_left_at_most, game.against.zone);
    add("now_against_zone", {}, "the present holds although some package is acceptable to all",
        game.against.now_holds, game.against.now_holds_at_most, game.against.zone);
    for (const auto& package : game.against.packages)
      add("package", {package.id},
          fmt::format("where the package {} is acceptable to all, it holds", package.id),
          package.in_zone - package.left_at_most, package.in_zone - package.left, package.in_zone);
  }
  const auto& holds = game.concepts[kSequential];
  if (holds.answered && game.game.graph.states.size() <= kMostStates)
    for (std::size_t s = 0; s < holds.equilibrium.size(); ++s) {
      auto levels = state_levels(game, s);
      std::string words = fmt::format("{} holds", fmt::join(levels, " and "));
      add("holds", std::move(levels), std::move(words), holds.equilibrium[s], holds.equilibrium_at_most[s],
          game.worlds);
    }
  return list;
}

/// After its talks; else after the first by name of the issues that stand first in the focus.
AnswerScope scope_of_game(const framing::AccountGame& game, std::set<std::string>& taken, AnswerList& list) {
  if (!game.talks.empty() && taken.insert(game.talks).second) return game_scope(game.talks);
  std::vector<std::string> first;
  for (const framing::FocusIssue& issue : game.focus)
    if (issue.why == game.focus.front().why) first.push_back(issue.id);
  if (first.empty()) return game_scope(game.talks);
  AnswerScope scope = game_scope(*std::min_element(first.begin(), first.end()));
  list.called_after.emplace(scope, std::move(first));
  return scope;
}

}  // namespace

void answers_of_stability(const Asked& asked, AnswerList& list) {
  if (asked.scope && asked.scope->lens != Lens::stability) return;
  StabilityAsk ask;
  ask.solve = asked.options.solve;
  ask.solve.threads = 1;
  // Nothing else is an answer: neither other concepts nor each side's own view of the game.
  ask.whole = false;
  ask.concepts = {true, false, false, true, false};
  const Column column{asked.situation.account.name, "base", "", false, asked.situation.options,
                      asked.situation.account};
  const FramedColumn framed = frame_column(column, ask, nullptr);
  std::set<std::string> taken;
  for (const FramedGame& game : framed.games) {
    const AnswerScope scope = scope_of_game(game.game, taken, list);
    if (asked.scope && *asked.scope != scope) continue;
    if (!game.game.too_large.empty()) continue;
    const Fingerprint key = fingerprint(game);
    list.problems[scope] = key;
    list.read[scope] = game.game.used_rows;
    if (auto levels = levels_of(game); !levels.empty()) list.situations.emplace(scope, std::move(levels));
    AnswerCache::List answers = asked.cache.find(key);
    if (answers == nullptr) {
      const auto solved = solve_game(game, ask);
      if (ask.solve.cancel != nullptr && ask.solve.cancel->load()) return;
      auto made = solved->worlds > 0 ? answers_of_game(*solved, scope) : std::vector<Answer>{};
      answers = std::make_shared<const std::vector<Answer>>(std::move(made));
      asked.cache.keep(key, answers);
    }
    if (answers->empty()) continue;
    list.scopes.push_back(scope);
    for (const Answer& answer : *answers)
      if (answer.open.empty())
        list.answers.push_back(answer);
      else
        list.open.emplace(answer.id, answer.open);
  }
}

}  // namespace parley::questions
