// SPDX-License-Identifier: MIT
// The codes of all messages, from codes.def.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/control.hpp"
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
  explicit Report(std::vector<Diagnostic>& out, Control control = {})
      : out_(out), causes_(std::make_shared<std::map<std::string, Cause>>()), control_(control) {}
  /// What follows from faults that `like` has reported is not said again.
  Report(std::vector<Diagnostic>& out, const Report& like)
      : out_(out),
        causes_(std::make_shared<std::map<std::string, Cause>>(*like.causes_)),
        owner_(false),
        suggested_(like.suggested_),
        control_(like.control_) {}
  void add(const Code& code, Place place, std::string message, std::string hint = "");
  void add_again(const Diagnostic& diagnostic);  ///< one that another report has made
  [[nodiscard]] bool full() const;               ///< not even errors are kept any more
  [[nodiscard]] bool full_of_notes() const;      ///< no notes and warnings are kept any more

  /// Is `cause` (an unknown name, say) met for the first time? The message that is added next tells of it,
  /// and count_repeats() adds how often it was met again.
  bool first(const std::string& cause);
  /// Faults that follow from `cause`, which has been reported in another way, are not reported.
  void quiet(const std::string& cause);
  [[nodiscard]] bool is_quiet(const std::string& cause) const;
  void count_repeats();
  /// Asked in loops over rows: throws Stopped where the reading is to end.
  /// May another nearest name be looked for? Each is compared with every candidate: only the first ones are.
  [[nodiscard]] bool suggests() const;
  void keep_going() const { control_.check(); }
  [[nodiscard]] const Control& control() const { return control_; }

 private:
  struct Cause {
    std::size_t at = 0, repeats = 0;  ///< the message's place in out_
    bool said = false;                ///< by a message of this report
  };
  std::vector<Diagnostic>& out_;
  std::shared_ptr<std::map<std::string, Cause>> causes_;
  bool owner_ = true;
  std::shared_ptr<std::size_t> suggested_ = std::make_shared<std::size_t>(0);
  Control control_;
};

/// The cause (Report::quiet) of what follows from a field that was there and could not be read.
[[nodiscard]] inline std::string failed_field(const std::string& row, std::string_view field) {
  return "field:" + row + "." + std::string(field);
}

/// "`a`, `b` or `c`"; past a hundred words the rest is counted.
[[nodiscard]] std::string word_list(std::span<const std::string> words, std::string_view last = "or");
/// "did you mean `x`?" where a candidate is near, else `otherwise`.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> candidates,
                                       std::string otherwise = "");

}  // namespace parley::language
