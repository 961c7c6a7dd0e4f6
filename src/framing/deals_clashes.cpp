// SPDX-License-Identifier: MIT
// Rule 13: which rows of one party leave it no consistent utility. Orders of levels that contradict each
// other are found with the tastes; here are the weights, and values in numbers.
#include <fmt/format.h>

#include <algorithm>

#include "account/content.hpp"
#include "framing/deals_parts.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::framing {
namespace {

using deals::OrdinalParty;

bool consistent(const OrdinalParty& party) { return deals::OrdinalJudge(party).consistent(); }

/// The party with nothing but its stakes and what these rows say of weights.
bool weights_clash(const OrdinalParty& party, const std::vector<SaidOfWeights>& said,
                   const logic::IndexSet& rows) {
  OrdinalParty some;
  some.consequence_block = party.consequence_block;
  for (const deals::Stake& stake : party.stakes) {
    some.stakes.emplace_back();
    some.stakes.back().levels = 1;
    some.stakes.back().consequence = stake.consequence;
  }
  for (const int r : rows) {
    const SaidOfWeights& one = said[static_cast<std::size_t>(r)];
    some.heavier.insert(some.heavier.end(), one.heavier.begin(), one.heavier.end());
    some.alike.insert(some.alike.end(), one.alike.begin(), one.alike.end());
    some.weight_bounds.insert(some.weight_bounds.end(), one.bounds.begin(), one.bounds.end());
  }
  return !consistent(some);
}

/// "add up to 110 %": where what these rows give leaves no sum of 100 %; "" where that is not why.
std::string sum_words(const OrdinalParty& party, const std::vector<SaidOfWeights>& said,
                      const logic::IndexSet& rows) {
  std::vector<expression::Interval> bounds(party.stakes.size(), {0, 1});
  bool exactly = true;
  for (const int r : rows)
    for (const auto& [stake, range] : said[static_cast<std::size_t>(r)].bounds) {
      auto& [low, high] = bounds[static_cast<std::size_t>(stake)];
      low = std::max(low, range.first);
      high = std::min(high, range.second);
      exactly = exactly && range.first == range.second;
    }
  mpq_class least = 0, most = 0;
  for (const auto& [low, high] : bounds) {
    if (low > high) return "";
    least += low;
    most += high;
  }
  if (least <= 1 && most >= 1) return "";
  return fmt::format("the weights add up to {}{} %",
                     exactly     ? ""
                     : least > 1 ? "at least "
                                 : "at most ",
                     expression::number_text(100 * (least > 1 ? least : most)));
}

std::vector<std::string> clash_of_weights(const OrdinalParty& party, const std::vector<SaidOfWeights>& said,
                                          std::string& why) {
  const auto clashes = [&](const logic::IndexSet& rows) { return weights_clash(party, said, rows); };
  logic::IndexSet all;
  for (std::size_t r = 0; r < said.size(); ++r) all.push_back(static_cast<int>(r));
  std::vector<std::string> rows;
  if (!clashes(all)) return rows;
  const auto minimal = logic::one_minimal_set(static_cast<int>(all.size()), clashes);
  why = sum_words(party, said, minimal);
  for (const int r : minimal) rows.push_back(said[static_cast<std::size_t>(r)].row);
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// Values in numbers against orders: the numbers are taken together, the orders row by row.
std::vector<std::string> clash_of_values(const deals::Stake& stake, const Taste& taste) {
  const auto rows_said = by_what_they_say(taste.said);
  const auto clashes = [&](const logic::IndexSet& rows) {
    OrdinalParty one;
    one.stakes = {stake};
    one.stakes[0].better.clear();
    one.stakes[0].same.clear();
    for (const int r : rows) {
      const Said& said = rows_said[static_cast<std::size_t>(r)];
      one.stakes[0].better.insert(one.stakes[0].better.end(), said.better.begin(), said.better.end());
      one.stakes[0].same.insert(one.stakes[0].same.end(), said.same.begin(), said.same.end());
    }
    return !consistent(one);
  };
  logic::IndexSet all;
  for (std::size_t r = 0; r < taste.said.size(); ++r) all.push_back(static_cast<int>(r));
  std::vector<std::string> rows;
  if (!clashes(all)) return rows;
  for (const int r : logic::one_minimal_set(static_cast<int>(all.size()), clashes))
    rows.push_back(rows_said[static_cast<std::size_t>(r)].row);
  rows.insert(rows.end(), taste.worth_rows.begin(), taste.worth_rows.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

/// Of a party of the ensemble: its place among those who sign and the ratifiers.
std::size_t voice_of(const Framed& f, std::size_t party) {
  for (std::size_t k = 0; k < f.ratifiers.size(); ++k)
    if (f.ratifiers[k].party == static_cast<int>(party)) return f.parties.size() + k;
  return party;
}

}  // namespace

std::string clash_words(const Clash& clash) {
  return clash.why.empty() ? fmt::format("its rows on {} contradict each other", clash.variable) : clash.why;
}

void find_clashes(Table& t, Framed& f) {
  for (std::size_t p = 0; p < f.ensemble.parties.size(); ++p) {
    const OrdinalParty& party = f.ensemble.parties[p].order;
    if (consistent(party)) continue;
    for (const deals::Stake& stake : party.stakes) {
      const auto known = [&](const Clash& c) { return c.party == party.id && c.variable == stake.id; };
      if (stake.bounds.empty() || std::any_of(f.clashes.begin(), f.clashes.end(), known)) continue;
      const int v = t.s.variable(stake.id);
      if (v < 0) continue;
      const Taste& taste = t.taste(f, voice_of(f, p), v);
      auto rows = clash_of_values(stake, taste);
      if (!rows.empty()) f.clashes.push_back({party.id, stake.id, std::move(rows), ""});
    }
    std::string why;
    // Which of several minimal sets is found hangs on the order of the rows: by what they say.
    auto said = t.weights[p];
    const auto content = account::content_of(t.s.account);
    std::sort(said.begin(), said.end(), [&](const SaidOfWeights& a, const SaidOfWeights& b) {
      return std::pair(account::content_in(a.row, content), a.row) <
             std::pair(account::content_in(b.row, content), b.row);
    });
    auto rows = clash_of_weights(party, said, why);
    if (!rows.empty()) f.clashes.push_back({party.id, "what matters more", std::move(rows), std::move(why)});
  }
}

}  // namespace parley::framing
