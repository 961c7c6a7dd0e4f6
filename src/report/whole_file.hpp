// SPDX-License-Identifier: MIT
// Writing that leaves the old or the new, never half: also after a power cut or a killed process.
//
// A new file is made beside its place under a temporary name (temporary.hpp), brought to the disk (fsync),
// and then put in its place in one step. What is replaced was written by Parley itself (own_file.hpp), or is
// empty; it is looked at again after the step, and put back where somebody else came in between. Temporary
// files of writers that were killed are swept away by the next writer. Errors are one sentence that names the
// path and the reason.
#pragma once
#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace parley::report {

using Written = tl::expected<void, std::string>;

/// Writes an answer (own_file.hpp) to a file or replaces one. Anything else is left as it is, and an error
/// says so. The mode of a file that is replaced is kept. A symbolic link is followed: what it points at is
/// replaced, or made. Something that is no regular file (a pipe, a
/// device) is written to as it stands; a pipe that nobody reads is an error. The folder must exist.
[[nodiscard]] Written write_file(const std::filesystem::path& path, const std::string& text);

/// Could write_file write there now? Asked before long work; nothing is left behind.
[[nodiscard]] Written prepare_file(const std::filesystem::path& path);

/// Files of a folder: name (no slashes) and contents, in the order in which they are put in place.
using FolderFiles = std::vector<std::pair<std::string, std::string>>;

/// Puts files into a folder, one by one, each whole; the folder is made if it is not there (its parent must
/// be). Files whose names end in .json are answers, the others are sealed (own_file.hpp), and each replaces
/// only its own kind. Everything else in the folder is left alone. Where one of the names is something that
/// Parley did not write, nothing is written and an error says so. All files are on the disk before the first
/// is put in place, so that a full disk changes nothing.
[[nodiscard]] Written write_folder(const std::filesystem::path& path, const FolderFiles& files);

/// Could write_folder put files of these names there now? Asked before long work; nothing is left behind.
[[nodiscard]] Written prepare_folder(const std::filesystem::path& path,
                                     const std::vector<std::string>& names);

}  // namespace parley::report
