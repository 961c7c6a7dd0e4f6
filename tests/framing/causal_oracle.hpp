// SPDX-License-Identifier: MIT
// The meaning of causes and guards (docs/methods/causes.md) written a second time, for worlds in which
// everything is known: every way in which what is open may turn out is gone through, one by one. Shares no
// code with the model.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace causal {

inline constexpr int kIssues = 3, kQuantities = 2, kVariables = kIssues + kQuantities;

struct Atom {
  int variable = 0;
  std::set<int> levels;
};
/// Any of these, each of which takes all of its atoms.
using Condition = std::vector<std::vector<Atom>>;

struct Issue {
  int levels = 2, now = 0;
  bool never_falls = false;
};

struct Influence {
  std::string id;
  int cause_variable = -1;
  Condition cause;
  int effect = 0, sign = 0;
  bool latch = false;
};

struct Exclusion {
  std::string id;
  Condition cause;
  Atom out;
};

struct Action {
  std::string id, by;  ///< by: empty for a mechanism
  Condition trigger;
  Atom act;
  bool prevents = false;  ///< `act` is then what is made unlikely
  bool certain = false;   ///< its odds are said to be 100 %
};

struct OnlyIf {
  std::string id, by;
  Atom act;
  Condition condition;
};

struct Rules {
  std::vector<Issue> issues;
  std::vector<Influence> influences;
  std::vector<Exclusion> exclusions;
  std::vector<Action> actions;
  std::vector<OnlyIf> guards;
};

using World = std::vector<int>;  ///< a level of each issue, then a movement (-1, 0, +1) of each quantity

inline bool holds(const Atom& atom, const World& w) {
  return atom.levels.contains(w[static_cast<std::size_t>(atom.variable)]);
}
inline bool holds(const Condition& condition, const World& w) {
  return std::any_of(condition.begin(), condition.end(), [&](const auto& all) {
    return std::all_of(all.begin(), all.end(), [&](const Atom& a) { return holds(a, w); });
  });
}

/// Goes through every course that the rules leave open, from one world that is known.
class Courses {
 public:
  /// `signs`: of each influence, +1 or -1. `done`: which actions are carried out where they are due.
  Courses(const Rules& rules, World base, std::vector<int> signs, std::vector<bool> done)
      : r_(rules), base_(std::move(base)), signs_(std::move(signs)), done_(std::move(done)) {}

  std::set<World> from(const World& start) {
    State s{start, std::vector<bool>(r_.actions.size()), std::vector<std::set<int>>(kVariables)};
    for (const World& now : settled(s)) prevent(s, now);
    return ends_;
  }
  [[nodiscard]] const std::set<std::size_t>& acted() const { return acted_; }

 private:
  struct State {
    World anchor;
    std::vector<bool> acted;
    std::vector<std::set<int>> barred;
  };

  [[nodiscard]] int movement(std::size_t influence, const World& now) const {
    const Influence& i = r_.influences[influence];
    int moved = 0;
    if (i.cause_variable >= kIssues) {
      moved = now[static_cast<std::size_t>(i.cause_variable)];
    } else if (i.cause_variable >= 0) {
      const auto c = static_cast<std::size_t>(i.cause_variable);
      moved = now[c] > base_[c] ? 1 : now[c] < base_[c] ? -1 : 0;
    } else {
      moved = static_cast<int>(holds(i.cause, now)) - static_cast<int>(holds(i.cause, base_));
    }
    if (i.latch && i.cause_variable < kIssues && moved < 0) moved = 0;
    return moved * signs_[influence];
  }

  /// Every sum of the pushes on a variable: opposed ones may come out as anything.
  [[nodiscard]] std::set<int> pushes(int variable, const World& now, int begun) const {
    bool up = begun > 0, down = begun < 0;
    for (std::size_t i = 0; i < r_.influences.size(); ++i)
      if (r_.influences[i].effect == variable) {
        const int m = movement(i, now);
        up = up || m > 0;
        down = down || m < 0;
      }
    if (up && down) return {-1, 0, 1};
    return {up ? 1 : down ? -1 : 0};
  }

  [[nodiscard]] std::set<int> out_of(const State& s, int variable, const World& now) const {
    std::set<int> out = s.barred[static_cast<std::size_t>(variable)];
    for (const Exclusion& e : r_.exclusions)
      if (e.out.variable == variable && holds(e.cause, now))
        out.insert(e.out.levels.begin(), e.out.levels.end());
    return out;
  }

  [[nodiscard]] int floor_of(std::size_t issue) const {
    return r_.issues[issue].never_falls ? base_[issue] : 0;
  }

  /// Variables one after the other: influences and exclusions lead from lower numbers to higher ones only.
  std::vector<World> settled(const State& s) {
    std::vector<World> worlds = {World(kVariables, 0)};
    for (int v = 0; v < kVariables; ++v) {
      const auto at = static_cast<std::size_t>(v);
      std::vector<World> next;
      for (const World& w : worlds) {
        std::set<int> levels;
        if (v >= kIssues) {
          levels = pushes(v, w, s.anchor[at]);
        } else {
          std::set<int> moved = {s.anchor[at]};
          for (const int m : pushes(v, w, 0)) {
            for (int l = s.anchor[at] + 1; m > 0 && l < r_.issues[at].levels; ++l) moved.insert(l);
            for (int l = s.anchor[at] - 1; m < 0 && l >= floor_of(at) && !r_.issues[at].never_falls; --l)
              moved.insert(l);
          }
          const auto out = out_of(s, v, w);
          for (const int l : moved)
            if (!out.contains(l)) levels.insert(l);
          if (out.contains(s.anchor[at]))
            for (int l = floor_of(at); l < r_.issues[at].levels; ++l)
              if (!out.contains(l)) levels.insert(l);
          if (levels.empty()) levels = moved;  // rows contradict each other
        }
        for (const int l : levels) {
          World x = w;
          x[at] = l;
          next.push_back(std::move(x));
        }
      }
      worlds = std::move(next);
    }
    return worlds;
  }

  [[nodiscard]] bool due(const State& s, std::size_t a, const World& now) const {
    const Action& action = r_.actions[a];
    if (s.acted[a] || !holds(action.trigger, now)) return false;
    return !action.by.empty() || !holds(action.trigger, base_);
  }

  /// Where an act brings its variable; -2: it cannot be done.
  [[nodiscard]] int brought(const State& s, const Action& action, const World& now) const {
    const auto v = static_cast<std::size_t>(action.act.variable);
    const auto out = out_of(s, action.act.variable, now);
    std::set<int> can;
    for (const int l : action.act.levels)
      if (!out.contains(l) && (action.act.variable >= kIssues || l >= floor_of(v))) can.insert(l);
    if (can.empty()) return -2;
    const int level = can.contains(s.anchor[v]) ? s.anchor[v] : *can.begin();
    World after = now;
    after[v] = level;
    for (const OnlyIf& guard : r_.guards)
      if (!action.by.empty() && guard.by == action.by && !holds(guard.act, now) && holds(guard.act, after) &&
          !holds(guard.condition, after))
        return -2;
    return level;
  }

  void prevent(State s, const World& now) {
    bool any = false;
    for (std::size_t a = 0; a < r_.actions.size(); ++a) {
      const Action& action = r_.actions[a];
      if (!action.prevents || !due(s, a, now)) continue;
      acted_.insert(a);
      if (!done_[a]) continue;
      any = s.acted[a] = true;
      s.barred[static_cast<std::size_t>(action.act.variable)].insert(action.act.levels.begin(),
                                                                     action.act.levels.end());
    }
    if (!any) return act(s, now, false);
    for (const World& w : settled(s)) act(s, w, true);
  }

  void act(const State& s, const World& now, bool prevented) {
    std::vector<std::pair<std::size_t, int>> doing;
    for (std::size_t a = 0; a < r_.actions.size(); ++a) {
      if (r_.actions[a].prevents || !due(s, a, now)) continue;
      const int level = brought(s, r_.actions[a], now);
      if (level == -2) continue;
      acted_.insert(a);
      if (done_[a]) doing.emplace_back(a, level);
    }
    if (doing.empty() && !prevented) {
      ends_.insert(now);
      return;
    }
    // Of several that set one variable any may prevail.
    std::vector<State> states = {s};
    for (int v = 0; v < kVariables; ++v) {
      std::set<int> levels;
      for (const auto& [a, level] : doing)
        if (r_.actions[a].act.variable == v) levels.insert(level);
      if (levels.empty()) continue;
      std::vector<State> next;
      for (const State& each : states)
        for (const int l : levels) {
          next.push_back(each);
          next.back().anchor[static_cast<std::size_t>(v)] = l;
        }
      states = std::move(next);
    }
    for (State& each : states) {
      for (const auto& [a, level] : doing) each.acted[a] = true;
      for (const World& w : settled(each)) prevent(each, w);
    }
  }

  const Rules& r_;
  World base_;
  std::vector<int> signs_;
  std::vector<bool> done_;
  std::set<World> ends_;
  std::set<std::size_t> acted_;
};

/// Small random rules, and the account that says them. `names`: a permutation that the ids are made of.
class RandomRules {
 public:
  explicit RandomRules(unsigned seed, int actions = 4) : random_(seed) {
    for (int i = 0; i < kIssues; ++i) {
      rules.issues.push_back({2 + below(2), 0, below(5) == 0});
      rules.issues.back().now = below(rules.issues.back().levels);
    }
    const int influences = below(4), exclusions = below(3), guards = below(2);
    for (int n = 0; n < influences; ++n) influence();
    for (int n = 0; n < exclusions; ++n) exclusion();
    for (int n = 1 + below(actions); n > 0; --n) action();
    for (int n = 0; n < guards; ++n)
      rules.guards.push_back({id(), below(2) == 0 ? "a" : "b", some(below(kIssues)), condition(kIssues)});
  }

  Rules rules;

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  [[nodiscard]] std::string text() const;
  /// The same rules by ids whose alphabetical order is turned round.
  void rename() {
    const auto turn = [](std::string& id) {
      for (char& c : id)
        if (c >= '0' && c <= '9') c = static_cast<char>('0' + '9' - c);
    };
    for (auto& i : rules.influences) turn(i.id);
    for (auto& e : rules.exclusions) turn(e.id);
    for (auto& a : rules.actions) turn(a.id);
    for (auto& g : rules.guards) turn(g.id);
  }

 private:
  std::string id() { return fmt::format("r{:03}", below(1000)) + fmt::format("x{}", ++ids_); }
  Atom some(int variable) {
    Atom atom{variable, {}};
    if (variable >= kIssues) {
      atom.levels.insert(below(2) == 0 ? 1 : -1);
    } else {
      atom.levels.insert(below(rules.issues[static_cast<std::size_t>(variable)].levels));
    }
    return atom;
  }
  Condition condition(int variables) {
    Condition any;
    for (int n = 1 + below(2); n > 0; --n) {
      any.emplace_back();
      for (int k = 1 + below(2); k > 0; --k) any.back().push_back(some(below(variables)));
    }
    return any;
  }
  void influence() {
    Influence i;
    i.id = id();
    i.effect = 1 + below(kVariables - 1);
    i.sign = below(3) - 1;
    i.latch = below(4) == 0;
    if (below(2) == 0)
      i.cause_variable = below(i.effect);
    else
      i.cause = condition(std::min(i.effect, kIssues));
    rules.influences.push_back(i);
  }
  void exclusion() {
    const int effect = 1 + below(kIssues - 1);
    rules.exclusions.push_back({id(), condition(effect), some(effect)});
  }
  void action() {
    Action a;
    a.id = id();
    a.trigger = condition(kVariables);
    const int kind = below(4);
    a.by = kind < 2 ? (below(2) == 0 ? "a" : "b") : "";
    a.act = some(kind < 2 || below(3) > 0 ? below(kIssues) : kIssues + below(kQuantities));
    a.prevents = kind == 3 && a.act.variable < kIssues;
    if (a.act.variable < kIssues && !a.prevents && below(3) == 0) a.act.levels.insert(0);
    a.certain = below(4) == 0;
    rules.actions.push_back(a);
  }

  std::mt19937 random_;
  int ids_ = 0;
};

inline std::string words(const Atom& atom) {
  std::vector<std::string> any;
  for (const int l : atom.levels)
    any.push_back(atom.variable >= kIssues
                      ? fmt::format("q{} {}", atom.variable - kIssues, l > 0 ? "rises" : "falls")
                      : fmt::format("i{} is l{}", atom.variable, l));
  if (any.size() == 1) return any[0];
  std::string levels;
  for (const int l : atom.levels) levels += (levels.empty() ? "l" : " or l") + std::to_string(l);
  return fmt::format("i{} is {}", atom.variable, levels);
}

inline std::string words(const Condition& condition) {
  std::vector<std::string> any;
  for (const auto& all : condition) {
    std::vector<std::string> each;
    for (const Atom& atom : all) each.push_back(words(atom));
    any.push_back("(" + fmt::format("{}", fmt::join(each, ") and (")) + ")");
  }
  return any.size() == 1 ? any[0] : "(" + fmt::format("{}", fmt::join(any, ") or (")) + ")";
}

inline std::string RandomRules::text() const {
  std::string out = R"(parley: 1
account: random
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
quantities: {from: ex, q0: one, q1: another}
issues:
  from: ex
)";
  for (int i = 0; i < kIssues; ++i) {
    const Issue& issue = rules.issues[static_cast<std::size_t>(i)];
    out +=
        fmt::format("  i{}: {{nature: yes, levels: [l0, l1{}], now: l{}{}}}\n", i,
                    issue.levels > 2 ? ", l2" : "", issue.now, issue.never_falls ? ", never_falls: yes" : "");
  }
  std::string mechanisms, commitments;
  for (const auto& i : rules.influences)
    mechanisms += fmt::format(
        "  {}: {{cause: {}, {}: [{}{}]{}}}\n", i.id,
        i.cause_variable < 0
            ? words(i.cause)
            : fmt::format("{}{}", i.cause_variable < kIssues ? "i" : "q",
                          i.cause_variable < kIssues ? i.cause_variable : i.cause_variable - kIssues),
        i.sign > 0   ? "raises"
        : i.sign < 0 ? "lowers"
                     : "moves",
        i.effect < kIssues ? "i" : "q", i.effect < kIssues ? i.effect : i.effect - kIssues,
        i.latch ? ", latch: yes" : "");
  for (const auto& e : rules.exclusions)
    mechanisms += fmt::format("  {}: {{cause: {}, rules_out: {}}}\n", e.id, words(e.cause), words(e.out));
  for (const auto& a : rules.actions)
    (a.by.empty() ? mechanisms : commitments) +=
        a.by.empty() ? fmt::format("  {}: {{cause: {}, {}: {}{}}}\n", a.id, words(a.trigger),
                                   a.prevents ? "makes_unlikely" : "makes_likely", words(a.act),
                                   a.certain ? ", strength: 100%" : "")
                     : fmt::format("  {}: {{by: {}, if: {}, will: {}{}}}\n", a.id, a.by, words(a.trigger),
                                   words(a.act), a.certain ? ", carried_out: 100%" : "");
  for (const auto& g : rules.guards)
    commitments += fmt::format("  {}: {{by: {}, kind: condition, will: {}, only_if: {}}}\n", g.id, g.by,
                               words(g.act), words(g.condition));
  if (!mechanisms.empty()) out += "mechanisms:\n  from: ex\n" + mechanisms;
  if (!commitments.empty()) out += "commitments:\n  from: ex\n" + commitments;
  return out;
}

}  // namespace causal
