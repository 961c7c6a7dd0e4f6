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
    read_case_wishes(parts_, top_, game_, *space);
    parts_.finish_names(game_);
  }

 private:
  bool decision_makers();
  bool options();
  bool patterns(const char* key, std::vector<stability::Pattern>& patterns);
  bool infeasible();
  bool states();
  bool state(const Json& entry);
  bool moves();
  bool listed_moves(const Json& object);
  bool moves_by_options();
  std::optional<std::size_t> dm_named(const std::string& name, std::size_t at) {
    return decision_maker_named(parts_, game_, name, at);
  }
  std::optional<State> state_numbered(long long number, std::size_t at);

  ConflictParts& parts_;
  const Json& top_;
  GraphGame& game_;
  std::map<long long, State> numbers_;
};

std::optional<State> Case::state_numbered(long long number, std::size_t at) {
  if (const auto found = numbers_.find(number); found != numbers_.end()) return found->second;
  parts_.wrong(at, "unknown-state", fmt::format("there is no state {}", number));
  return std::nullopt;
}

bool Case::decision_makers() {
  const Json* list = parts_.decision_makers(top_, "decision_makers");
  if (list == nullptr) return false;
  for (const Json& item : list->items) {
    const Json* name = item.is(Kind::object) ? parts_.member(item, "name", Kind::string) : &item;
    if (name == nullptr) return false;
    const Json& entry = *name;
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
    parts_.add_decision_maker(game_, entry.text, entry.at);
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
    const Json* name = parts_.optional_member(entry, "name", Kind::string);
    if (name != nullptr) issue.name = name->text;
    parts_.note_option(name == nullptr ? ConflictParts::kNoName : name->at);
    if (const Json* owner = parts_.optional_member(entry, "owner", Kind::string))
      if (const auto dm = dm_named(owner->text, owner->at)) issue.owner = static_cast<int>(*dm);
    const Json* direction = entry.member("direction");  // beside listed moves it says nothing
    if (direction != nullptr && by_options && !direction->is(Kind::null))
      issue.direction = parts_.direction(*direction).value_or(Direction::both);
    game_.issues.push_back(std::move(issue));
  }
  return true;
}

bool Case::patterns(const char* key, std::vector<stability::Pattern>& patterns) {
  const Json* list = parts_.optional_member(top_, key, Kind::array);
  if (list == nullptr) return parts_.ok();
  for (const Json& entry : list->items) {
    auto pattern = parts_.pattern_of_object(entry);
    if (!pattern) return false;
    patterns.push_back(std::move(*pattern));
  }
  return true;
}

bool Case::infeasible() {
  if (!patterns("infeasible", game_.infeasible) || !patterns("merged", game_.merged)) return false;
  const Json* states = top_.member("states");
  if (game_.merged.empty() || states == nullptr || states->is(Kind::null)) return true;
  parts_.wrong(top_.member("merged")->at, "bad-value", "`merged` stands beside listed `states`",
               "a listed state that counts as several has - for the options that it leaves open");
  return false;
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

}  // namespace

std::optional<std::size_t> decision_maker_named(ConflictParts& parts, const GraphGame& game,
                                                const std::string& name, std::size_t at) {
  const auto& known = game.decision_makers;
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  parts.wrong(at, "unknown-name", fmt::format("there is no decision maker `{}`", shown(name)),
              suggestion(name, known));
  return std::nullopt;
}

void read_case(ConflictParts& parts, const Json& top, GraphGame& game,
               std::optional<stability::Space>& space) {
  Case(parts, top, game).read(space);
}

}  // namespace parley::foreign
