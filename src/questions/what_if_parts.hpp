// SPDX-License-Identifier: MIT
// Steps of a what-if, private to this room.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "framing/course.hpp"
#include "questions/answer_id.hpp"
#include "questions/lens_answers.hpp"
#include "questions/what_if.hpp"

namespace parley::questions {

/// Difference of two shares of the same worlds, from the worlds in which they part (McNemar's variance).
/// `before`, `after`: by the number of the world, is the answer true in it? Only worlds that both have drawn
/// are the same worlds: numbers that leave little room refuse some draws of one and not of the other. Without
/// such a world the shares stand apart.
void pair_up(Shift& shift, const std::map<std::uint64_t, bool>& before,
             const std::map<std::uint64_t, bool>& after);

/// Difference of two shares that are not paired (Newcombe 1998, method 10); of proofs, without spread.
void set_apart(Shift& shift);

/// Every answer of scopes that both were asked; what one does not list is true in no world of it.
[[nodiscard]] std::vector<Shift> shifts_between(const AnswerList& before, const AnswerList& after);

/// Claims that logic and signs decide, as they are where `supposed` is set and what follows has followed, in
/// place of those of the account in which it simply stands so. A claim whose own test sets one of these
/// variables is no longer asked.
void suppose_in_claims(const framing::Situation& situation, const framing::Forced& supposed,
                       const SolveOptions& solve, AnswerList& after);

/// What `--then` names where it is no condition: a claim, "the present holds", a net sign ("X on Y"), or an
/// answer or scope by its id.
struct Target {
  std::string words;
  bool counts = false;  ///< it may be a claim that counts worlds
  std::string end;      ///< a variable on which signs are then asked for
  std::string line;     ///< another line of `binding` than the one asked at, where it names one
  std::function<bool(const AnswerId& id)> is;
};
[[nodiscard]] std::optional<Target> target_of(const framing::Situation& situation, const std::string& words);

}  // namespace parley::questions
