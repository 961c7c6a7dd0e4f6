// SPDX-License-Identifier: MIT
#include "logic/minimal_sets.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>

namespace parley::logic {
namespace {

using Bits = std::vector<std::uint64_t>;

std::size_t words(std::size_t n) { return (n + 63) / 64; }

bool has(const Bits& bits, std::size_t i) { return (bits[i / 64] >> (i % 64)) & 1U; }
void add(Bits& bits, std::size_t i) { bits[i / 64] |= std::uint64_t{1} << (i % 64); }
void remove(Bits& bits, std::size_t i) { bits[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }

int count_both(const Bits& a, const Bits& b) {
  int n = 0;
  for (std::size_t w = 0; w < a.size(); ++w) n += std::popcount(a[w] & b[w]);
  return n;
}

bool by_size(const IndexSet& a, const IndexSet& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

void normalise(IndexSet& set) {
  std::sort(set.begin(), set.end());
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

/// The search of Murakami and Uno (2014), algorithm MMCS. Every set that it emits is a minimal hitting set,
/// so a search that was stopped is still right as far as it went; memory is one bitset of members per chosen
/// element.
class HittingSets {
 public:
  HittingSets(const std::vector<IndexSet>& members, int universe, std::size_t limit,
              const std::function<bool()>& stop)
      : members_(members),
        limit_(limit),
        stop_(stop),
        occurs_(static_cast<std::size_t>(universe), Bits(words(members.size()))) {
    for (std::size_t m = 0; m < members.size(); ++m)
      for (const int element : members[m]) add(occurs_[static_cast<std::size_t>(element)], m);
    candidates_.assign(words(static_cast<std::size_t>(universe)), 0);
    for (int e = 0; e < universe; ++e) add(candidates_, static_cast<std::size_t>(e));
    uncovered_.assign(words(members.size()), 0);
    for (std::size_t m = 0; m < members.size(); ++m) add(uncovered_, m);
  }

  SetFamily run() {
    search();
    std::sort(family_.sets.begin(), family_.sets.end(), by_size);
    return std::move(family_);
  }

 private:
  /// The uncovered member with the fewest candidates left: fewest branches.
  [[nodiscard]] std::size_t narrowest() const {
    std::size_t best = 0;
    std::size_t fewest = SIZE_MAX;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      if (!has(uncovered_, m)) continue;
      std::size_t n = 0;
      for (const int e : members_[m]) n += has(candidates_, static_cast<std::size_t>(e)) ? 1 : 0;
      if (n < fewest) best = m, fewest = n;
      if (fewest <= 1) break;
    }
    return best;
  }

  void search() {
    work_ += members_.size() + 1;
    const bool ask = work_ - asked_ > kUnasked;
    if (ask) asked_ = work_;
    if (family_.sets.size() >= limit_ || work_ > kWork || (ask && stop_ && stop_())) {
      family_.complete = false;
      return;
    }
    if (std::all_of(uncovered_.begin(), uncovered_.end(), [](std::uint64_t w) { return w == 0; })) {
      family_.sets.push_back(chosen_);
      std::sort(family_.sets.back().begin(), family_.sets.back().end());
      return;
    }
    IndexSet branches;
    for (const int e : members_[narrowest()])
      if (has(candidates_, static_cast<std::size_t>(e))) branches.push_back(e);
    for (const int e : branches) remove(candidates_, static_cast<std::size_t>(e));
    for (const int e : branches) {
      if (take(e)) add(candidates_, static_cast<std::size_t>(e));
      if (!family_.complete) break;
    }
    for (const int e : branches) add(candidates_, static_cast<std::size_t>(e));
  }

  /// Searches on with `element` chosen, unless it takes from a chosen one the last member that only that one
  /// meets (then no larger set is minimal either, and the answer is false).
  bool take(int element) {
    const Bits& covers = occurs_[static_cast<std::size_t>(element)];
    const Bits saved_uncovered = uncovered_;
    const std::vector<Bits> saved_critical = critical_;
    Bits mine = uncovered_;
    bool needed = true;
    for (std::size_t w = 0; w < covers.size(); ++w) {
      mine[w] &= covers[w];
      uncovered_[w] &= ~covers[w];
    }
    for (Bits& critical : critical_) {
      for (std::size_t w = 0; w < covers.size(); ++w) critical[w] &= ~covers[w];
      needed = needed && count_both(critical, critical) > 0;
    }
    work_ += critical_.size() * covers.size();
    if (needed) {
      critical_.push_back(std::move(mine));
      chosen_.push_back(element);
      search();
      chosen_.pop_back();
    }
    critical_ = saved_critical;
    uncovered_ = saved_uncovered;
    return needed;
  }

  static constexpr std::uint64_t kWork = 4'000'000'000;
  static constexpr std::uint64_t kUnasked = 100'000;  ///< work between two questions to `stop`

  const std::vector<IndexSet>& members_;
  std::size_t limit_;
  const std::function<bool()>& stop_;
  std::vector<Bits> occurs_;  ///< per element, the members that it meets
  Bits candidates_, uncovered_;
  std::vector<Bits> critical_;  ///< per chosen element, the members that only it meets
  IndexSet chosen_;
  std::uint64_t work_ = 0, asked_ = 0;
  SetFamily family_;
};

IndexSet join(const IndexSet& a, const IndexSet& b) {
  IndexSet both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

/// Junker's QuickXplain: a minimal part of `candidates` that with `background` makes the property hold.
IndexSet explain(const IndexSet& background, bool background_grew, const IndexSet& candidates,
                 const std::function<bool(const IndexSet&)>& holds) {
  if (background_grew && holds(background)) return {};
  if (candidates.size() <= 1) return candidates;
  const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(candidates.size() / 2);
  const IndexSet first(candidates.begin(), middle);
  const IndexSet second(middle, candidates.end());
  const IndexSet from_second = explain(join(background, first), true, second, holds);
  const IndexSet from_first = explain(join(background, from_second), !from_second.empty(), first, holds);
  return join(from_first, from_second);
}

}  // namespace

std::vector<IndexSet> minimal_members(std::vector<IndexSet> family, const std::function<bool()>& stop) {
  for (IndexSet& set : family) normalise(set);
  std::sort(family.begin(), family.end(), by_size);
  family.erase(std::unique(family.begin(), family.end()), family.end());
  // One word of summary per set (element modulo 64) settles most pairs without walking them.
  const auto summary = [](const IndexSet& set) {
    std::uint64_t bits = 0;
    for (const int e : set) bits |= std::uint64_t{1} << (static_cast<unsigned>(e) % 64);
    return bits;
  };
  std::vector<IndexSet> minimal;
  std::vector<std::uint64_t> summaries;
  std::size_t work = 0;
  for (IndexSet& set : family) {
    work += minimal.size() + 1;
    if (work > 100'000 && stop) {
      if (stop()) break;
      work = 0;
    }
    const std::uint64_t mine = summary(set);
    bool covered = false;
    for (std::size_t i = 0; i < minimal.size() && !covered; ++i)
      covered = (summaries[i] & ~mine) == 0 &&
                std::includes(set.begin(), set.end(), minimal[i].begin(), minimal[i].end());
    if (covered) continue;
    minimal.push_back(std::move(set));
    summaries.push_back(mine);
  }
  return minimal;
}

SetFamily minimal_hitting_sets(const std::vector<IndexSet>& family, std::size_t limit,
                               const std::function<bool()>& stop) {
  const std::vector<IndexSet> members = minimal_members(family, stop);
  if (stop && stop()) return {{}, false};
  if (!members.empty() && members.front().empty()) return {};
  // Elements are renumbered densely, so that a hostile large index costs nothing.
  IndexSet elements;
  for (const IndexSet& set : members) elements.insert(elements.end(), set.begin(), set.end());
  normalise(elements);
  std::vector<IndexSet> dense = members;
  for (IndexSet& set : dense)
    for (int& e : set)
      e = static_cast<int>(std::lower_bound(elements.begin(), elements.end(), e) - elements.begin());
  SetFamily result = HittingSets(dense, static_cast<int>(elements.size()), limit, stop).run();
  for (IndexSet& set : result.sets)
    for (int& e : set) e = elements[static_cast<std::size_t>(e)];
  return result;
}

IndexSet one_minimal_set(int n, const std::function<bool(const IndexSet&)>& holds) {
  IndexSet all;
  for (int i = 0; i < n; ++i) all.push_back(i);
  return explain({}, true, all, holds);
}

}  // namespace parley::logic
