// SPDX-License-Identifier: MIT
// What orders alone decide: is a package possible, necessary or dead for a party, over every utility that is
// consistent with its stated orders? (framing rules 4, 5.)
//
// u = sum_s weight_s * value_s(level). value_s: worst level 0, best level 1, strict where an order is stated,
// otherwise free. weights: positive, sum 1, subject to `heavier` and `weight_bounds`, consequences together
// within `consequence_block`. The question separates: for fixed weights the best (worst) case of a stake is a
// linear function over the normalised order polytope, attained at an up-set of levels; what is left is one
// linear programme over the weights, solved in exact rationals.
#pragma once
#include <gmpxx.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley::deals {

struct Stake {
  std::string id;
  int levels = 0;                           ///< 2 or more, at most 20
  std::vector<std::pair<int, int>> better;  ///< (a, b): level a is strictly better than level b
  std::vector<std::pair<int, int>> same;    ///< (a, b): equally good
  bool consequence = false;                 ///< belongs to the block of consequences
  /// Numbers where somebody has them: per level lowest and highest value on the 0..1 scale; empty = orders
  /// only.
  std::vector<std::pair<mpq_class, mpq_class>> bounds;
};

struct OrdinalParty {
  std::string id;
  std::vector<Stake> stakes;
  std::vector<std::pair<int, int>> heavier;  ///< (a, b): weight of stake a is at least that of stake b
  std::vector<std::pair<int, std::pair<mpq_class, mpq_class>>>
      weight_bounds;                                        ///< stake, lowest and highest weight
  std::pair<mpq_class, mpq_class> consequence_block{0, 1};  ///< total weight of all consequence stakes
};

/// One case of what a package (or no deal) gives: per stake a probability for each level, summing to 1.
using Lottery = std::vector<std::vector<mpq_class>>;
/// Everything a package (or no deal) may be: the corners of what is unknown about it.
using Prospect = std::vector<Lottery>;

enum class Standing { dead, open, necessary };  ///< open = possible, not necessary

struct OrdinalVerdict {
  Standing standing = Standing::open;
  bool consistent = true;  ///< false: no utility satisfies the stated orders (standing is then dead)
};

/// Does the party accept `package` rather than `no_deal` (at least as good)? necessary: in every consistent
/// utility and every pair of corners; dead: in none (equality at the boundary of the orders does not count; a
/// package that is the same as no deal in all respects is accepted).
[[nodiscard]] OrdinalVerdict stands(const OrdinalParty& party, const Prospect& package,
                                    const Prospect& no_deal);

}  // namespace parley::deals
