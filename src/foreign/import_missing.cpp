// SPDX-License-Identifier: MIT
// What a conflict does not have, in few rows: combinations of levels, and moves between them.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "foreign/import_conflict.hpp"
#include "foreign/import_form.hpp"

namespace parley::foreign {
namespace {

using stability::Graph;
using stability::Pattern;
using stability::State;

bool holds(const Pattern& pattern, const std::vector<int>& levels) {
  return stability::matches(pattern, levels);
}

/// A pattern of the file that says something here: no vector has it, and some combination can.
bool usable(const Pattern& pattern, const std::vector<std::vector<int>>& vectors) {
  for (const auto& a : pattern)
    for (const auto& b : pattern)
      if (a.issue == b.issue && a.level != b.level) return false;
  return !pattern.empty() &&
         std::none_of(vectors.begin(), vectors.end(), [&](const auto& v) { return holds(pattern, v); });
}

/// The fewest literals of a combination that still no vector has, dropped one by one from the last.
Pattern generalised(const std::vector<int>& levels, const std::vector<std::vector<int>>& vectors) {
  Pattern pattern;
  for (std::size_t k = 0; k < levels.size(); ++k) pattern.push_back({static_cast<int>(k), levels[k]});
  for (std::size_t l = pattern.size(); l-- > 0 && pattern.size() > 1;) {
    Pattern fewer = pattern;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(l));
    if (std::none_of(vectors.begin(), vectors.end(), [&](const auto& v) { return holds(fewer, v); }))
      pattern = std::move(fewer);
  }
  return pattern;
}

/// The missing moves of one owner, put together: any set of vectors and any other such that no move leads
/// from the one to the other may be one row.
class Grouping {
 public:
  Grouping(const ImportForm& form, const Graph& graph, std::size_t dm)
      : form_(form), dm_(dm), n_(form.vectors.size()), missing_(n_, Flags(n_)), left_(n_, Flags(n_)) {
    for (std::size_t v = 0; v < n_; ++v) {
      const auto to = graph.out[dm].of(form.state_of[v]);
      for (std::size_t w = 0; w < n_; ++w)
        missing_[v][w] =
            own_change(form, dm, v, w) && !std::binary_search(to.begin(), to.end(), form.state_of[w]);
    }
    left_ = missing_;
  }

  void run(std::vector<MissingMoves>& rows) {
    for (std::size_t v = 0; v < n_; ++v) {
      if (std::none_of(left_[v].begin(), left_[v].end(), [](bool b) { return b; })) continue;
      MissingMoves row{dm_, Flags(n_), missing_[v]};
      row.from[v] = true;
      for (std::size_t s = 0; s < n_; ++s)
        if (!row.from[s] && fits(row, s)) take(row, s);
      for (std::size_t x = 0; x < n_; ++x)
        for (std::size_t y = 0; row.from[x] && y < n_; ++y)
          if (row.to[y]) left_[x][y] = false;
      rows.push_back(std::move(row));
    }
  }

 private:
  /// Is there no move from `from` to `to`?
  [[nodiscard]] bool no_move(std::size_t from, std::size_t to) const {
    return missing_[from][to] || !own_change(form_, dm_, from, to);
  }
  [[nodiscard]] bool fits(const MissingMoves& row, std::size_t s) const {
    if (row.to[s]) return false;
    bool any = false;
    for (std::size_t w = 0; w < n_; ++w) {
      any = any || missing_[s][w];
      if (row.to[w] && !no_move(s, w)) return false;
      if (!missing_[s][w] || row.to[w]) continue;
      if (row.from[w]) return false;
      for (std::size_t x = 0; x < n_; ++x)
        if (row.from[x] && !no_move(x, w)) return false;
    }
    return any;
  }
  void take(MissingMoves& row, std::size_t s) const {
    row.from[s] = true;
    for (std::size_t w = 0; w < n_; ++w)
      if (missing_[s][w]) row.to[w] = true;
  }

  const ImportForm& form_;
  std::size_t dm_, n_;
  std::vector<Flags> missing_, left_;
};

}  // namespace

tl::expected<std::vector<Pattern>, std::string> impossible_patterns(
    const std::vector<stability::Issue>& issues, const std::vector<std::vector<int>>& vectors,
    const std::vector<Pattern>& of_file) {
  std::uint64_t product = 1;
  for (const auto& issue : issues) {
    product *= static_cast<std::uint64_t>(issue.levels);
    if (product > kMostImportedVectors)
      return tl::make_unexpected(
          fmt::format("the options have more than {} combinations, more than a game of an account",
                      kMostImportedVectors));
  }
  const std::set<std::vector<int>> there(vectors.begin(), vectors.end());
  std::vector<Pattern> patterns;
  for (const Pattern& pattern : of_file)
    if (usable(pattern, vectors)) patterns.push_back(pattern);
  std::vector<int> levels(issues.size(), 0);
  for (std::uint64_t code = 0; code < product; ++code) {
    std::uint64_t rest = code;
    for (std::size_t k = 0; k < issues.size(); ++k) {
      levels[k] = static_cast<int>(rest % static_cast<std::uint64_t>(issues[k].levels));
      rest /= static_cast<std::uint64_t>(issues[k].levels);
    }
    if (there.contains(levels) || std::any_of(patterns.begin(), patterns.end(),
                                              [&](const Pattern& pattern) { return holds(pattern, levels); }))
      continue;
    patterns.push_back(generalised(levels, vectors));
    if (patterns.size() > kMostImportedBans)
      return tl::make_unexpected(fmt::format(
          "more than {} rows would say which combinations of options are no state", kMostImportedBans));
  }
  return patterns;
}

std::vector<MissingMoves> missing_moves(const ImportForm& form, const Graph& graph) {
  std::vector<MissingMoves> rows;
  for (std::size_t dm = 0; dm < graph.decision_makers(); ++dm) Grouping(form, graph, dm).run(rows);
  return rows;
}

}  // namespace parley::foreign
