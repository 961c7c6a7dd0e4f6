// SPDX-License-Identifier: MIT
#include "language/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "expression/characters.hpp"
#include "language/limits.hpp"

namespace parley::language {
namespace {

namespace fs = std::filesystem;

void refuse(const Code& code, const std::string& name, std::vector<std::string>& names, Report& report,
            std::string message, std::string hint) {
  names.push_back(name);
  report.add(code, {static_cast<std::uint32_t>(names.size() - 1), 1, 1, 1}, std::move(message),
             std::move(hint));
}

std::string lower_name(const fs::path& path) {
  std::string name = path.filename().string();
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

/// A name that ends in .yaml or .yml; hidden files are nobody's account.
bool yaml_name(const std::string& lower) {
  return lower.front() != '.' && (lower.ends_with(".yaml") || lower.ends_with(".yml"));
}

std::vector<fs::path> yaml_files(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error))
    if (yaml_name(lower_name(entries->path()))) paths.push_back(entries->path());
  std::sort(paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) {
    return a.filename().string() < b.filename().string();
  });
  return paths;
}

constexpr std::size_t kMostLooked = 2'000;  // entries of folders inside an account's folder
constexpr int kMostInside = 4;              // folders within each other

/// The first .yaml files inside folders of the folder, by paths from it.
void files_inside(const fs::path& folder, const std::string& from, int depth, std::size_t& looked,
                  std::vector<std::string>& found) {
  std::error_code error;
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator() && ++looked < kMostLooked; entries.increment(error))
    paths.push_back(entries->path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    const std::string name = path.filename().string();
    if (name.front() == '.') continue;
    // A link may lead back into the folder.
    const bool inner = fs::is_directory(path, error) && !fs::is_symlink(path, error);
    if (inner && depth < kMostInside) files_inside(path, from + name + "/", depth + 1, looked, found);
    if (!inner && depth > 0 && yaml_name(lower_name(path))) found.push_back(from + name);
  }
}

void warn_of_unread(const fs::path& folder, std::vector<Diagnostic>& unread) {
  const auto warn = [&](std::string message, std::string hint) {
    Diagnostic warning{code::file_not_read.severity,
                       code::file_not_read.text(),
                       std::move(message),
                       std::move(hint),
                       {},
                       folder.string()};
    unread.push_back(std::move(warning));
  };
  std::size_t looked = 0;
  std::vector<std::string> inside;
  files_inside(folder, "", 0, looked, inside);
  constexpr std::size_t kListed = 5;
  if (!inside.empty()) {
    std::string list;
    for (std::size_t i = 0; i < std::min(inside.size(), kListed); ++i)
      list += (i == 0 ? "" : ", ") + inside[i];
    if (inside.size() > kListed) list += fmt::format(" and {} more", inside.size() - kListed);
    warn("folders inside an account's folder are not read: " + list,
         "move the files up into the folder of the account");
  }
  std::error_code error;
  std::vector<std::string> texts;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string lower = lower_name(entries->path());
    if (lower.front() != '.' && (lower.ends_with(".yaml.txt") || lower.ends_with(".yml.txt")))
      texts.push_back(entries->path().filename().string());
  }
  std::sort(texts.begin(), texts.end());
  for (std::size_t i = 0; i < std::min(texts.size(), kListed); ++i)
    warn(fmt::format("{} is not read: its name ends in .txt", texts[i]),
         "an account is one or more files that end in .yaml");
}

}  // namespace

std::optional<std::string> file_text(const fs::path& path, std::string& why) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    why = "it is a folder";
    return std::nullopt;
  }
  if (!fs::is_regular_file(path, error)) {  // a device or a pipe might never end
    why = fs::exists(path, error) ? "it is no ordinary file" : "there is no such file";
    return std::nullopt;
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    why = std::strerror(errno);
    return std::nullopt;
  }
  std::string text;
  std::array<char, 1 << 16> part;
  while (text.size() <= kAccountBytes && stream) {
    stream.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  }
  if (stream.bad()) {
    why = "reading it failed";
    return std::nullopt;
  }
  auto converted = expression::from_file(std::move(text));
  if (!converted.wrong) return expression::plain_line_ends(std::move(converted.text));
  why = "it begins like UTF-16 and is none; save it as UTF-8";
  return std::nullopt;
}

bool check_size(const std::string& name, std::size_t bytes, std::size_t all_bytes,
                std::vector<std::string>& names, Report& report) {
  if (bytes > kFileBytes) {
    refuse(code::file_too_large, name, names, report,
           fmt::format("the file is larger than {} MiB", kFileBytes >> 20),
           "split it into several files of one folder");
    return false;
  }
  if (all_bytes > kAccountBytes) {
    refuse(code::file_too_large, name, names, report,
           fmt::format("the files of the account are larger than {} MiB together", kAccountBytes >> 20),
           "an account is written by hand: leave data out");
    return false;
  }
  return true;
}

std::vector<SourceFile> files_of(const fs::path& path, std::vector<std::string>& names, Report& report,
                                 std::vector<Diagnostic>& unread) {
  std::error_code error;
  std::vector<fs::path> paths;
  const bool folder = fs::is_directory(path, error);
  if (folder) {
    paths = yaml_files(path, error);
    if (error) {
      refuse(code::cannot_read, path.string(), names, report, "the folder cannot be read: " + error.message(),
             "");
      return {};
    }
    warn_of_unread(path, unread);
    if (paths.empty()) {
      refuse(code::cannot_read, path.string(), names, report, "the folder holds no account",
             "an account is one or more files that end in .yaml");
      return {};
    }
    if (paths.size() > kAccountFiles) {
      refuse(code::file_too_large, path.string(), names, report,
             fmt::format("the folder holds more than {} files", kAccountFiles),
             "an account needs no more than a dozen");
      return {};
    }
  } else {
    paths.push_back(path);
  }
  std::vector<SourceFile> files;
  std::size_t bytes = 0;
  for (const fs::path& each : paths) {
    std::string why;
    auto text = file_text(each, why);
    if (!text) {
      refuse(code::cannot_read, each.string(), names, report, "the file cannot be read: " + why, "");
      continue;
    }
    bytes += text->size();
    if (!check_size(each.string(), text->size(), bytes, names, report)) break;
    files.push_back({each.string(), std::move(*text)});
  }
  return files;
}

}  // namespace parley::language
