// SPDX-License-Identifier: MIT
// Sentences about an account's games, private to this room.
#pragma once
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace parley::report {

inline constexpr double kLeastShareSaid = 0.005;  ///< shares of worlds below this are left to results.json

/// The games of one column, in order.
[[nodiscard]] std::vector<std::reference_wrapper<const nlohmann::ordered_json>> games_of(
    const nlohmann::ordered_json& column);
/// "iran and us (around the talks `indirect`)"
[[nodiscard]] std::string game_title(const nlohmann::ordered_json& game);
/// What sentences call a decision maker of the game.
[[nodiscard]] std::string called(const nlohmann::ordered_json& game, const std::string& decision_maker);
[[nodiscard]] std::vector<std::string> called(const nlohmann::ordered_json& game,
                                              const nlohmann::ordered_json& decision_makers);
/// "the United States", "Iran and the United States together"; `mover`: ids joined by +
[[nodiscard]] std::string mover_words(const nlohmann::ordered_json& game, const std::string& mover);
/// What holds, who would leave the present and how; `brief`: without what was left out.
[[nodiscard]] std::string game_words(const nlohmann::ordered_json& game, bool brief);
/// Who is silent in the game and what becomes of that; "" where nobody is.
[[nodiscard]] std::string silence_words(const nlohmann::ordered_json& game);
/// Who must ratify joint moves, and what that does to them; "" where nobody must.
[[nodiscard]] std::string consent_words(const nlohmann::ordered_json& game);
/// {name: {low, high}} in words, one each: "b in 0 to 100 %".
[[nodiscard]] std::vector<std::string> open_shares(const nlohmann::ordered_json& game,
                                                   const nlohmann::ordered_json& bounds);
/// "the account holds no row on what Iran wants", of those who are silent; where rows name what is at stake
/// and put nothing in order: "the account puts in no order what Iran wants".
[[nodiscard]] std::string no_order_words(const nlohmann::ordered_json& game);
/// Names of those who are silent: "the United States and Iran".
[[nodiscard]] std::string silent_names(const nlohmann::ordered_json& game);
/// Where the answer pulls against that of the deals lens, one bullet each; empty where it does not.
[[nodiscard]] std::string against_words(const nlohmann::ordered_json& game);

/// What each side sees where rows give it a view of its own, and what follows; empty where they do not.
[[nodiscard]] std::string misperception_words(const nlohmann::ordered_json& game);
/// "iran in 75 % and us in 67 %", the largest first; empty shares left out.
[[nodiscard]] std::string mover_shares(const nlohmann::ordered_json& game,
                                       const nlohmann::ordered_json& shares);

/// The present in the readings that change a game and what is said of it, as a table.
[[nodiscard]] std::string readings_words(const nlohmann::ordered_json& columns);

}  // namespace parley::report
