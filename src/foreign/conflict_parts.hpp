// SPDX-License-Identifier: MIT
// What the readers of the two kinds of conflict file share: values with their places, options, patterns,
// statements and rankings.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/json.hpp"
#include "foreign/text.hpp"
#include "stability/problem.hpp"
#include "stability/space.hpp"

namespace parley::foreign {

class ConflictParts {
 public:
  ConflictParts(const std::string& path, std::string_view text, Messages& messages)
      : path_(path), text_(without_mark(text)), messages_(messages) {}

  void wrong(std::size_t at, std::string code, std::string message, std::string hint = "");
  void warn(std::size_t at, std::string code, std::string message, std::string hint = "");
  [[nodiscard]] bool ok() const { return messages_.ok(); }
  [[nodiscard]] std::string_view text() const { return text_; }

  /// The member `key` of an object. Nothing, and an error, where it is missing or of another kind.
  const Json* member(const Json& object, const char* key, Json::Kind kind);
  /// The same, but a missing member (or null) is no error.
  const Json* optional_member(const Json& object, const char* key, Json::Kind kind);
  std::optional<long long> integer(const Json& value, const std::string& what);
  std::optional<long long> integer_text(const std::string& text, std::size_t at, const std::string& what);
  std::optional<int> option(const Json& value);
  std::optional<int> option_index(long long index, std::size_t at);
  /// "Y" = 1, "N" = 0, "-" = kAnyLevel.
  std::optional<int> yes_no(const Json& value);
  std::optional<stability::Direction> direction(const Json& value);

  /// [[option, "Y"], ...], or a text with one letter of Y, N and - for each option
  std::optional<stability::Pattern> pattern_of_pairs(const Json& list);
  /// {"option": "Y", ...}, or such a text
  std::optional<stability::Pattern> pattern_of_object(const Json& object);
  /// A disjunction of conjunctions over options with two levels.
  static expression::Formula formula(const std::vector<stability::Pattern>& alternatives);

  /// The list of decision makers under `key`; nothing, and an error, where it is missing, empty or too long.
  [[nodiscard]] const Json* decision_makers(const Json& top, const char* key);
  /// The next decision maker and the next option, as they are written at `at`.
  void add_decision_maker(stability::GraphGame& game, const std::string& name, std::size_t at);
  void note_option(std::size_t at) { option_places_.push_back(at); }
  /// At the end, when nothing is looked up by a name any more: names that cannot be shown, and decision
  /// makers who cannot be told apart, get a name, with a warning.
  void finish_names(stability::GraphGame& game);

  /// Best first, entries a number or a list of numbers that tie; every state once. `find`: number -> state.
  std::vector<stability::Rank> ranking(const Json& list, const std::string& whose, std::size_t states,
                                       const std::function<std::optional<stability::State>(long long)>& find,
                                       const std::function<long long(stability::State)>& name);

  void count_options(std::size_t options) { options_ = options; }
  bool spend(std::size_t at, std::size_t literals);

  /// Of note_option(), for an option without a name.
  static constexpr std::size_t kNoName = static_cast<std::size_t>(-1);

 private:
  static constexpr int kAnyLevel = -1;
  [[nodiscard]] Place place(std::size_t at);
  std::optional<stability::Pattern> pattern_of_letters(const Json& letters);

  const std::string& path_;
  std::string_view text_;
  Messages& messages_;
  std::optional<Places> places_;  // made for the first message: a large file needs none
  std::size_t options_ = 0, literals_ = 0;
  std::vector<std::size_t> maker_places_, option_places_;
};

/// What a value is, for messages.
[[nodiscard]] std::string described(const Json& value);

void read_option_form(ConflictParts& parts, const Json& top, stability::GraphGame& game,
                      std::optional<stability::Space>& space);
void read_case(ConflictParts& parts, const Json& top, stability::GraphGame& game,
               std::optional<stability::Space>& space);
/// What a conflict case says of preferences, of what is not perceived and of what is believed.
void read_case_wishes(ConflictParts& parts, const Json& top, stability::GraphGame& game,
                      const stability::Space& space);
/// Its index; nothing, and an error at `at`, where there is none of this name.
[[nodiscard]] std::optional<std::size_t> decision_maker_named(ConflictParts& parts,
                                                              const stability::GraphGame& game,
                                                              const std::string& name, std::size_t at);
/// The states of the game; nothing, and an error at `at`, where a limit is passed or nothing is feasible.
[[nodiscard]] std::optional<stability::Space> states_of(ConflictParts& parts,
                                                        const stability::GraphGame& game, std::size_t at);

}  // namespace parley::foreign
