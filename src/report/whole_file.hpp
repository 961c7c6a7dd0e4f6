// SPDX-License-Identifier: MIT
// Writing that leaves the old or the new, never half: also after a power cut or a killed process.
//
// A new file or folder is made beside its place under a temporary name (temporary.hpp), brought to the disk
// (fsync), and then renamed. Temporary names of writers that were killed are swept away by the next writer.
// What Parley did not write is never replaced. Errors are one sentence that names the path and the reason.
#pragma once
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace parley::report {

using Written = tl::expected<void, std::string>;

/// Writes a file or replaces it. What is replaced is empty or a result of Parley (see is_parley_result);
/// anything else is left as it is, and an error says so. A symbolic link is followed: what it points at is
/// replaced. Something that is no regular file (a pipe, a device) is written to as it stands. The folder must
/// exist.
[[nodiscard]] Written write_file(const std::filesystem::path& path, const std::string& text);

/// Could write_file write there now? Asked before long work; nothing is left behind.
[[nodiscard]] Written prepare_file(const std::filesystem::path& path);

/// Files of a folder: name (no slashes) and contents.
using FolderFiles = std::vector<std::pair<std::string, std::string>>;

/// How a folder takes the place of another.
enum class Swap {
  exchange,  ///< in one step (renameat2 with RENAME_EXCHANGE); where the file system cannot, as below
  aside,     ///< the old one is moved aside first: after a kill between the two renames nothing stands in the
             ///< place until the next prepare_folder or write_folder moves the old one back, whole
};

/// Writes a folder as a whole. What stood there before is replaced whole, and only if it is empty, or holds a
/// `results.json` that Parley wrote (see holds_parley_manifest); otherwise nothing changes and an error says
/// so.
[[nodiscard]] Written write_folder(const std::filesystem::path& path, const FolderFiles& files,
                                   Swap swap = Swap::exchange);

/// Could write_folder write there now? Asked before long work; nothing is left behind, and what a killed
/// writer had moved aside is back in its place.
[[nodiscard]] Written prepare_folder(const std::filesystem::path& path);

/// Is it a regular file with a JSON object whose member "schema" starts with "parley."? The first 64 KiB are
/// looked at.
[[nodiscard]] bool is_parley_result(const std::filesystem::path& file);

/// Does the folder hold a `results.json` that is_parley_result?
[[nodiscard]] bool holds_parley_manifest(const std::filesystem::path& folder);

}  // namespace parley::report
