// SPDX-License-Identifier: MIT
// What each package and no deal lead to: resolutions of what is unknown, chances, branches (rules 6, 8, 9).
#include <fmt/format.h>

#include <bit>
#include <set>

#include "framing/deals_parts.hpp"
#include "worlds/random.hpp"

namespace parley::framing {
namespace {

/// Variables whose unknown start matters: on the table, or named by a rule or a limit.
std::vector<int> unknown_starts(const Table& t, const Framed& f) {
  std::set<int> named(f.issues.begin(), f.issues.end());
  const auto add = [&](const Formula& formula) {
    for (const int v : expression::touched(formula)) named.insert(v);
  };
  for (const Drive& drive : t.rules.drives) {
    add(drive.cause);
    if (drive.cause_variable >= 0) named.insert(drive.cause_variable);
  }
  for (const Shut& shut : t.rules.shuts) add(shut.cause);
  for (const ChanceRule& rule : t.rules.chances)
    for (const Formula& trigger : rule.triggers) add(trigger);
  for (const Formula& formula : f.limit_formulas) add(formula);
  for (const Formula& formula : f.structure) add(formula);
  std::vector<int> list;
  for (const int v : named) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    if (!variable.known() && variable.kind != VariableKind::outcome && !t.is_agenda(v)) list.push_back(v);
  }
  return list;
}

/// Mechanisms of unknown sign that can reach something a party has a stake in.
std::vector<std::size_t> unknown_signs(Table& t, const Framed& f) {
  std::set<int> matters;
  for (std::size_t v = 0; v < t.s.variables.size(); ++v) {
    const auto kind = t.s.variables[v].kind;
    bool stake =
        kind == VariableKind::issue || kind == VariableKind::relation || kind == VariableKind::outcome;
    for (std::size_t p = 0; p < f.parties.size() && !stake; ++p)
      stake = !t.taste(f, p, static_cast<int>(v)).silent;
    if (stake) matters.insert(static_cast<int>(v));
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const Drive& drive : t.rules.drives)
      if (drive.cause_variable >= 0 && matters.contains(drive.effect))
        grown = matters.insert(drive.cause_variable).second || grown;
  }
  std::vector<std::size_t> list;
  for (std::size_t d = 0; d < t.rules.drives.size(); ++d)
    if (t.rules.drives[d].sign == 0 && matters.contains(t.rules.drives[d].effect)) list.push_back(d);
  return list;
}

Settled settled_as(const Table& t, const std::vector<int>& starts, const std::vector<std::size_t>& signs,
                   std::uint64_t code, bool spread) {
  Settled r;
  for (const Variable& v : t.s.variables) {
    int first = 0;
    while (first + 1 < v.size() && !v.now.has(first)) ++first;
    r.now.push_back(first);
  }
  r.signs.assign(t.rules.drives.size(), 0);
  worlds::Stream stream(1, "resolutions", code);
  const auto digit = [&](std::uint64_t size) {
    if (spread) return stream.below(size);
    const std::uint64_t d = code % size;
    code /= size;
    return d;
  };
  const auto say = [&](const std::string& words) { r.words += (r.words.empty() ? "" : "; ") + words; };
  for (const int v : starts) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    auto skip = digit(static_cast<std::uint64_t>(variable.now.count()));
    for (int l = 0; l < variable.size(); ++l)
      if (variable.now.has(l) && skip-- == 0) r.now[static_cast<std::size_t>(v)] = l;
    say(fmt::format("{} is {} now", variable.id,
                    variable.levels[static_cast<std::size_t>(r.now[static_cast<std::size_t>(v)])]));
  }
  for (const std::size_t d : signs) {
    r.signs[d] = digit(2) == 0 ? +1 : -1;
    say(fmt::format("{} {}", t.rules.drives[d].row, r.signs[d] > 0 ? "raises" : "lowers"));
  }
  return r;
}

bool lifted(const Table& t, const Framed& f, const ChanceRule& rule) {
  if (t.s.options.threats == "literal" || rule.mechanism) return false;
  const auto signs = [&](const std::string& who) {
    return std::find(f.parties.begin(), f.parties.end(), who) != f.parties.end();
  };
  if (!signs(rule.by) || (!rule.to.empty() && std::none_of(rule.to.begin(), rule.to.end(), signs)))
    return false;
  return std::any_of(rule.triggers.begin(), rule.triggers.end(), [&](const Formula& trigger) {
    const auto touched = expression::touched(trigger);
    return std::any_of(touched.begin(), touched.end(),
                       [&](int v) { return t.on_table[static_cast<std::size_t>(v)]; });
  });
}

/// Works out one case: which chances it triggers, and the state after each subset of them.
class CaseMaker {
 public:
  CaseMaker(const Table& t, const Framed& f, const Settled& r) : t_(t), r_(r) {
    base_.reserve(t.s.variables.size());
    for (std::size_t v = 0; v < t.s.variables.size(); ++v) base_.push_back(LevelMask{1} << r.now[v]);
    for (const int i : f.issues) fixed_.push_back(i);
    for (const auto& [variable, condition] : t.s.outcomes) {
      const Truth truth = evaluate(condition, base_);
      base_[static_cast<std::size_t>(variable)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
    }
    talks_ = t.s.variable(f.table);
  }
  /// `package` null: no deal.
  deals::Case make(const Framed& f, const deals::Package* package, std::vector<Masks>& states) const;

 private:
  [[nodiscard]] bool triggered(const ChanceRule& rule, const Masks& state) const {
    return std::any_of(rule.triggers.begin(), rule.triggers.end(), [&](const Formula& trigger) {
      // A mechanism works when its cause comes true; a commitment when its condition holds.
      return evaluate(trigger, state).can_hold && !(rule.mechanism && evaluate(trigger, base_).sure());
    });
  }
  Masks after(const Masks& start, const std::vector<int>& chances, std::uint32_t done,
              const std::vector<bool>& fixed) const;

  const Table& t_;
  const Settled& r_;
  Masks base_;
  std::vector<int> fixed_;
  int talks_ = -1;
};

/// Commitments first (depth 1), then what mechanisms make likely from there.
Masks CaseMaker::after(const Masks& start, const std::vector<int>& chances, std::uint32_t done,
                       const std::vector<bool>& fixed) const {
  Masks state = start;
  for (const bool mechanisms : {false, true}) {
    for (std::size_t i = 0; i < chances.size(); ++i) {
      const ChanceRule& rule = t_.rules.chances[static_cast<std::size_t>(chances[i])];
      if (rule.mechanism != mechanisms || !(done >> i & 1U)) continue;
      if (!mechanisms || triggered(rule, state)) carry_out(rule, t_.s, state);
    }
  }
  settle(t_.rules, t_.s, base_, r_.signs, fixed, state);
  return state;
}

deals::Case CaseMaker::make(const Framed& f, const deals::Package* package,
                            std::vector<Masks>& states) const {
  Masks start = base_;
  std::vector<bool> fixed(base_.size(), false);
  const bool quiet = package == nullptr && t_.s.options.no_deal == "status_quo";
  if (talks_ >= 0 && !quiet)
    start[static_cast<std::size_t>(talks_)] = LevelMask{1} << (package != nullptr ? kAgreed : kFailed);
  for (std::size_t k = 0; package != nullptr && k < package->size(); ++k) {
    start[static_cast<std::size_t>(fixed_[k])] = LevelMask{1} << (*package)[k];
    fixed[static_cast<std::size_t>(fixed_[k])] = true;
  }
  deals::Case result;
  Masks all_done = start;
  for (const bool mechanisms : {false, true})
    for (std::size_t c = 0; c < t_.rules.chances.size() && !quiet; ++c) {
      const ChanceRule& rule = t_.rules.chances[c];
      if (rule.mechanism != mechanisms || static_cast<int>(result.chances.size()) >= deals::kMostChances)
        continue;
      if (package != nullptr && lifted(t_, f, rule)) continue;
      if (!triggered(rule, start) && !triggered(rule, all_done)) continue;
      result.chances.push_back(static_cast<int>(c));
      if (!mechanisms) carry_out(rule, t_.s, all_done);
    }
  for (std::uint32_t done = 0; done < (1U << result.chances.size()); ++done) {
    result.branches.push_back({done, {}});
    states.push_back(after(start, result.chances, done, fixed));
  }
  return result;
}

void note_chances(Table& t, Framed& f) {
  std::set<int> used;
  for (const auto& r : f.ensemble.resolutions) {
    used.insert(r.no_deal.chances.begin(), r.no_deal.chances.end());
    for (const auto& c : r.packages) used.insert(c.chances.begin(), c.chances.end());
  }
  for (std::size_t c = 0; c < t.rules.chances.size(); ++c) {
    const ChanceRule& rule = t.rules.chances[c];
    deals::Chance chance{rule.id, {}};
    for (const auto& party : f.parties) {
      std::optional<DefaultRow> row;
      chance.believed.push_back(believed(t.s, rule, party, &row));
      if (row && used.contains(static_cast<int>(c))) f.defaults.push_back(*row);
    }
    f.ensemble.chances.push_back(std::move(chance));
    if (lifted(t, f, rule)) f.lifted.push_back(rule.id);
    if (used.contains(static_cast<int>(c)))
      f.used_rows.insert(f.used_rows.end(), rule.rows.begin(), rule.rows.end());
  }
}

}  // namespace

void make_resolutions(Table& t, Framed& f) {
  const auto starts = unknown_starts(t, f);
  const auto signs = unknown_signs(t, f);
  double ways = 1;
  for (const int v : starts) ways *= t.s.variables[static_cast<std::size_t>(v)].now.count();
  for (std::size_t i = 0; i < signs.size(); ++i) ways *= 2;
  const bool spread = ways > static_cast<double>(kMostResolutions);
  const auto n = spread ? kMostResolutions : static_cast<std::size_t>(ways);
  f.ensemble.all_resolutions = !spread;
  for (std::size_t code = 0; code < n; ++code)
    t.resolutions.push_back(settled_as(t, starts, signs, code, spread));
  for (const int v : starts) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    f.defaults.push_back({"default:start:" + variable.id,
                          fmt::format("where {} stands now is not said: every level alike", variable.id),
                          variable.row});
  }
  for (const std::size_t d : signs)
    f.defaults.push_back(
        {"default:sign:" + t.rules.drives[d].row,
         fmt::format("which way {} works is not said: both ways alike", t.rules.drives[d].row),
         t.rules.drives[d].row});
}

void make_cases(Table& t, Framed& f) {
  t.states.resize(t.resolutions.size());
  for (std::size_t r = 0; r < t.resolutions.size(); ++r) {
    const CaseMaker maker(t, f, t.resolutions[r]);
    deals::Resolution& resolution = f.ensemble.resolutions[r];
    resolution.no_deal = maker.make(f, nullptr, t.states[r]);
    for (const auto& package : f.ensemble.packages)
      resolution.packages.push_back(maker.make(f, &package, t.states[r]));
  }
  note_chances(t, f);
  // Assignments for `held_in`: every raw package, and every level of what stands beside the table but is
  // held.
  std::vector<std::vector<int>> list;
  for (const auto& package : t.raw) list.push_back(t.levels_of(f, package, t.resolutions.front()));
  for (const Held& held : f.held)
    for (const int v : expression::touched(held.formula)) {
      if (t.on_table[static_cast<std::size_t>(v)]) continue;
      const int size = t.s.variables[static_cast<std::size_t>(v)].size();
      if (list.size() * static_cast<std::size_t>(size) > kMostCases) continue;
      std::vector<std::vector<int>> wider;
      for (const auto& levels : list)
        for (int l = 0; l < size; ++l) {
          wider.push_back(levels);
          wider.back()[static_cast<std::size_t>(v)] = l;
        }
      list = std::move(wider);
    }
  f.assignments = std::move(list);
}

}  // namespace parley::framing
