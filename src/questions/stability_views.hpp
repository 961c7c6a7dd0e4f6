// SPDX-License-Identifier: MIT
// Each side's own graph of a game, world by world, private to this room (stability/perception.hpp says how
// views are put together; docs/methods/stability.md what makes them).
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "questions/stability_parts.hpp"
#include "stability/perception.hpp"

namespace parley::questions {

class GameViews {
 public:
  /// `whole` false: nothing is to be worked out. All arguments but that must outlive it.
  GameViews(const framing::AccountGame& game, const stability::Graph& graph,
            const std::vector<FramedView>& views, bool whole);
  ~GameViews();

  /// Is there a row that gives somebody a graph of its own?
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] std::vector<ViewWords> words() const;
  /// One world: `ranks` and `found` are those of the game as it is.
  void count(std::uint64_t seed, std::uint64_t world, std::size_t settlement,
             const stability::Rankings& ranks, const stability::Individual& found,
             PerceptionCount& tally) const;

 private:
  /// A game under some beliefs, over the states of all.
  struct Variant {
    const framing::AccountGame* game = nullptr;
    std::unique_ptr<GameUtilities> utilities;
    stability::Graph graph;
    stability::Bits seen;
    std::vector<stability::State> place;  ///< state of the game -> state of all
  };
  [[nodiscard]] Variant variant_of(const framing::AccountGame& game) const;
  [[nodiscard]] std::vector<bool> kept(const framing::AccountGame& game, std::size_t viewer,
                                       std::uint64_t seed, std::uint64_t world) const;
  [[nodiscard]] stability::Rankings spread(const Variant& variant, std::size_t settlement,
                                           const stability::Rankings& ranks,
                                           const std::vector<bool>& kept) const;
  [[nodiscard]] std::size_t taken(std::size_t viewer, std::uint64_t seed, std::uint64_t world) const;

  const framing::AccountGame& game_;
  const std::vector<FramedView>& views_;
  bool any_ = false;
  std::map<long long, stability::State> all_;  ///< numbers of states of any of the games
  Variant base_;
  std::vector<std::map<std::size_t, Variant>> variants_;  ///< [decision maker][beliefs taken to be so]
};

[[nodiscard]] PerceptionCount empty_perception(const framing::AccountGame& game);
void add_perception(PerceptionCount& to, const PerceptionCount& from);

}  // namespace parley::questions
