// SPDX-License-Identifier: MIT
// Inputs that a program may take long over: at the limits of what is read, or made to multiply.
#pragma once
#include <string>
#include <vector>

namespace parley::testing {

struct HostileInput {
  std::string name;
  std::string path;                            ///< what a command is given
  std::vector<std::vector<std::string>> uses;  ///< commands with their flags, without the path
};

/// Writes all of them into `folder`. `size` scales them: 1 is near the limits, 0.02 a sample of the same
/// kinds.
[[nodiscard]] std::vector<HostileInput> hostile_inputs(const std::string& folder, double size);

}  // namespace parley::testing
