// SPDX-License-Identifier: MIT
#include "questions/threat_audit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::Formula;
using framing::Situation;

constexpr std::size_t kMostWords = 60;  ///< commitments that are audited

/// The opposite of a condition, without a double negation.
Formula opposite(const Formula& formula) {
  return formula.kind == Formula::Kind::negation ? formula.parts.front() : Formula::negation(formula);
}

bool only_talks(const Situation& s, const Formula& formula) {
  const auto variables = expression::touched(formula);
  return std::any_of(variables.begin(), variables.end(), [&](int v) {
    return s.variables[static_cast<std::size_t>(v)].kind == framing::VariableKind::talks;
  });
}

void find_asked(const Situation& s, Word& word) {
  const account::Value* condition = word.row->value(word.row->value("only_if") != nullptr ? "only_if" : "if");
  if (condition == nullptr || !condition->tree) return;
  auto bound = framing::bind(s, *condition->tree);
  if (!bound) return;
  std::string text = condition->text;
  if (word.kind == "threat") {
    word.any_agreement = only_talks(s, *bound);
    text = text.starts_with("not ") ? text.substr(4) : "not " + text;
    *bound = opposite(*bound);
  }
  const Row* named = s.row(text);
  if (named != nullptr && named->concept_name == "packages") word.asked_row = named->id;
  word.asked_text = word.any_agreement ? "any agreement" : named != nullptr ? name_of(s, text) : plain(text);
  word.talks = tables_of(s, word, *bound);
  word.asked = std::move(*bound);
}

/// Whom a commitment is made to; where it does not say, everybody else who signs at a table with its maker.
std::vector<std::string> targets(const Situation& s, const Row& row) {
  auto list = members_of(s, row.names("to"));
  if (!list.empty()) return list;
  for (const Row* talks : s.of("talks")) {
    const auto parties = talks->names("parties");
    if (!includes(parties, row.text("by"))) continue;
    for (const auto& party : parties)
      if (party != row.text("by")) append_new(list, {party});
  }
  return list;
}

}  // namespace

bool includes(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::vector<std::string> members_of(const Situation& s, const std::vector<std::string>& names) {
  std::vector<std::string> list;
  for (const auto& name : names) append_new(list, s.members(name));
  return list;
}

std::set<std::string> tables_of(const Situation& s, const Word& word, const Formula& formula) {
  std::set<std::string> list;
  for (const Row* talks : s.of("talks")) {
    const auto parties = talks->names("parties"), issues = talks->names("issues");
    const auto variables = expression::touched(formula);
    const bool here = std::all_of(variables.begin(), variables.end(), [&](int v) {
      return includes(issues, s.variables[static_cast<std::size_t>(v)].id) ||
             s.variables[static_cast<std::size_t>(v)].id == talks->id;
    });
    const bool signs =
        std::any_of(word.to.begin(), word.to.end(), [&](const auto& t) { return includes(parties, t); });
    if (here && signs) list.insert(talks->id);
  }
  return list;
}

std::vector<Word> words_of(const Situation& s, const std::string& only) {
  std::vector<Word> list;
  const auto rows = s.of("commitments");
  for (const Row* row : rows) {
    if (row->value("restates") != nullptr || list.size() >= kMostWords) continue;
    if (!only.empty() && row->id != only) continue;
    const char* field = row->value("will") != nullptr ? "will" : "may";
    auto act = row->condition(field) == nullptr ? std::nullopt : framing::bind(s, *row->condition(field));
    if (!act) continue;
    Word word;
    word.row = row;
    for (const Row* other : rows)
      if (other->text("restates") == row->id) word.restated.push_back(other);
    word.kind = row->text("kind").empty() ? (row->value("only_if") != nullptr ? "condition" : "promise")
                                          : row->text("kind");
    word.by = row->text("by");
    word.to = targets(s, *row);
    word.act = std::move(*act);
    word.act_text = plain(row->text(field));
    find_asked(s, word);
    list.push_back(std::move(word));
  }
  return list;
}

namespace {

/// One commitment; what it is found to join goes to `result` with it.
void audit(const Ground& ground, const Word& word, Audited& result) {
  Audit audit{word.row->id, word.kind, word.by, word.to, {}, "", {}};
  if (word.kind == "condition") {
    // Nobody threatens or promises anything by it; what it requires may be shut out, and that is looked for.
    audit_undone(ground, word, result, audit);
    return;
  }
  for (const Row* row : word.restated) audit.restated.push_back(row->id);
  audit.words = fmt::format("the {} of {} ({})", word.kind, name_of(ground.s(), word.by), word.act_text);
  audit_own_goals(ground, word, audit);
  audit_compliance(ground, word, result, audit);
  audit_target(ground, word, result, audit);
  audit_lifted(ground, word, result, audit);
  audit_undone(ground, word, result, audit);
  audit_others(ground, word, result, audit);
  audit_wanted(ground, word, result, audit);
  result.audits.push_back(std::move(audit));
}

}  // namespace

Audited audit_of(const Ground& ground) {
  Audited result;
  std::vector<Word> words;
  try {
    words = words_of(ground.s());
    for (const Word& word : words) audit(ground, word, result);
  } catch (const Stopped&) {
    result.complete = false;
  }
  return result;
}

}  // namespace parley::questions
