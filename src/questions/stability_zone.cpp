// SPDX-License-Identifier: MIT
// The zone of the talks in the worlds of the stability lens, and which state of the game each package is.
#include <algorithm>

#include "questions/stability_parts.hpp"

namespace parley::questions {

ZoneStates::ZoneStates(const framing::AccountGame& game, const framing::Framed* framed) : framed_(framed) {
  if (framed == nullptr || framed->ensemble.packages.empty()) {
    why_not_ = "no talks put an issue of the focus on a table that was worked out";
    return;
  }
  if (!framed->only_within_limits.empty()) {
    why_not_ = "the table is too large for it";
    return;
  }
  std::vector<long long> stride(1, 1);
  for (const auto& issue : game.graph.issues) stride.push_back(stride.back() * issue.levels);
  std::vector<int> state_of(static_cast<std::size_t>(stride.back()), -1);
  for (std::size_t s = 0; s < game.graph.states.size(); ++s)
    state_of[static_cast<std::size_t>(game.graph.states[s].number)] = static_cast<int>(s);
  for (std::size_t w = 0; w < game.settlements.size(); ++w) {
    const auto& now = framed->settled[w / game.ways()].now;
    states_.emplace_back();
    for (const deals::Package& package : framed->ensemble.packages) {
      const int present = game.settlements[w].now;
      bool inside = present >= 0;
      long long code = inside ? game.graph.states[static_cast<std::size_t>(present)].number : 0;
      for (std::size_t i = 0; i < framed->issues.size() && inside; ++i) {
        const int v = framed->issues[i];
        const auto found = std::find_if(game.focus.begin(), game.focus.end(),
                                        [v](const auto& issue) { return issue.variable == v; });
        if (found == game.focus.end()) {
          // What only says what the talks are about is no part of the state.
          const bool agenda =
              std::none_of(framed->ensemble.parties.begin(), framed->ensemble.parties.end(),
                           [&](const deals::UncertainParty& party) {
                             const auto& stakes = party.order.stakes;
                             return std::any_of(stakes.begin(), stakes.end(), [&](const auto& stake) {
                               return stake.id == framed->ensemble.issues[i].name;
                             });
                           });
          inside = agenda || package[i] == now[static_cast<std::size_t>(v)];
          continue;
        }
        const auto k = static_cast<std::size_t>(found - game.focus.begin());
        const int from = game.graph.states[static_cast<std::size_t>(present)].levels[k];
        code += stride[k] * (package[i] - from);
      }
      states_.back().push_back(inside ? state_of[static_cast<std::size_t>(code)] : -1);
    }
  }
  for (const auto& party : framed->ensemble.parties)
    draws_.push_back(std::make_shared<const deals::UtilityDraw>(party.order));
}

std::vector<int> ZoneStates::zone(std::uint64_t seed, std::uint64_t world) const {
  const deals::Ensemble& e = framed_->ensemble;
  const deals::Resolution& resolution =
      e.resolutions[deals::drawn_resolution(e.resolutions.size(), seed, world)];
  std::vector<int> zone;
  for (std::size_t x = 0; x < e.packages.size(); ++x)
    if (resolution.broken[x] == 0) zone.push_back(static_cast<int>(x));
  for (std::size_t p = 0; p < e.parties.size() && !zone.empty(); ++p) {
    const auto party = deals::PartyWorld::make(*draws_[p], e, p, seed, world);
    if (!party) return {};
    party->settle(resolution);
    std::erase_if(zone, [&](int x) {
      const deals::Case& package = resolution.packages[static_cast<std::size_t>(x)];
      return resolution.asks(static_cast<std::size_t>(x), p) &&
             !party->accepts(package, party->utility(package));
    });
  }
  return zone;
}

}  // namespace parley::questions
