// SPDX-License-Identifier: MIT
// Joint moves that a ratifier with a stated wish bars (two-level games), and those that it may or may not
// agree to: by the comparisons that the proofs use, so that what its rows leave open stays open.
#include <algorithm>
#include <bit>

#include "questions/stability_comparer.hpp"
#include "questions/stability_parts.hpp"

namespace parley::questions {
namespace {

using framing::AccountGame;
using framing::GameRatifier;
using stability::Arc;
using stability::Members;

enum class Consent { given, open, refused };

class Ratification {
 public:
  Ratification(AccountGame& game, const std::atomic<bool>* cancel) : game_(game), comparer_(game, cancel) {}

  void run() {
    for (std::size_t k = 0; k < game_.movers.size(); ++k) {
      if (std::popcount(game_.movers[k]) < 2) continue;
      std::vector<GameRatifier*> asked;
      for (GameRatifier& who : game_.ratifiers)
        if (moves(k, who.of) && !moves(k, who.id)) asked.push_back(&who);
      if (!asked.empty()) ask(k, asked);
    }
  }

 private:
  [[nodiscard]] bool moves(std::size_t mover, const std::string& id) const {
    const auto& all = game_.decision_makers;
    const auto at = std::find(all.begin(), all.end(), id);
    return at != all.end() && (game_.movers[mover] >> (at - all.begin()) & Members{1}) != 0;
  }

  [[nodiscard]] bool changes(const Arc& arc, const std::vector<int>& issues) const {
    return std::any_of(issues.begin(), issues.end(), [&](int k) {
      const auto at = static_cast<std::size_t>(k);
      return game_.graph.states[arc.from].levels[at] != game_.graph.states[arc.to].levels[at];
    });
  }

  Consent consent(const GameRatifier& who, const Arc& arc) {
    if (changes(arc, who.open)) return Consent::open;
    if (who.voice < 0 || !changes(arc, who.issues)) return Consent::given;
    // A tie is acceptance, as at a table: refused where what is left is better.
    switch (comparer_.compare(game_.players.size() + static_cast<std::size_t>(who.voice), arc.to, arc.from)) {
      case Compared::better:
        return Consent::refused;
      case Compared::not_better:
        return Consent::given;
      case Compared::unknown:
        break;
    }
    return Consent::open;
  }

  void ask(std::size_t mover, const std::vector<GameRatifier*>& asked) {
    std::erase_if(game_.graph.moves[mover], [&](const Arc& arc) {
      std::vector<GameRatifier*> open;
      for (GameRatifier* who : asked) {
        const Consent said = consent(*who, arc);
        if (said == Consent::refused) {
          bar(who->id);
          return true;
        }
        if (said == Consent::open) open.push_back(who);
      }
      for (GameRatifier* who : open) ++who->undecided;
      if (!open.empty()) game_.open_moves[mover].push_back(arc);
      return false;
    });
  }

  void bar(const std::string& row) {
    auto& list = game_.barred;
    const auto at =
        std::lower_bound(list.begin(), list.end(), row,
                         [](const framing::Barred& b, const std::string& id) { return b.row < id; });
    if (at != list.end() && at->row == row)
      ++at->moves;
    else
      list.insert(at, {row, 0, 1});
  }

  AccountGame& game_;
  Comparer comparer_;
};

}  // namespace

void ratify(AccountGame& game, const std::atomic<bool>* cancel) {
  game.open_moves.assign(game.movers.size(), {});
  if (!game.too_large.empty() || game.ratifiers.empty()) return;
  Ratification(game, cancel).run();
}

}  // namespace parley::questions
