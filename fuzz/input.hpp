// SPDX-License-Identifier: MIT
// What the fuzz targets share.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace parley::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// An input that is several files: each stands under a line "=== file NAME", what stands under any other "===
/// " line is left out (as in tests/language/cases). A text without such lines is one file, called `name`.
inline std::vector<std::pair<std::string, std::string>> as_files(std::string_view text, std::string name) {
  constexpr std::string_view kHead = "=== ", kFile = "=== file ";
  std::vector<std::pair<std::string, std::string>> files{{std::move(name), ""}};
  bool headed = false, kept = true;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    if (!line.starts_with(kHead)) {
      if (kept) files.back().second.append(line).push_back('\n');
      continue;
    }
    kept = line.starts_with(kFile);
    if (!kept) continue;
    if (!headed) files.clear();
    headed = true;
    files.emplace_back(line.substr(kFile.size()), "");
  }
  return files;
}

/// A property that every input must have; says which one was broken before it ends the program.
inline void require(bool holds, std::string_view what, std::string_view seen = {}) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n%s\n", std::string(what).c_str(), std::string(seen).c_str());
  std::abort();
}

}  // namespace parley::fuzz
