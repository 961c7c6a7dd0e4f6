// SPDX-License-Identifier: MIT
// Claims: does the account bear out what somebody says in it? Each kind of test, the verdicts and how they
// are found: docs/methods/claims.md.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "questions/columns.hpp"

namespace parley::questions {

/// From the weakest to the strongest, as claims that rest on others inherit them.
enum class ClaimVerdict { fails, not_testable, undetermined, contested, asserted, holds, entailed };
[[nodiscard]] std::string verdict_word(ClaimVerdict verdict);

/// What one column says of one claim.
struct ClaimResult {
  ClaimVerdict verdict = ClaimVerdict::not_testable;
  bool proved = false;                 ///< decided by logic and signs, not by counting worlds
  std::optional<worlds::Share> share;  ///< of worlds in which it is true, where worlds are counted
  std::string why;                     ///< one sentence without its full stop
};

struct ClaimAnswer {
  std::string id;
  std::string quote, by, test;  ///< as the row says it; the test in words
  ClaimVerdict verdict = ClaimVerdict::not_testable;
  ClaimResult base;
  bool about_ends = false;                            ///< about how talks end: their tables answer it
  ClaimVerdict without = ClaimVerdict::not_testable;  ///< the same, the claim's own rows left out
  std::vector<std::string> own_rows;  ///< rows from its own sentence, or that say the same by themselves
  std::vector<std::string> premises;  ///< a minimal set of rows that makes it so; of a share: rows without
                                      ///< which the verdict changes
  std::vector<std::string> guards;    ///< of a proof: rows that are no premises, and without any one of which
                                      ///< something else would come in its way
  std::vector<std::string> defaults;  ///< what framing took for granted on the way
  std::vector<std::string> flips;     ///< ids of assumptions without which, or at an end of which, it changes
  std::string flips_at_end;           ///< the share of the claim itself, where at an end of it it changes and
                                      ///< no assumption stands behind it
  std::vector<std::pair<std::string, ClaimVerdict>>
      settled_without;                  ///< single rows without which an open verdict would be this one
  std::vector<std::string> not_tested;  ///< parts of the claim that the test leaves out
  bool placebo = false;                 ///< the account without its content gives the same verdict
  std::map<std::string, ClaimVerdict>
      self_tests;  ///< the base's verdict by itself under each self-test; "as_it_is": over the same worlds
  std::vector<std::string> rests_on;
  std::string inherited_from;                         ///< the claim whose weaker verdict it takes
  ClaimVerdict alone = ClaimVerdict::not_testable;    ///< its verdict without what it rests on
  std::map<std::string, ClaimResult> by_alternative;  ///< "base" and every reading
  std::map<std::string, ClaimVerdict>
      by_account;  ///< the same claim under every account, by its test; what it rests on there counts
  /// How a rival account tests the claim, in words, where it says it otherwise than the first.
  std::map<std::string, std::string> test_in;
};

struct ClaimOptions {
  framing::Options framing;
  SolveOptions solve;
  mpq_class holds{19, 20};        ///< least share of worlds; at most 1 - holds: it fails
  std::vector<std::string> only;  ///< ids; empty: all
  std::function<void(double)> progress;
};

/// Claims of the first account, in the order of the file, under every reading and every account: a rival that
/// revises a claim puts it to its own test. Claims that only a rival makes are `own_claims`.
[[nodiscard]] std::vector<ClaimAnswer> ask(const std::vector<AccountInput>& accounts,
                                           const ClaimOptions& options);

/// Claims that a rival account makes and the first does not, by account, each by that account alone.
[[nodiscard]] std::map<std::string, std::vector<ClaimAnswer>> own_claims(
    const std::vector<AccountInput>& accounts, const ClaimOptions& options);

}  // namespace parley::questions
