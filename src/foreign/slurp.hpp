// SPDX-License-Identifier: MIT
// Files and folders from the disk, within the limits of limits.hpp.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "foreign/limits.hpp"
#include "foreign/messages.hpp"

namespace parley::foreign {

/// Does the name end in .xml, in letters of any size?
[[nodiscard]] bool has_xml_name(const std::string& name);

/// Regular files of a folder whose names end in .xml and do not start with a point, in byte order; the first
/// kFolderEntries names of the folder are looked at. Empty when the folder cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> xml_files(const std::filesystem::path& folder);

/// The first 64 KiB of a regular file, or nothing of anything else; UTF-16 as UTF-8.
[[nodiscard]] std::string start_of_file(const std::filesystem::path& path);

/// The whole file; UTF-16 as UTF-8. `total` counts the bytes of all files so far. Nothing, and an error, when
/// it cannot be read, is no regular file, or passes a limit.
[[nodiscard]] std::optional<std::string> slurp(const std::filesystem::path& path, std::size_t& total,
                                               Messages& messages, std::size_t most = kFileBytes);

}  // namespace parley::foreign
