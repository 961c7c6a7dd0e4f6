// SPDX-License-Identifier: MIT
// What each package and no deal lead to: resolutions of what is unknown, chances, branches (rules 6, 8, 9).
#include <fmt/format.h>

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
  std::vector<int> from(f.issues.begin(), f.issues.end());
  if (const int talks = t.s.variable(f.table); talks >= 0) from.push_back(talks);
  for (const int v : led_to(t.rules, from)) named.insert(v);
  for (const int v : guarding(t.rules)) named.insert(v);
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
    for (std::size_t p = 0; p < f.parties.size() + f.ratifiers.size() && !stake; ++p)
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
  return lifted(t.s, f.parties, t.on_table, rule);
}

}  // namespace

bool lifted(const Situation& s, const std::vector<std::string>& parties, const std::vector<bool>& on_table,
            const ChanceRule& rule) {
  if (s.options.threats == "literal" || rule.mechanism) return false;
  // What an agreement lifts is a threat; a promise is what the agreement leads to.
  if (const account::Row* row = s.row(rule.id); row != nullptr && row->text("kind") == "promise")
    return false;
  const auto signs = [&](const std::string& who) {
    return std::find(parties.begin(), parties.end(), who) != parties.end();
  };
  if (!signs(rule.by) || (!rule.to.empty() && std::none_of(rule.to.begin(), rule.to.end(), signs)))
    return false;
  return std::any_of(rule.triggers.begin(), rule.triggers.end(), [&](const Formula& trigger) {
    const auto touched = expression::touched(trigger);
    return std::any_of(touched.begin(), touched.end(),
                       [&](int v) { return on_table[static_cast<std::size_t>(v)]; });
  });
}

namespace {

/// What a branch of a case takes besides its levels, in levels.
constexpr std::size_t kCaseItself = 40;

/// Works out one case: which chances it triggers, and the state after each subset of them.
class CaseMaker {
 public:
  CaseMaker(const Table& t, const Framed& f, const Settled& r)
      : t_(t), f_(f), r_(r), base_(masks_of(t.s, r.now)), talks_(t.s.variable(f.table)) {}
  /// `package` null: no deal.
  deals::Case make(const deals::Package* package, std::vector<Masks>& states) const;

 private:
  const Table& t_;
  const Framed& f_;
  const Settled& r_;
  Masks base_;
  int talks_ = -1;
};

deals::Case CaseMaker::make(const deals::Package* package, std::vector<Masks>& states) const {
  Masks start = base_;
  std::vector<bool> fixed(base_.size(), false);
  const bool quiet = package == nullptr && t_.s.options.no_deal == "status_quo";
  if (talks_ >= 0 && !quiet)
    start[static_cast<std::size_t>(talks_)] = LevelMask{1} << (package != nullptr ? kAgreed : kFailed);
  for (std::size_t k = 0; package != nullptr && k < package->size(); ++k) {
    const auto v = static_cast<std::size_t>(f_.issues[k]);
    start[v] = LevelMask{1} << (*package)[k];
    fixed[v] = true;
  }
  const auto apart = [&](const ChanceRule& rule) {
    return quiet || (package != nullptr && lifted(t_, f_, rule));
  };
  Leads leads = leads_to(t_.rules, t_.s, {base_, r_.signs, fixed, apart}, start);
  deals::Case result;
  result.chances = std::move(leads.chances);
  for (std::uint32_t done = 0; done < leads.after.size(); ++done) {
    result.branches.push_back({done, {}});
    states.push_back(std::move(leads.after[done]));
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
  for (const Settled& r : t.resolutions) f.settled.push_back({r.now, r.signs});
  f.unknown_starts = starts;
  f.unknown_signs = signs;
  for (const int v : starts) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    f.defaults.push_back(
        {"default:start:" + variable.id,
         fmt::format("the account holds no row on where {} stands now: every level alike", variable.id),
         variable.row});
  }
  for (const std::size_t d : signs)
    f.defaults.push_back(
        {"default:sign:" + t.rules.drives[d].row,
         fmt::format("no row says which way {} works: both ways alike", t.rules.drives[d].row),
         t.rules.drives[d].row});
}

void make_cases(Table& t, Framed& f) {
  t.states.resize(t.resolutions.size());
  std::size_t kept = 0;
  for (std::size_t r = 0; r < t.resolutions.size(); ++r) {
    const CaseMaker maker(t, f, t.resolutions[r]);
    deals::Resolution& resolution = f.ensemble.resolutions[r];
    resolution.no_deal = maker.make(nullptr, t.states[r]);
    for (const auto& package : f.ensemble.packages) {
      resolution.packages.push_back(maker.make(&package, t.states[r]));
      kept += resolution.packages.back().branches.size() * (t.s.variables.size() + kCaseItself);
      if (kept <= kMostCaseLevels) continue;
      f.too_large = fmt::format(
          "{} packages under {} ways to settle what is unknown, with all that they lead to among {} "
          "variables, "
          "are more than {} levels",
          f.ensemble.packages.size(), t.resolutions.size(), t.s.variables.size(), kMostCaseLevels);
      f.ensemble = {};
      t.states.clear();
      return;
    }
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
