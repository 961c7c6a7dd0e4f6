// SPDX-License-Identifier: MIT
// Temporary files beside the place that they are made for, and what killed writers left of them.
//
// Name: `.NAME.parley-RANDOM-CHECK.tmp`, RANDOM 16 hexadecimal digits from the system's random source, CHECK
// a hash of NAME and RANDOM. So two writers never meet, whatever their process ids, and a name that Parley
// did not give is never taken for one that it did. A living writer holds a lock (flock) on its file; the
// kernel lets go of it when the writer is killed. Where the file system knows no locks nothing is ever swept
// away.
#pragma once
#include <filesystem>
#include <string>

namespace parley::report {

/// A file that exists, under a name that nobody else has, locked by this writer. Removed at the end, unless
/// it has been renamed away.
class Temporary {
 public:
  /// Beside `place`. After a failure `descriptor()` is below 0 and `error()` is the errno.
  explicit Temporary(const std::filesystem::path& place);
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] int error() const { return error_; }
  /// The file is now in its place: there is nothing left to remove.
  void keep() { path_.clear(); }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1, error_ = 0;
};

/// The folder that holds `path`.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// Removes what killed writers left beside `place`: files whose name this module gave and that nobody holds.
/// Nothing that fails here matters.
void sweep(const std::filesystem::path& place);

/// Is it a name that a Temporary for a file called `name` could have?
[[nodiscard]] bool is_temporary_name(const std::string& candidate, const std::string& name);

}  // namespace parley::report
