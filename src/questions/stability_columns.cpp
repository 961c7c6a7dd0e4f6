// SPDX-License-Identifier: MIT
// Many readings of one account: games that a reading leaves as they are are solved once.
#include <algorithm>
#include <map>

#include "questions/digest.hpp"
#include "questions/stability_parts.hpp"
#include "worlds/parallel.hpp"

namespace parley::questions {

Fingerprint fingerprint(const FramedGame& framed) {
  const framing::AccountGame& g = framed.game;
  Digest digest;
  digest.add(g.talks);
  for (const auto& issue : g.focus) {
    digest.add(issue.id);
    digest.add(issue.movers);
    digest.add(issue.rows);
  }
  digest.add(framed.level_words);
  digest.add(g.mover_names);
  digest.add(g.names);
  for (const auto& state : g.graph.states) digest.add(state.number);
  const auto add_moves = [&digest](const auto& by_mover) {
    for (const auto& moves : by_mover) {
      digest.add(moves.size());
      for (const auto& arc : moves) digest.add(std::uint64_t{arc.from} << 32 | arc.to);
    }
  };
  add_moves(g.graph.moves);
  for (const auto& chance : g.chances) {
    digest.add(chance.id);
    digest.add(chance.believed);
  }
  for (const auto& pledge : g.pledges) {
    digest.add(pledge.row);
    digest.add(pledge.kept);
    digest.add(pledge.source);
  }
  digest.add(g.resolutions);
  digest.add(g.all_settlements);
  for (const auto& settlement : g.settlements) {
    digest.add(settlement.now);
    digest.add(settlement.states);
  }
  for (const auto& player : g.players) {
    digest.add(player.core);
    digest.add(player.extra);
    digest.add(player.heavier);
    digest.add(player.party);
    for (const bool said : player.said) digest.add(said);
    digest.add(player.silent);
  }
  for (const auto& who : g.ratifiers) {
    digest.add(who.id);
    digest.add(who.name);
    digest.add(who.issues);
    digest.add(who.limits);
    digest.add(who.voice);
    digest.add(who.open);
  }
  add_moves(g.open_moves);
  for (const auto& barred : g.barred) digest.add(barred.row);
  for (const auto& out : g.left_out) digest.add(out.id);
  digest.add(g.used_rows);
  digest.add(g.too_large);
  if (framed.talks != nullptr) {
    const Fingerprint own = questions::fingerprint(*framed.talks);
    digest.add(own.first);
    digest.add(own.second);
  }
  return digest.value();
}

namespace {

/// Columns whose games are framed side by side: each holds all its states and moves until it is solved, and
/// many readings at once would fill the memory.
constexpr std::size_t kFramedAtOnce = 16;

/// Games that were met already, by what they were made of; null where a stop came first.
using Games = std::map<Fingerprint, std::shared_ptr<const GameAnswer>>;

/// What a reading is asked: fewer worlds, no proofs, fewer concepts.
StabilityAsk ask_of_reading(const StabilityAsk& ask, int draws) {
  StabilityAsk own = ask;
  own.solve.draws = std::min(own.solve.draws, draws);
  own.solve.prove = false;
  own.whole = false;
  own.concepts = ask.reading_concepts;
  return own;
}

/// The columns from `from` on that are framed at once, and the games of each in `keys`.
struct Batch {
  std::size_t from = 0;
  std::vector<FramedColumn> framed;
  std::vector<std::vector<Fingerprint>> keys;
};

Batch frame_batch(const std::vector<Column>& columns, const std::vector<const ColumnAnswer*>& solved,
                  const StabilityAsk& ask, std::size_t from, const worlds::Parallel& parallel) {
  const std::size_t count = from == 0 ? 1 : std::min(kFramedAtOnce, columns.size() - from);
  Batch batch{from, std::vector<FramedColumn>(count), {}};
  worlds::parallel_for(
      static_cast<std::int64_t>(batch.framed.size()),
      [&](std::int64_t i) {
        const std::size_t at = from + static_cast<std::size_t>(i);
        StabilityAsk own = ask;
        own.whole = ask.whole && at == 0;
        batch.framed[static_cast<std::size_t>(i)] =
            frame_column(columns[at], own, solved.empty() ? nullptr : solved[at]);
      },
      parallel);
  for (const FramedColumn& column : batch.framed) {
    auto& keys = batch.keys.emplace_back();
    for (const FramedGame& game : column.games) keys.push_back(fingerprint(game));
  }
  return batch;
}

/// Solves the games of a batch that were not met before.
void solve_batch(const Batch& batch, const StabilityAsk& ask, int patch_draws,
                 const worlds::Parallel& parallel, Games& games) {
  std::vector<std::pair<const FramedGame*, bool>> work;  // and whether the account as written has it
  std::vector<Fingerprint> keys;
  for (std::size_t c = 0; c < batch.framed.size(); ++c)
    for (std::size_t g = 0; g < batch.framed[c].games.size(); ++g)
      if (games.emplace(batch.keys[c][g], nullptr).second) {
        work.emplace_back(&batch.framed[c].games[g], batch.from + c == 0);
        keys.push_back(batch.keys[c][g]);
      }
  std::vector<std::shared_ptr<const GameAnswer>> answers(work.size());
  if (batch.from == 0) {  // the account as written comes first, game by game, each on all threads
    for (std::size_t i = 0; i < work.size() && !Control(ask.solve.cancel).stopped(); ++i)
      games[keys[i]] = solve_game(*work[i].first, ask);
    return;
  }
  StabilityAsk one = ask;
  one.solve.threads = 1;
  worlds::parallel_for(
      static_cast<std::int64_t>(work.size()),
      [&](std::int64_t i) {
        const auto& [game, written] = work[static_cast<std::size_t>(i)];
        answers[static_cast<std::size_t>(i)] =
            solve_game(*game, written ? one : ask_of_reading(one, patch_draws));
      },
      parallel);
  for (std::size_t i = 0; i < work.size(); ++i) games[keys[i]] = std::move(answers[i]);
}

}  // namespace

std::vector<StabilityAnswer> stability_of(const std::vector<Column>& columns,
                                          const std::vector<const ColumnAnswer*>& solved,
                                          const StabilityAsk& ask, int patch_draws,
                                          const std::function<void(double)>& progress, std::string* wrong) {
  const worlds::Parallel parallel{ask.solve.threads, ask.solve.cancel, {}};
  Games games;
  std::vector<StabilityAnswer> list;
  for (std::size_t from = 0, count = 1; from < columns.size(); from += count) {
    const Batch batch = frame_batch(columns, solved, ask, from, parallel);
    count = batch.framed.size();
    if (wrong != nullptr && from == 0) *wrong = batch.framed.front().wrong;
    solve_batch(batch, ask, patch_draws, parallel, games);
    for (std::size_t c = 0; c < batch.framed.size(); ++c) {
      const bool whole = batch.framed[c].framed && batch.framed[c].wrong.empty() &&
                         std::all_of(batch.keys[c].begin(), batch.keys[c].end(),
                                     [&](const Fingerprint& key) { return games.at(key) != nullptr; });
      if (!whole) continue;  // stopped before it, or a focus that this reading lacks
      list.push_back({columns[from + c], {}});
      for (const Fingerprint& key : batch.keys[c]) list.back().games.push_back(games.at(key));
    }
    if (progress) progress(static_cast<double>(from + count) / static_cast<double>(columns.size()));
  }
  return list;
}

StabilityAnswer solve_stability(const Column& column, const StabilityAsk& ask, const ColumnAnswer* solved,
                                std::string* wrong) {
  const FramedColumn framed = frame_column(column, ask, solved);
  StabilityAnswer answer{column, {}};
  if (wrong != nullptr) *wrong = framed.wrong;
  for (const FramedGame& game : framed.games) answer.games.push_back(solve_game(game, ask));
  return answer;
}

}  // namespace parley::questions
