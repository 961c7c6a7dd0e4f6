// SPDX-License-Identifier: MIT
// Temporary files and folders beside the place that they are made for, and what killed writers left of them.
//
// Names: `.NAME.parley-PID-N.tmp` is something unfinished or no longer wanted; `.NAME.parley-PID-N.old` is a
// whole result that was moved aside, for as long as nothing stands in its place. A living writer holds a lock
// (flock) on what it works with, and the kernel lets go of it when the writer is killed.
#pragma once
#include <filesystem>

namespace parley::report {

/// An advisory lock on a file or folder, held while this lives. Where the file system knows no locks, or
/// nothing is there, nothing is held.
class Lock {
 public:
  Lock() = default;
  explicit Lock(const std::filesystem::path& path);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();
  [[nodiscard]] bool held() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

/// A name of the first kind. What is made under it is removed at the end, unless it has been renamed.
class Temporary {
 public:
  /// Beside `place`; nothing is made yet.
  explicit Temporary(const std::filesystem::path& place);
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Call once the file or folder is there.
  void lock() { lock_ = Lock(path_); }

 private:
  std::filesystem::path path_;
  Lock lock_;
};

/// A name of the second kind beside `place`.
[[nodiscard]] std::filesystem::path aside_name(const std::filesystem::path& place);

/// The folder that holds `path`.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

/// After writers that were killed: a result that had been moved aside goes back to `place` if nothing (or an
/// empty folder) stands there. Nothing that fails here matters.
void restore(const std::filesystem::path& place);

/// Removes what killed writers left beside `place`: unfinished things, and results moved aside that have been
/// replaced (`replaced`: a whole result stands in `place`). Nothing that fails here matters.
void sweep(const std::filesystem::path& place, bool replaced);

}  // namespace parley::report
