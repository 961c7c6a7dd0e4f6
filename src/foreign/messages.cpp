// SPDX-License-Identifier: MIT
#include "foreign/messages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "expression/nearest.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

constexpr std::size_t kShownBytes = 80;
constexpr std::size_t kListedNames = 6;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

void Messages::add(Severity severity, std::size_t& count, const Spot& spot, std::string code,
                   std::string message, std::string hint) {
  if (++count > kErrors) return;
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.place = spot.place;
  diagnostic.file = spot.file;
  kept_.push_back(std::move(diagnostic));
}

std::string Messages::hint(std::string_view name, const std::vector<std::string>& known) const {
  return errors_ < kErrors ? suggestion(name, known) : "";
}

void Messages::error(const Spot& spot, std::string code, std::string message, std::string hint) {
  add(Severity::error, errors_, spot, std::move(code), std::move(message), std::move(hint));
}

void Messages::warning(const Spot& spot, std::string code, std::string message, std::string hint) {
  add(Severity::warning, warnings_, spot, std::move(code), std::move(message), std::move(hint));
}

void Messages::note(const Spot& spot, std::string code, std::string message, std::string hint) {
  add(Severity::note, notes_, spot, std::move(code), std::move(message), std::move(hint));
}

std::vector<Diagnostic> Messages::take() {
  const std::size_t dropped = errors_ + warnings_ + notes_ - kept_.size();
  if (dropped > 0) {
    Diagnostic more;
    more.severity = Severity::note;
    more.code = "more-messages";
    more.message = fmt::format("{} more messages of the same kinds are not shown", dropped);
    kept_.push_back(std::move(more));
  }
  return std::move(kept_);
}

std::string shown(std::string_view name) {
  if (name.size() <= kShownBytes) return std::string(name);
  std::size_t end = kShownBytes;
  while (end > 0 && continues(name[end])) --end;
  return std::string(name.substr(0, end)) + "...";
}

std::string name_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    const bool quoted = name.find(',') != std::string::npos;
    list += fmt::format("{}{}", list.empty() ? "" : ", ", quoted ? '"' + shown(name) + '"' : shown(name));
  }
  return list;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& known) {
  if (const auto near = expression::nearest(name, known))
    return fmt::format("did you mean `{}`?", shown(*near));
  if (known.empty() || known.size() > kListedNames) return "";
  return "known: " + name_list(known);
}

}  // namespace parley::foreign
