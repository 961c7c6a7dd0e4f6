// SPDX-License-Identifier: MIT
// What an account leaves open: which rows reach a problem, who is silent on what, the one next input worth
// having.
#pragma once
#include "questions/run.hpp"
#include "questions/tensions.hpp"

namespace parley::questions {

/// Something that is written and that nothing reads: a field that no lens reads yet, or (`field` empty) a row
/// or file that nothing names.
struct NotRead {
  std::string row, concept_name, field, why;
  Place place;
};

struct Check {
  account::Account account;
  ColumnAnswer base;
  Reach reach;
  std::vector<SilenceProbe> silence;
  std::vector<SalienceProbe> salience;
  std::vector<Tension> tensions;
  std::vector<NotRead> not_read;  ///< by place; of rows that nothing names only where `solved`
  /// What was worked out before a stop: the tables under every reading, and what single answers would change.
  /// Of what was not, nothing is said to be absent.
  bool solved = false, probed = false;
  bool compared = false;             ///< `tensions` is whole
  bool no_consistent_world = false;  ///< some party's rows contradict each other, or no draw agrees with them
};

[[nodiscard]] Check check(const AccountInput& input, const RunOptions& options);

/// What nothing reads, by place. `columns`: every reading, all worked out.
[[nodiscard]] std::vector<NotRead> not_read_of(const AccountInput& input,
                                               const std::vector<const ColumnAnswer*>& columns,
                                               const Reach& reach);

/// One sentence: the statement that would narrow the answers most.
[[nodiscard]] std::string next_input(const Check& check);

}  // namespace parley::questions
