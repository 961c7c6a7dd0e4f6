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

std::vector<fs::path> yaml_files(const fs::path& folder, std::error_code& error) {
  std::vector<fs::path> paths;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string extension = entries->path().extension().string();
    const bool wanted = extension == ".yaml" || extension == ".yml";
    if (wanted && entries->path().filename().string().front() != '.') paths.push_back(entries->path());
  }
  std::sort(paths.begin(), paths.end(), [](const fs::path& a, const fs::path& b) {
    return a.filename().string() < b.filename().string();
  });
  return paths;
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
  return text;
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

std::vector<SourceFile> files_of(const fs::path& path, std::vector<std::string>& names, Report& report) {
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
