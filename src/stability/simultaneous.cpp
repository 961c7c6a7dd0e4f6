// SPDX-License-Identifier: MIT
#include "stability/simultaneous.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace parley::stability {
namespace {

class Tableau {
 public:
  Tableau(const GraphGame& game, const Space& space, const Graph& graph, const Rankings& ranks)
      : game_(game), space_(space), graph_(graph), ranks_(ranks) {}

  /// What stands in the way, or nothing.
  std::string prepare();
  tl::expected<std::vector<Bits>, std::string> each_reply(const Watch& watch);
  tl::expected<std::vector<Bits>, std::string> tableau(const Watch& watch);

 private:
  [[nodiscard]] std::vector<State> improvements(std::size_t i, State s) const {
    std::vector<State> list;
    for (const State t : graph_.out[i].of(s))
      if (ranks_[i][t] < ranks_[i][s]) list.push_back(t);
    return list;
  }
  [[nodiscard]] std::optional<State> at(long long code) const {
    const auto found = states_.find(code);
    return found == states_.end() ? std::nullopt : std::optional<State>(found->second);
  }
  bool met(std::size_t i, State s, State x, const std::vector<std::vector<State>>& wanted);

  const GraphGame& game_;
  const Space& space_;
  const Graph& graph_;
  const Rankings& ranks_;
  std::vector<long long> codes_;  // joint changes add up in them
  std::map<long long, State> states_;
  std::uint64_t tried_ = 0;
};

std::string Tableau::prepare() {
  if (!space_.has_levels()) return "simultaneous moves need states with options";
  codes_.resize(space_.count());
  for (State s = 0; s < space_.count(); ++s) {
    long long stride = 1;
    for (std::size_t k = 0; k < game_.issues.size(); ++k) {
      const int level = space_.level(s, k);
      if (level < 0) return fmt::format("simultaneous moves need every option of state {}", space_.number(s));
      codes_[s] += level * stride;
      stride *= game_.issues[k].levels;
    }
    states_.emplace(codes_[s], s);
  }
  for (std::size_t i = 0; i < graph_.decision_makers(); ++i)
    for (State s = 0; s < space_.count(); ++s)
      for (const State t : graph_.out[i].of(s))
        for (std::size_t k = 0; k < game_.issues.size(); ++k)
          if (game_.issues[k].owner != static_cast<int>(i) && space_.level(s, k) != space_.level(t, k))
            return fmt::format("the move of `{}` from state {} to {} changes an option of others",
                               game_.decision_makers[i], space_.number(s), space_.number(t));
  return "";
}

/// Is x met by some combination of what the others want from s? wanted[j] holds s itself first.
bool Tableau::met(std::size_t i, State s, State x, const std::vector<std::vector<State>>& wanted) {
  std::vector<std::size_t> choice(wanted.size(), 0);
  for (;;) {
    ++tried_;
    long long code = codes_[x];
    for (std::size_t j = 0; j < wanted.size(); ++j)
      if (j != i) code += codes_[wanted[j][choice[j]]] - codes_[s];
    const auto y = at(code);
    if (y && ranks_[i][*y] >= ranks_[i][s]) return true;
    if (tried_ > kMostCombinations) return false;
    std::size_t j = 0;
    for (; j < wanted.size(); ++j) {
      if (j == i) continue;
      if (++choice[j] < wanted[j].size()) break;
      choice[j] = 0;
    }
    if (j == wanted.size()) return false;
  }
}

tl::expected<std::vector<Bits>, std::string> Tableau::each_reply(const Watch& watch) {
  const std::size_t n = graph_.decision_makers();
  std::vector<Bits> stable(n, Bits(space_.count()));
  std::vector<std::vector<State>> wanted(n);
  for (State s = 0; s < space_.count(); ++s) {
    if (watch.stop()) return tl::make_unexpected(std::string("stopped"));
    for (std::size_t j = 0; j < n; ++j) {
      wanted[j] = improvements(j, s);
      wanted[j].insert(wanted[j].begin(), s);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const bool all =
          std::all_of(wanted[i].begin() + 1, wanted[i].end(), [&](State x) { return met(i, s, x, wanted); });
      if (all) stable[i].add(s);
    }
    if (tried_ > kMostCombinations)
      return tl::make_unexpected(fmt::format("more than {} combinations of moves", kMostCombinations));
  }
  return stable;
}

tl::expected<std::vector<Bits>, std::string> Tableau::tableau(const Watch& watch) {
  if (graph_.decision_makers() != 2)
    return tl::make_unexpected(std::string("the tableau's form is defined for two decision makers"));
  std::vector<Bits> stable(2, Bits(space_.count()));
  for (State s = 0; s < space_.count(); ++s) {
    if (watch.stop()) return tl::make_unexpected(std::string("stopped"));
    const auto first = improvements(0, s), second = improvements(1, s);
    bool worse = true, any = false;
    for (const State x : first)
      for (const State y : second) {
        const auto both = at(codes_[x] + codes_[y] - codes_[s]);
        if (!both) continue;
        any = true;
        worse = worse && ranks_[0][*both] > ranks_[0][s] && ranks_[1][*both] > ranks_[1][s];
      }
    if (!any || !worse) continue;
    stable[0].add(s);
    stable[1].add(s);
  }
  return stable;
}

}  // namespace

tl::expected<std::vector<Bits>, std::string> simultaneous_stable(const GraphGame& game, const Space& space,
                                                                 const Graph& graph, const Rankings& ranks,
                                                                 Simultaneous variant, const Watch& watch) {
  Tableau tableau(game, space, graph, ranks);
  if (std::string wrong = tableau.prepare(); !wrong.empty()) return tl::make_unexpected(std::move(wrong));
  return variant == Simultaneous::tableau ? tableau.tableau(watch) : tableau.each_reply(watch);
}

}  // namespace parley::stability
