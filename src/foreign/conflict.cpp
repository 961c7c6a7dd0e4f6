// SPDX-License-Identifier: MIT
#include "foreign/conflict.hpp"

#include <fmt/format.h>

#include <array>

#include "foreign/conflict_parts.hpp"
#include "foreign/limits.hpp"
#include "foreign/slurp.hpp"

namespace parley::foreign {
namespace {

constexpr std::array<std::string_view, 3> kPacked = {"preferenceRanking", "preferenceVector",
                                                     "ranking_best_first"};

bool ends_with_gmcr(const std::string& name) { return name.size() > 5 && name.ends_with(".gmcr"); }

}  // namespace

bool recognise_conflict(const std::filesystem::path& path) {
  const std::string start = start_of_file(path);
  if (!own_schema(start).empty()) return false;  // answers name decision makers, too
  if (ends_with_gmcr(path.filename().string())) return true;
  const std::string_view text = without_mark(start);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return false;
  return text.find("\"decisionMakers\"") != std::string_view::npos ||
         text.find("\"decision_makers\"") != std::string_view::npos;
}

ConflictReading read_conflict_text(const std::string& path, const std::string& text) {
  ConflictReading reading;
  Messages messages;
  const auto top = read_json(path, text, messages, kPacked, kConflictBytes);
  if (top) {
    ConflictParts parts(path, text, messages);
    if (!top->is(Json::Kind::object))
      parts.wrong(top->at, "wrong-type",
                  fmt::format("the file holds a {}; an object was expected", kind_name(top->kind)));
    else if (top->member("decisionMakers") != nullptr)
      read_option_form(parts, *top, reading.game, reading.space);
    else if (top->member("decision_makers") != nullptr)
      read_case(parts, *top, reading.game, reading.space);
    else
      parts.wrong(top->at, "missing-key", "there are neither `decisionMakers` nor `decision_makers`",
                  "an option-form file (.gmcr) has the first, a conflict case the second");
  }
  if (!messages.ok()) reading.space.reset();
  reading.diagnostics = messages.take();
  return reading;
}

ConflictReading read_conflict(const std::filesystem::path& path) {
  Messages messages;
  std::size_t total = 0;
  const auto text = slurp(path, total, messages, kConflictBytes);
  if (text) return read_conflict_text(path.string(), *text);
  ConflictReading reading;
  reading.diagnostics = messages.take();
  return reading;
}

}  // namespace parley::foreign
