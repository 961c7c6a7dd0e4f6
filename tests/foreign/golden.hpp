// SPDX-License-Identifier: MIT
// The golden negotiation domains, which live outside the repository (PARLEY_SHARED), and what is known about
// them.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace parley::testing {

/// golden/deals, or an empty path when the shared data are absent.
inline std::filesystem::path golden_deals() {
  const char* shared = std::getenv("PARLEY_SHARED");
  const std::filesystem::path root =
      (shared != nullptr ? std::filesystem::path(shared)
                         : std::filesystem::path(PARLEY_SOURCE_DIR) / ".." / "shared") /
      "golden" / "deals";
  return std::filesystem::is_directory(root / "domains") ? root : std::filesystem::path();
}

inline nlohmann::json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  return nlohmann::json::parse(file);
}

}  // namespace parley::testing

/// Skips loudly when the shared data are absent.
#define PARLEY_NEEDS_GOLDEN() \
  if (parley::testing::golden_deals().empty()) GTEST_SKIP() << "no golden data: set PARLEY_SHARED"
