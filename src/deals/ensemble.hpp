// SPDX-License-Identifier: MIT
// A bargaining problem whose utilities are known only by orders: the problem type that framing makes from an
// account, and what the deals lens says of it. Proof first (orders alone, exact linear programmes), then
// shares over worlds.
//
// A *resolution* settles what is unknown and discrete (an unstated start, the sign of a mechanism) the same
// way for every package and for no deal. A *chance* is a commitment that may or may not be carried out; each
// party has its own interval for it. A *case* is a package (or no deal) under one resolution: the chances
// that it triggers, and for each subset of them that is carried out the levels that each party's stakes may
// take.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "deals/answer.hpp"
#include "deals/ordinal.hpp"
#include "deals/problem.hpp"
#include "expression/exact.hpp"
#include "worlds/share.hpp"

namespace parley::deals {

using LevelMask = std::uint32_t;  ///< bit l: the stake may be at level l; several bits = unknown

struct Chance {
  std::string id;                              ///< the commitment's row
  std::vector<expression::Interval> believed;  ///< per party: lowest and highest probability, 0..1
};

struct Branch {
  std::uint32_t done = 0;                      ///< bit c: the c-th chance of the case is carried out
  std::vector<std::vector<LevelMask>> levels;  ///< [party][stake]
};

struct Case {
  std::vector<int> chances;      ///< indices into Ensemble::chances, at most kMostChances
  std::vector<Branch> branches;  ///< one for each subset, 2^chances, `done` ascending
};
inline constexpr int kMostChances = 6;

/// Who a limit belongs to and of which kind it is; its ids are rows of the account.
struct Limit {
  std::string id;
  std::string owner;  ///< who can give it (concession) or whose statement it is (doubt)
  bool doubt = false;
  std::vector<std::string> rows;  ///< the rows that made it
};

struct Resolution {
  std::string words;           ///< "inspections now refused", empty where nothing is unknown
  std::vector<Case> packages;  ///< parallel to Ensemble::packages
  Case no_deal;
  std::vector<std::uint64_t> broken;  ///< per package: bit i = breaks limit i (at most 48 limits)
  /// Per package: bit p = party p is not asked, since the package leaves what it ratifies as it is. Empty:
  /// everybody is asked.
  std::vector<std::uint32_t> unasked;

  [[nodiscard]] bool asks(std::size_t package, std::size_t party) const {
    return unasked.empty() || (unasked[package] >> party & 1U) == 0;
  }
};
inline constexpr int kMostLimits = 48;
inline constexpr std::size_t kMostVoices =
    15;  ///< parties that sign or ratify: with the limits, bits of a word
/// In `broken`: structure forbids the package under this resolution.
inline constexpr std::uint64_t kForbidden = ~std::uint64_t{0};

struct UncertainParty {
  OrdinalParty order;
  std::vector<std::string> reservation_rows;  ///< the rows that made its no-deal value
  std::vector<expression::Interval> given;    ///< a numeric reservation: one interval, or empty
  bool ratifies = false;  ///< signs nothing and must agree to what it is asked for; what it gains does not
                          ///< count where gains are compared. Those who ratify stand after those who sign.
};

struct Ensemble {
  std::vector<Issue> issues;
  std::vector<Package> packages;  ///< every package that structure allows under some resolution
  std::vector<UncertainParty> parties;
  std::vector<Limit> limits;
  std::vector<Chance> chances;
  std::vector<Resolution> resolutions;  ///< one or more, alike likely
  /// How many of the parties sign; the others ratify.
  [[nodiscard]] std::size_t signers() const {
    std::size_t n = 0;
    while (n < parties.size() && !parties[n].ratifies) ++n;
    return n;
  }
  bool all_resolutions = true;  ///< false: too many, a sample; nothing is then proved
};

struct EnsembleOptions {
  std::uint64_t seed = 1;
  int worlds = 1000;
  int threads = 0;
  bool prove = true;
  std::vector<int> track;  ///< packages whose standing and given_up are wanted even where limits break
  bool by_world = false;   ///< keep what each world says
  const std::atomic<bool>* cancel = nullptr;
};

struct WeightedSet {
  std::vector<int> limits;  ///< indices: limits first, then limits.size() + party for a reservation
  worlds::Share share;      ///< of worlds in which it is minimal
};

struct OwnerSet {
  std::vector<std::string> owners;  ///< ascending
  worlds::Share share;
};

struct Spread {
  double low = 0, median = 0, high = 0;  ///< over worlds
};

struct PackageAnswer {
  std::vector<Standing> standing;  ///< per party, by orders alone, over all resolutions; empty = not computed
  worlds::Share in_zone, on_frontier;
  worlds::Share is_nash;               ///< maximises the product of gains over no deal
  worlds::Share is_kalai_smorodinsky;  ///< maximises the smallest ratio of gain to best gain in the zone
};

/// Utilities that one answer works out at most: of larger tables fewer worlds are drawn, at least
/// kFewestWorlds.
inline constexpr std::size_t kMostUtilities = 30'000'000;
inline constexpr int kFewestWorlds = 50;

/// What one drawn world says: for comparisons under common draws (world w of two ensembles uses the same
/// numbers for the same names).
struct WorldRecord {
  std::uint64_t world = 0;
  std::vector<int> zone;                      ///< packages in the zone, ascending
  std::vector<std::vector<double>> given_up;  ///< [tracked package][party]
};

struct EnsembleAnswer {
  int worlds = 0;                ///< 0: no consistent world
  std::vector<int> approximate;  ///< parties with an order so large that draws only come near its measure
  bool thinned = false;          ///< fewer than asked for, because of kMostUtilities
  bool possible = false, necessary = false, proved = false;
  worlds::Share zone;  ///< share of worlds with a zone
  std::vector<PackageAnswer> packages;
  std::vector<WeightedSet> conflicts, relaxations;  ///< by rows, most frequent first
  /// Minimal sets of owners who can open the zone together by giving up what they state ...
  std::vector<OwnerSet> openers_by_limits;  ///< ... and nobody signs anything worse for it than no deal
  std::vector<OwnerSet> openers;            ///< ... or by signing something worse for them than no deal
  worlds::Share no_opener;  ///< worlds without a zone that no stated limit given up would open
  bool complete = true;
  std::vector<std::vector<Spread>>
      given_up;  ///< [tracked package][party]: 1 - u, the weighted share of its stakes
                 ///< that the party gives up against its ideal (every stake at its best)
  std::vector<int>
      inconsistent;  ///< parties whose orders or numbers contradict each other: no utility is left
  std::vector<WorldRecord> by_world;  ///< of the worlds that were drawn, where asked for; ascending
  std::vector<int> refused;  ///< where worlds is 0 for all that: parties for whom no draw met the numbers
};

[[nodiscard]] EnsembleAnswer solve(const Ensemble& ensemble, const EnsembleOptions& options = {});

}  // namespace parley::deals
