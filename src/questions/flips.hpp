// SPDX-License-Identifier: MIT
// What would have to be otherwise for an answer to be otherwise: smallest sets of assumptions at the ends of
// their ranges, and smallest sets of rows left out. Definitions: docs/methods/questions.md.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "questions/factors.hpp"

namespace parley::questions {

/// One thing that can be otherwise.
struct Move {
  std::string id;     ///< of the factor or row
  std::string words;  ///< "as_attack_believed at 1 %", "without iran_agenda"
  bool row = false;   ///< a row is left out; else an assumption, a default or a choice is moved
  std::function<void(Variant&)> apply;
  bool alone = false;  ///< a reading or a rival account: never one of several (alternatives are not crossed)
};

/// Every end of every range, every assumption without a range given up, every choice, every row that says
/// something contestable.
[[nodiscard]] std::vector<Move> moves_of(const Variant& base, const std::vector<Factor>& factors);

struct Flip {
  std::vector<int> moves;  ///< indices into the moves
  Answer after;
};

/// Smallest sets, from moves of one kind.
struct FlipSearch {
  std::vector<Flip> loosened;   ///< the answer has another word (all, some, no)
  std::vector<Flip> reversed;   ///< from true in most worlds to true in few, or the other way
  std::size_t tried_up_to = 0;  ///< every set of so many moves was tried
};

/// The share of worlds in which it is true: 1 or 0 where it is proved.
[[nodiscard]] double truth_of(const Answer& answer);

/// From true in more than half of the worlds to less than half, or the other way, beyond sampling.
[[nodiscard]] bool reversed(const Answer& before, const Answer& after);

/// An answer under each single move, and what flips it.
class Flips {
 public:
  /// `id`: an answer of the base. The lens must answer the scope of `id`.
  Flips(const LensAnswers& lens, const Variant& base, AnswerId id, std::vector<Move> moves);
  /// One evaluation for each move; false where stopped.
  bool try_each(const std::function<void(double)>& progress);
  [[nodiscard]] FlipSearch search(bool rows);
  [[nodiscard]] const std::vector<Move>& moves() const { return moves_; }
  [[nodiscard]] const Answer& before() const { return before_; }
  /// The answer under one move; `asked` false where the scope then has no answer.
  [[nodiscard]] const Answer& after(std::size_t move) const { return singles_[move].answer; }
  [[nodiscard]] bool asked(std::size_t move) const { return singles_[move].asked; }
  /// The move alone changes no answer of the scope by as much as a world.
  [[nodiscard]] bool idle(std::size_t move) const { return singles_[move].idle; }

 private:
  struct Tried {
    Answer answer;
    bool asked = false, idle = true;
    bool same_problem = true;  ///< what the lens was given is the same, down to the rows behind it
  };
  [[nodiscard]] std::vector<Tried> try_sets(const std::vector<std::vector<int>>& sets,
                                            const std::function<void(double)>& progress = {}) const;
  void keep(const std::vector<std::vector<int>>& sets, const std::vector<Tried>& tried,
            FlipSearch& found) const;

  const LensAnswers& lens_;
  const Variant& base_;
  AnswerId id_;
  std::vector<Move> moves_;
  AnswerList list_;
  Answer before_;
  std::vector<Tried> singles_;
};

}  // namespace parley::questions
