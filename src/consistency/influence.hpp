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

/// One way of influence. Nothing but arcs is kept of it: nodes and rows are made when they are asked for.
using Route = logic::Path;
[[nodiscard]] std::vector<int> nodes_of(const InfluenceGraph& graph,
                                        const Route& route);  ///< cause first, effect last
[[nodiscard]] std::vector<std::string> rows_of(const InfluenceGraph& graph,
                                               const Route& route);  ///< one for each step

/// The only unknown sign whose knowledge would settle a net sign, whichever way it turns out.
struct Decider {
  int arc = -1;
  std::string row;
  logic::Sign if_plus = logic::Sign::unknown, if_minus = logic::Sign::unknown;
};

struct NetSign {
  int cause = 0, effect = 0;
  logic::Sign sign = logic::Sign::none;
  std::vector<Route> routes;  ///< shortest first; none where the limits of all pairs were reached before
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
  std::vector<NetSign> signs;      ///< every pair that a route joins; by cause, then effect
  int causes = 0;                  ///< of this many nodes, the first, the signs were worked out
  std::size_t without_routes = 0;  ///< pairs of which nothing but the sign was worked out
  bool by_paths = true;            ///< false: of some pairs walks stood in for paths (logic::net_signs)
  std::vector<Loop> loops;         ///< shortest first
  bool all_loops = true;
  bool complete = true;  ///< not stopped
};

struct InfluenceOptions {
  std::size_t most_routes = 200;  ///< of one pair
  std::size_t most_loops = 1'000;
  int exact_unknowns = 12;  ///< up to so many unknown signs every assignment is tried
  int draws = 1'000;        ///< beyond: assignments drawn
  std::uint64_t seed = 1;
  std::size_t most_routes_in_all = 100'000;  ///< beyond, and after half of `most_work`: three of each pair
  // Limits of time and memory. Beyond the first, no further cause is begun; beyond the others, pairs have
  // their sign and nothing else.
  std::size_t most_pairs = 1'000'000;       ///< joined by a route
  std::size_t most_route_arcs = 3'000'000;  ///< of all routes kept
  std::size_t most_work = 300'000'000;      ///< looks at arcs for routes and for assignments, in all
  std::function<bool()> stop;               ///< asked between pairs and in the search for loops
};

[[nodiscard]] Influence influence(const InfluenceGraph& graph, const InfluenceOptions& options = {});

/// All elementary circuits, shortest first; at most `limit` with kLoopArcs arcs in all, and no more than
/// kLoopSteps steps of the search (`complete` then becomes false).
[[nodiscard]] std::vector<Loop> loops(const InfluenceGraph& graph, std::size_t limit,
                                      bool* complete = nullptr, const std::function<bool()>& stop = {});
inline constexpr std::size_t kLoopSteps = 500'000;
inline constexpr std::size_t kLoopArcs = 200'000;

}  // namespace parley::consistency
