// SPDX-License-Identifier: MIT
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "questions/check.hpp"

namespace parley::report {

[[nodiscard]] nlohmann::ordered_json check_json(const questions::Check& check);
/// `answer`: {by_account: {name: check_json}}
[[nodiscard]] std::string check_page(const nlohmann::ordered_json& answer);

}  // namespace parley::report
