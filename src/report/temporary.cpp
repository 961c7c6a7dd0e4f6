// SPDX-License-Identifier: MIT
#include "report/temporary.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include "worlds/random.hpp"

namespace parley::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRandomDigits = 16, kCheckDigits = 8;
constexpr std::string_view kEnding = ".tmp";
constexpr int kTries = 100;

std::string prefix_of(const std::string& name) { return "." + name + ".parley-"; }

std::string check_of(const std::string& name, const std::string& digits) {
  return fmt::format("{:08x}",
                     static_cast<std::uint32_t>(worlds::key_of("parley temporary " + digits + " " + name)));
}

/// 64 random bits; 0 and an errno where the system has none to give.
std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  return ::getrandom(&bits, sizeof bits, 0) == static_cast<ssize_t>(sizeof bits) ? bits : 0;
}

std::string new_name(const std::string& name) {
  const std::string digits = fmt::format("{:016x}", random_bits());
  return fmt::format("{}{}-{}{}", prefix_of(name), digits, check_of(name, digits), kEnding);
}

/// Opened, locked and still under its name: a sweeper may have taken it in the moment before it was locked.
bool claimed(int descriptor) {
  struct stat status = {};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  return ::fstat(descriptor, &status) == 0 && status.st_nlink > 0;
}

}  // namespace

Temporary::Temporary(const fs::path& place) {
  const std::string name = place.filename().string();
  for (int tries = 0; tries < kTries; ++tries) {
    path_ = folder_of(place) / new_name(name);
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    error_ = descriptor_ < 0 ? errno : 0;
    if (descriptor_ >= 0 && claimed(descriptor_)) return;
    if (descriptor_ >= 0) {
      ::close(descriptor_);  // whoever holds it removes it
      descriptor_ = -1;
      error_ = EAGAIN;
    } else if (error_ != EEXIST) {
      break;
    }
  }
  path_.clear();
}

Temporary::~Temporary() {
  if (!path_.empty()) (void)::unlink(path_.c_str());
  if (descriptor_ >= 0) (void)::close(descriptor_);
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

bool is_temporary_name(const std::string& candidate, const std::string& name) {
  const std::string prefix = prefix_of(name);
  if (candidate.size() != prefix.size() + kRandomDigits + 1 + kCheckDigits + kEnding.size()) return false;
  if (candidate.compare(0, prefix.size(), prefix) != 0) return false;
  const std::string digits = candidate.substr(prefix.size(), kRandomDigits);
  return candidate.substr(prefix.size() + kRandomDigits) ==
         fmt::format("-{}{}", check_of(name, digits), kEnding);
}

void sweep(const fs::path& place) {
  const std::string name = place.filename().string();
  std::error_code error;
  for (fs::directory_iterator entry(folder_of(place), error), end; !error && entry != end;
       entry.increment(error)) {
    if (!is_temporary_name(entry->path().filename().string(), name)) continue;
    const int descriptor = ::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (descriptor < 0) continue;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) (void)::unlink(entry->path().c_str());
    (void)::close(descriptor);
  }
}

}  // namespace parley::report
