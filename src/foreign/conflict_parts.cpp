// SPDX-License-Identifier: MIT
#include "foreign/conflict_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "foreign/limits.hpp"
#include "foreign/names.hpp"

namespace parley::foreign {

using expression::Formula;
using expression::LevelSet;
using stability::Direction;
using stability::Pattern;
using stability::Rank;
using stability::State;
using Kind = Json::Kind;

std::string described(const Json& value) {
  if (value.is(Kind::string)) return fmt::format("\"{}\"", shown(value.text));
  if (value.is(Kind::number)) return shown(value.text);
  if (value.is(Kind::boolean)) return value.truth ? "true" : "false";
  return value.is(Kind::null) ? "null" : fmt::format("a {}", kind_name(value.kind));
}

Place ConflictParts::place(std::size_t at) {
  if (!places_) places_.emplace(text_);
  return places_->at(at);
}

void ConflictParts::wrong(std::size_t at, std::string code, std::string message, std::string hint) {
  messages_.error({path_, messages_.errors() < kErrors ? place(at) : Place()}, std::move(code),
                  std::move(message), std::move(hint));
}

void ConflictParts::warn(std::size_t at, std::string code, std::string message, std::string hint) {
  messages_.warning({path_, place(at)}, std::move(code), std::move(message), std::move(hint));
}

const Json* ConflictParts::optional_member(const Json& object, const char* key, Kind kind) {
  const Json* found = object.member(key);
  if (found == nullptr || found->is(Kind::null)) return nullptr;
  if (found->is(kind)) return found;
  wrong(found->at, "wrong-type",
        fmt::format("`{}` is {}; a {} was expected", key, described(*found), kind_name(kind)));
  return nullptr;
}

const Json* ConflictParts::member(const Json& object, const char* key, Kind kind) {
  const Json* found = object.member(key);
  if (found == nullptr) {
    wrong(object.at, "missing-key", fmt::format("`{}` is missing", key));
    return nullptr;
  }
  if (found->is(kind)) return found;
  wrong(found->at, "wrong-type",
        fmt::format("`{}` is {}; a {} was expected", key, described(*found), kind_name(kind)));
  return nullptr;
}

std::optional<long long> ConflictParts::integer_text(const std::string& text, std::size_t at,
                                                     const std::string& what) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return value;
  wrong(at, "bad-number", fmt::format("{} is `{}`; a whole number was expected", what, shown(text)));
  return std::nullopt;
}

std::optional<long long> ConflictParts::integer(const Json& value, const std::string& what) {
  if (value.is(Kind::number)) return integer_text(value.text, value.at, what);
  wrong(value.at, "wrong-type", fmt::format("{} is {}; a number was expected", what, described(value)));
  return std::nullopt;
}

std::optional<int> ConflictParts::option_index(long long index, std::size_t at) {
  if (index >= 0 && static_cast<std::size_t>(index) < options_) return static_cast<int>(index);
  wrong(at, "unknown-option",
        options_ == 0 ? fmt::format("there is no option {}: the file has none", index)
                      : fmt::format("there is no option {}; they are 0 to {}", index, options_ - 1));
  return std::nullopt;
}

std::optional<int> ConflictParts::option(const Json& value) {
  const auto index = integer(value, "an option");
  return index ? option_index(*index, value.at) : std::nullopt;
}

std::optional<int> ConflictParts::yes_no(const Json& value) {
  if (value.is(Kind::string) && value.text == "Y") return 1;
  if (value.is(Kind::string) && value.text == "N") return 0;
  if (value.is(Kind::string) && value.text == "-") return kAnyLevel;
  wrong(value.at, "bad-value",
        fmt::format("this is {}; \"Y\", \"N\" or \"-\" (either) was expected", described(value)));
  return std::nullopt;
}

/// "Y-N": one letter for each option.
std::optional<Pattern> ConflictParts::pattern_of_letters(const Json& letters) {
  if (letters.text.size() != options_ || letters.text.find_first_not_of("YN-") != std::string::npos) {
    wrong(letters.at, "bad-value",
          fmt::format("the pattern is \"{}\"; one of Y, N and - for each of {} options was expected",
                      shown(letters.text), options_));
    return std::nullopt;
  }
  if (!spend(letters.at, options_)) return std::nullopt;
  Pattern pattern;
  for (std::size_t k = 0; k < options_; ++k)
    if (letters.text[k] != '-') pattern.push_back({static_cast<int>(k), letters.text[k] == 'Y' ? 1 : 0});
  return pattern;
}

std::optional<Direction> ConflictParts::direction(const Json& value) {
  if (value.is(Kind::string)) {
    if (value.text == "both") return Direction::both;
    if (value.text == "fwd") return Direction::up;
    if (value.text == "back") return Direction::down;
  }
  wrong(value.at, "bad-value",
        fmt::format(
            "the direction is {}; \"both\", \"fwd\" (only N to Y) or \"back\" (only Y to N) was expected",
            described(value)));
  return std::nullopt;
}

bool ConflictParts::spend(std::size_t at, std::size_t literals) {
  if (literals_ + literals > kConflictLiterals) {
    wrong(at, "too-large",
          fmt::format("patterns and statements hold more than {} conditions", kConflictLiterals));
    return false;
  }
  literals_ += literals;
  return true;
}

std::optional<Pattern> ConflictParts::pattern_of_pairs(const Json& list) {
  if (list.is(Kind::string)) return pattern_of_letters(list);
  if (!list.is(Kind::array)) {
    wrong(list.at, "wrong-type",
          fmt::format("this is {}; a list of [option, \"Y\" or \"N\"] was expected", described(list)));
    return std::nullopt;
  }
  if (!spend(list.at, list.items.size())) return std::nullopt;
  Pattern pattern;
  for (const Json& pair : list.items) {
    if (!pair.is(Kind::array) || pair.items.size() != 2) {
      wrong(pair.at, "wrong-type", "a pair [option, \"Y\" or \"N\"] was expected here");
      return std::nullopt;
    }
    const auto which = option(pair.items[0]);
    const auto level = yes_no(pair.items[1]);
    if (!which || !level) return std::nullopt;
    if (*level != kAnyLevel) pattern.push_back({*which, *level});
  }
  return pattern;
}

std::optional<Pattern> ConflictParts::pattern_of_object(const Json& object) {
  if (object.is(Kind::string)) return pattern_of_letters(object);
  if (!object.is(Kind::object)) {
    wrong(
        object.at, "wrong-type",
        fmt::format("this is {}; an object {{\"option\": \"Y\" or \"N\"}} was expected", described(object)));
    return std::nullopt;
  }
  if (!spend(object.at, object.items.size())) return std::nullopt;
  Pattern pattern;
  for (const Json& entry : object.items) {
    const auto index = integer_text(entry.key, entry.key_at, "an option");
    const auto which = index ? option_index(*index, entry.key_at) : std::nullopt;
    const auto level = yes_no(entry);
    if (!which || !level) return std::nullopt;
    if (*level != kAnyLevel) pattern.push_back({*which, *level});
  }
  return pattern;
}

Formula ConflictParts::formula(const std::vector<Pattern>& alternatives) {
  std::vector<Formula> any;
  for (const Pattern& pattern : alternatives) {
    std::vector<Formula> all;
    for (const stability::Literal& literal : pattern) {
      LevelSet levels(2);
      levels.add(literal.level);
      all.push_back(Formula::atom(literal.issue, levels));
    }
    any.push_back(all.size() == 1 ? std::move(all.front()) : Formula::all(std::move(all)));
  }
  return any.size() == 1 ? std::move(any.front()) : Formula::any(std::move(any));
}

const Json* ConflictParts::decision_makers(const Json& top, const char* key) {
  const Json* list = member(top, key, Kind::array);
  if (list == nullptr) return nullptr;
  if (!list->items.empty() && list->items.size() <= stability::kMostDecisionMakers) return list;
  wrong(list->at, "decision-makers",
        fmt::format("there are {} decision makers; from 1 to {} are possible", list->items.size(),
                    stability::kMostDecisionMakers));
  return nullptr;
}

void ConflictParts::add_decision_maker(stability::GraphGame& game, const std::string& name, std::size_t at) {
  game.decision_makers.push_back(name);
  maker_places_.push_back(at);
}

void ConflictParts::finish_names(stability::GraphGame& game) {
  const auto finish = [&](std::string& name, std::size_t at, const char* what, const std::string& otherwise,
                          std::unordered_set<std::string>& taken) {
    MadeName made = made_name(name, otherwise, taken);
    if (!made.why.empty())
      warn(at, "name-changed",
           fmt::format("{} {}: it is called `{}` in the answer", what, made.why, shown(made.name)));
    name = std::move(made.name);
  };
  std::unordered_set<std::string> makers;
  for (std::size_t i = 0; i < maker_places_.size() && i < game.decision_makers.size(); ++i)
    finish(game.decision_makers[i], maker_places_[i], "a decision maker",
           fmt::format("decision maker {}", i + 1), makers);
  for (std::size_t k = 0; k < option_places_.size() && k < game.issues.size(); ++k) {
    std::unordered_set<std::string> none;  // two options may have one name: they are known by their numbers
    if (option_places_[k] != kNoName)
      finish(game.issues[k].name, option_places_[k], "an option", fmt::format("option {}", k), none);
  }
}

std::vector<Rank> ConflictParts::ranking(const Json& list, const std::string& whose, std::size_t states,
                                         const std::function<std::optional<State>(long long)>& find,
                                         const std::function<long long(State)>& name) {
  constexpr Rank kNone = UINT32_MAX;
  std::vector<Rank> ranks(states, kNone);
  Rank next = 0;
  std::size_t placed = 0;
  const auto place_state = [&](const Json& value) {
    const auto number = integer(value, "a state in the ranking of " + whose);
    if (!number) return false;
    const auto state = find(*number);
    if (!state) {
      wrong(value.at, "unknown-state",
            fmt::format("the ranking of {} names state {}, which is not there", whose, *number));
    } else if (ranks[*state] != kNone) {
      wrong(value.at, "duplicate-state",
            fmt::format("state {} stands a second time in the ranking of {}", *number, whose));
    } else {
      ranks[*state] = next;
      ++placed;
      return true;
    }
    return messages_.errors() < kErrors;
  };
  each_item(text_, list, [&](const Json& entry) {
    if (!entry.is(Kind::array)) {
      const bool go_on = place_state(entry);
      ++next;
      return go_on;
    }
    for (const Json& value : entry.items)
      if (!place_state(value)) return false;
    ++next;
    return true;
  });
  if (placed == states || !ok()) return ranks;
  const auto missing = std::find(ranks.begin(), ranks.end(), kNone);
  wrong(list.at, "missing-state",
        fmt::format("the ranking of {} leaves out {} of {} states, the first of them state {}", whose,
                    states - placed, states, name(static_cast<State>(missing - ranks.begin()))));
  return ranks;
}

std::optional<stability::Space> states_of(ConflictParts& parts, const stability::GraphGame& game,
                                          std::size_t at) {
  auto space = stability::Space::make(game);
  if (space) return std::move(*space);
  parts.wrong(at, "conflict-limit", space.error());
  return std::nullopt;
}

}  // namespace parley::foreign
