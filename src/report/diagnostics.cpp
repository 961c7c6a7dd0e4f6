// SPDX-License-Identifier: MIT
#include "report/diagnostics.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace parley::report {
namespace {

const char* word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

}  // namespace

std::string printable(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f)
      result += c;
    else if (c == '\n' || c == '\t')
      result += ' ';
    else
      result += '?';
  }
  return result;
}

std::string diagnostic_text(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file.empty() ? std::string("parley") : printable(diagnostic.file);
  if (!diagnostic.file.empty() && diagnostic.place.line > 0)
    text += fmt::format(":{}:{}", diagnostic.place.line, diagnostic.place.column);
  text += fmt::format(": {}: {}", word(diagnostic.severity), printable(diagnostic.message));
  if (!diagnostic.code.empty()) text += fmt::format(" [{}]", diagnostic.code);
  text += '\n';
  if (!diagnostic.hint.empty()) text += fmt::format("  hint: {}\n", printable(diagnostic.hint));
  return text;
}

nlohmann::ordered_json diagnostics_json(const std::vector<Diagnostic>& diagnostics) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Diagnostic& d : diagnostics) {
    list.push_back({{"file", d.file},
                    {"line", d.place.line},
                    {"column", d.place.column},
                    {"severity", word(d.severity)},
                    {"code", d.code},
                    {"message", d.message},
                    {"hint", d.hint}});
  }
  return list;
}

}  // namespace parley::report
