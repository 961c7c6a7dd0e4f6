// SPDX-License-Identifier: MIT
// Parts that must ratify joint moves of their side (rule 9): who they are in a game, and what they want.
#include "framing/stability_maker.hpp"

#include <algorithm>

#include "framing/wishes.hpp"

namespace parley::framing {
namespace {

using account::Row;

/// Does a stated limit of the part (rule 3) concern an issue of the focus that it ratifies, or a package?
bool has_limit(const GameMaker& m, const std::string& id) {
  const auto line = binding_stance(m.s.options);
  if (!line) return false;
  const auto wishes = wishes_of(m.s, id);
  return std::any_of(wishes.begin(), wishes.end(), [&](const Wish& wish) {
    if (wish.stance < *line || (!wish.package.empty() && wish.stance != Stance::insists)) return false;
    return std::any_of(wish.levels.begin(), wish.levels.end(),
                       [&](const auto& part) { return m.in_focus[static_cast<std::size_t>(part.first)]; });
  });
}

}  // namespace

/// Does some row say what it wants of anything that a situation settles, or what no deal is worth to it?
bool PlayerMaker::speaks(const std::string& id, const std::vector<int>& effects) const {
  if (!states_a_preference(m_.s, id)) return false;
  for (const Row* row : m_.s.of("reservations"))
    if (row->text("by") == id) return true;
  const auto stated = [&](int v) {
    const Taste taste = taste_of(m_.s, id, v);
    return !taste.silent && !taste.indifferent;
  };
  return std::any_of(effects.begin(), effects.end(), stated) ||
         std::any_of(g_.focus.begin(), g_.focus.end(),
                     [&](const FocusIssue& issue) { return stated(issue.variable); });
}

void PlayerMaker::ratifiers(const std::vector<int>& effects) {
  for (const Row* row : m_.s.of("parts")) {
    GameRatifier who;
    who.id = row->id;
    who.of = row->text("of");
    const auto ratified = row->names("ratifies");
    for (std::size_t k = 0; k < g_.focus.size(); ++k) {
      const auto& issue = g_.focus[k];
      const auto decides = [&](const std::string& id) {
        return std::find(issue.movers.begin(), issue.movers.end(), id) != issue.movers.end();
      };
      // A part that settles an issue itself is asked as one who moves it.
      if (issue.movers.size() > 1 && decides(who.of) && !decides(who.id) &&
          std::find(ratified.begin(), ratified.end(), issue.id) != ratified.end())
        who.issues.push_back(static_cast<int>(k));
    }
    if (who.issues.empty()) continue;
    who.name = ratifier_name(m_.s.account, who.id, who.of);
    who.limits = has_limit(m_, who.id);
    if (speaks(who.id, effects)) {
      int party = -1;
      if (anchor_ != nullptr)
        for (const Ratifier& there : anchor_->ratifiers)
          if (there.id == who.id) party = there.party;
      who.voice = static_cast<int>(g_.voices.size());
      g_.voices.push_back(player_of(who.id, party, effects));
    } else if (!who.limits) {
      for (const int k : who.issues)
        if (!is_indifferent(m_.s, who.id, g_.focus[static_cast<std::size_t>(k)].variable))
          who.open.push_back(k);
    }
    g_.used_rows.push_back(who.id);
    g_.ratifiers.push_back(std::move(who));
  }
  std::sort(g_.ratifiers.begin(), g_.ratifiers.end(),
            [](const GameRatifier& a, const GameRatifier& b) { return a.id < b.id; });
}

}  // namespace parley::framing
