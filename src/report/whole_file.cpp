// SPDX-License-Identifier: MIT
#include "report/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace parley::report {
namespace {

namespace fs = std::filesystem;

tl::unexpected<std::string> failed(const char* what, const fs::path& path, int error) {
  return tl::make_unexpected(fmt::format("cannot {} `{}`: {}", what, path.string(), std::strerror(error)));
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

std::string temporary_prefix(const fs::path& path) { return "." + path.filename().string() + ".parley-"; }

fs::path temporary_name(const fs::path& path) {
  static std::atomic<int> count{0};
  return folder_of(path) / fmt::format("{}{}-{}.tmp", temporary_prefix(path), ::getpid(), count++);
}

/// The process of a temporary name, or 0.
pid_t owner_of(const std::string& name, const std::string& prefix) {
  if (name.rfind(prefix, 0) != 0 || name.size() < 5 || name.compare(name.size() - 4, 4, ".tmp") != 0)
    return 0;
  pid_t pid = 0;
  const char* begin = name.data() + prefix.size();
  const auto [end, error] = std::from_chars(begin, name.data() + name.size(), pid);
  return error == std::errc() && end != begin && *end == '-' ? pid : 0;
}

/// What a killed writer left behind. Nothing that fails here matters.
void sweep(const fs::path& path) {
  std::error_code ignored;
  const std::string prefix = temporary_prefix(path);
  for (fs::directory_iterator entry(folder_of(path), ignored), end; !ignored && entry != end;
       entry.increment(ignored)) {
    const pid_t pid = owner_of(entry->path().filename().string(), prefix);
    std::error_code no_matter;
    if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH) fs::remove_all(entry->path(), no_matter);
  }
}

/// An open file that closes itself; `close` reports what closing found.
class Handle {
 public:
  explicit Handle(int descriptor) : descriptor_(descriptor) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { (void)close(); }
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool close() {
    const int descriptor = descriptor_;
    descriptor_ = -1;
    return descriptor < 0 || ::close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

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

Written write_through(const fs::path& path, const std::string& text, int flags, bool to_disk) {
  Handle file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666));
  if (file.get() < 0) return failed("write", path, errno);
  if (!write_all(file.get(), text)) return failed("write", path, errno);
  if (to_disk && ::fsync(file.get()) != 0) return failed("write", path, errno);
  if (!file.close()) return failed("write", path, errno);
  return {};
}

/// A rename is kept only once the folder that holds the name is on the disk. Some file systems refuse: no
/// matter.
void sync_folder(const fs::path& folder) {
  Handle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() >= 0) (void)::fsync(handle.get());
}

/// Removes a temporary file or folder unless it has been moved to its place.
class Temporary {
 public:
  explicit Temporary(fs::path path) : path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Written check_replaceable(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status))
    return tl::make_unexpected(fmt::format("`{}` is there already and is no folder", path.string()));
  if (fs::is_empty(path, error) && !error) return {};
  if (holds_parley_manifest(path)) return {};
  return tl::make_unexpected(
      fmt::format("`{}` holds something that parley did not write; it is left as it is", path.string()));
}

Written put_in_place(const Temporary& made, const fs::path& path) {
  if (::rename(made.path().c_str(), path.c_str()) == 0) return {};  // nothing there, or an empty folder
  if (errno != ENOTEMPTY && errno != EEXIST) return failed("write", path, errno);
  if (::renameat2(AT_FDCWD, made.path().c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) return {};
  const Temporary old(temporary_name(path));
  if (::rename(path.c_str(), old.path().c_str()) != 0) return failed("replace", path, errno);
  if (::rename(made.path().c_str(), path.c_str()) == 0) return {};
  const int error = errno;
  (void)::rename(old.path().c_str(), path.c_str());  // put it back
  return failed("replace", path, error);
}

/// The place behind symbolic links, so that a link stays a link.
fs::path behind_links(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return error || real.empty() ? path : real;
}

}  // namespace

Written write_file(const fs::path& given, const std::string& text) {
  std::error_code error;
  const fs::file_status status = fs::status(given, error);
  if (fs::is_directory(status)) return tl::make_unexpected(fmt::format("`{}` is a folder", given.string()));
  if (fs::exists(status) && !fs::is_regular_file(status)) return write_through(given, text, 0, false);
  const fs::path path = behind_links(given);
  if (path.filename().empty()) return tl::make_unexpected(fmt::format("`{}` names no file", given.string()));
  sweep(path);
  const Temporary made(temporary_name(path));
  if (const Written written = write_through(made.path(), text, O_CREAT | O_EXCL, true); !written)
    return written;
  if (::rename(made.path().c_str(), path.c_str()) != 0) return failed("write", path, errno);
  sync_folder(folder_of(path));
  return {};
}

Written write_folder(const fs::path& given, const FolderFiles& files) {
  const fs::path path = behind_links(given.has_filename() ? given : given.parent_path());
  if (path.filename().empty())
    return tl::make_unexpected(fmt::format("`{}` names no folder", given.string()));
  if (const Written replaceable = check_replaceable(path); !replaceable) return replaceable;
  sweep(path);
  const Temporary made(temporary_name(path));
  if (::mkdir(made.path().c_str(), 0777) != 0) return failed("write", path, errno);
  for (const auto& [name, text] : files) {
    const Written written = write_through(made.path() / name, text, O_CREAT | O_EXCL, true);
    if (!written) return written;
  }
  sync_folder(made.path());
  if (const Written placed = put_in_place(made, path); !placed) return placed;
  sync_folder(folder_of(path));
  return {};
}

bool holds_parley_manifest(const fs::path& folder) {
  std::ifstream file(folder / "results.json", std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  static const std::string key = "\"schema\"", value = "\"parley.";
  const auto skip = [&](std::size_t at) { return text.find_first_not_of(" \t\r\n", at); };
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    const std::size_t colon = skip(at + key.size());
    if (colon == std::string::npos || text[colon] != ':') continue;
    const std::size_t start = skip(colon + 1);
    if (start != std::string::npos && text.compare(start, value.size(), value) == 0) return true;
  }
  return false;
}

}  // namespace parley::report
