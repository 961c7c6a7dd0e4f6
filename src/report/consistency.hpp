// SPDX-License-Identifier: MIT
// The consistency lens as JSON and as text: of an account, and of a cross-impact matrix from a file.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "questions/consistency.hpp"

namespace parley::report {

/// What may still be listed, over all readings: signs and steps grow with the square and the third power of
/// what an account names. What is beyond is counted in `left_out`.
struct ConsistencyListing {
  std::size_t signs = 2'000'000;  ///< pairs in `signs`
  std::size_t pairs = 50'000;     ///< pairs in `routes`
  std::size_t steps = 500'000;    ///< of their routes and of the loops
};

/// `signs` {effect: {cause: + | - | ?}} (what is not there is 0), `routes`, `loops`, `left_out`, `excluded`,
/// `forced`, `exclusions`, `clashes`, `consistent` [{variable: level}], `count`, `attractors`, `complete`.
[[nodiscard]] nlohmann::ordered_json consistency_json(const questions::ConsistencyAnswer& answer,
                                                      ConsistencyListing& listing);

/// The page of `parley consistency` on accounts: a function of its `by_account` alone.
[[nodiscard]] std::string consistency_page(const nlohmann::ordered_json& results);

struct MatrixAnswer {
  consistency::Balances problem;
  mpq_class tolerance = 0;  ///< in units of a judgement
  consistency::Consistent consistent;
  consistency::Attractors attractors;
  std::int64_t spread = 0;
  consistency::Robustness robustness;  ///< where spread > 0
};
[[nodiscard]] nlohmann::ordered_json matrix_json(const MatrixAnswer& answer);
[[nodiscard]] std::string matrix_text(const std::string& title, const nlohmann::ordered_json& json);

}  // namespace parley::report
