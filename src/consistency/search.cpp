// SPDX-License-Identifier: MIT
// Branch and bound. For every descriptor d and pair of its variants (c, v) two numbers are kept under the
// choices made so far: `most`, how far c can at best stay ahead of v however the rest is chosen, and `least`,
// how far it will stay ahead in the worst case. A choice c is dead where some `most` is negative; where no
// `least` of what is still possible is, every completion is consistent and is counted without being visited.
#include <algorithm>

#include "consistency/balances.hpp"

namespace parley::consistency {
namespace {

/// What the search needs of a problem; pairs (d, c, v) are numbered through.
struct Tables {
  explicit Tables(const Balances& problem);
  std::size_t descriptors = 0, pairs = 0;
  std::vector<std::size_t> size, row, pair;  // per descriptor: variants, first row, first pair
  std::vector<std::int64_t> step;   // row x pair: change of `most` when the row is chosen; never positive
  std::vector<std::int64_t> range;  // descriptor x pair: best less worst contribution
  std::vector<std::int64_t> most, least;  // before any choice, without the tolerance
};

Tables::Tables(const Balances& problem) : descriptors(problem.descriptors.size()) {
  std::size_t rows = 0;
  for (const auto& d : problem.descriptors) {
    size.push_back(d.variants.size());
    row.push_back(rows);
    pair.push_back(pairs);
    rows += d.variants.size();
    pairs += d.variants.size() * d.variants.size();
  }
  step.assign(rows * pairs, 0);
  range.assign(descriptors * pairs, 0);
  most.assign(pairs, 0);
  least.assign(pairs, 0);
  for (std::size_t e = 0; e < descriptors; ++e)
    for (std::size_t d = 0; d < descriptors; ++d) {
      for (std::size_t c = 0; c < size[d]; ++c)
        for (std::size_t v = 0; v < size[d]; ++v) {
          const std::size_t p = pair[d] + c * size[d] + v;
          if (d == e) {
            // What c does to its own descriptor is settled with c itself.
            const std::int64_t* own = &problem.scores[(row[d] + c) * rows + row[d]];
            most[p] += own[c] - own[v];
            least[p] += own[c] - own[v];
            continue;
          }
          std::int64_t best = INT64_MIN, worst = INT64_MAX;
          for (std::size_t w = 0; w < size[e]; ++w) {
            const std::int64_t* scores = &problem.scores[(row[e] + w) * rows + row[d]];
            const std::int64_t diff = scores[c] - scores[v];
            step[(row[e] + w) * pairs + p] = diff;
            best = std::max(best, diff);
            worst = std::min(worst, diff);
          }
          for (std::size_t w = 0; w < size[e]; ++w) step[(row[e] + w) * pairs + p] -= best;
          range[e * pairs + p] = best - worst;
          most[p] += best;
          least[p] += worst;
        }
    }
}

class Search {
 public:
  Search(const Balances& problem, const SearchOptions& options)
      : t_(problem), options_(options), chosen_(t_.descriptors, -1) {
    most_.assign(t_.descriptors + 1, t_.most);
    least_.assign(t_.descriptors + 1, t_.least);
    for (auto& x : most_.front()) x += options.tolerance;
    for (auto& x : least_.front()) x += options.tolerance;
  }

  Consistent run() {
    descend(0);
    std::sort(found_.scenarios.begin(), found_.scenarios.end());
    return std::move(found_);
  }

 private:
  void descend(std::size_t depth);
  void take(std::size_t depth, std::size_t d, std::size_t c);
  void count_all();
  [[nodiscard]] bool alive(std::size_t depth, std::size_t d, std::size_t c) const;
  [[nodiscard]] bool settled(std::size_t depth) const;
  [[nodiscard]] bool stopped();

  Tables t_;
  const SearchOptions& options_;
  std::vector<int> chosen_;
  std::vector<std::vector<std::int64_t>> most_, least_;  // by depth
  Consistent found_;
  bool stop_ = false;
};

bool Search::stopped() {
  ++found_.steps;
  if (stop_) return true;
  if (found_.steps > options_.most_steps) stop_ = true;
  if (found_.steps % 256 == 0 && options_.cancel != nullptr && options_.cancel->load()) stop_ = true;
  if (stop_) found_.complete = found_.all_listed = false;
  return stop_;
}

bool Search::alive(std::size_t depth, std::size_t d, std::size_t c) const {
  const std::int64_t* most = &most_[depth][t_.pair[d] + c * t_.size[d]];
  return std::all_of(most, most + t_.size[d], [](std::int64_t x) { return x >= 0; });
}

/// Is every completion consistent?
bool Search::settled(std::size_t depth) const {
  for (std::size_t d = 0; d < t_.descriptors; ++d) {
    const std::size_t from = chosen_[d] < 0 ? 0 : static_cast<std::size_t>(chosen_[d]);
    const std::size_t to = chosen_[d] < 0 ? t_.size[d] : from + 1;
    const std::int64_t* least = &least_[depth][t_.pair[d]];
    for (std::size_t p = from * t_.size[d]; p < to * t_.size[d]; ++p)
      if (least[p] < 0) return false;
  }
  return true;
}

void Search::count_all() {
  std::vector<std::size_t> open;
  mpz_class product = 1;
  Scenario scenario = chosen_;
  for (std::size_t d = 0; d < t_.descriptors; ++d)
    if (chosen_[d] < 0) {
      open.push_back(d);
      product *= static_cast<unsigned long>(t_.size[d]);
      scenario[d] = 0;
    }
  found_.count += product;
  for (;;) {
    if (found_.scenarios.size() >= options_.most_listed) {
      found_.all_listed = false;
      return;
    }
    found_.scenarios.push_back(scenario);
    std::size_t k = 0;
    while (k < open.size() && ++scenario[open[k]] == static_cast<int>(t_.size[open[k]]))
      scenario[open[k++]] = 0;
    if (k == open.size()) return;
  }
}

void Search::take(std::size_t depth, std::size_t d, std::size_t c) {
  const std::int64_t* step = &t_.step[(t_.row[d] + c) * t_.pairs];
  const std::int64_t* range = &t_.range[d * t_.pairs];
  const std::int64_t *most = most_[depth].data(), *least = least_[depth].data();
  std::int64_t *next_most = most_[depth + 1].data(), *next_least = least_[depth + 1].data();
  for (std::size_t p = 0; p < t_.pairs; ++p) next_most[p] = most[p] + step[p];
  for (std::size_t p = 0; p < t_.pairs; ++p) next_least[p] = least[p] + step[p] + range[p];
}

void Search::descend(std::size_t depth) {
  // The open descriptor with the fewest variants left; a chosen one that can no longer hold ends the branch.
  std::size_t next = t_.descriptors, fewest = SIZE_MAX;
  for (std::size_t d = 0; d < t_.descriptors; ++d) {
    if (chosen_[d] >= 0) {
      if (!alive(depth, d, static_cast<std::size_t>(chosen_[d]))) return;
      continue;
    }
    std::size_t left = 0;
    for (std::size_t c = 0; c < t_.size[d]; ++c) left += alive(depth, d, c) ? 1 : 0;
    if (left == 0) return;
    if (left < fewest) {
      fewest = left;
      next = d;
    }
  }
  if (settled(depth)) {
    count_all();
    return;
  }
  // With everything chosen `most` and `least` are equal: what is alive is settled, and was counted above.
  if (next == t_.descriptors) return;
  for (std::size_t c = 0; c < t_.size[next] && !stop_; ++c) {
    if (!alive(depth, next, c) || stopped()) continue;
    take(depth, next, c);
    chosen_[next] = static_cast<int>(c);
    descend(depth + 1);
    chosen_[next] = -1;
  }
}

}  // namespace

Consistent consistent_scenarios(const Balances& problem, const SearchOptions& options) {
  return Search(problem, options).run();
}

}  // namespace parley::consistency
