// SPDX-License-Identifier: MIT
// Files of an account, within the limits.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "language/codes.hpp"

namespace parley::language {

struct SourceFile {
  std::string name;  ///< path as given
  std::string text;
};

/// A file, or the .yaml and .yml files of a folder (in letters of any size) in byte order of their names.
/// Errors are reported at line 1 of a file that is then added to `names`. What looks like a part of the
/// account and is not read - a .yaml file in a folder inside, or called .yaml.txt - is warned of in `unread`,
/// by its path.
[[nodiscard]] std::vector<SourceFile> files_of(const std::filesystem::path& path,
                                               std::vector<std::string>& names, Report& report,
                                               std::vector<Diagnostic>& unread);

/// The whole file, or nothing and why. At most kAccountBytes. UTF-16 with a byte order mark becomes UTF-8.
[[nodiscard]] std::optional<std::string> file_text(const std::filesystem::path& path, std::string& why);

/// One file's size and the account's so far; false when a limit is passed (reported).
[[nodiscard]] bool check_size(const std::string& name, std::size_t bytes, std::size_t all_bytes,
                              std::vector<std::string>& names, Report& report);

}  // namespace parley::language
