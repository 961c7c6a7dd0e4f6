// SPDX-License-Identifier: MIT
// The steps of framing for deals, private to this room. Each fills a part of Framed.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "framing/causal.hpp"
#include "framing/deals.hpp"
#include "framing/wishes.hpp"

namespace parley::framing {

struct Settled : Settlement {
  std::string words;
};

/// What one row says of the weights of a party's stakes.
struct SaidOfWeights {
  std::string row;
  std::vector<std::pair<int, int>> heavier, alike;
  std::vector<std::pair<int, std::pair<mpq_class, mpq_class>>> bounds;
};

/// What the steps share.
struct Table {
  Table(const Situation& situation, const account::Row& talks) : s(situation), row(&talks) {}
  const Situation& s;
  const account::Row* row;
  Rules rules;
  std::vector<bool> on_table;  ///< per variable
  std::vector<int> agenda;     ///< issues that open others
  std::map<int, std::vector<std::pair<int, LevelSet>>>
      opened;  ///< issue -> agenda issue, choices that open it
  std::vector<deals::Package> raw;
  std::vector<Settled> resolutions;
  std::vector<std::vector<Masks>>
      states;                 ///< [resolution]: after each branch, no deal first, then each package
  std::vector<Taste> tastes;  ///< [voice * variables + variable], made on demand by taste()
  std::vector<bool> known_taste;
  std::vector<std::vector<SaidOfWeights>> weights;  ///< per party, row by row

  [[nodiscard]] std::vector<int> levels_of(const Framed& f, const deals::Package& package,
                                           const Settled& r) const;
  /// `voice`: those who sign, then f.ratifiers.
  const Taste& taste(const Framed& f, std::size_t voice, int variable);
  [[nodiscard]] bool is_agenda(int variable) const {
    return std::find(agenda.begin(), agenda.end(), variable) != agenda.end();
  }
};

/// What a party cares about in one variable.
[[nodiscard]] deals::Stake stake_of(const Variable& v, const Taste& taste, bool consequence);
/// Silence is a stake that nobody stated - of a quantity or an outcome, none (rule 2).
[[nodiscard]] bool has_stake(const Variable& v, const Taste& taste);
/// Do the weights of a party, as its rows put them, reach over issues and consequences? Numbers are shares of
/// everything, and an order may name both: then the default share of consequences gives way (rule 4).
[[nodiscard]] bool weighs_across(const deals::OrdinalParty& party);
/// What rows of `saliences` say of the weights of a party's stakes. Where a row gives numbers for something
/// that is no stake here as well, those of the others are shares of what is left.
[[nodiscard]] std::vector<SaidOfWeights> said_of_weights(const Situation& s,
                                                         const deals::OrdinalParty& party);
/// Does any agreement that these parties sign lift the commitment (rule 9)?
[[nodiscard]] bool lifted(const Situation& s, const std::vector<std::string>& parties,
                          const std::vector<bool>& on_table, const ChanceRule& rule);

/// Does a row say what a part that ratifies wants, and bind as no limit: an order, a worth, a bid, a number
/// for no deal? That it is indifferent says what it does not want.
[[nodiscard]] bool states_a_preference(const Situation& s, const std::string& id);
/// Does a row say that it is indifferent to a variable, and none what it wants of it?
[[nodiscard]] bool is_indifferent(const Situation& s, const std::string& id, int variable);

/// Fills f.ratifiers. Needs the issues of the table.
void find_ratifiers(const Table& t, Framed& f);
/// A condition that counts only where one of the issues is not as it is now: at `now`, or (null) at any level
/// that the present may have.
[[nodiscard]] Formula unless_left(const Situation& s, const std::vector<int>& issues,
                                  const std::vector<int>* now, Formula wanted);
/// What a limit asks where the present is `now`.
[[nodiscard]] Formula limit_at(const Table& t, const Framed& f, std::size_t limit,
                               const std::vector<int>& now);
/// Which packages are put to which ratifier. Needs the parties of the ensemble.
void ask_ratifiers(const Table& t, Framed& f);
/// Says of each ratifier what it does here; those without a stated preference become open conditions.
void note_ratifiers(const Table& t, Framed& f);

void make_structure(Table& t, Framed& f);
void make_limits(Table& t, Framed& f);
void make_resolutions(Table& t, Framed& f);
void make_cases(Table& t, Framed& f);
/// Tables too large to list: fills f.by_limits. Needs structure, limits and resolutions.
void explain_by_limits(Table& t, Framed& f);
/// Fills t.raw with every package that some resolution has within structure and limits; false (t.raw as it
/// was) where there are none, or more than are framed.
bool list_within_limits(Table& t, Framed& f);
void make_parties(Table& t, Framed& f);
/// Rule 13: rows of a party that leave it no consistent weights, or no consistent values where numbers are
/// given.
void find_clashes(Table& t, Framed& f);
void place_packages(Table& t, Framed& f);

/// Rule 1: an agreement moves an issue in a direction that a signatory other than its only mover may prefer.
[[nodiscard]] bool agreement_moves(Table& t, const Framed& f, const deals::Package& package,
                                   const Settled& r);
/// Rule 1: an issue that is not opened stays as it is now.
[[nodiscard]] bool held_holds(const Table& t, const Framed& f, const deals::Package& package,
                              const Settled& r);

}  // namespace parley::framing
