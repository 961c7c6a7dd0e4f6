// SPDX-License-Identifier: MIT
// What every command on an account does first: read it, its rivals and its readings, and the options of
// framing.
#pragma once
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "questions/run.hpp"
#include "report/results.hpp"

namespace parley::cli {

struct AccountFile {
  std::vector<questions::AccountInput> accounts;  ///< the base first, then rivals in file order
  framing::Options framing;
  report::Manifest manifest;
  bool rival_alone = false;  ///< not usable because the account that it revises is not in it
  Outcome outcome;           ///< diagnostics; exit is not kOk when the account must not be used
  [[nodiscard]] bool usable() const { return outcome.exit == kOk; }
};

/// All the request's files as one account: several are read like the files of one folder.
[[nodiscard]] AccountFile read_account_file(const Request& request, const Session& session);
[[nodiscard]] questions::SolveOptions solve_options(const Request& request, const Session& session);
[[nodiscard]] std::vector<NamedOption> framing_options();
/// The warning of an answer that the time limit cut short.
[[nodiscard]] Diagnostic time_is_up();

}  // namespace parley::cli
