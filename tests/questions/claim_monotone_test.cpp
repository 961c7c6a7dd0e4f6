// SPDX-License-Identifier: MIT
// Premises that say less prove no more: a fact of the present goes, and no claim is decided that was open, on
// random accounts with every kind of row that leads somewhere or bars something.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "claim_account.hpp"
#include "questions/claim_test.hpp"

namespace {

using namespace claims;
using Status = questions::Tested::Status;

constexpr int kIssues = 4, kQuantities = 2;

class RandomAccount {
 public:
  explicit RandomAccount(unsigned seed) : rng_(seed) {}

  std::string text() {
    std::string out =
        "parley: 1\naccount: small\nsources: {ex: {title: an exercise, standpoint: exercise}}\n"
        "actors: {from: ex.S0, a: one side, b: the other side}\nissues:\n  from: ex.S0\n";
    for (int i = 0; i < kIssues; ++i)
      out += fmt::format("  x{}: {{{}, levels: [l0, l1]{}{}}}\n", i,
                         below(3) == 0 ? "chosen_by: a" : "nature: yes",
                         below(4) == 0 ? "" : fmt::format(", now: l{}", below(2)),
                         below(6) == 0 ? ", never_falls: yes" : "");
    out += "quantities:\n  from: ex.S0\n";
    for (int q = 0; q < kQuantities; ++q)
      out += fmt::format("  q{}: {{is: a number{}}}\n", q, below(3) == 0 ? ", now: rising" : "");
    std::string mechanisms, commitments;
    for (int m = 2 + below(5); m > 0; --m) mechanisms += mechanism(m);
    for (int k = 1 + below(3); k > 0; --k) commitments += commitment(k);
    return out + "mechanisms:\n" + mechanisms + "commitments:\n" + commitments + claims();
  }

 private:
  int below(int n) { return static_cast<int>(rng_() % static_cast<unsigned>(n)); }
  std::string level() { return fmt::format("x{} is l{}", below(kIssues), below(2)); }
  std::string trend() { return fmt::format("q{} {}", below(kQuantities), below(2) == 0 ? "rises" : "falls"); }
  std::string cause() {
    return below(4) == 0 ? trend() : below(4) == 0 ? level() + " and " + level() : level();
  }
  std::string odds(const char* field) {
    const char* list[] = {"0%", "100%", "30% to 80%", "60%"};
    return below(2) == 0 ? "" : fmt::format(", {}: {}", field, list[below(4)]);
  }
  std::string mechanism(int m) {
    const std::string when = cause();
    std::string what;
    switch (below(5)) {
      case 0:
        what = fmt::format("{}: [q{}]{}", below(2) == 0 ? "raises" : "lowers", below(kQuantities),
                           below(3) == 0 ? ", latch: yes" : "");
        break;
      case 1:
        what = fmt::format("{}: [x{}]", below(2) == 0 ? "raises" : "lowers", below(kIssues));
        break;
      case 2:
        what = "rules_out: " + level();
        break;
      default:
        what = fmt::format("{}: {}{}", below(3) == 0 ? "makes_unlikely" : "makes_likely", level(),
                           odds("strength"));
    }
    return fmt::format("  m{}: {{cause: {}, {}, from: ex.S2}}\n", m, when, what);
  }
  std::string commitment(int k) {
    const char* by = below(2) == 0 ? "a" : "b";
    if (below(3) > 0)
      return fmt::format("  k{}: {{by: {}, will: {}, only_if: {}, from: ex.S3}}\n", k, by, level(), cause());
    return fmt::format("  k{}: {{by: {}, will: {}, if: {}{}, from: ex.S3}}\n", k, by, level(), cause(),
                       odds("carried_out"));
  }
  std::string claims() {
    std::string out = "claims:\n  from: ex.S1\n";
    int n = 0;
    const auto add = [&](const std::string& test) { out += fmt::format("  c{}: {{{}}}\n", n++, test); };
    for (const char* field : {"entails", "possible", "likely", "unlikely"}) {
      add(fmt::format("{}: {}", field, below(3) == 0 ? trend() : level()));
      add(fmt::format("{}: {}, given: {}", field, below(3) == 0 ? trend() : level(),
                      below(4) == 0 ? trend() : level()));
    }
    for (const char* field : {"necessary", "sufficient", "not_sufficient"})
      for (int i = 0; i < 2; ++i)
        add(fmt::format("{}: {}, for: {}", field, below(4) == 0 ? trend() : level(),
                        below(3) == 0 ? trend() : level()));
    return out;
  }

  std::mt19937 rng_;
};

bool decided(const questions::Tested& tested) {
  return tested.status == Status::yes || tested.status == Status::no;
}

TEST(ClaimMonotone, WhatIsSaidOfThePresentLessProvesNoMore) {
  int decisions = 0, kept = 0;
  for (unsigned seed = 0; seed < 1'500; ++seed) {
    const std::string text = RandomAccount(seed).text();
    const auto reading = language::read_texts({{"r.yaml", text}});
    ASSERT_TRUE(reading.ok()) << text << reading.diagnostics.front().message;
    questions::Column column;
    column.alternative = "base";
    column.rows = reading.base;
    const questions::ClaimTester whole(column, {});
    // Rows that no state agrees with prove nothing, and with less said may prove something again.
    const auto& course = whole.course();
    framing::Masks now = course.view().masks;
    if (!course.possible(framing::Formula::constant(true), now, {})) continue;
    std::vector<framing::Formula> stands;
    for (std::size_t v = 0; v < now.size(); ++v) {
      framing::LevelSet set(whole.situation().variables[v].size());
      for (int l = 0; l < set.size(); ++l)
        if (now[v] >> l & 1U) set.add(l);
      stands.push_back(framing::Formula::atom(static_cast<int>(v), set));
    }
    if (!course.possible(framing::Formula::all(stands), course.anything(), {})) continue;
    if (std::any_of(course.model().chances.begin(), course.model().chances.end(), [&](const auto& action) {
          const auto& [v, within] = action.act.front();
          return action.prevents && action.certain &&
                 framing::evaluate(action.triggers.front(), now).can_hold &&
                 (now[static_cast<std::size_t>(v)] & framing::mask_of(within)) == 0;
        }))
      continue;
    for (const account::Row& fact : reading.base.rows) {
      if (fact.value("now") == nullptr) continue;
      questions::Column less = column;
      for (account::Row& row : less.rows.rows)
        if (row.id == fact.id)
          std::erase_if(row.fields, [](const auto& field) { return field.name == "now"; });
      const questions::ClaimTester weaker(less, {});
      for (const account::Row* claim : reading.base.of("claims")) {
        const auto after = weaker.test(*claim), before = whole.test(*claim);
        decisions += decided(before);
        // What is taken for granted of a quantity that is silent is named, and is a premise of its own.
        if (!decided(after) || !after.defaults.empty()) continue;
        // That something may be rests on nothing ruling it out, which further rows may do.
        if (claim->value("possible") != nullptr && after.yes()) continue;
        // Nothing is proved of what cannot be.
        if (!decided(before) && (before.why.find("contradict") != std::string::npos ||
                                 before.why.find("ruled out") != std::string::npos))
          continue;
        EXPECT_EQ(after.status, before.status) << seed << " " << claim->id << " without now of " << fact.id
                                               << ": " << after.why << " / " << before.why << "\n"
                                               << text;
        ++kept;
      }
    }
  }
  EXPECT_GT(decisions, 1'000);
  EXPECT_GT(kept, 500);
}

}  // namespace
