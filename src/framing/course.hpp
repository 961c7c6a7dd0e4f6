// SPDX-License-Identifier: MIT
// The present as an account tells it, and what follows where something in it is changed: the model behind
// claims and what-ifs. Every row in it can be left out, so that what an answer rests on can be found by
// trying. Rules: docs/methods/claims.md, "The present, and what follows from a change".
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "framing/causal.hpp"
#include "logic/satisfy.hpp"

namespace parley::framing {

using RowSet = std::set<std::string>;

/// do(variable is one of these levels): forced, and its own rules are cut.
using Forced = std::vector<std::pair<int, LevelMask>>;

/// A row that says where a variable stands, or which way a quantity goes.
struct Fact {
  std::string row;
  int variable = -1;
  LevelMask levels = 0;
};

/// What pushes a quantity (or an ordered variable): a mechanism with its cause, or one that a past event set
/// going and that acts in any case.
struct Push {
  Drive drive;
  bool acts_anyway = false;
  std::string event;  ///< the row of the event
  [[nodiscard]] bool left_out(const RowSet& without) const;
};

/// One variable reaches another by a row. `may`: a commitment that only may be carried out; `guard`: what
/// somebody does only under a condition, which the condition permits and does not bring about.
struct Step {
  enum class Kind : unsigned char { leads, may, guard };
  int from = -1, to = -1;
  std::string row;
  Kind kind = Kind::leads;
};

/// Something that may come about once its trigger holds: what a mechanism makes likely, what somebody will or
/// may do. What it brings are the levels that its row names.
struct Occasion {
  std::string row;
  Formula trigger;
  std::vector<std::pair<int, LevelMask>> act;
  bool perhaps_never = false;  ///< its stated odds may be 0 %: perhaps no occasion at all
};

struct Change {
  Forced forced;
  RowSet without;              ///< rows left out
  std::vector<int> fresh;      ///< variables whose stated present is set aside
  std::vector<int> open = {};  ///< variables that may be anywhere by now, whatever rows say of the present
  /// What the change reaches is taken to be wherever rows lead, from anywhere: that something stands where it
  /// stood, or keeps still because nothing is said to move it, is then nothing that follows.
  bool anew = false;
  bool any_odds = false;  ///< odds that may be 0 % are a ground as well
};

/// What may be the case: levels per variable. `still`: quantities that keep still only because nothing is
/// said to move them (a default, named `default:still:<quantity>`); `alone`: moved by what is said to move
/// them, and by nothing else.
struct View {
  Masks masks;
  std::set<std::string> still, alone;
};

/// Levels that rows give a ground for, per variable; 0 where they give none: what nothing is said about may
/// be so, and nothing says that it may. `through`: grounds that come from what a change forces.
struct Grounds {
  Masks masks, through;
};

class Course {
 public:
  /// After `stop` nothing is shown to be impossible any more.
  explicit Course(const Situation& situation, std::function<bool()> stop = {});

  [[nodiscard]] View view(const Change& change = {}) const;

  /// Can the formula hold where variables are within `masks` and the rows that are logic hold? Of what is
  /// forced, the rows that say when it comes about do not count (`cut`); of what is supposed, only what
  /// somebody says it does under a condition (`supposed`, variables): supposing a thing brings nothing about.
  [[nodiscard]] bool possible(const Formula& formula, const Masks& masks, const RowSet& without,
                              const Forced& cut = {}, const std::vector<int>& supposed = {}) const;
  /// Everything open: each variable at any level.
  [[nodiscard]] Masks anything() const;
  /// May something that never falls stand above all that is forced of it? Then it is open whether that can
  /// be.
  [[nodiscard]] bool perhaps_too_low(const Forced& forced, const RowSet& without) const;

  /// Do rows say that the formula may come true: by facts, or by a way, with signs and levels, from facts
  /// (and from what is forced)? Where something is forced, some part of the formula must come from there.
  /// That nothing rules it out is no ground.
  [[nodiscard]] bool grounded(const Formula& formula, const Change& change) const;

  /// Does a row lead from one of `from` to one of `to`, or is one in both? `up_to`: by which steps.
  [[nodiscard]] bool joins(const std::vector<int>& from, const std::vector<int>& to, const RowSet& without,
                           Step::Kind up_to) const;
  /// A shortest way from one of `from` to one of `to`, as rows; empty where there is none, or no need.
  [[nodiscard]] std::vector<std::string> way(const std::vector<int>& from, const std::vector<int>& to,
                                             const RowSet& without, Step::Kind up_to) const;
  /// What a change alters: what is forced, and what that reaches.
  [[nodiscard]] std::vector<bool> altered_by(const Forced& forced, const RowSet& without) const;
  /// Rows that act on a variable directly.
  [[nodiscard]] std::vector<std::string> reaching(int variable, const RowSet& without) const;

  /// Everything that can bear on these variables: rows that act on them, where they stand, conditions that
  /// they are part of, and so on backwards. Leaving out any other row changes nothing about them.
  struct Behind {
    std::vector<bool> variables;
    std::set<std::string> rows;
  };
  [[nodiscard]] Behind behind(const std::vector<int>& variables) const;

  /// Of a condition that somebody makes: the rows that say where its act stands at present.
  [[nodiscard]] RowSet starts_of(const std::string& row) const;

  [[nodiscard]] const Situation& situation() const { return s_; }
  [[nodiscard]] const CausalModel& model() const { return rules_; }
  /// Every row that this model reads, ascending.
  [[nodiscard]] const std::vector<std::string>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<logic::Constraint>& constraints() const { return constraints_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<Unread>& unread() const { return unread_; }

 private:
  void find_facts();
  void find_pushes();
  void find_constraints();
  void find_steps();
  void find_may_steps();
  void find_occasions();
  /// Does a condition that somebody makes bar its act, by the rows that are left (framing::bars)?
  [[nodiscard]] bool guards(const Guard& guard, const RowSet& without) const;
  /// What a commitment's maker says it does only under a condition: may that keep it from doing it, or
  /// surely?
  [[nodiscard]] Truth kept_from(const TriggeredAction& action, const Change& change, const Masks& base,
                                const Masks& masks) const;
  /// Takes away the levels of issues that rows rule out.
  void narrow(const Change& change, Masks& masks) const;
  [[nodiscard]] Grounds grounds(const Change& change, const View& view) const;
  /// The formula with every atom that is neither grounded nor sure taken as it is worst: where this can hold,
  /// the formula can by what is said.
  [[nodiscard]] Formula on_grounds(const Formula& formula, bool positive, const Grounds& grounds,
                                   const View& view, std::set<int> seen) const;
  /// Levels that the variable can be moved to: not below where it stands, if it never falls.
  [[nodiscard]] LevelMask allowed(int variable, const RowSet& without) const;
  /// `roots`: variables that are reached as well, beside what is forced.
  [[nodiscard]] std::vector<bool> reached_from(const Forced& forced, const RowSet& without,
                                               const std::vector<int>& roots = {}) const;
  /// Where everything stands by what rows state, before what is forced.
  [[nodiscard]] Masks stated(const Change& change) const;
  /// What a change alters: what is forced, and what that reaches.
  struct Altered {
    std::vector<bool> reached, any;
    std::vector<bool> due;  ///< per chance: a commitment that comes due as talks end
  };
  [[nodiscard]] Altered altered_by(const Change& change) const;
  /// Commitments that come due where a change ends talks: their condition may hold already (framing rule 8).
  [[nodiscard]] std::vector<bool> due_as_talks_end(const Change& change) const;
  /// `only`: not null, only what comes from these variables.
  [[nodiscard]] Movement pushed(int variable, const Masks& base, const Masks& masks, const RowSet& without,
                                const Altered& altered, const std::vector<bool>* only, bool* acting) const;
  void act(const Change& change, const Altered& altered,
           const std::function<Truth(const Formula&)>& new_occasion, const Masks& base, const Masks& before,
           Masks& masks) const;
  /// Takes what rules exclude from levels that are being worked out.
  void exclude(const Change& change, const Altered& altered, const Masks& base, const Masks& before,
               Masks& masks) const;

  const Situation& s_;
  std::function<bool()> stop_;
  Rules rules_;
  std::vector<Fact> facts_;
  std::vector<Push> pushes_;
  std::vector<std::vector<int>> pushes_on_;     ///< per variable, indices of pushes_
  std::vector<logic::Constraint> constraints_;  ///< those of rules_.guards first, in their order
  std::vector<std::vector<int>> acts_;  ///< per constraint: variables that it says the coming about of
  std::vector<Step> steps_;
  std::vector<Occasion> occasions_;
  std::vector<std::string> rows_;
  std::vector<Unread> unread_;
};

}  // namespace parley::framing
