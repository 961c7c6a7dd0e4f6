// SPDX-License-Identifier: MIT
// The main job: every account under every reading, the three lines of `binding`, probes and self-tests, as
// plain data.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "questions/claims.hpp"
#include "questions/findings.hpp"
#include "questions/ledger.hpp"
#include "questions/probes.hpp"
#include "questions/self_tests.hpp"
#include "questions/stability.hpp"

namespace parley::questions {

struct RunOptions {
  framing::Options framing;
  SolveOptions solve;
  int patch_draws = 200;  ///< worlds for each patch of a probe or self-test
  std::function<void(double)> progress;
};

/// One account (the base or a rival) with all that is asked of it.
struct AccountRun {
  account::Account account;
  std::string owner;                  ///< whose account: who assumes it, in words
  std::vector<ColumnAnswer> columns;  ///< base first, then readings by id
  std::vector<std::pair<std::string, ColumnAnswer>>
      bindings;                       ///< insists, presses, none: the base under each
  std::vector<ColumnAnswer> pressed;  ///< where `binding=insists`: every reading under presses, fewer worlds
  Findings findings;                  ///< what joins sentences, and the audit of threats and promises
  std::vector<SilenceProbe> silence;
  std::vector<SalienceProbe> salience;
  Reach reach;
  std::vector<StabilityAnswer> stability;  ///< of the columns, base first; empty: not worked out
  std::vector<SelfTest> self_tests;
  Ledger ledger;                      ///< of the base account
  std::optional<Comparison> against;  ///< of a rival: the base account (a) with it (b)
  bool found = false, reached = false, probed = false, tested = false,
       entered = false;  ///< which of these were done before a stop
};

struct Run {
  RunOptions options;
  std::vector<AccountRun> accounts;  ///< the base account first
  std::vector<ClaimAnswer> claims;   ///< of the base account, under every reading and every account
  bool claimed = false;              ///< the claims were worked out before a stop
  int problems = 0;                  ///< bargaining problems solved, all worlds of one column counted as one
  std::int64_t worlds = 0;           ///< worlds drawn in all
  int games = 0;                     ///< graph games solved, and the worlds drawn for them
  std::int64_t game_worlds = 0;
  bool stopped = false;  ///< cancelled: what is here is complete, the rest is missing
};

[[nodiscard]] Run run(const std::vector<AccountInput>& accounts, const RunOptions& options);

}  // namespace parley::questions
