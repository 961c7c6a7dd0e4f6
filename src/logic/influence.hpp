// SPDX-License-Identifier: MIT
// Signed influence along mechanisms: which way an effect moves when causes move. Shared by framing
// (consequences of a package) and by the consistency lens. Definitions: docs/methods/logic.md, "Signs".
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace parley::logic {

enum class Sign : signed char { minus = -1, none = 0, plus = 1, unknown = 2 };

[[nodiscard]] Sign product(Sign a, Sign b);   ///< along a path; none times anything is none
[[nodiscard]] Sign together(Sign a, Sign b);  ///< two paths: equal or none -> the other, else unknown

struct Arc {
  int from = 0;
  int to = 0;
  Sign sign =
      Sign::unknown;  ///< plus: raises; minus: lowers; unknown: moves; none: the arc is as if not there
  int row = -1;       ///< caller's number for the row that says so
};

struct Path {
  std::vector<int> arcs;  ///< indices into the graph's arcs, cause first
  Sign sign = Sign::none;
};

/// Nodes are 0 .. nodes-1; several arcs may join the same two, and an arc may lead back to where it starts.
struct SignedGraph {
  int nodes = 0;
  std::vector<Arc> arcs;
};

/// Net sign of `cause` on every node: all elementary paths taken together; cause itself: plus; unreached:
/// none. Whether a loop has elementary paths of both signs is a hard question in general (Lapaugh and
/// Papadimitriou 1984): where one strongly connected part takes more than kSignSteps steps, its walks stand
/// in for its paths. They can only make a sign unknown: a plus or a minus is always proved.
[[nodiscard]] std::vector<Sign> net_signs(const SignedGraph& graph, int cause);
inline constexpr std::size_t kSignSteps = 200'000;
inline constexpr std::size_t kSignLooksInAll = 100'000'000;

/// The same for one cause after another of a graph, which must outlive it: its parts are found once. After
/// kSignLooksInAll looks at arcs for all causes walks stand in for the paths of every part with a loop.
class NetSigns {
 public:
  explicit NetSigns(const SignedGraph& graph);
  ~NetSigns();
  NetSigns(const NetSigns&) = delete;
  NetSigns& operator=(const NetSigns&) = delete;
  [[nodiscard]] std::vector<Sign> of(int cause);
  [[nodiscard]] bool walked() const;  ///< walks stood in for paths, for some cause so far

 private:
  class Finder;
  std::unique_ptr<Finder> finder_;
};

/// Elementary paths from cause to effect, shortest first, those of one length by their arcs; at most `limit`,
/// and no more after kPathSteps looks at arcs (`complete` then becomes false). From a node to itself: the one
/// path without arcs, plus. (Yen 1971: the work is polynomial in each path found.)
[[nodiscard]] std::vector<Path> paths(const SignedGraph& graph, int cause, int effect,
                                      std::size_t limit = 1000, bool* complete = nullptr);
inline constexpr std::size_t kPathSteps = 20'000'000;

/// The same for one pair after another of a graph, which must outlive it.
class PathFinder {
 public:
  explicit PathFinder(const SignedGraph& graph);
  [[nodiscard]] std::vector<Path> between(int cause, int effect, std::size_t limit = 1000,
                                          bool* complete = nullptr);
  [[nodiscard]] std::size_t work() const { return work_; }  ///< looks at arcs so far, for all pairs

 private:
  void measure(int effect);
  [[nodiscard]] std::optional<std::vector<int>> shortest(std::vector<int> begun, int start, int effect,
                                                         const std::vector<int>& taken);

  const SignedGraph& graph_;
  std::vector<std::vector<int>> out_;   ///< arcs by the node that they leave
  std::vector<std::vector<int>> into_;  ///< nodes from which an arc comes
  std::vector<bool> avoid_;
  std::vector<int> distance_, queue_;
  std::size_t work_ = 0;
};

}  // namespace parley::logic
