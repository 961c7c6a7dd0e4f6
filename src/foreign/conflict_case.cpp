// SPDX-License-Identifier: MIT
// The conflict-case file: option form, or an explicit graph.
#include <fmt/format.h>

#include <algorithm>

#include "foreign/conflict_parts.hpp"

namespace parley::foreign {
namespace {

using stability::Arc;
using stability::Direction;
using stability::GraphGame;
using stability::Pattern;
using stability::Rank;
using stability::State;
using Kind = Json::Kind;

constexpr std::size_t kMostComparedStates = 4096;  // listed states whose moves follow from their options

class Case {
 public:
  Case(ConflictParts& parts, const Json& top, GraphGame& game) : parts_(parts), top_(top), game_(game) {}

  void read(std::optional<stability::Space>& space) {
    if (!decision_makers() || !options() || !infeasible() || !states() || !moves() || !parts_.ok()) return;
    space = states_of(parts_, game_, top_.at);
    if (!space) return;
    space_ = &*space;
    preferences();
    rest();
  }

 private:
  bool decision_makers();
  bool options();
  bool infeasible();
  bool states();
  bool state(const Json& entry);
  bool moves();
  bool listed_moves(const Json& object);
  bool moves_by_options();
  void preferences();
  void preference(const Json& object, std::size_t dm);
  void strength(const Json& object, stability::Preference& preference);
  void rest();
  std::optional<std::size_t> dm_named(const std::string& name, std::size_t at);
  std::optional<State> state_numbered(long long number, std::size_t at);

  ConflictParts& parts_;
  const Json& top_;
  GraphGame& game_;
  const stability::Space* space_ = nullptr;
  std::map<long long, State> numbers_;
  bool directions_known_ = true;
};

std::optional<std::size_t> Case::dm_named(const std::string& name, std::size_t at) {
  const auto& known = game_.decision_makers;
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  parts_.wrong(at, "unknown-name", fmt::format("there is no decision maker `{}`", shown(name)),
               suggestion(name, known));
  return std::nullopt;
}

std::optional<State> Case::state_numbered(long long number, std::size_t at) {
  if (space_ != nullptr) {
    if (const auto found = space_->find(number)) return found;
  } else if (const auto found = numbers_.find(number); found != numbers_.end()) {
    return found->second;
  }
  parts_.wrong(at, "unknown-state", fmt::format("there is no state {}", number));
  return std::nullopt;
}

bool Case::decision_makers() {
  const Json* list = parts_.decision_makers(top_, "decision_makers");
  if (list == nullptr) return false;
  for (const Json& entry : list->items) {
    if (!entry.is(Kind::string)) {
      parts_.wrong(entry.at, "wrong-type",
                   fmt::format("a decision maker is {}; a name was expected", described(entry)));
      return false;
    }
    auto& known = game_.decision_makers;
    if (entry.text.empty() || std::find(known.begin(), known.end(), entry.text) != known.end()) {
      parts_.wrong(entry.at, "duplicate-name",
                   fmt::format("the name `{}` is empty or stands twice", shown(entry.text)),
                   "moves and preferences are given by name");
      return false;
    }
    known.push_back(entry.text);
  }
  game_.preferences.resize(game_.decision_makers.size());
  return true;
}

bool Case::options() {
  const Json* list = parts_.optional_member(top_, "options", Kind::array);
  if (list == nullptr) return parts_.ok();
  if (list->items.size() > stability::kMostIssues) {
    parts_.wrong(list->at, "too-large",
                 fmt::format("there are more than {} options", stability::kMostIssues));
    return false;
  }
  const Json* given = top_.member("moves");
  const bool by_options = given == nullptr || given->is(Kind::string);
  parts_.count_options(list->items.size());
  for (const Json& entry : list->items) {
    if (!entry.is(Kind::object)) {
      parts_.wrong(entry.at, "wrong-type",
                   fmt::format("an option is {}; an object was expected", described(entry)));
      return false;
    }
    stability::Issue issue;
    if (const Json* name = parts_.optional_member(entry, "name", Kind::string)) issue.name = name->text;
    if (const Json* owner = parts_.optional_member(entry, "owner", Kind::string))
      if (const auto dm = dm_named(owner->text, owner->at)) issue.owner = static_cast<int>(*dm);
    const Json* direction = entry.member("direction");  // beside listed moves it says nothing
    if (direction != nullptr && by_options && !direction->is(Kind::null))
      issue.direction = parts_.direction(*direction).value_or(Direction::both);
    game_.issues.push_back(std::move(issue));
  }
  return true;
}

bool Case::infeasible() {
  const Json* list = parts_.optional_member(top_, "infeasible", Kind::array);
  if (list == nullptr) return parts_.ok();
  for (const Json& entry : list->items) {
    auto pattern = parts_.pattern_of_object(entry);
    if (!pattern) return false;
    game_.infeasible.push_back(std::move(*pattern));
  }
  return true;
}

bool Case::state(const Json& entry) {
  if (!entry.is(Kind::object)) {
    parts_.wrong(entry.at, "wrong-type",
                 fmt::format("a state is {}; an object was expected", described(entry)));
    return false;
  }
  const Json* id = parts_.member(entry, "id", Kind::number);
  const auto number = id == nullptr ? std::nullopt : parts_.integer(*id, "the id of a state");
  if (!number) return false;
  stability::ExplicitState state;
  state.number = *number;
  if (!numbers_.emplace(*number, static_cast<State>(game_.states.size())).second) {
    parts_.wrong(id->at, "duplicate-state", fmt::format("two states have the id {}", *number));
    return false;
  }
  if (const Json* label = parts_.optional_member(entry, "label", Kind::string)) state.label = label->text;
  const Json* options = parts_.optional_member(entry, "options", Kind::string);
  if (options != nullptr && !game_.issues.empty()) {
    if (options->text.size() != game_.issues.size() ||
        options->text.find_first_not_of("YN-") != std::string::npos) {
      parts_.wrong(
          options->at, "bad-value",
          fmt::format("the options of state {} are \"{}\"; one of Y, N and - for each of {} options was "
                      "expected",
                      *number, shown(options->text), game_.issues.size()));
      return false;
    }
    for (const char c : options->text) state.levels.push_back(c == 'Y' ? 1 : c == 'N' ? 0 : -1);
  }
  game_.states.push_back(std::move(state));
  return true;
}

bool Case::states() {
  const Json* list = parts_.optional_member(top_, "states", Kind::array);
  if (list == nullptr) {
    if (game_.issues.empty())
      parts_.wrong(top_.at, "missing-key", "there are neither `states` nor `options`");
    return parts_.ok();
  }
  if (list->items.empty()) parts_.wrong(list->at, "no-states", "the list of states is empty");
  for (const Json& entry : list->items)
    if (!state(entry)) return false;
  return parts_.ok();
}

bool Case::listed_moves(const Json& object) {
  for (const Json& own : object.items) {
    const auto dm = dm_named(own.key, own.key_at);
    if (!dm) return false;
    if (!own.is(Kind::object)) {
      parts_.wrong(own.at, "wrong-type",
                   fmt::format("the moves of `{}` are {}; an object {{state: [states]}} was expected",
                               shown(own.key), described(own)));
      return false;
    }
    for (const Json& entry : own.items) {
      const auto number = parts_.integer_text(entry.key, entry.key_at, "a state");
      const auto from = number ? state_numbered(*number, entry.key_at) : std::nullopt;
      if (!from) return false;
      if (!entry.is(Kind::array)) {
        parts_.wrong(
            entry.at, "wrong-type",
            fmt::format("moves from state {} are {}; a list was expected", *number, described(entry)));
        return false;
      }
      for (const Json& value : entry.items) {
        const auto target = parts_.integer(value, "a state");
        const auto to = target ? state_numbered(*target, value.at) : std::nullopt;
        if (!to) return false;
        if (*to == *from) {
          parts_.warn(value.at, "loop", fmt::format("a move from state {} to itself is left out", *number));
          continue;
        }
        game_.moves[*dm].push_back({*from, *to});
      }
    }
  }
  return true;
}

/// Can an option go from a to b, where -1 stands for both values?
bool can_change(int a, int b, Direction direction) {
  if (a < 0 || b < 0 || a == b || direction == Direction::both) return true;
  return direction == Direction::up ? a < b : a > b;
}

/// Joint changes of one owner's options between listed states.
bool Case::moves_by_options() {
  const auto& states = game_.states;
  if (states.size() > kMostComparedStates) {
    parts_.wrong(
        top_.at, "too-large",
        fmt::format("moves between more than {} listed states must be listed, too", kMostComparedStates));
    return false;
  }
  for (const auto& state : states)
    if (state.levels.empty()) {
      parts_.wrong(top_.at, "missing-key",
                   fmt::format("state {} has no `options`, and moves follow from them", state.number));
      return false;
    }
  for (State a = 0; a < states.size(); ++a)
    for (State b = 0; b < states.size(); ++b)
      for (std::size_t dm = 0; a != b && dm < game_.decision_makers.size(); ++dm) {
        bool can = true;
        for (std::size_t k = 0; can && k < game_.issues.size(); ++k) {
          const int x = states[a].levels[k], y = states[b].levels[k];
          const bool own = game_.issues[k].owner == static_cast<int>(dm);
          can = own ? can_change(x, y, game_.issues[k].direction) : x == y || x < 0 || y < 0;
        }
        if (can) game_.moves[dm].push_back({a, b});
      }
  return true;
}

bool Case::moves() {
  const Json* given = top_.member("moves");
  if (given == nullptr) {
    parts_.wrong(top_.at, "missing-key", "`moves` is missing",
                 "moves by decision maker and state, or \"option-form\"");
    return false;
  }
  game_.moves.resize(game_.decision_makers.size());
  if (given->is(Kind::object)) {
    if (!game_.states.empty()) return listed_moves(*given);
    parts_.wrong(given->at, "missing-key", "moves are listed, but `states` are not");
    return false;
  }
  if (!given->is(Kind::string) || given->text != "option-form") {
    parts_.wrong(given->at, "bad-value",
                 fmt::format("`moves` is {}; an object or \"option-form\" was expected", described(*given)));
    return false;
  }
  if (game_.issues.empty()) {
    parts_.wrong(given->at, "missing-key", "moves follow from options, but there are no `options`");
    return false;
  }
  if (!game_.states.empty()) return moves_by_options();
  game_.moves.clear();
  return true;
}

void Case::strength(const Json& object, stability::Preference& preference) {
  if (const Json* list = parts_.optional_member(object, "greatly_after", Kind::array)) {
    std::vector<Rank> cuts;  // the band rises behind so many entries of the ranking
    for (const Json& value : list->items) {
      const auto cut = parts_.integer(value, "an entry of `greatly_after`");
      if (!cut) return;
      if (*cut < 1 || *cut > static_cast<long long>(space_->count())) {
        parts_.wrong(
            value.at, "bad-value",
            fmt::format("`greatly_after` names entry {}; from 1 to {} are possible", *cut, space_->count()));
        return;
      }
      cuts.push_back(static_cast<Rank>(*cut));
    }
    if (preference.ranks.empty()) {
      parts_.wrong(list->at, "missing-key", "`greatly_after` needs a `ranking_best_first`");
      return;
    }
    for (const Rank rank : preference.ranks)
      preference.bands.push_back(
          static_cast<Rank>(std::count_if(cuts.begin(), cuts.end(), [&](Rank cut) { return rank >= cut; })));
  }
  const Json* pairs = parts_.optional_member(object, "unknown", Kind::array);
  if (pairs == nullptr) return;
  for (const Json& pair : pairs->items) {
    if (!pair.is(Kind::array) || pair.items.size() != 2) {
      parts_.wrong(pair.at, "wrong-type", "a pair of states was expected here");
      return;
    }
    const auto a = parts_.integer(pair.items[0], "a state"), b = parts_.integer(pair.items[1], "a state");
    const auto x = a ? state_numbered(*a, pair.items[0].at) : std::nullopt;
    const auto y = b ? state_numbered(*b, pair.items[1].at) : std::nullopt;
    if (!x || !y) return;
    if (*x != *y) preference.unknown.emplace_back(*x, *y);
  }
}

void Case::preference(const Json& object, std::size_t dm) {
  stability::Preference& preference = game_.preferences[dm];
  const std::string whose = fmt::format("`{}`", shown(game_.decision_makers[dm]));
  const Json* ranking = parts_.optional_member(object, "ranking_best_first", Kind::array);
  const Json* statements = parts_.optional_member(object, "option_statements_highest_first", Kind::array);
  if (ranking != nullptr) {
    preference.ranks = parts_.ranking(
        *ranking, whose, space_->count(), [&](long long number) { return space_->find(number); },
        [&](State s) { return space_->number(s); });
  } else if (statements != nullptr) {
    if (!space_->has_levels()) {
      parts_.wrong(statements->at, "missing-key", "statements need `options`");
      return;
    }
    for (const Json& entry : statements->items) {
      if (!entry.is(Kind::array)) {
        parts_.wrong(entry.at, "wrong-type",
                     fmt::format("a statement is {}; a list of alternatives was expected", described(entry)));
        return;
      }
      std::vector<Pattern> alternatives;
      for (const Json& part : entry.items) {
        auto pattern = parts_.pattern_of_object(part);
        if (!pattern) return;
        alternatives.push_back(std::move(*pattern));
      }
      preference.statements.push_back(ConflictParts::formula(alternatives));
    }
  } else {
    parts_.wrong(
        object.at, "missing-key",
        fmt::format("{} has neither `ranking_best_first` nor `option_statements_highest_first`", whose));
    return;
  }
  strength(object, preference);
}

void Case::preferences() {
  const Json* all = parts_.member(top_, "preferences", Kind::object);
  if (all == nullptr) return;
  std::vector<bool> seen(game_.decision_makers.size(), false);
  for (const Json& own : all->items) {
    const auto dm = dm_named(own.key, own.key_at);
    if (!dm) continue;
    seen[*dm] = true;
    if (own.is(Kind::object))
      preference(own, *dm);
    else
      parts_.wrong(own.at, "wrong-type",
                   fmt::format("the preferences of `{}` are {}; an object was expected", shown(own.key),
                               described(own)));
  }
  for (std::size_t dm = 0; dm < seen.size(); ++dm)
    if (!seen[dm])
      parts_.wrong(all->at, "missing-key",
                   fmt::format("there are no preferences of `{}`", shown(game_.decision_makers[dm])));
}

void Case::rest() {
  const Json* start = top_.member("status_quo");
  if (start != nullptr && !start->is(Kind::null)) {
    const auto number = parts_.integer(*start, "`status_quo`");
    if (number && state_numbered(*number, start->at)) {
      game_.status_quo = *number;
      game_.has_status_quo = true;
    }
  }
  const Json* hidden = parts_.optional_member(top_, "misperceptions_states_not_perceived", Kind::object);
  if (hidden == nullptr) return;
  game_.not_perceived.resize(game_.decision_makers.size());
  for (const Json& own : hidden->items) {
    const auto dm = dm_named(own.key, own.key_at);
    if (!dm) return;
    if (!own.is(Kind::array)) {
      parts_.wrong(own.at, "wrong-type",
                   fmt::format("this is {}; a list of states was expected", described(own)));
      return;
    }
    for (const Json& value : own.items) {
      const auto number = parts_.integer(value, "a state");
      if (number && state_numbered(*number, value.at)) game_.not_perceived[*dm].push_back(*number);
    }
  }
}

}  // namespace

void read_case(ConflictParts& parts, const Json& top, GraphGame& game,
               std::optional<stability::Space>& space) {
  Case(parts, top, game).read(space);
}

}  // namespace parley::foreign
