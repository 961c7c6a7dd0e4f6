// SPDX-License-Identifier: MIT
// A formula as a decision diagram over the issues in the order in which a run takes them: reading one option
// after another leads from node to node until the formula is known to hold or to fail. Equal residual
// formulas are one node (reduced ordered decision diagrams: Bryant 1986, multi-valued), so a node is all that
// the rest of the run must know.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "deals/watch.hpp"
#include "expression/formula.hpp"

namespace parley::deals {

struct Diagram {
  static constexpr int kFalse = 0;
  static constexpr int kTrue = 1;
  struct Node {
    int position = -1;      ///< of the issue that it asks, in the order of the run
    std::vector<int> next;  ///< node per option of that issue
  };
  std::vector<Node> nodes;  ///< 0 and 1 are the ends
  int root = kTrue;
  int first = -1, last = -1;  ///< positions of the first and last issue asked; -1 where the root is an end

  /// The node after the issue at `position` took `option`.
  [[nodiscard]] int step(int node, int position, int option) const {
    const Node& n = nodes[static_cast<std::size_t>(node)];
    return n.position == position ? n.next[static_cast<std::size_t>(option)] : node;
  }
};

/// The most parts that the residual formulas met in building one diagram may have together.
inline constexpr std::size_t kResidualSize = 5'000'000;

/// `sizes[v]` = options of issue v, `position[v]` = its place in the order. Nothing when the formula is so
/// entangled that kResidualSize is passed. Where `watch` says stop, Stopped is thrown.
[[nodiscard]] std::optional<Diagram> build_diagram(const expression::Formula& formula,
                                                   std::span<const int> sizes, std::span<const int> position,
                                                   const Watch* watch = nullptr);

}  // namespace parley::deals
