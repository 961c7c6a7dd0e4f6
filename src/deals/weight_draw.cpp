// SPDX-License-Identifier: MIT
#include "deals/weight_draw.hpp"

#include "expression/index.hpp"

#include <algorithm>
#include <cmath>

namespace parley::deals {
namespace {

constexpr double kRounding = 1e-9;  // of a sum of given weights

}  // namespace

WeightDraw::WeightDraw(const OrdinalParty& party) : party_(party), fixed_(party.stakes.size()) {
  for (const auto& [stake, range] : party.weight_bounds)
    if (range.first == range.second) fixed_[at(stake)] = range.first.get_d();
  for (std::size_t pass = 0; pass < party.alike.size();
       ++pass)  // who is as weighty as what is given is given
    for (const auto& [a, b] : party.alike) {
      if (!fixed_[at(b)]) fixed_[at(b)] = fixed_[at(a)];
      if (!fixed_[at(a)]) fixed_[at(a)] = fixed_[at(b)];
    }
  bool issues = false, consequences = false;
  for (int s = 0; s < static_cast<int>(party.stakes.size()); ++s) {
    const bool consequence = party.stakes[at(s)].consequence;
    (consequence ? consequences : issues) = true;
    for (Group* group : {consequence ? &consequences_ : &issues_, &all_}) {
      if (fixed_[at(s)]) group->fixed += *fixed_[at(s)];
      if (!fixed_[at(s)]) group->open.push_back(s);
    }
  }
  mixed_ = issues && consequences;
  for (const auto* pairs : {&party.heavier, &party.alike})
    for (const auto& [a, b] : *pairs)
      crossing_ = crossing_ || party.stakes[at(a)].consequence != party.stakes[at(b)].consequence;
  worlds::PartialOrder order;  // of all: a circle may pass through weights that are given or of either kind
  order.n = static_cast<int>(party.stakes.size());
  for (const auto& pair : party.heavier)
    if (pair.first != pair.second) order.above.push_back(pair);
  order.equal = party.alike;
  contradictory_ = worlds::contradiction(order).has_value();
  if (contradictory_) return;
  sample(issues_);
  sample(consequences_);
  if (crossing_) sample(all_);
}

void WeightDraw::sample(Group& group) {
  if (group.open.empty()) return;
  std::vector<int> number(party_.stakes.size(), -1);
  worlds::PartialOrder order;
  for (const int s : group.open) number[at(s)] = order.n++;
  for (const auto& [a, b] : party_.heavier)
    if (a != b && number[at(a)] >= 0 && number[at(b)] >= 0)
      order.above.emplace_back(number[at(a)], number[at(b)]);
  for (const auto& [a, b] : party_.alike)
    if (number[at(a)] >= 0 && number[at(b)] >= 0) order.equal.emplace_back(number[at(a)], number[at(b)]);
  group.sampler.emplace(std::move(order));
}

bool WeightDraw::exact() const {
  const auto is = [](const Group& group) { return !group.sampler || group.sampler->exact(); };
  return crossing_ ? is(all_) : is(issues_) && is(consequences_);
}

bool WeightDraw::fill(const Group& group, double total, worlds::Stream& stream,
                      std::vector<double>& weights) {
  if (group.open.empty()) return std::abs(total - group.fixed) < kRounding;
  const std::vector<double> drawn = group.sampler->weights(stream);
  for (std::size_t i = 0; i < drawn.size(); ++i)
    weights[at(group.open[i])] = (total - group.fixed) * drawn[i];
  return total >= group.fixed;
}

/// The total weight of the consequences.
double WeightDraw::block(worlds::Stream& stream) const {
  if (!mixed_) return !party_.stakes.empty() && party_.stakes[0].consequence ? 1 : 0;
  if (consequences_.open.empty()) return consequences_.fixed;
  if (issues_.open.empty()) return 1 - issues_.fixed;
  return stream.uniform(party_.consequence_block.first.get_d(), party_.consequence_block.second.get_d());
}

bool WeightDraw::fits(const std::vector<double>& weights) const {
  double total = 0;
  for (std::size_t s = 0; s < weights.size(); ++s)
    if (party_.stakes[s].consequence) total += weights[s];
  if (mixed_ && (total < party_.consequence_block.first.get_d() - kRounding ||
                 total > party_.consequence_block.second.get_d() + kRounding))
    return false;
  for (const auto& [a, b] : party_.heavier)
    if (weights[at(a)] < weights[at(b)]) return false;
  for (const auto& [a, b] : party_.alike)
    if (std::abs(weights[at(a)] - weights[at(b)]) > kRounding) return false;
  return std::all_of(party_.weight_bounds.begin(), party_.weight_bounds.end(), [&](const auto& bound) {
    const double w = weights[at(bound.first)];
    return w >= bound.second.first.get_d() && w <= bound.second.second.get_d();
  });
}

std::optional<std::vector<double>> WeightDraw::draw(worlds::Stream& stream, int tries) const {
  std::vector<double> weights(party_.stakes.size(), 0.0);
  if (weights.empty()) return weights;
  while (tries-- > 0) {
    for (std::size_t s = 0; s < weights.size(); ++s) weights[s] = fixed_[s].value_or(0.0);
    bool filled = false;
    if (crossing_) {
      filled = fill(all_, 1, stream, weights);
    } else {
      const double consequences = block(stream);
      filled = fill(issues_, 1 - consequences, stream, weights);
      filled = fill(consequences_, consequences, stream, weights) && filled;
    }
    if (filled && fits(weights)) return weights;
  }
  return std::nullopt;
}

}  // namespace parley::deals
