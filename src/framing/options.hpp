// SPDX-License-Identifier: MIT
// The disputed choices of framing, each named, with its default. docs/methods/framing.md says what each one
// means.
#pragma once
#include <gmpxx.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/control.hpp"

namespace parley::framing {

struct Options {
  std::string binding = "insists";  ///< insists | presses | none: the weakest stance that binds (rule 3)
  std::string no_deal = "outlook";  ///< outlook | status_quo (rule 8)
  std::string between = "nearer";   ///< nearer | stated: are levels nearer to a wanted one better? (rule 4)
  std::string threats =
      "lifted";  ///< lifted | literal: does an agreement its maker signs lift a threat? (rule 9)
  std::string groups = "surely";  ///< surely | perhaps: which members a group has (rule 10)
  mpq_class consequences_low{0};  ///< total weight of consequences, lowest and highest (rule 4)
  mpq_class consequences_high{1, 2};
  std::string split;  ///< self-test: the issue whose scale is cut in two
  /// When to stop: no choice of modelling, and no answer hangs on it. What is framed when it says stop throws
  /// Stopped.
  Control control = {};
};

struct OptionSpec {
  std::string_view name, values, doc;
};
[[nodiscard]] const std::vector<OptionSpec>& option_specs();
/// Sets one option from text; a sentence that says what is wrong, or "".
[[nodiscard]] std::string set_option(Options& options, std::string_view name, std::string_view value);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> option_values(const Options& options);

}  // namespace parley::framing
