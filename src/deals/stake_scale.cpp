// SPDX-License-Identifier: MIT
#include "deals/stake_scale.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "expression/index.hpp"
#include "logic/linear.hpp"

namespace parley::deals {
namespace {

using logic::LinearRow;
using logic::Relation;
using Numbers = std::vector<mpq_class>;

std::uint64_t bit(std::size_t i) { return std::uint64_t{1} << i; }

/// The up-set of greatest gain among the classes whose gain is not 0, by depth-first search from the top:
/// each class is in or out, out if one above it is out. A branch ends where even all gains still to come
/// cannot better it.
class UpSetSearch {
 public:
  /// Classes top first; `above[i]` = positions of those above the i-th.
  UpSetSearch(Numbers gains, std::vector<std::uint64_t> above, bool empty_allowed, bool full_allowed)
      : gains_(std::move(gains)),
        above_(std::move(above)),
        hope_(gains_.size() + 1),
        empty_allowed_(empty_allowed),
        full_allowed_(full_allowed) {
    for (std::size_t i = gains_.size(); i-- > 0;)
      hope_[i] = gains_[i] > 0 ? mpq_class(hope_[i + 1] + gains_[i]) : hope_[i + 1];
  }

  mpq_class run() {
    go(0, 0, 0);
    return *best_;
  }

 private:
  void go(std::size_t i, std::uint64_t in, const mpq_class& gain) {
    if (best_ && gain + hope_[i] <= *best_) return;
    if (i == gains_.size()) {
      if (in == 0 && !empty_allowed_) return;
      if (std::popcount(in) == static_cast<int>(i) && !full_allowed_) return;
      best_ = gain;
      return;
    }
    if ((above_[i] & ~in) == 0) go(i + 1, in | bit(i), gain + gains_[i]);
    go(i + 1, in, gain);
  }

  Numbers gains_;
  std::vector<std::uint64_t> above_;
  Numbers hope_;  ///< sum of the positive gains from here on
  bool empty_allowed_, full_allowed_;
  std::optional<mpq_class> best_;
};

}  // namespace

StakeScale::StakeScale(const Stake& stake) {
  merge(stake);
  consistent_ = close(stake) && (stake.bounds.empty() || bound(stake));
}

void StakeScale::merge(const Stake& stake) {
  std::vector<std::size_t> label(at(stake.levels));
  std::iota(label.begin(), label.end(), std::size_t{0});
  for (const auto& [a, b] : stake.same) {
    const std::size_t from = label[at(a)], to = label[at(b)];
    std::replace(label.begin(), label.end(), from, to);
  }
  class_of_.resize(label.size());
  for (std::size_t i = 0; i < label.size(); ++i) {
    const auto first =
        static_cast<std::size_t>(std::find(label.begin(), label.end(), label[i]) - label.begin());
    class_of_[i] = first == i ? classes_++ : class_of_[first];
  }
}

bool StakeScale::close(const Stake& stake) {
  above_.assign(classes_, 0);
  for (const auto& [a, b] : stake.better) above_[class_of_[at(b)]] |= bit(class_of_[at(a)]);
  for (std::size_t middle = 0; middle < classes_; ++middle)
    for (std::uint64_t& set : above_)
      if ((set & bit(middle)) != 0) set |= above_[middle];
  std::uint64_t has_lower = 0;
  for (std::size_t c = 0; c < classes_; ++c) {
    if ((above_[c] & bit(c)) != 0) return false;  // better than itself
    if (above_[c] == 0) maximal_ |= bit(c);
    has_lower |= above_[c];
    top_first_.push_back(c);
  }
  for (std::size_t c = 0; c < classes_; ++c)
    if ((has_lower & bit(c)) == 0) minimal_ |= bit(c);
  std::stable_sort(top_first_.begin(), top_first_.end(), [&](std::size_t a, std::size_t b) {
    return std::popcount(above_[a]) < std::popcount(above_[b]);
  });
  return true;
}

/// One face for each top and bottom that the numbers admit; where there is none, the numbers alone.
bool StakeScale::bound(const Stake& stake) {
  Face all{Numbers(classes_, 0), Numbers(classes_, 1)};
  for (std::size_t level = 0; level < std::min(stake.bounds.size(), class_of_.size()); ++level) {
    const std::size_t c = class_of_[level];
    all.low[c] = std::max(all.low[c], stake.bounds[level].first);
    all.high[c] = std::min(all.high[c], stake.bounds[level].second);
  }
  for (std::size_t top = 0; top < classes_; ++top)
    for (std::size_t bottom = 0; bottom < classes_; ++bottom) {
      if (top == bottom || (maximal_ & bit(top)) == 0 || (minimal_ & bit(bottom)) == 0) continue;
      Face face = all;
      face.low[top] = 1;
      face.high[bottom] = 0;
      if (admits(face)) faces_.push_back(std::move(face));
    }
  if (faces_.empty() && admits(all)) faces_.push_back(std::move(all));
  for (Face& face : faces_) tighten(face);
  return !faces_.empty();
}

/// Is there a point at which all stated differences are positive? Going up from the least values in steps as
/// small as need be, the only obstacle is a class whose greatest value does not exceed the least value of one
/// below it.
bool StakeScale::admits(const Face& face) const {
  for (std::size_t c = 0; c < classes_; ++c) {
    if (face.low[c] > face.high[c]) return false;
    for (std::size_t a = 0; a < classes_; ++a)
      if ((above_[c] & bit(a)) != 0 && face.low[c] >= face.high[a]) return false;
  }
  return true;
}

void StakeScale::tighten(Face& face) const {
  const Face before = face;
  for (std::size_t c = 0; c < classes_; ++c)
    for (std::size_t a = 0; a < classes_; ++a) {
      if ((above_[c] & bit(a)) == 0) continue;
      face.low[a] = std::max(face.low[a], before.low[c]);
      face.high[c] = std::min(face.high[c], before.high[a]);
    }
}

Span StakeScale::span(const Numbers& change) const {
  Numbers gains(classes_, 0);
  for (std::size_t level = 0; level < std::min(change.size(), class_of_.size()); ++level)
    if (change[level] != 0) gains[class_of_[level]] += change[level];
  if (std::all_of(gains.begin(), gains.end(), [](const mpq_class& g) { return g == 0; })) return {0, 0, true};
  if (!faces_.empty()) return bounded_span(gains);
  if (classes_ == 1) return {0, 0, true};  // all levels equal: worth nothing
  Span out;
  out.greatest = greatest(gains);
  out.rests = constant_face(gains, out.greatest);
  for (mpq_class& g : gains) g = -g;
  out.least = -greatest(gains);
  return out;
}

/// Over all up-sets but the empty and the full one. An up-set of the classes that gain or lose extends to one
/// of all classes by whatever stands above it; one that takes none (all) of them needs another maximal
/// (minimal) class to be not empty (not full).
mpq_class StakeScale::greatest(const Numbers& gains) const {
  Numbers some;
  std::vector<std::size_t> which;
  std::uint64_t touched = 0;
  for (const std::size_t c : top_first_)
    if (gains[c] != 0) {
      some.push_back(gains[c]);
      which.push_back(c);
      touched |= bit(c);
    }
  const bool empty_allowed = (maximal_ & ~touched) != 0, full_allowed = (minimal_ & ~touched) != 0;
  if (which.size() == 2 &&
      (some[0] > 0) != (some[1] > 0)) {  // the usual case, one level against another: no search
    const bool first_gains = some[0] > 0;
    const std::size_t winner = which[first_gains ? 0 : 1], loser = which[first_gains ? 1 : 0];
    if ((above_[winner] & bit(loser)) == 0) return some[first_gains ? 0 : 1];
    return empty_allowed || full_allowed ? mpq_class(0) : some[first_gains ? 1 : 0];
  }
  std::vector<std::uint64_t> above(which.size(), 0);
  for (std::size_t i = 0; i < which.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if ((above_[which[i]] & bit(which[j])) != 0) above[i] |= bit(j);
  return UpSetSearch(std::move(some), std::move(above), empty_allowed, full_allowed).run();
}

/// On the face of top and bottom all other values are free, so the function is constant iff only those two
/// count.
bool StakeScale::constant_face(const Numbers& gains, const mpq_class& value) const {
  for (std::size_t top = 0; top < classes_; ++top) {
    if ((maximal_ & bit(top)) == 0 || gains[top] != value) continue;
    for (std::size_t bottom = 0; bottom < classes_; ++bottom) {
      if ((minimal_ & bit(bottom)) == 0 || top == bottom) continue;
      bool alone = true;
      for (std::size_t c = 0; c < classes_; ++c) alone = alone && (c == top || c == bottom || gains[c] == 0);
      if (alone) return true;
    }
  }
  return false;
}

/// In the variables value - low, which are at least 0. Orders matter only between two classes whose ranges
/// overlap; where there is none, each class goes to its own end.
mpq_class StakeScale::greatest_on(const Face& face, const Numbers& gains) const {
  mpq_class value = 0, ends = 0;
  std::vector<std::size_t> loose;
  Numbers objective;
  std::vector<LinearRow> rows;
  for (std::size_t c = 0; c < classes_; ++c) {
    value += gains[c] * face.low[c];
    if (face.low[c] == face.high[c]) continue;
    if (gains[c] > 0) ends += gains[c] * (face.high[c] - face.low[c]);
    loose.push_back(c);
    objective.push_back(gains[c]);
  }
  for (std::size_t i = 0; i < loose.size(); ++i)
    for (std::size_t j = 0; j < loose.size(); ++j) {
      const std::size_t upper = loose[i], lower = loose[j];
      if ((above_[lower] & bit(upper)) == 0 || face.low[upper] >= face.high[lower]) continue;
      LinearRow row{Numbers(loose.size(), 0), Relation::at_most, face.low[upper] - face.low[lower]};
      row.coefficients[j] = 1;
      row.coefficients[i] = -1;
      rows.push_back(std::move(row));
    }
  if (rows.empty()) return value + ends;
  for (std::size_t i = 0; i < loose.size(); ++i) {
    LinearRow row{Numbers(loose.size(), 0), Relation::at_most, face.high[loose[i]] - face.low[loose[i]]};
    row.coefficients[i] = 1;
    rows.push_back(std::move(row));
  }
  return value + logic::maximise(objective, rows).value;
}

Span StakeScale::bounded_span(const Numbers& gains) const {
  Numbers losses;
  for (const mpq_class& g : gains) losses.push_back(-g);
  std::optional<Span> out;
  for (const Face& face : faces_) {
    const mpq_class most = greatest_on(face, gains), least = -greatest_on(face, losses);
    const bool constant = most == least;
    if (!out || most > out->greatest) {
      out = Span{out ? std::min(out->least, least) : least, most, constant};
    } else {
      out->least = std::min(out->least, least);
      out->rests = out->rests || (constant && most == out->greatest);
    }
  }
  return *out;
}

double StakeScale::near(const DrawnScale& drawn, std::size_t c) const {
  const Face& face = faces_[drawn.face];
  const double low = face.low[c].get_d(), high = face.high[c].get_d(), u = drawn.unit[c];
  return std::clamp(low * (1 - u) + high * u, low, high);
}

mpq_class StakeScale::value(const DrawnScale& drawn, std::size_t c) const {
  const Face& face = faces_[drawn.face];
  return face.low[c] + (face.high[c] - face.low[c]) * mpq_class(drawn.unit[c]);
}

/// Are all stated differences positive? Two values that are too near for doubles are compared without
/// rounding.
bool StakeScale::ordered(const DrawnScale& drawn) const {
  constexpr double kHardlyApart = 1e-14;
  for (std::size_t c = 0; c < classes_; ++c)
    for (std::size_t a = 0; a < classes_; ++a) {
      if ((above_[c] & bit(a)) == 0) continue;
      const double over = near(drawn, a) - near(drawn, c);
      if (over < -kHardlyApart || (over <= kHardlyApart && value(drawn, a) <= value(drawn, c))) return false;
    }
  return true;
}

std::vector<double> StakeScale::rounded(const DrawnScale& drawn) const {
  std::vector<double> out;
  for (const std::size_t c : class_of_) out.push_back(near(drawn, c));
  return out;
}

std::vector<mpq_class> StakeScale::exactly(const DrawnScale& drawn) const {
  std::vector<mpq_class> out;
  for (const std::size_t c : class_of_) out.push_back(value(drawn, c));
  return out;
}

std::optional<DrawnScale> StakeScale::draw(worlds::Stream& stream, int tries) const {
  std::vector<double> volume;
  std::size_t largest = 0;
  for (const Face& face : faces_) {
    std::size_t dimension = 0;
    double box = 1;
    for (std::size_t c = 0; c < classes_; ++c) {
      if (face.low[c] == face.high[c]) continue;
      ++dimension;
      box *= mpq_class(face.high[c] - face.low[c]).get_d();
    }
    if (dimension > largest) std::fill(volume.begin(), volume.end(), 0.0);
    volume.push_back(dimension >= largest ? box : 0.0);
    largest = std::max(largest, dimension);
  }
  const double total = std::accumulate(volume.begin(), volume.end(), 0.0);
  DrawnScale drawn;
  drawn.unit.resize(classes_);
  while (tries-- > 0) {
    double left = stream.uniform() * total;
    drawn.face = 0;
    while (drawn.face + 1 < volume.size() && left >= volume[drawn.face]) left -= volume[drawn.face++];
    for (double& u : drawn.unit) u = stream.uniform();
    if (ordered(drawn)) return drawn;
  }
  return std::nullopt;
}

}  // namespace parley::deals
