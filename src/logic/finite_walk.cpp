// SPDX-License-Identifier: MIT
#include "logic/finite_walk.hpp"

#include <algorithm>
#include <limits>

namespace parley::logic {

std::uint64_t cells(std::span<const int> sizes) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t out = 1;
  for (const int size : sizes) {
    if (size <= 0) return 0;
    if (out > kMost / static_cast<std::uint64_t>(size)) return kMost;
    out *= static_cast<std::uint64_t>(size);
  }
  return out;
}

Checks::Checks(const FiniteProblem& problem) : problem_(problem), at_(problem.sizes.size() + 1) {
  constexpr std::uint64_t kTabled = 4096;  // beyond, making the table costs more than it saves
  for (std::size_t c = 0; c < problem.constraints.size(); ++c) {
    const auto& formula = problem.constraints[c].formula;
    const auto variables = expression::touched(formula);
    at_[variables.empty() ? problem.sizes.size() : static_cast<std::size_t>(variables.front())].push_back(
        static_cast<int>(c));
    std::vector<int> sizes;
    for (const int v : variables) sizes.push_back(problem.sizes[static_cast<std::size_t>(v)]);
    tables_.push_back(cells(sizes) <= kTabled ? expression::lower(formula, problem.sizes) : std::nullopt);
  }
}

bool Checks::holds(int constraint, std::span<const int> levels) const {
  const auto& table = tables_[static_cast<std::size_t>(constraint)];
  if (table) return table->holds(levels);
  return expression::holds(problem_.constraints[static_cast<std::size_t>(constraint)].formula, levels);
}

namespace {

class Walk {
 public:
  Walk(const FiniteProblem& problem, const std::vector<bool>& active, const Visit& visit,
       const Promise& promise)
      : problem_(problem),
        active_(active),
        visit_(visit),
        promise_(promise),
        checks_(problem),
        levels_(problem.sizes.size(), 0) {}

  std::uint64_t run() {
    const std::size_t n = problem_.sizes.size();
    if (!passes(n)) return 0;
    if (n == 0) return visit_(levels_), 1;
    std::uint64_t visited = 0;
    // Variables from v on have levels; v goes on to its next one.
    for (std::size_t v = enter(n); v < n;) {
      if (++levels_[v] == problem_.sizes[v]) {
        ++v;
      } else if (passes(v) && (!promise_ || promise_(v, levels_))) {
        if (v > 0) {
          v = enter(v);
          continue;
        }
        ++visited;
        if (!visit_(levels_)) return visited;
      }
    }
    return visited;
  }

 private:
  std::size_t enter(std::size_t above) {
    levels_[above - 1] = -1;
    return above - 1;
  }

  bool passes(std::size_t v) const {
    const auto& due = checks_.complete_at(v);
    return std::all_of(due.begin(), due.end(), [&](int c) {
      const bool counts =
          problem_.constraints[static_cast<std::size_t>(c)].structure || active_[static_cast<std::size_t>(c)];
      return !counts || checks_.holds(c, levels_);
    });
  }

  const FiniteProblem& problem_;
  const std::vector<bool>& active_;
  const Visit& visit_;
  const Promise& promise_;
  Checks checks_;
  std::vector<int> levels_;
};

/// Keeps the minimal ones among the sets of violated constraints, and enters no subtree whose violations
/// already hold one of them.
class Violations {
 public:
  Violations(const FiniteProblem& problem, const std::function<bool()>& stop)
      : problem_(problem), stop_(stop), checks_(problem), levels_(problem.sizes.size(), 0) {
    for (std::size_t c = 0; c < problem.constraints.size(); ++c) {
      bit_.push_back(soft_.size());
      if (!problem.constraints[c].structure) soft_.push_back(static_cast<int>(c));
    }
  }

  std::optional<std::vector<IndexSet>> run() {
    if (soft_.size() > 64) return std::nullopt;
    if (!search()) return std::nullopt;
    std::vector<IndexSet> out;
    for (const std::uint64_t set : minimal_) {
      out.emplace_back();
      for (std::size_t b = 0; b < soft_.size(); ++b)
        if ((set >> b & 1U) != 0) out.back().push_back(soft_[b]);
    }
    return minimal_members(std::move(out));
  }

 private:
  /// Adds what is violated now; false where structure is, or where the set has become hopeless.
  bool add(std::size_t v, std::uint64_t& mask) const {
    const std::uint64_t before = mask;
    for (const int c : checks_.complete_at(v)) {
      if (checks_.holds(c, levels_)) continue;
      if (problem_.constraints[static_cast<std::size_t>(c)].structure) return false;
      mask |= std::uint64_t{1} << bit_[static_cast<std::size_t>(c)];
    }
    return mask == before || !covered(mask);
  }

  [[nodiscard]] bool covered(std::uint64_t mask) const {
    return std::any_of(minimal_.begin(), minimal_.end(), [&](std::uint64_t m) { return (m & ~mask) == 0; });
  }

  /// The same walk as above, with the violations so far kept for each variable. False when it has to be given
  /// up.
  bool search() {
    const std::size_t n = problem_.sizes.size();
    std::vector<std::uint64_t> masks(n + 1, 0);  // masks[v]: with the levels of v and all after it
    if (!add(n, masks[n])) return true;
    if (n == 0) return keep(masks[0]);
    std::uint64_t steps = 0;
    std::size_t v = n - 1;
    levels_[v] = -1;
    while (v < n) {
      if ((++steps & 0xffff) == 0 && stop_ && stop_()) return false;
      if (++levels_[v] == problem_.sizes[v]) {
        ++v;
        continue;
      }
      masks[v] = masks[v + 1];
      if (!add(v, masks[v])) continue;
      if (v > 0) {
        levels_[--v] = -1;
      } else if (!keep(masks[0])) {
        return false;
      }
    }
    return true;
  }

  /// False when there are too many.
  bool keep(std::uint64_t mask) {
    if (covered(mask)) return true;
    std::erase_if(minimal_, [&](std::uint64_t m) { return (mask & ~m) == 0; });
    minimal_.push_back(mask);
    return minimal_.size() <= kMostMasks;
  }

  const FiniteProblem& problem_;
  const std::function<bool()>& stop_;
  Checks checks_;
  std::vector<int> levels_;
  std::vector<int> soft_;
  std::vector<std::size_t> bit_;
  std::vector<std::uint64_t> minimal_;
};

}  // namespace

std::uint64_t walk(const FiniteProblem& problem, const std::vector<bool>& active, const Visit& visit,
                   const Promise& promise) {
  return Walk(problem, active, visit, promise).run();
}

std::optional<std::vector<IndexSet>> minimal_violations(const FiniteProblem& problem,
                                                        const std::function<bool()>& stop) {
  return Violations(problem, stop).run();
}

}  // namespace parley::logic
