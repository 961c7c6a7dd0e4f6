// SPDX-License-Identifier: MIT
// MARCO (Liffiton, Previti, Malik and Marques-Silva 2016): a SAT solver holds the map of subsets not yet
// explored.
#include <algorithm>
#include <cadical.hpp>

#include "logic/minimal_sets.hpp"

namespace parley::logic {
namespace {

class Marco {
 public:
  Marco(int n, const std::function<bool(const IndexSet&)>& holds) : n_(n), holds_(holds) {
    map_.set("quiet", 1);
    for (int i = 1; i <= n; ++i) {
      map_.phase(i);  // large seeds first: they are conflicts or nearly maximal
      map_.add(i), map_.add(-i), map_.add(0);
    }
  }

  Explanations run(std::size_t limit, const std::function<bool()>& stop) {
    Explanations found;
    while (map_.solve() == kSatisfiable) {
      if (found.conflicts.sets.size() >= limit || found.relaxations.sets.size() >= limit) {
        found.conflicts.complete = found.relaxations.complete = false;
        break;
      }
      IndexSet seed;
      for (int i = 0; i < n_; ++i)
        if (map_.val(i + 1) > 0) seed.push_back(i);
      const bool conflict = holds_(seed);
      IndexSet set = conflict ? shrink(seed) : grow(seed);
      if (stop && stop()) {  // what was asked last may not have been answered
        found.conflicts.complete = found.relaxations.complete = false;
        break;
      }
      (conflict ? found.conflicts : found.relaxations).sets.push_back(std::move(set));
    }
    for (SetFamily* family : {&found.conflicts, &found.relaxations})
      std::sort(family->sets.begin(), family->sets.end(), [](const IndexSet& a, const IndexSet& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
      });
    return found;
  }

 private:
  static constexpr int kSatisfiable = 10;

  IndexSet shrink(const IndexSet& seed) {
    const auto part = [&](const IndexSet& positions) {
      IndexSet set;
      for (const int p : positions) set.push_back(seed[static_cast<std::size_t>(p)]);
      return set;
    };
    const IndexSet core = part(
        one_minimal_set(static_cast<int>(seed.size()), [&](const IndexSet& p) { return holds_(part(p)); }));
    for (const int e : core) map_.add(-(e + 1));
    map_.add(0);
    return core;
  }

  /// The complement of a maximal set, holding `seed`, that lacks the property.
  IndexSet grow(IndexSet set) {
    IndexSet left_out;
    for (int e = 0; e < n_; ++e) {
      const auto at = std::lower_bound(set.begin(), set.end(), e);
      if (at != set.end() && *at == e) continue;
      IndexSet larger = set;
      larger.insert(larger.begin() + (at - set.begin()), e);
      if (holds_(larger))
        left_out.push_back(e);
      else
        set = std::move(larger);
    }
    for (const int e : left_out) map_.add(e + 1);
    map_.add(0);
    return left_out;
  }

  int n_;
  const std::function<bool(const IndexSet&)>& holds_;
  CaDiCaL::Solver map_;
};

}  // namespace

Explanations all_minimal_sets(int n, const std::function<bool(const IndexSet&)>& holds, std::size_t limit,
                              const std::function<bool()>& stop) {
  return Marco(n, holds).run(limit, stop);
}

}  // namespace parley::logic
