// SPDX-License-Identifier: MIT
#include "deals/ensemble_proof.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <optional>

namespace parley::deals {
namespace {

/// Probability of each branch under one corner of the beliefs.
std::vector<mpq_class> weights_of(const Case& c, const std::vector<mpq_class>& chance) {
  std::vector<mpq_class> weights;
  for (const Branch& branch : c.branches) {
    mpq_class p = 1;
    for (std::size_t i = 0; i < c.chances.size(); ++i) {
      const mpq_class& q = chance[static_cast<std::size_t>(c.chances[i])];
      p *= (branch.done >> i & 1U) ? q : mpq_class(1 - q);
    }
    weights.push_back(std::move(p));
  }
  return weights;
}

/// Every distribution over its levels that a stake may have, as the unknown levels fall this way or that;
/// nothing when there are more than kMostCorners.
std::optional<Lottery> distributions(const std::vector<std::pair<LevelMask, mpq_class>>& falls, int levels) {
  Lottery all{std::vector<mpq_class>(static_cast<std::size_t>(levels), mpq_class(0))};
  for (const auto& [mask, p] : falls) {
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

/// Every change of level probabilities from one to the other; with no other, the one alone. Nothing when
/// there are too many.
std::optional<Lottery> changes_of(const std::vector<std::pair<LevelMask, mpq_class>>& with,
                                  const std::vector<std::pair<LevelMask, mpq_class>>& without, int levels) {
  auto after = distributions(with, levels);
  if (!after || without.empty()) return after;
  const auto before = distributions(without, levels);
  if (!before || after->size() * before->size() > kMostCorners) return std::nullopt;
  Lottery changes;
  for (const auto& x : *after)
    for (const auto& d : *before) {
      changes.push_back(x);
      for (std::size_t l = 0; l < x.size(); ++l) changes.back()[l] -= d[l];
    }
  return changes;
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

}  // namespace

CaseProver::CaseProver(const Ensemble& ensemble, std::size_t party)
    : CaseProver(ensemble, party, ensemble.parties[party].order) {}

CaseProver::CaseProver(const Ensemble& ensemble, std::size_t party, const OrdinalParty& order)
    : ensemble_(ensemble), party_(party), judge_(order) {
  for (const Stake& stake : order.stakes) levels_.push_back(stake.levels);
}

/// The corners of the party's beliefs about the chances that matter here, and, last, their middle.
std::vector<CaseProver::Chances> CaseProver::beliefs(const std::vector<const Case*>& cases) const {
  const auto& chances = ensemble_.chances;
  std::vector<Chances> corners{Chances(chances.size(), mpq_class(0))};
  Chances middle = corners.front();
  for (std::size_t c = 0; c < chances.size(); ++c) {
    const auto uses = [&](const Case* x) {
      return std::find(x->chances.begin(), x->chances.end(), static_cast<int>(c)) != x->chances.end();
    };
    if (std::none_of(cases.begin(), cases.end(), uses)) continue;
    const auto& [low, high] = chances[c].believed[party_];
    middle[c] = (low + high) / 2;
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

/// Branches that may go the same ways count as one: extremes are the same.
CaseProver::Falls CaseProver::falls(const Case& c, const std::vector<mpq_class>& weights,
                                    std::size_t stake) const {
  if (c.branches.size() == 1) return {{c.branches[0].levels[party_][stake], weights[0]}};
  std::map<LevelMask, mpq_class> merged;
  for (std::size_t b = 0; b < c.branches.size(); ++b)
    if (weights[b] != 0) merged[c.branches[b].levels[party_][stake]] += weights[b];
  return {merged.begin(), merged.end()};
}

std::optional<Span> CaseProver::work_out(std::size_t stake, const Falls& with, const Falls& without) const {
  const auto changes = changes_of(with, without, levels_[stake]);
  return changes ? std::optional<Span>(judge_.span(stake, *changes)) : std::nullopt;
}

const std::optional<Span>& CaseProver::span(std::size_t stake, Falls with, Falls without) {
  const auto [found, fresh] = spans_.try_emplace({stake, std::move(with), std::move(without)}, std::nullopt);
  if (fresh) found->second = work_out(stake, std::get<1>(found->first), std::get<2>(found->first));
  return found->second;
}

const std::optional<Span>& CaseProver::span(std::size_t stake, LevelMask with, LevelMask without) {
  const auto [found, fresh] = certain_.try_emplace({stake, with, without}, std::nullopt);
  if (fresh) found->second = work_out(stake, {{with, 1}}, {{without, 1}});
  return found->second;
}

std::optional<OrdinalVerdict> CaseProver::judge(const Case& deal, const Case* no_deal, const Chances& chance,
                                                const std::pair<mpq_class, mpq_class>& reservation) {
  if (!judge_.consistent()) return OrdinalVerdict{Standing::dead, false, false};
  if (spans_.size() + certain_.size() >= kMostSpans) {
    spans_.clear();
    certain_.clear();
  }
  std::vector<const Span*> spans;
  const auto add = [&](const std::optional<Span>& span) {
    if (span) spans.push_back(&*span);
    return span.has_value();
  };
  if (no_deal != nullptr && deal.branches.size() == 1 && no_deal->branches.size() == 1) {
    for (std::size_t stake = 0; stake < levels_.size(); ++stake)
      if (!add(span(stake, deal.branches[0].levels[party_][stake],
                    no_deal->branches[0].levels[party_][stake])))
        return std::nullopt;
    return judge_.stands_by_span(spans, reservation);
  }
  const auto with = weights_of(deal, chance);
  const auto without = no_deal == nullptr ? std::vector<mpq_class>{} : weights_of(*no_deal, chance);
  for (std::size_t stake = 0; stake < levels_.size(); ++stake)
    if (!add(span(stake, falls(deal, with, stake),
                  no_deal == nullptr ? Falls{} : falls(*no_deal, without, stake))))
      return std::nullopt;
  return judge_.stands_by_span(spans, reservation);
}

/// For fixed values and weights the difference is linear in each chance, so its extremes are at corners of
/// the beliefs. Where it exceeds 0 at none, it is 0 on more than a boundary iff it is so at the middle (which
/// is a mixture of all corners with positive shares).
Proof CaseProver::prove(const Case& deal, const Case& against) {
  const auto& given = ensemble_.parties[party_].given;
  const Case* no_deal = given.empty() ? &against : nullptr;
  const expression::Interval reservation = given.empty() ? expression::Interval{0, 0} : given[0];
  std::vector<const Case*> cases{&deal};
  if (no_deal != nullptr) cases.push_back(no_deal);
  const auto corners = beliefs(cases);
  bool necessary = true, exceeds = false, rests = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const bool middle = i + 1 == corners.size();
    if (middle && (necessary || exceeds)) break;
    const auto verdict = judge(deal, no_deal, corners[i], reservation);
    if (!verdict) return {Standing::open, false};
    if (middle) {
      rests = verdict->standing != Standing::dead;
    } else {
      necessary = necessary && verdict->standing == Standing::necessary;
      exceeds = exceeds || verdict->exceeds;
    }
    if (!necessary && exceeds) break;
  }
  return {necessary ? Standing::necessary : exceeds || rests ? Standing::open : Standing::dead, true};
}

void prove(const Ensemble& e, const EnsembleOptions& options, EnsembleAnswer& answer) {
  const std::size_t parties = e.parties.size();
  std::vector<std::vector<Merge>> merged(e.packages.size(), std::vector<Merge>(parties));
  bool exact = e.all_resolutions, everywhere = true;
  std::vector<CaseProver> provers;
  for (std::size_t p = 0; p < parties; ++p) provers.emplace_back(e, p);
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
        // Who is not asked stands in nobody's way.
        const Proof proof = resolution.asks(x, p)
                                ? provers[p].prove(resolution.packages[x], resolution.no_deal)
                                : Proof{Standing::necessary, true};
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
