// SPDX-License-Identifier: MIT
#include "deals/weight_draw.hpp"

#include <algorithm>
#include <set>

#include "expression/index.hpp"

namespace parley::deals {
namespace {

/// Doubles this near may stand in either order. To fall so near a bound has a probability of the same size,
/// and is refused.
constexpr double kTooNear = 1e-12;

}  // namespace

WeightDraw::WeightDraw(const OrdinalParty& party) : party_(party), fixed_(party.stakes.size()) {
  for (const auto* pairs : {&party.heavier, &party.alike})
    for (const auto& [a, b] : *pairs)
      crossing_ = crossing_ || party.stakes[at(a)].consequence != party.stakes[at(b)].consequence;
  fix();
  if (contradictory_) return;
  bool issues = false, consequences = false;
  std::vector<int> by_id;
  for (int s = 0; s < static_cast<int>(party.stakes.size()); ++s) by_id.push_back(s);
  std::stable_sort(by_id.begin(), by_id.end(),
                   [&](int a, int b) { return party.stakes[at(a)].id < party.stakes[at(b)].id; });
  for (const int s : by_id) {
    const bool consequence = party.stakes[at(s)].consequence;
    (consequence ? consequences : issues) = true;
    for (Group* group : {consequence ? &consequences_ : &issues_, &all_}) {
      if (fixed_[at(s)]) group->fixed += *fixed_[at(s)];
      if (!fixed_[at(s)]) group->open.push_back(s);
    }
  }
  mixed_ = issues && consequences;
  for (const auto& weight : fixed_) fixed_near_.push_back(weight ? weight->get_d() : 0);
  sample(issues_);
  sample(consequences_);
  if (crossing_) sample(all_);
}

/// Weights that have one value only.
void WeightDraw::fix() {
  const auto ranges = weight_ranges(party_);
  contradictory_ = !ranges && !party_.stakes.empty();
  if (contradictory_ || !ranges) return;
  for (std::size_t s = 0; s < fixed_.size(); ++s)
    if ((*ranges)[s].first == (*ranges)[s].second) fixed_[s] = (*ranges)[s].first;
}

void WeightDraw::sample(Group& group) {
  std::vector<int> part(party_.stakes.size(), -1), twin(party_.stakes.size(), -1);
  for (const int s : group.open) part[at(s)] = twin[at(s)] = s;
  const auto join = [&](std::vector<int>& label, int a, int b) {
    // By value: what is replaced is an element of the list itself.
    const int old = label[at(a)], other = label[at(b)];
    if (old >= 0 && other >= 0) std::replace(label.begin(), label.end(), old, other);
  };
  for (const auto* pairs : {&party_.heavier, &party_.alike})
    for (const auto& [a, b] : *pairs) join(part, a, b);
  for (const auto& [a, b] : party_.alike) join(twin, a, b);
  std::vector<bool> done(party_.stakes.size(), false);
  for (const int first : group.open) {
    if (done[at(first)]) continue;
    std::vector<int> members, number(party_.stakes.size(), -1);
    std::set<int> classes;
    worlds::PartialOrder order;
    for (const int s : group.open)
      if (part[at(s)] == part[at(first)]) {
        members.push_back(s);
        number[at(s)] = order.n++;
        classes.insert(twin[at(s)]);
        done[at(s)] = true;
      }
    for (const auto& [a, b] : party_.heavier)
      if (a != b && number[at(a)] >= 0 && number[at(b)] >= 0)
        order.above.emplace_back(number[at(a)], number[at(b)]);
    for (const auto& [a, b] : party_.alike)
      if (number[at(a)] >= 0 && number[at(b)] >= 0) order.equal.emplace_back(number[at(a)], number[at(b)]);
    group.parts.push_back({std::move(members), worlds::OrderSampler(std::move(order)), classes.size()});
  }
}

bool WeightDraw::exact() const {
  const auto is = [](const Group& group) {
    return std::all_of(group.parts.begin(), group.parts.end(),
                       [](const Part& part) { return part.sampler.exact(); });
  };
  return crossing_ ? is(all_) : is(issues_) && is(consequences_);
}

std::vector<worlds::Stream> WeightDraw::streams(const Group& group, std::uint64_t seed,
                                                std::uint64_t world) const {
  std::vector<worlds::Stream> list;
  for (const Part& part : group.parts)
    list.emplace_back(seed, "weights:" + party_.id + ":" + party_.stakes[at(part.stakes.front())].id, world);
  return list;
}

/// Exponential clocks, conditioned on the orders: within a part their shares do not depend on their sum,
/// which is a gamma variate of as many as there are different weights.
void WeightDraw::put(const Group& group, std::vector<worlds::Stream>& streams, DrawnWeights& drawn) {
  double total = 0;
  for (std::size_t p = 0; p < group.parts.size(); ++p) {
    const Part& part = group.parts[p];
    double sum = 0;
    for (std::size_t c = 0; c < part.classes; ++c) sum += streams[p].exponential();
    const std::vector<double> shares = part.sampler.weights(streams[p]);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      drawn.part[at(part.stakes[i])] = sum * shares[i];
      total += sum * shares[i];
    }
  }
  for (const int s : group.open) drawn.part[at(s)] /= total;
}

bool WeightDraw::block_is_drawn() const {
  return mixed_ && !consequences_.open.empty() && !issues_.open.empty();
}

/// The total weight of the consequences.
mpq_class WeightDraw::block(const DrawnWeights& drawn) const {
  if (!mixed_) return !party_.stakes.empty() && party_.stakes[0].consequence ? 1 : 0;
  if (consequences_.open.empty()) return consequences_.fixed;
  if (issues_.open.empty()) return 1 - issues_.fixed;
  const auto& [low, high] = party_.consequence_block;
  return low + (high - low) * mpq_class(drawn.block);
}

std::vector<mpq_class> WeightDraw::exactly(const DrawnWeights& drawn) const {
  std::vector<mpq_class> weights(party_.stakes.size(), mpq_class(0));
  for (std::size_t s = 0; s < weights.size(); ++s)
    if (fixed_[s]) weights[s] = *fixed_[s];
  const auto split = [&](const Group& group, const mpq_class& total) {
    mpq_class sum = 0;
    for (const int s : group.open) sum += mpq_class(drawn.part[at(s)]);
    if (sum == 0) return;
    const mpq_class scale = (total - group.fixed) / sum;
    for (const int s : group.open) weights[at(s)] = scale * mpq_class(drawn.part[at(s)]);
  };
  if (crossing_) {
    split(all_, 1);
  } else {
    const mpq_class consequences = block(drawn);
    split(issues_, 1 - consequences);
    split(consequences_, consequences);
  }
  return weights;
}

std::vector<double> WeightDraw::rounded(const DrawnWeights& drawn) const {
  std::vector<double> weights = fixed_near_;
  const auto split = [&](const Group& group, double total) {
    const double rest = total - group.fixed.get_d();
    for (const int s : group.open) weights[at(s)] = rest * drawn.part[at(s)];
  };
  if (crossing_) {
    split(all_, 1);
  } else {
    const double consequences = block(drawn).get_d();
    split(issues_, 1 - consequences);
    split(consequences_, consequences);
  }
  return weights;
}

/// Drawn by one sampler under the stated order: what it says of the two holds without rounding.
bool WeightDraw::together(int a, int b) const {
  if (fixed_[at(a)] || fixed_[at(b)]) return false;
  return crossing_ || party_.stakes[at(a)].consequence == party_.stakes[at(b)].consequence;
}

/// Does a weigh at least as much as b? Two that are fixed agree with what is stated (`fix`).
bool WeightDraw::ordered(const std::vector<double>& weights, int a, int b) const {
  if (together(a, b) || (fixed_[at(a)] && fixed_[at(b)])) return true;
  return weights[at(a)] >= weights[at(b)] + kTooNear;
}

bool WeightDraw::fits(const DrawnWeights& drawn) const {
  const auto weights = rounded(drawn);
  double total = 0;
  bool open = false;
  for (std::size_t s = 0; s < weights.size(); ++s)
    if (party_.stakes[s].consequence) {
      total += weights[s];
      open = open || !fixed_[s];
    }
  const auto inside = [](double value, const std::pair<mpq_class, mpq_class>& range) {
    return (range.first <= 0 || value >= range.first.get_d() + kTooNear) &&
           (range.second >= 1 || value <= range.second.get_d() - kTooNear);
  };
  // A total that is drawn from the block, or known without rounding, is within it.
  if (mixed_ && crossing_ && open && !inside(total, party_.consequence_block)) return false;
  for (const auto& [a, b] : party_.heavier)
    if (!ordered(weights, a, b)) return false;
  return std::all_of(party_.weight_bounds.begin(), party_.weight_bounds.end(), [&](const auto& bound) {
    return fixed_[at(bound.first)] || inside(weights[at(bound.first)], bound.second);
  });
}

std::optional<DrawnWeights> WeightDraw::draw(std::uint64_t seed, std::uint64_t world, int tries) const {
  DrawnWeights drawn;
  drawn.part.assign(party_.stakes.size(), 0.0);
  if (contradictory_) return std::nullopt;
  if (drawn.part.empty()) return drawn;
  worlds::Stream total(seed, "weights:" + party_.id, world);
  auto all = crossing_ ? streams(all_, seed, world) : std::vector<worlds::Stream>{};
  auto issues = streams(issues_, seed, world), consequences = streams(consequences_, seed, world);
  while (tries-- > 0) {
    if (crossing_) {
      put(all_, all, drawn);
    } else {
      drawn.block = block_is_drawn() ? total.uniform() : 0;
      put(issues_, issues, drawn);
      put(consequences_, consequences, drawn);
      const mpq_class block_total = block(drawn);
      if (block_total < consequences_.fixed || 1 - block_total < issues_.fixed) continue;
    }
    if (fits(drawn)) return drawn;
  }
  return std::nullopt;
}

}  // namespace parley::deals
