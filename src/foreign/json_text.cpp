// SPDX-License-Identifier: MIT
#include "foreign/json_text.hpp"

namespace parley::foreign {
namespace {

/// The offset behind the string that starts at `at` (a quotation mark).
std::size_t behind_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return text.size();
}

}  // namespace

JsonScan scan_json(std::string_view text, std::string_view member, int depth) {
  JsonScan scan;
  scan.deepest = std::string_view::npos;
  int level = 0;
  bool inside = false;  // the array that is looked for
  std::string_view last;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t end = behind_string(text, at);
      if (level == 1) last = text.substr(at + 1, end - at - 1);
      at = end - 1;
    } else if (c == '[' || c == '{') {
      if (c == '{' && inside && level == 2) scan.elements.push_back(at);
      if (c == '[' && level == 1 && last.substr(0, last.rfind('"')) == member) inside = true;
      if (++level > depth && scan.deepest == std::string_view::npos) scan.deepest = at;
    } else if (c == ']' || c == '}') {
      if (--level == 1) inside = false;
    }
  }
  return scan;
}

}  // namespace parley::foreign
