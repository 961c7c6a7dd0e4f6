// SPDX-License-Identifier: MIT
#include "framing/consistency.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "account/content.hpp"
#include "framing/causal.hpp"

namespace parley::framing {
namespace {

using account::Row;
using logic::Sign;

/// An up-set of levels: raising the variable can only make it true.
Sign direction_of(const LevelSet& levels) {
  bool up = true, down = true;
  for (int l = 1; l < levels.size(); ++l) {
    up = up && (!levels.has(l - 1) || levels.has(l));
    down = down && (!levels.has(l) || levels.has(l - 1));
  }
  return up && down ? Sign::none : up ? Sign::plus : down ? Sign::minus : Sign::unknown;
}

Sign opposite(Sign sign) { return logic::product(sign, Sign::minus); }

/// Collects the variables that a formula names, each with the way in which it makes the formula true.
void atoms(const Situation& s, const Formula& formula, bool positive, std::map<int, Sign>& ordered,
           std::map<std::pair<int, int>, Sign>& named) {
  if (formula.kind == Formula::Kind::atom) {
    const Variable& v = s.variables[static_cast<std::size_t>(formula.variable)];
    if (v.ordered || v.kind == VariableKind::outcome) {
      const Sign sign = positive ? direction_of(formula.levels) : opposite(direction_of(formula.levels));
      auto [at, fresh] = ordered.emplace(formula.variable, sign);
      if (!fresh) at->second = logic::together(at->second, sign);
      return;
    }
    for (int l = 0; l < v.size(); ++l)
      if (formula.levels.has(l)) {
        const Sign sign = positive ? Sign::plus : Sign::minus;
        auto [at, fresh] = named.emplace(std::pair{formula.variable, l}, sign);
        if (!fresh) at->second = logic::together(at->second, sign);
      }
    return;
  }
  const bool flip = formula.kind == Formula::Kind::negation;
  for (const auto& part : formula.parts) atoms(s, part, positive != flip, ordered, named);
}

class InfluenceMaker {
 public:
  explicit InfluenceMaker(const Situation& s) : s_(s), rules_(make_rules(s)) {}
  ConsistencyFrame make();

 private:
  struct NodeEnd {
    int node = 0;
    Sign sign = Sign::plus;
  };
  int node(int variable, int level = -1);
  int row(const std::string& id);
  /// The nodes that a formula is about, each with the way in which it makes the formula true.
  std::vector<NodeEnd> ends(const Formula& formula);
  void arcs(const std::vector<NodeEnd>& causes, const std::vector<NodeEnd>& effects, Sign sign,
            const std::string& row);
  void drives();
  void chances();
  void conditions();
  void structure();
  void other_choices();

  const Situation& s_;
  Rules rules_;
  ConsistencyFrame f_;
  std::map<std::pair<int, int>, int> nodes_;  // variable, level
  std::map<std::string, int> rows_;
};

int InfluenceMaker::node(int variable, int level) {
  const auto [at, fresh] =
      nodes_.emplace(std::pair{variable, level}, static_cast<int>(f_.graph.nodes.size()));
  if (fresh) {
    const Variable& v = s_.variables[static_cast<std::size_t>(variable)];
    f_.graph.nodes.push_back(level < 0 ? v.id : v.id + " is " + v.levels[static_cast<std::size_t>(level)]);
    f_.places.push_back({variable, level});
  }
  return at->second;
}

int InfluenceMaker::row(const std::string& id) {
  const auto [at, fresh] = rows_.emplace(id, static_cast<int>(f_.graph.rows.size()));
  if (fresh) f_.graph.rows.push_back(id);
  return at->second;
}

std::vector<InfluenceMaker::NodeEnd> InfluenceMaker::ends(const Formula& formula) {
  std::vector<NodeEnd> list;
  for (const End& end : ends_of(s_, formula))
    list.push_back({node(end.place.variable, end.place.level), end.sign});
  return list;
}

void InfluenceMaker::arcs(const std::vector<NodeEnd>& causes, const std::vector<NodeEnd>& effects, Sign sign,
                          const std::string& id) {
  s_.options.control.check();
  for (const NodeEnd& cause : causes)
    for (const NodeEnd& effect : effects)
      if (cause.node != effect.node)
        f_.graph.graph.arcs.push_back({cause.node, effect.node,
                                       logic::product(cause.sign, logic::product(sign, effect.sign)),
                                       row(id)});
}

void InfluenceMaker::drives() {
  for (const Drive& drive : rules_.drives) {
    const Sign sign = drive.sign > 0 ? Sign::plus : drive.sign < 0 ? Sign::minus : Sign::unknown;
    const std::vector<NodeEnd> causes = drive.cause_variable >= 0
                                            ? std::vector<NodeEnd>{{node(drive.cause_variable), Sign::plus}}
                                            : ends(drive.cause);
    const Variable& effect = s_.variables[static_cast<std::size_t>(drive.effect)];
    arcs(causes, {{node(drive.effect), Sign::plus}}, effect.ordered ? sign : Sign::unknown, drive.row);
  }
}

void InfluenceMaker::chances() {
  for (const ChanceRule& rule : rules_.chances) {
    if (rule.never) continue;
    const auto [effect, way] = effect_of(rule);
    const auto effects = ends(effect);
    for (std::size_t i = 0; i < rule.triggers.size(); ++i)
      arcs(ends(rule.triggers[i]), effects, way > 0 ? Sign::plus : Sign::minus, rule.occasions[i]);
  }
}

/// Guards push nothing: they say what can be together, and make no arc. What somebody does only under a
/// condition is kept apart from its failing where it has yet to be brought about.
void InfluenceMaker::conditions() {
  const Masks present = present_of(s_);
  const auto barring = [&](const std::string& row) {
    return std::any_of(rules_.guards.begin(), rules_.guards.end(), [&](const Guard& guard) {
      return guard.row == row && bars(rules_, s_, guard, present);
    });
  };
  for (const Row* row : s_.of("commitments")) {
    const auto *will = row->condition("will"), *only_if = row->condition("only_if");
    if (will == nullptr || only_if == nullptr) continue;
    std::string why;
    const auto act = bind(s_, *will, &why);
    const auto condition = act ? bind(s_, *only_if, &why) : std::nullopt;
    if (!condition) {
      f_.unread.push_back({row->id, why});
      continue;
    }
    if (barring(row->id))
      f_.conditions.problem.constraints.push_back(
          {row->id, row->text("by"), false, Formula::implies(*act, *condition)});
  }
  for (const Shut& shut : rules_.shuts) {
    f_.conditions.problem.constraints.push_back({shut.row, shut.says.empty() ? "analyst" : shut.says, false,
                                                 Formula::negation(Formula::all({shut.cause, shut.effect}))});
  }
  // Which of several reasons is found hangs on this order: by what the rows say, not by their names.
  const auto content = account::content_of(s_.account);
  auto& rows = f_.conditions.problem.constraints;
  const auto key = [&](const logic::Constraint& row) {
    return std::pair(account::content_in(row.id, content), row.id);
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

/// One level per variable; what never falls stays at least where it is; an outcome is its condition.
void InfluenceMaker::structure() {
  auto& problem = f_.conditions.problem;
  for (std::size_t v = 0; v < s_.variables.size(); ++v) {
    const Variable& variable = s_.variables[v];
    f_.conditions.variables.push_back(variable.id);
    f_.conditions.levels.push_back(variable.levels);
    problem.sizes.push_back(variable.size());
    if (!variable.never_falls || !variable.known()) continue;
    LevelSet from(variable.size());
    bool reached = false;
    for (int l = 0; l < variable.size(); ++l) {
      reached = reached || variable.now.has(l);
      if (reached) from.add(l);
    }
    if (from.count() < variable.size())
      problem.constraints.push_back(
          {"latch:" + variable.id, "", true, Formula::atom(static_cast<int>(v), from)});
  }
  for (const auto& [v, formula] : s_.outcomes) {
    const Variable& variable = s_.variables[static_cast<std::size_t>(v)];
    LevelSet happens(variable.size());
    happens.add(variable.size() - 1);
    const Formula is = Formula::atom(v, happens);
    problem.constraints.push_back(
        {"outcome:" + variable.row, "", true,
         Formula::all({Formula::implies(is, formula), Formula::implies(formula, is)})});
    arcs(ends(formula), {{node(v), Sign::plus}}, Sign::plus, variable.row);
  }
}

/// What makes one of two choices likelier makes the other less so; of more than two it is not said from which
/// it takes.
void InfluenceMaker::other_choices() {
  const auto arcs = f_.graph.graph.arcs;
  for (const auto& arc : arcs) {
    const NodePlace to = f_.places[static_cast<std::size_t>(arc.to)];
    if (to.level < 0) continue;
    const bool two = s_.variables[static_cast<std::size_t>(to.variable)].size() == 2;
    for (std::size_t n = 0; n < f_.places.size(); ++n) {
      const NodePlace& other = f_.places[n];
      if (other.variable != to.variable || other.level < 0 || other.level == to.level ||
          static_cast<int>(n) == arc.from)
        continue;
      f_.graph.graph.arcs.push_back({arc.from, static_cast<int>(n),
                                     two ? logic::product(arc.sign, Sign::minus) : Sign::unknown, arc.row});
    }
  }
}

ConsistencyFrame InfluenceMaker::make() {
  f_.unread = rules_.unread;
  drives();
  chances();
  conditions();
  structure();
  other_choices();
  f_.graph.graph.nodes = static_cast<int>(f_.graph.nodes.size());
  return std::move(f_);
}

}  // namespace

std::vector<End> ends_of(const Situation& situation, const Formula& formula) {
  std::map<int, Sign> ordered;
  std::map<std::pair<int, int>, Sign> named;
  atoms(situation, formula, true, ordered, named);
  std::vector<End> list;
  for (const auto& [v, sign] : ordered)
    if (sign != Sign::none) list.push_back({{v, -1}, sign});
  for (const auto& [place, sign] : named) list.push_back({{place.first, place.second}, sign});
  return list;
}

ConsistencyFrame frame_consistency(const Situation& situation) { return InfluenceMaker(situation).make(); }

std::vector<std::string> rows_read(const ConsistencyFrame& frame) {
  std::set<std::string> rows(frame.graph.rows.begin(), frame.graph.rows.end());
  for (const auto& constraint : frame.conditions.problem.constraints)
    if (!constraint.id.empty()) rows.insert(constraint.id);
  return {rows.begin(), rows.end()};
}

namespace {

/// The least number that all of `parts` divide, so that sums of the fractions stay whole; where it is too
/// large, fractions are cut to one in a million.
template <class Parts>
std::int64_t common_scale(const std::vector<logic::Arc>& arcs, Parts parts) {
  constexpr std::int64_t kMostScale = 1'000'000;
  std::int64_t scale = 1;
  for (const logic::Arc& arc : arcs) {
    scale = std::lcm(scale, parts(arc));
    if (scale > kMostScale) return kMostScale;
  }
  return scale;
}

}  // namespace

consistency::Balances balances_of(const Situation& s, const ConsistencyFrame& frame, int strength) {
  const auto& graph = frame.graph;
  const auto& places = frame.places;
  const auto usable = [&](const logic::Arc& arc) {
    const NodePlace &from = places[static_cast<std::size_t>(arc.from)],
                    &to = places[static_cast<std::size_t>(arc.to)];
    return (arc.sign == Sign::plus || arc.sign == Sign::minus) && from.variable != to.variable &&
           s.variables[static_cast<std::size_t>(from.variable)].kind != VariableKind::outcome &&
           s.variables[static_cast<std::size_t>(to.variable)].kind != VariableKind::outcome;
  };
  std::map<int, std::size_t> first;  // variable -> first row
  consistency::Balances problem;
  for (const auto& arc : graph.graph.arcs)
    if (usable(arc))
      for (const int n : {arc.from, arc.to}) first.emplace(places[static_cast<std::size_t>(n)].variable, 0);
  std::size_t rows = 0;
  for (auto& [v, at] : first) {
    const Variable& variable = s.variables[static_cast<std::size_t>(v)];
    problem.descriptors.push_back({variable.id, variable.levels});
    at = rows;
    rows += variable.levels.size();
  }
  if (rows > consistency::kMostAccountVariants) return problem;
  const auto size_of = [&](const NodePlace& place) {
    return s.variables[static_cast<std::size_t>(place.variable)].size();
  };
  // A level between -1 (lowest) and 1 (highest), as a numerator over `steps`.
  const auto steps = [&](const NodePlace& place) {
    return place.level >= 0 ? 1 : std::max(1, size_of(place) - 1);
  };
  const auto weight = [&](const NodePlace& place, int level) {
    if (place.level >= 0) return level == place.level ? 1 : -1;
    return size_of(place) < 2 ? 0 : 2 * level - steps(place);
  };
  problem.scale = common_scale(graph.graph.arcs, [&](const logic::Arc& arc) {
    return usable(arc) ? std::int64_t{steps(places[static_cast<std::size_t>(arc.from)])} *
                             steps(places[static_cast<std::size_t>(arc.to)])
                       : 1;
  });
  problem.scores.assign(rows * rows, 0);
  for (const auto& arc : graph.graph.arcs) {
    if (!usable(arc)) continue;
    const NodePlace &from = places[static_cast<std::size_t>(arc.from)],
                    &to = places[static_cast<std::size_t>(arc.to)];
    const std::int64_t unit = (arc.sign == Sign::plus ? strength : -strength) * problem.scale;
    const std::int64_t whole = std::int64_t{steps(from)} * steps(to);
    for (int w = 0; w < size_of(from); ++w)
      for (int v = 0; v < size_of(to); ++v)
        problem.scores[(first[from.variable] + static_cast<std::size_t>(w)) * rows + first[to.variable] +
                       static_cast<std::size_t>(v)] += unit * weight(from, w) * weight(to, v) / whole;
  }
  return problem;
}

}  // namespace parley::framing
