// SPDX-License-Identifier: MIT
// Where the readers of foreign formats put what they find wrong.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "expression/diagnostic.hpp"

namespace parley::foreign {

/// A stretch of a file, for messages.
struct Spot {
  std::string file;
  Place place;
};

/// Collects messages; keeps the first kErrors of each severity (limits.hpp) and counts the rest.
class Messages {
 public:
  void error(const Spot& spot, std::string code, std::string message, std::string hint = "");
  void warning(const Spot& spot, std::string code, std::string message, std::string hint = "");
  void note(const Spot& spot, std::string code, std::string message, std::string hint = "");

  [[nodiscard]] bool ok() const { return errors_ == 0; }
  /// The hint of the next error (see suggestion), while it would be kept: looking through thousands of names
  /// for thousands of errors that nobody will read takes too long.
  [[nodiscard]] std::string hint(std::string_view name, const std::vector<std::string>& known) const;
  [[nodiscard]] std::size_t errors() const { return errors_; }
  /// Everything that was kept, in the order of its coming, and a line about what was not.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  void add(Severity severity, std::size_t& count, const Spot& spot, std::string code, std::string message,
           std::string hint);

  std::vector<Diagnostic> kept_;
  std::size_t errors_ = 0, warnings_ = 0, notes_ = 0;
};

/// A name in a message: cut when it is long.
[[nodiscard]] std::string shown(std::string_view name);

/// `a, b, "c, d"`: names that hold a comma stand in quotation marks, as an option takes them.
[[nodiscard]] std::string name_list(const std::vector<std::string>& names);

/// "did you mean `x`?", or a list of a few known names, or nothing.
[[nodiscard]] std::string suggestion(std::string_view name, const std::vector<std::string>& known);

}  // namespace parley::foreign
