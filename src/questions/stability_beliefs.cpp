// SPDX-License-Identifier: MIT
// Rows of `beliefs` as games of their own: what a decision maker takes to be so is a patch of the account.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "questions/stability_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;

/// Concepts whose rows say what somebody wants or can do: who does not believe a row does without it.
constexpr std::array<std::string_view, 6> kDoubted = {"positions",  "preferences", "saliences",
                                                      "objectives", "commitments", "mechanisms"};

struct Belief {
  Twist twist;
  account::Patch patch;
};

/// What the row makes of the account, or why it makes nothing of it.
std::optional<Belief> read(const Column& column, const framing::Situation& s, const Row& row,
                           const framing::AccountGame& game, std::string& why) {
  const std::string about = row.text("about");
  const account::Value* believes = row.value("believes");
  const auto reading = std::find_if(column.readings.begin(), column.readings.end(),
                                    [&](const account::Patch& patch) { return patch.id == about; });
  if (reading != column.readings.end()) {
    const auto share = believes == nullptr ? expression::Interval{1, 1} : s.interval(believes, {0, 1});
    return Belief{{row.id, about, share}, *reading};
  }
  if (believes == nullptr) {
    why = fmt::format("the row has no `believes` of {}", row.text("by"));
    return std::nullopt;
  }
  const Row* named = s.row(about);
  const std::string_view kind = named == nullptr ? "" : std::string_view(named->concept_name);
  if (kind == "commitments" && named->condition("if") != nullptr) {
    const bool pledge = std::any_of(game.pledges.begin(), game.pledges.end(),
                                    [&](const framing::Pledge& p) { return p.row == about; });
    why = pledge ? "" : "how likely the commitment is carried out is in the utilities already";
    return std::nullopt;
  }
  if (std::find(kDoubted.begin(), kDoubted.end(), kind) == kDoubted.end()) {
    why = fmt::format("what {} takes `{}` to be changes nobody's moves or preferences here", row.text("by"),
                      about);
    return std::nullopt;
  }
  const auto holds = s.interval(believes, {0, 1});
  account::Edit gone;
  gone.kind = account::Edit::Kind::remove_row;
  gone.row = about;
  return Belief{{row.id, about, {1 - holds.second, 1 - holds.first}}, {"without " + about, "", {gone}}};
}

/// The same focus in the account under these beliefs; a sentence where it is another game.
std::string frame(const Column& column, const std::vector<const account::Patch*>& patches,
                  const framing::AccountGame& game, framing::AccountGame& out) {
  account::Account rows = column.rows;
  for (const account::Patch* patch : patches) rows = account::apply(rows, *patch);
  const framing::Situation s = framing::make_situation(rows, column.options);
  framing::StabilityOptions options;
  options.nature_moves = std::any_of(game.focus.begin(), game.focus.end(),
                                     [](const framing::FocusIssue& issue) { return issue.movers.empty(); });
  for (const auto& issue : game.focus) options.focus.push_back(issue.id);
  if (std::string wrong = framing::wrong_focus(s, options); !wrong.empty()) return wrong;
  std::vector<framing::Framed> tables;
  for (const Row* row : s.of("talks"))
    if (auto one = framing::frame_deals(s, row->id)) tables.push_back(std::move(*one));
  std::vector<const framing::Framed*> pointers;
  for (const auto& one : tables) pointers.push_back(&one);
  out = std::move(framing::frame_stability(s, pointers, options).front());
  if (!out.too_large.empty()) return out.too_large;
  ratify(out, nullptr);
  bool same = out.movers == game.movers && out.decision_makers == game.decision_makers;
  for (std::size_t k = 0; k < game.graph.issues.size() && same; ++k)
    same = game.graph.issues[k].levels == out.graph.issues[k].levels;
  return same ? "" : "it has other movers or levels";
}

bool believes_it(const framing::Situation& s, const Row& row, const std::string& who) {
  const auto by = s.members(row.text("by"));
  return std::find(by.begin(), by.end(), who) != by.end();
}

}  // namespace

std::vector<FramedView> frame_views(const Column& column, const framing::Situation& s,
                                    const framing::AccountGame& game) {
  std::vector<FramedView> views(game.too_large.empty() ? game.players.size() : 0);
  for (std::size_t i = 0; i < views.size(); ++i) {
    FramedView& view = views[i];
    std::vector<account::Patch> patches;
    for (const Row* row : s.of("beliefs")) {
      if (!believes_it(s, *row, game.players[i].id)) continue;
      std::string why;
      auto belief = read(column, s, *row, game, why);
      if (belief && patches.size() == kMostTwists) {
        why = fmt::format("at most {} beliefs of one side are taken together", kMostTwists);
        belief.reset();
      }
      framing::AccountGame alone;
      if (belief) why = frame(column, {&belief->patch}, game, alone);
      if (!why.empty()) view.unread.emplace_back(row->id, why);
      if (!belief || !why.empty()) continue;
      view.twists.push_back(belief->twist);
      patches.push_back(std::move(belief->patch));
    }
    if (patches.empty()) continue;
    view.games.resize(std::size_t{1} << patches.size());
    for (std::size_t bits = 1; bits < view.games.size(); ++bits) {
      std::vector<const account::Patch*> own;
      for (std::size_t n = 0; n < patches.size(); ++n)
        if ((bits >> n & 1U) != 0) own.push_back(&patches[n]);
      std::string why = frame(column, own, game, view.games[bits]);
      if (why.empty()) continue;
      // Together they make another game: none of them is taken.
      for (const Twist& twist : view.twists) view.unread.emplace_back(twist.row, why);
      view.twists.clear();
      view.games.clear();
    }
  }
  return views;
}

}  // namespace parley::questions
