// SPDX-License-Identifier: MIT
// The stability lens over an account as JSON and as text.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "expression/diagnostic.hpp"
#include "questions/stability.hpp"

namespace parley::report {

/// How many states a list of equilibria names at most; the counts are of all.
inline constexpr std::size_t kListedOnPage = 12;
inline constexpr std::size_t kListedInFull = 100;
inline constexpr std::size_t kListedOfReading = 3;  ///< in readings, whose games are those of the base anew

/// One column: the first game's keys, and `games` [...] where there is more than one. `worlds`, `focus`
/// [{issue, levels, movers, why, rows}], `left_out` [{issue, why}], `decision_makers`, `movers` [{id,
/// members}], `states` (count), `equilibria` {concept: [{state, levels, share, low, high, proved, reached}]}
/// (most frequent first), `equilibrium_counts`, `stable` {dm: {concept: [{state, share, proved}]}}, `now`,
/// `against_deals`, `misperception` (null, or {worlds, views: {dm: {apart, rows, unread}}, concepts:
/// {concept: {states: [{state, levels, holds, informed, looks, surprises}], now}}}), `barred`, `silent`,
/// `defaults`, `unread`, `rows`.
[[nodiscard]] nlohmann::ordered_json stability_column_json(const questions::StabilityAnswer& answer,
                                                           std::size_t listed);

/// {`by_alternative`: {id: column}}; `listed` states of the account as written, fewer of its readings.
[[nodiscard]] nlohmann::ordered_json stability_account_json(
    const std::vector<questions::StabilityAnswer>& answers, std::size_t listed);

/// The page of `parley stability` on accounts: a function of its `by_account` alone.
[[nodiscard]] std::string stability_page(const nlohmann::ordered_json& results);

/// A warning for each game without an answer, and why.
[[nodiscard]] std::vector<Diagnostic> stability_warnings(const questions::StabilityAnswer& answer);

}  // namespace parley::report
