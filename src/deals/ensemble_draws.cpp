// SPDX-License-Identifier: MIT
#include "deals/ensemble_draws.hpp"

#include <algorithm>

#include "worlds/random.hpp"

namespace parley::deals {

struct UtilityDraw::Plan {
  OrdinalParty party;
  std::vector<std::optional<worlds::OrderSampler>> values;  // per stake
  std::optional<worlds::OrderSampler> issue_weights, consequence_weights, all_weights;
  std::vector<int> issue_stakes, consequence_stakes;
  bool crossing = false;  // an order of salience joins an issue and a consequence
  bool contradictory = false;
};

namespace {

std::vector<std::pair<int, int>> among(const std::vector<std::pair<int, int>>& pairs,
                                       const std::vector<int>& stakes) {
  std::vector<std::pair<int, int>> kept;
  for (const auto& [a, b] : pairs) {
    const auto i = std::find(stakes.begin(), stakes.end(), a), j = std::find(stakes.begin(), stakes.end(), b);
    if (i != stakes.end() && j != stakes.end() && a != b)
      kept.emplace_back(static_cast<int>(i - stakes.begin()), static_cast<int>(j - stakes.begin()));
  }
  return kept;
}

std::optional<worlds::OrderSampler> sampler(worlds::PartialOrder order, bool& contradictory) {
  if (worlds::contradiction(order)) {
    contradictory = true;
    return std::nullopt;
  }
  return worlds::OrderSampler(std::move(order));
}

bool within(const Stake& stake, const std::vector<double>& values) {
  for (std::size_t l = 0; l < stake.bounds.size(); ++l)
    if (values[l] < stake.bounds[l].first.get_d() || values[l] > stake.bounds[l].second.get_d()) return false;
  return true;
}

bool respects(const Stake& stake, const std::vector<double>& values) {
  for (const auto& [a, b] : stake.better)
    if (!(values[static_cast<std::size_t>(a)] > values[static_cast<std::size_t>(b)])) return false;
  for (const auto& [a, b] : stake.same)
    if (values[static_cast<std::size_t>(a)] != values[static_cast<std::size_t>(b)]) return false;
  return true;
}

void normalise(std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double bottom = *low, span = *high - *low;
  for (double& v : values) v = span > 0 ? (v - bottom) / span : 0.0;
}

}  // namespace

UtilityDraw::UtilityDraw(const OrdinalParty& party) : plan_(std::make_unique<Plan>()) {
  Plan& plan = *plan_;
  plan.party = party;
  for (std::size_t s = 0; s < party.stakes.size(); ++s) {
    const Stake& stake = party.stakes[s];
    (stake.consequence ? plan.consequence_stakes : plan.issue_stakes).push_back(static_cast<int>(s));
    plan.values.push_back(sampler({stake.levels, stake.better, stake.same}, plan.contradictory));
  }
  const auto in_block = [&](const std::vector<int>& stakes) {
    return worlds::PartialOrder{static_cast<int>(stakes.size()), among(party.heavier, stakes), {}};
  };
  std::vector<int> all(party.stakes.size());
  for (std::size_t s = 0; s < all.size(); ++s) all[s] = static_cast<int>(s);
  for (const auto& [a, b] : party.heavier)
    plan.crossing = plan.crossing || party.stakes[static_cast<std::size_t>(a)].consequence !=
                                         party.stakes[static_cast<std::size_t>(b)].consequence;
  if (!plan.issue_stakes.empty())
    plan.issue_weights = sampler(in_block(plan.issue_stakes), plan.contradictory);
  if (!plan.consequence_stakes.empty())
    plan.consequence_weights = sampler(in_block(plan.consequence_stakes), plan.contradictory);
  if (plan.crossing) plan.all_weights = sampler(in_block(all), plan.contradictory);
}

UtilityDraw::~UtilityDraw() = default;

bool UtilityDraw::contradictory() const { return plan_->contradictory; }

namespace {

/// Values of one stake: by the sampler where only orders bind, by rejection where numbers do.
std::optional<std::vector<double>> draw_values(const Stake& stake, const worlds::OrderSampler& sampler,
                                               worlds::Stream& stream) {
  for (int attempt = 0; attempt < UtilityDraw::kTries; ++attempt) {
    std::vector<double> values;
    if (stake.bounds.empty()) {
      values = sampler.values(stream);
      normalise(values);
      return values;
    }
    for (const auto& [low, high] : stake.bounds) values.push_back(stream.uniform(low.get_d(), high.get_d()));
    for (const auto& [a, b] : stake.same)
      values[static_cast<std::size_t>(a)] = values[static_cast<std::size_t>(b)];
    if (respects(stake, values) && within(stake, values)) return values;
  }
  return std::nullopt;
}

}  // namespace

std::optional<DrawnUtility> UtilityDraw::draw(std::uint64_t seed, std::uint64_t world) const {
  const Plan& plan = *plan_;
  if (plan.contradictory) return std::nullopt;
  const std::size_t n = plan.party.stakes.size();
  std::vector<double> weights(n, 0.0);
  worlds::Stream stream(seed, "weights:" + plan.party.id, world);
  const double low = plan.party.consequence_block.first.get_d(),
               high = plan.party.consequence_block.second.get_d();
  bool accepted = false;
  for (int attempt = 0; attempt < kTries && !accepted; ++attempt) {
    if (plan.crossing) {
      weights = plan.all_weights->weights(stream);
      double block = 0;
      for (int s : plan.consequence_stakes) block += weights[static_cast<std::size_t>(s)];
      accepted = block >= low && block <= high;
    } else {
      double block = plan.consequence_stakes.empty() ? 0.0
                     : plan.issue_stakes.empty()     ? 1.0
                                                     : stream.uniform(low, high);
      const auto fill = [&](const std::vector<int>& stakes, const auto& sampler, double total) {
        if (stakes.empty()) return;
        const std::vector<double> drawn = sampler->weights(stream);
        for (std::size_t i = 0; i < stakes.size(); ++i)
          weights[static_cast<std::size_t>(stakes[i])] = total * drawn[i];
      };
      fill(plan.issue_stakes, plan.issue_weights, 1.0 - block);
      fill(plan.consequence_stakes, plan.consequence_weights, block);
      accepted = true;
    }
    for (const auto& [stake, bounds] : plan.party.weight_bounds) {
      const double w = weights[static_cast<std::size_t>(stake)];
      accepted = accepted && w >= bounds.first.get_d() && w <= bounds.second.get_d();
    }
  }
  if (!accepted) return std::nullopt;

  DrawnUtility drawn;
  for (std::size_t s = 0; s < n; ++s) {
    const Stake& stake = plan.party.stakes[s];
    worlds::Stream own(seed, "values:" + plan.party.id + ":" + stake.id, world);
    auto values = draw_values(stake, *plan.values[s], own);
    if (!values) return std::nullopt;
    for (double& v : *values) v *= weights[s];
    drawn.worth.push_back(std::move(*values));
    drawn.pick.push_back(own.uniform());
  }
  return drawn;
}

}  // namespace parley::deals
