// SPDX-License-Identifier: MIT
// What logic and signs alone say, as answers: proved, and true in all worlds or in none.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "consistency/conditions.hpp"
#include "framing/consistency.hpp"
#include "questions/lens_answers.hpp"

namespace parley::questions {
namespace {

const AnswerScope kConsistencyScope = {Lens::consistency, "", ""};

Answer proved(AnswerId id, std::string proposition, std::vector<std::string> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return {std::move(id), std::move(proposition), {}, true, true, std::move(rows)};
}

std::vector<std::string> joined(const std::vector<std::vector<std::string>>& sets) {
  std::vector<std::string> rows;
  for (const auto& set : sets) rows.insert(rows.end(), set.begin(), set.end());
  return rows;
}

std::string place(const consistency::Conditions& conditions, int variable, int level) {
  const auto v = static_cast<std::size_t>(variable);
  return conditions.variables[v] + " is " + conditions.levels[v][static_cast<std::size_t>(level)];
}

void add_reach(const consistency::Conditions& conditions, const std::function<bool()>& stop,
               std::vector<Answer>& list) {
  const auto reach = consistency::reachable(conditions, stop);
  if (!reach.consistent) {
    list.push_back(proved(consistency_id("clash"), "no state agrees with every row", joined(reach.clashes)));
    return;
  }
  for (const auto& level : reach.levels) {
    if (level.reach == consistency::Reach::open) continue;
    const bool out = level.reach == consistency::Reach::excluded;
    const std::string at = place(conditions, level.variable, level.level);
    list.push_back(proved(consistency_id(out ? "excluded" : "forced", {at}),
                          at + (out ? " is excluded" : " is forced"), joined(level.because)));
  }
  for (const auto& e : consistency::exclusions(conditions, 2, stop)) {
    const std::string one = place(conditions, e.variable, e.level),
                      other = place(conditions, e.other, e.other_level);
    list.push_back(proved(consistency_id("never", {one, other}),
                          fmt::format("where {}, {} cannot be", one, other), e.rows));
  }
}

/// Rows on the shortest ways from cause to effect.
std::vector<std::string> rows_between(const consistency::InfluenceGraph& graph, logic::PathFinder& finder,
                                      int cause, int effect) {
  constexpr std::size_t kMostRoutes = 20;
  std::vector<std::string> rows;
  for (const auto& path : finder.between(cause, effect, kMostRoutes))
    for (const int a : path.arcs)
      if (const int row = graph.graph.arcs[static_cast<std::size_t>(a)].row; row >= 0)
        rows.push_back(graph.rows[static_cast<std::size_t>(row)]);
  return rows;
}

void add_signs(const std::vector<int>& ends, const framing::ConsistencyFrame& frame,
               const std::function<bool()>& stop, std::vector<Answer>& list) {
  const auto& nodes = frame.graph.nodes;
  logic::PathFinder finder(frame.graph.graph);
  logic::NetSigns signs(frame.graph.graph);
  for (int cause = 0; cause < frame.graph.graph.nodes && !stop(); ++cause) {
    const auto net = signs.of(cause);
    for (int effect = 0; effect < frame.graph.graph.nodes; ++effect) {
      const auto sign = net[static_cast<std::size_t>(effect)];
      if (effect == cause || sign == logic::Sign::none ||
          std::find(ends.begin(), ends.end(), frame.places[static_cast<std::size_t>(effect)].variable) ==
              ends.end())
        continue;
      const std::string &from = nodes[static_cast<std::size_t>(cause)],
                        &to = nodes[static_cast<std::size_t>(effect)];
      const char* word = sign == logic::Sign::plus    ? "raises"
                         : sign == logic::Sign::minus ? "lowers"
                                                      : "moves";
      list.push_back(proved(consistency_id(word, {from, to}),
                            sign == logic::Sign::unknown
                                ? fmt::format("more of {} may raise {} or lower it", from, to)
                                : fmt::format("more of {} {} {}", from, word, to),
                            rows_between(frame.graph, finder, cause, effect)));
    }
  }
}

/// Ends of the account and those of the question, as variables of the situation.
std::vector<int> asked_ends(const Asked& asked) {
  std::set<std::string> names = ends_of(asked.situation);
  names.insert(asked.options.ends.begin(), asked.options.ends.end());
  std::vector<int> ends;
  for (const auto& name : names)
    if (const int v = asked.situation.variable(name); v >= 0) ends.push_back(v);
  return ends;
}

/// Pairs of levels are asked for one by one; each is cheap.
double work_of(const framing::ConsistencyFrame& frame) {
  double levels = 0;
  for (const int size : frame.conditions.problem.sizes) levels += size;
  return levels * levels / 50;
}

}  // namespace

std::set<std::string> ends_of(const framing::Situation& s) {
  std::set<std::string> ends;
  const auto add = [&](int v) { ends.insert(s.variables[static_cast<std::size_t>(v)].id); };
  for (const auto& [variable, condition] : s.outcomes) add(variable);
  for (const account::Row* row : s.of("objectives"))
    if (const account::Value* needs = row->value("needs"); needs != nullptr)
      for (const auto& item : needs->items)
        if (item.tree != nullptr)
          if (const auto formula = framing::bind(s, *item.tree); formula)
            for (const int v : expression::touched(*formula)) add(v);
  return ends;
}

void answers_of_consistency(const Asked& asked, AnswerList& list) {
  if (asked.scope && *asked.scope != kConsistencyScope) return;
  const auto frame = framing::frame_consistency(asked.situation);
  const auto ends = asked_ends(asked);
  Digest digest;
  digest.add(fingerprint(frame));
  digest.add(ends);
  const Fingerprint key = digest.value();
  list.problems[kConsistencyScope] = key;
  list.read[kConsistencyScope] = framing::rows_read(frame);
  list.work += work_of(frame);
  AnswerCache::List answers = asked.cache.find(key);
  if (answers == nullptr) {
    const auto stop = [&] {
      return asked.options.solve.cancel != nullptr && asked.options.solve.cancel->load();
    };
    std::vector<Answer> made;
    add_reach(frame.conditions, stop, made);
    add_signs(ends, frame, stop, made);
    if (stop()) return;
    std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    answers = std::make_shared<const std::vector<Answer>>(std::move(made));
    asked.cache.keep(key, answers);
  }
  list.scopes.push_back(kConsistencyScope);
  list.answers.insert(list.answers.end(), answers->begin(), answers->end());
}

}  // namespace parley::questions
