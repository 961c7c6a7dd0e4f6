// SPDX-License-Identifier: MIT
// Claims: every verdict on a small account, the tests behind them against oracles of their own, and what must
// hold whatever the account says.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "claim_account.hpp"
#include "questions/self_tests.hpp"

namespace {

using namespace claims;

TEST(Claims, WhatTheClaimsOwnSentenceSaysIsAsserted) {
  const auto claim = one(R"(mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S1}}
claims: {c: {entails: fear rises, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.verdict, V::asserted);
  EXPECT_EQ(claim.premises, Rows{"push"});
  EXPECT_EQ(claim.own_rows, Rows{"push"});
  EXPECT_EQ(claim.without, V::undetermined);
}

TEST(Claims, OneRowThatSaysItIsAssertedFromAnySentence) {
  EXPECT_EQ(one(R"(mechanisms: {push: {cause: patrols is sent, raises: [fear], from: ex.S2}}
claims: {c: {entails: fear rises, given: patrols is sent, from: ex.S1}}
)")
                .verdict,
            V::asserted);
}

TEST(Claims, WhatJoinsRowsIsEntailed) {
  const auto claim = one(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  other: {cause: calm is absent, raises: [trust], from: ex.S4}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.verdict, V::entailed);
  EXPECT_EQ(claim.premises, (Rows{"pull", "push"}));
  EXPECT_FALSE(claim.placebo);
  EXPECT_EQ(claim.defaults, Rows{"default:alone:trade"});
}

TEST(Claims, OpposedSignsLeaveItOpenAndTheRowThatDecidesIsNamed) {
  const auto claim = one(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
  way: {cause: patrols is sent, moves: [trade], from: ex.S4}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
)");
  EXPECT_EQ(claim.verdict, V::undetermined);
  ASSERT_EQ(claim.settled_without.size(), 1U);
  EXPECT_EQ(claim.settled_without[0], (std::pair<std::string, V>{"way", V::entailed}));
}

TEST(Claims, ReadingsThatDifferMakeItContested) {
  const auto claim = one(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
claims: {c: {entails: trade falls, given: patrols is sent, from: ex.S1}}
alternatives: {no_pull: {without: [pull], from: ex.S3}}
)");
  EXPECT_EQ(claim.verdict, V::contested);
  EXPECT_EQ(claim.by_alternative.at("base").verdict, V::entailed);
  EXPECT_EQ(claim.by_alternative.at("no_pull").verdict, V::undetermined);
}

TEST(Claims, NecessityByLogicAndByWhatFollows) {
  const std::string bar =
      "commitments: {bar: {by: b, will: treaty is signed, only_if: state is full, from: ex.S2}}\n"
      "mechanisms: {shut: {cause: patrols is sent, rules_out: state is full, from: ex.S3}}\n";
  const auto claim =
      one(bar + "claims: {c: {necessary: patrols is withheld, for: treaty is signed, from: ex.S1}}\n");
  EXPECT_EQ(claim.verdict, V::entailed);
  EXPECT_EQ(claim.premises, (Rows{"bar", "shut", "treaty"})) << "it has yet to be brought about";
  EXPECT_EQ(
      one(bar + "claims: {c: {necessary: state is full, for: treaty is signed, from: ex.S1}}\n").verdict,
      V::asserted);
  // What nobody joins to the goal is not needed for it because the goal keeps still.
  EXPECT_EQ(
      one(bar + "claims: {c: {necessary: calm is absent, for: treaty is signed, from: ex.S1}}\n").verdict,
      V::undetermined);
}

TEST(Claims, AnObjectiveNeedsWhatItsRowSays) {
  const std::string goal = "objectives: {goal: {by: a, needs: [state is full, fear falls], from: ex.S2}}\n";
  EXPECT_EQ(one(goal + "claims: {c: {necessary: fear falls, for: goal, from: ex.S1}}\n").verdict,
            V::asserted);
  EXPECT_EQ(one(goal + "claims: {c: {necessary: trade falls, for: goal, from: ex.S1}}\n").verdict,
            V::undetermined);
}

TEST(Claims, SufficientIsWhatBringsItAndLikelyIsNotEnough) {
  const std::string sure =
      "mechanisms: {m: {cause: patrols is sent, raises: [fear], from: ex.S2},"
      " n: {cause: fear, lowers: [trust], from: ex.S3}}\n";
  EXPECT_EQ(one(sure + "claims: {c: {sufficient: patrols is sent, for: trust falls, from: ex.S1}}\n").verdict,
            V::entailed);
  EXPECT_EQ(one(sure + "claims: {c: {sufficient: patrols is sent, for: trust rises, from: ex.S1}}\n").verdict,
            V::fails);
  EXPECT_EQ(
      one(sure + "claims: {c: {not_sufficient: patrols is sent, for: trust falls, from: ex.S1}}\n").verdict,
      V::fails);
  EXPECT_EQ(one("mechanisms: {m: {cause: patrols is sent, makes_likely: calm is absent, from: ex.S2}}\n"
                "claims: {c: {sufficient: patrols is sent, for: calm is absent, from: ex.S1}}\n")
                .verdict,
            V::undetermined);
}

TEST(Claims, NotSufficientNeedsSomethingElseThatRowsActOn) {
  // Trade would take trust, which something else pushes down: shown.
  const std::string rows =
      R"(quantities: {from: ex.S0, fear: fear, trade: trade, trust: trust, heat: {is: heat, now: rising}}
)";
  const auto shown = one(R"(mechanisms:
  push: {cause: calm is present, lowers: [trust], from: ex.S3}
objectives: {goal: {by: a, needs: [trust rises, patrols is sent], from: ex.S2}}
claims: {c: {not_sufficient: patrols is sent, for: goal, from: ex.S1}}
)");
  EXPECT_EQ(shown.verdict, V::entailed);
  // Without calm nothing is said to push trust, and where the account is silent it may rise.
  EXPECT_EQ(shown.premises, (Rows{"calm", "goal", "push"}));
  // Nothing is said to act on what else it takes: that it keeps still shows nothing.
  EXPECT_EQ(one(R"(objectives: {goal: {by: a, needs: [trust rises, patrols is sent], from: ex.S2}}
claims: {c: {not_sufficient: patrols is sent, for: goal, from: ex.S1}}
)")
                .verdict,
            V::undetermined);
}

TEST(Claims, OrderingsChainAndViewersStayApart) {
  const std::string orders = R"(orderings:
  one: {more: fear, less: trade, seen_by: a, from: ex.S2}
  two: {more: trade, less: trust, from: ex.S3}
  three: {more: trust, less: fear, seen_by: b, from: ex.S4}
)";
  const auto claim = one(orders + "claims: {c: {more: fear, less: trust, from: ex.S1}}\n");
  EXPECT_EQ(claim.verdict, V::undetermined) << "only with what a sees";
  const auto alone = one(R"(orderings:
  one: {more: fear, less: trade, from: ex.S2}
  two: {more: trade, less: trust, from: ex.S3}
  three: {more: trust, less: fear, seen_by: b, from: ex.S4}
claims: {c: {more: fear, less: trust, from: ex.S1}}
)");
  EXPECT_EQ(alone.verdict, V::entailed);
  EXPECT_EQ(alone.premises, (Rows{"one", "two"}));
}

TEST(Claims, APossibilityThatFollowsFromNothingBeingSaidIsOpen) {
  const auto claim = one("claims: {c: {possible: fear rises, from: ex.S1}}\n");
  EXPECT_EQ(claim.verdict, V::undetermined);
  EXPECT_FALSE(claim.placebo);
  EXPECT_EQ(one("claims: {c: {possible: fear rises, given: patrols is sent, from: ex.S1}}\n").verdict,
            V::undetermined);
}

TEST(Claims, LikelihoodsAndWhatIsSaidToBeUntestableWaitAndSayWhy) {
  for (const char* test :
       {"likely: fear rises", "likelier: fear rises, than: trade falls", "not_testable: no measure"}) {
    const auto claim = one(fmt::format("claims: {{c: {{{}, from: ex.S1}}}}\n", test));
    EXPECT_EQ(claim.verdict, V::not_testable);
    EXPECT_FALSE(claim.base.why.empty());
  }
}

TEST(Claims, AClaimTakesTheWeakestVerdictOfThoseItRestsOn) {
  const auto list = asked(read(R"(mechanisms:
  push: {cause: patrols is sent, raises: [fear], from: ex.S2}
  pull: {cause: fear, lowers: [trade], from: ex.S3}
claims:
  c: {entails: trade falls, given: patrols is sent, rests_on: [d], from: ex.S1}
  d: {entails: trust falls, given: patrols is sent, from: ex.S1}
)"));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].verdict, V::undetermined);
  EXPECT_EQ(list[0].alone, V::entailed);
  EXPECT_EQ(list[0].inherited_from, "d");
}

// --- oracles
// -----------------------------------------------------------------------------------------------------

/// A chain of quantities without loops: what one push at its head does, by summing over all routes.
struct Net {
  static constexpr int kNodes = 6;
  std::vector<std::tuple<int, int, int>> arcs;  // from < to, sign -1, 0, 1

  static Net random(std::mt19937& rng) {
    Net net;
    for (int from = 0; from < kNodes; ++from)
      for (int to = from + 1; to < kNodes; ++to)
        if (rng() % 3 == 0) net.arcs.emplace_back(from, to, rng() % 7 == 0 ? 0 : rng() % 2 == 0 ? 1 : -1);
    return net;
  }
  [[nodiscard]] std::string rows() const {
    std::string text = "quantities:\n  from: ex.S0\n";
    for (int n = 0; n < kNodes; ++n) text += fmt::format("  q{}: a number\n", n);
    text += "mechanisms:\n  from: ex.S9\n  unused: {cause: calm is absent, raises: [trade]}\n";
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const auto [from, to, sign] = arcs[i];
      text += fmt::format("  m{}: {{cause: q{}, {}: [q{}], from: ex.S{}}}\n", i, from,
                          sign > 0   ? "raises"
                          : sign < 0 ? "lowers"
                                     : "moves",
                          to, 10 + i);
    }
    return text;
  }
  [[nodiscard]] bool reached(int to) const {
    return to == 0 || std::any_of(arcs.begin(), arcs.end(), [&](const auto& arc) {
             return std::get<1>(arc) == to && reached(std::get<0>(arc));
           });
  }
  /// Signs of all routes from q0 to `to`: +, -, both or either, none. Bit 0: minus, bit 1: plus.
  [[nodiscard]] int routes(int to) const {
    if (to == 0) return 2;
    if (!reached(to)) return 0;
    int signs = 0;
    for (const auto& [from, head, sign] : arcs) {
      if (head != to) continue;
      const int before = routes(from);
      // Where nothing that is set reaches it and nothing is said of it, it may go either way.
      if (sign == 0 || before == 0)
        signs |= 3;
      else
        signs |= sign > 0 ? before : ((before & 1) << 1 | before >> 1);
    }
    return signs;
  }
};

TEST(ClaimOracles, WhatFollowsAlongMechanismsIsTheSumOverAllRoutes) {
  std::mt19937 rng(7);
  for (int trial = 0; trial < 150; ++trial) {
    const Net net = Net::random(rng);
    std::string body = net.rows() + "claims:\n  from: ex.S8\n";
    for (int n = 1; n < Net::kNodes; ++n)
      body += fmt::format("  c{}: {{sufficient: q0 rises, for: q{} rises}}\n", n, n);
    // The head's block of quantities is replaced by the net's.
    std::string head = kHead;
    head.replace(head.find("quantities:"), head.find("talks:") - head.find("quantities:"),
                 body.substr(0, body.find("mechanisms:")));
    head.replace(head.find("mechanisms:") == std::string::npos ? head.size() : head.find("mechanisms:"), 0,
                 "");
    std::string text = head + body.substr(body.find("mechanisms:"));
    text.replace(text.find("raises: [trade]"), 15, "raises: [q1], from: ex.S7");
    const auto reading = language::read_texts({{"net.yaml", text}});
    ASSERT_TRUE(reading.ok()) << text << reading.diagnostics.front().message;
    for (const auto& claim : asked(reading, 10)) {
      const int signs = net.routes(claim.id[1] - '0');
      const V verdict = claim.base.verdict;
      EXPECT_EQ(verdict, signs == 2   ? V::entailed
                         : signs == 1 ? V::fails
                                      : V::undetermined)
          << claim.id << "\n"
          << text;
      // A verdict by one row alone is asserted; by several it is entailed, with rows that are enough.
      if (verdict == V::entailed) {
        EXPECT_EQ(claim.verdict == V::asserted, claim.without != V::entailed);
      }
      if (claim.verdict == V::entailed) {
        EXPECT_GE(claim.premises.size(), 2U);
      }
    }
  }
}

/// Rows that are logic, over five issues of two levels each, against all 32 states.
struct Logic {
  struct Rule {
    bool only_if;
    int one, one_level, other, other_level;
  };
  std::vector<Rule> rules;
  std::set<int> latched;   ///< issues that stand at their upper level and never fall
  std::map<int, int> now;  ///< where issues stand, as far as it is said

  static Logic random(std::mt19937& rng) {
    Logic logic;
    const int n = 1 + static_cast<int>(rng() % 5);
    for (int i = 0; i < n; ++i) {
      Rule r{rng() % 2 == 0, static_cast<int>(rng() % 5), static_cast<int>(rng() % 2), 0,
             static_cast<int>(rng() % 2)};
      do r.other = static_cast<int>(rng() % 5);
      while (r.other == r.one);
      logic.rules.push_back(r);
    }
    for (int i = 2; i < 5; ++i)
      if (rng() % 4 == 0) logic.latched.insert(i);
    for (int i = 0; i < 5; ++i)
      if (logic.latched.contains(i))
        logic.now[i] = 1;
      else if (rng() % 3 != 0)
        logic.now[i] = static_cast<int>(rng() % 2);
    return logic;
  }
  [[nodiscard]] std::string rows() const {
    std::string commitments, mechanisms;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto& r = rules[i];
      if (r.only_if)
        commitments += fmt::format("  r{}: {{by: a, will: x{} is l{}, only_if: x{} is l{}, from: ex.S{}}}\n",
                                   i, r.one, r.one_level, r.other, r.other_level, 10 + i);
      else
        mechanisms += fmt::format("  r{}: {{cause: x{} is l{}, rules_out: x{} is l{}, from: ex.S{}}}\n", i,
                                  r.one, r.one_level, r.other, r.other_level, 10 + i);
    }
    return (commitments.empty() ? "" : "commitments:\n" + commitments) +
           (mechanisms.empty() ? "" : "mechanisms:\n" + mechanisms);
  }
  /// A condition bars what does not stand yet, and what no other row leads to: here, by taking away where it
  /// stands.
  [[nodiscard]] bool bars(const Rule& guard) const {
    const auto at = now.find(guard.one);
    return at != now.end() && at->second != guard.one_level &&
           std::none_of(rules.begin(), rules.end(), [&](const Rule& r) {
             return !r.only_if && r.other == guard.one && r.other_level == at->second;
           });
  }
  /// `supposed`: what is supposed is not brought about.
  [[nodiscard]] bool allows(int state, int supposed = -1) const {
    for (const int i : latched)
      if ((state >> i & 1) == 0) return false;
    return std::all_of(rules.begin(), rules.end(), [&](const Rule& r) {
      if (r.only_if && (r.one == supposed || !bars(r))) return true;
      const bool one = (state >> r.one & 1) == r.one_level, other = (state >> r.other & 1) == r.other_level;
      return r.only_if ? !one || other : !(one && other);
    });
  }
  /// Is there an allowed state with x0 = a and x1 = b?
  [[nodiscard]] bool can(int a, int b, int supposed = -1) const {
    for (int state = 0; state < 32; ++state)
      if (allows(state, supposed) && (state & 1) == a && (state >> 1 & 1) == b) return true;
    return false;
  }
};

std::string logic_account(const Logic& logic, const std::string& claims) {
  std::string text =
      "parley: 1\naccount: small\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
      "actors: {from: ex.S0, a: one side}\nissues:\n  from: ex.S0\n";
  for (int i = 0; i < 5; ++i)
    text += fmt::format("  x{}: {{chosen_by: a, levels: [l0, l1]{}}}\n", i,
                        (logic.now.contains(i) ? fmt::format(", now: l{}", logic.now.at(i)) : "") +
                            (logic.latched.contains(i) ? ", never_falls: yes" : ""));
  return text + logic.rows() + claims;
}

TEST(ClaimOracles, NecessityAndSufficiencyByLogicAgreeWithAllStates) {
  std::mt19937 rng(11);
  int entailed = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const Logic logic = Logic::random(rng);
    const auto reading =
        language::read_texts({{"l.yaml", logic_account(logic,
                                                       "claims:\n  from: ex.S1\n"
                                                       "  need: {necessary: x0 is l1, for: x1 is l1}\n"
                                                       "  enough: {sufficient: x0 is l1, for: x1 is l1}\n"
                                                       "  may: {possible: x0 is l1 and x1 is l1}\n")}});
    ASSERT_TRUE(reading.ok());
    const auto list = asked(reading, 10);
    ASSERT_EQ(list.size(), 3U);
    if (!logic.can(0, 0) && !logic.can(0, 1) && !logic.can(1, 0) && !logic.can(1, 1)) continue;
    const bool goal = logic.can(0, 1) || logic.can(1, 1), cause = logic.can(1, 0) || logic.can(1, 1);
    EXPECT_EQ(list[0].base.verdict == V::entailed, goal && !logic.can(0, 1, 0) && logic.can(1, 1, 0))
        << trial;
    // What stands and what is excluded from there may prove it as well: by logic alone is one way.
    const bool enough = cause && !logic.can(1, 0, 0) && logic.can(1, 1, 0);
    if (enough) {
      EXPECT_EQ(list[1].base.verdict, V::entailed) << trial;
    }
    if (cause && !logic.can(1, 1, 0) && logic.can(1, 0, 0)) {
      EXPECT_EQ(list[1].base.verdict, V::fails) << trial;
    }
    // That nothing excludes it is no proof that it may be so (what is: claim_grounds_test.cpp).
    EXPECT_EQ(list[2].base.verdict == V::fails, !logic.can(1, 1)) << trial;
    for (const auto& claim : list) {
      if (claim.base.verdict != V::entailed || claim.premises.empty() || claim.id == "may" ||
          (claim.id == "enough" && !enough))
        continue;
      // Where things stand may prove that it is enough in a way that is not logic alone.
      if (claim.id == "enough" && std::any_of(claim.premises.begin(), claim.premises.end(),
                                              [](const std::string& row) { return row[0] == 'x'; }))
        continue;
      // The premises are enough, and none of them can go.
      const auto with_only = [&](const Rows& rows) {
        Logic less;
        for (const auto& row : rows) {
          const int number = row[1] - '0';
          if (row[0] != 'x') {
            less.rules.push_back(logic.rules[static_cast<std::size_t>(number)]);
            continue;
          }
          less.now[number] = logic.now.at(number);
          if (logic.latched.contains(number)) less.latched.insert(number);
        }
        return claim.id == "need" ? !less.can(0, 1, 0) : !less.can(1, 0, 0);
      };
      EXPECT_TRUE(with_only(claim.premises)) << trial << claim.id;
      for (std::size_t i = 0; i < claim.premises.size(); ++i) {
        Rows fewer = claim.premises;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(with_only(fewer));
      }
      EXPECT_EQ(claim.verdict, claim.without == V::entailed ? V::entailed : V::asserted);
      entailed += claim.verdict == V::entailed;
    }
  }
  EXPECT_GT(entailed, 10);  // the trials do reach what joins rows
}

TEST(ClaimOracles, TheOrderOfTheFileChangesNothing) {
  std::mt19937 rng(13);
  for (int trial = 0; trial < 30; ++trial) {
    const Logic logic = Logic::random(rng);
    const auto reading = language::read_texts(
        {{"l.yaml",
          logic_account(logic, "claims: {need: {necessary: x0 is l1, for: x1 is l1, from: ex.S1}}\n")}});
    questions::ClaimOptions options;
    options.solve.draws = 10;
    const auto one = questions::ask({{reading.base, {}}}, options).at(0);
    const auto other =
        questions::ask({{questions::permuted(reading.base, static_cast<std::uint64_t>(trial)), {}}}, options)
            .at(0);
    EXPECT_EQ(one.verdict, other.verdict);
    EXPECT_EQ(one.premises, other.premises);
    EXPECT_EQ(one.own_rows, other.own_rows);
  }
}

}  // namespace
