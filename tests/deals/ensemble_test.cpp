// SPDX-License-Identifier: MIT
// Ensembles against the definitions. Where numbers fix every utility, one world is the whole answer: zone,
// frontier, Nash point, conflicts, relaxations and who can open a zone are then enumerated over all packages
// and all subsets of constraints, with nothing shared but the problem's header. Where only orders are known,
// proofs are held against drawn worlds.
#include "deals/ensemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace {

using namespace parley::deals;
using Set = std::set<int>;

struct Fixed {
  Ensemble e;
  std::vector<std::vector<double>> u;  // [package][party], exact binary fractions
  std::vector<double> reservation;     // [party]
};

/// Each party has one stake whose levels are the packages and, last, no deal: its values are given, so
/// utilities are known. Values are multiples of 1/8: ties are frequent.
Fixed random_fixed(std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  Fixed f;
  const int packages = pick(1, 7), parties = pick(1, 3), limits = pick(0, 4);
  f.e.issues = {{"x", {}}};
  for (int x = 0; x < packages; ++x) {
    f.e.issues[0].options.push_back({"o" + std::to_string(x), false});
    f.e.packages.push_back({x});
  }
  Resolution r;
  for (int p = 0; p < parties; ++p) {
    UncertainParty party;
    party.order.id = "p" + std::to_string(p);
    Stake stake;
    stake.id = "s";
    stake.levels = packages + 3;  // the packages, no deal, and two anchors at 0 and 1
    for (int l = 0; l <= packages; ++l) {
      const mpq_class v(pick(0, 8), 8);
      stake.bounds.emplace_back(v, v);
    }
    stake.bounds.emplace_back(0, 0);
    stake.bounds.emplace_back(1, 1);
    party.order.stakes = {stake};
    f.e.parties.push_back(party);
  }
  for (int i = 0; i < limits; ++i)
    f.e.limits.push_back({"l" + std::to_string(i),
                          "p" + std::to_string(pick(0, parties)),
                          pick(0, 3) == 0,
                          {"l" + std::to_string(i)}});
  const auto certain = [&](int level) {
    Case c;
    c.branches = {
        {0, std::vector<std::vector<LevelMask>>(static_cast<std::size_t>(parties), {LevelMask{1} << level})}};
    return c;
  };
  r.no_deal = certain(packages);
  for (int x = 0; x < packages; ++x) {
    r.packages.push_back(certain(x));
    std::uint64_t broken = 0;
    for (int i = 0; i < limits; ++i)
      if (pick(0, 2) == 0) broken |= std::uint64_t{1} << i;
    r.broken.push_back(broken);
    f.u.emplace_back();
    for (int p = 0; p < parties; ++p)
      f.u.back().push_back(f.e.parties[static_cast<std::size_t>(p)]
                               .order.stakes[0]
                               .bounds[static_cast<std::size_t>(x)]
                               .first.get_d());
  }
  for (int p = 0; p < parties; ++p)
    f.reservation.push_back(f.e.parties[static_cast<std::size_t>(p)]
                                .order.stakes[0]
                                .bounds[static_cast<std::size_t>(packages)]
                                .first.get_d());
  f.e.resolutions = {r};
  return f;
}

/// Does the package meet constraint i (a limit, or a party's no-deal value)?
bool meets(const Fixed& f, std::size_t x, std::size_t i) {
  if (i < f.e.limits.size()) return (f.e.resolutions[0].broken[x] >> i & 1U) == 0;
  const std::size_t p = i - f.e.limits.size();
  return f.u[x][p] >= f.reservation[p];
}

/// Is there a package that meets every constraint of the set?
bool open(const Fixed& f, const Set& constraints) {
  for (std::size_t x = 0; x < f.u.size(); ++x)
    if (std::all_of(constraints.begin(), constraints.end(),
                    [&](int i) { return meets(f, x, static_cast<std::size_t>(i)); }))
      return true;
  return false;
}

std::set<Set> minimal(int n, const std::function<bool(const Set&)>& holds) {
  std::vector<Set> all;
  for (unsigned subset = 0; subset < (1U << n); ++subset) {
    Set set;
    for (int i = 0; i < n; ++i)
      if (subset >> i & 1U) set.insert(i);
    if (holds(set)) all.push_back(set);
  }
  std::set<Set> result;
  for (const Set& a : all) {
    const bool least = std::none_of(all.begin(), all.end(), [&](const Set& b) {
      return b != a && std::includes(a.begin(), a.end(), b.begin(), b.end());
    });
    if (least) result.insert(a);
  }
  return result;
}

std::set<Set> sets_of(const std::vector<WeightedSet>& list) {
  std::set<Set> result;
  for (const auto& set : list) result.insert(Set(set.limits.begin(), set.limits.end()));
  return result;
}

TEST(Ensemble, OneFixedWorldAgreesWithTheDefinitions) {
  std::mt19937 random(7);
  int with_zone = 0;
  for (int round = 0; round < 4000 / parley_places::kFewer; ++round) {
    const Fixed f = random_fixed(random);
    EnsembleOptions options;
    options.worlds = 1;
    options.threads = 1;
    options.prove = false;
    const EnsembleAnswer a = solve(f.e, options);
    ASSERT_EQ(a.worlds, 1);
    const int n = static_cast<int>(f.e.limits.size() + f.e.parties.size());
    Set all;
    for (int i = 0; i < n; ++i) all.insert(i);
    const bool zone = open(f, all);
    with_zone += zone;
    ASSERT_EQ(a.zone.yes, zone ? 1 : 0) << round;
    std::vector<std::size_t> inside;
    for (std::size_t x = 0; x < f.u.size(); ++x) {
      bool in = true;
      for (int i = 0; i < n; ++i) in = in && meets(f, x, static_cast<std::size_t>(i));
      ASSERT_EQ(a.packages[x].in_zone.yes, in ? 1 : 0) << round;
      if (in) inside.push_back(x);
    }
    double best = -1;
    for (const std::size_t x : inside) {
      double product = 1;
      for (std::size_t p = 0; p < f.reservation.size(); ++p) product *= f.u[x][p] - f.reservation[p];
      best = std::max(best, product);
    }
    std::vector<double> ideal(f.reservation.size(), 0.0);
    for (const std::size_t x : inside)
      for (std::size_t p = 0; p < ideal.size(); ++p)
        ideal[p] = std::max(ideal[p], f.u[x][p] - f.reservation[p]);
    const auto ratio = [&](std::size_t x) {
      double least = 1;
      for (std::size_t p = 0; p < ideal.size(); ++p)
        least = std::min(least, ideal[p] == 0 ? 1 : (f.u[x][p] - f.reservation[p]) / ideal[p]);
      return least;
    };
    double best_ratio = -1;
    for (const std::size_t x : inside) best_ratio = std::max(best_ratio, ratio(x));
    for (const std::size_t x : inside) {
      const bool dominated = std::any_of(inside.begin(), inside.end(), [&](std::size_t y) {
        bool none_less = true, some_more = false;
        for (std::size_t p = 0; p < f.reservation.size(); ++p) {
          none_less = none_less && f.u[y][p] >= f.u[x][p];
          some_more = some_more || f.u[y][p] > f.u[x][p];
        }
        return none_less && some_more;
      });
      ASSERT_EQ(a.packages[x].on_frontier.yes, dominated ? 0 : 1) << round;
      double product = 1;
      for (std::size_t p = 0; p < f.reservation.size(); ++p) product *= f.u[x][p] - f.reservation[p];
      ASSERT_EQ(a.packages[x].is_nash.yes, !dominated && product == best ? 1 : 0) << round;
      ASSERT_EQ(a.packages[x].is_kalai_smorodinsky.yes, !dominated && ratio(x) == best_ratio ? 1 : 0)
          << round;
    }
    if (zone) {
      ASSERT_TRUE(a.conflicts.empty() && a.relaxations.empty() && a.openers.empty());
      continue;
    }
    ASSERT_EQ(sets_of(a.conflicts), minimal(n, [&](const Set& s) { return !open(f, s); })) << round;
    const auto without = [&](const Set& removed) {
      Set left;
      std::set_difference(all.begin(), all.end(), removed.begin(), removed.end(),
                          std::inserter(left, left.end()));
      return open(f, left);
    };
    ASSERT_EQ(sets_of(a.relaxations), minimal(n, without)) << round;
    std::vector<std::string> owners;
    const auto owner = [&](int i) -> std::string {
      const auto at = static_cast<std::size_t>(i);
      if (at >= f.e.limits.size()) return f.e.parties[at - f.e.limits.size()].order.id;
      return f.e.limits[at].doubt ? "doubt:" + f.e.limits[at].id : f.e.limits[at].owner;
    };
    for (int i = 0; i < n; ++i)
      if (std::find(owners.begin(), owners.end(), owner(i)) == owners.end()) owners.push_back(owner(i));
    // `hard`: no-deal values stay; only stated limits are given up.
    const auto openers = [&](bool hard) {
      std::set<std::set<std::string>> result;
      for (const Set& s : minimal(static_cast<int>(owners.size()), [&](const Set& yielding) {
             Set left;
             for (int i = 0; i < n; ++i) {
               const auto at =
                   static_cast<int>(std::find(owners.begin(), owners.end(), owner(i)) - owners.begin());
               const bool reservation = i >= static_cast<int>(f.e.limits.size());
               if (!yielding.contains(at) || (hard && reservation)) left.insert(i);
             }
             return open(f, left);
           })) {
        std::set<std::string> names;
        for (const int o : s) names.insert(owners[static_cast<std::size_t>(o)]);
        result.insert(names);
      }
      return result;
    };
    const auto named = [](const std::vector<OwnerSet>& list) {
      std::set<std::set<std::string>> result;
      for (const auto& opener : list) result.insert({opener.owners.begin(), opener.owners.end()});
      return result;
    };
    ASSERT_EQ(named(a.openers), openers(false)) << round;
    ASSERT_EQ(named(a.openers_by_limits), openers(true)) << round;
    ASSERT_EQ(a.no_opener.yes, openers(true).empty() ? 1 : 0) << round;
  }
  EXPECT_GT(with_zone, 400 / parley_places::kFewer);
  EXPECT_LT(with_zone, 3600 / parley_places::kFewer);
}

/// Orders only: two or three issues, random partial orders, a chance, an unknown start.
Ensemble random_ordered(std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  Ensemble e;
  const int issues = pick(1, 3), parties = pick(1, 2);
  std::vector<int> sizes;
  for (int k = 0; k < issues; ++k) {
    sizes.push_back(pick(2, 3));
    e.issues.push_back({"i" + std::to_string(k), {}});
    for (int l = 0; l < sizes.back(); ++l) e.issues.back().options.push_back({std::to_string(l), false});
  }
  std::vector<Package> all{{}};
  for (int k = 0; k < issues; ++k) {
    std::vector<Package> next;
    for (const auto& x : all)
      for (int l = 0; l < sizes[static_cast<std::size_t>(k)]; ++l) {
        next.push_back(x);
        next.back().push_back(l);
      }
    all = next;
  }
  e.packages = all;
  for (int p = 0; p < parties; ++p) {
    UncertainParty party;
    party.order.id = "p" + std::to_string(p);
    for (int k = 0; k < issues; ++k) {
      Stake stake;
      stake.id = "s" + std::to_string(k);
      stake.levels = sizes[static_cast<std::size_t>(k)];
      const int kind = pick(0, 3);
      for (int l = 0; l + 1 < stake.levels; ++l) {
        if (kind == 0) stake.better.emplace_back(l + 1, l);
        if (kind == 1) stake.better.emplace_back(l, l + 1);
        if (kind == 2 && l == 0) stake.better.emplace_back(1, 0);
      }
      party.order.stakes.push_back(stake);
    }
    Stake harm;
    harm.id = "harm";
    harm.levels = 2;
    harm.consequence = true;
    if (pick(0, 2) > 0) harm.better.emplace_back(0, 1);
    party.order.stakes.push_back(harm);
    party.order.consequence_block = {mpq_class(0), mpq_class(1, 2)};
    if (issues > 1 && pick(0, 1) == 0) party.order.heavier.emplace_back(0, 1);
    e.parties.push_back(party);
  }
  e.chances = {{"c", {}}};
  for (int p = 0; p < parties; ++p)
    e.chances[0].believed.emplace_back(0.125 * pick(0, 3), 0.125 * pick(4, 8));
  const int resolutions = pick(1, 2);
  for (int r = 0; r < resolutions; ++r) {
    Resolution resolution;
    Package now;
    for (int k = 0; k < issues; ++k) now.push_back(pick(0, sizes[static_cast<std::size_t>(k)] - 1));
    const auto levels = [&](const Package& x, LevelMask harm) {
      std::vector<std::vector<LevelMask>> list;
      for (int p = 0; p < parties; ++p) {
        list.emplace_back();
        for (const int l : x) list.back().push_back(LevelMask{1} << l);
        list.back().push_back(harm);
      }
      return list;
    };
    resolution.no_deal.chances = {0};
    resolution.no_deal.branches = {{0, levels(now, pick(0, 3) == 0 ? 3U : 1U)}, {1, levels(now, 2U)}};
    for (const auto& x : all) {
      resolution.packages.push_back({{}, {{0, levels(x, pick(0, 5) == 0 ? 3U : 1U)}}});
      resolution.broken.push_back(pick(0, 4) == 0 ? 1U : 0U);
    }
    e.resolutions.push_back(resolution);
  }
  e.limits = {{"l", "p0", false, {"l"}}};
  return e;
}

TEST(Ensemble, ProofsAgreeWithDrawnWorlds) {
  std::mt19937 random(11);
  int certain = 0, excluded = 0, open = 0;
  for (int round = 0; round < 1500 / parley_places::kFewer; ++round) {
    const Ensemble e = random_ordered(random);
    EnsembleOptions options;
    options.worlds = 60;
    options.threads = 1;
    const EnsembleAnswer a = solve(e, options);
    ASSERT_EQ(a.worlds, 60);
    if (a.necessary) {
      ASSERT_EQ(a.zone.yes, a.zone.of) << round;
      ++certain;
    }
    if (!a.possible) {
      ASSERT_EQ(a.zone.yes, 0) << round;
      ++excluded;
    }
    if (a.possible && !a.necessary) ++open;
    for (std::size_t x = 0; x < e.packages.size(); ++x) {
      const auto& standing = a.packages[x].standing;
      if (standing.empty()) continue;
      const bool clean = std::all_of(e.resolutions.begin(), e.resolutions.end(),
                                     [&](const auto& r) { return r.broken[x] == 0; });
      const auto all = [&](Standing s) {
        return std::all_of(standing.begin(), standing.end(), [s](Standing t) { return t == s; });
      };
      if (clean && all(Standing::necessary)) {
        ASSERT_EQ(a.packages[x].in_zone.yes, 60) << round;
      }
      if (std::any_of(standing.begin(), standing.end(), [](Standing s) { return s == Standing::dead; })) {
        ASSERT_EQ(a.packages[x].in_zone.yes, 0) << round;
      }
    }
  }
  EXPECT_GT(certain, 50 / parley_places::kFewer);
  EXPECT_GT(excluded, 5 / parley_places::kFewer);
  EXPECT_GT(open, 100 / parley_places::kFewer);
}

TEST(Ensemble, OrdersTooLargeToBeDrawnExactlyAreNamed) {
  // Sixty stakes, all heavier than a first one: 2^59 sets are closed downwards.
  Ensemble e;
  e.issues = {{"x", {{"o", false}}}};
  e.packages = {{0}};
  UncertainParty small, large;
  small.order.id = "small";
  large.order.id = "large";
  Branch branch;
  for (int s = 0; s < 60; ++s) {
    Stake stake;
    stake.id = "s" + std::to_string(s);
    stake.levels = 2;
    large.order.stakes.push_back(stake);
    if (s < 3) small.order.stakes.push_back(stake);
    if (s > 0) large.order.heavier.emplace_back(s, 0);
  }
  e.parties = {large, small};
  branch.levels = {std::vector<LevelMask>(60, 1), std::vector<LevelMask>(3, 1)};
  Resolution r;
  r.packages = {{{}, {branch}}};
  r.no_deal = {{}, {branch}};
  r.broken = {0};
  e.resolutions = {r};
  EnsembleOptions options;
  options.worlds = 3;
  options.prove = false;
  EXPECT_EQ(solve(e, options).approximate, std::vector<int>{0});
}

TEST(Ensemble, TheNumberOfThreadsChangesNothing) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    const Ensemble e = random_ordered(random);
    EnsembleOptions one, many;
    one.worlds = many.worlds = 200;
    one.threads = 1;
    many.threads = 4;
    const EnsembleAnswer a = solve(e, one), b = solve(e, many);
    ASSERT_EQ(a.zone.yes, b.zone.yes);
    for (std::size_t x = 0; x < a.packages.size(); ++x)
      ASSERT_EQ(a.packages[x].is_nash.yes, b.packages[x].is_nash.yes);
    ASSERT_EQ(a.conflicts.size(), b.conflicts.size());
  }
}

}  // namespace
