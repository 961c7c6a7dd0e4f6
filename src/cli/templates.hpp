// SPDX-License-Identifier: MIT
// The accounts that `parley new` writes.
#pragma once
#include <string>
#include <vector>

namespace parley::cli {

struct Template {
  std::string name;
  std::string about;
  const char* text;  ///< @ stands for the account's name
};

/// The default first.
[[nodiscard]] const std::vector<Template>& templates();

[[nodiscard]] std::string filled(const Template& form, const std::string& name);

}  // namespace parley::cli
