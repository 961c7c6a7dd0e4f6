// SPDX-License-Identifier: MIT
// Parts that must ratify what is settled (two-level games; Putnam 1988): who is asked, what bars, whose
// preference of a package to no deal counts (rule 9).
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "account/naming.hpp"
#include "framing/deals_parts.hpp"

namespace parley::framing {
namespace {

using account::Row;

std::string issue_words(const Table& t, const std::vector<int>& issues) {
  std::vector<std::string> names;
  for (const int v : issues) names.push_back(t.s.variables[static_cast<std::size_t>(v)].id);
  return fmt::format("{}", fmt::join(names, " and "));
}

}  // namespace

bool states_a_preference(const Situation& s, const std::string& id) {
  const auto line = binding_stance(s.options);
  const auto speaks = [&](const Row& row) {
    const auto members = s.members(row.text("by"));
    return std::find(members.begin(), members.end(), id) != members.end();
  };
  for (const Wish& wish : wishes_of(s, id))
    if (!line || wish.stance < *line || (!wish.package.empty() && wish.stance != Stance::insists))
      return true;
  for (const Row* row : s.of("preferences"))
    if (speaks(*row) && !row->flag("indifferent")) return true;
  for (const Row* row : s.of("reservations"))
    if (row->text("by") == id) return true;
  return false;
}

bool is_indifferent(const Situation& s, const std::string& id, int variable) {
  const Taste taste = taste_of(s, id, variable);
  return taste.indifferent && taste.better.empty() && taste.worth.empty();
}

std::string ratifier_name(const account::Account& account, const std::string& id, const std::string& of) {
  const std::string name = account::name_of(account, id), side = account::name_of(account, of);
  return name.find(side) != std::string::npos ? name : fmt::format("{} of {}", name, side);
}

void find_ratifiers(const Table& t, Framed& f) {
  for (const Row* row : t.s.of("parts")) {
    // A part that signs itself is asked as a party.
    if (std::find(f.parties.begin(), f.parties.end(), row->id) != f.parties.end()) continue;
    Ratifier who;
    who.id = row->id;
    who.of = row->text("of");
    for (const auto& name : row->names("ratifies"))
      if (const int v = t.s.variable(name);
          v >= 0 && t.on_table[static_cast<std::size_t>(v)] &&
          std::find(who.issues.begin(), who.issues.end(), v) == who.issues.end())
        who.issues.push_back(v);
    if (who.issues.empty()) continue;
    std::sort(who.issues.begin(), who.issues.end(), [&](int a, int b) {
      return t.s.variables[static_cast<std::size_t>(a)].id < t.s.variables[static_cast<std::size_t>(b)].id;
    });
    who.name = ratifier_name(t.s.account, who.id, who.of);
    who.states_preference = states_a_preference(t.s, who.id);
    f.used_rows.push_back(who.id);
    f.ratifiers.push_back(std::move(who));
  }
  std::sort(f.ratifiers.begin(), f.ratifiers.end(),
            [](const Ratifier& a, const Ratifier& b) { return a.id < b.id; });
}

Formula unless_left(const Situation& s, const std::vector<int>& issues, const std::vector<int>* now,
                    Formula wanted) {
  std::vector<Formula> same;
  for (const int v : issues) {
    const Variable& variable = s.variables[static_cast<std::size_t>(v)];
    LevelSet level(variable.size());
    if (now != nullptr) level.add((*now)[static_cast<std::size_t>(v)]);
    same.push_back(Formula::atom(v, now != nullptr ? level : variable.now));
  }
  return Formula::any({Formula::all(std::move(same)), std::move(wanted)});
}

Formula limit_at(const Table& t, const Framed& f, std::size_t limit, const std::vector<int>& now) {
  const LimitScope& scope = f.limit_scopes[limit];
  if (scope.act && expression::holds(*scope.act, now)) return Formula::constant(true);
  if (scope.issues.empty()) return f.limit_formulas[limit];
  return unless_left(t.s, scope.issues, &now, scope.wanted);
}

void ask_ratifiers(const Table& t, Framed& f) {
  const auto signers = f.parties.size();
  for (std::size_t r = 0; r < f.ensemble.resolutions.size(); ++r) {
    auto& unasked = f.ensemble.resolutions[r].unasked;
    for (const auto& package : f.ensemble.packages) {
      std::uint32_t bits = 0;
      for (const Ratifier& who : f.ratifiers) {
        if (who.party < 0) continue;
        const bool moved = std::any_of(who.issues.begin(), who.issues.end(), [&](int v) {
          const auto at =
              static_cast<std::size_t>(std::find(f.issues.begin(), f.issues.end(), v) - f.issues.begin());
          return package[at] != t.resolutions[r].now[static_cast<std::size_t>(v)];
        });
        if (!moved) bits |= std::uint32_t{1} << static_cast<std::size_t>(who.party);
      }
      unasked.push_back(bits);
    }
    if (f.ensemble.parties.size() == signers) unasked.clear();
  }
}

void note_ratifiers(const Table& t, Framed& f) {
  for (Ratifier& who : f.ratifiers) {
    const std::string must = fmt::format("{} must ratify {}", who.name, issue_words(t, who.issues));
    std::vector<std::string> why;
    if (!who.limits.empty()) why.push_back("what crosses its stated limit is barred");
    if (who.party >= 0)
      why.push_back("it must prefer what moves that to no deal, by the preferences that rows give it");
    std::vector<int> open;
    if (why.empty())
      std::copy_if(who.issues.begin(), who.issues.end(), std::back_inserter(open),
                   [&](int v) { return !is_indifferent(t.s, who.id, v); });
    who.open = !open.empty();
    if (who.open) {
      const std::string which =
          open.size() == who.issues.size() ? "" : fmt::format(" on {}", issue_words(t, open));
      f.open_conditions.push_back(
          {who.id, fmt::format("{}, and no row gives its preference{}: it bars nothing here, and its consent "
                               "stays open",
                               must, which)});
      who.words = fmt::format("{}: open, no row gives its preference{}", must, which);
    } else {
      who.words = fmt::format("{}: {}", must,
                              why.empty() ? "a row says that it is indifferent, so that it bars nothing"
                                          : fmt::format("{}", fmt::join(why, "; ")));
    }
  }
}

}  // namespace parley::framing
