// SPDX-License-Identifier: MIT
#include "cli/memory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>

namespace parley::cli {
namespace {

constexpr std::uint64_t kLeast = std::uint64_t{64} << 20U;
constexpr double kMost = 1e18;

/// The number in a file of the kernel's; nothing where there is none (`max`).
std::optional<std::uint64_t> number_in(const char* path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (!(file >> number)) return std::nullopt;
  return number;
}

}  // namespace

std::uint64_t machine_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
  std::uint64_t memory =
      pages > 0 && page > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) : 0;
  for (const char* path : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"})
    if (const auto limit = number_in(path); limit && *limit > 0)
      memory = memory == 0 ? *limit : std::min(memory, *limit);
  return memory;
}

std::uint64_t default_memory_limit() { return machine_memory() / 4 * 3; }

std::optional<std::uint64_t> read_size(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !std::isfinite(number) || number <= 0) return std::nullopt;
  std::string unit(end, text.data() + text.size());
  unit.erase(0, unit.find_first_not_of(' ') == std::string::npos ? unit.size() : unit.find_first_not_of(' '));
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (unit.size() > 1 && unit.back() == 'B') unit.pop_back();
  if (unit.size() > 1 && unit.back() == 'I') unit.pop_back();
  static const std::string letters = "KMGT";
  if (unit == "B") unit.clear();
  if (unit.size() > 1 || (unit.size() == 1 && letters.find(unit) == std::string::npos)) return std::nullopt;
  for (std::size_t i = 0; !unit.empty() && i <= letters.find(unit); ++i) number *= 1024;
  if (number < static_cast<double>(kLeast) || number > kMost) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

std::uint64_t system_memory_limit() {
  std::uint64_t least = 0;
  for (const auto which : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit = {};
    if (::getrlimit(which, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) continue;
    least = least == 0 ? limit.rlim_cur : std::min<std::uint64_t>(least, limit.rlim_cur);
  }
  return least;
}

bool address_space_is_short() {
  rlimit space = {}, data = {};
  if (::getrlimit(RLIMIT_AS, &space) != 0 || space.rlim_cur == RLIM_INFINITY) return false;
  if (::getrlimit(RLIMIT_DATA, &data) != 0 || data.rlim_cur == RLIM_INFINITY) return true;
  // Pages: all, in memory, shared, code, libraries, data and stack.
  std::array<char, 256> text{};
  const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  const ssize_t got = file < 0 ? -1 : ::read(file, text.data(), text.size() - 1);
  if (file >= 0) (void)::close(file);
  if (got <= 0) return space.rlim_cur < data.rlim_cur;
  std::array<std::uint64_t, 6> pages{};
  const char* at = text.data();
  for (std::uint64_t& number : pages) {
    at = std::from_chars(at, text.data() + got, number).ptr;
    while (*at == ' ') ++at;
  }
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const auto room = [&](const rlimit& limit, std::uint64_t used) {
    return limit.rlim_cur > used * page ? limit.rlim_cur - used * page : 0;
  };
  return room(space, pages[0]) < room(data, pages[5]);
}

std::string size_words(std::uint64_t bytes) {
  constexpr double kGiga = 1024.0 * 1024 * 1024, kMega = 1024.0 * 1024;
  const auto size = static_cast<double>(bytes);
  return size >= kGiga ? fmt::format("{:.1f} GB", size / kGiga) : fmt::format("{:.0f} MB", size / kMega);
}

bool limit_memory(std::uint64_t bytes) {
#if defined(__SANITIZE_ADDRESS__)
  (void)bytes;  // the sanitizer's own maps count as memory
  return false;
#else
  rlimit limit = {};
  if (bytes == 0 || ::getrlimit(RLIMIT_DATA, &limit) != 0) return false;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_cur, bytes);
  return ::setrlimit(RLIMIT_DATA, &limit) == 0;
#endif
}

}  // namespace parley::cli
