// SPDX-License-Identifier: MIT
// The default that nearer levels are better gives way to what is stated: against every assignment of values.
#include "framing/wishes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <set>

#include "language/read.hpp"

namespace {

using namespace parley;

constexpr int kLevels = 3;
constexpr int kUnit = 12;  ///< values are twelfths, so that between two numbers of a row there is room
using Values = std::array<int, kLevels>;
using Law = std::function<bool(const Values&)>;

/// What the rows of one side say, as text and as laws that values must obey.
struct Rows {
  std::string preferences, positions;
  std::vector<Law> stated;
  std::vector<Law> nearer;  ///< the default of each position, as far as it says anything
  std::vector<std::string> ids;
};

bool some_values(const std::vector<Law>& laws, const std::vector<Law>& more = {}) {
  Values v{};
  for (v[0] = 0; v[0] <= kUnit; ++v[0])
    for (v[1] = 0; v[1] <= kUnit; ++v[1])
      for (v[2] = 0; v[2] <= kUnit; ++v[2]) {
        const auto obeyed = [&](const Law& law) { return law(v); };
        if (std::all_of(laws.begin(), laws.end(), obeyed) && std::all_of(more.begin(), more.end(), obeyed))
          return true;
      }
  return false;
}

std::string level(int l) { return std::string(1, static_cast<char>('a' + l)); }

void add_order(Rows& rows, std::mt19937& random) {
  std::array<int, kLevels> order{0, 1, 2};
  std::shuffle(order.begin(), order.end(), random);
  const bool tie = random() % 4 == 0;
  rows.preferences += fmt::format("  order: {{by: one, on: x, order: {} {} {} > {}}}\n", level(order[0]),
                                  tie ? "=" : ">", level(order[1]), level(order[2]));
  rows.stated.push_back([=](const Values& v) {
    const auto at = [&](int k) { return v[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])]; };
    return (tie ? at(0) == at(1) : at(0) > at(1)) && at(1) > at(2);
  });
}

void add_worth(Rows& rows, std::mt19937& random) {
  std::string text;
  for (int l = 0; l < kLevels; ++l) {
    const int low = static_cast<int>(random() % 3), high = std::min(2, low + static_cast<int>(random() % 2));
    text += fmt::format("{}{}: {}% to {}%", l > 0 ? ", " : "", level(l), low * 50, high * 50);
    rows.stated.push_back([=](const Values& v) {
      const int value = v[static_cast<std::size_t>(l)];
      return low * kUnit / 2 <= value && value <= high * kUnit / 2;
    });
  }
  rows.preferences += fmt::format("  worth: {{by: one, on: x, worth: {{{}}}}}\n", text);
}

void add_position(Rows& rows, std::mt19937& random) {
  const int wanted = static_cast<int>(random() % kLevels);
  const std::string id = fmt::format("p{}", std::count(rows.positions.begin(), rows.positions.end(), '\n'));
  rows.positions += fmt::format("  {}: {{by: one, on: x, prefers: {}}}\n", id, level(wanted));
  rows.stated.push_back([=](const Values& v) {
    for (int l = 0; l < kLevels; ++l)
      if (l != wanted && v[static_cast<std::size_t>(l)] >= v[static_cast<std::size_t>(wanted)]) return false;
    return true;
  });
  if (wanted == 1) return;  // the two others are as near
  rows.nearer.push_back([=](const Values& v) {
    for (int l = 0; l + 1 < wanted; ++l)
      if (v[static_cast<std::size_t>(l)] >= v[static_cast<std::size_t>(l) + 1]) return false;
    for (int l = wanted + 1; l + 1 < kLevels; ++l)
      if (v[static_cast<std::size_t>(l)] <= v[static_cast<std::size_t>(l) + 1]) return false;
    return true;
  });
  rows.ids.push_back("default:nearer:" + id);
}

std::string account_of(const Rows& rows) {
  return "parley: 1\naccount: x\nfrom: s\nsources: {s: {title: Invented, standpoint: exercise}}\n"
         "actors: {one: one side, two: the other side}\n"
         "issues: {x: {settled_by: [one, two], levels: [a, b, c], now: a}}\n"
         "talks: {t: {parties: [one, two], issues: [x]}}\n" +
         (rows.preferences.empty() ? "" : "preferences:\n" + rows.preferences) +
         (rows.positions.empty() ? "" : "positions:\n" + rows.positions);
}

framing::Taste taste_in(const Rows& rows) {
  const auto reading = language::read_texts({{"account.yaml", account_of(rows)}});
  EXPECT_TRUE(reading.ok()) << account_of(rows);
  const auto situation = framing::make_situation(reading.base, {});
  return framing::taste_of(situation, "one", situation.variable("x"));
}

Law of_taste(const framing::Taste& taste) {
  return [&taste](const Values& v) {
    const auto at = [&](int l) { return v[static_cast<std::size_t>(l)]; };
    return std::all_of(taste.better.begin(), taste.better.end(),
                       [&](const auto& pair) { return at(pair.first) > at(pair.second); }) &&
           std::all_of(taste.same.begin(), taste.same.end(),
                       [&](const auto& pair) { return at(pair.first) == at(pair.second); });
  };
}

TEST(Wishes, NearerGivesWayToWhatIsStated) {
  std::mt19937 random(20'261);
  int gave_way = 0, stood = 0;
  for (int n = 0; n < 1500; ++n) {
    Rows rows;
    if (random() % 2 == 0) add_order(rows, random);
    if (random() % 2 == 0) add_worth(rows, random);
    for (unsigned k = 1 + random() % 2; k > 0; --k) add_position(rows, random);
    const framing::Taste taste = taste_in(rows);
    std::set<std::string> said;
    for (const auto& each : taste.defaults) said.insert(each.id);
    const bool consistent = some_values(rows.stated);
    std::vector<Law> kept;
    std::set<std::string> expected;
    for (std::size_t k = 0; consistent && k < rows.nearer.size(); ++k)
      if (some_values(rows.stated, {rows.nearer[k]})) {
        kept.push_back(rows.nearer[k]);
        expected.insert(rows.ids[k]);
      }
    if (!some_values(rows.stated, kept)) expected.clear();
    EXPECT_EQ(said, expected) << account_of(rows);
    if (consistent) {
      EXPECT_TRUE(some_values(rows.stated, {of_taste(taste)})) << account_of(rows);
      EXPECT_TRUE(framing::clash(taste, kLevels).empty()) << account_of(rows);
      (expected.size() < rows.ids.size() ? gave_way : stood) += 1;
    }
  }
  EXPECT_GT(gave_way, 10);
  EXPECT_GT(stood, 30);
}

}  // namespace
