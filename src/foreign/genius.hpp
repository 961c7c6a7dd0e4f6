// SPDX-License-Identifier: MIT
// Genius folders (the negotiation simulator of the automated negotiating agents competitions) as bargaining
// problems. What is read, and the traps of the format: docs/foreign-formats.md.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "deals/problem.hpp"
#include "expression/diagnostic.hpp"

namespace parley::foreign {

enum class Genius {
  none,
  folder,    ///< a folder that holds a negotiation_template
  profiles,  ///< a folder that holds a utility_space, no negotiation_template and no account
  domain,    ///< a file: a negotiation_template without its profiles
  profile,   ///< a file: a utility_space without its domain
};

/// What `path` holds, by the first element of the XML files alone. Never fails: what cannot be read is
/// `none`.
[[nodiscard]] Genius recognise_genius(const std::filesystem::path& path);

/// Does the folder hold an account, that is a .yaml or .yml file that says `parley:`? Or, of a file: is it
/// one?
[[nodiscard]] bool holds_account(const std::filesystem::path& path);

/// What `deals` wants and what of it is missing in a folder, or in the folder of a lone file, with the
/// profiles that are there; where nothing is missing, "" of a folder and what reads the folder of a lone
/// file.
[[nodiscard]] std::string missing_of_genius(const std::filesystem::path& path);

struct GeniusOptions {
  /// Only these parties take part, in byte order whatever the order here; nothing = all. Each is a list with
  /// commas. A name that holds commas is known as it is, where the list goes on with it, or in quotation
  /// marks.
  std::optional<std::vector<std::string>> parties;
  /// Of a folder with several domains: the file name of the one that is read, with or without .xml. Profiles
  /// that fit another domain of the folder and not this one are left out.
  std::optional<std::string> domain;
};

struct GeniusReading {
  deals::BargainProblem problem;  ///< only when ok(); parties in byte order of their file names
  std::vector<Diagnostic> diagnostics;
  /// `parties` or `domain` named what is not there: the command line is wrong, not the folder.
  bool unknown_choice = false;
  [[nodiscard]] bool ok() const;
};

/// Reads a folder, or a lone file (which is an error that says what is missing).
[[nodiscard]] GeniusReading read_genius(const std::filesystem::path& path, const GeniusOptions& options = {});

/// A file of a folder, in memory.
struct GeniusFile {
  std::string name;  ///< without folder
  std::string path;  ///< as messages name it
  std::string text;
};

/// The same from files in memory; `where` is how messages name the folder.
[[nodiscard]] GeniusReading read_genius_files(const std::string& where, std::vector<GeniusFile> files,
                                              const GeniusOptions& options = {});

}  // namespace parley::foreign
