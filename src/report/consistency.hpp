// SPDX-License-Identifier: MIT
// The consistency lens as JSON and as text: of an account, and of a cross-impact matrix from a file.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "questions/consistency.hpp"

namespace parley::report {

/// `signs` {effect: {cause: + | - | ?}} (what is not there is 0), `routes`, `loops`, `excluded`, `forced`,
/// `exclusions`, `clashes`, `consistent` [{variable: level}], `count`, `attractors`, `complete`.
[[nodiscard]] nlohmann::ordered_json consistency_json(const questions::ConsistencyAnswer& answer);

/// The page of `parley consistency` on accounts: a function of its `by_account` alone.
[[nodiscard]] std::string consistency_page(const nlohmann::ordered_json& results);

struct MatrixAnswer {
  consistency::Balances problem;
  std::int64_t tolerance = 0;  ///< in units of a judgement
  consistency::Consistent consistent;
  consistency::Attractors attractors;
  std::int64_t spread = 0;
  consistency::Robustness robustness;  ///< where spread > 0
};
[[nodiscard]] nlohmann::ordered_json matrix_json(const MatrixAnswer& answer);
[[nodiscard]] std::string matrix_text(const std::string& title, const nlohmann::ordered_json& json);

}  // namespace parley::report
