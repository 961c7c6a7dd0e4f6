// SPDX-License-Identifier: MIT
// The situation: an account after its patches, groups expanded, every variable that a condition can name in
// one list. The only door from rows to what the lenses see.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "account/account.hpp"
#include "expression/formula.hpp"
#include "framing/options.hpp"

namespace parley::framing {

using expression::Formula;
using expression::LevelSet;

enum class VariableKind { issue, relation, quantity, agreement, talks, outcome };

/// Levels of a quantity: which way it goes against the present. Levels of talks: going, agreed, failed.
inline constexpr int kFalls = 0, kSteady = 1, kRises = 2;
/// Levels of an outcome (a named condition, variable id `outcome:NAME`): avoided, happens.
inline constexpr int kGoing = 0, kAgreed = 1, kFailed = 2;
/// The most levels of one variable (an ordinal stake has at most as many).
inline constexpr int kMostLevels = 20;

struct Variable {
  std::string id;   ///< "programme", "recognises(saudi, israel)"
  std::string row;  ///< the row that declares it
  VariableKind kind = VariableKind::issue;
  std::vector<std::string> levels;
  bool ordered = false;
  std::vector<std::string> movers;  ///< who decides it; empty = nobody (nature)
  LevelSet now;                     ///< levels that it may be at now: one = known, all = unknown
  std::string set_by;               ///< the event that set `now`, where no row states it
  bool never_falls = false;
  bool split = false;  ///< self-test: level l is the two sub-levels 2l, 2l+1

  [[nodiscard]] int size() const { return static_cast<int>(levels.size()); }
  [[nodiscard]] bool known() const { return now.count() == 1; }
};

/// A default that framing applied: it shows up in conflicts, ledger and manifest like any row.
struct DefaultRow {
  std::string id;     ///< "default:silence:us:relief"
  std::string words;  ///< one sentence
  std::string about;  ///< the row or variable that it completes
};

/// A row, or a part of one, that this lens could not read, and why.
struct Unread {
  std::string row, why;
};

struct Situation {
  account::Account account;  ///< rows sorted by id: the order of the file changes nothing
  Options options;
  std::vector<Variable> variables;
  std::map<std::string, int> index;  ///< variable id -> number
  std::vector<std::pair<int, Formula>>
      outcomes;  ///< variable of an outcome, the condition that it stands for
  std::vector<Unread> unread;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_concept;  ///< places in account.rows

  [[nodiscard]] int variable(std::string_view id) const;             ///< -1: there is none
  [[nodiscard]] const account::Row* row(std::string_view id) const;  ///< by its id; null: there is none
  [[nodiscard]] std::vector<const account::Row*> of(std::string_view concept_name) const;  ///< by id
  /// Members of an actor (itself) or group under the option `groups`; sorted.
  [[nodiscard]] std::vector<std::string> members(const std::string& name) const;
  [[nodiscard]] bool open_group(const std::string& name) const;
  /// An assumption's or inline estimate's interval; `otherwise` when there is none.
  [[nodiscard]] expression::Interval interval(const account::Value* value,
                                              expression::Interval otherwise) const;
};

[[nodiscard]] Situation make_situation(const account::Account& account, const Options& options);

/// A condition bound to the situation's variables; nothing and a reason when this condition cannot be
/// (numbers on a quantity, a name that is no variable).
[[nodiscard]] std::optional<Formula> bind(const Situation& situation, const expression::Tree& tree,
                                          std::string* why = nullptr);
/// A phrase (`at least partial`) on one variable: the levels that satisfy it.
[[nodiscard]] std::optional<LevelSet> bind_phrase(const Variable& variable, const expression::Tree& phrase,
                                                  std::string* why = nullptr);
/// The options of a package, or any map variable -> level.
[[nodiscard]] std::optional<Formula> bind_options(const Situation& situation, const account::Value& options,
                                                  std::string* why = nullptr);
/// The levels of `variable` that the word names (two where its scale is split); empty when it names none.
[[nodiscard]] LevelSet levels_named(const Variable& variable, std::string_view word);

}  // namespace parley::framing
