// SPDX-License-Identifier: MIT
// What a file or folder is of a Genius problem, and what is missing of one: by the first element of its XML
// files.
#include <fmt/format.h>

#include <algorithm>

#include "foreign/genius.hpp"
#include "foreign/limits.hpp"
#include "foreign/slurp.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {
namespace {

namespace fs = std::filesystem;

Genius kind_of_start(const std::string& start) {
  const std::string_view root = root_element(start);
  if (root == "negotiation_template") return Genius::domain;
  return root == "utility_space" ? Genius::profile : Genius::none;
}

/// Names of the domains and profiles of a folder.
struct GeniusParts {
  std::vector<std::string> domains, profiles;
};

GeniusParts parts_of(const fs::path& folder) {
  GeniusParts parts;
  for (const fs::path& file : xml_files(folder)) {
    const Genius kind = kind_of_start(start_of_file(file));
    if (kind == Genius::domain) parts.domains.push_back(file.filename().string());
    if (kind == Genius::profile) parts.profiles.push_back(file.filename().string());
  }
  return parts;
}

/// `parley deals FOLDER`, in quotation marks where the shell needs them.
std::string deals_command(const std::string& folder) {
  const bool plain = folder.find_first_of(" \t\"'&;()<>|$`*?#!\\") == std::string::npos;
  return plain ? fmt::format("`parley deals {}`", folder) : fmt::format("`parley deals '{}'`", folder);
}

bool says_parley(const fs::path& file) {
  const std::string start = start_of_file(file);
  return start.find("parley:") != std::string::npos || start.find("\"parley\"") != std::string::npos;
}

}  // namespace

bool holds_account(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return says_parley(path);
  std::size_t seen = 0;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end && seen < kFolderEntries;
       entry.increment(error), ++seen) {
    std::string ending = entry->path().extension().string();
    for (char& c : ending)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((ending == ".yaml" || ending == ".yml") && says_parley(entry->path())) return true;
  }
  return false;
}

Genius recognise_genius(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return kind_of_start(start_of_file(path));
  bool profiles = false;
  for (const fs::path& file : xml_files(path)) {
    const Genius found = kind_of_start(start_of_file(file));
    if (found == Genius::domain) return Genius::folder;
    profiles = profiles || found == Genius::profile;
  }
  return profiles && !holds_account(path) ? Genius::profiles : Genius::none;
}

std::string missing_of_genius(const fs::path& path) {
  std::error_code error;
  const bool lone = !fs::is_directory(path, error);
  std::string folder = lone ? path.parent_path().string() : path.string();
  if (folder.empty()) folder = ".";
  const GeniusParts parts = parts_of(folder);
  if (!parts.domains.empty() && !parts.profiles.empty())
    return lone ? deals_command(folder) + " reads the folder that holds the domain and its profiles" : "";
  const char* missing = parts.domains.empty()
                            ? parts.profiles.empty() ? "both are missing" : "the domain is missing"
                            : "the profiles are missing";
  return fmt::format(
      "{} wants a folder with a domain (an XML file whose root is <negotiation_template>) and its profiles "
      "(<utility_space>, one for each party): {}",
      deals_command(folder), missing);
}

}  // namespace parley::foreign
