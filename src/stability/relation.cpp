// SPDX-License-Identifier: MIT
#include "stability/relation.hpp"

#include <algorithm>

namespace parley::stability {
namespace {

/// Bit y of `less` and `more`: ranks[y] is below / above `pivot`.
void compare(const std::vector<Rank>& ranks, Rank pivot, Bits& less, Bits& more) {
  const std::size_t n = ranks.size();
  for (std::size_t w = 0; w * 64 < n; ++w) {
    const std::size_t size = std::min<std::size_t>(64, n - w * 64);
    const Rank* at = ranks.data() + w * 64;
    std::uint64_t below = 0, above = 0;
    for (std::size_t i = 0; i < size; ++i) {
      below |= static_cast<std::uint64_t>(at[i] < pivot) << i;
      above |= static_cast<std::uint64_t>(at[i] > pivot) << i;
    }
    less.words()[w] = below;
    more.words()[w] = above;
  }
}

int sign(const std::vector<Rank>& ranks, State y, State s) {
  return ranks[y] < ranks[s] ? 1 : ranks[y] > ranks[s] ? -1 : 0;
}

}  // namespace

Relation::Relation(const Preference& preference, const std::vector<Rank>& ranks) : bands_(preference.bands) {
  readings_.push_back(ranks);
  readings_.insert(readings_.end(), preference.readings.begin(), preference.readings.end());
  for (const auto& [a, b] : preference.unknown) {
    unknown_.emplace_back(a, b);
    unknown_.emplace_back(b, a);
  }
  std::sort(unknown_.begin(), unknown_.end());
}

void Relation::view(State s, View& view) const {
  const std::size_t n = readings_.front().size();
  for (Bits* bits : {&view.better, &view.unknown, &view.greatly_worse})
    if (bits->size() != n) *bits = Bits(n);
  Bits worse(n), less(n), more(n);
  compare(readings_[0], readings_[0][s], view.better, worse);
  view.unknown.clear();
  for (std::size_t r = 1; r < readings_.size(); ++r) {
    compare(readings_[r], readings_[r][s], less, more);
    auto& unknown = view.unknown.words();
    for (std::size_t w = 0; w < unknown.size(); ++w)  // any two signs that differ
      unknown[w] |= (less.words()[w] ^ view.better.words()[w]) | (more.words()[w] ^ worse.words()[w]);
  }
  for (auto pair = std::lower_bound(unknown_.begin(), unknown_.end(), std::pair<State, State>(s, 0));
       pair != unknown_.end() && pair->first == s; ++pair)
    view.unknown.add(pair->second);
  view.better -= view.unknown;
  view.greatly_worse.clear();
  if (bands_.empty()) return;
  compare(bands_, bands_[s], less, view.greatly_worse);
  view.greatly_worse &= worse;
  view.greatly_worse -= view.unknown;
}

bool Relation::unknown(State y, State s) const {
  if (std::binary_search(unknown_.begin(), unknown_.end(), std::pair<State, State>(y, s))) return true;
  for (std::size_t r = 1; r < readings_.size(); ++r)
    if (sign(readings_[r], y, s) != sign(readings_[0], y, s)) return true;
  return false;
}

bool Relation::better(State y, State s) const { return sign(readings_[0], y, s) > 0 && !unknown(y, s); }

}  // namespace parley::stability
