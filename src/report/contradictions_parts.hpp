// SPDX-License-Identifier: MIT
// What the rules about contradictions share.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/contradictions.hpp"

namespace parley::report {

using AnswerJson = nlohmann::ordered_json;

/// Printed numbers have six decimals; two of them may differ by a rounding each.
inline constexpr double kRounding = 2e-6;

/// What is wrong, and where: the rules add to it.
class Clashes {
 public:
  void add(const char* rule, std::vector<std::string> where, std::string words) {
    if (list_.size() < kMostContradictions) list_.push_back({rule, std::move(where), std::move(words)});
  }
  [[nodiscard]] std::vector<Contradiction> take() { return std::move(list_); }

 private:
  std::vector<Contradiction> list_;
};

/// A number; nothing where there is none (null: no world was drawn).
[[nodiscard]] std::optional<double> number(const AnswerJson& object, const char* key);
[[nodiscard]] bool yes(const AnswerJson& object, const char* key);
[[nodiscard]] const AnswerJson* member(const AnswerJson& object, const char* key);
/// "/by_account/author" and "zone" -> "/by_account/author/zone"
[[nodiscard]] std::string below(const std::string& path, const std::string& key);
[[nodiscard]] std::string below(const std::string& path, std::size_t index);

/// One object by itself: a zone, a share, an answer with its proof.
void look_at_object(const AnswerJson& object, const std::string& path, Clashes& clashes);
/// A table: its zone against its packages, openers, conflicts.
void look_at_table(const AnswerJson& table, const std::string& path, Clashes& clashes);
/// A game: concepts that contain one another, the present printed twice.
void look_at_game(const AnswerJson& game, const std::string& path, Clashes& clashes);
/// What logic says of one column: levels excluded, forced, and the states that are listed.
void look_at_logic(const AnswerJson& column, const std::string& path, Clashes& clashes);
/// One account of `run`: a section against another.
void look_at_sections(const AnswerJson& account, const std::string& path, Clashes& clashes);
/// All claims of an account: two that are put to one test, and get opposite proofs.
void look_at_claims(const AnswerJson& claims, const std::string& path, Clashes& clashes);
/// Claims of an account about how talks end, against its tables; and any two on one condition.
void look_at_ends(const AnswerJson& account, const std::string& path, Clashes& clashes);
/// A claim: its verdict against its numbers and its columns.
void look_at_claim(const AnswerJson& claim, const std::string& path, Clashes& clashes);

}  // namespace parley::report
