// SPDX-License-Identifier: MIT
#include "deals/paths.hpp"

#include <algorithm>
#include <utility>

namespace parley::deals {

void Paths::keep(const std::vector<bool>& flags) {
  std::vector<std::uint32_t> first{0};
  std::vector<Edge> edges;
  for (std::size_t e = 0; e < flags.size(); ++e) {
    if (!flags[e]) continue;
    edges.insert(edges.end(), edges_.back().begin() + first_.back()[e],
                 edges_.back().begin() + first_.back()[e + 1]);
    first.push_back(static_cast<std::uint32_t>(edges.size()));
  }
  first_.back() = std::move(first);
  edges_.back() = std::move(edges);
}

std::vector<mpz_class> Paths::count(const std::vector<std::uint32_t>& entries) const {
  const std::size_t stages = edges_.size();
  // Only what leads to the entries asked for is counted: list it from the end, then sum from the start.
  std::vector<std::vector<std::uint32_t>> wanted(stages);
  const auto unique = [](std::vector<std::uint32_t>& wave) {
    std::sort(wave.begin(), wave.end());
    wave.erase(std::unique(wave.begin(), wave.end()), wave.end());
  };
  std::vector<std::uint32_t> wave = entries;
  for (std::size_t s = stages; s-- > 0;) {
    unique(wave);
    std::vector<std::uint32_t> before;
    for (const std::uint32_t e : wave)
      for (std::uint32_t i = first_[s][e]; i < first_[s][e + 1]; ++i) before.push_back(edges_[s][i].from);
    wanted[s] = std::exchange(wave, std::move(before));
  }
  std::vector<mpz_class> ways{1};        // of the entries listed
  std::vector<std::uint32_t> place{0U};  // in `ways`, of each entry of the stage
  for (std::size_t s = 0; s < stages; ++s) {
    std::vector<mpz_class> next(wanted[s].size());
    for (std::size_t w = 0; w < next.size(); ++w)
      for (std::uint32_t i = first_[s][wanted[s][w]]; i < first_[s][wanted[s][w] + 1]; ++i)
        next[w] += ways[place[edges_[s][i].from]];
    ways = std::move(next);
    place.assign(first_[s].size() - 1, 0U);
    for (std::size_t w = 0; w < wanted[s].size(); ++w) place[wanted[s][w]] = static_cast<std::uint32_t>(w);
  }
  std::vector<mpz_class> counts;
  for (const std::uint32_t e : entries) counts.push_back(ways[place[e]]);
  return counts;
}

std::vector<Package> Paths::list(std::uint32_t entry, std::size_t limit) const {
  const std::size_t stages = edges_.size();
  std::vector<Package> packages;
  Package package(stages);
  std::vector<std::uint32_t> edge(stages);  // the edge taken into each stage's entry
  std::vector<std::uint32_t> at(stages + 1);
  at[stages] = entry;
  if (stages == 0) return {package};
  std::size_t s = stages - 1;
  edge[s] = first_[s][entry];
  for (;;) {
    if (edge[s] == first_[s][at[s + 1] + 1]) {  // no edge left here: back towards the end
      if (++s == stages) break;
      ++edge[s];
      continue;
    }
    const Edge& taken = edges_[s][edge[s]];
    package[static_cast<std::size_t>(plan_->order[s])] = static_cast<int>(taken.option);
    at[s] = taken.from;
    if (s > 0) {
      --s;
      edge[s] = first_[s][at[s + 1]];
      continue;
    }
    packages.push_back(package);
    if (packages.size() >= limit) break;
    ++edge[s];
  }
  std::sort(packages.begin(), packages.end());
  return packages;
}

}  // namespace parley::deals
