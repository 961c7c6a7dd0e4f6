// SPDX-License-Identifier: MIT
#include "foreign/slurp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "expression/characters.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStartBytes = std::size_t{64} << 10;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// At most `most` bytes of a regular file; nothing when it cannot be read.
std::optional<std::string> read_up_to(const fs::path& path, std::size_t most) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text(std::min<std::uintmax_t>(most, fs::file_size(path, error)), '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

/// UTF-16 with a mark, or without one in front of `<`, `{` or `$` or in plain letters, as UTF-8; `wrong`
/// where it breaks off.
expression::FromUtf16 as_narrow(std::string text) {
  const auto starts = [&](const char* two) { return text.starts_with(std::string_view(two, 2)); };
  if (starts("<\0") || starts("{\0") || starts("$\0")) text.insert(0, "\xFF\xFE");
  if (starts("\0<") || starts("\0{") || starts("\0$")) text.insert(0, "\xFE\xFF");
  return expression::from_file(std::move(text));
}

}  // namespace

bool has_xml_name(const std::string& name) {
  if (name.size() < 5) return false;
  std::string end = name.substr(name.size() - 4);
  std::transform(end.begin(), end.end(), end.begin(), small);
  return end == ".xml";
}

std::vector<fs::path> xml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  std::size_t seen = 0;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && seen < kFolderEntries;
       entry.increment(error), ++seen) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    if (name[0] != '.' && has_xml_name(name) && entry->is_regular_file(ignored))
      files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string start_of_file(const fs::path& path) {
  return as_narrow(read_up_to(path, kStartBytes).value_or("")).text;
}

std::optional<std::string> slurp(const fs::path& path, std::size_t& total, Messages& messages,
                                 std::size_t most) {
  const Spot spot{path.string(), {}};
  auto text = read_up_to(path, most + 1);
  if (!text) {
    messages.error(spot, "cannot-read", "the file cannot be read");
    return std::nullopt;
  }
  total += text->size();
  if (text->size() > most) {
    messages.error(spot, "too-large", fmt::format("the file is larger than {} MiB", most >> 20U));
    return std::nullopt;
  }
  if (total > kFolderBytes) {
    messages.error(
        spot, "too-large",
        fmt::format("the files of the folder are together larger than {} MiB", kFolderBytes >> 20U));
    return std::nullopt;
  }
  auto narrow = as_narrow(std::move(*text));
  if (!narrow.wrong) return std::move(narrow.text);
  messages.error(spot, "wrong-encoding", "the file begins like UTF-16 and is none", "save the file as UTF-8");
  return std::nullopt;
}

}  // namespace parley::foreign
