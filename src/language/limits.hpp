// SPDX-License-Identifier: MIT
// What a text may ask for at most. Everything beyond is refused with a message that names the limit.
#pragma once
#include <cstddef>

namespace parley::language {

inline constexpr std::size_t kFileBytes = 4UL << 20;      ///< one file
inline constexpr std::size_t kAccountBytes = 16UL << 20;  ///< all files of an account
inline constexpr std::size_t kAccountFiles = 1'000;
inline constexpr std::size_t kLineLength = 100'000;  ///< code points
inline constexpr int kYamlDepth = 32;                ///< maps and lists inside each other
inline constexpr std::size_t kYamlNodes = 400'000;   ///< maps, lists and texts of one file
inline constexpr std::size_t kRows = 20'000;         ///< of an account
inline constexpr std::size_t kAlternatives = 500;
inline constexpr std::size_t kPatchedRows = 500'000;  ///< rows times readings times rivals
/// A condition is written out where it is read: groups member by member, `at least n of` way by way, names by
/// what they stand for. Parts of one, of all of an account, and of all of its readings and rivals.
inline constexpr std::size_t kConditionParts = 200'000;
inline constexpr std::size_t kAccountParts = 1'000'000;
inline constexpr std::size_t kPatchedParts = 10'000'000;
inline constexpr std::size_t kSuggestions = 200;         ///< nearest names that are looked for in one reading
inline constexpr std::size_t kDiagnosticsKept = 1'000;   ///< of one reading
inline constexpr std::size_t kDiagnosticsPrinted = 200;  ///< the rest is counted

}  // namespace parley::language
