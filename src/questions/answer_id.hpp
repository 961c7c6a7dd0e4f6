// SPDX-License-Identifier: MIT
// What an answer is called. Inside, an id is a value of typed parts; its text is for what leaves the program,
// and this is the only file that writes that text or reads it.
//
//   TALKS.QUESTION[:ABOUT][@BINDING]     a table; ABOUT joins owners or rows by +
//   consistency.QUESTION:ABOUT           "raises:X > Y", "never:X is L with Y is M", "excluded:X is L"
//   findings.KIND[:ABOUT[:ABOUT...]]
//   claim:ID.QUESTION                    entailed, fails, true
//   stability:GAME.QUESTION[:ABOUT]
//
// Every lens has questions of its own, so that talks, claims and games may be called anything (also
// `consistency`, also with dots) and the text still reads back: names hold neither colons nor @, and the
// question is the word behind the last dot before the first colon.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/renamed.hpp"

namespace parley::questions {

enum class Lens { deals, consistency, findings, claims, stability };

/// What was asked for by itself: one table at one line of `binding`, one claim, one game, or a whole lens.
struct AnswerScope {
  Lens lens = Lens::deals;
  std::string name;     ///< of the talks, the claim or the game; empty for consistency and findings
  std::string binding;  ///< of a table at another line than the one asked for; else empty

  [[nodiscard]] std::string text() const;
  /// Of scopes whose text is the same (talks called `consistency`, and the lens) either.
  [[nodiscard]] static std::optional<AnswerScope> parse(std::string_view text);
  bool operator==(const AnswerScope&) const = default;
  /// By text, as they are listed; then by lens.
  [[nodiscard]] bool operator<(const AnswerScope& other) const;
};

struct AnswerId {
  AnswerScope scope;
  std::string question;            ///< "zone", "opens", "excluded", "own-goal", "entailed", "now", ...
  std::vector<std::string> about;  ///< owners, rows, levels, variables, a package, a concept

  [[nodiscard]] std::string text() const;
  [[nodiscard]] static std::optional<AnswerId> parse(std::string_view text);
  [[nodiscard]] bool is(Lens lens, std::string_view asked) const {
    return scope.lens == lens && question == asked;
  }
  bool operator==(const AnswerId&) const = default;
  [[nodiscard]] bool operator<(const AnswerId& other) const;
};

/// Answers of a package: of one that cannot be placed, or is acceptable nowhere, they are not asked.
[[nodiscard]] bool about_package(const AnswerId& id);
/// What follows from rows or does not: points of worlds would say nothing of it.
[[nodiscard]] bool decided_by_rows(const AnswerId& id);

[[nodiscard]] AnswerId table_id(const std::string& talks, std::string question,
                                std::vector<std::string> about = {});
[[nodiscard]] AnswerId consistency_id(std::string question, std::vector<std::string> about = {});
/// From a finding's own id: "own-goal:us_threat:spillover".
[[nodiscard]] AnswerId finding_answer_id(std::string_view finding);
[[nodiscard]] AnswerScope claim_scope(const std::string& claim);
[[nodiscard]] AnswerScope game_scope(const std::string& game);

/// The same answer of an account whose rows are called otherwise; what it is about, where that is a set,
/// sorted.
[[nodiscard]] AnswerScope renamed(AnswerScope scope, const account::Renaming& names);
[[nodiscard]] AnswerId renamed(AnswerId id, const account::Renaming& names);

}  // namespace parley::questions
