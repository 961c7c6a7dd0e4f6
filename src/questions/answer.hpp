// SPDX-License-Identifier: MIT
// An answer: a stable id, a proposition, its value over worlds, whether it is proved, and the rows that made
// it. Everything that is printed, compared or tested is one of these.
#pragma once
#include <string>
#include <vector>

#include "deals/ensemble.hpp"
#include "framing/deals.hpp"
#include "questions/answer_id.hpp"

namespace parley::questions {

struct Answer {
  AnswerId id;              ///< "indirect.zone", "indirect.opens:us", ...
  std::string proposition;  ///< a sentence that is true or false in a world
  worlds::Share share;      ///< of worlds in which it is true; of = 0 where it is decided without worlds
  bool proved = false;      ///< true in all, or in no, consistent world by proof
  bool truth = false;       ///< where proved: which of the two
  std::vector<std::string> rows;
  /// Not empty: whether it is so hangs on what these want, on whom the account holds no row. It is then
  /// neither true nor false in the worlds between `share` and what may be more.
  std::vector<std::string> open = {};

  /// "all", "some", "no" worlds; proved answers by proof, others by the share of drawn worlds.
  [[nodiscard]] std::string in_worlds() const;
};

/// One table of one column: the framed problem and what the lens said of it.
struct TableAnswer {
  framing::Framed framed;
  deals::EnsembleAnswer answer;
};

[[nodiscard]] std::vector<Answer> answers_of(const TableAnswer& table);

/// The rows behind a limit index of the ensemble (limits first, then one reservation per party).
[[nodiscard]] std::vector<std::string> rows_of(const TableAnswer& table, int limit);
[[nodiscard]] std::string id_of(const TableAnswer& table, int limit);
[[nodiscard]] std::string owner_of(const TableAnswer& table, int limit);

/// asserted: one contestable row; collision: two rows about one issue; follows: anything that joins more
/// (rule 12).
[[nodiscard]] std::string conflict_kind(const TableAnswer& table, const std::vector<int>& limits);

}  // namespace parley::questions
