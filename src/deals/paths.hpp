// SPDX-License-Identifier: MIT
// How the partial packages of one stage were made from those of the stage before: enough to count and to list
// every package that ends in a given entry of the last stage.
#pragma once
#include <cstdint>
#include <vector>

#include "deals/answer.hpp"
#include "deals/plan.hpp"

namespace parley::deals {

class Paths {
 public:
  struct Edge {
    std::uint32_t from;    ///< entry of the stage before
    std::uint32_t option;  ///< of the issue at this position
  };

  explicit Paths(const Plan& plan) : plan_(&plan) {}

  void begin_stage() {
    first_.emplace_back(1, 0U);
    edges_.emplace_back();
  }
  /// Forgets the stages from `stage` on.
  void cut(std::size_t stage) {
    first_.resize(stage);
    edges_.resize(stage);
  }
  void add(Edge edge) { edges_.back().push_back(edge); }
  void end_entry() { first_.back().push_back(static_cast<std::uint32_t>(edges_.back().size())); }
  /// Drops the entries of the last stage that are not flagged; the others move up.
  void keep(const std::vector<bool>& flags);
  [[nodiscard]] std::size_t size() const { return edges_.empty() ? 0 : edges_.back().size(); }

  /// The number of packages that end in each of `entries` of the last stage.
  [[nodiscard]] std::vector<mpz_class> count(const std::vector<std::uint32_t>& entries) const;

  /// Packages (options by issue, not by position) that end in `entry`, at most `limit`, in lexicographic
  /// order if all of them are there.
  [[nodiscard]] std::vector<Package> list(std::uint32_t entry, std::size_t limit) const;

 private:
  const Plan* plan_;
  std::vector<std::vector<std::uint32_t>>
      first_;  ///< per stage and entry, its first edge; one more at the end
  std::vector<std::vector<Edge>> edges_;
};

}  // namespace parley::deals
