// SPDX-License-Identifier: MIT
#include "questions/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace parley::questions {
namespace {

std::size_t limits_of(const TableAnswer& t) { return t.framed.ensemble.limits.size(); }

Answer zone_answer(const TableAnswer& t) {
  const auto& a = t.answer;
  Answer answer{table_id(t.framed.table, "zone"),
                "some package is acceptable to every party",
                a.zone,
                false,
                false,
                {}};
  if (a.necessary || (a.proved && !a.possible)) {
    answer.proved = true;
    answer.truth = a.necessary;
  }
  for (const auto& limit : t.framed.ensemble.limits)
    answer.rows.insert(answer.rows.end(), limit.rows.begin(), limit.rows.end());
  return answer;
}

/// "us_network and what no deal is worth to Iran together block every package"
std::string blocking_words(const account::Names& names, const std::vector<std::string>& ids) {
  std::vector<std::string> said;
  for (const auto& id : ids)
    said.push_back(id.starts_with("reservation:")
                       ? "what no deal is worth to " + account::called(names, id.substr(12))
                       : id);
  if (said.size() == 1) return said.front() + " alone blocks every package";
  return fmt::format("{} together block every package", fmt::join(said, " and "));
}

/// "the United States and Iran together"; an owner may be a doubt about a row ("doubt:annexation_splits").
std::string opener_words(const account::Names& names, const std::vector<std::string>& owners) {
  std::vector<std::string> said;
  for (const auto& owner : owners)
    said.push_back(owner.starts_with("doubt:") ? "doubt about " + owner.substr(6)
                                               : account::called(names, owner));
  return fmt::format("{}{}", fmt::join(said, " and "), said.size() > 1 ? " together" : "");
}

void add_packages(const TableAnswer& t, std::vector<Answer>& list) {
  for (const auto& named : t.framed.packages) {
    if (named.completions.empty()) continue;
    worlds::Share share{0, t.answer.worlds};
    for (const int x : named.completions)
      share.yes = std::max(share.yes, t.answer.packages[static_cast<std::size_t>(x)].in_zone.yes);
    list.push_back({table_id(t.framed.table, "package", {named.id}),
                    fmt::format("the package {} is acceptable to every party", named.id),
                    share,
                    false,
                    false,
                    {named.id}});
  }
}

}  // namespace

std::string Answer::in_worlds() const {
  if (proved) return truth ? "all" : "no";
  if (share.of == 0) return "no";
  return share.yes == share.of ? "all" : share.yes == 0 ? "no" : "some";
}

std::vector<std::string> rows_of(const TableAnswer& t, int limit) {
  const auto at = static_cast<std::size_t>(limit);
  if (at < limits_of(t)) return t.framed.ensemble.limits[at].rows;
  return t.framed.ensemble.parties[at - limits_of(t)].reservation_rows;
}

std::string id_of(const TableAnswer& t, int limit) {
  const auto at = static_cast<std::size_t>(limit);
  if (at < limits_of(t)) return t.framed.ensemble.limits[at].id;
  return "reservation:" + t.framed.ensemble.parties[at - limits_of(t)].order.id;
}

std::string owner_of(const TableAnswer& t, int limit) {
  const auto at = static_cast<std::size_t>(limit);
  if (at < limits_of(t)) return t.framed.ensemble.limits[at].owner;
  return t.framed.ensemble.parties[at - limits_of(t)].order.id;
}

std::string conflict_kind(const TableAnswer& t, const std::vector<int>& limits) {
  const bool only_limits = std::all_of(limits.begin(), limits.end(),
                                       [&](int i) { return static_cast<std::size_t>(i) < limits_of(t); });
  if (!only_limits) return "follows";
  if (limits.size() == 1) return "asserted";
  std::set<int> variables;
  for (const int i : limits)
    for (const int v : expression::touched(t.framed.limit_formulas[static_cast<std::size_t>(i)]))
      variables.insert(v);
  return limits.size() == 2 && variables.size() == 1 ? "collision" : "follows";
}

std::vector<Answer> answers_of(const TableAnswer& t) {
  std::vector<Answer> list = {zone_answer(t)};
  for (const auto& opener : t.answer.openers_by_limits)
    list.push_back({table_id(t.framed.table, "opens", opener.owners),
                    fmt::format("{} can open a zone by giving up what is stated",
                                opener_words(t.framed.names, opener.owners)),
                    opener.share,
                    false,
                    false,
                    {}});
  for (const auto& set : t.answer.conflicts) {
    std::vector<std::string> ids, rows;
    for (const int i : set.limits) {
      ids.push_back(id_of(t, i));
      for (const auto& row : rows_of(t, i)) rows.push_back(row);
    }
    list.push_back({table_id(t.framed.table, "blocked", ids), blocking_words(t.framed.names, ids), set.share,
                    false, false, rows});
  }
  add_packages(t, list);
  return list;
}

}  // namespace parley::questions
