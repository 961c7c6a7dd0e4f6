// SPDX-License-Identifier: MIT
// Which assumptions an answer hangs on: one at a time (tornado), one step at a time (Morris), and as shares
// of its variance (Sobol), over the same worlds; what flips it; how much of it rests on assumption; and the
// one input that would narrow it most. Mathematics: docs/methods/questions.md.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "questions/flips.hpp"
#include "worlds/indices.hpp"

namespace parley::questions {

/// One factor at its ends, all else as it stands.
struct Swing {
  int factor = 0;
  Answer low, high;  ///< of a backing or a choice: `high` as it stands, `low` flipped
  double size = 0;   ///< largest minus smallest share among both and the answer as it stands
};

/// Factors that are likely to move together: one row reads them.
struct FactorGroup {
  std::vector<int> factors;  ///< indices into `Sensitivity::moved`
  std::string row;
  worlds::Estimate first, total;
  /// Variance of the answer where they move as one, and where the first moves against the others, as
  /// multiples of the variance where all move independently.
  double together = 0, opposed = 0;
};

struct Rests {
  int evidence = 0, assumption = 0, both = 0;              ///< rows without which the answer moves at all
  double by_evidence = 0, by_assumption = 0, by_both = 0;  ///< sum of how far it moves without each
};

struct NextInput {
  std::string words;   ///< "what us wants of sanctions", "share of met US threats carried out"
  std::string ask;     ///< who would know, where that is said
  std::string factor;  ///< id; empty: a wish of a silent party
  double narrows = 0;  ///< range of the answer's share over what it may turn out to be
};

struct Sensitivity {
  Answer answer;                        ///< as it stands
  std::vector<Factor> factors;          ///< everything that could be varied
  std::vector<Swing> swings;            ///< those that move anything in the answer's scope, largest first
  std::vector<std::string> idle;        ///< ids of those that do not
  std::vector<int> screened;            ///< ranges that move anything in its scope, at most kMostMoved
  std::vector<worlds::Effect> effects;  ///< parallel to `screened`
  int left_out = 0;                     ///< ranges beyond kMostMoved: as they stand in what follows
  std::vector<int> moved;               ///< those of `screened` that move the answer, alone or at some step
  worlds::Indices indices;              ///< parallel to `moved`; empty where nothing moves it
  std::vector<FactorGroup> groups;
  int samples = 0, evaluations = 0, worlds = 0;
  FlipSearch by_assumptions, by_rows;
  std::vector<Move> moves;
  Rests rests;
  std::vector<NextInput> next;  ///< most first
  bool complete = true;
};
inline constexpr int kMostMoved = 16;

struct SensitivityOptions {
  framing::Options framing;
  SolveOptions solve;
  int samples = 128;      ///< base points of the indices, a power of two
  int trajectories = 10;  ///< of the screening
  std::function<void(double)> progress;
  std::vector<account::Patch> alternatives;  ///< readings, each a choice by itself
  std::vector<account::Account> rivals;      ///< and other accounts, likewise
};

/// Precondition: `id` is an answer's id whose scope the account answers.
[[nodiscard]] Sensitivity sensitivity(const account::Account& account, const AnswerId& id,
                                      const SensitivityOptions& options);

}  // namespace parley::questions
