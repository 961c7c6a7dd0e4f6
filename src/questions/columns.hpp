// SPDX-License-Identifier: MIT
// Columns: an account under one patch and one set of framing options. Alternatives, rivals, what-ifs, silence
// and the self-tests are all columns, and one function answers them.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "account/account.hpp"
#include "framing/options.hpp"
#include "questions/answer.hpp"

namespace parley::questions {

struct Column {
  std::string account;      ///< the account's name
  std::string alternative;  ///< "base", an alternative's id, "literal_threats", ...
  std::string reading;      ///< in words
  bool automatic = false;   ///< made by framing, not written by the analyst
  framing::Options options;
  account::Account rows;                      ///< already patched
  std::vector<account::Patch> readings = {};  ///< alternatives that some belief is about
};

/// An account with the readings that belong to it.
struct AccountInput {
  account::Account account;
  std::vector<account::Patch> alternatives;
};

class Solved;

struct SolveOptions {
  std::uint64_t seed = 1;
  int draws = 1000;
  int threads = 0;
  bool prove = true;
  bool by_world = false;  ///< keep what each world says
  /// Answers of problems that were met before, by this and other calls; null: everything is worked out.
  std::shared_ptr<Solved> solved;
  const std::atomic<bool>* cancel = nullptr;
};

struct ColumnAnswer {
  Column column;
  std::vector<TableAnswer> tables;  ///< one per talks row, by id
  bool cut_short = false;           ///< work was stopped before some table was framed: it says so
};

/// Patches of an account: the analyst's alternatives. After a stop no more of them.
[[nodiscard]] std::vector<Column> columns_of(const account::Account& account,
                                             const std::vector<account::Patch>& alternatives,
                                             const framing::Options& options);

/// One framed table, answered by the deals lens.
[[nodiscard]] TableAnswer solve_table(framing::Framed framed, const SolveOptions& options);

[[nodiscard]] ColumnAnswer solve(const Column& column, const SolveOptions& options);

/// Solves many columns on all threads; the result does not depend on how many. The first column is answered
/// in any case, as far as it was worked out; others that a stop left unsolved have no name (`drop_unsolved`).
[[nodiscard]] std::vector<ColumnAnswer> solve_all(
    const std::vector<Column>& columns, const SolveOptions& options,
    const std::function<void(std::size_t, std::size_t)>& progress = {});

/// Columns that a cancelled `solve_all` left unsolved are taken out.
void drop_unsolved(std::vector<ColumnAnswer>& answers);

}  // namespace parley::questions
