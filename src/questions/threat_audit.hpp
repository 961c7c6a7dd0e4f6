// SPDX-License-Identifier: MIT
// What is asked of every threat, promise and condition of an account, and what the account says to it.
// Definitions: docs/methods/consistency.md, "The audit of threats and promises".
#pragma once
#include <string>
#include <vector>

namespace parley::questions {

struct AuditItem {
  /// own_goals: the act against each goal of its maker; compliance: what is asked for, against the same;
  /// target: for those it is made to, what is asked for against the act; lifted: does compliance end it;
  /// undone: was an agreement of the same kind left; others: who else pays; wanted: is a promise wanted.
  std::string question;
  std::string verdict;  ///< one word for each question (docs/command-line.md); "unsaid" where nothing is said
  std::string words;    ///< one sentence without its full stop; where nothing can be said, why
  std::vector<std::string> rows;
  [[nodiscard]] bool said() const { return verdict != "unsaid"; }
};

/// Of one commitment with its restatements.
struct Audit {
  std::string row, kind, by;          ///< kind: threat, promise, condition
  std::vector<std::string> to;        ///< whom it is made to; where it does not say, who else signs
  std::vector<std::string> restated;  ///< rows that state it again
  std::string words;                  ///< "the threat of the United States (force is attack)"
  std::vector<AuditItem> items;
};

}  // namespace parley::questions
