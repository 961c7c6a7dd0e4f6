// SPDX-License-Identifier: MIT
// Text -> account. Everything that is wrong is found in one run.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "account/account.hpp"
#include "account/concepts.hpp"
#include "expression/control.hpp"
#include "language/diagnostic.hpp"

namespace parley::language {

struct Reading {
  account::Account base;
  std::vector<account::Patch> rivals;        ///< files that say `revises:`; id = the rival's name
  std::vector<account::Patch> alternatives;  ///< the base account's `alternatives:` rows, in file order
  std::vector<Diagnostic> diagnostics;       ///< any error: the rest must not be used
  std::vector<std::string> files;            ///< paths as given, Place::file indexes these
  std::vector<std::string> texts;            ///< of the files, for messages that show a line
  [[nodiscard]] bool ok() const;
};

struct ReadOptions {
  std::map<std::string, std::filesystem::path> source_texts;  ///< --source ID=PATH
  Control control = {};  ///< where it says stop before the account is read, Stopped is thrown
};

/// A file or a folder (all its .yaml/.yml files in byte order, not recursively).
[[nodiscard]] Reading read_account(const std::filesystem::path& path, const ReadOptions& options = {});
/// Several texts as if they were files of one folder.
[[nodiscard]] Reading read_texts(const std::vector<std::pair<std::string, std::string>>& named_texts,
                                 const ReadOptions& options = {});

/// A field's value from text, by the field's own parser (what a patch in the language or on the command line
/// uses). Errors are appended to `diagnostics`.
[[nodiscard]] std::optional<account::Value> read_value(const account::FieldSpec& field,
                                                       const std::string& text, Place place,
                                                       std::vector<Diagnostic>& diagnostics);

}  // namespace parley::language
