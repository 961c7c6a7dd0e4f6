// SPDX-License-Identifier: MIT
#include "worlds/linear_extension.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numbers>

namespace parley::worlds {
namespace {

std::uint64_t bit(int x) { return std::uint64_t{1} << x; }

void sort_unique(std::vector<std::uint64_t>& sets) {
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
}

/// The down-sets of one more element than those in [begin, end); nothing where there are more than `most`.
std::optional<std::vector<std::uint64_t>> grown(const std::vector<std::uint64_t>& below,
                                                const std::uint64_t* begin, const std::uint64_t* end,
                                                std::size_t most) {
  std::vector<std::uint64_t> next;
  const int n = static_cast<int>(below.size());
  for (const std::uint64_t* set = begin; set != end; ++set) {
    for (int x = 0; x < n; ++x)
      if ((*set & bit(x)) == 0 && (below[static_cast<std::size_t>(x)] & ~*set) == 0)
        next.push_back(*set | bit(x));
    if (next.size() > 2 * most + 64) {
      sort_unique(next);
      if (next.size() > most) return std::nullopt;
    }
  }
  sort_unique(next);
  if (next.size() > most) return std::nullopt;
  return next;
}

}  // namespace

std::optional<DownSets> DownSets::make(const Poset& poset, std::size_t most) {
  if (poset.n > 64 || most < 1) return std::nullopt;
  DownSets out;
  out.below_.assign(static_cast<std::size_t>(poset.n), 0);
  for (const auto& [a, b] : poset.arcs) out.below_[static_cast<std::size_t>(a)] |= bit(b);
  out.sets_ = {0};
  out.level_ = {0, 1};
  for (int size = 1; size <= poset.n; ++size) {
    const std::uint64_t* data = out.sets_.data();
    const std::size_t first = out.level_[static_cast<std::size_t>(size) - 1];
    const auto next = grown(out.below_, data + first, data + out.sets_.size(), most - out.sets_.size());
    if (!next) return std::nullopt;
    out.sets_.insert(out.sets_.end(), next->begin(), next->end());
    out.level_.push_back(out.sets_.size());
  }
  out.weigh(poset, false, out.ways_);
  const bool equal =
      std::all_of(poset.mass.begin(), poset.mass.end(), [&](double m) { return m == poset.mass[0]; });
  if (!equal) out.weigh(poset, true, out.odds_);
  return out;
}

std::size_t DownSets::find(std::uint64_t set, int size) const {
  const auto begin = sets_.begin() + static_cast<std::ptrdiff_t>(level_[static_cast<std::size_t>(size)]);
  const auto end = sets_.begin() + static_cast<std::ptrdiff_t>(level_[static_cast<std::size_t>(size) + 1]);
  return static_cast<std::size_t>(std::lower_bound(begin, end, set) - sets_.begin());
}

void DownSets::weigh(const Poset& poset, bool race, std::vector<double>& z) const {
  z.assign(sets_.size(), 0);
  z.back() = 1;
  for (std::size_t i = sets_.size() - 1; i-- > 0;) {
    const int size = std::popcount(sets_[i]);
    double rest = 0, sum = 0;
    for (int x = 0; x < poset.n; ++x) {
      if ((sets_[i] & bit(x)) != 0) continue;
      rest += poset.mass[static_cast<std::size_t>(x)];
      if ((below_[static_cast<std::size_t>(x)] & ~sets_[i]) == 0) sum += z[find(sets_[i] | bit(x), size + 1)];
    }
    z[i] = race ? sum / rest : sum;
  }
}

std::vector<int> DownSets::draw(Stream& stream, const std::vector<double>& z) const {
  const int n = static_cast<int>(below_.size());
  std::vector<int> out;
  std::uint64_t set = 0;
  std::vector<std::pair<int, double>> choices;
  for (int size = 0; size < n; ++size) {
    choices.clear();
    double sum = 0;
    for (int x = 0; x < n; ++x) {
      if ((set & bit(x)) != 0 || (below_[static_cast<std::size_t>(x)] & ~set) != 0) continue;
      choices.emplace_back(x, z[find(set | bit(x), size + 1)]);
      sum += choices.back().second;
    }
    std::size_t pick = 0;
    if (choices.size() > 1) {
      double left = stream.uniform() * sum;
      while (pick + 1 < choices.size() && left >= choices[pick].second) left -= choices[pick++].second;
    }
    out.push_back(choices[pick].first);
    set |= bit(choices[pick].first);
  }
  return out;
}

std::int64_t chain_steps(int m) {
  constexpr double kMost = 1 << 21;
  const double n = m;
  const double steps =
      2 / (std::numbers::pi * std::numbers::pi) * n * n * n * (2 * std::log(std::max(n, 1.0)) + 7);
  return static_cast<std::int64_t>(std::ceil(std::min(steps, kMost)));
}

namespace {

/// Direct lower neighbours, sorted. In a linear extension two neighbours are comparable only by a stated arc:
/// a chain through a third element would put that element between them.
std::vector<std::vector<int>> lower_neighbours(const Poset& poset) {
  std::vector<std::vector<int>> lower(static_cast<std::size_t>(poset.n));
  for (const auto& [a, b] : poset.arcs) lower[static_cast<std::size_t>(a)].push_back(b);
  for (auto& list : lower) std::sort(list.begin(), list.end());
  return lower;
}

/// The extension that takes the smallest number that it can at each step.
std::vector<int> first_extension(const Poset& poset) {
  std::vector<std::vector<int>> upper(static_cast<std::size_t>(poset.n));
  std::vector<int> waits(static_cast<std::size_t>(poset.n), 0);
  for (const auto& [a, b] : poset.arcs) {
    upper[static_cast<std::size_t>(b)].push_back(a);
    ++waits[static_cast<std::size_t>(a)];
  }
  std::vector<int> heap, out;
  const auto push = [&](int x) {
    heap.push_back(x);
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  };
  for (int x = 0; x < poset.n; ++x)
    if (waits[static_cast<std::size_t>(x)] == 0) push(x);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const int x = heap.back();
    heap.pop_back();
    out.push_back(x);
    for (const int a : upper[static_cast<std::size_t>(x)])
      if (--waits[static_cast<std::size_t>(a)] == 0) push(a);
  }
  return out;
}

}  // namespace

std::vector<int> chain_extension(const Poset& poset, bool race, Stream& stream) {
  const auto lower = lower_neighbours(poset);
  std::vector<int> at = first_extension(poset);
  if (at.size() < 2) return at;
  std::vector<double> rest(at.size() + 1, 0);  // rest[i] = mass of at[i], at[i+1], ...
  const auto mass = [&](int x) { return poset.mass[static_cast<std::size_t>(x)]; };
  for (std::size_t i = at.size(); i-- > 0;) rest[i] = rest[i + 1] + mass(at[i]);
  const auto places = static_cast<std::uint64_t>(at.size() - 1);
  for (std::int64_t step = chain_steps(poset.n); step > 0; --step) {
    const std::uint64_t choice = stream.below(2 * places);
    if (choice >= places) continue;
    const auto i = static_cast<std::size_t>(choice);
    const int x = at[i], y = at[i + 1];
    const auto& under = lower[static_cast<std::size_t>(y)];
    if (std::binary_search(under.begin(), under.end(), x)) continue;
    if (race) {
      const double now = rest[i + 1], then = rest[i + 2] + mass(x);  // the only factor that the swap changes
      if (then > now && stream.uniform() * then > now) continue;
      rest[i + 1] = then;
    }
    std::swap(at[i], at[i + 1]);
  }
  return at;
}

}  // namespace parley::worlds
