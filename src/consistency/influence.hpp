// SPDX-License-Identifier: MIT
// Signed influence between variables: which way one moves another, by which rows, which single unknown sign
// decides it, how robust that is, and which loops there are. Signs and paths: logic/influence.hpp; formulas:
// docs/methods/consistency.md.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "logic/influence.hpp"

namespace parley::consistency {

struct InfluenceGraph {
  std::vector<std::string> nodes;  ///< variable ids
  logic::SignedGraph graph;        ///< nodes as above
  std::vector<std::string> rows;   ///< ids of the rows that Arc::row counts
};

/// One way of influence, as rows and variables.
struct Route {
  std::vector<int> nodes;         ///< cause first, effect last
  std::vector<std::string> rows;  ///< one for each step
  logic::Sign sign = logic::Sign::none;
};

/// The only unknown sign whose knowledge would settle a net sign, whichever way it turns out.
struct Decider {
  int arc = -1;
  std::string row;
  logic::Sign if_plus = logic::Sign::unknown, if_minus = logic::Sign::unknown;
};

struct NetSign {
  int cause = 0, effect = 0;
  logic::Sign sign = logic::Sign::none;
  std::vector<Route> routes;  ///< shortest first
  bool all_routes = true;     ///< no limit cut them off
  std::vector<Decider> deciders;
  /// Over the signs of the unknown arcs on the routes, + and - alike: shares of assignments under which the
  /// net sign is plus, minus; the rest stays ambiguous. Only where all routes are there and some sign is
  /// unknown.
  struct Robust {
    double plus = 0, minus = 0;
    std::int64_t of = 0;  ///< assignments: all of them, or draws
    bool exact = true;
  };
  std::optional<Robust> robust;
};

/// An elementary circuit (Johnson 1975): plus reinforces, minus balances.
struct Loop {
  std::vector<int> nodes;         ///< from its smallest node on
  std::vector<std::string> rows;  ///< row k leads from node k to the next
  logic::Sign sign = logic::Sign::unknown;
};

struct Influence {
  std::vector<NetSign> signs;  ///< every pair that a route joins; by cause, then effect
  std::vector<Loop> loops;     ///< shortest first
  bool all_loops = true;
  bool complete = true;  ///< not stopped
};

struct InfluenceOptions {
  std::size_t most_routes = 200;  ///< of one pair
  std::size_t most_loops = 1'000;
  int exact_unknowns = 12;  ///< up to so many unknown signs every assignment is tried
  int draws = 1'000;        ///< beyond: assignments drawn
  std::uint64_t seed = 1;
  std::size_t most_routes_in_all = 100'000;  ///< beyond: three routes of each pair
  std::function<bool()> stop;                ///< asked between pairs and in the search for loops
};

[[nodiscard]] Influence influence(const InfluenceGraph& graph, const InfluenceOptions& options = {});

/// All elementary circuits, shortest first; at most `limit` (`complete` then becomes false), and no more than
/// kLoopSteps steps of the search.
[[nodiscard]] std::vector<Loop> loops(const InfluenceGraph& graph, std::size_t limit,
                                      bool* complete = nullptr, const std::function<bool()>& stop = {});
inline constexpr std::size_t kLoopSteps = 500'000;

}  // namespace parley::consistency
