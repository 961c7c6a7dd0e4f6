// SPDX-License-Identifier: MIT
// Does an answer contradict itself? One function looks at every answer before it leaves, whichever command
// gives it: a proof against the drawn share, one section against another, a quantity that is printed twice. A
// hit is a fault of Parley, never of the account: the answer is withdrawn.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace parley::report {

struct Contradiction {
  std::string rule;                ///< "proof-against-share", "package-against-zone", ...
  std::vector<std::string> where;  ///< JSON pointers of the objects that clash
  std::string words;               ///< one sentence
};

/// At most `kMostContradictions`, in the order of the object.
[[nodiscard]] std::vector<Contradiction> contradictions_in(const nlohmann::ordered_json& answer);
inline constexpr std::size_t kMostContradictions = 50;

/// Marks the objects that clash `withdrawn`, and takes away what they said (null).
void withdraw(nlohmann::ordered_json& answer, const std::vector<Contradiction>& found);
[[nodiscard]] nlohmann::ordered_json contradictions_json(const std::vector<Contradiction>& found);

}  // namespace parley::report
