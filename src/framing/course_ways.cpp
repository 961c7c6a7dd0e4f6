// SPDX-License-Identifier: MIT
// What can be the case at all, and by which rows one thing reaches another.
#include <algorithm>
#include <map>

#include "framing/course.hpp"

namespace parley::framing {

bool Course::guards(const Guard& guard, const RowSet& without) const {
  if (!bars(rules_, s_, guard, stated({{}, without, {}}), without)) return false;
  const auto touched = expression::touched(guard.act);
  return std::none_of(pushes_.begin(), pushes_.end(), [&](const Push& push) {
    return push.acts_anyway && !push.left_out(without) &&
           std::find(touched.begin(), touched.end(), push.drive.effect) != touched.end();
  });
}

bool Course::perhaps_too_low(const Forced& forced, const RowSet& without) const {
  const Masks present = stated({{}, without, {}});
  return std::any_of(forced.begin(), forced.end(), [&](const auto& f) {
    const auto v = static_cast<std::size_t>(f.first);
    const Variable& variable = s_.variables[v];
    for (int l = 0; variable.never_falls && l < variable.size(); ++l)
      if ((present[v] >> l & 1U) != 0 && (f.second & reachable_levels(variable, LevelMask{1} << l)) == 0)
        return true;
    return false;
  });
}

RowSet Course::starts_of(const std::string& row) const {
  RowSet starts;
  for (const Guard& guard : rules_.guards) {
    if (guard.row != row) continue;
    const auto touched = expression::touched(guard.act);
    for (const Fact& fact : facts_)
      if (std::find(touched.begin(), touched.end(), fact.variable) != touched.end()) starts.insert(fact.row);
  }
  return starts;
}

bool Course::possible(const Formula& formula, const Masks& masks, const RowSet& without, const Forced& cut,
                      const std::vector<int>& supposed) const {
  // Only what hangs together with the formula can matter: the rest has a state of its own.
  std::map<int, int> number;
  logic::FiniteProblem problem;
  std::vector<int> open;
  const auto take = [&](int v) {
    if (!number.emplace(v, static_cast<int>(number.size())).second) return;
    problem.sizes.push_back(s_.variables[static_cast<std::size_t>(v)].size());
    open.push_back(v);
  };
  const auto acts_on = [&](std::size_t c, int v) {
    return std::find(acts_[c].begin(), acts_[c].end(), v) != acts_[c].end();
  };
  const auto cut_off = [&](std::size_t c) {
    if (std::any_of(cut.begin(), cut.end(), [&](const auto& f) { return acts_on(c, f.first); })) return true;
    if (c >= rules_.guards.size()) return false;
    return std::any_of(supposed.begin(), supposed.end(), [&](int v) { return acts_on(c, v); }) ||
           !guards(rules_.guards[c], without);
  };
  std::vector<bool> used(constraints_.size());
  for (const int v : expression::touched(formula)) take(v);
  for (std::size_t at = 0; at < open.size(); ++at)
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (used[c] || without.contains(constraints_[c].id)) continue;
      const auto touched = expression::touched(constraints_[c].formula);
      if (std::find(touched.begin(), touched.end(), open[at]) == touched.end() || cut_off(c)) continue;
      used[c] = true;
      for (const int v : touched) take(v);
    }
  const std::function<Formula(const Formula&)> renumbered = [&](const Formula& f) {
    Formula copy = f;
    if (f.kind == Formula::Kind::atom) copy.variable = number.at(f.variable);
    for (auto& part : copy.parts) part = renumbered(part);
    return copy;
  };
  const auto demand = [&](Formula f) { problem.constraints.push_back({"", "", true, std::move(f)}); };
  demand(renumbered(formula));
  for (std::size_t c = 0; c < constraints_.size(); ++c)
    if (used[c]) demand(renumbered(constraints_[c].formula));
  for (const auto& [v, n] : number) {
    const Variable& variable = s_.variables[static_cast<std::size_t>(v)];
    LevelSet levels(variable.size());
    for (int l = 0; l < variable.size(); ++l)
      if (masks[static_cast<std::size_t>(v)] >> l & 1U) levels.add(l);
    if (variable.kind != VariableKind::outcome && levels.count() < variable.size())
      demand(Formula::atom(n, levels));
  }
  if (problem.sizes.empty()) return expression::holds(formula, std::vector<int>{});
  return logic::satisfiable(problem, stop_) != logic::Satisfiable::no;
}

std::vector<std::string> Course::way(const std::vector<int>& from, const std::vector<int>& to,
                                     const RowSet& without, Step::Kind up_to) const {
  std::map<int, const Step*> came;
  std::vector<int> open = from;
  std::set<int> seen(from.begin(), from.end());
  for (std::size_t at = 0; at < open.size(); ++at) {
    if (std::find(to.begin(), to.end(), open[at]) != to.end()) {
      std::vector<std::string> rows;
      for (int v = open[at]; came.contains(v); v = came[v]->from) rows.insert(rows.begin(), came[v]->row);
      return rows;
    }
    for (const Step& step : steps_)
      if (step.from == open[at] && step.kind <= up_to && !without.contains(step.row) &&
          seen.insert(step.to).second) {
        came[step.to] = &step;
        open.push_back(step.to);
      }
  }
  return {};
}

bool Course::joins(const std::vector<int>& from, const std::vector<int>& to, const RowSet& without,
                   Step::Kind up_to) const {
  const bool shared = std::any_of(from.begin(), from.end(),
                                  [&](int v) { return std::find(to.begin(), to.end(), v) != to.end(); });
  return shared || !way(from, to, without, up_to).empty();
}

std::vector<std::string> Course::reaching(int variable, const RowSet& without) const {
  std::set<std::string> rows;
  for (const int p : pushes_on_[static_cast<std::size_t>(variable)])
    if (!pushes_[static_cast<std::size_t>(p)].left_out(without))
      rows.insert(pushes_[static_cast<std::size_t>(p)].drive.row);
  for (const Step& step : steps_)
    if (step.to == variable && !without.contains(step.row)) rows.insert(step.row);
  return {rows.begin(), rows.end()};
}

Course::Behind Course::behind(const std::vector<int>& variables) const {
  Behind found{std::vector<bool>(s_.variables.size()), {}};
  std::vector<int> open;
  const auto visit = [&](int v) {
    if (found.variables[static_cast<std::size_t>(v)]) return;
    found.variables[static_cast<std::size_t>(v)] = true;
    open.push_back(v);
  };
  for (const int v : variables) visit(v);
  while (!open.empty()) {
    const int v = open.back();
    open.pop_back();
    for (const Fact& fact : facts_)
      if (fact.variable == v) found.rows.insert(fact.row);
    for (const int p : pushes_on_[static_cast<std::size_t>(v)]) {
      const Push& push = pushes_[static_cast<std::size_t>(p)];
      found.rows.insert(push.drive.row);
      if (!push.event.empty()) found.rows.insert(push.event);
    }
    for (const Step& step : steps_)
      if (step.to == v) {
        found.rows.insert(step.row);
        visit(step.from);
      }
    for (const Occasion& occasion : occasions_)
      if (std::any_of(occasion.act.begin(), occasion.act.end(),
                      [&](const auto& a) { return a.first == v; })) {
        found.rows.insert(occasion.row);
        for (const int other : expression::touched(occasion.trigger)) visit(other);
      }
    for (const auto& constraint : constraints_) {
      const auto touched = expression::touched(constraint.formula);
      if (std::find(touched.begin(), touched.end(), v) == touched.end()) continue;
      if (!constraint.structure) found.rows.insert(constraint.id);
      for (const int other : touched) visit(other);
    }
  }
  return found;
}

}  // namespace parley::framing
