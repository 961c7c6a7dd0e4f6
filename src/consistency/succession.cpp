// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "consistency/balances.hpp"
#include "expression/control.hpp"
#include "worlds/random.hpp"

namespace parley::consistency {
namespace {

/// The variant that a balance favours most; the chosen one where it is among the best.
int favoured(const std::vector<std::int64_t>& theta, std::size_t first, std::size_t size, int chosen) {
  const auto at = theta.begin() + static_cast<std::ptrdiff_t>(first);
  const auto best = std::max_element(at, at + static_cast<std::ptrdiff_t>(size));
  return *(at + chosen) == *best ? chosen : static_cast<int>(best - at);
}

/// Scenarios as numbers: the first descriptor changes fastest.
Scenario decoded(const Balances& problem, std::uint64_t code) {
  Scenario scenario;
  for (const auto& d : problem.descriptors) {
    scenario.push_back(static_cast<int>(code % d.variants.size()));
    code /= d.variants.size();
  }
  return scenario;
}

/// The step of `successor` from a scenario with these balances.
Scenario stepped(const Balances& problem, const std::vector<std::int64_t>& theta, const Scenario& scenario,
                 Succession rule) {
  Scenario next = scenario;
  std::size_t first = 0, furthest = problem.descriptors.size();
  std::int64_t gap = 0;
  for (std::size_t d = 0; d < problem.descriptors.size(); ++d) {
    const std::size_t size = problem.descriptors[d].variants.size();
    const int to = favoured(theta, first, size, scenario[d]);
    const std::int64_t behind =
        theta[first + static_cast<std::size_t>(to)] - theta[first + static_cast<std::size_t>(scenario[d])];
    if (rule == Succession::global) next[d] = to;
    if (behind > gap) {
      gap = behind;
      furthest = d;
      if (rule == Succession::local) {
        next = scenario;
        next[furthest] = to;
      }
    }
    first += size;
  }
  return next;
}

/// The cycle that a start runs into, and no start twice: what was walked before is remembered.
class Walker {
 public:
  Walker(const Balances& problem, Succession rule, Control control);
  /// SIZE_MAX: no end within kMostWalked, or before a stop.
  std::size_t end_of(const Scenario& start);
  std::vector<Attractor> list;

 private:
  [[nodiscard]] Scenario next(const Scenario& at);

  const Balances& problem_;
  Succession rule_;
  /// Judgements that are not 0, by row: of an account's matrix there are few.
  std::vector<std::vector<std::pair<std::size_t, std::int64_t>>> judged_;
  std::vector<std::int64_t> theta_;
  std::map<Scenario, std::size_t> known_;  // scenario -> attractor
  std::size_t most_known_, most_walked_;
  Control control_;
};

Walker::Walker(const Balances& problem, Succession rule, Control control)
    : problem_(problem),
      rule_(rule),
      judged_(problem.variants()),
      theta_(problem.variants()),
      most_known_(std::min<std::size_t>(2'000'000,
                                        kMostWalked / std::max<std::size_t>(1, problem.descriptors.size()))),
      most_walked_(kMostWalked / std::max<std::size_t>(1, problem.descriptors.size())),
      control_(control) {
  const std::size_t n = judged_.size();
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t column = 0; column < n; ++column)
      if (const std::int64_t score = problem.scores[row * n + column]; score != 0)
        judged_[row].emplace_back(column, score);
}

Scenario Walker::next(const Scenario& at) {
  std::fill(theta_.begin(), theta_.end(), 0);
  std::size_t first = 0;
  for (std::size_t e = 0; e < at.size(); ++e) {
    for (const auto& [column, score] : judged_[first + static_cast<std::size_t>(at[e])])
      theta_[column] += score;
    first += problem_.descriptors[e].variants.size();
  }
  return stepped(problem_, theta_, at, rule_);
}

std::size_t Walker::end_of(const Scenario& start) {
  std::vector<Scenario> path;
  std::map<Scenario, std::size_t> on_path;
  Scenario at = start;
  std::size_t end = SIZE_MAX;
  while (end == SIZE_MAX) {
    if (const auto seen = known_.find(at); seen != known_.end()) {
      end = seen->second;
    } else if (const auto loop = on_path.find(at); loop != on_path.end()) {
      Attractor found;
      found.cycle.assign(path.begin() + static_cast<std::ptrdiff_t>(loop->second), path.end());
      std::rotate(found.cycle.begin(), std::min_element(found.cycle.begin(), found.cycle.end()),
                  found.cycle.end());
      end = list.size();
      list.push_back(std::move(found));
    } else {
      if (path.size() >= most_walked_ || control_.stopped()) return SIZE_MAX;
      on_path.emplace(at, path.size());
      path.push_back(at);
      at = next(at);
    }
  }
  if (known_.size() > most_known_) {
    // Forgetting costs time only, as long as the cycles themselves stay known.
    known_.clear();
    for (std::size_t i = 0; i < list.size(); ++i)
      for (const auto& scenario : list[i].cycle) known_.emplace(scenario, i);
  }
  for (auto& scenario : path) known_.emplace(std::move(scenario), end);
  return end;
}

}  // namespace

Scenario successor(const Balances& problem, const Scenario& scenario, Succession rule) {
  return stepped(problem, impact_balance(problem, scenario), scenario, rule);
}

Attractors attractors(const Balances& problem, const AttractorOptions& options) {
  Attractors result;
  Walker walker(problem, options.rule, options.cancel);
  result.exact = problem.scenarios() <= options.most_exact;
  const std::int64_t starts = result.exact ? problem.scenarios().get_si() : options.draws;
  for (std::int64_t i = 0; i < starts; ++i) {
    if (options.cancel != nullptr && options.cancel->load()) {
      result.complete = false;
      break;
    }
    Scenario start;
    if (result.exact) {
      start = decoded(problem, static_cast<std::uint64_t>(i));
    } else {
      // Keyed by name: the order of the descriptors does not matter.
      for (const auto& d : problem.descriptors)
        start.push_back(
            static_cast<int>(worlds::Stream(options.seed, "start:" + d.name, static_cast<std::uint64_t>(i))
                                 .below(d.variants.size())));
    }
    const std::size_t end = walker.end_of(start);
    if (end == SIZE_MAX) {
      result.complete = false;
      break;
    }
    ++walker.list[end].basin;
    ++result.of;
  }
  result.list = std::move(walker.list);
  std::erase_if(result.list, [](const Attractor& a) { return a.basin == 0; });
  std::sort(result.list.begin(), result.list.end(), [](const Attractor& a, const Attractor& b) {
    return std::tie(b.basin, a.cycle) < std::tie(a.basin, b.cycle);
  });
  return result;
}

Robustness robustness(const Balances& problem, std::int64_t spread, int worlds, std::uint64_t seed,
                      const SearchOptions& options) {
  Robustness result;
  const std::size_t n = problem.variants();
  std::vector<std::string> names;
  for (const auto& d : problem.descriptors)
    for (const auto& v : d.variants) names.push_back(d.name + "=" + v);
  std::map<Scenario, std::int64_t> held;
  for (int w = 0; w < worlds; ++w) {
    if (options.cancel != nullptr && options.cancel->load()) {
      result.complete = false;
      break;
    }
    Balances drawn = problem;
    for (std::size_t r = 0; r < n; ++r)
      for (std::size_t c = 0; c < n; ++c) {
        std::int64_t& score = drawn.scores[r * n + c];
        if (score == 0) continue;
        worlds::Stream stream(seed, names[r] + ">" + names[c], static_cast<std::uint64_t>(w));
        score +=
            problem.scale *
            (static_cast<std::int64_t>(stream.below(static_cast<std::uint64_t>(2 * spread + 1))) - spread);
      }
    const Consistent found = consistent_scenarios(drawn, options);
    result.complete = result.complete && found.complete && found.all_listed;
    for (const auto& scenario : found.scenarios) ++held[scenario];
    ++result.worlds;
  }
  result.held.assign(held.begin(), held.end());
  std::stable_sort(result.held.begin(), result.held.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return result;
}

}  // namespace parley::consistency
