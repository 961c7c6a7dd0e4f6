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
  for (const auto& moves : g.graph.moves) {
    digest.add(moves.size());
    for (const auto& arc : moves) digest.add(std::uint64_t{arc.from} << 32 | arc.to);
  }
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
  for (const auto& moves : g.open_moves) {
    digest.add(moves.size());
    for (const auto& arc : moves) digest.add(std::uint64_t{arc.from} << 32 | arc.to);
  }
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

std::vector<StabilityAnswer> stability_of(const std::vector<Column>& columns,
                                          const std::vector<const ColumnAnswer*>& solved,
                                          const StabilityAsk& ask, int patch_draws,
                                          const std::function<void(double)>& progress, std::string* wrong) {
  std::vector<FramedColumn> framed(columns.size());
  const worlds::Parallel parallel{ask.solve.threads, ask.solve.cancel, {}};
  worlds::parallel_for(
      static_cast<std::int64_t>(columns.size()),
      [&](std::int64_t i) {
        const auto at = static_cast<std::size_t>(i);
        StabilityAsk own = ask;
        own.whole = ask.whole && at == 0;
        framed[at] = frame_column(columns[at], own, solved.empty() ? nullptr : solved[at]);
      },
      parallel);
  if (wrong != nullptr && !framed.empty()) *wrong = framed.front().wrong;
  std::map<Fingerprint, std::size_t> known;
  std::vector<std::pair<const FramedGame*, bool>> work;  // and whether the account as written has it
  std::vector<std::vector<std::size_t>> answer_of(columns.size());
  for (std::size_t c = 0; c < framed.size(); ++c)
    for (const FramedGame& game : framed[c].games) {
      const auto [found, fresh] = known.emplace(fingerprint(game), work.size());
      if (fresh) work.emplace_back(&game, c == 0);
      answer_of[c].push_back(found->second);
    }
  std::vector<std::shared_ptr<const GameAnswer>> answers(work.size());
  StabilityAsk one = ask;
  one.solve.threads = 1;
  std::atomic<std::size_t> done = 0;
  worlds::parallel_for(
      static_cast<std::int64_t>(work.size()),
      [&](std::int64_t i) {
        const auto at = static_cast<std::size_t>(i);
        StabilityAsk own = one;
        if (!work[at].second) {
          own.solve.draws = std::min(own.solve.draws, patch_draws);
          own.solve.prove = false;
          own.whole = false;
          own.concepts = ask.reading_concepts;
        }
        answers[at] = solve_game(*work[at].first, own);
        if (progress) progress(static_cast<double>(++done) / static_cast<double>(work.size()));
      },
      parallel);
  std::vector<StabilityAnswer> list;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool whole = framed[c].framed && framed[c].wrong.empty() &&
                       std::all_of(answer_of[c].begin(), answer_of[c].end(),
                                   [&](std::size_t n) { return answers[n] != nullptr; });
    if (!whole) continue;  // stopped before it, or a focus that this reading lacks
    list.push_back({columns[c], {}});
    for (const std::size_t n : answer_of[c]) list.back().games.push_back(answers[n]);
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
