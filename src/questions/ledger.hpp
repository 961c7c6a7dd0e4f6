// SPDX-License-Identifier: MIT
// The ledger: from any answer to its rows and sentences, and back. For every sentence: which rows say it,
// which answers move when what it says is left out, or that nothing uses it. Definitions:
// docs/methods/questions.md.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "questions/compare.hpp"

namespace parley::questions {

/// An answer before and after what a sentence says is left out.
struct Moved {
  Parting parting = Parting::none;
  Answer before, after;
};

struct LedgerSentence {
  enum class Status {
    moves,      ///< some answer parts when its rows are left out
    reaches,    ///< its rows are read by a lens, and no answer moves without them
    declares,   ///< its rows only say who, what and where; they are not left out
    idle,       ///< its rows reach no lens
    unwritten,  ///< quoted, and no row cites it
  } status = Status::unwritten;
  std::string id;                     ///< "art.S19"
  std::vector<std::string> rows;      ///< that cite it, by id
  std::vector<std::string> left_out;  ///< those of them that say something contestable
  std::vector<Moved> moves;           ///< furthest first
  std::vector<AnswerId> answers;      ///< ids of answers among whose rows one of these stands
};

struct LedgerAnswer {
  Answer answer;
  std::vector<std::string> sentences;  ///< of its rows
  std::vector<std::string> assumed;    ///< assumptions of its rows
};

struct Ledger {
  std::vector<LedgerSentence> sentences;  ///< by source, then number
  std::vector<LedgerAnswer> answers;
  std::map<std::string, std::vector<AnswerScope>> read;  ///< row -> scopes whose lens reads it
  bool ablated = false;  ///< sentences were left out one by one; false: too much work, `moves` are empty
  bool complete = true;
};

struct LedgerOptions {
  framing::Options framing;
  SolveOptions solve;
  std::function<void(double)> progress;
  unsigned sources = kAsksAll;
};

/// Work of one account over all its scopes times sentences, beyond which nothing is left out:
/// `AnswerList::work`.
inline constexpr double kMostLedgerWork = 300'000;

[[nodiscard]] Ledger ledger_of(const account::Account& account, const LedgerOptions& options);

[[nodiscard]] std::string status_word(LedgerSentence::Status status);

}  // namespace parley::questions
