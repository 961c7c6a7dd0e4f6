// SPDX-License-Identifier: MIT
// What follows from several sentences of an account together and stands in none of them: rows that pull
// against each other, by signs and logic alone. Definitions: docs/methods/consistency.md, "Findings".
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "questions/columns.hpp"
#include "questions/threat_audit.hpp"

namespace parley::questions {

struct Finding {
  enum class Kind {
    needs_collide,  ///< two needs of one objective: whatever serves the one harms the other
    own_goal,       ///< what an actor threatens, promises or presses for works against its own goal
    shut,           ///< an act rules out what a commitment requires or a goal needs
    limits,   ///< limits that leave no package, where failure works against goals of those who hold them
    opening,  ///< who alone could make room for an agreement, and what every package then left means for it
    compliance,  ///< what a threat asks for, met in full, serves only a part of what its maker needs
    target,      ///< for whom a threat is made: compliance against the threat carried out
    not_lifted,  ///< what compliance leaves of the threat
    undone,      ///< an agreement of the same kind was left before
    others_pay,  ///< the act works against goals of somebody who is no side of the commitment
    unwanted,    ///< a promise that touches nothing the other side is said to want
  } kind = Kind::own_goal;
  std::string id;                      ///< stable: the kind and the rows and variables it is about
  std::string words;                   ///< one sentence without its full stop
  std::vector<std::string> rows;       ///< that it joins, in the order in which the words need them
  std::vector<std::string> sentences;  ///< sources of these rows, each once: "art.S19", "quandt"
  std::vector<std::string> assumed;    ///< their assumptions, each once
  int joined = 0;      ///< rows that bring a sentence or an assumption which no row before them has
  bool proved = true;  ///< for every strength, weight and world that agrees with its rows
  /// Every smallest set of rows without which it is no longer found, by trying; empty where none of up to
  /// kMostRemoved of its rows is enough.
  std::vector<std::vector<std::string>> falls_without;
  std::vector<std::string> not_in;  ///< readings of the account in which it is not found
};
inline constexpr std::size_t kMostRemoved = 3;

struct Findings {
  std::vector<Finding> list;  ///< what is proved and joins more sentences first
  std::vector<Audit> audits;  ///< by row
  bool complete = true;       ///< not cut short
};

struct FindingsOptions {
  bool ablate = true;  ///< fill `falls_without`
  const std::atomic<bool>* cancel = nullptr;
};

/// `readings`: further columns of the same account, for `not_in`.
[[nodiscard]] Findings findings_of(const Column& base, const std::vector<Column>& readings = {},
                                   const FindingsOptions& options = {});

[[nodiscard]] std::string kind_word(Finding::Kind kind);  ///< "needs-collide", "own-goal", ...

}  // namespace parley::questions
