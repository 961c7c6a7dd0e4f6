// SPDX-License-Identifier: MIT
// What orders alone decide: is a package possible, necessary or dead for a party, over every utility that is
// consistent with its stated orders? (framing rules 4, 5.) Derivation: docs/methods/logic.md, "Orders before
// measures".
//
// u = sum_s weight_s * value_s(level). value_s: worst level 0, best level 1, strict where an order is stated,
// otherwise free. weights: positive, sum 1, subject to `heavier`, `alike` and `weight_bounds`, consequences
// together within `consequence_block`. The question separates: for fixed weights the difference between two
// lotteries is a sum of linear functions, one per stake, each greatest (least) over the closure of the
// stake's scales at an up-set of levels, neither empty nor full (with bounds on values: at a vertex, by
// linear programmes); what is left is one linear programme over the weights. All in exact rationals.
#pragma once
#include <gmpxx.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "expression/exact.hpp"

namespace parley::deals {

struct Stake {
  std::string id;
  int levels = 0;  ///< 1 or more, at most kStakeLevels; with one, or all `same`, no stake
  std::vector<std::pair<int, int>> better;  ///< (a, b): level a is strictly better than level b
  std::vector<std::pair<int, int>> same;    ///< (a, b): equally good
  bool consequence = false;                 ///< belongs to the block of consequences
  /// Numbers where somebody has them: per level lowest and highest value on the 0..1 scale; missing at the
  /// end = 0..1; empty = orders only. Where no values within them reach both 0 and 1, the numbers alone
  /// count.
  std::vector<expression::Interval> bounds;
  /// Levels in the order in which values are drawn for them; empty: as they stand. Levels that are a set are
  /// drawn in an order that does not hang on how the set was written.
  std::vector<int> drawn_in;
};
/// Levels of equal probability in both lotteries cost nothing; with up to k others the work is at most 2^k.
inline constexpr int kStakeLevels = 64;

struct OrdinalParty {
  std::string id;
  std::vector<Stake> stakes;
  /// (a, b): stake a weighs more than stake b, equal weights being the boundary. A circle is a contradiction.
  std::vector<std::pair<int, int>> heavier;
  std::vector<std::pair<int, int>> alike;  ///< (a, b): stake a weighs as much as stake b
  std::vector<std::pair<int, expression::Interval>> weight_bounds;  ///< stake, lowest and highest weight
  /// Total weight of all consequence stakes; says nothing where all stakes are of one kind.
  expression::Interval consequence_block{0, 1};
};

/// Per stake the least and the greatest weight over the closure of the consistent weights (0 to 1 where
/// nothing narrows them); nothing where there are none.
[[nodiscard]] std::optional<std::vector<expression::Interval>> weight_ranges(const OrdinalParty& party);

/// One case of what a package (or no deal) gives: per stake a probability for each level, summing to 1.
using Lottery = std::vector<std::vector<mpq_class>>;
/// Everything a package (or no deal) may be: the corners of what is unknown about it, at least one. Each may
/// go with each of the other side's.
using Prospect = std::vector<Lottery>;

enum class Standing { dead, open, necessary };  ///< open = possible, not necessary

/// Least and greatest value of a linear function over the closure of a stake's scales. The scales are a union
/// of faces { value of top = 1, value of bottom = 0 }, one for each pair of a maximal and a minimal class of
/// equal levels.
struct Span {
  mpq_class least, greatest;
  bool rests = false;  ///< on some face the function is constant and equal to `greatest`
};

struct OrdinalVerdict {
  Standing standing = Standing::open;
  bool consistent = true;  ///< false: no utility satisfies the stated orders (standing is then dead)
  bool exceeds = false;    ///< some consistent utility puts the package above no deal, not only level with it
};

/// Does a party accept a package rather than no deal (at least as good)?
///   necessary: in every consistent utility and every pair of corners. So a package that is the same as no
///   deal in all
///              respects is accepted, and so is anything by a party without stakes.
///   dead:      in none, apart from equality at the boundary (where what is stated to be better, positive or
///   at most
///              so much is just equal): the accepting utilities have measure zero, in every pair of corners.
/// One judge for one party: what does not depend on the package is worked out once. Safe to share between
/// threads.
class OrdinalJudge {
 public:
  /// Precondition: all indices are in range, levels are 1 .. kStakeLevels.
  explicit OrdinalJudge(const OrdinalParty& party);
  [[nodiscard]] bool consistent() const;
  [[nodiscard]] OrdinalVerdict stands(const Prospect& package, const Prospect& no_deal) const;
  /// The same where what is unknown is unknown stake by stake: changes[stake] lists every difference of level
  /// probabilities (package minus no deal) that the stake may see, each going with each of the other stakes'.
  /// The combinations need not be written out: weights are not negative, so the extremes separate.
  /// `reservation`: lowest and highest value that is subtracted from the sum: with `changes` the package
  /// itself (probabilities sum to 1), how a package stands against a number.
  [[nodiscard]] OrdinalVerdict stands_by_stake(const std::vector<Lottery>& changes,
                                               const std::pair<mpq_class, mpq_class>& reservation = {
                                                   0, 0}) const;
  /// The two halves of that: how far one stake can move either way over all that it may see, and what follows
  /// from the spans of all stakes. Preconditions: consistent(); `changes` is not empty.
  [[nodiscard]] Span span(std::size_t stake, const Lottery& changes) const;
  [[nodiscard]] OrdinalVerdict stands_by_span(const std::vector<const Span*>& spans,
                                              const std::pair<mpq_class, mpq_class>& reservation) const;

 private:
  struct Plan;
  std::shared_ptr<const Plan> plan_;
};

/// The same for a single question.
[[nodiscard]] OrdinalVerdict stands(const OrdinalParty& party, const Prospect& package,
                                    const Prospect& no_deal);

}  // namespace parley::deals
