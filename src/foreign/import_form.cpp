// SPDX-License-Identifier: MIT
#include "foreign/import_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "foreign/import_conflict.hpp"

namespace parley::foreign {
namespace {

using stability::Direction;
using stability::Graph;
using stability::GraphGame;
using stability::Space;
using stability::State;

constexpr std::size_t kMostUnfolded = 600;  // vectors that states with open options stand for at first

std::string number(const Space& space, State s) { return std::to_string(space.number(s)); }

bool joined(const Graph& graph, std::size_t dm, State s, State t) {
  const auto to = graph.out[dm].of(s);
  return std::binary_search(to.begin(), to.end(), t);
}

/// Makes the form from options: states, vectors, owners, directions.
class FromOptions {
 public:
  FromOptions(const GraphGame& game, const Space& space, const Graph& graph)
      : game_(game), space_(space), graph_(graph) {}

  /// What stands in the way, or nothing.
  std::string make(ImportForm& form);

 private:
  std::string unfold(ImportForm& form) const;
  std::string owners(ImportForm& form) const;
  void directions(ImportForm& form) const;
  std::string uncovered(const ImportForm& form) const;
  void fold(ImportForm& form) const;

  const GraphGame& game_;
  const Space& space_;
  const Graph& graph_;
};

/// Each state with its options, open ones either way; a vector that another state says in full is that one.
std::string FromOptions::unfold(ImportForm& form) const {
  std::map<std::vector<int>, State> vectors;
  const auto add = [&](std::vector<int> levels, State s) {
    return vectors.emplace(std::move(levels), s).second;
  };
  if (game_.option_form()) {
    if (space_.vectors() > kMostUnfolded)
      return fmt::format("there are more than {} vectors of options", kMostUnfolded);
    for (std::size_t v = 0; v < space_.vectors(); ++v) {
      std::vector<int> levels;
      std::uint64_t rest = space_.vector_at(v);
      for (const auto& issue : game_.issues) {
        levels.push_back(static_cast<int>(rest % static_cast<std::uint64_t>(issue.levels)));
        rest /= static_cast<std::uint64_t>(issue.levels);
      }
      add(std::move(levels), space_.state_of_vector(v));
    }
  }
  std::vector<State> open;
  for (State s = 0; s < game_.states.size(); ++s) {
    const auto& levels = game_.states[s].levels;
    if (levels.size() != game_.issues.size())
      return fmt::format("state {} does not say its options", number(space_, s));
    if (std::count(levels.begin(), levels.end(), -1) > 0)
      open.push_back(s);
    else if (!add(levels, s))
      return fmt::format("states {} and {} have the same options", number(space_, vectors[levels]),
                         number(space_, s));
  }
  for (const State s : open) {
    std::vector<std::vector<int>> copies(1, game_.states[s].levels);
    for (std::size_t k = 0; k < game_.issues.size(); ++k) {
      if (copies.front()[k] >= 0) continue;
      const std::size_t before = copies.size();
      const int levels = form.issues[k].levels;
      if (before * static_cast<std::size_t>(levels) > kMostUnfolded)
        return fmt::format("state {} stands for too many vectors of options", number(space_, s));
      for (std::size_t c = 0; c < before; ++c) {
        copies[c][k] = 0;
        for (int level = 1; level < levels; ++level) {
          copies.push_back(copies[c]);
          copies.back()[k] = level;
        }
      }
    }
    for (auto& copy : copies) add(std::move(copy), s);
  }
  if (vectors.size() > kMostUnfolded)
    return fmt::format("there are more than {} vectors of options", kMostUnfolded);
  for (const auto& [levels, s] : vectors) {
    form.vectors.push_back(levels);
    form.state_of.push_back(s);
  }
  // In the order of the states: what is written is read by people.
  std::vector<std::size_t> order(form.vectors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return form.state_of[a] < form.state_of[b]; });
  const ImportForm unsorted = form;
  for (std::size_t v = 0; v < order.size(); ++v) {
    form.vectors[v] = unsorted.vectors[order[v]];
    form.state_of[v] = unsorted.state_of[order[v]];
  }
  return "";
}

/// Who changes each issue. Listed moves say it; where none does, the file; an issue that nobody moves is
/// given to the first, who then has no move that changes it.
std::string FromOptions::owners(ImportForm& form) const {
  for (std::size_t k = 0; k < form.issues.size(); ++k) {
    int owner = -1;
    for (std::size_t dm = 0; !game_.option_form() && dm < graph_.decision_makers(); ++dm)
      for (State s = 0; s < graph_.states; ++s)
        for (const State t : graph_.out[dm].of(s)) {
          const int a = game_.states[s].levels[k], b = game_.states[t].levels[k];
          if (a == b || a < 0 || b < 0) continue;
          if (owner >= 0 && owner != static_cast<int>(dm))
            return fmt::format("`{}` is changed by more than one decision maker", form.issues[k].name);
          owner = static_cast<int>(dm);
        }
    if (owner >= 0) form.issues[k].owner = owner;
    form.decided.push_back(form.issues[k].owner >= 0);
    form.issues[k].owner = std::max(form.issues[k].owner, 0);
  }
  return "";
}

/// A move of the graph that no change of own issues makes, from some vector; or nothing.
std::string FromOptions::uncovered(const ImportForm& form) const {
  for (std::size_t v = 0; v < form.vectors.size(); ++v)
    for (std::size_t dm = 0; dm < graph_.decision_makers(); ++dm) {
      std::set<State> reached;
      for (std::size_t w = 0; w < form.vectors.size(); ++w)
        if (own_change(form, dm, v, w)) reached.insert(form.state_of[w]);
      for (const State t : graph_.out[dm].of(form.state_of[v]))
        if (!reached.contains(t))
          return fmt::format("{} goes from {} to {} by more than options of its own",
                             game_.decision_makers[dm], number(space_, form.state_of[v]), number(space_, t));
    }
  return "";
}

/// Fewer vectors for states with open options, as long as every move stays.
void FromOptions::fold(ImportForm& form) const {
  for (State s = 0; s < graph_.states; ++s)
    for (std::size_t k = 0; k < form.issues.size(); ++k)
      for (int level = 0; level < form.issues[k].levels; ++level) {
        ImportForm fewer = form;
        fewer.vectors.clear();
        fewer.state_of.clear();
        bool keeps = false;
        for (std::size_t v = 0; v < form.vectors.size(); ++v) {
          const bool own = form.state_of[v] == s;
          if (own && form.vectors[v][k] != level) continue;
          keeps = keeps || own;
          fewer.vectors.push_back(form.vectors[v]);
          fewer.state_of.push_back(form.state_of[v]);
        }
        if (!keeps || fewer.vectors.size() == form.vectors.size() || !uncovered(fewer).empty()) continue;
        form = std::move(fewer);
        break;
      }
}

/// Listed moves that only ever raise an issue, or only lower it, make it one-way.
void FromOptions::directions(ImportForm& form) const {
  for (std::size_t k = 0; k < form.issues.size(); ++k) {
    bool up = false, down = false;
    const auto owner = static_cast<std::size_t>(form.issues[k].owner);
    for (std::size_t v = 0; v < form.vectors.size(); ++v)
      for (std::size_t w = 0; w < form.vectors.size(); ++w) {
        const int a = form.vectors[v][k], b = form.vectors[w][k];
        if (a == b || !joined(graph_, owner, form.state_of[v], form.state_of[w]) ||
            !own_change(form, owner, v, w))
          continue;
        up = up || b > a;
        down = down || b < a;
      }
    form.issues[k].direction = up == down ? Direction::both : up ? Direction::up : Direction::down;
  }
}

std::string FromOptions::make(ImportForm& form) {
  form.issues = game_.issues;
  if (std::string wrong = unfold(form); !wrong.empty()) return wrong;
  if (std::string wrong = owners(form); !wrong.empty()) return wrong;
  if (std::string wrong = uncovered(form); !wrong.empty()) return wrong;
  if (form.vectors.size() > graph_.states) fold(form);
  if (!game_.option_form()) directions(form);
  return "";
}

/// A graph without options: each decision maker has one issue, whose levels are what the others' moves leave
/// as it is.
std::string make_coordinates(const GraphGame& game, const Space& space, const Graph& graph,
                             ImportForm& form) {
  form.vectors.assign(graph.states, {});
  form.state_of.resize(graph.states);
  std::iota(form.state_of.begin(), form.state_of.end(), State{0});
  for (std::size_t dm = 0; dm < graph.decision_makers(); ++dm) {
    std::vector<std::size_t> head(graph.states);
    std::iota(head.begin(), head.end(), std::size_t{0});
    const auto find = [&](std::size_t s) {
      while (head[s] != s) s = head[s];
      return s;
    };
    for (std::size_t other = 0; other < graph.decision_makers(); ++other)
      for (State s = 0; other != dm && s < graph.states; ++s)
        for (const State t : graph.out[other].of(s)) {
          const std::size_t a = find(s), b = find(t);
          head[std::max(a, b)] = std::min(a, b);
        }
    std::map<std::size_t, int> level;
    for (State s = 0; s < graph.states; ++s)
      form.vectors[s].push_back(level.emplace(find(s), static_cast<int>(level.size())).first->second);
    form.issues.push_back({fmt::format("choice of {}", game.decision_makers[dm]), static_cast<int>(dm),
                           std::max(2, static_cast<int>(level.size())), Direction::both});
    form.decided.push_back(true);
  }
  std::map<std::vector<int>, State> there;
  for (State s = 0; s < graph.states; ++s)
    if (const auto [at, fresh] = there.emplace(form.vectors[s], s); !fresh)
      return fmt::format(
          "the moves of more than one decision maker lead between states {} and {}: what is one's own choice "
          "and what the others' cannot be told apart",
          number(space, at->second), number(space, s));
  return "";
}

}  // namespace

bool own_change(const ImportForm& form, std::size_t dm, std::size_t from, std::size_t to) {
  for (std::size_t k = 0; k < form.issues.size(); ++k) {
    const int a = form.vectors[from][k], b = form.vectors[to][k];
    if (a == b) continue;
    const stability::Issue& issue = form.issues[k];
    if (issue.owner != static_cast<int>(dm)) return false;
    if (issue.direction == Direction::up && b < a) return false;
    if (issue.direction == Direction::down && b > a) return false;
  }
  return from != to;
}

tl::expected<ImportForm, std::string> import_form(const GraphGame& game, const Space& space,
                                                  const Graph& graph) {
  ImportForm form;
  std::string wrong = game.issues.empty() ? "" : FromOptions(game, space, graph).make(form);
  if (!wrong.empty() && game.option_form()) return tl::make_unexpected(std::move(wrong));
  if (game.issues.empty() || !wrong.empty()) {
    form = {};
    form.without_options = wrong;
    if (std::string why = make_coordinates(game, space, graph, form); !why.empty())
      return tl::make_unexpected(wrong.empty() ? std::move(why) : std::move(wrong));
  }
  // Who has nothing to decide decides something that cannot be otherwise: a side of the conflict it stays.
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm) {
    const bool owns = std::any_of(form.issues.begin(), form.issues.end(),
                                  [&](const auto& issue) { return issue.owner == static_cast<int>(dm); });
    if (owns) continue;
    form.issues.push_back(
        {fmt::format("choice of {}", game.decision_makers[dm]), static_cast<int>(dm), 2, Direction::both});
    form.decided.push_back(true);
    for (auto& levels : form.vectors) levels.push_back(0);
  }
  auto impossible =
      impossible_patterns(form.issues, form.vectors,
                          form.without_options.empty() ? game.infeasible : std::vector<stability::Pattern>());
  if (!impossible) return tl::make_unexpected(std::move(impossible.error()));
  form.impossible = std::move(*impossible);
  form.missing = missing_moves(form, graph);
  return form;
}

}  // namespace parley::foreign
