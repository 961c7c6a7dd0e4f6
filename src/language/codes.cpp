// SPDX-License-Identifier: MIT
#include "language/codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/characters.hpp"
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

bool Report::first(const std::string& cause) {
  const auto [known, fresh] = causes_->try_emplace(cause);
  if (!fresh) ++known->second.repeats;
  if (fresh && owner_) known->second = {out_.size(), 0, true};
  return fresh;
}

void Report::quiet(const std::string& cause) { causes_->try_emplace(cause); }

bool Report::is_quiet(const std::string& cause) const { return causes_->contains(cause); }

void Report::count_repeats() {
  for (const auto& [cause, seen] : *causes_) {
    if (seen.repeats == 0 || !seen.said || seen.at >= out_.size()) continue;
    out_[seen.at].message +=
        fmt::format(" ({} more {} {})", seen.repeats, seen.repeats == 1 ? "place" : "places",
                    seen.repeats == 1 ? "names it" : "name it");
  }
}

/// Warnings and notes alone do not fill it: they stop earlier, so that the errors behind them are still seen.
bool Report::suggests() const { return (*suggested_)++ < kSuggestions; }

bool Report::full() const { return out_.size() >= kDiagnosticsKept; }
bool Report::full_of_notes() const { return out_.size() >= kDiagnosticsKept / 2; }

std::string word_list(std::span<const std::string> words, std::string_view last) {
  constexpr std::size_t kShown = 100;  // a list of fields or blocks is whole
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
  if (const auto near = expression::nearest(expression::plain_text(name), candidates))
    return fmt::format("did you mean `{}`?", *near);
  const std::string strange = expression::strange_words(name);
  if (!strange.empty()) return strange;
  return otherwise;
}

}  // namespace parley::language
