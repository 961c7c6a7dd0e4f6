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

using Chances = std::vector<mpq_class>;

/// The corners of the party's beliefs about the chances that matter here, and, last, their middle.
std::vector<Chances> beliefs(const Ensemble& e, const std::vector<const Case*>& cases, std::size_t party) {
  std::vector<Chances> corners{Chances(e.chances.size(), mpq_class(0))};
  Chances middle = corners.front();
  for (std::size_t c = 0; c < e.chances.size(); ++c) {
    const auto uses = [&](const Case* x) {
      return std::find(x->chances.begin(), x->chances.end(), static_cast<int>(c)) != x->chances.end();
    };
    if (std::none_of(cases.begin(), cases.end(), uses)) continue;
    const auto& [low, high] = e.chances[c].believed[party];
    middle[c] = (mpq_class(low) + mpq_class(high)) / 2;
    const std::size_t before = corners.size();
    for (std::size_t i = 0; i < before; ++i) {
      corners[i][c] = low;
      if (high != low) {
        corners.push_back(corners[i]);
        corners.back()[c] = high;
      }
    }
  }
  corners.push_back(std::move(middle));
  return corners;
}

/// Per stake every change of level probabilities from no deal to the package; with a numeric reservation, the
/// package alone. Nothing when there are too many.
std::optional<std::vector<Lottery>> changes_of(const Case& deal, const Case* no_deal, std::size_t party,
                                               const std::vector<Stake>& stakes, const Chances& chance) {
  std::vector<Lottery> changes(stakes.size());
  for (std::size_t s = 0; s < stakes.size(); ++s) {
    const auto with = distributions(deal, party, s, stakes[s].levels, chance);
    if (!with) return std::nullopt;
    changes[s] = *with;
    if (no_deal == nullptr) continue;
    const auto without = distributions(*no_deal, party, s, stakes[s].levels, chance);
    if (!without || with->size() * without->size() > kMostCorners) return std::nullopt;
    changes[s].clear();
    for (const auto& x : *with)
      for (const auto& d : *without) {
        changes[s].push_back(x);
        for (std::size_t l = 0; l < x.size(); ++l) changes[s].back()[l] -= d[l];
      }
  }
  return changes;
}

}  // namespace

/// For fixed values and weights the difference is linear in each chance, so its extremes are at corners of
/// the beliefs. Where it exceeds 0 at none, it is 0 on more than a boundary iff it is so at the middle (which
/// is a mixture of all corners with positive shares).
Proof prove_case(const Ensemble& e, const Resolution& resolution, std::size_t package, std::size_t party,
                 const OrdinalJudge& judge) {
  const auto& given = e.parties[party].given;
  const Case& deal = resolution.packages[package];
  const Case* no_deal = given.empty() ? &resolution.no_deal : nullptr;
  std::pair<mpq_class, mpq_class> reservation{0, 0};
  if (!given.empty()) reservation = {mpq_class(given[0].first), mpq_class(given[0].second)};
  std::vector<const Case*> cases{&deal};
  if (no_deal != nullptr) cases.push_back(no_deal);
  const auto corners = beliefs(e, cases, party);
  bool necessary = true, exceeds = false, rests = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const bool middle = i + 1 == corners.size();
    if (middle && (necessary || exceeds)) break;
    const auto changes = changes_of(deal, no_deal, party, e.parties[party].order.stakes, corners[i]);
    if (!changes) return {Standing::open, false};
    const OrdinalVerdict verdict = judge.stands_by_stake(*changes, reservation);
    if (middle) {
      rests = verdict.standing != Standing::dead;
    } else {
      necessary = necessary && verdict.standing == Standing::necessary;
      exceeds = exceeds || verdict.exceeds;
    }
    if (!necessary && exceeds) break;
  }
  return {necessary ? Standing::necessary : exceeds || rests ? Standing::open : Standing::dead, true};
}

void prove(const Ensemble& e, const EnsembleOptions& options, EnsembleAnswer& answer) {
  const std::size_t parties = e.parties.size();
  std::vector<std::vector<Merge>> merged(e.packages.size(), std::vector<Merge>(parties));
  bool exact = e.all_resolutions, everywhere = true;
  std::vector<OrdinalJudge> judges;
  for (const UncertainParty& party : e.parties) judges.emplace_back(party.order);
  const auto stopped = [&] { return options.cancel != nullptr && options.cancel->load(); };
  for (const Resolution& resolution : e.resolutions) {
    bool sure = false;
    for (std::size_t x = 0; x < e.packages.size(); ++x) {
      if (stopped()) {
        // What is not looked at is open and not decided.
        exact = everywhere = answer.complete = false;
        break;
      }
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
