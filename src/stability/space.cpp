// SPDX-License-Identifier: MIT
#include "stability/space.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "logic/satisfy.hpp"

namespace parley::stability {
namespace {

/// The first thing that does not fit, or nothing.
std::string fault(const GraphGame& game) {
  const std::size_t n = game.decision_makers.size();
  if (n == 0) return "there is no decision maker";
  if (n > kMostDecisionMakers) return fmt::format("more than {} decision makers", kMostDecisionMakers);
  if (game.issues.size() > kMostIssues) return fmt::format("more than {} issues", kMostIssues);
  if (game.preferences.size() != n) return "not one preference for each decision maker";
  if (!game.not_perceived.empty() && game.not_perceived.size() != n)
    return "not one list of states that are not perceived for each decision maker";
  for (const Issue& issue : game.issues) {
    if (issue.levels < 2 || issue.levels > 1000)
      return fmt::format("issue `{}` has {} levels; from 2 to 1000 are possible", issue.name, issue.levels);
    if (issue.owner >= static_cast<int>(n)) return fmt::format("issue `{}` has no such owner", issue.name);
  }
  for (const auto* patterns : {&game.infeasible, &game.merged})
    for (const Pattern& pattern : *patterns)
      for (const Literal& literal : pattern)
        if (literal.issue < 0 || static_cast<std::size_t>(literal.issue) >= game.issues.size())
          return "a pattern names an issue that is not there";
  return "";
}

/// Feasible vectors in ascending order, by a walk from the last issue to the first; a pattern cuts as soon as
/// all its issues have levels.
class Walk {
 public:
  Walk(const GraphGame& game, const std::vector<std::uint64_t>& strides)
      : game_(game), strides_(strides), cuts_(game.issues.size() + 1), levels_(game.issues.size(), 0) {
    for (const Pattern& pattern : game.infeasible) {
      int lowest = static_cast<int>(game.issues.size());
      for (const Literal& literal : pattern) lowest = std::min(lowest, literal.issue);
      cuts_[static_cast<std::size_t>(lowest)].push_back(&pattern);
    }
  }

  std::string run(std::vector<std::uint64_t>& codes) {
    if (!cuts_.back().empty()) return "";
    return step(game_.issues.size(), 0, codes);
  }

 private:
  std::string step(std::size_t open, std::uint64_t code, std::vector<std::uint64_t>& codes) {
    if (++steps_ > kMostSearch)
      return fmt::format("looking for the feasible states takes more than {} steps", kMostSearch);
    if (open == 0) {
      if (codes.size() >= kMostStates) return fmt::format("there are more than {} states", kMostStates);
      codes.push_back(code);
      return "";
    }
    const std::size_t k = open - 1;
    for (int level = 0; level < game_.issues[k].levels; ++level) {
      levels_[k] = level;
      const bool cut = std::any_of(cuts_[k].begin(), cuts_[k].end(),
                                   [&](const Pattern* pattern) { return matches(*pattern, levels_); });
      if (cut) continue;
      std::string error = step(k, code + static_cast<std::uint64_t>(level) * strides_[k], codes);
      if (!error.empty()) return error;
    }
    return "";
  }

  const GraphGame& game_;
  const std::vector<std::uint64_t>& strides_;
  std::vector<std::vector<const Pattern*>> cuts_;
  std::vector<int> levels_;
  std::uint64_t steps_ = 0;
};

/// Is there a feasible vector at all? Asked where a walk may look for one for long.
bool feasible(const GraphGame& game) {
  logic::FiniteProblem problem;
  for (const Issue& issue : game.issues) problem.sizes.push_back(issue.levels);
  for (const Pattern& pattern : game.infeasible) {
    std::vector<expression::Formula> all;
    for (const Literal& literal : pattern) {
      expression::LevelSet levels(game.issues[static_cast<std::size_t>(literal.issue)].levels);
      if (literal.level >= 0 && literal.level < levels.size()) levels.add(literal.level);
      all.push_back(expression::Formula::atom(literal.issue, levels));
    }
    problem.constraints.push_back(
        {"", "", true, expression::Formula::negation(expression::Formula::all(std::move(all)))});
  }
  return logic::satisfy(problem).has_value();
}

std::size_t root(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace

bool matches(const Pattern& pattern, std::span<const int> levels) {
  return std::all_of(pattern.begin(), pattern.end(), [&](const Literal& literal) {
    return levels[static_cast<std::size_t>(literal.issue)] == literal.level;
  });
}

tl::expected<Space, std::string> Space::make(const GraphGame& game) {
  if (std::string wrong = fault(game); !wrong.empty()) return tl::make_unexpected(std::move(wrong));
  if (!game.option_form()) return explicit_form(game);
  Space space;
  space.plain_ = true;
  space.has_levels_ = true;
  std::uint64_t raw = 1;
  for (const Issue& issue : game.issues) {
    space.strides_.push_back(raw);
    space.sizes_.push_back(static_cast<std::uint64_t>(issue.levels));
    const bool bits = std::has_single_bit(raw) && std::has_single_bit(space.sizes_.back());
    space.shifts_.push_back(bits ? std::countr_zero(raw) : -1);
    if (raw > (std::uint64_t{1} << 62) / space.sizes_.back())
      return tl::make_unexpected(std::string("there are more than 2^62 combinations of levels"));
    raw *= space.sizes_.back();
  }
  if (game.infeasible.empty()) {
    if (raw > kMostStates)
      return tl::make_unexpected(fmt::format("there are more than {} states", kMostStates));
    space.count_ = raw;
  } else {
    std::vector<std::uint64_t> codes;
    if (raw > kMostStates && !feasible(game)) return tl::make_unexpected(std::string("no state is feasible"));
    if (std::string wrong = Walk(game, space.strides_).run(codes); !wrong.empty())
      return tl::make_unexpected(std::move(wrong));
    if (codes.empty()) return tl::make_unexpected(std::string("no state is feasible"));
    space.count_ = codes.size();
    if (codes.size() < raw) space.numbers_.assign(codes.begin(), codes.end());
  }
  if (!game.merged.empty()) space.merge(game);
  return space;
}

void Space::merge(const GraphGame& game) {
  std::vector<std::size_t> parent(count_), first(game.merged.size(), SIZE_MAX);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::vector<int> levels(game.issues.size());
  std::vector<std::uint64_t> raws(count_);
  for (std::size_t i = 0; i < count_; ++i) {
    raws[i] = vector_at(i);
    for (std::size_t k = 0; k < levels.size(); ++k) levels[k] = digit(raws[i], k);
    for (std::size_t m = 0; m < game.merged.size(); ++m) {
      if (!matches(game.merged[m], levels)) continue;
      if (first[m] == SIZE_MAX) first[m] = i;
      const std::size_t a = root(parent, first[m]), b = root(parent, i);
      parent[std::max(a, b)] = std::min(a, b);
    }
  }
  plain_ = false;
  raws_ = std::move(raws);
  numbers_.clear();
  classes_.resize(raws_.size());
  for (std::size_t i = 0; i < raws_.size(); ++i) {
    const std::size_t head = root(parent, i);
    if (head == i) {
      classes_[i] = static_cast<State>(numbers_.size());
      numbers_.push_back(static_cast<long long>(raws_[i]));
      for (std::size_t k = 0; k < levels.size(); ++k)
        levels_.push_back(static_cast<std::int16_t>(digit(raws_[i], k)));
      continue;
    }
    classes_[i] = classes_[head];
    for (std::size_t k = 0; k < levels.size(); ++k) {
      auto& level = levels_[classes_[i] * levels.size() + k];
      if (level != digit(raws_[i], k)) level = -1;
    }
  }
  count_ = numbers_.size();
}

tl::expected<Space, std::string> Space::explicit_form(const GraphGame& game) {
  if (game.states.size() > kMostStates)
    return tl::make_unexpected(fmt::format("there are more than {} states", kMostStates));
  if (game.moves.size() != game.decision_makers.size())
    return tl::make_unexpected(std::string("not one list of moves for each decision maker"));
  Space space;
  space.count_ = game.states.size();
  space.has_levels_ = !game.issues.empty();
  space.sizes_.assign(game.issues.size(), 0);
  for (const ExplicitState& state : game.states) {
    if (!space.find_.emplace(state.number, static_cast<State>(space.numbers_.size())).second)
      return tl::make_unexpected(fmt::format("two states have the number {}", state.number));
    space.numbers_.push_back(state.number);
    if (!state.levels.empty() && state.levels.size() != game.issues.size())
      return tl::make_unexpected(fmt::format("state {} has not one level for each issue", state.number));
    for (std::size_t k = 0; k < game.issues.size(); ++k)
      space.levels_.push_back(static_cast<std::int16_t>(state.levels.empty() ? -1 : state.levels[k]));
  }
  for (const auto& arcs : game.moves)
    for (const Arc& arc : arcs)
      if (arc.from >= space.count_ || arc.to >= space.count_ || arc.from == arc.to)
        return tl::make_unexpected(std::string("a move leads nowhere, or from a state to itself"));
  return space;
}

std::optional<State> Space::find(long long number) const {
  if (!find_.empty()) {
    const auto found = find_.find(number);
    return found == find_.end() ? std::nullopt : std::optional<State>(found->second);
  }
  if (number < 0) return std::nullopt;
  if (numbers_.empty())
    return static_cast<std::uint64_t>(number) < count_ ? std::optional<State>(static_cast<State>(number))
                                                       : std::nullopt;
  if (!raws_.empty()) {  // a vector that was merged into a state
    const auto raw = std::lower_bound(raws_.begin(), raws_.end(), static_cast<std::uint64_t>(number));
    if (raw == raws_.end() || *raw != static_cast<std::uint64_t>(number)) return std::nullopt;
    return classes_[static_cast<std::size_t>(raw - raws_.begin())];
  }
  const auto found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
  if (found == numbers_.end() || *found != number) return std::nullopt;
  return static_cast<State>(found - numbers_.begin());
}

int Space::level(State state, std::size_t issue) const {
  if (!levels_.empty()) return levels_[state * sizes_.size() + issue];
  return digit(static_cast<std::uint64_t>(number(state)), issue);
}

}  // namespace parley::stability
