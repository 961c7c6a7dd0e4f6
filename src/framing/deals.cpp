// SPDX-License-Identifier: MIT
#include "framing/deals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "account/content.hpp"
#include "framing/deals_parts.hpp"

namespace parley::framing {
namespace {

using account::Row;

void name(const Situation& situation, const std::string& id, account::Names& names) {
  if (!id.empty()) names.emplace(id, account::name_of(situation.account, id));
}

std::vector<std::string> sorted(std::vector<std::string> list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

/// Open issues: listed by the talks, and everyone who decides them signs (rule 1).
void find_issues(Table& t, Framed& f) {
  for (const auto& name : t.row->names("issues")) {
    const int v = t.s.variable(name);
    for (const Unread& u : t.s.unread)
      if (u.row == name) f.too_large = fmt::format("issue {}: {}", name, u.why);
    if (v < 0) continue;
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    const bool all_sign =
        !variable.movers.empty() &&
        std::all_of(variable.movers.begin(), variable.movers.end(), [&](const std::string& mover) {
          return std::find(f.parties.begin(), f.parties.end(), mover) != f.parties.end();
        });
    if (all_sign)
      f.issues.push_back(v);
    else
      f.open_conditions.push_back(
          {variable.row, fmt::format("{} is listed by the talks but not everyone who decides it "
                                     "signs: it stays as it is",
                                     name)});
  }
  t.on_table.assign(t.s.variables.size(), false);
  for (const int v : f.issues) t.on_table[static_cast<std::size_t>(v)] = true;
}

/// Agenda issues: what each choice opens. An issue that some choice opens is held at `now` under the others.
void find_agenda(Table& t, Framed& f) {
  for (const int v : f.issues) {
    const Variable& agenda = t.s.variables[static_cast<std::size_t>(v)];
    const Row* row = t.s.row(agenda.row);
    const account::Value* opens = row == nullptr ? nullptr : row->value("opens");
    if (opens == nullptr) continue;
    t.agenda.push_back(v);
    std::map<int, LevelSet> open_under;
    for (std::size_t i = 0; i < opens->keys.size(); ++i)
      for (const auto& item : opens->items[i].items) {
        const int issue = t.s.variable(item.text);
        if (issue < 0 || !t.on_table[static_cast<std::size_t>(issue)]) continue;
        auto [at, fresh] = open_under.try_emplace(issue, LevelSet(agenda.size()));
        const LevelSet named = levels_named(agenda, opens->keys[i]);
        for (int l = 0; l < agenda.size(); ++l)
          if (named.has(l)) at->second.add(l);
      }
    for (const auto& [issue, choices] : open_under) t.opened[issue].push_back({v, choices});
  }
}

double combinations(const Table& t, const Framed& f) {
  double product = 1;
  for (const int v : f.issues) product *= t.s.variables[static_cast<std::size_t>(v)].size();
  return product;
}

/// Every combination of levels on the table.
void enumerate(Table& t, const Framed& f) {
  const auto n = static_cast<std::size_t>(combinations(t, f));
  for (std::size_t code = 0; code < n; ++code) {
    deals::Package package;
    std::size_t rest = code;
    for (const int v : f.issues) {
      const auto size = static_cast<std::size_t>(t.s.variables[static_cast<std::size_t>(v)].size());
      package.push_back(static_cast<int>(rest % size));
      rest /= size;
    }
    t.raw.push_back(std::move(package));
  }
}

/// A table too large to list: what limits alone say, and the packages within them if they are few. False
/// where that is all that can be said.
bool enumerate_wide(Table& t, Framed& f) {
  explain_by_limits(t, f);
  const double product = combinations(t, f);
  if (f.by_limits->with_package == 0 || !list_within_limits(t, f)) {
    f.too_large =
        fmt::format("the table has {:.3g} packages; this version frames at most {} within all limits",
                    product, kMostPackages);
    return false;
  }
  f.only_within_limits =
      fmt::format("of {:.3g} packages, the {} within all limits are worked out; what breaks a limit is not",
                  product, t.raw.size());
  return true;
}

/// Keeps the packages that structure allows under some resolution, and marks the others per resolution.
void apply_structure(Table& t, Framed& f) {
  std::vector<std::vector<std::uint64_t>> broken(t.resolutions.size());
  std::vector<std::vector<Formula>> limits_at;  // per resolution
  for (const Settled& r : t.resolutions) {
    limits_at.emplace_back();
    for (std::size_t i = 0; i < f.limit_formulas.size(); ++i)
      limits_at.back().push_back(limit_at(t, f, i, r.now));
  }
  for (const auto& package : t.raw) {
    t.s.options.control.check();
    bool kept = false;
    std::vector<std::uint64_t> bits;
    for (const Settled& r : t.resolutions) {
      const auto& limits = limits_at[bits.size()];
      const std::vector<int> levels = t.levels_of(f, package, r);
      bool allowed = std::all_of(f.structure.begin(), f.structure.end(),
                                 [&](const Formula& x) { return expression::holds(x, levels); });
      allowed = allowed && agreement_moves(t, f, package, r) && held_holds(t, f, package, r);
      std::uint64_t mask = allowed ? 0 : deals::kForbidden;
      for (std::size_t i = 0; allowed && i < limits.size(); ++i)
        if (!expression::holds(limits[i], levels)) mask |= std::uint64_t{1} << i;
      kept = kept || allowed;
      bits.push_back(mask);
    }
    if (!kept) continue;
    f.ensemble.packages.push_back(package);
    for (std::size_t r = 0; r < bits.size(); ++r) broken[r].push_back(bits[r]);
  }
  for (std::size_t r = 0; r < t.resolutions.size(); ++r) {
    deals::Resolution resolution;
    resolution.words = t.resolutions[r].words;
    resolution.broken = std::move(broken[r]);
    f.ensemble.resolutions.push_back(std::move(resolution));
  }
}

void merge_into(deals::Limit& into, const deals::Limit& from) {
  for (const auto& row : from.rows) into.rows.push_back(row);
  into.rows = sorted(into.rows);
}

/// Of limits that are one: which of them the whole is called after, by what the rows say.
std::size_t called_after(const Situation& s, const std::vector<deals::Limit>& limits,
                         const std::vector<std::size_t>& alike) {
  if (alike.size() == 1) return alike.front();
  const auto content = account::content_of(s.account);
  const auto key = [&](std::size_t i) {
    const std::string& row = limits[i].rows.empty() ? limits[i].id : limits[i].rows.front();
    const auto found = content.find(row);
    return found == content.end() ? 0 : found->second;
  };
  return *std::min_element(alike.begin(), alike.end(),
                           [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
}

/// Limits of one owner that imply each other, with structure, are one limit (rule 3). Beyond kMostLimits the
/// limits of each owner become one.
void merge_limits(const Situation& s, Framed& f) {
  auto& limits = f.ensemble.limits;
  const auto same = [&](std::size_t a, std::size_t b) {
    if (limits[a].owner != limits[b].owner || limits[a].doubt != limits[b].doubt) return false;
    for (const auto& r : f.ensemble.resolutions)
      for (const std::uint64_t mask : r.broken)
        if (mask != deals::kForbidden && ((mask >> a ^ mask >> b) & 1U)) return false;
    return true;
  };
  std::vector<std::vector<std::size_t>> groups;
  std::vector<std::size_t> keep, into(limits.size());
  for (std::size_t b = 0; b < limits.size(); ++b) {
    s.options.control.check();
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return same(group.front(), b); });
    into[b] = static_cast<std::size_t>(found - groups.begin());
    if (found == groups.end())
      groups.push_back({b});
    else
      found->push_back(b);
  }
  for (const auto& group : groups) {
    keep.push_back(called_after(s, limits, group));
    for (const std::size_t other : group)
      if (other != keep.back()) merge_into(limits[keep.back()], limits[other]);
  }
  for (auto& r : f.ensemble.resolutions)
    for (std::uint64_t& mask : r.broken) {
      if (mask == deals::kForbidden) continue;
      std::uint64_t merged = 0;
      for (std::size_t i = 0; i < limits.size(); ++i)
        if (mask >> i & 1U) merged |= std::uint64_t{1} << into[i];
      mask = merged;
    }
  std::vector<deals::Limit> kept;
  std::vector<Formula> formulas;
  std::vector<LimitScope> scopes;
  for (const std::size_t k : keep) {
    kept.push_back(limits[k]);
    formulas.push_back(f.limit_formulas[k]);
    scopes.push_back(f.limit_scopes[k]);
  }
  limits = std::move(kept);
  f.limit_scopes = std::move(scopes);
  f.limit_formulas = std::move(formulas);
}

}  // namespace

std::vector<int> Table::levels_of(const Framed& f, const deals::Package& package, const Settled& r) const {
  std::vector<int> levels = r.now;
  for (std::size_t k = 0; k < package.size(); ++k) levels[static_cast<std::size_t>(f.issues[k])] = package[k];
  return levels;
}

std::optional<Framed> frame_deals(const Situation& situation, const std::string& table) {
  const Row* row = situation.row(table);
  if (row == nullptr || row->concept_name != "talks") return std::nullopt;
  Framed f;
  f.table = table;
  f.parties = sorted(row->names("parties"));
  f.unread = situation.unread;
  Table t(situation, *row);
  find_issues(t, f);
  if (!f.too_large.empty()) return f;
  if (f.parties.empty() || f.issues.empty()) return std::nullopt;
  for (const int v : f.issues) f.issue_ids.push_back(situation.variables[static_cast<std::size_t>(v)].id);
  find_agenda(t, f);
  find_ratifiers(t, f);
  const bool many_parties = f.parties.size() > kMostParties,
             many_voices = !many_parties && f.parties.size() + f.ratifiers.size() > deals::kMostVoices;
  t.rules = make_rules(situation);
  for (const Unread& u : t.rules.unread) f.unread.push_back(u);
  make_structure(t, f);
  make_limits(t, f);
  if (!f.too_large.empty()) return f;
  make_resolutions(t, f);
  if (many_parties || many_voices) {
    explain_by_limits(t, f);
    note_ratifiers(t, f);
    f.too_large = many_parties ? fmt::format("{} parties sign; this version frames at most {}",
                                             f.parties.size(), kMostParties)
                               : fmt::format("{} sign or ratify; this version frames at most {}",
                                             f.parties.size() + f.ratifiers.size(), deals::kMostVoices);
    return f;
  }
  if (combinations(t, f) <= static_cast<double>(kMostPackages)) {
    enumerate(t, f);
  } else if (!enumerate_wide(t, f)) {
    note_ratifiers(t, f);
    return f;
  }
  if (t.raw.size() * t.resolutions.size() > kMostCases) {
    f.too_large =
        fmt::format("{} packages under {} ways to settle what is unknown pass the limit of {} cases",
                    t.raw.size(), t.resolutions.size(), kMostCases);
    return f;
  }
  apply_structure(t, f);
  if (f.only_within_limits.empty()) merge_limits(situation, f);
  if (t.raw.size() * situation.variables.size() > kMostCaseLevels) {
    f.too_large = fmt::format("{} packages in an account of {} variables are more than {} levels",
                              t.raw.size(), situation.variables.size(), kMostCaseLevels);
    f.ensemble = {};
    return f;
  }
  make_cases(t, f);
  if (!f.too_large.empty()) return f;
  make_parties(t, f);
  place_packages(t, f);
  f.used_rows = sorted(std::move(f.used_rows));
  for (const auto& party : f.ensemble.parties) name(situation, party.order.id, f.names);
  for (const auto& limit : f.ensemble.limits) name(situation, limit.owner, f.names);
  for (const Ratifier& ratifier : f.ratifiers) f.names[ratifier.id] = ratifier.name;
  return f;
}

std::vector<std::string> held_in(const Framed& f, const std::vector<int>& limits) {
  for (const int limit : limits)
    if (limit >= static_cast<int>(f.limit_formulas.size())) return {};
  std::vector<std::size_t> held(f.held.size());
  for (std::size_t h = 0; h < held.size(); ++h) held[h] = h;
  const auto blocked = [&](const std::vector<std::size_t>& with) {
    return std::none_of(f.assignments.begin(), f.assignments.end(), [&](const std::vector<int>& levels) {
      const auto ok = [&](const Formula& x) { return expression::holds(x, levels); };
      return std::all_of(f.structure.begin(), f.structure.end(), ok) &&
             std::all_of(limits.begin(), limits.end(),
                         [&](int i) { return ok(f.limit_formulas[static_cast<std::size_t>(i)]); }) &&
             std::all_of(with.begin(), with.end(), [&](std::size_t h) { return ok(f.held[h].formula); });
    });
  };
  if (!blocked(held)) return {};
  for (std::size_t i = 0; i < held.size();) {
    std::vector<std::size_t> without = held;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    if (blocked(without))
      held = std::move(without);
    else
      ++i;
  }
  std::vector<std::string> ids;
  for (const std::size_t h : held) ids.push_back(f.held[h].id);
  return ids;
}

}  // namespace parley::framing
