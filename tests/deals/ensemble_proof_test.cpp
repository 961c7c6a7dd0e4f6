// SPDX-License-Identifier: MIT
// `possible`, `necessary` and `proved` of a zone against an oracle that shares nothing but the problem
// header.
#include <gtest/gtest.h>

#include <sstream>

#include "deals/ensemble_oracle.hpp"
#include "deals/ensemble_proof.hpp"

namespace parley::deals {
namespace {

using testing::Oracle;

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  Ensemble make();
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool one_in(int n) { return pick(1, n) == 1; }

 private:
  mpq_class eighths(int low, int high) {
    mpq_class q(pick(low, high), 8);
    q.canonicalize();
    return q;
  }
  Stake stake(int levels);
  UncertainParty party(const std::vector<int>& sizes, bool consequence);
  LevelMask around(int level, int levels) {
    const LevelMask known = LevelMask{1} << level;
    return one_in(12) ? known | LevelMask{1} << pick(0, levels - 1) : known;
  }
  Case certain(const Package& x, const std::vector<int>& sizes, bool consequence, std::size_t parties);

  std::mt19937 random_;
};

Stake Maker::stake(int levels) {
  Stake s;
  s.levels = levels;
  std::vector<int> rank(static_cast<std::size_t>(levels));
  for (int l = 0; l < levels; ++l) rank[static_cast<std::size_t>(l)] = l;
  std::shuffle(rank.begin(), rank.end(), random_);
  const int kind = pick(0, 4);
  for (int a = 0; a < levels; ++a)
    for (int b = 0; b < levels; ++b)
      if (rank[static_cast<std::size_t>(a)] > rank[static_cast<std::size_t>(b)] &&
          (kind >= 3 || (kind > 0 && one_in(2))))
        s.better.emplace_back(a, b);
  if (s.better.empty() && one_in(5)) s.same.emplace_back(0, levels - 1);
  if (one_in(8))
    for (int l = 0; l < levels; ++l) {
      const mpq_class low = eighths(0, 6);
      if (one_in(2))
        s.bounds.emplace_back(0, 1);
      else
        s.bounds.emplace_back(low, low + (one_in(3) ? mpq_class(0) : mpq_class(1, 4)));
    }
  return s;
}

UncertainParty Maker::party(const std::vector<int>& sizes, bool consequence) {
  UncertainParty p;
  for (const int levels : sizes) p.order.stakes.push_back(stake(levels));
  if (consequence) {
    p.order.stakes.push_back(stake(2));
    p.order.stakes.back().consequence = true;
    p.order.consequence_block = {0, mpq_class(1, 2)};
  }
  for (std::size_t s = 0; s < p.order.stakes.size(); ++s) p.order.stakes[s].id = std::to_string(s);
  const int n = static_cast<int>(p.order.stakes.size());
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b)
      if (one_in(4)) p.order.heavier.emplace_back(a, b);
  if (one_in(8)) {
    const mpq_class low = eighths(1, 2);
    p.order.weight_bounds.push_back(
        {pick(0, n - 1), {low, low + (one_in(2) ? mpq_class(0) : mpq_class(1, 4))}});
  }
  if (one_in(10)) {
    const double low = 0.125 * pick(0, 7);
    p.given = {{low, one_in(2) ? low : low + 0.125}};
  }
  return p;
}

Case Maker::certain(const Package& x, const std::vector<int>& sizes, bool consequence, std::size_t parties) {
  Case c;
  c.branches = {{0, {}}};
  for (std::size_t p = 0; p < parties; ++p) {
    c.branches[0].levels.emplace_back();
    for (std::size_t k = 0; k < sizes.size(); ++k)
      c.branches[0].levels.back().push_back(around(x[k], sizes[k]));
    if (consequence) c.branches[0].levels.back().push_back(around(0, 2));
  }
  return c;
}

Ensemble Maker::make() {
  Ensemble e;
  std::vector<int> sizes;
  const int issues = pick(1, 10) == 1 ? 3 : pick(1, 2);
  const bool consequence = one_in(2);
  std::vector<Package> all{{}};
  for (int k = 0; k < issues; ++k) {
    sizes.push_back(issues == 3 ? 2 : pick(2, 3));
    e.issues.push_back({"i" + std::to_string(k), {}});
    std::vector<Package> next;
    for (const Package& x : all)
      for (int l = 0; l < sizes.back(); ++l) {
        next.push_back(x);
        next.back().push_back(l);
      }
    all = std::move(next);
    for (int l = 0; l < sizes.back(); ++l) e.issues.back().options.push_back({std::to_string(l), false});
  }
  e.packages = all;
  const auto parties = static_cast<std::size_t>(pick(2, 3));
  for (std::size_t p = 0; p < parties; ++p) {
    e.parties.push_back(party(sizes, consequence));
    e.parties.back().order.id = "p" + std::to_string(p);
  }
  const int chances = consequence ? pick(0, 2) : 0;
  for (int c = 0; c < chances; ++c) {
    e.chances.push_back({"c" + std::to_string(c), {}});
    for (std::size_t p = 0; p < parties; ++p) {
      const double low = 0.25 * pick(0, 4);
      e.chances.back().believed.emplace_back(low, one_in(3) ? low : std::min(1.0, low + 0.25 * pick(0, 2)));
    }
  }
  // Limits: red lines on a level, linkages between two.
  const int limits = pick(0, 3);
  std::vector<std::vector<int>> levels;
  for (int i = 0; i < limits; ++i) {
    e.limits.push_back({"l" + std::to_string(i), "p0", false, {"l" + std::to_string(i)}});
    levels.emplace_back();
    for (int k = 0; k < issues; ++k) levels.back().push_back(one_in(2) ? pick(0, 1) : -1);
  }
  const int resolutions = pick(1, 2);
  for (int r = 0; r < resolutions; ++r) {
    Resolution resolution;
    const auto chanced = [&](Case c, bool many) {
      for (int i = 0; i < chances; ++i) {
        if (one_in(many ? 4 : 2)) continue;
        c.chances.push_back(i);
        const auto before = c.branches;
        for (Branch branch : before) {
          branch.done |= 1U << (c.chances.size() - 1);
          for (auto& stakes : branch.levels) stakes.back() = around(1, 2);
          c.branches.push_back(std::move(branch));
        }
      }
      return c;
    };
    resolution.no_deal =
        chanced(certain(all[static_cast<std::size_t>(pick(0, static_cast<int>(all.size()) - 1))], sizes,
                        consequence, parties),
                true);
    for (const Package& x : all) {
      Case c = certain(x, sizes, consequence, parties);
      resolution.packages.push_back(one_in(4) ? chanced(std::move(c), false) : std::move(c));
      std::uint64_t broken = 0;
      for (std::size_t i = 0; i < levels.size(); ++i) {
        bool hit = true, any = false;
        for (std::size_t k = 0; k < x.size(); ++k)
          if (levels[i][k] >= 0) {
            any = true;
            hit = hit && (x[k] == levels[i][k]);
          }
        if (any && hit == (i != 1)) broken |= std::uint64_t{1} << i;
      }
      resolution.broken.push_back(one_in(10) ? kForbidden : broken);
    }
    e.resolutions.push_back(std::move(resolution));
  }
  return e;
}

/// A failing case in words.
std::string text(const Ensemble& e) {
  std::ostringstream out;
  for (const auto& p : e.parties) {
    out << p.order.id << ":";
    for (const auto& s : p.order.stakes) {
      out << " [" << s.levels << (s.consequence ? " consequence" : "");
      for (const auto& [a, b] : s.better) out << " " << a << ">" << b;
      for (const auto& [a, b] : s.same) out << " " << a << "=" << b;
      for (const auto& [a, b] : s.bounds) out << " " << a << ".." << b;
      out << "]";
    }
    for (const auto& [a, b] : p.order.heavier) out << " " << a << "over" << b;
    for (const auto& [a, b] : p.order.weight_bounds) out << " w" << a << " " << b.first << ".." << b.second;
    for (const auto& [a, b] : p.given) out << " given " << a << ".." << b;
    for (const auto& c : e.chances)
      out << " " << c.id << " " << c.believed[p.order.id[1] - '0'].first << ".."
          << c.believed[p.order.id[1] - '0'].second;
    out << "\n";
  }
  const auto say = [&](const Case& c) {
    for (const int i : c.chances) out << " c" << i;
    for (const auto& branch : c.branches) {
      out << " (";
      for (const auto& levels : branch.levels) {
        for (const auto mask : levels) out << mask << " ";
        out << "; ";
      }
      out << ")";
    }
    out << "\n";
  };
  for (const auto& r : e.resolutions) {
    out << "no deal";
    say(r.no_deal);
    for (std::size_t x = 0; x < r.packages.size(); ++x) {
      out << "x" << x << " broken " << r.broken[x];
      say(r.packages[x]);
    }
  }
  return out.str();
}

struct Counts {
  int cases = 0, possible = 0, necessary = 0, by_many = 0, proved = 0, undecided = 0, oracle_silent = 0;
};

TEST(EnsembleProof, PossibleNecessaryAndProvedAgreeWithTheOracle) {
  Maker maker(5);
  Counts n;
  for (int round = 0; round < 2000 / parley_places::kFewer; ++round) {
    const Ensemble e = maker.make();
    const Oracle oracle(e);
    if (!oracle.consistent()) continue;
    EnsembleOptions options;
    options.worlds = 40;
    options.threads = 1;
    options.seed = static_cast<std::uint64_t>(round) + 1;
    for (std::size_t x = 0; x < e.packages.size(); ++x)
      if (maker.one_in(3)) options.track.push_back(static_cast<int>(x));
    const EnsembleAnswer a = solve(e, options);
    if (a.worlds == 0) continue;  // the numbers leave no room for draws
    ++n.cases;
    const bool possible = oracle.possible();
    bool suffices = true;
    for (std::size_t r = 0; r < e.resolutions.size(); ++r)
      suffices = suffices && oracle.one_package_suffices(r);
    std::optional<bool> necessary = suffices ? std::optional<bool>(true) : std::nullopt;
    const bool seen_without = a.zone.yes < a.zone.of;
    if (!suffices) necessary = oracle.necessary();
    // What a draw shows, the oracle must allow.
    ASSERT_TRUE(possible || a.zone.yes == 0) << round << "\n" << text(e);
    ASSERT_TRUE(necessary != true || !seen_without) << round << "\n" << text(e);
    if (a.proved) {
      ASSERT_EQ(a.possible, possible) << round << "\n" << text(e);
      if (necessary) {
        ASSERT_EQ(a.necessary, *necessary) << round << "\n" << text(e);
      }
      ASSERT_TRUE(necessary || !a.necessary) << round << "\n" << text(e);
    }
    ASSERT_TRUE(!a.necessary || suffices || necessary == true) << round << "\n" << text(e);
    n.possible += possible;
    n.necessary += necessary == true;
    n.by_many += necessary == true && !suffices;
    n.proved += a.proved;
    n.undecided += necessary.has_value() && !a.proved;
    n.oracle_silent += !necessary.has_value();
    for (const int x : options.track) {
      const auto at = static_cast<std::size_t>(x);
      for (std::size_t p = 0; p < e.parties.size(); ++p) {
        bool always = true, never = true;
        for (std::size_t r = 0; r < e.resolutions.size(); ++r) {
          const auto view = oracle.view(r, at, p);
          always = always && view.necessary;
          never = never && !view.possible;
        }
        const Standing expected = always ? Standing::necessary : never ? Standing::dead : Standing::open;
        {
          ASSERT_EQ(a.packages[at].standing[p], expected) << round << " " << x << " " << p << "\n" << text(e);
        }
      }
    }
  }
  EXPECT_GT(n.cases, 1500 / parley_places::kFewer);
  EXPECT_GT(n.possible, 1000 / parley_places::kFewer);
  EXPECT_LT(n.possible, n.cases - 250 / parley_places::kFewer);
  EXPECT_GT(n.necessary, 250 / parley_places::kFewer);
  EXPECT_LT(n.oracle_silent, n.cases / 2);
  EXPECT_LT(n.undecided, 5);          // what the oracle decides is proved, 40 draws being enough to see both
  EXPECT_LT(n.cases - n.proved, 40);  // of all cases
}

/// One party with one stake of eight levels; cases with three chances and so eight branches.
Ensemble wide(LevelMask package, LevelMask no_deal, int differ_with, int differ_without) {
  Ensemble e;
  e.issues = {{"i", {{"0", false}}}};
  e.packages = {{0}};
  e.parties.resize(1);
  e.parties[0].order.id = "p0";
  Stake stake;
  stake.id = "s";
  stake.levels = 12;
  e.parties[0].order.stakes = {stake};
  const auto branches = [](LevelMask mask, int differ) {
    Case c;
    c.chances = {0, 1, 2};
    for (std::uint32_t done = 0; done < 8; ++done)
      c.branches.push_back({done, {{static_cast<int>(done) < differ ? mask << done : mask}}});
    return c;
  };
  for (const char* id : {"a", "b", "c"}) e.chances.push_back({id, {{0.5, 0.5}}});
  Resolution r;
  r.packages = {branches(package, differ_with)};
  r.no_deal = branches(no_deal, differ_without);
  r.broken = {0};
  e.resolutions = {r};
  return e;
}

Proof proof_of(const Ensemble& e) {
  return CaseProver(e, 0).prove(e.resolutions[0].packages[0], e.resolutions[0].no_deal);
}

TEST(EnsembleProof, TooManyFallsAreSaidAndProveNothing) {
  // 2^6 falls on either side: 4,096 together, which is the limit.
  EXPECT_TRUE(proof_of(wide(3, 3, 5, 5)).exact);
  EXPECT_FALSE(proof_of(wide(3, 3, 7, 6)).exact);
  EXPECT_FALSE(proof_of(wide(3, 3, 6, 7)).exact);
  EXPECT_TRUE(proof_of(wide(15, 1, 6, 0)).exact);  // 4^6
  EXPECT_FALSE(proof_of(wide(15, 1, 7, 0)).exact);
  EXPECT_FALSE(proof_of(wide(1, 15, 0, 7)).exact);
  const Ensemble e = wide(15, 15, 7, 7);
  EnsembleOptions options;
  options.worlds = 20;
  const EnsembleAnswer a = solve(e, options);
  EXPECT_FALSE(a.necessary);
  EXPECT_TRUE(a.possible);
}

TEST(EnsembleProof, ACircleOfWeightsLeavesNoWorldAndNoProof) {
  Maker maker(17);
  int circles = 0;
  for (int round = 0; round < 200; ++round) {
    Ensemble e = maker.make();
    auto& order = e.parties[0].order;
    if (order.stakes.size() < 2 || !Oracle(e).consistent()) continue;
    order.heavier.emplace_back(0, 1);
    order.heavier.emplace_back(1, 0);
    const EnsembleAnswer a = solve(e);
    ASSERT_EQ(a.worlds, 0);
    ASSERT_FALSE(a.possible || a.necessary || a.proved);
    ASSERT_EQ(a.inconsistent, std::vector<int>{0});
    ASSERT_FALSE(OrdinalJudge(order).consistent());
    ++circles;
  }
  EXPECT_GT(circles, 100);
}

TEST(EnsembleProof, AZoneThatChangesFromWorldToWorldIsNotCalledProved) {
  // No deal is a toss between the two packages; the party takes whichever weighs more for it, and one of the
  // two always does: a zone in every world, by no single package.
  Ensemble e;
  e.issues = {{"i", {{"0", false}, {"1", false}}}};
  e.packages = {{0}, {1}};
  e.parties.resize(1);
  e.parties[0].order.id = "p0";
  Stake stake;
  stake.levels = 2;
  stake.better = {{1, 0}};
  stake.id = "a";
  e.parties[0].order.stakes.push_back(stake);
  stake.id = "b";
  e.parties[0].order.stakes.push_back(stake);
  e.chances = {{"toss", {{0.5, 0.5}}}};
  Resolution r;
  r.packages = {{{}, {{0, {{2, 1}}}}}, {{}, {{0, {{1, 2}}}}}};
  r.no_deal = {{0}, {{0, {{2, 1}}}, {1, {{1, 2}}}}};
  r.broken = {0, 0};
  e.resolutions = {r};
  const EnsembleAnswer a = solve(e);
  EXPECT_EQ(Oracle(e).necessary(), std::optional<bool>(true));
  EXPECT_FALSE(Oracle(e).one_package_suffices(0));
  EXPECT_EQ(a.zone.yes, a.zone.of);
  EXPECT_TRUE(a.possible);
  EXPECT_FALSE(a.necessary);
  EXPECT_FALSE(a.proved);
}

}  // namespace
}  // namespace parley::deals
