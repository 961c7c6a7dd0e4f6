// SPDX-License-Identifier: MIT
#include "deals/ordinal.hpp"

#include <algorithm>
#include <mutex>

#include "deals/stake_scale.hpp"
#include "expression/index.hpp"
#include "logic/linear.hpp"
#include "worlds/order.hpp"

namespace parley::deals {
namespace {

using logic::LinearRow;
using logic::Relation;
using Numbers = std::vector<mpq_class>;

/// Beyond, two programmes for each weight would be felt: then bounds and sum alone say what is fixed, and a
/// weight that only an order fixes besides is met by refusal.
constexpr std::size_t kRangedStakes = 32;

bool circle(const OrdinalParty& party) {
  worlds::PartialOrder order;
  order.n = static_cast<int>(party.stakes.size());
  for (const auto& pair : party.heavier)
    if (pair.first != pair.second) order.above.push_back(pair);
  order.equal = party.alike;
  return worlds::contradiction(order).has_value();
}

/// The closure of the consistent weights.
class Weights {
 public:
  explicit Weights(const OrdinalParty& party) : n_(party.stakes.size()) {
    std::vector<bool> block;
    for (const Stake& stake : party.stakes) block.push_back(stake.consequence);
    const bool mixed = std::find(block.begin(), block.end(), true) != block.end() &&
                       std::find(block.begin(), block.end(), false) != block.end();
    if (mixed && party.consequence_block.first > 0)
      add(block, Relation::at_least, party.consequence_block.first);
    if (mixed && party.consequence_block.second < 1)
      add(block, Relation::at_most, party.consequence_block.second);
    for (const auto& pair : party.heavier) compare(pair, Relation::at_least);
    for (const auto& pair : party.alike) compare(pair, Relation::equal);
    for (const auto& [stake, range] : party.weight_bounds) {
      std::vector<bool> one(n_, false);
      one[at(stake)] = true;
      add(one, Relation::at_least, range.first);
      add(one, Relation::at_most, range.second);
    }
    free_ = rows_.empty();
    add(std::vector<bool>(n_, true), Relation::equal, 1);
    if (circle(party)) {
      exist_ = false;
      return;
    }
    exist_ =
        n_ == 0 || free_ || logic::maximise(Numbers(n_, 0), rows_).status == logic::LinearStatus::optimal;
  }

  [[nodiscard]] bool exist() const { return exist_; }

  /// Precondition: exist().
  [[nodiscard]] expression::Interval range(std::size_t stake) const {
    Numbers only(n_, 0);
    only[stake] = 1;
    mpq_class greatest = logic::maximise(only, rows_).value;
    only[stake] = -1;
    return {-logic::maximise(only, rows_).value, std::move(greatest)};
  }

  /// Does sum_s weight_s * gain_s exceed 0 for some weights?
  [[nodiscard]] bool can_exceed_zero(const Numbers& gains) const {
    const auto positive = [](const mpq_class& g) { return g > 0; };
    if (std::none_of(gains.begin(), gains.end(), positive)) return false;
    if (free_ || std::all_of(gains.begin(), gains.end(), positive)) return true;
    if (seen(gains)) return true;
    auto best = logic::maximise(gains, rows_);
    if (best.value <= 0) return false;
    const std::lock_guard guard(lock_);
    if (witnesses_.size() < kMostWitnesses) witnesses_.push_back(std::move(best.point));
    return true;
  }

  [[nodiscard]] bool can_be_positive(std::size_t stake) const {
    Numbers only(n_, 0);
    only[stake] = 1;
    return can_exceed_zero(only);
  }

 private:
  void compare(const std::pair<int, int>& pair, Relation relation) {
    if (pair.first == pair.second) return;
    LinearRow row{Numbers(n_, 0), relation, 0};
    row.coefficients[at(pair.first)] = 1;
    row.coefficients[at(pair.second)] = -1;
    rows_.push_back(std::move(row));
  }

  void add(const std::vector<bool>& which, Relation relation, const mpq_class& bound) {
    LinearRow row{Numbers(n_, 0), relation, bound};
    for (std::size_t s = 0; s < n_; ++s)
      if (which[s]) row.coefficients[s] = 1;
    rows_.push_back(std::move(row));
  }

  /// Do weights that answered another question answer this one, too?
  [[nodiscard]] bool seen(const Numbers& gains) const {
    const std::lock_guard guard(lock_);
    return std::any_of(witnesses_.begin(), witnesses_.end(), [&](const Numbers& weights) {
      mpq_class sum = 0;
      for (std::size_t s = 0; s < n_; ++s)
        if (weights[s] != 0) sum += weights[s] * gains[s];
      return sum > 0;
    });
  }

  static constexpr std::size_t kMostWitnesses = 16;
  mutable std::mutex lock_;
  mutable std::vector<Numbers> witnesses_;
  std::size_t n_ = 0;
  std::vector<LinearRow> rows_;
  bool free_ = true;  ///< nothing but positive and sum 1
  bool exist_ = true;
};

Numbers negative(Numbers numbers) {
  for (mpq_class& x : numbers) x = -x;
  return numbers;
}

}  // namespace

struct OrdinalJudge::Plan {
  explicit Plan(const OrdinalParty& party) : weights(party) {
    consistent = weights.exist();
    for (const Stake& stake : party.stakes) {
      scales.emplace_back(stake);
      consistent = consistent && scales.back().consistent();
    }
  }

  struct PairVerdict {
    bool always, never, exceeds;
  };
  using Interval = std::pair<mpq_class, mpq_class>;
  [[nodiscard]] PairVerdict judge(const Lottery& package, const Lottery& no_deal) const;
  [[nodiscard]] Span span(std::size_t stake, const Lottery& changes) const;
  [[nodiscard]] PairVerdict judge_spans(const std::vector<const Span*>& spans,
                                        const Interval& reservation) const;
  [[nodiscard]] bool rests_at_zero(const Numbers& greatest, const std::vector<bool>& rests) const;

  Weights weights;
  std::vector<StakeScale> scales;
  bool consistent = true;
};

OrdinalJudge::Plan::PairVerdict OrdinalJudge::Plan::judge(const Lottery& package,
                                                          const Lottery& no_deal) const {
  std::vector<Span> spans;
  std::vector<const Span*> all;
  for (std::size_t s = 0; s < scales.size(); ++s) {
    Numbers change(package[s].size());
    for (std::size_t level = 0; level < change.size(); ++level)
      if (package[s][level] != no_deal[s][level]) change[level] = package[s][level] - no_deal[s][level];
    spans.push_back(scales[s].span(change));
  }
  for (const Span& span : spans) all.push_back(&span);
  return judge_spans(all, {0, 0});
}

Span OrdinalJudge::Plan::span(std::size_t stake, const Lottery& changes) const {
  Span all;
  for (std::size_t c = 0; c < changes.size(); ++c) {
    const Span span = scales[stake].span(changes[c]);
    if (c == 0 || span.least < all.least) all.least = span.least;
    if (c == 0 || span.greatest > all.greatest) {
      all.greatest = span.greatest;
      all.rests = span.rests;
    } else if (span.greatest == all.greatest) {
      all.rests = all.rests || span.rests;
    }
  }
  return all;
}

/// Weights sum to 1: a number to be reached is the same number to be reached by each stake.
OrdinalJudge::Plan::PairVerdict OrdinalJudge::Plan::judge_spans(const std::vector<const Span*>& spans,
                                                                const Interval& reservation) const {
  if (scales.empty())
    return {reservation.second <= 0, reservation.first >= 0 && reservation.second > 0, reservation.first < 0};
  Numbers greatest;
  for (const Span* span : spans) greatest.push_back(span->greatest - reservation.first);
  PairVerdict out{};
  // What can fall short nowhere needs no programme.
  out.always = std::all_of(spans.begin(), spans.end(),
                           [&](const Span* span) { return span->least >= reservation.second; });
  if (!out.always) {
    Numbers least;
    for (const Span* span : spans) least.push_back(reservation.second - span->least);
    out.always = !weights.can_exceed_zero(least);
  }
  out.exceeds = weights.can_exceed_zero(greatest);
  if (out.always || out.exceeds) return out;
  std::vector<bool> rests;
  for (const Span* span : spans) rests.push_back(span->rests);
  out.never = reservation.first != reservation.second || !rests_at_zero(greatest, rests);
  return out;
}

/// Given that the difference is never positive: is it 0 on a set of positive measure? It is a sum of weight
/// times value, so it vanishes on a whole face only if each stake that can have weight is constant there, at
/// its greatest, and these constants cancel for all weights.
bool OrdinalJudge::Plan::rests_at_zero(const Numbers& greatest, const std::vector<bool>& rests) const {
  if (weights.can_exceed_zero(negative(greatest))) return false;
  for (std::size_t s = 0; s < rests.size(); ++s)
    if (!rests[s] && weights.can_be_positive(s)) return false;
  return true;
}

OrdinalJudge::OrdinalJudge(const OrdinalParty& party) : plan_(std::make_shared<const Plan>(party)) {}

bool OrdinalJudge::consistent() const { return plan_->consistent; }

OrdinalVerdict OrdinalJudge::stands(const Prospect& package, const Prospect& no_deal) const {
  if (!plan_->consistent) return {Standing::dead, false, false};
  bool necessary = true, dead = true, exceeds = false;
  for (const Lottery& one : package)
    for (const Lottery& other : no_deal) {
      const auto pair = plan_->judge(one, other);
      necessary = necessary && pair.always;
      dead = dead && pair.never;
      exceeds = exceeds || pair.exceeds;
      if (!necessary && !dead && exceeds) return {Standing::open, true, true};
    }
  return {necessary ? Standing::necessary : dead ? Standing::dead : Standing::open, true, exceeds};
}

Span OrdinalJudge::span(std::size_t stake, const Lottery& changes) const {
  return plan_->span(stake, changes);
}

OrdinalVerdict OrdinalJudge::stands_by_span(const std::vector<const Span*>& spans,
                                            const std::pair<mpq_class, mpq_class>& reservation) const {
  if (!plan_->consistent) return {Standing::dead, false, false};
  const auto verdict = plan_->judge_spans(spans, reservation);
  return {verdict.always  ? Standing::necessary
          : verdict.never ? Standing::dead
                          : Standing::open,
          true, verdict.exceeds};
}

OrdinalVerdict OrdinalJudge::stands_by_stake(const std::vector<Lottery>& changes,
                                             const std::pair<mpq_class, mpq_class>& reservation) const {
  if (!plan_->consistent) return {Standing::dead, false, false};
  std::vector<Span> spans;
  std::vector<const Span*> all;
  for (std::size_t s = 0; s < changes.size(); ++s) spans.push_back(span(s, changes[s]));
  for (const Span& span : spans) all.push_back(&span);
  return stands_by_span(all, reservation);
}

namespace {

/// What the bounds and the sum alone leave each weight, equal weights followed through. Without orders and
/// blocks that is all there is to say.
std::vector<expression::Interval> boxes(const OrdinalParty& party) {
  std::vector<expression::Interval> box(party.stakes.size(), {0, 1});
  const auto narrow = [&](std::size_t s, const mpq_class& low, const mpq_class& high) {
    const bool narrower = low > box[s].first || high < box[s].second;
    box[s].first = std::max(box[s].first, low);
    box[s].second = std::min(box[s].second, high);
    return narrower;
  };
  for (const auto& [s, range] : party.weight_bounds) narrow(at(s), range.first, range.second);
  bool news = true;
  for (std::size_t pass = 0; pass < box.size() && news; ++pass) {
    news = false;
    for (const auto& [a, b] : party.alike)
      for (const auto& [to, from] : {std::pair(a, b), std::pair(b, a)}) {
        const expression::Interval& other = box[at(from)];
        news = narrow(at(to), other.first, other.second) || news;
      }
  }
  mpq_class least = 0, most = 0;
  for (const auto& [low, high] : box) {
    least += low;
    most += high;
  }
  for (std::size_t s = 0; s < box.size(); ++s) {
    const auto [low, high] = box[s];
    narrow(s, 1 - (most - high), 1 - (least - low));
  }
  return box;
}

}  // namespace

std::optional<std::vector<expression::Interval>> weight_ranges(const OrdinalParty& party) {
  const Weights weights(party);
  if (!weights.exist()) return std::nullopt;
  const std::size_t n = party.stakes.size();
  std::vector<expression::Interval> ranges = boxes(party);
  const bool joined = !party.heavier.empty() || !party.alike.empty();
  const bool block = party.consequence_block != expression::Interval{0, 1};
  const bool programmes =
      n <= kRangedStakes && (party.weight_bounds.empty() ? joined && block : joined || block);
  for (std::size_t s = 0; s < n && programmes; ++s)
    if (ranges[s].first != ranges[s].second) ranges[s] = weights.range(s);
  return ranges;
}

OrdinalVerdict stands(const OrdinalParty& party, const Prospect& package, const Prospect& no_deal) {
  return OrdinalJudge(party).stands(package, no_deal);
}

}  // namespace parley::deals
