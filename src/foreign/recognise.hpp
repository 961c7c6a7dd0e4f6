// SPDX-License-Identifier: MIT
// What a file or folder is that is no account: so that a command that cannot use it says which one can.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace parley::foreign {

struct ForeignKind {
  std::string what;     ///< "a conflict in JSON"
  std::string command;  ///< the command that reads it; empty: none does
  std::string hint;     ///< what to do, where more is to be said than that
};

/// By content, and for a few formats by the ending of the name. Nothing for what may be an account (a folder
/// with an account beside a Genius problem is one), and for what cannot be read.
[[nodiscard]] std::optional<ForeignKind> recognise_foreign(const std::filesystem::path& path);

/// The file of a folder without an account that is something else, first what a command reads, then what more
/// is to be said of: its path, and what it is.
struct ForeignInside {
  std::filesystem::path path;
  ForeignKind kind;
};
[[nodiscard]] std::optional<ForeignInside> foreign_inside(const std::filesystem::path& folder);

/// The files of a folder whose names make them part of an account (.yaml, .yml) and that are something else,
/// by name; `others`: how many more such names there are.
struct ForeignParts {
  std::vector<ForeignInside> files;
  std::size_t others = 0;
};
[[nodiscard]] ForeignParts foreign_parts(const std::filesystem::path& folder);

}  // namespace parley::foreign
