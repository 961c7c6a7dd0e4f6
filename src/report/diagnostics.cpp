// SPDX-License-Identifier: MIT
#include "report/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "expression/characters.hpp"

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

namespace {

/// Every character of a text that is shown, through `put`; the others through `hide`.
template <class Put, class Hide>
void each_character(const std::string& text, Put put, Hide hide) {
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, width] = expression::decode(text, at);
    if (width == 0 || expression::unseen(point, before))
      hide(point, width == 0);
    else
      put(std::string_view(text).substr(at, width), point);
    before = width == 0 ? U'?' : point;
    at += std::max<std::size_t>(width, 1);
  }
}

}  // namespace

std::string printable(const std::string& text) {
  std::string result;
  each_character(
      text,
      [&](std::string_view bytes, char32_t point) {
        if (point == '\n' || point == '\t')
          result += ' ';
        else
          result += bytes;
      },
      [&](char32_t, bool) { result += '?'; });
  return result;
}

std::string visible(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  each_character(
      text, [&](std::string_view bytes, char32_t) { result += bytes; },
      [&](char32_t, bool) { result += '?'; });
  return result;
}

std::string visible_json(const std::string& json) {
  std::string result;
  result.reserve(json.size());
  each_character(
      json, [&](std::string_view bytes, char32_t) { result += bytes; },
      [&](char32_t point, bool wrong) {
        if (wrong) {
          result += '?';
        } else if (point < 0x10000) {
          result += fmt::format("\\u{:04x}", static_cast<unsigned>(point));
        } else {
          const auto rest = static_cast<unsigned>(point) - 0x10000U;
          result += fmt::format("\\u{:04x}\\u{:04x}", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
        }
      });
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
