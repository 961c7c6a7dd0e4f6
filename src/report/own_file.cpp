// SPDX-License-Identifier: MIT
#include "report/own_file.hpp"

#include <fmt/format.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

namespace parley::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStartBytes = std::size_t{64} << 10U;   // the schema stands at the head
constexpr std::size_t kMostSealed = std::size_t{256} << 20U;  // no file of ours is as long
constexpr std::string_view kSeal = "<!-- written by parley; xxh128 of the above: ", kSealEnd = " -->\n";
constexpr std::size_t kHashDigits = 32;

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

bool is_plain_file(const fs::path& file) {
  std::error_code error;
  return fs::symlink_status(file, error).type() == fs::file_type::regular;
}

}  // namespace

std::string content_hash(const std::string& bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string sealed(const std::string& text) {
  return fmt::format("{}{}{}{}", text, kSeal, content_hash(text), kSealEnd);
}

bool is_sealed_file(const fs::path& file) {
  std::error_code error;
  constexpr std::size_t line = kSeal.size() + kHashDigits + kSealEnd.size();
  if (!is_plain_file(file)) return false;
  const auto size = fs::file_size(file, error);
  if (error || size < line || size > kMostSealed) return false;
  std::ifstream stream(file, std::ios::binary);
  const std::string all((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  return all.size() >= line && all == sealed(all.substr(0, all.size() - line));
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

namespace {

bool looks_replaceable(const fs::path& file, Own kind) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(file, error);
  if (status.type() == fs::file_type::not_found) return true;
  if (status.type() != fs::file_type::regular) return false;
  const auto size = fs::file_size(file, error);
  if (error) return false;
  return size == 0 || (kind == Own::answer ? is_parley_result(file) : is_sealed_file(file));
}

}  // namespace

/// Other runs may be putting their files there: between two looks a name may be gone for a moment. Somebody
/// else's file stays what it is, however often it is looked at.
bool is_replaceable(const fs::path& file, Own kind) {
  constexpr int kLooks = 15;
  for (int look = 0; look < kLooks; ++look) {
    if (looks_replaceable(file, kind)) return true;
    ::usleep(1000);
  }
  return false;
}

}  // namespace parley::report
