// SPDX-License-Identifier: MIT
// States that can be, who moves, and the moves that rows take away.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "framing/stability_parts.hpp"
#include "framing/wishes.hpp"

namespace parley::framing {
namespace {

using account::Row;
using stability::State;

/// A row that lets a mover go only to some states.
struct Gate {
  std::string row;
  std::vector<int> touched;  ///< focus issues: the gate stands where one of them changes; empty: always
  std::vector<bool> shut;    ///< per state: not to there ...
  std::vector<bool> inside;  ///< ... unless the mover is inside already; may be empty
  std::size_t stopped = 0;
};

class StatesMaker {
 public:
  StatesMaker(GameMaker& m, AccountGame& g) : m_(m), g_(g) {}
  void make();

 private:
  void decision_makers();
  void states();
  void gates();
  void only_if(const Row& row);
  void refusals(std::size_t mover);
  void refusals_of(const std::string& who, const std::vector<std::string>* ratified, std::size_t mover);
  void moves(std::size_t mover);
  [[nodiscard]] Masks masks(const std::vector<int>& levels) const;
  [[nodiscard]] bool latched(std::size_t issue, int from, int to) const {
    const Variable& v = variable(issue);
    return v.never_falls && v.ordered && to < from;
  }
  const Variable& variable(std::size_t issue) const {
    return m_.s.variables[static_cast<std::size_t>(g_.focus[issue].variable)];
  }
  [[nodiscard]] std::size_t size_of(std::size_t issue) const {
    return static_cast<std::size_t>(variable(issue).size());
  }

  GameMaker& m_;
  AccountGame& g_;
  Masks base_;
  std::vector<Masks> masks_;              ///< per state
  std::vector<std::vector<Gate>> gates_;  ///< per mover
  std::map<std::string, Barred> barred_;
};

void StatesMaker::decision_makers() {
  std::vector<std::vector<std::string>> sets;
  std::set<std::string> names;
  for (const FocusIssue& issue : g_.focus) {
    std::vector<std::string> own = issue.movers.empty() ? std::vector<std::string>{kNature} : issue.movers;
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    names.insert(own.begin(), own.end());
    if (own.size() > 1 && std::find(sets.begin(), sets.end(), own) == sets.end()) sets.push_back(own);
  }
  g_.decision_makers.assign(names.begin(), names.end());
  for (const auto& name : names) g_.names.emplace(name, account::name_of(m_.s.account, name));
  std::sort(sets.begin(), sets.end());
  const auto number = [&](const std::string& name) {
    return std::lower_bound(g_.decision_makers.begin(), g_.decision_makers.end(), name) -
           g_.decision_makers.begin();
  };
  if (g_.decision_makers.size() + sets.size() > stability::kMostDecisionMakers) {
    g_.too_large = fmt::format("{} decide, alone or together; at most {} can be worked out",
                               g_.decision_makers.size() + sets.size(), stability::kMostDecisionMakers);
    return;
  }
  for (const auto& name : g_.decision_makers) {
    g_.movers.push_back(stability::Members{1} << number(name));
    g_.mover_names.push_back(name);
  }
  for (const auto& set : sets) {
    stability::Members members = 0;
    for (const auto& name : set) members |= stability::Members{1} << number(name);
    g_.movers.push_back(members);
    g_.mover_names.push_back(fmt::format("{}", fmt::join(set, "+")));
  }
}

/// What beside the focus is not known may be anything: a row takes away only what is certain.
Masks StatesMaker::masks(const std::vector<int>& levels) const {
  Masks masks = base_;
  for (std::size_t k = 0; k < levels.size(); ++k)
    masks[static_cast<std::size_t>(g_.focus[k].variable)] = LevelMask{1} << levels[k];
  for (const auto& [v, condition] : m_.s.outcomes) {
    const Truth truth = evaluate(condition, masks);
    masks[static_cast<std::size_t>(v)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
  return masks;
}

void StatesMaker::states() {
  for (const Variable& v : m_.s.variables) base_.push_back(mask_of(v.now));
  std::size_t product = 1;
  for (std::size_t k = 0; k < g_.focus.size(); ++k) product *= size_of(k);
  std::vector<const Shut*> shuts;
  for (const Shut& shut : m_.rules.shuts) {
    const auto inside = [&](const Formula& f) {
      const auto touched = expression::touched(f);
      return std::any_of(touched.begin(), touched.end(),
                         [&](int v) { return m_.in_focus[static_cast<std::size_t>(v)]; });
    };
    if (inside(shut.cause) || inside(shut.effect)) shuts.push_back(&shut);
  }
  m_.state_of.assign(product, -1);
  for (std::size_t code = 0; code < product; ++code) {
    m_.s.options.control.check();
    std::vector<int> levels;
    std::size_t rest = code;
    for (std::size_t k = 0; k < g_.focus.size(); ++k) {
      levels.push_back(static_cast<int>(rest % size_of(k)));
      rest /= size_of(k);
    }
    Masks state = masks(levels);
    bool possible = true;
    for (const Shut* shut : shuts)
      if (evaluate(shut->cause, state).sure() && evaluate(shut->effect, state).sure()) {
        possible = false;
        barred_.try_emplace(shut->row, Barred{shut->row}).first->second.states += 1;
      }
    if (!possible) continue;
    m_.state_of[code] = static_cast<int>(m_.levels.size());
    g_.graph.states.push_back({static_cast<long long>(code), "", levels});
    m_.levels.push_back(std::move(levels));
    masks_.push_back(std::move(state));
  }
}

/// `will V only_if C`: its maker goes from where V does not hold to where it does only if C may hold there.
void StatesMaker::only_if(const Row& row) {
  const expression::Tree *will = row.condition("will"), *condition = row.condition("only_if");
  if (will == nullptr || condition == nullptr) return;
  std::string why;
  const auto act = bind(m_.s, *will, &why);
  const auto needed = act ? bind(m_.s, *condition, &why) : std::nullopt;
  if (!needed) {
    g_.unread.push_back({row.id, why});
    return;
  }
  Gate gate{row.id, {}, {}, {}};
  bool any = false;
  for (const Masks& state : masks_) {
    m_.s.options.control.check();
    const bool done = evaluate(*act, state).sure();
    gate.inside.push_back(done);
    gate.shut.push_back(done && evaluate(*needed, state).impossible());
    any = any || gate.shut.back();
  }
  if (!any) return;
  for (const auto& maker : m_.s.members(row.text("by")))
    for (std::size_t i = 0; i < g_.decision_makers.size(); ++i) {
      if (g_.decision_makers[i] != maker) continue;
      for (std::size_t k = 0; k < g_.movers.size(); ++k)
        if ((g_.movers[k] >> i & 1U) != 0) gates_[k].push_back(gate);
    }
}

/// Nobody signs what it insists against (rule 3), and no part ratifies it (rule 9): of joint moves only.
void StatesMaker::refusals(std::size_t mover) {
  const auto moves = [&](const std::string& who) {
    for (std::size_t i = 0; i < g_.decision_makers.size(); ++i)
      if (g_.decision_makers[i] == who) return (g_.movers[mover] >> i & 1U) != 0;
    return false;
  };
  for (const auto& who : g_.decision_makers)
    if (moves(who)) refusals_of(who, nullptr, mover);
  for (const Row* part : m_.s.of("parts")) {
    if (!moves(part->text("of")) || moves(part->id)) continue;
    const auto ratified = part->names("ratifies");
    if (ratified.empty()) continue;
    refusals_of(part->id, &ratified, mover);
    g_.used_rows.push_back(part->id);
  }
}

/// `ratified`: of a part that ratifies, the issues that it is asked about; null for who moves.
void StatesMaker::refusals_of(const std::string& who, const std::vector<std::string>* ratified,
                              std::size_t mover) {
  const auto line = binding_stance(m_.s.options);
  if (!line) return;
  for (const Wish& wish : wishes_of(m_.s, who)) {
    if (wish.stance < *line || (!wish.package.empty() && wish.stance != Stance::insists)) continue;
    Gate gate{wish.row, {}, {}, {}};
    const auto touches = [&](int v) {
      for (std::size_t k = 0; k < g_.focus.size(); ++k)
        if (g_.focus[k].variable == v) gate.touched.push_back(static_cast<int>(k));
    };
    if (ratified != nullptr)
      for (const auto& name : *ratified) touches(m_.s.variable(name));
    else
      for (const auto& [v, levels] : wish.levels) touches(v);
    if (gate.touched.empty()) continue;
    m_.s.options.control.check();
    const Formula formula = wanted(wish);
    for (const Masks& state : masks_) gate.shut.push_back(evaluate(formula, state).impossible());
    gates_[mover].push_back(std::move(gate));
  }
}

void StatesMaker::gates() {
  gates_.resize(g_.movers.size());
  for (const Row* row : m_.s.of("commitments")) only_if(*row);
  for (std::size_t k = g_.decision_makers.size(); k < g_.movers.size(); ++k) refusals(k);
}

void StatesMaker::moves(std::size_t mover) {
  std::vector<std::size_t> own;
  for (std::size_t k = 0; k < g_.focus.size(); ++k) {
    std::vector<std::string> by =
        g_.focus[k].movers.empty() ? std::vector<std::string>{kNature} : g_.focus[k].movers;
    stability::Members members = 0;
    for (std::size_t i = 0; i < g_.decision_makers.size(); ++i)
      if (std::find(by.begin(), by.end(), g_.decision_makers[i]) != by.end())
        members |= stability::Members{1} << i;
    if (members == g_.movers[mover]) own.push_back(k);
  }
  std::vector<std::size_t> stride(1, 1);
  for (std::size_t k = 0; k < g_.focus.size(); ++k) stride.push_back(stride.back() * size_of(k));
  std::size_t ways = 1;
  for (const std::size_t k : own) ways *= size_of(k);
  auto& arcs = g_.graph.moves[mover];
  for (State s = 0; s < m_.levels.size(); ++s) {
    m_.s.options.control.check();
    for (std::size_t way = 0; way < ways; ++way) {
      std::size_t rest = way, code = static_cast<std::size_t>(g_.graph.states[s].number);
      bool allowed = true;
      for (const std::size_t k : own) {
        const int from = m_.levels[s][k], to = static_cast<int>(rest % size_of(k));
        rest /= size_of(k);
        allowed = allowed && !latched(k, from, to);
        code = code - static_cast<std::size_t>(from) * stride[k] + static_cast<std::size_t>(to) * stride[k];
      }
      const int t = m_.state_of[code];
      if (!allowed || t < 0 || static_cast<State>(t) == s) continue;
      const auto to = static_cast<State>(t);
      for (Gate& gate : gates_[mover]) {
        const bool concerns =
            gate.touched.empty() || std::any_of(gate.touched.begin(), gate.touched.end(), [&](int k) {
              return m_.levels[s][static_cast<std::size_t>(k)] != m_.levels[to][static_cast<std::size_t>(k)];
            });
        if (!concerns || !gate.shut[to] || (!gate.inside.empty() && gate.inside[s])) continue;
        allowed = false;
        gate.stopped += 1;
      }
      if (allowed) arcs.push_back({s, to});
      if (arcs.size() > kMostGameMoves) {
        g_.too_large = fmt::format("there are more than {} moves", kMostGameMoves);
        return;
      }
    }
  }
  for (const Gate& gate : gates_[mover])
    if (gate.stopped > 0) barred_.try_emplace(gate.row, Barred{gate.row}).first->second.moves += gate.stopped;
}

void StatesMaker::make() {
  decision_makers();
  if (!g_.too_large.empty()) return;
  states();
  if (m_.levels.empty()) {
    g_.too_large = "no state at all agrees with what the rows rule out";
    return;
  }
  gates();
  g_.graph.decision_makers = g_.mover_names;
  g_.graph.moves.resize(g_.movers.size());
  g_.graph.preferences.resize(g_.movers.size());
  for (std::size_t k = 0; k < g_.movers.size() && g_.too_large.empty(); ++k) moves(k);
  for (std::size_t k = 0; k < g_.focus.size(); ++k)
    g_.graph.issues.push_back({g_.focus[k].id, -1, variable(k).size(), stability::Direction::both});
  for (auto& [row, barred] : barred_) {
    g_.used_rows.push_back(row.substr(0, row.find('#')));
    g_.barred.push_back(std::move(barred));
  }
  for (const FocusIssue& issue : g_.focus) {
    g_.used_rows.push_back(m_.s.variables[static_cast<std::size_t>(issue.variable)].row);
    g_.used_rows.insert(g_.used_rows.end(), issue.rows.begin(), issue.rows.end());
    g_.used_rows.insert(g_.used_rows.end(), issue.movers.begin(), issue.movers.end());
  }
}

}  // namespace

void make_game(GameMaker& m, AccountGame& g) { StatesMaker(m, g).make(); }

}  // namespace parley::framing
