// SPDX-License-Identifier: MIT
#include "language/codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/nearest.hpp"
#include "language/limits.hpp"

namespace parley::language {

std::string Code::text() const {
  std::string result(name);
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

std::span<const Code> all_codes() {
  static constexpr Code kAll[] = {
#define PARLEY_CODE(name, severity, doc) code::name,
#include "language/codes.def"
#undef PARLEY_CODE
  };
  return kAll;
}

void Report::add(const Code& code, Place place, std::string message, std::string hint) {
  if (full() || (code.severity != Severity::error && full_of_notes())) return;
  out_.push_back({code.severity, code.text(), std::move(message), std::move(hint), place, {}});
}

void Report::add_again(const Diagnostic& diagnostic) {
  if (!full()) out_.push_back(diagnostic);
}

/// Warnings and notes alone do not fill it: they stop earlier, so that the errors behind them are still seen.
bool Report::full() const { return out_.size() >= kDiagnosticsKept; }
bool Report::full_of_notes() const { return out_.size() >= kDiagnosticsKept / 2; }

std::string word_list(std::span<const std::string> words, std::string_view last) {
  constexpr std::size_t kShown = 12;
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == kShown) return text + fmt::format(" and {} more", words.size() - kShown);
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    text += fmt::format("`{}`", words[i]);
  }
  return text;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates,
                         std::string otherwise) {
  if (const auto near = expression::nearest(name, candidates))
    return fmt::format("did you mean `{}`?", *near);
  return otherwise;
}

}  // namespace parley::language
