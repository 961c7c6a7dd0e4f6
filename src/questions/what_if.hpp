// SPDX-License-Identifier: MIT
// What if X were v: an intervention over every lens, each reading a column, under common draws.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "questions/run.hpp"

namespace parley::questions {

/// A condition asked about: what may be the case before and after.
struct ThenAnswer {
  enum class State {
    holds,     ///< it is so in any case
    excluded,  ///< shut out by rows, whatever else may change
    not_now,   ///< not shut out, but it is not so and nothing that is set leads there
    open       ///< it may be so
  } before = State::open,
    after = State::open;
  std::string condition;
  std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>>
      levels;                         ///< variable -> levels that it may be at before, after
  std::vector<std::string> way;       ///< rows that lead from what is set to what is asked about
  std::vector<std::string> defaults;  ///< "default:still:rial" and the like
};

/// An answer of a lens before and after, over the same draws.
struct Shift {
  Answer before, after;
  double difference = 0, low = 0, high = 0;  ///< of the shares of worlds; 95 % interval of sampling
  bool paired = false;                       ///< world by world; otherwise from two shares

  [[nodiscard]] bool changed() const;
};

/// Answers that `--then` names: a claim's verdict, a net sign ("X on Y"), "the present holds", an answer by
/// its id. None where neither side gives one.
struct ThenShifts {
  std::string asked;
  std::vector<Shift> shifts;
  std::string why = {};  ///< where there is none: why not, one sentence without its full stop; else empty
};

struct WhatIfColumn {
  std::string alternative;
  std::vector<ThenAnswer> then;
  std::vector<ThenShifts> then_answers;
  /// Of the tables in every column; of the account as written, of all other lenses, too.
  std::vector<Shift> shifts;
};

struct WhatIf {
  std::vector<std::string> sets;  ///< "annexation is done", as understood
  std::string reading;            ///< of an intervention of the account: its name; else empty
  std::string account;
  std::vector<WhatIfColumn> columns;  ///< base first
};

struct WhatIfQuestion {
  std::vector<std::string> conditions;  ///< conditions, or interventions of the account, all at once
  std::vector<std::string> then;
};

/// Words behind `--then` that look like the id of an answer and name nothing in the account.
struct NoSuchAnswer {
  std::string why;   ///< one sentence without its full stop
  std::string hint;  ///< the nearest id, or where ids are listed
};
/// The first of the words that is no condition and no answer that the account has; nothing where all are.
/// What is true in no world is an answer as well.
[[nodiscard]] std::optional<NoSuchAnswer> no_such_answer(const account::Account& account,
                                                         const framing::Options& framing,
                                                         const std::vector<std::string>& then,
                                                         const SolveOptions& options);

/// One for each reading and account. `problems`: sentences about what cannot be read; nothing is then
/// answered. A rival account, or a reading, that lacks what the question names is left out.
[[nodiscard]] std::vector<WhatIf> what_if(const std::vector<AccountInput>& accounts,
                                          const WhatIfQuestion& question, const framing::Options& framing,
                                          const SolveOptions& options, std::vector<std::string>* problems);

}  // namespace parley::questions
