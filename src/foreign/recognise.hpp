// SPDX-License-Identifier: MIT
// What a file or folder is that is no account: so that a command that cannot use it says which one can.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace parley::foreign {

struct ForeignKind {
  std::string what;     ///< "a conflict in JSON"
  std::string command;  ///< the command that reads it; empty: none does
};

/// By content, and for a few formats by the ending of the name. Nothing for what may be an account, and for
/// what cannot be read.
[[nodiscard]] std::optional<ForeignKind> recognise_foreign(const std::filesystem::path& path);

/// The first file of a folder without an account that is something else: its path, and what it is.
struct ForeignInside {
  std::filesystem::path path;
  ForeignKind kind;
};
[[nodiscard]] std::optional<ForeignInside> foreign_inside(const std::filesystem::path& folder);

}  // namespace parley::foreign
