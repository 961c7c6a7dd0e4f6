// SPDX-License-Identifier: MIT
#include "stability/reach.hpp"

#include <algorithm>

namespace parley::stability {

/// Strongly connected components (Tarjan 1972) of the pairs (state, who moved last), `last` = number of
/// movers standing for nobody. Pairs of one component reach the same states; components come out after
/// everything that they lead to, so each set is the union of sets that are there already.
class Components {
 public:
  Components(std::size_t states, std::span<const Arcs* const> movers, const Watch& watch)
      : states_(states),
        movers_(movers),
        watch_(watch),
        width_(movers.size() + 1),
        index_(states * width_, kNone),
        low_(states * width_, 0),
        component_(states * width_, kNone) {}

  bool run(Reach& reach) {
    for (State s = 0; s < states_; ++s) {
      const std::size_t start = s * width_ + movers_.size();
      if (!visit(start, reach)) return false;
      reach.of_start_.push_back(component_[start]);
    }
    return true;
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Frame {
    std::size_t node;
    std::size_t mover;
    std::uint32_t arc;
  };

  bool visit(std::size_t root, Reach& reach) {
    if (index_[root] != kNone) return true;
    open(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::size_t next = successor(frame);
      if (next != SIZE_MAX) {
        if (index_[next] == kNone) {
          open(next);
        } else if (component_[next] == kNone) {
          low_[frame.node] = std::min(low_[frame.node], index_[next]);
        }
        continue;
      }
      const std::size_t node = frame.node;
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
      if (low_[node] == index_[node] && !close(node, reach)) return false;
    }
    return true;
  }

  void open(std::size_t node) {
    index_[node] = low_[node] = next_++;
    stack_.push_back(node);
    frames_.push_back({node, 0, 0});
  }

  /// The next pair that a pair leads to, or SIZE_MAX.
  std::size_t successor(Frame& frame) const {
    const std::size_t state = frame.node / width_, last = frame.node % width_;
    for (; frame.mover < movers_.size(); ++frame.mover, frame.arc = 0) {
      if (frame.mover == last) continue;
      const auto targets = movers_[frame.mover]->of(static_cast<State>(state));
      if (frame.arc < targets.size()) return targets[frame.arc++] * width_ + frame.mover;
    }
    return SIZE_MAX;
  }

  bool close(std::size_t node, Reach& reach) {
    if ((reach.rows_.size() + 1) * ((states_ + 63) / 64) * 8 > kMostReachBytes || watch_.stop()) return false;
    const auto number = static_cast<std::uint32_t>(reach.rows_.size());
    const auto first = std::find(stack_.rbegin(), stack_.rend(), node).base() - 1;
    for (auto member = first; member != stack_.end(); ++member) component_[*member] = number;
    Bits row(states_);
    for (auto member = first; member != stack_.end(); ++member) {
      Frame frame{*member, 0, 0};
      std::uint32_t before = number;
      for (std::size_t next = successor(frame); next != SIZE_MAX; next = successor(frame)) {
        row.add(next / width_);
        if (component_[next] == before || component_[next] == number) continue;
        before = component_[next];
        row |= reach.rows_[before];
      }
    }
    stack_.erase(first, stack_.end());
    reach.rows_.push_back(std::move(row));
    return true;
  }

  std::size_t states_;
  std::span<const Arcs* const> movers_;
  const Watch& watch_;
  std::size_t width_;
  std::vector<std::uint32_t> index_, low_, component_;
  std::vector<std::size_t> stack_;
  std::vector<Frame> frames_;
  std::uint32_t next_ = 0;
};

std::optional<Reach> Reach::make(std::size_t states, std::span<const Arcs* const> movers,
                                 const Watch& watch) {
  Reach reach;
  if (!Components(states, movers, watch).run(reach)) return std::nullopt;
  return reach;
}

}  // namespace parley::stability
