// SPDX-License-Identifier: MIT
// All answers of one column, whatever lens gives them, in one list with stable ids: what is compared between
// accounts, flipped, moved by assumptions and traced to sentences.
//
//   indirect.zone, indirect.opens:us, ...        a table, at the line of `binding` that was asked for
//   indirect.zone@presses                        the same at another line
//   consistency.excluded:programme is kept, ...  what is excluded, forced, joined by signs
//   findings.own-goal:us_threat..., ...          what joins sentences
//   claim:iran_weak.entailed, .fails, .true      does the account bear the claim out?
//   stability:indirect.now:seq, ...              does the present hold, who leaves it, what of packages
//
// To add a source: write one function as below and name it in lens_answers.cpp.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "framing/options.hpp"
#include "questions/answer_id.hpp"
#include "questions/columns.hpp"
#include "questions/digest.hpp"

namespace parley::questions {

struct AnswerList {
  std::vector<Answer> answers;  ///< those that are true in some world; a statement not listed is true in none
  std::vector<AnswerScope> scopes;  ///< what was asked: "indirect", "indirect@presses", "consistency"
  /// Fingerprint of what each scope's lens was given and of the rows that made it: where a patch leaves it
  /// alone, the patch cannot matter there, whatever else is patched.
  std::map<AnswerScope, Fingerprint> problems;
  std::map<AnswerScope, std::vector<std::string>> read;  ///< rows that the lens of a scope reads
  std::map<AnswerScope, std::string> tests;              ///< of a claim: its test in words
  /// Answers that are open, and on whose wishes they hang: they are not listed, and are in no world neither.
  std::map<AnswerId, std::vector<std::string>> open;
  /// Games each of whose situations is an answer: of every issue its levels in words ("force is withheld"). A
  /// situation of other parts is none of theirs.
  std::map<AnswerScope, std::vector<std::set<std::string>>> situations;
  /// Of a game that is called after an issue, those that it might be called after: the first by name is
  /// taken.
  std::map<AnswerScope, std::vector<std::string>> called_after;
  double work = 0;  ///< rough measure of what answering again costs: cases and pairs of levels
  [[nodiscard]] const Answer* find(const AnswerId& id) const;
  [[nodiscard]] bool asked(const AnswerScope& scope) const;
  /// Was it asked, and is it not open? Then what is not listed is true in no world. A situation is asked
  /// where the game has its issues and levels, and no others.
  [[nodiscard]] bool gives(const AnswerId& id) const;
};

/// Sources, as bits: a question that is asked of very many accounts may leave out those that cost most.
inline constexpr unsigned kAsksDeals = 1, kAsksConsistency = 2, kAsksFindings = 4, kAsksClaims = 8,
                          kAsksCounts = 16,  ///< claims that count worlds of a table, too
    kAsksStability = 32, kAsksAll = 63, kAsksLittle = kAsksDeals | kAsksConsistency | kAsksClaims;

/// The same answers of an account whose rows are called otherwise.
[[nodiscard]] AnswerList renamed(AnswerList list, const account::Renaming& names);

/// How much more an answer of this scope costs than one of a table.
[[nodiscard]] double cost_of(const AnswerScope& scope);

struct LensOptions {
  SolveOptions solve;  ///< draws, seed, proofs; `threads` counts only in `of_all`
  bool lines = true;   ///< every table also at the other two lines of `binding`
  /// Variables on which signs are asked for besides each account's own ends: so that accounts with different
  /// ends are asked the same.
  std::set<std::string> ends = {};
  unsigned sources = kAsksAll;
};

/// Answers by fingerprint of the problem that they answer. Safe to share between threads.
class AnswerCache {
 public:
  using List = std::shared_ptr<const std::vector<Answer>>;
  [[nodiscard]] List find(const Fingerprint& key) const;
  void keep(const Fingerprint& key, List list);

 private:
  static constexpr std::size_t kMost = 20'000;  ///< lists; then it is emptied
  mutable std::mutex lock_;
  std::map<Fingerprint, List> lists_;
};

/// What a source is asked: one account under one set of framing options.
struct Asked {
  const framing::Situation& situation;
  const LensOptions& options;
  std::string line;                  ///< "", or the other line of `binding` that its scopes name
  std::optional<AnswerScope> scope;  ///< only answers of this scope are wanted
  AnswerCache& cache;
};
using AnswerSource = void (*)(const Asked& asked, AnswerList& list);

void answers_of_deals(const Asked& asked, AnswerList& list);
void answers_of_consistency(const Asked& asked, AnswerList& list);
void answers_of_findings(const Asked& asked, AnswerList& list);
void answers_of_claims(const Asked& asked, AnswerList& list);
void answers_of_stability(const Asked& asked, AnswerList& list);

/// What signs are asked of: named outcomes, and what objectives need. Ids of variables.
[[nodiscard]] std::set<std::string> ends_of(const framing::Situation& situation);

/// An account and the choices under which it is framed: what a patch makes.
struct Variant {
  account::Account rows;
  framing::Options framing;
};

class LensAnswers {
 public:
  explicit LensAnswers(LensOptions options) : options_(std::move(options)) {}
  /// `scope`: only that one; none = everything.
  [[nodiscard]] AnswerList of(const account::Account& rows, const framing::Options& framing,
                              const std::optional<AnswerScope>& scope = {}) const;
  /// The same for many, on all threads. A cancelled one leaves lists without scopes.
  [[nodiscard]] std::vector<AnswerList> of_all(const std::vector<Variant>& variants,
                                               const std::optional<AnswerScope>& scope = {},
                                               const std::function<void(double)>& progress = {}) const;
  [[nodiscard]] const LensOptions& options() const { return options_; }
  [[nodiscard]] bool stopped() const {
    return options_.solve.cancel != nullptr && options_.solve.cancel->load();
  }

 private:
  LensOptions options_;
  mutable AnswerCache cache_;
};

}  // namespace parley::questions
