// SPDX-License-Identifier: MIT
// What the deals lens answers. Conventions: DESIGN.md, JSON contract, "deals".
#pragma once
#include <gmpxx.h>

#include <optional>
#include <string>
#include <vector>

namespace parley::deals {

using Package = std::vector<int>;  ///< one option index per issue

struct FrontierPoint {
  std::vector<mpq_class> utility;  ///< per party
  std::vector<Package>
      packages;  ///< at least one; all of them unless the frontier holds more than 2,000 packages
  mpz_class n_packages;
};

struct Solution {
  mpq_class value;                 ///< optimum of the criterion
  int tied = 0;                    ///< distinct frontier utility vectors that attain it
  std::vector<mpq_class> utility;  ///< the leximin-best of those
  std::vector<Package> packages;   ///< worth exactly that
};

struct UniformCut {
  mpq_class cut;  ///< smallest uniform cut of all reservation values that opens the zone
  std::vector<mpq_class> utility;
  std::vector<Package> packages;
};

/// What opens the zone where one party alone gives way: its reservation value falls by `cut`, all else stays.
struct SingleConcession {
  std::string party;
  mpq_class cut;
  std::vector<mpq_class> utility;
  std::vector<Package> packages;
};

struct NearMiss {
  Package package;
  std::vector<std::string> breaks;  ///< ids of the constraints it breaks
};

struct Answer {
  mpz_class n_packages;
  mpz_class zone_size;
  bool zone_exact =
      true;  ///< false: the zone holds at least zone_size packages; counting them all was too much work
  bool agreement = false;
  bool certified = true;  ///< the solutions are proved optimal
  bool complete = true;   ///< frontier, conflicts, relaxations are exhaustive
  /// No less than, for each of the four criteria, the best value that any package of the zone has minus the
  /// value of the printed solution, in the unit of the criterion (a product of gains, a ratio to the best
  /// gains of the whole zone with 0 for less, a gain, a sum of utilities). Where no package was found, the
  /// printed values are those of no deal (product, ratio and gain 0, sum of the reservation values). 0 when
  /// certified.
  mpq_class gap;
  std::vector<FrontierPoint> frontier;  ///< by the first party's utility, descending
  std::optional<Solution> nash, kalai_smorodinsky, egalitarian, welfare;
  std::vector<std::vector<std::string>>
      conflicts;  ///< all minimal sets of constraints that exclude every package
  std::vector<std::vector<std::string>> relaxations;  ///< all minimal sets whose removal opens the zone
  std::optional<UniformCut> cheapest_concession;
  /// Parties that can open the zone alone by lowering their reservation value, cheapest cut of its own scale
  /// given; in the order of the problem's parties.
  std::vector<SingleConcession> single_concessions;
  std::vector<NearMiss>
      near_misses;          ///< packages that break the fewest constraints, when there is no zone; at most 20
  mpz_class n_near_misses;  ///< how many there are
  std::vector<std::string> warnings;
};

}  // namespace parley::deals
