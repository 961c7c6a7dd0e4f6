// SPDX-License-Identifier: MIT
#include "report/temporary.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace parley::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEndingLength = 4;  // .tmp, .old
/// A process id may belong to somebody else by now: after so long the lock alone decides.
constexpr std::chrono::hours kOld{1};

std::string prefix_of(const fs::path& place) { return "." + place.filename().string() + ".parley-"; }

fs::path new_name(const fs::path& place, const char* ending) {
  static std::atomic<int> count{0};
  return folder_of(place) / fmt::format("{}{}-{}{}", prefix_of(place), ::getpid(), count++, ending);
}

/// The process of a name made for the prefix, or 0.
pid_t writer_of(const std::string& name, const std::string& prefix, const std::string& ending) {
  if (name.rfind(prefix, 0) != 0 || name.size() < prefix.size() + kEndingLength) return 0;
  if (name.compare(name.size() - kEndingLength, kEndingLength, ending) != 0) return 0;
  pid_t pid = 0;
  const char* begin = name.data() + prefix.size();
  const auto [end, error] = std::from_chars(begin, name.data() + name.size(), pid);
  return error == std::errc() && end != begin && *end == '-' ? pid : 0;
}

struct Found {
  fs::path path;
  pid_t writer;
};

std::vector<Found> found_beside(const fs::path& place, const std::string& ending) {
  std::vector<Found> list;
  std::error_code error;
  const std::string prefix = prefix_of(place);
  for (fs::directory_iterator entry(folder_of(place), error), end; !error && entry != end;
       entry.increment(error))
    if (const pid_t writer = writer_of(entry->path().filename().string(), prefix, ending); writer > 0)
      list.push_back({entry->path(), writer});
  return list;
}

bool lives(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

bool is_old(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  return !error && fs::file_time_type::clock::now() - written > kOld;
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

}  // namespace

Lock::Lock(const fs::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(descriptor_);
  descriptor_ = -1;
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Temporary::Temporary(const fs::path& place) : path_(new_name(place, ".tmp")) {}

Temporary::~Temporary() { remove_quietly(path_); }

fs::path aside_name(const fs::path& place) { return new_name(place, ".old"); }

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void restore(const fs::path& place) {
  for (const Found& found : found_beside(place, ".old")) {
    const Lock lock(found.path);
    // Fails, as it should, where something stands in the place.
    if (lock.held() && ::rename(found.path.c_str(), place.c_str()) == 0) return;
  }
}

void sweep(const fs::path& place, bool replaced) {
  for (const Found& found : found_beside(place, ".tmp")) {
    if (lives(found.writer) && !is_old(found.path)) continue;
    const Lock lock(found.path);
    if (lock.held() || !lives(found.writer)) remove_quietly(found.path);
  }
  if (!replaced) return;
  for (const Found& found : found_beside(place, ".old")) {
    const Lock lock(found.path);
    if (!lock.held()) continue;
    // First under the name of something that nobody wants: half of it must never come back.
    const Temporary gone(place);
    (void)::rename(found.path.c_str(), gone.path().c_str());
  }
}

}  // namespace parley::report
