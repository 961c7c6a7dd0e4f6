// SPDX-License-Identifier: MIT
// The smallest order of salience that decides (framing rule 5). For each party and each package that breaks no limit,
// the smallest set of statements "a matters at least as much as b" that makes the package necessary for that party;
// a zone is certain where one package is necessary for all. It is excluded where one party alone finds every package
// dead. Sets of one and two statements a party are tried.
#include <algorithm>
#include <optional>

#include "deals/ensemble_proof.hpp"
#include "questions/probes.hpp"

namespace parley::questions {
namespace {

using Pairs = std::vector<std::pair<int, int>>;
using deals::Standing;

constexpr std::size_t kMostProofs = 60'000;  ///< comparisons that one search may cost

/// Statements that the party's stated salience does not already contradict, in sets of one, then of two.
std::vector<Pairs> candidates(const deals::OrdinalParty& party) {
  std::vector<std::pair<int, int>> single;
  const int n = static_cast<int>(party.stakes.size());
  for (int a = 0; a < n; ++a)
    for (int b = 0; b < n; ++b)
      if (a != b && std::find(party.heavier.begin(), party.heavier.end(), std::pair{a, b}) == party.heavier.end())
        single.emplace_back(a, b);
  std::vector<Pairs> sets{{}};
  for (const auto& s : single) sets.push_back({s});
  for (std::size_t i = 0; i < single.size(); ++i)
    for (std::size_t j = i + 1; j < single.size(); ++j)
      if (single[i] != std::pair{single[j].second, single[j].first}) sets.push_back({single[i], single[j]});
  return sets;
}

class Search {
 public:
  explicit Search(const TableAnswer& table) : e_(table.framed.ensemble) {}
  SalienceProbe run(const std::string& table);

 private:
  [[nodiscard]] bool all_resolutions(std::size_t party, std::size_t package, Standing wanted);
  std::optional<Pairs> smallest(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted, std::size_t most);
  void say(SalienceProbe& probe, std::size_t party, const Pairs& pairs) const;

  deals::Ensemble e_;
  std::size_t proofs_ = 0;
};

bool Search::all_resolutions(std::size_t party, std::size_t package, Standing wanted) {
  return std::all_of(e_.resolutions.begin(), e_.resolutions.end(), [&](const deals::Resolution& r) {
    if (r.broken[package] != 0) return wanted == Standing::dead;
    ++proofs_;
    const deals::Proof proof = deals::prove_case(e_, r, package, party);
    return proof.exact && proof.standing == wanted;
  });
}

/// The first (smallest) set of statements under which the party finds all these packages `wanted`.
std::optional<Pairs> Search::smallest(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted,
                                      std::size_t most) {
  auto& heavier = e_.parties[party].order.heavier;
  const auto stated = heavier;
  std::optional<Pairs> found;
  for (const Pairs& pairs : candidates(e_.parties[party].order)) {
    if (pairs.size() > most || proofs_ > kMostProofs) break;
    heavier = stated;
    heavier.insert(heavier.end(), pairs.begin(), pairs.end());
    if (std::all_of(packages.begin(), packages.end(), [&](std::size_t x) { return all_resolutions(party, x, wanted); })) {
      found = pairs;
      break;
    }
  }
  heavier = stated;
  return found;
}

void Search::say(SalienceProbe& probe, std::size_t party, const Pairs& pairs) const {
  const auto& order = e_.parties[party].order;
  for (const auto& [a, b] : pairs)
    probe.statements.push_back({order.id, order.stakes[static_cast<std::size_t>(a)].id, order.stakes[static_cast<std::size_t>(b)].id});
}

SalienceProbe Search::run(const std::string& table) {
  SalienceProbe probe;
  probe.table = table;
  probe.searched_to = 2;
  std::vector<std::size_t> clean;
  for (std::size_t x = 0; x < e_.packages.size(); ++x)
    if (std::any_of(e_.resolutions.begin(), e_.resolutions.end(), [&](const auto& r) { return r.broken[x] == 0; }))
      clean.push_back(x);
  std::size_t best = 5;
  for (const std::size_t x : clean) {
    std::vector<std::pair<std::size_t, Pairs>> parts;
    std::size_t total = 0;
    bool possible = true;
    for (std::size_t p = 0; p < e_.parties.size() && possible; ++p) {
      const auto pairs = smallest(p, {x}, Standing::necessary, std::min<std::size_t>(2, best - 1 - total));
      possible = pairs.has_value();
      if (!possible) break;
      total += pairs->size();
      parts.emplace_back(p, *pairs);
    }
    if (!possible || total >= best) continue;
    best = total;
    probe.found = true;
    probe.outcome = "certain";
    probe.statements.clear();
    probe.package.clear();
    for (const auto& [p, pairs] : parts) say(probe, p, pairs);
    for (std::size_t k = 0; k < e_.issues.size(); ++k)
      probe.package.push_back(e_.issues[k].name + ": " + e_.issues[k].options[static_cast<std::size_t>(e_.packages[x][k])].name);
  }
  for (std::size_t p = 0; p < e_.parties.size() && !clean.empty(); ++p) {
    const auto pairs = smallest(p, clean, Standing::dead, std::min<std::size_t>(2, best - 1));
    if (!pairs) continue;
    best = pairs->size();
    probe.found = true;
    probe.outcome = "excluded";
    probe.statements.clear();
    probe.package.clear();
    say(probe, p, *pairs);
  }
  return probe;
}

}  // namespace

std::vector<SalienceProbe> probe_salience(const ColumnAnswer& base) {
  std::vector<SalienceProbe> list;
  for (const TableAnswer& table : base.tables) {
    SalienceProbe probe;
    probe.table = table.framed.table;
    const auto& a = table.answer;
    probe.decided = a.necessary || (a.proved && !a.possible);
    if (!probe.decided && a.worlds > 0) probe = Search(table).run(table.framed.table);
    list.push_back(std::move(probe));
  }
  return list;
}

}  // namespace parley::questions
