// SPDX-License-Identifier: MIT
// Test cases of the language as text files: what is read, and which messages come back.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace parley::testing {

/// Lines that begin with `=== ` steer:
///   === file NAME         what follows is that file's text
///   === fill COUNT TEXT   in place of a line: four blanks, and the text COUNT times
///   === bytes 0a ff       in place of a line: these bytes
///   === source ID         what follows is the text of the source ID
///   === path NAME         nothing is read but this path, in a folder that holds only what follows
///   === on-disk NAME      what follows is the text of this file there; folders in NAME are made
///   === expect            one message a line, `[NAME:]line:column severity code`; `*` = whatever, but the
///   case's code
struct Case {
  std::vector<std::pair<std::string, std::string>> files, sources, on_disk;
  std::string path;
  std::vector<std::string> expected;
};

inline Case read_case(const std::filesystem::path& path) {
  std::ifstream stream(path);
  Case result;
  std::string line;
  std::string* target = nullptr;
  bool expect = false;
  while (std::getline(stream, line)) {
    std::istringstream words(line);
    std::string mark, kind, name;
    if (line.rfind("=== ", 0) == 0) words >> mark >> kind >> name;
    if (kind == "file" || kind == "source" || kind == "on-disk") {
      auto& list = kind == "file" ? result.files : kind == "source" ? result.sources : result.on_disk;
      list.emplace_back(name, "");
      target = &list.back().second;
    } else if (kind == "path") {
      result.path = name;
    } else if (kind == "fill") {
      std::string text;
      words >> text;
      *target += "    ";
      for (int i = 0; i < std::stoi(name); ++i) *target += text;
      *target += "\n";
    } else if (kind == "bytes") {
      do {
        *target += static_cast<char>(std::stoi(name, nullptr, 16));
      } while (words >> name);
    } else if (kind == "expect") {
      expect = true;
    } else if (expect) {
      if (!line.empty()) result.expected.push_back(line);
    } else if (target != nullptr) {
      *target += line + "\n";
    }
  }
  return result;
}

inline std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(PARLEY_SOURCE_DIR) + "/tests/language/cases"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace parley::testing
