// SPDX-License-Identifier: MIT
// Runs a fuzz target on every file of some folders, in byte order of the names: seeds and kept findings as a
// test.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/input.hpp"

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i], failed))
      if (entry.is_regular_file()) files.push_back(entry.path());
    if (failed) return std::fprintf(stderr, "cannot list %s\n", argv[i]), 1;
  }
  if (files.empty()) return std::fputs("usage: replay FOLDER..., with files in them\n", stderr), 2;
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);  // so that a crash comes after the name of its input
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  }
}
