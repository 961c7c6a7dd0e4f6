// SPDX-License-Identifier: MIT
#include "questions/stability_comparer.hpp"

namespace parley::questions {

using stability::State;

namespace {

/// One whole of what the player cares about here.
deals::OrdinalParty whole_order(const framing::Player& player) {
  deals::OrdinalParty order = player.core;
  const int core = static_cast<int>(player.core.stakes.size());
  if (core == 0) order = player.extra;
  order.id = player.id;
  if (core == 0 || player.extra.stakes.empty()) return order;
  // Drawn beside each other, the two have no bounds of weight in common: a wider set of utilities, over which
  // a proof is a proof all the same.
  order.weight_bounds.clear();
  order.consequence_block = {0, 1};
  order.stakes.insert(order.stakes.end(), player.extra.stakes.begin(), player.extra.stakes.end());
  for (const auto& [a, b] : player.extra.heavier) order.heavier.emplace_back(a + core, b + core);
  for (const auto& [a, b] : player.extra.alike) order.alike.emplace_back(a + core, b + core);
  for (const auto& pair : player.heavier) order.heavier.push_back(pair);
  return order;
}

}  // namespace

Comparer::Comparer(const framing::AccountGame& game, const std::atomic<bool>* cancel) : cancel_(cancel) {
  for (const auto* players : {&game.players, &game.voices})
    for (const framing::Player& player : *players) {
      deals::UncertainParty party;
      party.order = whole_order(player);
      ensemble_.parties.push_back(std::move(party));
    }
  ensemble_.chances = game.chances;
  for (std::size_t p = 0; p < ensemble_.parties.size(); ++p) provers_.emplace_back(ensemble_, p);
  for (const auto& settlement : game.settlements) worlds_.push_back(&settlement.states);
}

Compared Comparer::compare(std::size_t p, State s, State t) {
  if (!provers_[p].consistent()) return Compared::unknown;
  Compared result = Compared::unknown;
  for (std::size_t w = 0; w < worlds_.size(); ++w) {
    const Compared here = compare(w, p, s, t);
    if (here == Compared::unknown || (w > 0 && here != result)) return Compared::unknown;
    result = here;
  }
  return result;
}

/// What the comparison depends on: the stakes in which the two differ, or both whole where chances are at
/// work.
std::vector<std::uint32_t> Comparer::key(std::size_t w, std::size_t p, State s, State t) const {
  const deals::Case &a = (*worlds_[w])[s], &b = (*worlds_[w])[t];
  std::vector<std::uint32_t> key;
  if (a.chances.empty() && b.chances.empty()) {
    const auto &x = a.branches[0].levels[p], &y = b.branches[0].levels[p];
    for (std::size_t stake = 0; stake < x.size(); ++stake) {
      const bool one = (x[stake] & (x[stake] - 1)) == 0;
      if (x[stake] == y[stake] && one) continue;
      key.insert(key.end(), {static_cast<std::uint32_t>(stake), x[stake], y[stake]});
    }
    return key;
  }
  for (const deals::Case* c : {&a, &b}) {
    key.push_back(0xffffffffU);
    for (const int chance : c->chances) key.push_back(static_cast<std::uint32_t>(chance));
    key.push_back(0xfffffffeU);
    for (const auto& branch : c->branches)
      key.insert(key.end(), branch.levels[p].begin(), branch.levels[p].end());
  }
  return key;
}

Compared Comparer::compare(std::size_t w, std::size_t p, State s, State t) {
  auto what = key(w, p, s, t);
  if (what.empty()) return Compared::not_better;  // alike in all that it cares about
  what.push_back(static_cast<std::uint32_t>(p));
  if (const auto found = known_.find(what); found != known_.end()) return found->second;
  const bool stop = cancel_ != nullptr && cancel_->load();
  if (known_.size() >= kMostProgrammes || stop) {
    complete_ = false;
    return Compared::unknown;
  }
  const deals::Proof proof = provers_[p].prove((*worlds_[w])[s], (*worlds_[w])[t]);
  Compared result = Compared::unknown;
  if (proof.exact && proof.standing == deals::Standing::necessary) result = Compared::not_better;
  if (proof.exact && proof.standing == deals::Standing::dead) result = Compared::better;
  known_.emplace(std::move(what), result);
  return result;
}

}  // namespace parley::questions
