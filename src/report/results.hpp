// SPDX-License-Identifier: MIT
// What `run` and `deals` found, as JSON: the contract of DESIGN.md, and everything that the page needs. The
// page is a function of this object alone.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "expression/diagnostic.hpp"
#include "questions/run.hpp"

namespace parley::report {

struct InputFile {
  std::string name;
  std::string hash;  ///< XXH3 of 128 bits over the bytes that were read, 32 hexadecimal digits
};

struct Manifest {
  std::string version;
  std::string input;  ///< the path as it was given
  std::vector<InputFile> files;
};

/// Keys of `parley.run/1` without `schema` and `diagnostics`.
[[nodiscard]] nlohmann::ordered_json run_results(const questions::Run& run, const Manifest& manifest);

/// `by_account` of `parley.deals/1`: columns of each account.
[[nodiscard]] nlohmann::ordered_json deals_results(
    const std::vector<std::vector<questions::ColumnAnswer>>& accounts);

/// The deals summary of one column (DESIGN.md, JSON contract).
[[nodiscard]] nlohmann::ordered_json column_json(const questions::ColumnAnswer& column);

/// A warning for each table that was not answered or has no world, and why. `stopped`: the work ended before
/// its end, so that a table without a world was perhaps only not reached.
[[nodiscard]] std::vector<Diagnostic> not_answered(const std::vector<questions::ColumnAnswer>& columns,
                                                   bool stopped = false);

/// The framed problem, for `show --framed deals`.
[[nodiscard]] std::string framed_text(const questions::ColumnAnswer& column);

}  // namespace parley::report
