// SPDX-License-Identifier: MIT
#include "questions/consistency.hpp"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "expression/parse.hpp"

namespace parley::questions {

std::optional<framing::Formula> condition_of(const framing::Situation& situation, const std::string& words,
                                             std::string* why) {
  const auto parsed = expression::parse_condition(words);
  if (!parsed.tree) {
    const auto& problem = parsed.problems.front();
    *why = fmt::format("'{}', column {}: {}{}{}", words, problem.offset + 1, problem.message,
                       problem.hint.empty() ? "" : "; ", problem.hint);
    return std::nullopt;
  }
  std::string reason;
  auto formula = framing::bind(situation, *parsed.tree, &reason);
  if (!formula) *why = fmt::format("'{}': {}", words, reason);
  return formula;
}

namespace {

/// A level that rows exclude is in no scenario: the two halves of one answer are about the same states.
void leave_out_excluded(const consistency::Conditions& conditions, const consistency::Reachable& reach,
                        consistency::Balances& balances) {
  std::set<std::pair<std::string, std::string>> excluded;
  for (const auto& level : reach.levels)
    if (level.reach == consistency::Reach::excluded) {
      const auto v = static_cast<std::size_t>(level.variable);
      excluded.emplace(conditions.variables[v], conditions.levels[v][static_cast<std::size_t>(level.level)]);
    }
  std::vector<bool> kept;
  for (auto& descriptor : balances.descriptors)
    std::erase_if(descriptor.variants, [&](const std::string& variant) {
      kept.push_back(!excluded.contains({descriptor.name, variant}));
      return !kept.back();
    });
  if (balances.scores.size() != kept.size() * kept.size()) return;
  std::vector<std::int64_t> scores;
  for (std::size_t i = 0; i < balances.scores.size(); ++i)
    if (kept[i / kept.size()] && kept[i % kept.size()]) scores.push_back(balances.scores[i]);
  balances.scores = std::move(scores);
}

}  // namespace

namespace {

void work_out(const ConsistencyOptions& options, std::vector<std::string>* problems,
              ConsistencyAnswer& answer) {
  const Column& column = answer.column;
  answer.situation = framing::make_situation(column.rows, column.options);
  answer.frame = framing::frame_consistency(answer.situation);
  for (const auto& words : options.given) {
    std::string why;
    auto formula = condition_of(answer.situation, words, &why);
    if (formula)
      answer.frame.conditions.problem.constraints.push_back(
          {"given:" + words, "", true, std::move(*formula)});
    else if (problems != nullptr)
      problems->push_back(why);
  }
  if (problems != nullptr && !problems->empty()) return;
  const auto stop = [&] { return options.cancel != nullptr && options.cancel->load(); };
  consistency::InfluenceOptions signs;
  signs.seed = options.seed;
  signs.stop = stop;
  answer.influence = consistency::influence(answer.frame.graph, signs);
  answer.reach = consistency::reachable(answer.frame.conditions, stop);
  if (answer.reach.consistent) answer.exclusions = consistency::exclusions(answer.frame.conditions, 2, stop);
  answer.balances = framing::balances_of(answer.situation, answer.frame, options.strength);
  if (answer.balances.scores.empty() && !answer.balances.descriptors.empty()) {
    answer.not_balanced = answer.balances.descriptors.size();
    answer.balances = {};
    answer.consistent.complete = answer.consistent.all_listed = answer.attractors.complete = false;
    answer.complete = answer.influence.complete && answer.reach.complete && !stop();
    return;
  }
  leave_out_excluded(answer.frame.conditions, answer.reach, answer.balances);
  consistency::SearchOptions search;
  search.tolerance = consistency::in_units(options.tolerance, answer.balances.scale);
  search.most_listed = 100;
  search.most_steps = 5'000;  // for each of many readings; the answer says where that was too few
  search.cancel = options.cancel;
  answer.consistent = consistency::consistent_scenarios(answer.balances, search);
  consistency::AttractorOptions walk;
  walk.seed = options.seed;
  walk.most_exact = 20'000;
  walk.draws = 200;
  walk.cancel = options.cancel;
  answer.attractors = consistency::attractors(answer.balances, walk);
  answer.complete = answer.influence.complete && answer.reach.complete && !stop();
}

}  // namespace

ConsistencyAnswer solve_consistency(const Column& column, const ConsistencyOptions& options,
                                    std::vector<std::string>* problems) {
  ConsistencyAnswer answer;
  answer.column = column;
  try {
    work_out(options, problems, answer);
  } catch (const Stopped&) {
    answer.complete = answer.influence.complete = answer.reach.complete = false;
    answer.consistent.complete = answer.consistent.all_listed = answer.attractors.complete = false;
  }
  return answer;
}

}  // namespace parley::questions
