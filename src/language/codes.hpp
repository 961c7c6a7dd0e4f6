// SPDX-License-Identifier: MIT
// The codes of all messages, from codes.def.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/diagnostic.hpp"

namespace parley::language {

struct Code {
  std::string_view name;  ///< with underscores
  Severity severity;
  std::string_view doc;
  [[nodiscard]] std::string text() const;  ///< with hyphens: "unknown-name"
};

namespace code {
#define PARLEY_CODE(name, severity, doc) inline constexpr Code name{#name, Severity::severity, doc};
#include "language/codes.def"
#undef PARLEY_CODE
}  // namespace code

[[nodiscard]] std::span<const Code> all_codes();

/// Where messages are collected. Past the limit of messages kept, only the first ones stay; whether there was
/// an error is never forgotten.
class Report {
 public:
  explicit Report(std::vector<Diagnostic>& out) : out_(out) {}
  void add(const Code& code, Place place, std::string message, std::string hint = "");
  void add_again(const Diagnostic& diagnostic);  ///< one that another report has made
  [[nodiscard]] bool full() const;               ///< not even errors are kept any more
  [[nodiscard]] bool full_of_notes() const;      ///< no notes and warnings are kept any more

 private:
  std::vector<Diagnostic>& out_;
};

/// "`a`, `b` or `c`"; past twelve words the rest is counted.
[[nodiscard]] std::string word_list(std::span<const std::string> words, std::string_view last = "or");
/// "did you mean `x`?" where a candidate is near, else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> candidates,
                                       std::string otherwise = "");

}  // namespace parley::language
