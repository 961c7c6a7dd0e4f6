// SPDX-License-Identifier: MIT
#include "report/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "report/temporary.hpp"

namespace parley::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStartBytes = std::size_t{64} << 10U;  // the schema stands at the head

tl::unexpected<std::string> failed(const char* what, const fs::path& path, int error) {
  return tl::make_unexpected(fmt::format("cannot {} `{}`: {}", what, path.string(), std::strerror(error)));
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

/// Errors name `place`, which is what the user knows.
Written write_through(const fs::path& path, const fs::path& place, const std::string& text, int flags,
                      bool to_disk) {
  Handle file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666));
  if (file.get() < 0) return failed("write", place, errno);
  if (!write_all(file.get(), text)) return failed("write", place, errno);
  if (to_disk && ::fsync(file.get()) != 0) return failed("write", place, errno);
  if (!file.close()) return failed("write", place, errno);
  return {};
}

/// A rename is kept only once the folder that holds the name is on the disk. Some file systems refuse: no
/// matter.
void sync_folder(const fs::path& folder) {
  Handle handle(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.get() >= 0) (void)::fsync(handle.get());
}

Written check_replaceable(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::none) return failed("write", path, error.value());
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status))
    return tl::make_unexpected(fmt::format("`{}` is there already and is no folder", path.string()));
  if (fs::is_empty(path, error) && !error) return {};
  if (holds_parley_manifest(path)) return {};
  return tl::make_unexpected(
      fmt::format("`{}` holds something that parley did not write; it is left as it is", path.string()));
}

/// The old folder is locked before it is moved, so that everybody can tell whether its writer still lives.
Written put_in_place(const Temporary& made, const fs::path& path, Swap swap) {
  constexpr int kTries = 10;  // another writer may put its own result there in between
  for (int tries = 0; tries < kTries; ++tries) {
    if (::rename(made.path().c_str(), path.c_str()) == 0) return {};  // nothing there, or an empty folder
    if (errno != ENOTEMPTY && errno != EEXIST) return failed("write", path, errno);
    if (swap == Swap::exchange &&
        ::renameat2(AT_FDCWD, made.path().c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0)
      return {};
    const Lock lock(path);
    const fs::path old = aside_name(path);
    if (::rename(path.c_str(), old.c_str()) != 0) return failed("replace", path, errno);
    const int moved = ::rename(made.path().c_str(), path.c_str());
    const int error = errno;
    if (moved == 0) return {};
    if (::rename(old.c_str(), path.c_str()) != 0 && errno != ENOTEMPTY && errno != EEXIST)
      return failed("replace", path, error);
  }
  return tl::make_unexpected(fmt::format("`{}` is being written by others all the time", path.string()));
}

/// The offset behind the JSON string that starts at `at`.
std::size_t behind_string(const std::string& text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

/// Does the object have a member "schema", at its top, that starts with "parley."? The text may be cut.
bool says_parley(const std::string& text) {
  static const std::string key = "\"schema\"", value = "\"parley.";
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      const std::size_t end = behind_string(text, at);
      const std::size_t colon = text.find_first_not_of(" \t\r\n", end);
      if (depth == 1 && text.compare(at, end - at, key) == 0 && colon < text.size() && text[colon] == ':') {
        const std::size_t start = text.find_first_not_of(" \t\r\n", colon + 1);
        return start < text.size() && text.compare(start, value.size(), value) == 0;
      }
      at = end - 1;
    } else if (c == '{' || c == '[') {
      if (depth++ == 0 && (c == '[' || text.find_first_not_of(" \t\r\n") != at)) return false;
    } else if (c == '}' || c == ']') {
      if (--depth <= 0) return false;
    }
  }
  return false;
}

/// The place behind symbolic links, so that a link stays a link.
fs::path behind_links(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  return error || real.empty() ? path : real;
}

Written make_folder(Temporary& made, const fs::path& path) {
  if (::mkdir(made.path().c_str(), 0777) != 0) return failed("write", path, errno);
  made.lock();
  return {};
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
  if (!fs::exists(status) || fs::is_empty(path, error) || is_parley_result(path)) return {};
  return tl::make_unexpected(
      fmt::format("`{}` is something that parley did not write; it is left as it is", given.string()));
}

/// What can be said of a folder before anything is written; what a killed writer had moved aside is back.
Written folder_place(const fs::path& given, fs::path& path) {
  path = behind_links(given.has_filename() ? given : given.parent_path());
  if (path.filename().empty())
    return tl::make_unexpected(fmt::format("`{}` names no folder", given.string()));
  restore(path);
  return check_replaceable(path);
}

}  // namespace

Written prepare_file(const fs::path& given) {
  fs::path path;
  if (const Written place = file_place(given, path); !place) return place;
  if (path.empty()) return {};
  const Temporary made(path);
  return write_through(made.path(), given, "", O_CREAT | O_EXCL, false);
}

Written write_file(const fs::path& given, const std::string& text) {
  fs::path path;
  if (const Written place = file_place(given, path); !place) return place;
  if (path.empty()) return write_through(given, given, text, 0, false);
  sweep(path, false);
  const Temporary made(path);
  if (const Written written = write_through(made.path(), given, text, O_CREAT | O_EXCL, true); !written)
    return written;
  if (::rename(made.path().c_str(), path.c_str()) != 0) return failed("write", path, errno);
  sync_folder(folder_of(path));
  return {};
}

Written prepare_folder(const fs::path& given) {
  fs::path path;
  if (const Written place = folder_place(given, path); !place) return place;
  Temporary made(path);
  return make_folder(made, path);
}

Written write_folder(const fs::path& given, const FolderFiles& files, Swap swap) {
  fs::path path;
  if (const Written place = folder_place(given, path); !place) return place;
  sweep(path, holds_parley_manifest(path));
  Temporary made(path);
  if (const Written folder = make_folder(made, path); !folder) return folder;
  for (const auto& [name, text] : files) {
    const Written written = write_through(made.path() / name, path / name, text, O_CREAT | O_EXCL, true);
    if (!written) return written;
  }
  sync_folder(made.path());
  if (const Written placed = put_in_place(made, path, swap); !placed) return placed;
  sweep(path, true);
  sync_folder(folder_of(path));
  return {};
}

bool is_parley_result(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return false;
  std::ifstream stream(file, std::ios::binary);
  std::string text(kStartBytes, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return says_parley(text);
}

bool holds_parley_manifest(const fs::path& folder) { return is_parley_result(folder / "results.json"); }

}  // namespace parley::report
