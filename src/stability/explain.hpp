// SPDX-License-Identifier: MIT
// Why a state is stable or not for one decision maker: each improvement, and how it is answered.
#pragma once
#include <optional>
#include <vector>

#include "stability/evolution.hpp"
#include "stability/graph.hpp"
#include "stability/individual.hpp"

namespace parley::stability {

/// An improvement to `to`. Deterred: the others' moves that lead to something no better (shortest first). Not
/// deterred: `sanction` is empty, and `escape` is where i gets away from the sanction that comes closest
/// (SMR, symmetric sequential), if any.
struct Temptation {
  State to = 0;
  bool deterred = false;
  std::vector<Step> sanction;
  std::optional<Arc> escape;  ///< from the sanction to where i gets away
};

/// All improvements of dm from s in order of its rank, best first. Empty: Nash. A concept other than Nash.
[[nodiscard]] std::vector<Temptation> temptations(const Graph& graph, const Rankings& ranks, Concept named,
                                                  std::size_t dm, State s);

}  // namespace parley::stability
