// SPDX-License-Identifier: MIT
#include "language/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <tuple>
#include <vector>

#include "language/limits.hpp"

namespace parley::language {
namespace {

constexpr std::size_t kWidest = 100;  // code points of a source line that are shown

std::vector<std::size_t> in_order(std::span<const Diagnostic> diagnostics) {
  std::vector<std::size_t> order(diagnostics.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Place& p = diagnostics[a].place;
    const Place& q = diagnostics[b].place;
    return std::tuple(p.file, p.line, p.column) < std::tuple(q.file, q.line, q.column);
  });
  return order;
}

const char* severity_word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "note";
}

/// Line `number` (from 1) of a text, without its break.
std::string_view line_of(std::string_view text, std::uint32_t number) {
  for (std::uint32_t line = 1; line < number; ++line) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string_view line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// The code points of a line; what cannot be shown becomes `?`, a tab one blank.
std::vector<std::string> points_of(std::string_view line) {
  std::vector<std::string> points;
  for (std::size_t at = 0; at < line.size();) {
    const auto lead = static_cast<unsigned char>(line[at]);
    std::size_t width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
    bool good = at + width <= line.size() && lead < 0xF5 && !(lead >= 0x80 && lead < 0xC2);
    for (std::size_t i = 1; good && i < width; ++i)
      good = (static_cast<unsigned char>(line[at + i]) & 0xC0U) == 0x80U;
    if (!good) width = 1;
    std::string point = good ? std::string(line.substr(at, width)) : "?";
    if (point == "\t") point = " ";
    if (point.size() == 1 && (static_cast<unsigned char>(point[0]) < 0x20 || point[0] == 0x7F)) point = "?";
    points.push_back(std::move(point));
    at += width;
  }
  return points;
}

std::string excerpt(const Diagnostic& diagnostic, std::string_view text) {
  const auto points = points_of(line_of(text, diagnostic.place.line));
  const std::size_t column = std::max<std::size_t>(diagnostic.place.column, 1) - 1;
  std::size_t begin = column > kWidest * 2 / 3 ? column - kWidest * 2 / 3 : 0;
  if (points.size() <= kWidest) begin = 0;
  const std::size_t end = std::min(points.size(), begin + kWidest);
  std::string shown = begin > 0 ? "..." : "";
  std::string marks(shown.size(), ' ');
  for (std::size_t i = begin; i < end; ++i) shown += points[i];
  if (end < points.size()) shown += "...";
  if (column >= begin) marks += std::string(std::min(column, end) - begin, ' ');
  const std::size_t room = end > column ? end - column : 1;
  marks += std::string(std::clamp<std::size_t>(diagnostic.place.length, 1, room), '^');
  const std::string number = fmt::format("{:>5}", diagnostic.place.line);
  return fmt::format("{} | {}\n{} | {}\n", number, shown, std::string(number.size(), ' '), marks);
}

std::string counted(std::size_t count, const char* word) {
  return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
}

}  // namespace

std::string diagnostics_text(std::span<const Diagnostic> diagnostics, std::span<const std::string> texts) {
  std::string out;
  std::size_t errors = 0, warnings = 0, shown = 0;
  for (const std::size_t i : in_order(diagnostics)) {
    const Diagnostic& d = diagnostics[i];
    errors += d.severity == Severity::error ? 1 : 0;
    warnings += d.severity == Severity::warning ? 1 : 0;
    if (shown == kDiagnosticsPrinted) continue;
    ++shown;
    out += fmt::format("{}:{}:{}: {}[{}]: {}\n", d.file, d.place.line, d.place.column,
                       severity_word(d.severity), d.code, d.message);
    if (d.place.line > 0 && d.place.file < texts.size()) out += excerpt(d, texts[d.place.file]);
    if (!d.hint.empty()) out += fmt::format("      = {}\n", d.hint);
  }
  if (diagnostics.size() > shown) out += fmt::format("... and {} more\n", diagnostics.size() - shown);
  if (errors + warnings > 0)
    out += fmt::format("{}, {}\n", counted(errors, "error"), counted(warnings, "warning"));
  return out;
}

std::string diagnostics_text(const Reading& reading) {
  return diagnostics_text(reading.diagnostics, reading.texts);
}

nlohmann::json diagnostics_json(std::span<const Diagnostic> diagnostics) {
  nlohmann::json list = nlohmann::json::array();
  for (const std::size_t i : in_order(diagnostics)) {
    const Diagnostic& d = diagnostics[i];
    list.push_back({{"file", d.file},
                    {"line", d.place.line},
                    {"column", d.place.column},
                    {"severity", severity_word(d.severity)},
                    {"code", d.code},
                    {"message", d.message},
                    {"hint", d.hint}});
  }
  return list;
}

}  // namespace parley::language
