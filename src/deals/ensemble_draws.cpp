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
  LevelClasses classes;
  bool contradictory = false;

  /// Values of one stake: those of an order as drawn, before the worst becomes 0 and the best 1.
  struct Values {
    std::vector<double> raw;  ///< per level
    DrawnScale scale;         ///< where the stake has numbers
    double pick = 0;
  };
  struct Raw {
    DrawnWeights weights;
    std::vector<Values> stakes;
  };
  [[nodiscard]] std::optional<Raw> draw(std::uint64_t seed, std::uint64_t world) const;
  [[nodiscard]] std::vector<double> ordered(std::size_t stake, worlds::Stream& stream) const;
};

namespace {

/// Stretched so that the worst is 0 and the best 1.
template <class Number>
std::vector<Number> stretched(const std::vector<double>& raw) {
  const auto [low, high] = std::minmax_element(raw.begin(), raw.end());
  const Number bottom(*low), span(Number(*high) - bottom);
  std::vector<Number> values;
  for (const double x : raw) values.push_back(span > 0 ? Number((Number(x) - bottom) / span) : Number(0));
  return values;
}

/// The order as it is drawn: level `drawn_in[i]` is its i-th element.
worlds::PartialOrder drawn_order(const Stake& stake) {
  worlds::PartialOrder order{stake.levels, stake.better, stake.same};
  if (stake.drawn_in.empty()) return order;
  std::vector<int> place(stake.drawn_in.size());
  for (std::size_t i = 0; i < place.size(); ++i)
    place[static_cast<std::size_t>(stake.drawn_in[i])] = static_cast<int>(i);
  for (auto* pairs : {&order.above, &order.equal})
    for (auto& [a, b] : *pairs) {
      a = place[static_cast<std::size_t>(a)];
      b = place[static_cast<std::size_t>(b)];
    }
  return order;
}

}  // namespace

UtilityDraw::UtilityDraw(const OrdinalParty& party) : plan_(std::make_unique<Plan>(party)) {
  Plan& plan = *plan_;
  plan.contradictory = plan.weights.contradictory();
  for (const Stake& stake : party.stakes) {
    worlds::PartialOrder order = drawn_order(stake);
    plan.scales.emplace_back(stake);
    plan.classes.push_back(plan.scales.back().classes());
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

const LevelClasses& UtilityDraw::classes() const { return plan_->classes; }

std::vector<double> UtilityDraw::Plan::ordered(std::size_t stake, worlds::Stream& stream) const {
  std::vector<double> drawn = values[stake]->values(stream);
  const auto& in = party.stakes[stake].drawn_in;
  if (in.empty()) return drawn;
  std::vector<double> by_level(drawn.size());
  for (std::size_t i = 0; i < in.size(); ++i) by_level[static_cast<std::size_t>(in[i])] = drawn[i];
  return by_level;
}

std::optional<UtilityDraw::Plan::Raw> UtilityDraw::Plan::draw(std::uint64_t seed, std::uint64_t world) const {
  if (contradictory) return std::nullopt;
  auto drawn = weights.draw(seed, world, kTries);
  if (!drawn) return std::nullopt;
  Raw raw{std::move(*drawn), {}};
  for (std::size_t s = 0; s < party.stakes.size(); ++s) {
    worlds::Stream own(seed, "values:" + party.id + ":" + party.stakes[s].id, world);
    Values one;
    if (scales[s].numeric()) {
      auto scale = scales[s].draw(own, kTries);
      if (!scale) return std::nullopt;
      one.scale = std::move(*scale);
    } else {
      one.raw = ordered(s, own);
    }
    one.pick = own.uniform();
    raw.stakes.push_back(std::move(one));
  }
  return raw;
}

std::optional<DrawnUtility> UtilityDraw::draw(std::uint64_t seed, std::uint64_t world) const {
  const auto raw = plan_->draw(seed, world);
  if (!raw) return std::nullopt;
  const auto weights = plan_->weights.rounded(raw->weights);
  DrawnUtility drawn;
  for (std::size_t s = 0; s < raw->stakes.size(); ++s) {
    const StakeScale& scale = plan_->scales[s];
    auto values =
        scale.numeric() ? scale.rounded(raw->stakes[s].scale) : stretched<double>(raw->stakes[s].raw);
    for (double& v : values) v *= weights[s];
    drawn.worth.push_back(std::move(values));
    drawn.pick.push_back(raw->stakes[s].pick);
  }
  return drawn;
}

std::vector<std::vector<mpq_class>> UtilityDraw::exactly(std::uint64_t seed, std::uint64_t world) const {
  const auto raw = plan_->draw(seed, world);
  std::vector<std::vector<mpq_class>> worth;
  if (!raw) return worth;
  const auto weights = plan_->weights.exactly(raw->weights);
  for (std::size_t s = 0; s < raw->stakes.size(); ++s) {
    const StakeScale& scale = plan_->scales[s];
    worth.push_back(scale.numeric() ? scale.exactly(raw->stakes[s].scale)
                                    : stretched<mpq_class>(raw->stakes[s].raw));
    for (mpq_class& v : worth.back()) v *= weights[s];
  }
  return worth;
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

std::size_t drawn_resolution(std::size_t resolutions, std::uint64_t seed, std::uint64_t world) {
  return static_cast<std::size_t>(worlds::Stream(seed, "resolution", world).below(resolutions));
}

}  // namespace parley::deals
