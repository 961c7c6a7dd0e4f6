// SPDX-License-Identifier: MIT
// What framing takes at most, and why. Beyond a limit it says so by name and answers nothing rather than
// something wrong. docs/limits.md lists them; a test compares.
#pragma once
#include <cstddef>

namespace parley::framing {

// Conditions (the language refuses an account that passes these before it comes here).
inline constexpr std::size_t kMostParts = 200'000;  ///< of one condition, its groups and names written out
inline constexpr std::size_t kMostPairs =
    20'000;  ///< of actors in all relations together: each is a variable

// Tables.
inline constexpr std::size_t kMostPackages = 200'000;  ///< products of the levels on one table
inline constexpr std::size_t kMostWithin =
    5'000;  ///< packages within all limits that are worked out where the table has more than kMostPackages
inline constexpr std::size_t kMostResolutions =
    256;  ///< ways to settle unknown starts and signs; beyond: a sample
inline constexpr std::size_t kMostParties =
    12;  ///< who sign at one table: sets of conflicts grow with 2^parties
inline constexpr std::size_t kMostCases = 400'000;  ///< packages times resolutions
/// Where everything stands after every branch of every case: four bytes each while a table is framed.
inline constexpr std::size_t kMostCaseLevels = 100'000'000;
inline constexpr std::size_t kMostPlaced =
    2'000'000;  ///< packages of a table that named packages fit, in all

// Games.
inline constexpr std::size_t kMostFocus = 12;           ///< issues that are chosen where none are named
inline constexpr std::size_t kDefaultStates = 1'024;    ///< of a game whose focus was chosen
inline constexpr std::size_t kMostGameStates = 16'384;  ///< of a game whose focus was named
inline constexpr std::size_t kMostGameMoves = std::size_t{1} << 22;
inline constexpr std::size_t kMostSettlements = 256;        ///< ways to settle unknown starts and signs
inline constexpr std::size_t kMostGameLevels = 64'000'000;  ///< levels kept while framing

}  // namespace parley::framing
