// SPDX-License-Identifier: MIT
#include "deals/ensemble_proof.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace parley::deals {
namespace {

/// Every way to settle the unknown levels of a case, the same level for a stake in all its branches unless the sets
/// differ; nothing when there are more than kMostCorners.
std::optional<std::vector<std::vector<std::vector<int>>>> settlements(const Case& c, std::size_t party) {
  std::vector<std::vector<std::vector<int>>> all{{}};  // [settlement][branch][stake]
  all[0].resize(c.branches.size());
  for (std::size_t b = 0; b < c.branches.size(); ++b) {
    for (const LevelMask mask : c.branches[b].levels[party]) {
      std::vector<std::vector<std::vector<int>>> next;
      if (all.size() * static_cast<std::size_t>(std::popcount(mask)) > kMostCorners) return std::nullopt;
      for (LevelMask rest = mask; rest != 0; rest &= rest - 1)
        for (const auto& settled : all) {
          next.push_back(settled);
          next.back()[b].push_back(std::countr_zero(rest));
        }
      all = std::move(next);
    }
  }
  return all;
}

Lottery mix(const Case& c, const std::vector<std::vector<int>>& settled, const OrdinalParty& party,
            const std::vector<mpq_class>& chance) {
  Lottery lottery;
  for (const Stake& stake : party.stakes) lottery.emplace_back(static_cast<std::size_t>(stake.levels), mpq_class(0));
  for (std::size_t b = 0; b < c.branches.size(); ++b) {
    mpq_class p = 1;
    for (std::size_t i = 0; i < c.chances.size(); ++i) {
      const mpq_class& q = chance[static_cast<std::size_t>(c.chances[i])];
      p *= (c.branches[b].done >> i & 1U) ? q : mpq_class(1 - q);
    }
    if (p == 0) continue;
    for (std::size_t s = 0; s < lottery.size(); ++s) lottery[s][static_cast<std::size_t>(settled[b][s])] += p;
  }
  return lottery;
}

struct Merge {
  bool any_necessary = false, any_dead = false, any_open = false;
  void add(Standing s) {
    any_necessary = any_necessary || s == Standing::necessary;
    any_dead = any_dead || s == Standing::dead;
    any_open = any_open || s == Standing::open;
  }
  [[nodiscard]] Standing result() const {
    if (any_open || (any_necessary && any_dead)) return Standing::open;
    return any_dead ? Standing::dead : Standing::necessary;
  }
};

/// The corners of the party's beliefs about the chances that matter here.
std::vector<std::vector<mpq_class>> beliefs(const Ensemble& e, const Case& a, const Case& b, std::size_t party) {
  std::vector<std::vector<mpq_class>> corners{std::vector<mpq_class>(e.chances.size(), mpq_class(0))};
  for (std::size_t c = 0; c < e.chances.size(); ++c) {
    const auto used = [&](const Case& x) {
      return std::find(x.chances.begin(), x.chances.end(), static_cast<int>(c)) != x.chances.end();
    };
    if (!used(a) && !used(b)) continue;
    const auto& [low, high] = e.chances[c].believed[party];
    const std::size_t before = corners.size();
    for (std::size_t i = 0; i < before; ++i) {
      corners[i][c] = low;
      if (high != low) {
        corners.push_back(corners[i]);
        corners.back()[c] = high;
      }
    }
  }
  return corners;
}

}  // namespace

Proof prove_case(const Ensemble& e, const Resolution& resolution, std::size_t package, std::size_t party) {
  if (!e.parties[party].given.empty()) return {Standing::open, false};
  const Case& deal = resolution.packages[package];
  const auto deals = settlements(deal, party), none = settlements(resolution.no_deal, party);
  if (!deals || !none) return {Standing::open, false};
  const OrdinalParty& order = e.parties[party].order;
  Merge merge;
  for (const auto& chance : beliefs(e, deal, resolution.no_deal, party)) {
    Prospect x, d;
    for (const auto& settled : *deals) x.push_back(mix(deal, settled, order, chance));
    for (const auto& settled : *none) d.push_back(mix(resolution.no_deal, settled, order, chance));
    merge.add(stands(order, x, d).standing);
    if (merge.result() == Standing::open) break;
  }
  return {merge.result(), true};
}

void prove(const Ensemble& e, const EnsembleOptions& options, EnsembleAnswer& answer) {
  const std::size_t parties = e.parties.size();
  std::vector<std::vector<Merge>> merged(e.packages.size(), std::vector<Merge>(parties));
  bool exact = e.all_resolutions, everywhere = true;
  for (const Resolution& resolution : e.resolutions) {
    bool sure = false;
    for (std::size_t x = 0; x < e.packages.size(); ++x) {
      const bool clean = resolution.broken[x] == 0;
      const bool tracked = std::find(options.track.begin(), options.track.end(), static_cast<int>(x)) != options.track.end();
      if (!clean && !tracked) continue;
      bool all_necessary = true, none_dead = true;
      for (std::size_t p = 0; p < parties; ++p) {
        const Proof proof = prove_case(e, resolution, x, p);
        merged[x][p].add(proof.standing);
        exact = exact && proof.exact;
        all_necessary = all_necessary && proof.standing == Standing::necessary;
        none_dead = none_dead && proof.standing != Standing::dead;
      }
      answer.possible = answer.possible || (clean && none_dead);
      sure = sure || (clean && all_necessary);
    }
    everywhere = everywhere && sure;
  }
  for (std::size_t x = 0; x < e.packages.size(); ++x)
    for (std::size_t p = 0; p < parties; ++p)
      if (merged[x][p].any_dead || merged[x][p].any_necessary || merged[x][p].any_open)
        answer.packages[x].standing.push_back(merged[x][p].result());
  answer.necessary = everywhere && e.all_resolutions;
  const bool seen_without = answer.zone.yes < answer.zone.of, seen_with = answer.zone.yes > 0;
  // A drawn world with (without) a zone is itself a proof that a zone is possible (not necessary).
  answer.proved = answer.necessary || (!answer.possible && exact) || (seen_without && (seen_with || exact));
  if (!exact && seen_with) answer.possible = true;
}

}  // namespace parley::deals
