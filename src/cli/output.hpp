// SPDX-License-Identifier: MIT
// What is printed, and where.
#pragma once
#include <mutex>
#include <string>

#include "cli/command.hpp"

namespace parley::cli {

/// The JSON object of an outcome: schema first, then the answer's keys, diagnostics last.
[[nodiscard]] std::string json_object(const std::string& command, const Outcome& outcome);

enum class Printed { whole, reader_gone, failed };

/// Everything to standard output.
[[nodiscard]] Printed print(const std::string& text);
/// The exit code of a command that would end with `exit`, once its answer has been printed.
[[nodiscard]] int exit_after(Printed printed, int exit);

/// A line for people on standard error; failures are ignored.
void complain(const std::string& line);

/// Progress on standard error, where that is a terminal: at most a few lines a second, wiped by `done`.
class Progress {
 public:
  Progress();
  void show(double share);
  void done();

 private:
  std::mutex mutex_;  // threads of a command may report
  bool terminal_ = false;
  bool shown_ = false;
  double began_ = 0, last_ = 0;
};

}  // namespace parley::cli
