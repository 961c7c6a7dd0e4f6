// SPDX-License-Identifier: MIT
#include "report/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <list>

#include "report/own_file.hpp"
#include "report/temporary.hpp"

namespace parley::report {
namespace {

namespace fs = std::filesystem;

tl::unexpected<std::string> failed(const char* what, const fs::path& path, int error) {
  return tl::make_unexpected(fmt::format("cannot {} `{}`: {}", what, path.string(), std::strerror(error)));
}

tl::unexpected<std::string> not_ours(const fs::path& path, Own kind, const fs::path& named) {
  const bool other = kind == Own::answer ? is_sealed_file(path) : is_parley_result(path);
  if (other)
    return tl::make_unexpected(fmt::format(
        "`{}` is {} of parley, which {} does not replace; it is left as it is", named.string(),
        kind == Own::answer ? "a report" : "an answer", kind == Own::answer ? "an answer" : "a report"));
  return tl::make_unexpected(fmt::format(
      "`{}` is something that parley did not write, or that was changed since; it is left as it is",
      named.string()));
}

/// Of the files of a folder: JSON is an answer, everything else is sealed.
Own kind_of(const std::string& name) { return name.ends_with(".json") ? Own::answer : Own::sealed; }

/// A file that takes the place of another keeps its mode, and its owner where that may be given away.
void keep_mode(const Temporary& made, const fs::path& path) {
  struct stat old = {};
  if (::lstat(path.c_str(), &old) != 0 || !S_ISREG(old.st_mode)) return;
  struct stat own = {};
  if (::fstat(made.descriptor(), &own) == 0 && (own.st_uid != old.st_uid || own.st_gid != old.st_gid) &&
      ::fchown(made.descriptor(), old.st_uid, old.st_gid) != 0)
    (void)::fchown(made.descriptor(), static_cast<uid_t>(-1), old.st_gid);
  (void)::fchmod(made.descriptor(), old.st_mode & 0777U);
}

bool write_all(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(descriptor, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

/// A pipe or a device. Opened without waiting: a pipe without a reader is an error and no endless wait.
Written write_as_it_stands(const fs::path& place, const std::string& text) {
  const int descriptor = ::open(place.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0 && errno == ENXIO)
    return tl::make_unexpected(fmt::format("`{}` is a pipe that nobody reads", place.string()));
  if (descriptor < 0) return failed("write", place, errno);
  (void)::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  const bool written = write_all(descriptor, text);
  const int error = errno;
  const bool closed = ::close(descriptor) == 0;
  if (!written) return failed("write", place, error);
  if (!closed) return failed("write", place, errno);
  return {};
}

/// The text into a temporary file for `path` and on to the disk. Errors name `place`, which the user knows.
Written fill(const Temporary& made, const fs::path& path, const fs::path& place, const std::string& text) {
  if (made.descriptor() < 0) return failed("write", place, made.error());
  keep_mode(made, path);  // before there is anything to be read
  if (!write_all(made.descriptor(), text)) return failed("write", place, errno);
  if (::fsync(made.descriptor()) != 0) return failed("write", place, errno);
  return {};
}

/// A rename is kept only once the folder that holds the name is on the disk. Some file systems refuse: no
/// matter.
void sync_folder(const fs::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  (void)::fsync(handle);
  (void)::close(handle);
}

bool rename_by(const fs::path& from, const fs::path& to, unsigned flags) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0;
}

/// Where a file system can neither refuse to replace nor exchange.
Written put_simply(Temporary& made, const fs::path& path, Own kind) {
  if (!is_replaceable(path, kind)) return not_ours(path, kind, path);
  if (::rename(made.path().c_str(), path.c_str()) != 0) return failed("write", path, errno);
  made.keep();
  return {};
}

/// Puts the file in its place. What stood there is exchanged for it and looked at before it is removed.
Written put_in_place(Temporary& made, const fs::path& path, Own kind) {
  constexpr int kMostTries = 1000;  // other writers may put theirs there, or take it away, in between
  for (int tries = 0; tries < kMostTries; ++tries) {
    if (rename_by(made.path(), path, RENAME_NOREPLACE)) {
      made.keep();
      return {};
    }
    if (errno == EINVAL || errno == ENOSYS) return put_simply(made, path, kind);
    if (errno != EEXIST) return failed("write", path, errno);
    if (!is_replaceable(path, kind)) return not_ours(path, kind, path);
    if (!rename_by(made.path(), path, RENAME_EXCHANGE)) {
      if (errno == ENOENT) continue;
      if (errno == EINVAL || errno == ENOSYS) return put_simply(made, path, kind);
      return failed("replace", path, errno);
    }
    if (is_replaceable(made.path(), kind)) return {};  // the old one goes with the temporary name
    if (!rename_by(made.path(), path, RENAME_EXCHANGE)) made.keep();
    return not_ours(path, kind, path);
  }
  return tl::make_unexpected(fmt::format("`{}` is being written by others all the time", path.string()));
}

/// The place behind symbolic links, so that a link stays a link.
fs::path behind_links(fs::path path) {
  constexpr int kMostLinks = 40;
  std::error_code error;
  // A link to what is not there is followed by hand: weakly_canonical() leaves it as it is.
  for (int links = 0; links < kMostLinks && fs::is_symlink(fs::symlink_status(path, error)); ++links) {
    const fs::path to = fs::read_symlink(path, error);
    if (error) break;
    path = folder_of(path) / to;
  }
  const fs::path real = fs::weakly_canonical(path, error);
  return error || real.empty() ? path : real;
}

/// A link that leads into a folder that is not there.
Written dangling(const fs::path& given, const fs::path& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(given, error)) || fs::exists(folder_of(path), error)) return {};
  return tl::make_unexpected(fmt::format("`{}` is a link to `{}`, and the folder of that is not there",
                                         given.string(), path.string()));
}

/// What can be said of a file before anything is written. `path` = the place behind links, or empty where
/// something that is no regular file is written to as it stands.
Written file_place(const fs::path& given, fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(given, error);
  if (status.type() == fs::file_type::none) return failed("write", given, error.value());
  if (fs::is_directory(status)) return tl::make_unexpected(fmt::format("`{}` is a folder", given.string()));
  if (fs::exists(status) && !fs::is_regular_file(status)) return {};
  path = behind_links(given);
  if (path.filename().empty()) return tl::make_unexpected(fmt::format("`{}` names no file", given.string()));
  if (const Written lost = dangling(given, path); !lost) return lost;
  if (!is_replaceable(path, Own::answer)) return not_ours(path, Own::answer, given);
  return {};
}

/// What can be said of a folder before anything is written. `there`: it exists.
Written folder_place(const fs::path& given, const std::vector<std::string>& names, fs::path& path,
                     bool& there) {
  path = behind_links(given.has_filename() ? given : given.parent_path());
  if (path.filename().empty() && !path.has_root_path())
    return tl::make_unexpected(fmt::format("`{}` names no folder", given.string()));
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::none) return failed("write", path, error.value());
  there = fs::exists(status);
  if (there && !fs::is_directory(status))
    return tl::make_unexpected(fmt::format("`{}` is there already and is no folder", path.string()));
  if (const Written lost = dangling(given, path); !lost) return lost;
  for (const std::string& name : names)
    if (there && !is_replaceable(path / name, kind_of(name)))
      return not_ours(path / name, kind_of(name), path / name);
  return {};
}

/// Held while files are put in place, so that two runs at once do not mix theirs. A lock that somebody holds
/// for seconds is not waited for: each file is whole all the same.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    constexpr int kMostWaits = 3000;
    for (int tries = 0; descriptor_ >= 0 && tries < kMostWaits; ++tries) {
      if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
      ::usleep(10'000);
    }
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  int descriptor_;
};

}  // namespace

Written prepare_file(const fs::path& given) {
  fs::path path;
  if (const Written place = file_place(given, path); !place) return place;
  if (path.empty()) return {};
  const Temporary made(path);
  if (made.descriptor() < 0) return failed("write", given, made.error());
  return {};
}

Written write_file(const fs::path& given, const std::string& text) {
  fs::path path;
  if (const Written place = file_place(given, path); !place) return place;
  if (path.empty()) return write_as_it_stands(given, text);
  sweep(path);
  Temporary made(path);
  if (const Written filled = fill(made, path, given, text); !filled) return filled;
  if (const Written placed = put_in_place(made, path, Own::answer); !placed) return placed;
  sync_folder(folder_of(path));
  return {};
}

Written prepare_folder(const fs::path& given, const std::vector<std::string>& names) {
  fs::path path;
  bool there = false;
  if (const Written place = folder_place(given, names, path, there); !place) return place;
  const fs::path probe = there && !names.empty() ? path / names.front() : path;
  sweep(probe);
  const Temporary made(probe);
  if (made.descriptor() < 0) return failed("write", path, made.error());
  return {};
}

Written write_folder(const fs::path& given, const FolderFiles& files) {
  fs::path path;
  bool there = false;
  std::vector<std::string> names;
  for (const auto& [name, text] : files) names.push_back(name);
  if (const Written place = folder_place(given, names, path, there); !place) return place;
  if (!there && ::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST) return failed("write", path, errno);
  std::list<Temporary> made;
  for (const auto& [name, text] : files) {
    sweep(path / name);
    if (const Written filled = fill(made.emplace_back(path / name), path / name, path / name, text);
        !filled) {
      made.clear();
      if (!there) (void)::rmdir(path.c_str());  // only where nothing has come into it
      return filled;
    }
  }
  const FolderLock lock(path);
  auto next = made.begin();
  for (const std::string& name : names)
    if (const Written placed = put_in_place(*next++, path / name, kind_of(name)); !placed) return placed;
  sync_folder(path);
  if (!there) sync_folder(folder_of(path));
  return {};
}

}  // namespace parley::report
