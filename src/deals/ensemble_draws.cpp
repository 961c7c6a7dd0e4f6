// SPDX-License-Identifier: MIT
#include "deals/ensemble_draws.hpp"

#include <algorithm>
#include <bit>

#include "deals/stake_scale.hpp"
#include "deals/weight_draw.hpp"
#include "worlds/random.hpp"

namespace parley::deals {

struct UtilityDraw::Plan {
  explicit Plan(const OrdinalParty& p) : party(p), weights(p) {}
  OrdinalParty party;
  WeightDraw weights;
  std::vector<std::optional<worlds::OrderSampler>> values;  // per stake
  std::vector<StakeScale> scales;                           // per stake
  bool contradictory = false;
};

namespace {

void normalise(std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double bottom = *low, span = *high - *low;
  for (double& v : values) v = span > 0 ? (v - bottom) / span : 0.0;
}

}  // namespace

UtilityDraw::UtilityDraw(const OrdinalParty& party) : plan_(std::make_unique<Plan>(party)) {
  Plan& plan = *plan_;
  plan.contradictory = plan.weights.contradictory();
  for (const Stake& stake : party.stakes) {
    worlds::PartialOrder order{stake.levels, stake.better, stake.same};
    plan.scales.emplace_back(stake);
    plan.values.emplace_back();
    if (worlds::contradiction(order) || !plan.scales.back().consistent()) {
      plan.contradictory = true;
    } else {
      plan.values.back().emplace(std::move(order));
    }
  }
}

UtilityDraw::~UtilityDraw() = default;

bool UtilityDraw::contradictory() const { return plan_->contradictory; }

bool UtilityDraw::exact() const {
  if (!plan_->weights.exact()) return false;
  for (std::size_t s = 0; s < plan_->values.size(); ++s)
    if (plan_->values[s] && !plan_->scales[s].numeric() && !plan_->values[s]->exact()) return false;
  return true;
}

std::optional<DrawnUtility> UtilityDraw::draw(std::uint64_t seed, std::uint64_t world) const {
  const Plan& plan = *plan_;
  if (plan.contradictory) return std::nullopt;
  const std::size_t n = plan.party.stakes.size();
  worlds::Stream stream(seed, "weights:" + plan.party.id, world);
  const auto weights = plan.weights.draw(stream, kTries);
  if (!weights) return std::nullopt;

  DrawnUtility drawn;
  for (std::size_t s = 0; s < n; ++s) {
    const Stake& stake = plan.party.stakes[s];
    worlds::Stream own(seed, "values:" + plan.party.id + ":" + stake.id, world);
    std::optional<std::vector<double>> values;
    if (plan.scales[s].numeric()) {
      values = plan.scales[s].draw(own, kTries);
    } else {
      values = plan.values[s]->values(own);
      normalise(*values);
    }
    if (!values) return std::nullopt;
    for (double& v : *values) v *= (*weights)[s];
    drawn.worth.push_back(std::move(*values));
    drawn.pick.push_back(own.uniform());
  }
  return drawn;
}

namespace {

/// The n-th bit set, from the lowest.
int nth_bit(LevelMask mask, int n) {
  while (n-- > 0) mask &= mask - 1;
  return std::countr_zero(mask);
}

double branch_utility(const DrawnUtility& utility, const std::vector<LevelMask>& levels) {
  double sum = 0;
  for (std::size_t s = 0; s < levels.size(); ++s) {
    const LevelMask mask = levels[s];
    const bool known = (mask & (mask - 1)) == 0;
    const int level = known ? std::countr_zero(mask)
                            : nth_bit(mask, static_cast<int>(utility.pick[s] * std::popcount(mask)));
    sum += utility.worth[s][static_cast<std::size_t>(level)];
  }
  return sum;
}

}  // namespace

double case_utility(const DrawnUtility& utility, const Case& c, std::size_t party,
                    const std::vector<double>& chance) {
  if (c.chances.empty()) return branch_utility(utility, c.branches.front().levels[party]);
  double sum = 0;
  for (const Branch& branch : c.branches) {
    double p = 1;
    for (std::size_t i = 0; i < c.chances.size(); ++i) {
      const double q = chance[static_cast<std::size_t>(c.chances[i])];
      p *= (branch.done >> i & 1U) ? q : 1 - q;
    }
    if (p > 0) sum += p * branch_utility(utility, branch.levels[party]);
  }
  return sum;
}

std::vector<double> drawn_chances(const std::vector<Chance>& chances, std::size_t party,
                                  const std::string& id, std::uint64_t seed, std::uint64_t world) {
  std::vector<double> drawn;
  for (const Chance& c : chances)
    drawn.push_back(worlds::Stream(seed, "chance:" + c.id + ":" + id, world)
                        .uniform(c.believed[party].first, c.believed[party].second));
  return drawn;
}

std::size_t drawn_resolution(std::size_t resolutions, std::uint64_t seed, std::uint64_t world) {
  return static_cast<std::size_t>(worlds::Stream(seed, "resolution", world).below(resolutions));
}

}  // namespace parley::deals
