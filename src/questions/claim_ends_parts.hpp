// SPDX-License-Identifier: MIT
// How talks may end, table by table and together: what claims about ends share, private to this room.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "questions/claim_test.hpp"

namespace parley::questions {

/// A row of talks, as far as it has a table.
struct TalksRow {
  std::string id;
  int variable = -1;
  std::vector<int> open;   ///< issues that those who sign decide
  std::vector<int> joint;  ///< those of them that take more than one side's word
};
[[nodiscard]] std::vector<TalksRow> talks_rows(const framing::Situation& situation);
[[nodiscard]] bool lists(const std::vector<int>& list, int item);

/// How one table may end, as far as a question asks. End 0 is no deal; of every other one the levels of
/// `issues`.
struct TableEnds {
  TalksRow talks;
  std::vector<int> issues;
  std::vector<std::vector<framing::LevelMask>> ends{{}};
  std::vector<int> end_of;             ///< per package of the ensemble
  std::vector<int> may, sure;          ///< ends that no proof excludes; ends that are there in every world
  const TableAnswer* table = nullptr;  ///< null where it is not worked out package by package
  /// Rows of commitments that an agreement here lifts: stated threats; and what is one only by default.
  framing::RowSet lifted, perhaps_lifted;
};

/// What is known of one package by limits and orders, in every world.
struct KnownPackage {
  bool may = false, sure = false;
};
[[nodiscard]] KnownPackage known_of(const TableAnswer& table, std::size_t package);

/// Which packages of a table satisfy a condition, with agreement there: what is not on the table stays as it
/// is, or as it was set.
[[nodiscard]] std::vector<bool> packages_with(const TableAnswer& table, const framing::Situation& situation,
                                              const framing::Formula& condition,
                                              const framing::Forced& forced);

/// Worlds in which a cause makes a difference, or the goal is out of reach: with fewer nothing is said.
inline constexpr int kFewestThatCount = 20;

/// Ends of the table for these of its issues.
[[nodiscard]] TableEnds ends_of_table(const TableAnswer& table, TalksRow talks, std::vector<int> issues,
                                      const framing::Situation& situation, const framing::CausalModel& model);

/// What is asked of the ways in which tables end together.
enum class EndAsk {
  entails,  ///< does every way have it, with what follows, and with what stands where nothing reaches it
  likely,   ///< the same; where a thing stands now is no forecast
  possible  ///< does some way have it
};

struct EndQuestion {
  framing::Formula said, given;
  EndAsk ask = EndAsk::entails;
  framing::RowSet without;
  framing::Forced beside;  ///< what is given beside the tables: it is made so
  std::vector<int>
      opened;          ///< variables that may be anywhere: other tables', or given in a way that sets none
  bool follow = true;  ///< false: of what follows beside the tables nothing is known
};

/// One end of each table.
using Way = std::vector<int>;
/// Per table the ends to choose from.
using WaySets = std::vector<std::vector<int>>;

/// Ways that are looked at; beyond that nothing is decided.
inline constexpr std::size_t kMostWays = 1'024;
/// As many as `kMostWays`, or one more.
[[nodiscard]] std::size_t number_of_ways(const WaySets& sets);

/// What a question comes to where tables end one way or another. Keeps what it worked out; for one thread.
class JointEnds {
 public:
  JointEnds(const framing::Course& course, const EndQuestion& question, const std::vector<TableEnds>& tables,
            const std::vector<TalksRow>& talks);

  /// `all`: the ends that there may be, at most kMostWays ways; `there`: is a way there for certain?
  /// Untestable: what is given can be in none.
  [[nodiscard]] Tested::Status of(const WaySets& all, const std::function<bool(const Way&)>& there);
  /// The rows contradict each other in some way that was looked at.
  [[nodiscard]] bool contradictory() const { return contradictory_; }

 private:
  struct After {
    framing::Change change;
    framing::View view;
    framing::Masks masks;  ///< what the question is put to
  };
  struct Judged {
    std::vector<After> after;  ///< more than one where it is open whether an agreement lifts something
    bool contradictory = false, given = false, can = false, can_not = false;
    std::optional<bool> supported;
  };

  Judged& judge(const Way& way);
  /// Is it so there for certain, or do rows lead from there to it?
  bool supported(Judged& judged);
  [[nodiscard]] After after(const Way& way, bool lift_all) const;
  [[nodiscard]] framing::Forced forced_in(const Way& way) const;
  [[nodiscard]] std::vector<int> open_in(const Way& way, const framing::Forced& forced,
                                         const framing::RowSet& without) const;
  [[nodiscard]] bool moved_from_elsewhere(int variable, const std::vector<bool>& altered,
                                          const framing::RowSet& without) const;
  bool widen(const Way& way, const framing::View& view, framing::Change& change) const;
  [[nodiscard]] bool agreed_on(const Way& way, int variable) const;

  const framing::Course& course_;
  const EndQuestion& q_;
  const std::vector<TableEnds>& tables_;
  const std::vector<TalksRow>& talks_;  ///< all of them
  std::map<Way, Judged> judged_;
  bool contradictory_ = false;
};

}  // namespace parley::questions
