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
inline constexpr std::size_t kPatchedRows = 2'000'000;   ///< rows times alternatives
inline constexpr std::size_t kDiagnosticsKept = 1'000;   ///< of one reading
inline constexpr std::size_t kDiagnosticsPrinted = 200;  ///< the rest is counted

}  // namespace parley::language
