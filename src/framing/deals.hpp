// SPDX-License-Identifier: MIT
// Framing for the deals lens: one bargaining problem for each talks row (rules 1 to 10).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "account/naming.hpp"
#include "deals/ensemble.hpp"
#include "framing/limits.hpp"
#include "framing/situation.hpp"

namespace parley::framing {

/// A stake of which no row puts the levels in order.
struct Silence {
  std::string party, variable;
  bool consequence = false;
  std::vector<std::string> rows = {};  ///< rows of the party's own that name it all the same (mentions.hpp)
};

/// A named package on the map: the packages of the problem that complete it (what it leaves open stays as it
/// is now where that is known, otherwise anything).
struct NamedPackage {
  std::string id;
  std::vector<int> completions;
  std::string why;                     ///< why it cannot be placed, when there is no completion
  std::vector<std::string> left_open;  ///< issues of Framed::left_open that it does not name
};

/// Printed, never binding: a condition that is not specified, a ratifier without a stated preference, a
/// warning.
struct OpenCondition {
  std::string row, words;
};

/// One party's rows on one variable that contradict each other: no consistent world (rule 13).
struct Clash {
  std::string party, variable;
  std::vector<std::string> rows;
  std::string why;  ///< what they come to, where one can say: "the weights add up to 110 %"
};
/// "its rows on toll contradict each other", or what they come to.
[[nodiscard]] std::string clash_words(const Clash& clash);

/// A part of an actor that must ratify what moves some issues of the table (rule 9).
struct Ratifier {
  std::string id, of;
  std::string name;                 ///< with its side: "the legislature of Israel"
  std::vector<int> issues;          ///< variables of the table that it ratifies
  std::vector<std::string> limits;  ///< its positions that bar
  bool states_preference = false;   ///< some row says what it wants, and is no limit
  int party = -1;     ///< its place in ensemble.parties, where it must prefer a package to no deal
  bool open = false;  ///< it has no stated limit or wish here, nor is it said to be indifferent to all of it
  std::string words;  ///< one sentence without its full stop
};

/// A limit of a ratifier holds for packages that move one of these issues; a condition that somebody makes
/// for an act, where the act has yet to be brought about; every other limit for all packages.
struct LimitScope {
  std::vector<int> issues;  ///< empty: all packages
  Formula wanted;           ///< what the limit asks for
  std::optional<Formula> act =
      {};  ///< what stands already where this holds at present, and is not barred then
};

/// Why a variable cannot be chosen at this table: `held:<variable>`.
struct Held {
  std::string id;
  Formula formula;
  std::vector<std::string> rows;  ///< what says so: the variable's row, and the agenda that may open it
};

/// What structure and limits alone say of a table that is too large to list (by SAT): whatever utilities may
/// be, no package outside them is agreed. Sets are indices of limits, each minimal in some resolution.
struct ByLimits {
  std::size_t resolutions = 0, looked_at = 0;
  std::size_t with_package = 0;  ///< resolutions in which some package is within all limits
  std::size_t undecided = 0;     ///< resolutions that were given up
  bool complete = true;          ///< all resolutions were looked at, and the sets are exhaustive
  std::vector<std::vector<int>> conflicts, relaxations;
  /// No resolution leaves a package: there is no zone in any world.
  [[nodiscard]] bool excluded() const {
    return with_package == 0 && undecided == 0 && looked_at == resolutions;
  }
};

/// One way to settle what is unknown and discrete.
struct Settlement {
  std::vector<int> now;    ///< per variable of the situation
  std::vector<int> signs;  ///< per drive: of sign unknown +1 or -1, otherwise 0
};

struct Framed {
  std::string table;
  std::vector<std::string> parties;    ///< who sign
  std::vector<Ratifier> ratifiers;     ///< who must ratify what, by id
  account::Names names;                ///< of parties and of owners of limits
  std::vector<int> issues;             ///< situation variables on the table, in the order of the row
  std::vector<std::string> issue_ids;  ///< parallel to issues
  std::map<std::string, std::vector<std::string>> level_words;  ///< stake or issue -> its levels in words
  deals::Ensemble ensemble;
  std::vector<NamedPackage> packages;
  std::vector<Silence> silent;
  /// Issues of the table on which no party has a stated wish: where a package is named, no level of these is.
  std::vector<std::string> left_open;
  std::vector<DefaultRow> defaults;
  std::vector<OpenCondition> open_conditions;
  std::vector<Clash> clashes;
  std::vector<Unread> unread;
  std::vector<std::string> lifted;     ///< commitments that an agreement lifts (rule 9)
  std::vector<std::string> used_rows;  ///< every row that this problem reads, sorted
  std::optional<ByLimits> by_limits;   ///< of a table too large to list
  std::string only_within_limits;  ///< a sentence, where only packages within all limits are framed: zone and
                                   ///< proofs are whole, reasons and what breaks limits are not worked out
  std::string too_large;           ///< a sentence, when a named limit was passed: the ensemble is then empty

  std::vector<Formula> limit_formulas;   ///< parallel to ensemble.limits, over situation variables
  std::vector<LimitScope> limit_scopes;  ///< parallel to limit_formulas
  std::vector<Formula> structure;        ///< pure structure, without `held`
  std::vector<Held> held;
  std::vector<Settlement> settled;            ///< parallel to ensemble.resolutions
  std::vector<int> unknown_starts;            ///< variables whose start differs between them
  std::vector<std::size_t> unknown_signs;     ///< drives whose sign does
  std::vector<std::vector<int>> assignments;  ///< raw packages as full assignments, for `held_in`
};

/// What sentences call a part that ratifies, with its side.
[[nodiscard]] std::string ratifier_name(const account::Account& account, const std::string& id,
                                        const std::string& of);

/// Precondition: `table` is a talks row. Nothing when it has no parties that sign or no issue that is open.
[[nodiscard]] std::optional<Framed> frame_deals(const Situation& situation, const std::string& table);

/// Which `held:` constraints a set of limits needs to be in conflict: a minimal set, empty when it needs
/// none.
[[nodiscard]] std::vector<std::string> held_in(const Framed& framed, const std::vector<int>& limits);

}  // namespace parley::framing
