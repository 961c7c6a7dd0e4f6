// SPDX-License-Identifier: MIT
// Minimal sets of a monotone property. Elements are numbered 0 .. n-1; sets are ascending lists without
// repetition.
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

namespace parley::logic {

using IndexSet = std::vector<int>;

struct SetFamily {
  std::vector<IndexSet> sets;  ///< ordered by size, then lexicographically
  bool complete = true;        ///< false when the limit stopped the search
};

/// The inclusion-minimal members of a family, each once; the smallest of them only where `stop` returns true.
[[nodiscard]] std::vector<IndexSet> minimal_members(std::vector<IndexSet> family,
                                                    const std::function<bool()>& stop = {});

/// All inclusion-minimal sets that meet every member of `family` (MMCS; Murakami and Uno 2014).
/// With a family of minimal relaxations these are the minimal conflicts, and the other way round (Reiter
/// 1987). An empty member means that nothing meets it: the result is empty. An empty family gives { {} }.
/// Incomplete once `stop` returns true.
[[nodiscard]] SetFamily minimal_hitting_sets(const std::vector<IndexSet>& family, std::size_t limit = 100'000,
                                             const std::function<bool()>& stop = {});

/// One inclusion-minimal subset of {0..n-1} for which `holds` is true, by deletion with chunk halving
/// (QuickXplain's order; Junker 2004). Precondition: holds is monotone (adding elements keeps it true) and
/// holds(all).
[[nodiscard]] IndexSet one_minimal_set(int n, const std::function<bool(const IndexSet&)>& holds);

/// All minimal sets for which `holds` is true and all maximal sets for which it is false, complemented (the
/// minimal relaxations), by MARCO (Liffiton et al. 2016) with a SAT solver as the map.
struct Explanations {
  SetFamily conflicts;
  SetFamily relaxations;
};
[[nodiscard]] Explanations all_minimal_sets(int n, const std::function<bool(const IndexSet&)>& holds,
                                            std::size_t limit = 100'000,
                                            const std::function<bool()>& stop = {});

}  // namespace parley::logic
