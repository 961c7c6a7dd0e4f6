// SPDX-License-Identifier: MIT
// How much a foreign file may ask for. Each limit ends in an error that names it; none is reached by the
// domains of the automated negotiation competitions (the largest has 30 issues of 10 options and 60
// rectangles).
#pragma once
#include <cstddef>
#include <cstdint>

namespace parley::foreign {

inline constexpr std::size_t kFileBytes = std::size_t{32} << 20;     ///< one file
inline constexpr std::size_t kFolderBytes = std::size_t{256} << 20;  ///< all files of a folder together
inline constexpr std::size_t kFolderEntries = 100'000;               ///< names in a folder
inline constexpr std::size_t kMarks = 4'000'000;                     ///< tags and attributes of one XML file
inline constexpr std::size_t kAttributes = 100;                      ///< of one tag
inline constexpr std::size_t kRepairBytes = std::size_t{128} << 20;  ///< read again for slips of one XML file
inline constexpr std::size_t kRepairs = 2'000;                       ///< of slips in one XML file
inline constexpr std::size_t kJsonValues = 500'000;                  ///< of one JSON file
inline constexpr int kDepth = 64;  ///< elements within elements; brackets within brackets in JSON
inline constexpr int kIssues = 1'000;
inline constexpr int kOptions = 10'000;  ///< of one issue
inline constexpr int kParties = 1'000;
inline constexpr int kRectangles = 10'000;  ///< of one party
inline constexpr int kConstraints = 10'000;
inline constexpr std::uint64_t kTableValues =
    4'000'000;                        ///< option values of all parties, options in all bounds / 64
inline constexpr int kDigits = 40;    ///< of a decimal number, leading zeros apart
inline constexpr int kExponent = 60;  ///< of a decimal number, either sign
inline constexpr std::size_t kConflictBytes = std::size_t{256} << 20;  ///< one conflict file (.gmcr, .json)
inline constexpr std::size_t kConflictLiterals = 200'000;  ///< in all patterns and statements together
inline constexpr std::size_t kErrors = 100;                ///< messages that are kept

}  // namespace parley::foreign
