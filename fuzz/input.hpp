// SPDX-License-Identifier: MIT
// What the fuzz targets share.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace parley::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A property that every input must have; says which one was broken before it ends the program.
inline void require(bool holds, std::string_view what, std::string_view seen = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n%s\n", std::string(what).c_str(), std::string(seen).c_str());
  std::abort();
}

}  // namespace parley::fuzz
