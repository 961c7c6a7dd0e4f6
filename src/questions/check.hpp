// SPDX-License-Identifier: MIT
// What an account leaves open: which rows reach a problem, who is silent on what, the one next input worth
// having.
#pragma once
#include "questions/run.hpp"
#include "questions/tensions.hpp"

namespace parley::questions {

struct Check {
  account::Account account;
  ColumnAnswer base;
  Reach reach;
  std::vector<SilenceProbe> silence;
  std::vector<SalienceProbe> salience;
  std::vector<Tension> tensions;
  bool no_consistent_world = false;  ///< some party's rows contradict each other, or no draw agrees with them
};

[[nodiscard]] Check check(const AccountInput& input, const RunOptions& options);

/// One sentence: the statement that would narrow the answers most.
[[nodiscard]] std::string next_input(const Check& check);

}  // namespace parley::questions
