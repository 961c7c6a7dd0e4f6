// SPDX-License-Identifier: MIT
// Writing that leaves the old or the new, never half: also after a power cut or a killed process.
//
// A new file or folder is made beside its place under a temporary name (`.NAME.parley-PID-N.tmp`), brought to
// the disk (fsync), and then renamed. Temporary names of processes that no longer live are swept away by the
// next writer. Errors are one sentence that names the path and the reason.
#pragma once
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace parley::report {

using Written = tl::expected<void, std::string>;

/// Writes a file or replaces it. A symbolic link is followed: what it points at is replaced. Something that
/// is no regular file (a pipe, a device) is written to as it stands. The folder must exist.
[[nodiscard]] Written write_file(const std::filesystem::path& path, const std::string& text);

/// Files of a folder: name (no slashes) and contents.
using FolderFiles = std::vector<std::pair<std::string, std::string>>;

/// Writes a folder as a whole. What stood there before is replaced whole, and only if it is empty, or holds a
/// `results.json` that Parley wrote (see holds_parley_manifest); otherwise nothing changes and an error says
/// so. Where the file system cannot exchange two folders in one step (renameat2 with RENAME_EXCHANGE), the
/// old one is moved aside first: a kill between the two renames then leaves it under its temporary name,
/// whole.
[[nodiscard]] Written write_folder(const std::filesystem::path& path, const FolderFiles& files);

/// Does the folder hold a `results.json` with a member "schema" that starts with "parley."?
[[nodiscard]] bool holds_parley_manifest(const std::filesystem::path& folder);

}  // namespace parley::report
