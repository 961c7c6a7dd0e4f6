// SPDX-License-Identifier: MIT
// Runs the real binary and collects what it says.
#pragma once
#include <string>
#include <vector>

namespace parley::testing {

struct Said {
  int exit = -1;  ///< exit code; 128 + N when signal N ended it
  std::string out, err;
};

struct RunOptions {
  int interrupt_after_ms = 0;    ///< send SIGINT after so long (0 = never)
  std::size_t memory_bytes = 0;  ///< limit of the address space (0 = none)
  bool close_stdout = false;     ///< the reader of standard output goes away at once
  std::string stdout_to = {};    ///< a path that standard output goes to instead
};

[[nodiscard]] Said run_parley(const std::vector<std::string>& arguments, const RunOptions& options = {});

/// A new empty folder that is removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Writes a file in it and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

}  // namespace parley::testing
