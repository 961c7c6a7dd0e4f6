// SPDX-License-Identifier: MIT
#include "questions/stability_open.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "stability/coalition.hpp"

namespace parley::questions {

using stability::Bits;
using stability::Comparisons;
using stability::State;

namespace {

using Kind = std::vector<std::uint32_t>;

/// What a state is to one player: the chances that change something for it, and its levels with and without
/// each. Two states of one kind are the same for it, whatever it wants. Where a level is unknown nothing is
/// the same as this state.
Kind kind_of(const deals::Case& c, std::size_t player, std::uint32_t state) {
  Kind kind;
  std::size_t matter = 0;
  for (std::size_t n = 0; n < c.chances.size(); ++n)
    for (std::size_t b = 0; b < c.branches.size(); ++b)
      if (c.branches[b].levels[player] != c.branches[b ^ (std::size_t{1} << n)].levels[player])
        matter |= std::size_t{1} << n;
  for (std::size_t n = 0; n < c.chances.size(); ++n)
    if ((matter >> n & 1U) != 0) kind.push_back(static_cast<std::uint32_t>(c.chances[n]));
  kind.push_back(UINT32_MAX);
  bool known = true;
  for (std::size_t b = 0; b < c.branches.size(); ++b) {
    if ((b & ~matter) != 0) continue;
    for (const auto level : c.branches[b].levels[player]) {
      kind.push_back(level);
      known = known && std::has_single_bit(level);
    }
  }
  if (!known) kind.push_back(state);
  return kind;
}

}  // namespace

OpenPlayers::OpenPlayers(const framing::AccountGame& game) : game_(game), kinds_(game.players.size()) {
  for (std::size_t p = 0; p < game.players.size(); ++p) {
    if (!game.players[p].silent) continue;
    members_ |= stability::Members{1} << p;
    for (const auto& settlement : game.settlements) {
      std::map<Kind, std::uint32_t> number;
      auto& own = kinds_[p].emplace_back();
      for (const deals::Case& c : settlement.states) {
        const auto state = static_cast<std::uint32_t>(own.size());
        own.push_back(
            number.emplace(kind_of(c, p, state), static_cast<std::uint32_t>(number.size())).first->second);
      }
    }
  }
}

std::vector<Comparisons> OpenPlayers::known(std::size_t settlement, const stability::Rankings& ranks) const {
  std::vector<Comparisons> list;
  const std::size_t states = game_.graph.states.size();
  for (std::size_t p = 0; p < game_.players.size(); ++p) {
    Comparisons& one = list.emplace_back();
    if (!silent(p)) {
      one.better = stability::better_than(ranks[p]);
      one.not_better = one.better;
      for (Bits& bits : one.not_better) bits.flip();
      continue;
    }
    const auto& kinds = kinds_[p][settlement];
    one.better.assign(states, Bits(states));
    std::map<std::uint32_t, Bits> alike;
    for (State s = 0; s < states; ++s) alike.try_emplace(kinds[s], states).first->second.add(s);
    for (State s = 0; s < states; ++s) one.not_better.push_back(alike.at(kinds[s]));
  }
  return list;
}

std::vector<std::vector<Bits>> preferred(const std::vector<Comparisons>& known, bool perhaps) {
  std::vector<std::vector<Bits>> list;
  for (const Comparisons& one : known) {
    list.push_back(perhaps ? one.not_better : one.better);
    if (perhaps)
      for (Bits& bits : list.back()) bits.flip();
  }
  return list;
}

}  // namespace parley::questions
