// SPDX-License-Identifier: MIT
#include "deals/ensemble_proof.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

namespace parley::deals {
namespace {

/// Probability of a branch under one corner of the beliefs.
mpq_class weight_of(const Case& c, const Branch& branch, const std::vector<mpq_class>& chance) {
  mpq_class p = 1;
  for (std::size_t i = 0; i < c.chances.size(); ++i) {
    const mpq_class& q = chance[static_cast<std::size_t>(c.chances[i])];
    p *= (branch.done >> i & 1U) ? q : mpq_class(1 - q);
  }
  return p;
}

/// Every distribution over its levels that a stake may have in a case, as the unknown levels fall this way or
/// that in each branch; nothing when there are more than kMostCorners.
std::optional<Lottery> distributions(const Case& c, std::size_t party, std::size_t stake, int levels,
                                     const std::vector<mpq_class>& chance) {
  Lottery all{std::vector<mpq_class>(static_cast<std::size_t>(levels), mpq_class(0))};
  std::map<LevelMask, mpq_class>
      weights;  // branches that may go the same ways count as one: extremes are the same
  for (const Branch& branch : c.branches)
    weights[branch.levels[party][stake]] += weight_of(c, branch, chance);
  for (const auto& [mask, p] : weights) {
    if (p == 0) continue;
    if (all.size() * static_cast<std::size_t>(std::popcount(mask)) > kMostCorners) return std::nullopt;
    Lottery next;
    for (LevelMask rest = mask; rest != 0; rest &= rest - 1)
      for (const auto& before : all) {
        next.push_back(before);
        next.back()[static_cast<std::size_t>(std::countr_zero(rest))] += p;
      }
    all = std::move(next);
  }
  return all;
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
std::vector<std::vector<mpq_class>> beliefs(const Ensemble& e, const Case& a, const Case& b,
                                            std::size_t party) {
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

Proof prove_case(const Ensemble& e, const Resolution& resolution, std::size_t package, std::size_t party,
                 const OrdinalJudge& judge) {
  if (!e.parties[party].given.empty()) return {Standing::open, false};
  const Case& deal = resolution.packages[package];
  const auto& stakes = e.parties[party].order.stakes;
  Merge merge;
  for (const auto& chance : beliefs(e, deal, resolution.no_deal, party)) {
    std::vector<Lottery> changes(stakes.size());
    for (std::size_t s = 0; s < stakes.size(); ++s) {
      const auto with = distributions(deal, party, s, stakes[s].levels, chance);
      const auto without = distributions(resolution.no_deal, party, s, stakes[s].levels, chance);
      if (!with || !without || with->size() * without->size() > kMostCorners) return {Standing::open, false};
      for (const auto& x : *with)
        for (const auto& d : *without) {
          changes[s].push_back(x);
          for (std::size_t l = 0; l < x.size(); ++l) changes[s].back()[l] -= d[l];
        }
    }
    merge.add(judge.stands_by_stake(changes).standing);
    if (merge.result() == Standing::open) break;
  }
  return {merge.result(), true};
}

void prove(const Ensemble& e, const EnsembleOptions& options, EnsembleAnswer& answer) {
  const std::size_t parties = e.parties.size();
  std::vector<std::vector<Merge>> merged(e.packages.size(), std::vector<Merge>(parties));
  bool exact = e.all_resolutions, everywhere = true;
  std::vector<OrdinalJudge> judges;
  for (const UncertainParty& party : e.parties) judges.emplace_back(party.order);
  for (const Resolution& resolution : e.resolutions) {
    bool sure = false;
    for (std::size_t x = 0; x < e.packages.size(); ++x) {
      const bool clean = resolution.broken[x] == 0;
      const bool tracked =
          std::find(options.track.begin(), options.track.end(), static_cast<int>(x)) != options.track.end();
      if (!clean && !tracked) continue;
      bool all_necessary = true, none_dead = true;
      for (std::size_t p = 0; p < parties; ++p) {
        const Proof proof = prove_case(e, resolution, x, p, judges[p]);
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
