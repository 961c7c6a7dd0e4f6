// SPDX-License-Identifier: MIT
// Parts of findings, private to this room.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "account/naming.hpp"
#include "framing/causal.hpp"
#include "framing/consistency.hpp"
#include "framing/deals.hpp"
#include "questions/findings.hpp"

namespace parley::questions {

/// Something that an actor wants: a need of its objective, a preference, a position.
struct Goal {
  std::string row;
  std::vector<std::string> by;
  std::string text;  ///< the need as it is written, or what it comes to
  bool objective = false;
  std::vector<framing::End> ends = {};  ///< all of them must go their way
};
[[nodiscard]] std::vector<Goal> goals_of(const framing::Situation& s);

/// One account as findings see it. What costs time is made when it is first asked for.
class Ground {
 public:
  Ground(const account::Account& account, const framing::Options& options);
  [[nodiscard]] const framing::Situation& s() const { return situation_; }
  [[nodiscard]] const framing::Rules& rules() const;
  [[nodiscard]] const framing::ConsistencyFrame& frame() const;
  [[nodiscard]] const std::vector<consistency::Exclusion>& exclusions() const;
  [[nodiscard]] const std::vector<Goal>& goals() const;
  /// The table where what is pressed for binds, too (`pressed`), or as the options say; null: no such table.
  [[nodiscard]] const framing::Framed* table(const std::string& talks, bool pressed) const;

 private:
  framing::Situation situation_;
  mutable std::optional<framing::Rules> rules_;
  mutable std::optional<framing::ConsistencyFrame> frame_;
  mutable std::optional<std::vector<consistency::Exclusion>> exclusions_;
  mutable std::optional<std::vector<Goal>> goals_;
  mutable std::map<std::pair<std::string, bool>, std::optional<framing::Framed>> tables_;
};

/// What an actor does, threatens, promises or presses for.
struct Measure {
  std::string row, by;
  std::string text;  ///< "what Iran asks for (sanctions: lifted)"
  framing::Formula act;
  enum class Kind { threat, word, position } kind = Kind::word;  ///< word: a promise or a condition
};
[[nodiscard]] std::vector<Measure> measures_of(const framing::Situation& s);

/// One way from a measure, as steps.
struct Way {
  struct Step {
    framing::NodePlace to;
    logic::Sign sign = logic::Sign::plus;  ///< how what is reached moves
    std::string row;                       ///< empty: the measure itself
  };
  std::vector<Step> steps;
};

/// Signs of a measure on every variable. An act is a node of its own: it moves what it sets, and works every
/// mechanism whose joint cause it makes true by itself.
class Signs {
 public:
  /// `agreed`: the act is signed at a table, which lifts the threats of those who sign there (framing rule
  /// 9).
  Signs(const Ground& ground, const framing::Formula& act, bool agreed = false);
  /// Net sign on what a goal needs: plus serves it; none where nothing reaches it.
  [[nodiscard]] logic::Sign on(const std::vector<framing::End>& ends) const;
  /// A shortest way of this sign to one of the ends on which every step works by itself: no joint cause that
  /// the act leaves open, no condition that only permits.
  [[nodiscard]] std::optional<Way> way(const std::vector<framing::End>& ends, logic::Sign sign) const;
  /// Rows of every arc that lies on some walk to one of the ends.
  [[nodiscard]] std::set<std::string> rows_towards(const std::vector<framing::End>& ends) const;
  /// Does the act set the variable of an end itself?
  [[nodiscard]] bool sets(const std::vector<framing::End>& ends) const;
  [[nodiscard]] bool reaches(const framing::NodePlace& place) const;

 private:
  [[nodiscard]] int node(const framing::NodePlace& place) const;
  void add_own_arcs(const Ground& ground, const framing::Formula& act);
  void mark_sure(const Ground& ground);
  void drop_lifted(const Ground& ground);

  std::vector<framing::NodePlace> places_;
  logic::SignedGraph graph_;
  std::vector<std::string> rows_;
  std::vector<bool> sure_;  ///< per arc
  std::vector<logic::Sign> net_;
  framing::Masks masks_;  ///< after the act, everything else open
  std::set<int> set_;     ///< variables that the act sets
  std::set<std::string> lifted_;
  int own_ = 0;  ///< the act's node
};

/// A finding with what it takes to look for it again in another account: by names alone, since the numbers of
/// variables differ.
struct Found {
  Finding finding;
  std::function<bool(const Ground&)> holds;
  std::string maker = {};               ///< of a measure: whose
  std::vector<std::string> candidates;  ///< rows whose absence may undo it
  std::vector<std::string> context =
      {};  ///< rows that it names without resting on each: not counted as joined
};

[[nodiscard]] std::vector<Found> pulls_of(const Ground& ground);
[[nodiscard]] std::vector<Found> shuts_of(const Ground& ground);
[[nodiscard]] std::vector<Found> limits_of(const Ground& ground);
[[nodiscard]] std::vector<Found> openings_of(const Ground& ground);

struct Audited {
  std::vector<Audit> audits;
  std::vector<Found> found;
  bool complete = true;  ///< false: stopped before every commitment was looked at
};
[[nodiscard]] Audited audit_of(const Ground& ground);

/// A commitment as the audit takes it.
struct Word {
  const account::Row* row = nullptr;
  std::vector<const account::Row*> restated;
  std::string kind, by;
  std::vector<std::string> to;
  framing::Formula act;
  std::string act_text;
  /// What is asked for: the opposite of a threat's condition, a promise's condition, what `only_if` requires;
  /// nothing where that is not said or is any agreement.
  std::optional<framing::Formula> asked;
  std::string asked_text;
  std::string asked_row = {};   ///< the package, where it is one
  std::set<std::string> talks;  ///< tables where a target can sign all that is asked for
  bool any_agreement = false;   ///< the condition is that talks fail
};
/// In the order of their rows; `only`: that row alone, where it is not empty.
[[nodiscard]] std::vector<Word> words_of(const framing::Situation& s, const std::string& only = "");
/// Tables where somebody it is made to signs and every variable of the formula lies.
[[nodiscard]] std::set<std::string> tables_of(const framing::Situation& s, const Word& word,
                                              const framing::Formula& formula);
/// Actors behind names, groups by their members.
[[nodiscard]] std::vector<std::string> members_of(const framing::Situation& s,
                                                  const std::vector<std::string>& names);
/// Each question of the audit adds one item, and what it finds.
void audit_own_goals(const Ground& ground, const Word& word, Audit& audit);
void audit_compliance(const Ground& ground, const Word& word, Audited& result, Audit& audit);
/// For whom it is made: what is asked for against the act (threat), or with it against no deal (promise).
void audit_target(const Ground& ground, const Word& word, Audited& result, Audit& audit);
void audit_lifted(const Ground& ground, const Word& word, Audited& result, Audit& audit);
void audit_undone(const Ground& ground, const Word& word, Audited& result, Audit& audit);
void audit_others(const Ground& ground, const Word& word, Audited& result, Audit& audit);
void audit_wanted(const Ground& ground, const Word& word, Audited& result, Audit& audit);

[[nodiscard]] bool includes(const std::vector<std::string>& list, const std::string& item);
[[nodiscard]] bool owns(const Goal& goal, const std::string& actor);
/// Ends by the names of their variables and levels: numbers differ from account to account.
using NamedEnds = std::vector<std::tuple<std::string, std::string, logic::Sign>>;
[[nodiscard]] NamedEnds named(const framing::Situation& s, const std::vector<framing::End>& ends);
[[nodiscard]] bool same_ends(const std::vector<framing::End>& a, const std::vector<framing::End>& b);
[[nodiscard]] std::vector<std::string> rows_of(const Way& way);
/// "\"a stable Middle East\" needs \"spillover is contained\"", "it wants \"...\""
[[nodiscard]] std::string goal_words(const framing::Situation& s, const Goal& goal);

/// Words. Actors and goals by what they are said to be, in short; everything else by its id.
[[nodiscard]] std::string name_of(const framing::Situation& s, const std::string& id);
using account::capital;
using account::plain;
/// "spillover moves towards spread", "normalisation falls"
[[nodiscard]] std::string moved(const framing::Situation& s, const framing::NodePlace& place,
                                logic::Sign sign);
/// "threat from iran falls, and so normalisation falls"
[[nodiscard]] std::string way_words(const framing::Situation& s, const Way& way);
[[nodiscard]] std::string listed(const std::vector<std::string>& words);
/// "what a presses for (x: 1)", "what a presses for (y: 2)" -> "what a presses for (x: 1; y: 2)"
[[nodiscard]] std::string listed_measures(const std::vector<std::string>& texts);

/// Can the row be false: not one that only says what there is to speak of?
[[nodiscard]] bool contestable(const account::Account& account, const std::string& row);
/// Rows without repetition, in their order.
void append_new(std::vector<std::string>& rows, const std::vector<std::string>& more);

}  // namespace parley::questions
