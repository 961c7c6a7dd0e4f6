// SPDX-License-Identifier: MIT
// What orders alone decide: comparisons of states that hold in every consistent world, and the bounds of
// stability that follow from them.
#include <algorithm>
#include <map>

#include "deals/ensemble_proof.hpp"
#include "questions/stability_parts.hpp"

namespace parley::questions {
namespace {

using stability::State;

constexpr std::size_t kMostProofStates = 1'024;
constexpr std::size_t kMostProgrammes = 6'000;  // of one game; what is not compared stays unknown

enum class Compared : std::uint8_t { unknown, better, not_better };  // of t, seen from s

class Comparer {
 public:
  Comparer(const framing::AccountGame& game, const std::atomic<bool>* cancel) : cancel_(cancel) {
    for (const framing::Player& player : game.players) {
      deals::UncertainParty party;
      party.order = player.core;
      party.order.id = player.id;
      const int core = static_cast<int>(player.core.stakes.size());
      const bool mixed = core > 0 && !player.extra.stakes.empty();
      if (core == 0) party.order = player.extra;
      if (mixed) {
        // Drawn beside each other, the two have no bounds of weight in common: a wider set of utilities,
        // over which a proof is a proof all the same.
        party.order.weight_bounds.clear();
        party.order.consequence_block = {0, 1};
        party.order.stakes.insert(party.order.stakes.end(), player.extra.stakes.begin(),
                                  player.extra.stakes.end());
        for (const auto& [a, b] : player.extra.heavier) party.order.heavier.emplace_back(a + core, b + core);
        for (const auto& [a, b] : player.extra.alike) party.order.alike.emplace_back(a + core, b + core);
        for (const auto& pair : player.heavier) party.order.heavier.push_back(pair);
      }
      ensemble_.parties.push_back(std::move(party));
    }
    ensemble_.chances = game.chances;
    for (std::size_t p = 0; p < ensemble_.parties.size(); ++p) provers_.emplace_back(ensemble_, p);
    for (const auto& settlement : game.settlements) worlds_.push_back(&settlement.states);
  }

  /// Seen from s: is t better, or not better, in every world?
  Compared compare(std::size_t p, State s, State t) {
    Compared result = Compared::unknown;
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      const Compared here = compare(w, p, s, t);
      if (here == Compared::unknown || (w > 0 && here != result)) return Compared::unknown;
      result = here;
    }
    return result;
  }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  /// What the comparison depends on: the stakes in which the two differ, or both whole where chances are at
  /// work.
  std::vector<std::uint32_t> key(std::size_t w, std::size_t p, State s, State t) const {
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

  Compared compare(std::size_t w, std::size_t p, State s, State t) {
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

  const std::atomic<bool>* cancel_;
  deals::Ensemble ensemble_;
  std::vector<deals::CaseProver> provers_;
  std::vector<const std::vector<deals::Case>*> worlds_;  ///< states of each settlement
  std::map<std::vector<std::uint32_t>, Compared> known_;
  bool complete_ = true;
};

}  // namespace

void prove_by_orders(GameAnswer& answer, const stability::Graph& graph, const std::atomic<bool>* cancel) {
  const framing::AccountGame& game = answer.game;
  const std::size_t states = graph.states;
  if (!game.all_settlements || states > kMostProofStates) return;
  Comparer comparer(game, cancel);
  std::vector<stability::Comparisons> known(game.players.size());
  for (auto& one : known)
    one.better = one.not_better = std::vector<stability::Bits>(states, stability::Bits(states));
  const auto look = [&](std::size_t p, State s, State t) {
    if (s == t || known[p].better[s].has(t) || known[p].not_better[s].has(t)) return;
    const Compared result = comparer.compare(p, s, t);
    if (result == Compared::better) known[p].better[s].add(t);
    if (result == Compared::not_better) known[p].not_better[s].add(t);
  };
  // Moves first: where the work ends early, at least Nash stability is decided.
  for (std::size_t k = 0; k < game.movers.size(); ++k)
    for (std::size_t p = 0; p < game.players.size(); ++p)
      if ((game.movers[k] >> p & 1U) != 0)
        for (State s = 0; s < states; ++s)
          for (const State t : graph.out[k].of(s)) look(p, s, t);
  for (std::size_t p = 0; p < game.players.size(); ++p)
    for (State s = 0; s < states; ++s) {
      known[p].not_better[s].add(s);
      for (State t = 0; t < states; ++t) look(p, s, t);
    }
  answer.proofs_complete = comparer.complete();
  stability::Watch watch;
  watch.cancel = cancel;
  const auto bounds = stability::stable_bounds(graph, game.movers, known, watch);
  if (!bounds) return;
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    ConceptCount& count = answer.concepts[c];
    count.proved.assign(states, 0);
    count.proved_for.assign(game.players.size(), std::vector<int>(states, 0));
    const auto decide = [&](State s, stability::Members who) {
      bool always = true, possibly = true;
      for (std::size_t k = 0; k < game.movers.size(); ++k) {
        if ((game.movers[k] & who) == 0) continue;
        always = always && bounds->always[c][k].has(s);
        possibly = possibly && bounds->possibly[c][k].has(s);
      }
      return always ? 1 : possibly ? 0 : -1;
    };
    for (State s = 0; s < states; ++s) {
      count.proved[s] = decide(s, ~stability::Members{0});
      for (std::size_t p = 0; p < game.players.size(); ++p)
        count.proved_for[p][s] = decide(s, stability::Members{1} << p);
    }
  }
}

}  // namespace parley::questions
