// SPDX-License-Identifier: MIT
// The causal model against every course of small random rules, and what must stay where premises are weaker
// or names are others.
#include "framing/causal.hpp"

#include <gtest/gtest.h>

#include "causal_oracle.hpp"
#include "framing/consistency.hpp"
#include "framing/course.hpp"
#include "language/read.hpp"

namespace {

using namespace parley;
using causal::RandomRules;
using causal::World;
using framing::LevelMask;
using framing::Masks;

constexpr unsigned kAccounts = 4'000;

framing::Situation situation_of(const std::string& text) {
  const auto reading = language::read_texts({{"random.yaml", text}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << text;
  return framing::make_situation(reading.base, {});
}

/// A random account as the model reads it, with the oracle's numbers for its variables and rules.
struct Both {
  explicit Both(unsigned seed, int actions = 4) : Both(RandomRules(seed, actions)) {}
  explicit Both(RandomRules rules)
      : random(std::move(rules)), s(situation_of(random.text())), model(framing::make_rules(s)) {
    for (int i = 0; i < causal::kIssues; ++i) variable.push_back(s.variable(fmt::format("i{}", i)));
    for (int q = 0; q < causal::kQuantities; ++q) variable.push_back(s.variable(fmt::format("q{}", q)));
    for (const auto& drive : model.drives)
      for (std::size_t i = 0; i < random.rules.influences.size(); ++i)
        if (random.rules.influences[i].id == drive.row) influence.push_back(i);
    for (const auto& chance : model.chances)
      for (std::size_t a = 0; a < random.rules.actions.size(); ++a)
        if (random.rules.actions[a].id == chance.id) action.push_back(a);
  }

  [[nodiscard]] World base() const {
    World world(causal::kVariables, 0);
    for (int i = 0; i < causal::kIssues; ++i)
      world[static_cast<std::size_t>(i)] = random.rules.issues[static_cast<std::size_t>(i)].now;
    return world;
  }
  [[nodiscard]] Masks masks(const World& world) const {
    Masks list(s.variables.size(), 1);
    for (std::size_t v = 0; v < variable.size(); ++v)
      list[static_cast<std::size_t>(variable[v])] =
          LevelMask{1} << (static_cast<int>(v) < causal::kIssues ? world[v] : world[v] + 1);
    return list;
  }
  [[nodiscard]] bool within(const World& world, const Masks& found) const {
    const Masks exact = masks(world);
    return std::all_of(variable.begin(), variable.end(), [&](int v) {
      return (exact[static_cast<std::size_t>(v)] & ~found[static_cast<std::size_t>(v)]) == 0;
    });
  }
  [[nodiscard]] framing::Leads leads(const Masks& base, const Masks& start,
                                     const std::vector<bool>& altered = {}) const {
    const std::vector<int> signs(model.drives.size(), 0);
    const std::vector<bool> fixed(s.variables.size(), false);
    return framing::leads_to(model, s, {base, signs, fixed, {}, altered}, start);
  }
  /// Calls `each` with every way in which signs that are not stated can turn out.
  void each_sign(const std::function<void(const std::vector<int>&)>& each) const {
    std::vector<std::size_t> open;
    std::vector<int> signs;
    for (const auto& i : random.rules.influences) {
      if (i.sign == 0) open.push_back(signs.size());
      signs.push_back(i.sign);
    }
    for (unsigned code = 0; code < 1U << open.size(); ++code) {
      for (std::size_t k = 0; k < open.size(); ++k) signs[open[k]] = (code >> k & 1U) != 0 ? 1 : -1;
      each(signs);
    }
  }

  [[nodiscard]] std::string words(const World& world, const Masks& found) const {
    std::string text = fmt::format("{} not in", fmt::join(world, " "));
    for (const int v : variable) text += fmt::format(" {:b}", found[static_cast<std::size_t>(v)]);
    return text;
  }

  RandomRules random;
  framing::Situation s;
  framing::CausalModel model;
  std::vector<int> variable;
  std::vector<std::size_t> influence, action;
};

World changed(RandomRules& random, World world) {
  const auto v = static_cast<std::size_t>(random.below(causal::kIssues));
  world[v] = random.below(random.rules.issues[v].levels);
  return world;
}

TEST(Causes, NothingThatCanFollowIsLeftOut) {
  std::size_t chained = 0, compared = 0;
  for (unsigned seed = 0; seed < kAccounts; ++seed) {
    Both both(seed);
    ASSERT_EQ(both.action.size(), both.model.chances.size()) << both.random.text();
    const World base = both.base(), start = changed(both.random, base);
    const auto leads = both.leads(both.masks(base), both.masks(start));
    chained += leads.chances.size() > 1 ? 1 : 0;
    both.each_sign([&](const std::vector<int>& signs) {
      for (std::uint32_t done = 0; done < leads.after.size(); ++done) {
        std::vector<bool> carried(both.random.rules.actions.size(), false);
        for (std::size_t i = 0; i < leads.chances.size(); ++i)
          carried[both.action[static_cast<std::size_t>(leads.chances[i])]] = (done >> i & 1U) != 0;
        causal::Courses courses(both.random.rules, base, signs, carried);
        for (const World& end : courses.from(start)) {
          ++compared;
          ASSERT_TRUE(both.within(end, leads.after[done]))
              << seed << " from " << fmt::format("{}", fmt::join(start, " ")) << ", branch " << done << ": "
              << both.words(end, leads.after[done]) << "\n"
              << both.random.text();
        }
        for (const std::size_t a : courses.acted()) {
          const auto at = std::find(both.action.begin(), both.action.end(), a) - both.action.begin();
          ASSERT_TRUE(std::find(leads.chances.begin(), leads.chances.end(), at) != leads.chances.end())
              << seed << "\n"
              << both.random.text();
        }
      }
    });
  }
  EXPECT_GT(chained, kAccounts / 20);
  EXPECT_GT(compared, kAccounts);
}

/// Where every cause is known and nothing is open, the model knows as much as there is to know.
TEST(Causes, WhatIsCertainIsFoundCertain) {
  std::size_t certain = 0;
  for (unsigned seed = 0; seed < kAccounts; ++seed) {
    Both both(seed);
    auto& rules = both.random.rules;
    if (!rules.exclusions.empty() || !rules.guards.empty() ||
        std::any_of(rules.actions.begin(), rules.actions.end(), [](const auto& a) { return a.prevents; }))
      continue;
    if (std::any_of(rules.influences.begin(), rules.influences.end(),
                    [](const auto& i) { return i.effect < causal::kIssues; }))
      continue;
    const World base = both.base(), start = changed(both.random, base);
    const auto leads = both.leads(both.masks(base), both.masks(start));
    std::vector<int> signs;
    bool unknown = false;
    for (const auto& i : rules.influences) {
      signs.push_back(i.sign);
      unknown = unknown || i.sign == 0;
    }
    if (unknown) continue;
    for (std::uint32_t done = 0; done < leads.after.size(); ++done) {
      std::vector<bool> carried(rules.actions.size(), false);
      for (std::size_t i = 0; i < leads.chances.size(); ++i)
        carried[both.action[static_cast<std::size_t>(leads.chances[i])]] = (done >> i & 1U) != 0;
      const auto ends = causal::Courses(rules, base, signs, carried).from(start);
      if (ends.size() != 1) continue;
      ++certain;
      for (const int v : both.variable)
        ASSERT_EQ(leads.after[done][static_cast<std::size_t>(v)],
                  both.masks(*ends.begin())[static_cast<std::size_t>(v)])
            << seed << "\n"
            << both.random.text();
    }
  }
  EXPECT_GT(certain, kAccounts / 20);
}

/// With more chances than are gone through one by one the rest stay open.
TEST(Causes, ChancesBeyondTheLimitStayOpen) {
  std::size_t beyond = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Both both(seed + 90'000, 14);
    const World base = both.base(), start = changed(both.random, base);
    const auto leads = both.leads(both.masks(base), both.masks(start));
    if (both.model.chances.size() <= leads.chances.size()) continue;
    const std::size_t rest = both.model.chances.size() - leads.chances.size();
    beyond += leads.after.size() == 64 ? 1 : 0;
    both.each_sign([&](const std::vector<int>& signs) {
      for (unsigned code = 0; code < 1U << std::min<std::size_t>(rest, 5); ++code) {
        std::vector<bool> carried(both.random.rules.actions.size(), false);
        unsigned left = code;
        for (std::size_t c = 0; c < both.model.chances.size(); ++c)
          if (std::find(leads.chances.begin(), leads.chances.end(), static_cast<int>(c)) ==
              leads.chances.end()) {
            carried[both.action[c]] = (left & 1U) != 0;
            left >>= 1;
          }
        for (const World& end : causal::Courses(both.random.rules, base, signs, carried).from(start))
          ASSERT_TRUE(both.within(end, leads.after[0])) << seed << "\n" << both.random.text();
      }
    });
  }
  EXPECT_GT(beyond, 5U);
}

/// Premises that say less never prove more: a further level that may be so at present, or after the change.
TEST(Causes, AWeakerPremiseProvesNothingMore) {
  for (unsigned seed = 0; seed < kAccounts; ++seed) {
    Both both(seed);
    const World base = both.base(), start = changed(both.random, base);
    Masks base_masks = both.masks(base), start_masks = both.masks(start);
    const auto strong = both.leads(base_masks, start_masks);
    const auto v = static_cast<std::size_t>(both.random.below(causal::kIssues));
    const LevelMask more = LevelMask{1} << both.random.below(both.random.rules.issues[v].levels);
    const auto at = static_cast<std::size_t>(both.variable[v]);
    start_masks[at] |= more;
    if (start[v] == base[v] || both.random.below(2) == 0) base_masks[at] |= more;
    std::vector<bool> altered(both.s.variables.size(), false);
    for (std::size_t i = 0; i < start.size(); ++i)
      altered[static_cast<std::size_t>(both.variable[i])] =
          start[i] != base[i] || start_masks[static_cast<std::size_t>(both.variable[i])] !=
                                     base_masks[static_cast<std::size_t>(both.variable[i])];
    const auto weak = both.leads(base_masks, start_masks, altered);
    const auto contains = [](const std::vector<int>& list, int x) {
      return std::find(list.begin(), list.end(), x) != list.end();
    };
    for (const int c : strong.chances) ASSERT_TRUE(contains(weak.chances, c)) << both.random.text();
    for (std::uint32_t done = 0; done < weak.after.size(); ++done) {
      std::uint32_t in_strong = 0;
      for (std::size_t i = 0; i < strong.chances.size(); ++i) {
        const auto place = std::find(weak.chances.begin(), weak.chances.end(), strong.chances[i]);
        in_strong |= (done >> (place - weak.chances.begin()) & 1U) << i;
      }
      for (const int x : both.variable)
        ASSERT_EQ(strong.after[in_strong][static_cast<std::size_t>(x)] &
                      ~weak.after[done][static_cast<std::size_t>(x)],
                  0U)
            << seed << " from " << fmt::format("{}", fmt::join(start, " ")) << " " << v << " more " << more
            << ": " << both.s.variables[static_cast<std::size_t>(x)].id << "\n"
            << both.random.text();
    }
  }
}

/// Ids whose order is turned round name the same answers: branches and where each of them leads.
void expect_names_change_nothing(unsigned seed, int actions, std::size_t& beyond) {
  Both one(seed, actions);
  const World base = one.base(), start = changed(one.random, base);
  RandomRules turned = one.random;
  turned.rename();
  const Both other(std::move(turned));
  const auto a = one.leads(one.masks(base), one.masks(start)),
             b = other.leads(other.masks(base), other.masks(start));
  beyond += one.model.chances.size() > 6 && a.chances.size() == 6 ? 1 : 0;
  const auto acts = [](const Both& both, const framing::Leads& leads, std::uint32_t done) {
    std::map<std::size_t, bool> list;
    for (std::size_t i = 0; i < leads.chances.size(); ++i)
      list[both.action[static_cast<std::size_t>(leads.chances[i])]] = (done >> i & 1U) != 0;
    return list;
  };
  ASSERT_EQ(a.after.size(), b.after.size()) << one.random.text();
  std::map<std::map<std::size_t, bool>, Masks> found;
  for (std::uint32_t done = 0; done < a.after.size(); ++done) found[acts(one, a, done)] = a.after[done];
  for (std::uint32_t done = 0; done < b.after.size(); ++done)
    ASSERT_EQ(found[acts(other, b, done)], b.after[done]) << seed << "\n" << one.random.text();
  const framing::Course course(one.s), renamed(other.s);
  const int v = one.variable[static_cast<std::size_t>(one.random.below(causal::kIssues))];
  const framing::Change change{{{v, LevelMask{1}}}, {}, {}};
  ASSERT_EQ(course.view(change).masks, renamed.view(change).masks) << seed << "\n" << one.random.text();
}

TEST(Causes, NamesChangeNothing) {
  std::size_t beyond = 0;
  for (unsigned seed = 0; seed < kAccounts; ++seed) expect_names_change_nothing(seed, 4, beyond);
  for (unsigned seed = 0; seed < kAccounts / 8; ++seed) expect_names_change_nothing(seed, 14, beyond);
  EXPECT_GT(beyond, 20U) << "more than make branches are due, and some of them are chosen";
}

/// Eight chances that one act sets going at once: those that make branches are chosen by what they say, and
/// of those that say the same all or none.
TEST(Causes, WhichChancesMakeBranchesIsNoQuestionOfNames) {
  const auto led = [](bool reversed, int alike) {
    std::string text = R"(parley: 1
account: eight
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side}
issues:
  from: ex
  act: {nature: yes, levels: [l0, l1], now: l0}
)";
    std::string mechanisms;
    for (int n = 0; n < 8; ++n) {
      const int name = reversed ? 7 - n : n;
      text += fmt::format("  e{}: {{nature: yes, levels: [l0, l1{}], now: l0}}\n", n,
                          n < alike ? "" : fmt::format(", top{}", n));
      mechanisms += fmt::format("  m{}: {{cause: act is l1, makes_likely: e{} is l1}}\n", name, n);
    }
    const auto s = situation_of(text + "mechanisms:\n  from: ex\n" + mechanisms);
    const auto model = framing::make_rules(s);
    const Masks base = framing::present_of(s);
    Masks start = base;
    start[static_cast<std::size_t>(s.variable("act"))] = 2;
    const auto leads = framing::leads_to(model, s, {base, {}, std::vector<bool>(s.variables.size())}, start);
    std::set<int> branching, open;
    for (int n = 0; n < 8; ++n) {
      const auto v = static_cast<std::size_t>(s.variable(fmt::format("e{}", n)));
      const bool known = std::all_of(leads.after.begin(), leads.after.end(),
                                     [&](const Masks& m) { return std::has_single_bit(m[v]); });
      (known ? branching : open).insert(n);
    }
    return std::pair{branching, open};
  };
  EXPECT_EQ(led(false, 0), led(true, 0));
  EXPECT_EQ(led(false, 0).first.size(), 6U);
  EXPECT_EQ(led(false, 8).first.size(), 0U) << "eight that say the same: none is singled out";
  EXPECT_EQ(led(false, 8), led(true, 8));
  EXPECT_EQ(led(false, 3), led(true, 3));
  const auto three = led(false, 3).first;
  EXPECT_EQ(three.contains(0) + three.contains(1) + three.contains(2), three.contains(0) ? 3 : 0);
}

/// What an act surely leads to: the act that says less leads to less, and names change nothing.
TEST(Causes, AnActThatSaysLessSurelyLeadsToLess) {
  std::size_t narrowed = 0;
  for (unsigned seed = 0; seed < kAccounts; ++seed) {
    Both both(seed);
    Masks strong, weak;
    for (const auto& v : both.s.variables) strong.push_back(framing::every_level(v));
    weak = strong;
    const auto v = static_cast<std::size_t>(both.random.below(causal::kIssues));
    const int levels = both.random.rules.issues[v].levels;
    const auto at = static_cast<std::size_t>(both.variable[v]);
    strong[at] = LevelMask{1} << both.random.below(levels);
    weak[at] = strong[at] | LevelMask{1} << both.random.below(levels);
    const auto a = framing::certainly_after(both.model, both.s, strong).masks,
               b = framing::certainly_after(both.model, both.s, weak).masks;
    for (std::size_t x = 0; x < a.size(); ++x) {
      narrowed += a[x] != strong[x] ? 1 : 0;
      ASSERT_EQ(a[x] & ~b[x], 0U) << seed << " " << both.s.variables[x].id << "\n" << both.random.text();
    }
    RandomRules turned = both.random;
    turned.rename();
    const Both other(std::move(turned));
    ASSERT_EQ(a, framing::certainly_after(other.model, other.s, strong).masks) << both.random.text();
  }
  EXPECT_GT(narrowed, kAccounts / 20);
}

/// The same of the course of things, which claims take.
TEST(Causes, AWeakerPremiseShowsNothingMoreOfTheCourseOfThings) {
  for (unsigned seed = 0; seed < kAccounts; ++seed) {
    RandomRules random(seed);
    const std::string text = random.text();
    const auto s = situation_of(text);
    const framing::Course course(s);
    const int v = s.variable(fmt::format("i{}", random.below(causal::kIssues)));
    const auto size = s.variables[static_cast<std::size_t>(v)].size();
    const LevelMask strong = LevelMask{1} << random.below(size),
                    weak = strong | (LevelMask{1} << random.below(size));
    const auto a = course.view({{{v, strong}}, {}, {}}).masks, b = course.view({{{v, weak}}, {}, {}}).masks;
    for (std::size_t x = 0; x < a.size(); ++x)
      ASSERT_EQ(a[x] & ~b[x], 0U) << seed << " " << s.variables[x].id << "\n" << text;
    // Without the row that says where it stands everything may be that was.
    const auto now = course.view({}).masks,
               unsaid = course.view({{}, {s.variables[static_cast<std::size_t>(v)].row}, {}}).masks;
    // Rows that contradict each other at present show nothing.
    World world(causal::kVariables, 0);
    for (std::size_t i = 0; i < random.rules.issues.size(); ++i) world[i] = random.rules.issues[i].now;
    if (std::any_of(
            random.rules.exclusions.begin(), random.rules.exclusions.end(),
            [&](const auto& e) { return causal::holds(e.cause, world) && causal::holds(e.out, world); }) ||
        std::any_of(random.rules.actions.begin(), random.rules.actions.end(), [&](const auto& each) {
          return each.prevents && each.certain && causal::holds(each.trigger, world) &&
                 causal::holds(each.act, world);
        }))
      continue;
    for (std::size_t x = 0; x < now.size(); ++x)
      ASSERT_EQ(now[x] & ~unsaid[x], 0U) << seed << " " << s.variables[x].id << "\n" << text;
  }
}

/// No sign leads from what a guard names to what it guards, in any account.
TEST(Causes, GuardsPushNothing) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    RandomRules random(seed);
    const auto s = situation_of(random.text());
    const auto frame = framing::frame_consistency(s);
    std::set<std::string> guards;
    for (const auto& g : random.rules.guards) guards.insert(g.id);
    for (const auto& e : random.rules.exclusions) guards.insert(e.id);
    for (const auto& arc : frame.graph.graph.arcs)
      ASSERT_FALSE(guards.contains(frame.graph.rows[static_cast<std::size_t>(arc.row)])) << random.text();
  }
}

TEST(Causes, WhatNeverFallsIsPushedUpAlone) {
  for (const bool latched : {false, true}) {
    const auto s = situation_of(fmt::format(R"(parley: 1
account: x
sources: {{ex: {{title: an exercise, standpoint: exercise}}}}
actors: {{from: ex, a: one side}}
issues:
  from: ex
  border: {{nature: yes, levels: [shut, ajar, open], now: ajar{}}}
  envoy: {{nature: yes, levels: [absent, sent], now: absent}}
mechanisms: {{m: {{cause: envoy is sent, lowers: border, from: ex}}}}
)",
                                            latched ? ", never_falls: yes" : ""));
    const auto model = framing::make_rules(s);
    std::vector<int> levels = {1, 0};
    const auto border = static_cast<std::size_t>(s.variable("border")),
               envoy = static_cast<std::size_t>(s.variable("envoy"));
    levels[border] = 1;
    levels[envoy] = 0;
    const Masks base = framing::masks_of(s, levels);
    Masks start = base;
    start[envoy] = 0b10;
    const std::vector<int> signs(1, 0);
    const std::vector<bool> fixed(s.variables.size(), false);
    const auto leads = framing::leads_to(model, s, {base, signs, fixed}, start);
    EXPECT_EQ(leads.after.at(0)[border], latched ? 0b010U : 0b011U);
    const framing::Course course(s);
    const auto view = course.view({{{s.variable("envoy"), LevelMask{0b10}}}, {}, {}});
    EXPECT_EQ(view.masks[border], latched ? 0b010U : 0b011U);
  }
}

TEST(Causes, ConditionsOfOneActorAreNoCauseOfItsAct) {
  const auto s = situation_of(R"(parley: 1
account: x
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {from: ex, a: one side, b: the other side}
issues:
  from: ex
  border: {settled_by: [a, b], levels: [shut, ajar, open], now: shut}
  envoy: {settled_by: [a, b], levels: [absent, sent], now: absent}
quantities: {from: ex, calm: calm}
talks: {t: {parties: [a, b], issues: [border, envoy], from: ex}}
commitments: {terms: {by: a, to: b, kind: condition, will: border is open, only_if: envoy is sent, from: ex}}
mechanisms: {m: {cause: border is open, raises: calm, from: ex}, n: {cause: envoy is sent, rules_out: border is shut, from: ex}}
)");
  const auto frame = framing::frame_consistency(s);
  ASSERT_EQ(frame.graph.graph.arcs.size(), 1U);
  EXPECT_EQ(frame.graph.rows[static_cast<std::size_t>(frame.graph.graph.arcs[0].row)], "m");
}

}  // namespace
