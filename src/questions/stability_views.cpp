// SPDX-License-Identifier: MIT
#include "questions/stability_views.hpp"

#include <algorithm>

#include "stability/ranks.hpp"
#include "worlds/random.hpp"

namespace parley::questions {

using stability::Bits;
using stability::Individual;
using stability::Rankings;
using stability::State;

namespace {

/// The concepts that views are solved for.
constexpr stability::ConceptSet kViewed = {true, false, false, true, false};

}  // namespace

GameViews::GameViews(const framing::AccountGame& game, const stability::Graph& graph,
                     const std::vector<FramedView>& views, bool whole)
    : game_(game), views_(views) {
  const bool twisted =
      std::any_of(views.begin(), views.end(), [](const FramedView& view) { return !view.twists.empty(); });
  any_ = whole && graph.states > 0 && (!game.pledges.empty() || twisted);
  if (!any_) return;
  const auto add = [&](const framing::AccountGame& one) {
    for (const auto& state : one.graph.states) all_.emplace(state.number, 0);
  };
  add(game);
  for (const FramedView& view : views)
    for (const auto& one : view.games) add(one);
  State next = 0;
  for (auto& [number, state] : all_) state = next++;
  base_ = variant_of(game);
  variants_.resize(views.size());
  for (std::size_t i = 0; i < views.size(); ++i)
    for (std::size_t n = 1; n < views[i].games.size(); ++n)
      variants_[i].emplace(n, variant_of(views[i].games[n]));
}

GameViews::~GameViews() = default;

GameViews::Variant GameViews::variant_of(const framing::AccountGame& game) const {
  Variant v;
  v.game = &game;
  v.utilities = std::make_unique<GameUtilities>(game);
  v.seen = Bits(all_.size());
  for (const auto& state : game.graph.states) {
    v.place.push_back(all_.at(state.number));
    v.seen.add(v.place.back());
  }
  std::vector<std::vector<stability::Arc>> moves;
  for (const auto& own : game.graph.moves) {
    moves.emplace_back();
    for (const auto& arc : own) moves.back().push_back({v.place[arc.from], v.place[arc.to]});
  }
  v.graph = stability::graph_of(all_.size(), std::move(moves));
  return v;
}

/// Which commitments the viewer takes to be kept: those whose throw, the same for all, is within its belief.
std::vector<bool> GameViews::kept(const framing::AccountGame& game, std::size_t viewer, std::uint64_t seed,
                                  std::uint64_t world) const {
  std::vector<bool> list;
  for (const framing::Pledge& pledge : game.pledges) {
    const double thrown = worlds::Stream(seed, "pledge:" + pledge.row, world).uniform(0, 1);
    const auto& [low, high] = pledge.kept[viewer];
    const double believed = worlds::Stream(seed, "pledge:" + pledge.row + ":" + pledge.source[viewer], world)
                                .uniform(low.get_d(), high.get_d());
    list.push_back(thrown < believed);
  }
  return list;
}

/// Ranks over the states of all; who is taken to keep its word prefers first whatever breaks it least.
Rankings GameViews::spread(const Variant& v, std::size_t settlement, const Rankings& ranks,
                           const std::vector<bool>& kept) const {
  Rankings all;
  for (std::size_t p = 0; p < ranks.size(); ++p) {
    all.emplace_back(all_.size(), 0);
    const auto worst = static_cast<stability::Rank>(ranks[p].size());
    for (std::size_t s = 0; s < ranks[p].size(); ++s) {
      stability::Rank value = ranks[p][s];
      for (std::size_t n = 0; n < kept.size(); ++n)
        if (kept[n] && v.game->pledges[n].maker == p && v.game->settlements[settlement].broken[n][s])
          value += worst;
      all.back()[v.place[s]] = value;
    }
    all.back() = stability::dense(all.back());
  }
  return all;
}

/// Which of its beliefs the viewer takes to be so.
std::size_t GameViews::taken(std::size_t viewer, std::uint64_t seed, std::uint64_t world) const {
  std::size_t bits = 0;
  for (std::size_t n = 0; n < views_[viewer].twists.size(); ++n) {
    const Twist& twist = views_[viewer].twists[n];
    worlds::Stream stream(seed, "belief:" + twist.row + ":" + twist.about, world);
    const double believed = stream.uniform(twist.believes.first.get_d(), twist.believes.second.get_d());
    if (stream.uniform(0, 1) < believed) bits |= std::size_t{1} << n;
  }
  return bits;
}

void GameViews::count(std::uint64_t seed, std::uint64_t world, std::size_t settlement, const Rankings& ranks,
                      const Individual& found, PerceptionCount& tally) const {
  // What a maker means is the truth of its commitment.
  std::vector<bool> meant;
  for (std::size_t n = 0; n < game_.pledges.size(); ++n)
    meant.push_back(kept(game_, game_.pledges[n].maker, seed, world)[n]);
  Individual truth;
  const bool same =
      all_.size() == ranks.front().size() && std::find(meant.begin(), meant.end(), true) == meant.end();
  if (same)
    truth = found;
  else
    stability::ArcSolver(base_.graph, game_.movers)
        .solve(spread(base_, settlement, ranks, meant), kViewed, truth);
  std::vector<Individual> by_view(ranks.size(), truth);
  std::vector<Bits> seen(ranks.size(), base_.seen);
  ++tally.worlds;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const std::size_t bits = i < views_.size() ? taken(i, seed, world) : 0;
    const Variant* variant = bits == 0 ? &base_ : &variants_[i].at(bits);
    const auto trusted = kept(*variant->game, i, seed, world);
    if (bits == 0 && trusted == meant) continue;
    std::size_t where = settlement;
    Rankings own = ranks;
    if (bits != 0) {
      where = variant->utilities->settlement(seed, world);
      bool drawn = true;
      for (std::size_t p = 0; p < own.size() && drawn; ++p) {
        auto ranks_there = variant->utilities->ranks(p, where, seed, world);
        drawn = !ranks_there.empty();
        if (drawn) own[p] = std::move(ranks_there);
      }
      if (!drawn) continue;  // no preferences agree with what it believes: it goes by the account
    }
    ++tally.apart[i];
    stability::ArcSolver(variant->graph, game_.movers)
        .solve(spread(*variant, where, own, trusted), kViewed, by_view[i]);
    seen[i] = variant->seen;
  }
  const auto put = stability::put_together(by_view, seen, truth, game_.movers);
  const int now = game_.settlements[settlement].now;
  tally.now_worlds += now >= 0 ? 1 : 0;
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    if (!kViewed[c]) continue;
    auto& of = tally.of[c];
    of.answered = true;
    for (std::size_t s = 0; s < base_.place.size(); ++s) {
      const State at = base_.place[s];
      of.holds[s] += put.holds[c].has(at) ? 1 : 0;
      of.informed[s] += put.informed[c].has(at) ? 1 : 0;
      for (std::size_t i = 0; i < ranks.size(); ++i) {
        of.looks[i][s] += put.looks[c][i].has(at) ? 1 : 0;
        of.surprising[i][s] += put.looks[c][i].has(at) && !put.holds[c].has(at) ? 1 : 0;
      }
    }
    if (now < 0) continue;
    const State at = base_.place[static_cast<std::size_t>(now)];
    of.now_holds += put.holds[c].has(at) ? 1 : 0;
    of.now_informed += put.informed[c].has(at) ? 1 : 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      of.now_looks[i] += put.looks[c][i].has(at) ? 1 : 0;
      of.now_surprising[i] += put.looks[c][i].has(at) && !put.holds[c].has(at) ? 1 : 0;
    }
    for (std::size_t k = 0; k < game_.movers.size(); ++k) {
      const bool stays = put.acts[c][k].has(at), should = put.should[c][k].has(at);
      of.now_leaves[k] += stays ? 0 : 1;
      of.now_should[k] += should ? 0 : 1;
      of.now_rash[k] += should && !stays ? 1 : 0;
      of.now_held_back[k] += stays && !should ? 1 : 0;
    }
  }
}

std::vector<ViewWords> GameViews::words() const {
  std::vector<ViewWords> list;
  for (std::size_t i = 0; i < game_.players.size(); ++i) {
    ViewWords words;
    words.dm = game_.players[i].id;
    for (const framing::Pledge& pledge : game_.pledges)
      if (pledge.source[i] != pledge.source[pledge.maker])
        words.reasons.push_back({pledge.row, pledge.row, pledge.kept[i], pledge.kept[pledge.maker]});
    if (i < views_.size()) {
      for (const Twist& twist : views_[i].twists)
        words.reasons.push_back({twist.row, twist.about, twist.believes, {0, 0}});
      words.unread = views_[i].unread;
    }
    list.push_back(std::move(words));
  }
  return list;
}

PerceptionCount empty_perception(const framing::AccountGame& game) {
  const std::size_t states = game.graph.states.size(), dms = game.players.size(), movers = game.movers.size();
  PerceptionCount count;
  count.apart.assign(dms, 0);
  for (auto& of : count.of) {
    of.holds = of.informed = std::vector<int>(states, 0);
    of.looks = of.surprising = std::vector<std::vector<int>>(dms, std::vector<int>(states, 0));
    of.now_looks = of.now_surprising = std::vector<int>(dms, 0);
    of.now_leaves = of.now_should = of.now_rash = of.now_held_back = std::vector<int>(movers, 0);
  }
  return count;
}

void add_perception(PerceptionCount& to, const PerceptionCount& from) {
  const auto add = [](std::vector<int>& a, const std::vector<int>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  };
  to.worlds += from.worlds;
  to.now_worlds += from.now_worlds;
  add(to.apart, from.apart);
  for (std::size_t c = 0; c < stability::kConcepts; ++c) {
    auto& a = to.of[c];
    const auto& b = from.of[c];
    a.answered = a.answered || b.answered;
    add(a.holds, b.holds);
    add(a.informed, b.informed);
    for (std::size_t i = 0; i < a.looks.size(); ++i) {
      add(a.looks[i], b.looks[i]);
      add(a.surprising[i], b.surprising[i]);
    }
    a.now_holds += b.now_holds;
    a.now_informed += b.now_informed;
    add(a.now_looks, b.now_looks);
    add(a.now_surprising, b.now_surprising);
    add(a.now_leaves, b.now_leaves);
    add(a.now_should, b.now_should);
    add(a.now_rash, b.now_rash);
    add(a.now_held_back, b.now_held_back);
  }
}

}  // namespace parley::questions
