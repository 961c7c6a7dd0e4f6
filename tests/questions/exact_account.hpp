// SPDX-License-Identifier: MIT
// Small random accounts in which every number is exact, and what fractions make of them.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "deals/fraction.hpp"

namespace parley::testing {

/// A number as an account may write it.
inline std::string written(const Fraction& number, unsigned how) {
  const std::int64_t hundred = 100 % number.below() == 0 ? 100 / number.below() * number.above() : -1;
  if (hundred < 0 || how % 3 == 0) return number.text();
  if (how % 3 == 1) return fmt::format("{}%", hundred);
  return fmt::format("{}.{:02}", hundred / 100, hundred % 100);
}

/// Two parties, every number a point: then there is one world, and everything is decided.
struct Certain {
  using Numbers = std::vector<Fraction>;
  std::vector<int> levels;                     ///< per issue
  std::vector<int> now;                        ///< per issue
  std::vector<std::vector<Numbers>> worth;     ///< [party][issue][level]
  std::vector<Numbers> weight;                 ///< [party][issue]
  std::vector<std::vector<Fraction>> reserve;  ///< [party]: one number or none
  std::vector<int> owner;                      ///< of each issue: 0, 1; both where there are talks
  unsigned writing = 0;

  [[nodiscard]] Fraction utility(std::size_t p, const std::vector<int>& at) const {
    Fraction sum;
    for (std::size_t i = 0; i < at.size(); ++i)
      sum = sum + weight[p][i] * worth[p][i][static_cast<std::size_t>(at[i])];
    return sum;
  }
  [[nodiscard]] bool accepts(std::size_t p, const std::vector<int>& package) const {
    const Fraction least = reserve[p].empty() ? utility(p, now) : reserve[p].front();
    return !(utility(p, package) < least);
  }
  [[nodiscard]] std::string text(bool talks) const;
};

inline std::string Certain::text(bool talks) const {
  std::string text = R"(parley: 1
account: exact
from: ex
sources: {ex: {title: an exercise, standpoint: exercise}}
actors: {a: one side, b: the other side}
issues:
)";
  unsigned how = writing;
  const auto level = [](int l) { return "l" + std::to_string(l); };
  std::string names;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    std::string list;
    for (int l = 0; l < levels[i]; ++l) list += (l == 0 ? "" : ", ") + level(l);
    const std::string who = talks ? "settled_by: [a, b]" : owner[i] == 0 ? "chosen_by: a" : "chosen_by: b";
    text += fmt::format("  i{}: {{{}, levels: [{}], now: {}}}\n", i, who, list, level(now[i]));
    names += fmt::format("{}i{}", i == 0 ? "" : ", ", i);
  }
  if (talks) text += fmt::format("talks: {{t: {{parties: [a, b], issues: [{}]}}}}\n", names);
  text += "preferences:\n";
  for (std::size_t p = 0; p < 2; ++p)
    for (std::size_t i = 0; i < levels.size(); ++i) {
      std::string list;
      for (int l = 0; l < levels[i]; ++l)
        list += fmt::format("{}{}: {}", l == 0 ? "" : ", ", level(l),
                            written(worth[p][i][static_cast<std::size_t>(l)], how++));
      text += fmt::format("  p{}{}: {{by: {}, on: i{}, worth: {{{}}}}}\n", p, i, p == 0 ? "a" : "b", i, list);
    }
  text += "saliences:\n";
  for (std::size_t p = 0; p < 2; ++p) {
    std::string list;
    for (std::size_t i = 0; i < levels.size(); ++i)
      list += fmt::format("{}i{}: {}", i == 0 ? "" : ", ", i, written(weight[p][i], how++));
    text += fmt::format("  w{}: {{by: {}, weights: {{{}}}}}\n", p, p == 0 ? "a" : "b", list);
  }
  for (std::size_t p = 0; p < 2; ++p)
    if (!reserve[p].empty())
      text +=
          fmt::format("{}  r{}: {{by: {}, is: {}}}\n", p == 0 || reserve[0].empty() ? "reservations:\n" : "",
                      p, p == 0 ? "a" : "b", written(reserve[p].front(), how++));
  return text;
}

class CertainMaker {
 public:
  explicit CertainMaker(unsigned seed) : random_(seed) {}

  Certain make(bool talks) {
    Certain c;
    const int issues = 2 + below(2);
    for (int i = 0; i < issues; ++i) {
      c.levels.push_back(2 + below(2));
      c.now.push_back(below(c.levels.back()));
      c.owner.push_back(i < 2 ? i : below(2));
    }
    c.worth.resize(2);
    for (std::size_t p = 0; p < 2; ++p) {
      for (const int levels : c.levels) c.worth[p].push_back(values(levels));
      c.weight.push_back(split(issues));
    }
    c.reserve.resize(2);
    for (std::size_t p = 0; talks && p < 2; ++p)
      if (below(2) == 0) {
        // Most often just what some package is worth.
        std::vector<int> package;
        for (const int levels : c.levels) package.push_back(below(levels));
        c.reserve[p] = {below(5) == 0 ? Fraction(below(21), 20) : c.utility(p, package)};
      }
    c.writing = static_cast<unsigned>(below(7));
    return c;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Certain::Numbers values(int levels) {
    static constexpr int kUnits[] = {1, 2, 3, 5, 10};
    Certain::Numbers list;
    const int unit = kUnits[below(5)];
    for (int l = 0; l < levels; ++l) list.emplace_back(below(unit + 1), unit);
    return list;
  }

  /// Weights that add up to 1, in units of 1/20, 1/10, 1/3 or 1/7.
  Certain::Numbers split(int issues) {
    static constexpr int kUnits[] = {20, 10, 3, 7};
    const int unit = kUnits[below(4)];
    std::vector<int> share(static_cast<std::size_t>(issues), 0);
    for (int u = 0; u < unit; ++u) ++share[static_cast<std::size_t>(below(issues))];
    Certain::Numbers list;
    for (const int s : share) list.emplace_back(s, unit);
    return list;
  }

  std::mt19937 random_;
};

}  // namespace parley::testing
