// SPDX-License-Identifier: MIT
// The definitions of the graph model, written out with sets (of at most 64 states, one bit each). Shares no
// code with src/stability but problem.hpp. Sources: docs/methods/stability.md.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "stability/problem.hpp"

namespace parley::testing {

using stability::Direction;
using stability::GraphGame;
using Set = std::uint64_t;  // of states

inline bool in(Set set, int s) { return (set >> s & 1U) != 0; }
inline Set one(int s) { return Set{1} << s; }
template <class Visit>
void each(Set set, Visit visit) {
  for (; set != 0; set &= set - 1) visit(std::countr_zero(set));
}
template <class Test>
bool some(Set set, Test test) {
  for (; set != 0; set &= set - 1)
    if (test(std::countr_zero(set))) return true;
  return false;
}
template <class Test>
bool every(Set set, Test test) {
  return !some(set, [&](int s) { return !test(s); });
}

/// A conflict as sets: what is given, and nothing derived.
struct Conflict {
  int n = 0, states = 0;
  std::vector<long long> numbers;
  std::vector<std::vector<int>> levels;          // of each state
  std::vector<std::vector<Set>> moves;           // [i][s]
  std::vector<std::vector<std::vector<int>>> t;  // [i][a][b]: 2 a >> b, 1 a > b, 0 a ~ b, -1, -2, 9 unknown

  [[nodiscard]] Set all() const { return states == 64 ? ~Set{0} : (Set{1} << states) - 1; }
  [[nodiscard]] bool better(int i, int a, int b) const { return at(i, a, b) == 1 || at(i, a, b) == 2; }
  [[nodiscard]] bool greatly(int i, int a, int b) const { return at(i, a, b) == 2; }
  [[nodiscard]] bool unknown(int i, int a, int b) const { return at(i, a, b) == 9; }
  [[nodiscard]] int at(int i, int a, int b) const {
    return t[static_cast<std::size_t>(i)][static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
  }
  [[nodiscard]] Set from(int i, int s) const {
    return moves[static_cast<std::size_t>(i)][static_cast<std::size_t>(s)];
  }
};

inline bool formula_holds(const expression::Formula& f, const std::vector<int>& levels) {
  using Kind = expression::Formula::Kind;
  if (f.kind == Kind::constant) return f.value;
  if (f.kind == Kind::atom) return f.levels.has(levels[static_cast<std::size_t>(f.variable)]);
  if (f.kind == Kind::negation) return !formula_holds(f.parts[0], levels);
  for (const auto& part : f.parts)
    if (formula_holds(part, levels) != (f.kind == Kind::all)) return f.kind == Kind::any;
  return f.kind == Kind::all;
}

inline bool pattern_holds(const stability::Pattern& pattern, const std::vector<int>& levels) {
  return std::all_of(pattern.begin(), pattern.end(), [&](const stability::Literal& l) {
    return levels[static_cast<std::size_t>(l.issue)] == l.level;
  });
}

/// States and moves of an option form.
inline void spell_out(const GraphGame& game, Conflict& conflict) {
  long long total = 1;
  for (const auto& issue : game.issues) total *= issue.levels;
  std::vector<std::vector<int>> vectors;
  std::vector<long long> codes;
  for (long long code = 0; code < total; ++code) {
    std::vector<int> levels;
    long long rest = code;
    for (const auto& issue : game.issues) {
      levels.push_back(static_cast<int>(rest % issue.levels));
      rest /= issue.levels;
    }
    if (std::any_of(game.infeasible.begin(), game.infeasible.end(),
                    [&](const auto& p) { return pattern_holds(p, levels); }))
      continue;
    vectors.push_back(levels);
    codes.push_back(code);
  }
  // Merged: joined until nothing changes; the smallest number names the state.
  std::vector<std::size_t> head(vectors.size());
  for (std::size_t v = 0; v < head.size(); ++v) head[v] = v;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& pattern : game.merged)
      for (std::size_t a = 0; a < head.size(); ++a)
        for (std::size_t b = 0; b < head.size(); ++b)
          if (pattern_holds(pattern, vectors[a]) && pattern_holds(pattern, vectors[b]) && head[a] < head[b]) {
            head[b] = head[a];
            changed = true;
          }
  }
  std::map<std::size_t, int> state;
  for (std::size_t v = 0; v < head.size(); ++v) {
    while (head[head[v]] != head[v]) head[v] = head[head[v]];
    if (head[v] != v) continue;
    state[v] = conflict.states++;
    conflict.numbers.push_back(codes[v]);
    conflict.levels.push_back(vectors[v]);
  }
  for (std::size_t v = 0; v < head.size(); ++v)
    for (std::size_t k = 0; k < game.issues.size(); ++k) {
      int& level = conflict.levels[static_cast<std::size_t>(state[head[v]])][k];
      if (level != vectors[v][k]) level = -1;
    }
  conflict.moves.assign(static_cast<std::size_t>(conflict.n), std::vector<Set>(state.size(), 0));
  for (int i = 0; i < conflict.n; ++i)
    for (std::size_t a = 0; a < vectors.size(); ++a)
      for (std::size_t b = 0; b < vectors.size(); ++b) {
        bool can = state[head[a]] != state[head[b]];
        for (std::size_t k = 0; k < game.issues.size() && can; ++k) {
          const int x = vectors[a][k], y = vectors[b][k];
          if (x == y) continue;
          can = game.issues[k].owner == i && !(game.issues[k].direction == Direction::up && x > y) &&
                !(game.issues[k].direction == Direction::down && x < y);
        }
        if (can)
          conflict.moves[static_cast<std::size_t>(i)][static_cast<std::size_t>(state[head[a]])] |=
              one(state[head[b]]);
      }
}

inline int compare(long long a, long long b) { return a < b ? 1 : a > b ? -1 : 0; }

inline Conflict conflict_of(const GraphGame& game) {
  Conflict c;
  c.n = static_cast<int>(game.decision_makers.size());
  if (game.states.empty()) {
    spell_out(game, c);
  } else {
    c.states = static_cast<int>(game.states.size());
    for (const auto& state : game.states) {
      c.numbers.push_back(state.number);
      c.levels.push_back(state.levels);
    }
    c.moves.assign(game.moves.size(), std::vector<Set>(game.states.size(), 0));
    for (std::size_t i = 0; i < game.moves.size(); ++i)
      for (const auto& arc : game.moves[i]) c.moves[i][arc.from] |= one(static_cast<int>(arc.to));
  }
  const auto states = static_cast<std::size_t>(c.states);
  for (std::size_t i = 0; i < game.not_perceived.size(); ++i)
    for (const long long number : game.not_perceived[i])
      for (std::size_t s = 0; s < states; ++s)
        if (c.numbers[s] == number) {
          c.moves[i][s] = 0;
          for (Set& set : c.moves[i]) set &= ~one(static_cast<int>(s));
        }
  for (const auto& preference : game.preferences) {
    std::vector<std::vector<int>> table(states, std::vector<int>(states, 0));
    for (std::size_t a = 0; a < states; ++a)
      for (std::size_t b = 0; b < states; ++b) {
        int& cell = table[a][b];
        if (!preference.ranks.empty()) {
          cell = compare(preference.ranks[a], preference.ranks[b]);
        } else {
          for (const auto& statement : preference.statements) {
            const bool x = formula_holds(statement, c.levels[a]), y = formula_holds(statement, c.levels[b]);
            if (x != y) {
              cell = x ? 1 : -1;
              break;
            }
          }
        }
        if (!preference.bands.empty() && preference.bands[a] != preference.bands[b]) cell *= 2;
        for (const auto& reading : preference.readings)
          if (compare(reading[a], reading[b]) != (cell > 0) - (cell < 0) && cell != 9) cell = 9;
      }
    for (const auto& [a, b] : preference.unknown) table[a][b] = table[b][a] = 9;
    c.t.push_back(table);
  }
  return c;
}

/// States reached from s by one or more moves of members of `group` (a mask), nobody moving twice in a row.
/// `step(j, u)`: where j may move from u.
template <class Step>
Set reached(int n, int states, unsigned group, int s, Step step) {
  std::vector<unsigned> last(static_cast<std::size_t>(states), 0);  // who may have moved last
  std::vector<std::pair<int, int>> open;
  const auto go = [&](int j, int u) {
    each(step(j, u), [&](int v) {
      if ((last[static_cast<std::size_t>(v)] >> j & 1U) != 0) return;
      last[static_cast<std::size_t>(v)] |= 1U << j;
      open.emplace_back(v, j);
    });
  };
  for (int j = 0; j < n; ++j)
    if ((group >> j & 1U) != 0) go(j, s);
  while (!open.empty()) {
    const auto [u, k] = open.back();
    open.pop_back();
    for (int j = 0; j < n; ++j)
      if (j != k && (group >> j & 1U) != 0) go(j, u);
  }
  Set result = 0;
  for (int v = 0; v < states; ++v)
    if (last[static_cast<std::size_t>(v)] != 0) result |= one(v);
  return result;
}

inline Set all_moves(const Conflict& c, unsigned group, int s) {
  return reached(c.n, c.states, group, s, [&](int j, int u) { return c.from(j, u); });
}

/// Moves of j from u to what it likes better; with `unknown`, also to what it may like better.
inline Set improvements(const Conflict& c, int j, int u, bool unknown = false) {
  Set result = 0;
  each(c.from(j, u), [&](int v) {
    if (c.better(j, v, u) || (unknown && c.unknown(j, v, u))) result |= one(v);
  });
  return result;
}

inline Set all_improvements(const Conflict& c, unsigned group, int s, bool unknown = false) {
  return reached(c.n, c.states, group, s, [&](int j, int u) { return improvements(c, j, u, unknown); });
}

enum class Form { nash, gmr, smr, seq, ssym };
inline constexpr Form kForms[] = {Form::nash, Form::gmr, Form::smr, Form::seq, Form::ssym};
inline bool credible(Form form) { return form == Form::seq || form == Form::ssym; }
inline bool symmetric(Form form) { return form == Form::smr || form == Form::ssym; }

/// Section 3 of the methods page.
inline bool stable(const Conflict& c, Form form, int i, int s) {
  const unsigned others = ((1U << c.n) - 1) & ~(1U << i);
  const Set tempting = improvements(c, i, s);
  if (form == Form::nash) return tempting == 0;
  return every(tempting, [&](int x) {
    const bool credible = form == Form::seq || form == Form::ssym;
    const Set replies = credible ? all_improvements(c, others, x) : all_moves(c, others, x);
    return some(replies, [&](int y) {
      if (c.better(i, y, s)) return false;
      if (form == Form::gmr || form == Form::seq) return true;
      return every(c.from(i, y), [&](int z) { return !c.better(i, z, s); });
    });
  });
}

/// Section 7: extensions a to d.
inline bool stable_unknown(const Conflict& c, char extension, Form form, int i, int s) {
  const unsigned others = ((1U << c.n) - 1) & ~(1U << i);
  const bool dares = extension == 'a' || extension == 'c';
  const bool lenient = extension == 'c' || extension == 'd';
  const auto wanted = [&](int x, bool with_unknown) {
    return c.better(i, x, s) || (with_unknown && c.unknown(i, x, s));
  };
  Set tempting = 0;
  each(c.from(i, s), [&](int x) { tempting |= wanted(x, dares) ? one(x) : 0; });
  if (form == Form::nash) return tempting == 0;
  return every(tempting, [&](int x) {
    const Set replies = credible(form) ? all_improvements(c, others, x, true) : all_moves(c, others, x);
    return some(replies, [&](int y) {
      if (wanted(y, !lenient)) return false;
      return !symmetric(form) || every(c.from(i, y), [&](int z) { return !wanted(z, !lenient); });
    });
  });
}

/// Section 6, with section 7's extensions (hybrid): sanctions must be to something much worse.
inline bool strongly_stable(const Conflict& c, char extension, Form form, int i, int s) {
  const unsigned others = ((1U << c.n) - 1) & ~(1U << i);
  const bool dares = extension == 'a' || extension == 'c';
  Set tempting = 0;
  each(c.from(i, s), [&](int x) {
    if (c.better(i, x, s) || (dares && c.unknown(i, x, s))) tempting |= one(x);
  });
  return every(tempting, [&](int x) {
    const Set replies = credible(form) ? all_improvements(c, others, x, true) : all_moves(c, others, x);
    return some(replies, [&](int y) {
      if (!c.greatly(i, s, y)) return false;
      return !symmetric(form) || every(c.from(i, y), [&](int z) { return c.greatly(i, s, z); });
    });
  });
}

/// Section 9. `group` is a mask.
inline bool members_gain(const Conflict& c, unsigned group, int t, int s) {
  for (int i = 0; i < c.n; ++i)
    if ((group >> i & 1U) != 0 && !c.better(i, t, s)) return false;
  return true;
}

inline Set coalition_improvements(const Conflict& c, unsigned group, int s) {
  const Set reach = std::popcount(group) == 1 ? c.from(std::countr_zero(group), s) : all_moves(c, group, s);
  Set result = 0;
  each(reach, [&](int t) { result |= members_gain(c, group, t, s) ? one(t) : 0; });
  return result;
}

/// Improvements of every coalition, [group][state].
inline std::vector<std::vector<Set>> coalition_table(const Conflict& c) {
  std::vector<std::vector<Set>> table(std::size_t{1} << c.n);
  for (unsigned group = 1; group < 1U << c.n; ++group)
    for (int s = 0; s < c.states; ++s) table[group].push_back(coalition_improvements(c, group, s));
  return table;
}

inline Set credible_coalition_replies(const Conflict& c, const std::vector<std::vector<Set>>& table,
                                      unsigned others, int x) {
  std::vector<unsigned> groups;
  for (unsigned g = others; g != 0; g = (g - 1) & others) groups.push_back(g);
  return reached(static_cast<int>(groups.size()), c.states, (1U << groups.size()) - 1, x, [&](int g, int u) {
    return table[groups[static_cast<std::size_t>(g)]][static_cast<std::size_t>(u)];
  });
}

enum class CoalitionForm { cnash, cgmr, csmr, cseq };

inline bool coalition_stable(const Conflict& c, const std::vector<std::vector<Set>>& table,
                             CoalitionForm form, unsigned group, int s) {
  const unsigned others = ((1U << c.n) - 1) & ~group;
  const auto deterred = [&](int y) { return !members_gain(c, group, y, s); };
  const Set tempting = table[group][static_cast<std::size_t>(s)];
  if (form == CoalitionForm::cnash) return tempting == 0;
  return every(tempting, [&](int x) {
    if (others == 0) return false;
    const Set replies = form == CoalitionForm::cseq ? credible_coalition_replies(c, table, others, x)
                                                    : all_moves(c, others, x);
    return some(replies, [&](int y) {
      if (!deterred(y)) return false;
      return form != CoalitionForm::csmr || every(all_moves(c, group, y), deterred);
    });
  });
}

/// Limited moves in the order of the decision makers, by plain recursion. Ties: see
/// src/stability/foresight.hpp.
inline int anticipated(const Conflict& c, int i, int s, int h) {
  if (h == 0 || c.from(i, s) == 0) return s;
  const int before = (i + c.n - 1) % c.n;
  int best = -1;
  each(c.from(i, s), [&](int t) {
    const int end = anticipated(c, (i + 1) % c.n, t, h - 1);
    const bool tie = best >= 0 && !c.better(i, end, best) && !c.better(i, best, end);
    const bool spite = tie && (c.better(before, best, end) || (!c.better(before, end, best) && end < best));
    if (best < 0 || c.better(i, end, best) || spite) best = end;
  });
  return c.better(i, best, s) ? best : s;
}

/// Simultaneous sanctioning, each_reply: some choice of the others' improvements from s, or of staying.
inline bool met_at_once(const GraphGame& game, const Conflict& c, int i, int s, int j,
                        std::vector<int> levels) {
  if (j == c.n) {
    for (int y = 0; y < c.states; ++y)
      if (c.levels[static_cast<std::size_t>(y)] == levels) return !c.better(i, y, s);
    return false;
  }
  if (met_at_once(game, c, i, s, j + 1, levels)) return true;
  return j != i && some(improvements(c, j, s), [&](int t) {
           std::vector<int> changed = levels;
           for (std::size_t k = 0; k < game.issues.size(); ++k)
             if (game.issues[k].owner == j) changed[k] = c.levels[static_cast<std::size_t>(t)][k];
           return met_at_once(game, c, i, s, j + 1, changed);
         });
}

inline bool simultaneously_stable(const GraphGame& game, const Conflict& c, int i, int s) {
  return every(improvements(c, i, s),
               [&](int x) { return met_at_once(game, c, i, s, 0, c.levels[static_cast<std::size_t>(x)]); });
}

/// The tableau's form, two decision makers: both would leave s, some choices of both at once lead to a state,
/// and all that do lead to what is worse for both.
inline bool tableau_stable(const GraphGame& game, const Conflict& c, int s) {
  bool any = false, worse = true;
  each(improvements(c, 0, s), [&](int x) {
    each(improvements(c, 1, s), [&](int y) {
      for (int t = 0; t < c.states; ++t) {
        bool both = true;
        for (std::size_t k = 0; k < game.issues.size(); ++k) {
          const int from = game.issues[k].owner == 0 ? x : game.issues[k].owner == 1 ? y : s;
          both =
              both && c.levels[static_cast<std::size_t>(t)][k] == c.levels[static_cast<std::size_t>(from)][k];
        }
        if (!both) continue;
        any = true;
        worse = worse && c.better(0, s, t) && c.better(1, s, t);
      }
    });
  });
  return any && worse;
}

}  // namespace parley::testing
