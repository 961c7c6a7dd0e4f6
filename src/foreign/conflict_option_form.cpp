// SPDX-License-Identifier: MIT
// The option-form file of gmcr-py.
#include <fmt/format.h>

#include <algorithm>

#include "foreign/conflict_parts.hpp"

namespace parley::foreign {
namespace {

using stability::GraphGame;
using stability::Pattern;
using stability::State;
using Kind = Json::Kind;

class OptionForm {
 public:
  OptionForm(ConflictParts& parts, const Json& top, GraphGame& game)
      : parts_(parts), top_(top), game_(game) {}

  void read(std::optional<stability::Space>& space) {
    if (!options() || !decision_makers() || !infeasibles() || !parts_.ok()) return;
    space = states_of(parts_, game_, top_.at);
    if (!space) return;
    preferences(*space);
    parts_.finish_names(game_);
  }

 private:
  bool options();
  bool decision_makers();
  bool infeasibles();
  void preferences(const stability::Space& space);
  void statements(const Json& list, stability::Preference& preference);
  void hidden(const Json& list, std::size_t dm, const stability::Space& space);

  ConflictParts& parts_;
  const Json& top_;
  GraphGame& game_;
};

bool OptionForm::options() {
  const Json* list = parts_.member(top_, "options", Kind::array);
  if (list == nullptr) return false;
  if (list->items.size() > stability::kMostIssues) {
    parts_.wrong(list->at, "too-large",
                 fmt::format("there are more than {} options", stability::kMostIssues));
    return false;
  }
  parts_.count_options(list->items.size());
  for (const Json& entry : list->items) {
    stability::Issue issue;
    if (!entry.is(Kind::object)) {
      parts_.wrong(entry.at, "wrong-type",
                   fmt::format("an option is {}; an object was expected", described(entry)));
      return false;
    }
    const Json* name = parts_.member(entry, "name", Kind::string);
    if (name != nullptr) issue.name = name->text;
    parts_.note_option(name == nullptr ? entry.at : name->at);
    if (const Json* direction = entry.member("permittedDirection"))
      issue.direction = parts_.direction(*direction).value_or(stability::Direction::both);
    game_.issues.push_back(std::move(issue));
  }
  return true;
}

bool OptionForm::decision_makers() {
  const Json* list = parts_.decision_makers(top_, "decisionMakers");
  if (list == nullptr) return false;
  for (const Json& entry : list->items) {
    if (!entry.is(Kind::object)) {
      parts_.wrong(entry.at, "wrong-type",
                   fmt::format("a decision maker is {}; an object was expected", described(entry)));
      return false;
    }
    const Json* name = parts_.member(entry, "name", Kind::string);
    parts_.add_decision_maker(game_, name == nullptr ? "" : name->text,
                              name == nullptr ? entry.at : name->at);
    const Json* owned = parts_.member(entry, "options", Kind::array);
    if (owned == nullptr) continue;
    for (const Json& value : owned->items) {
      const auto option = parts_.option(value);
      if (!option) continue;
      int& owner = game_.issues[static_cast<std::size_t>(*option)].owner;
      if (owner >= 0)
        parts_.wrong(value.at, "two-owners",
                     fmt::format("option {} (`{}`) belongs to `{}` already", *option,
                                 shown(game_.issues[static_cast<std::size_t>(*option)].name),
                                 shown(game_.decision_makers[static_cast<std::size_t>(owner)])));
      owner = static_cast<int>(game_.decision_makers.size()) - 1;
    }
  }
  const Json* options = top_.member("options");
  for (std::size_t k = 0; k < game_.issues.size(); ++k)
    if (game_.issues[k].owner < 0)
      parts_.wrong(options->items[k].at, "no-owner",
                   fmt::format("option {} (`{}`) belongs to nobody", k, shown(game_.issues[k].name)));
  game_.preferences.resize(game_.decision_makers.size());
  return true;
}

bool OptionForm::infeasibles() {
  const Json* list = parts_.optional_member(top_, "infeasibles", Kind::array);
  if (list == nullptr) return true;
  for (const Json& entry : list->items) {
    auto pattern = parts_.pattern_of_pairs(entry);
    if (!pattern) return false;
    game_.infeasible.push_back(std::move(*pattern));
  }
  return true;
}

void OptionForm::statements(const Json& list, stability::Preference& preference) {
  for (const Json& entry : list.items) {
    std::vector<Pattern> alternatives;
    if (entry.is(Kind::object)) {
      const Json* members = parts_.member(entry, "members", Kind::array);
      if (members == nullptr) return;
      for (const Json& part : members->items) {
        auto pattern = parts_.pattern_of_pairs(part);
        if (!pattern) return;
        alternatives.push_back(std::move(*pattern));
      }
    } else {
      auto pattern = parts_.pattern_of_pairs(entry);
      if (!pattern) return;
      alternatives.push_back(std::move(*pattern));
    }
    preference.statements.push_back(ConflictParts::formula(alternatives));
  }
}

/// Patterns of states that a decision maker does not perceive.
void OptionForm::hidden(const Json& list, std::size_t dm, const stability::Space& space) {
  std::vector<Pattern> patterns;
  for (const Json& entry : list.items) {
    auto pattern = parts_.pattern_of_pairs(entry);
    if (!pattern) return;
    patterns.push_back(std::move(*pattern));
  }
  if (patterns.empty()) return;
  game_.not_perceived.resize(game_.decision_makers.size());
  std::vector<int> levels(game_.issues.size());
  for (State s = 0; s < space.count(); ++s) {
    for (std::size_t k = 0; k < levels.size(); ++k) levels[k] = space.level(s, k);
    for (const Pattern& pattern : patterns)
      if (stability::matches(pattern, levels)) {
        game_.not_perceived[dm].push_back(space.number(s));
        break;
      }
  }
}

void OptionForm::preferences(const stability::Space& space) {
  const Json& list = *top_.member("decisionMakers");
  // A file without the flag says what it uses by what it has.
  bool manual =
      std::none_of(list.items.begin(), list.items.end(),
                   [](const Json& entry) { return entry.member("preferences") != nullptr; }) &&
      std::any_of(list.items.begin(), list.items.end(), [](const Json& entry) {
        return entry.member("preferenceRanking") != nullptr || entry.member("preferenceVector") != nullptr;
      });
  for (const char* key : {"useManualPreferenceRanking", "useManualPreferenceVectors"})
    if (const Json* flag = parts_.optional_member(top_, key, Kind::boolean)) {
      manual = flag->truth;
      break;
    }
  const auto find = [&](long long number) {
    return number >= 1 && static_cast<unsigned long long>(number) <= space.count()
               ? std::optional<State>(static_cast<State>(number - 1))
               : std::nullopt;
  };
  const auto name = [](State s) { return static_cast<long long>(s) + 1; };
  for (std::size_t dm = 0; dm < list.items.size(); ++dm) {
    const Json& entry = list.items[dm];
    const std::string whose = fmt::format("`{}`", shown(game_.decision_makers[dm]));
    if (const Json* patterns = parts_.optional_member(entry, "misperceptions", Kind::array))
      hidden(*patterns, dm, space);
    if (!manual) {
      if (const Json* found = parts_.optional_member(entry, "preferences", Kind::array))
        statements(*found, game_.preferences[dm]);
      continue;
    }
    const char* key =
        entry.member("preferenceRanking") == nullptr && entry.member("preferenceVector") != nullptr
            ? "preferenceVector"
            : "preferenceRanking";
    if (const Json* ranking = parts_.member(entry, key, Kind::array))
      game_.preferences[dm].ranks = parts_.ranking(*ranking, whose, space.count(), find, name);
  }
}

}  // namespace

void read_option_form(ConflictParts& parts, const Json& top, GraphGame& game,
                      std::optional<stability::Space>& space) {
  OptionForm(parts, top, game).read(space);
}

}  // namespace parley::foreign
