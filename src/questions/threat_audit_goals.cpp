// SPDX-License-Identifier: MIT
// What a commitment does to goals: its maker's, if it is carried out and if what it asks for is done, those
// of the other side, and everybody else's.
#include <fmt/format.h>

#include <algorithm>

#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::End;
using framing::Situation;
using logic::Sign;

/// Goals of an actor, those that ask the same of the same variables once, by the sign that an act has on
/// them.
struct Split {
  std::vector<const Goal*> served, harmed, may_serve, may_harm, unknown, untouched;
  [[nodiscard]] bool any() const { return touched() || !untouched.empty(); }
  [[nodiscard]] bool touched() const {
    return !served.empty() || !harmed.empty() || !may_serve.empty() || !may_harm.empty() || !unknown.empty();
  }
  [[nodiscard]] std::string verdict() const {
    if (!any()) return "unsaid";
    if (!served.empty() && !harmed.empty()) return "mixed";
    if (!served.empty()) return "serves";
    if (!harmed.empty()) return "harms";
    return touched() ? "unknown" : "untouched";
  }
  std::vector<const Goal*>& of(Sign sign, bool surely) {
    if (sign == Sign::none) return untouched;
    if (sign == Sign::unknown) return unknown;
    if (sign == Sign::plus) return surely ? served : may_serve;
    return surely ? harmed : may_harm;
  }
};

/// Surely is what a way that works by itself does.
void place(const Signs& signs, const Goal& goal, Split& split) {
  const Sign sign = signs.on(goal.ends);
  const bool known = sign == Sign::plus || sign == Sign::minus;
  split.of(sign, known && signs.way(goal.ends, sign).has_value()).push_back(&goal);
}

Split split_of(const Signs& signs, const std::vector<Goal>& goals, const std::string& actor,
               bool own_variables) {
  Split split;
  std::vector<const Goal*> done;
  for (const Goal& goal : goals) {
    if (!owns(goal, actor) || (!own_variables && signs.sets(goal.ends))) continue;
    if (std::any_of(done.begin(), done.end(), [&](const Goal* g) { return same_ends(g->ends, goal.ends); }))
      continue;
    done.push_back(&goal);
    place(signs, goal, split);
  }
  return split;
}

std::string texts(const std::vector<const Goal*>& goals) {
  std::vector<std::string> list;
  for (const Goal* goal : goals) append_new(list, {fmt::format("\"{}\"", goal->text)});
  return listed(list);
}

/// A goal that no path of rows leads to: that the act does nothing for it is not thereby said.
constexpr const char* kNoRowJoins = "the account holds no row that joins it to";

std::string split_words(const Split& split, const std::string& whose) {
  if (!split.any())
    return fmt::format("the account holds no row on a goal of {} that it could be held against", whose);
  if (!split.touched()) return fmt::format("{} what {} wants", kNoRowJoins, whose);
  const std::pair<const char*, const std::vector<const Goal*>*> kinds[] = {
      {"serves", &split.served},
      {"works against", &split.harmed},
      {"may serve", &split.may_serve},
      {"may harm", &split.may_harm},
      {"may go either way for", &split.unknown}};
  std::vector<std::string> parts;
  for (const auto& [words, goals] : kinds)
    if (!goals->empty()) parts.push_back(fmt::format("{} {}", words, texts(*goals)));
  std::string rest;
  if (split.untouched.size() > 3)
    rest = fmt::format("; {} {} other things that {} wants", kNoRowJoins, split.untouched.size(), whose);
  else if (!split.untouched.empty())
    rest = fmt::format("; {} {}", kNoRowJoins, texts(split.untouched));
  return "it " + listed(parts) + rest;
}

std::vector<std::string> split_rows(const Signs& signs, const Split& split) {
  std::vector<std::string> rows;
  for (const auto* goals : {&split.served, &split.harmed})
    for (const Goal* goal : *goals) {
      const auto way = signs.way(goal->ends, goals == &split.served ? Sign::plus : Sign::minus);
      if (way) append_new(rows, rows_of(*way));
      append_new(rows, {goal->row});
    }
  return rows;
}

/// How a measure stands to each need of one objective: served, and not all of them.
struct Needs {
  Split split;
  [[nodiscard]] bool partly() const {
    return !split.served.empty() && (!split.harmed.empty() || !split.untouched.empty());
  }
};

Needs needs_of(const Signs& signs, const std::vector<Goal>& goals, const std::string& objective) {
  Needs result;
  for (const Goal& need : goals)
    if (need.objective && need.row == objective) place(signs, need, result.split);
  return result;
}

/// Needs by what becomes of them, to compare with those of another account.
std::vector<std::set<std::string>> texts_of(const Needs& needs) {
  std::vector<std::set<std::string>> list;
  for (const auto* goals : {&needs.split.served, &needs.split.harmed, &needs.split.untouched}) {
    list.emplace_back();
    for (const Goal* goal : *goals) list.back().insert(goal->text);
  }
  return list;
}

/// What is asked for, met in full, against each objective of its maker.
void objectives(const Ground& ground, const Word& word, const Signs& signs, Audited& result) {
  const Situation& s = ground.s();
  const auto& goals = ground.goals();
  std::vector<std::string> seen;
  for (const Goal& goal : goals) {
    if (!goal.objective || !owns(goal, word.by) || includes(seen, goal.row)) continue;
    seen.push_back(goal.row);
    const Needs needs = needs_of(signs, goals, goal.row);
    if (!needs.partly()) continue;
    Found found;
    Finding& f = found.finding;
    f.kind = Finding::Kind::compliance;
    f.id = fmt::format("compliance:{}:{}", word.row->id, goal.row);
    f.rows = {word.row->id};
    if (!word.asked_row.empty()) append_new(f.rows, {word.asked_row});
    found.candidates = f.rows;
    append_new(f.rows, split_rows(signs, needs.split));
    append_new(f.rows, {goal.row});
    for (const auto* list : {&needs.split.served, &needs.split.harmed})
      for (const Goal* need : *list) {
        const auto rows = signs.rows_towards(need->ends);
        append_new(found.candidates, {rows.begin(), rows.end()});
      }
    append_new(found.candidates, f.rows);
    std::vector<std::string> parts = {"serves " + texts(needs.split.served)};
    if (!needs.split.harmed.empty()) parts.push_back("works against " + texts(needs.split.harmed));
    const auto of = std::count_if(goals.begin(), goals.end(),
                                  [&](const Goal& need) { return need.objective && need.row == goal.row; });
    f.words = fmt::format(
        "Met in full, what {} asks for with its {} ({}) brings, by these rows, a part of what \"{}\" needs: "
        "of "
        "{} things it {}",
        name_of(s, word.by), word.kind, word.asked_text, name_of(s, goal.row), of, listed(parts));
    if (!needs.split.untouched.empty())
      f.words += fmt::format("; {} {}", kNoRowJoins, texts(needs.split.untouched));
    found.holds = [row = word.row->id, objective = goal.row, before = texts_of(needs)](const Ground& g) {
      const auto words = words_of(g.s(), row);
      if (words.empty() || !words.front().asked) return false;
      return texts_of(needs_of(Signs(g, *words.front().asked), g.goals(), objective)) == before;
    };
    result.found.push_back(std::move(found));
  }
}

struct Harmed {
  const Goal* goal = nullptr;
  Way way;
};

/// Neither its maker's nor only of those who are told.
bool is_of_others(const Goal& goal, const Word& word) {
  return !owns(goal, word.by) &&
         !std::all_of(goal.by.begin(), goal.by.end(), [&](const auto& a) { return includes(word.to, a); });
}

/// Goals of everybody who neither makes the commitment nor is told, that the act harms.
std::vector<Harmed> harmed_others(const Ground& ground, const Word& word, const std::vector<Goal>& goals,
                                  std::set<std::string>* towards) {
  const Signs signs(ground, word.act);
  std::vector<Harmed> list;
  for (const Goal& goal : goals) {
    if (!is_of_others(goal, word)) continue;
    const auto way = signs.on(goal.ends) == Sign::minus ? signs.way(goal.ends, Sign::minus) : std::nullopt;
    if (!way) continue;
    list.push_back({&goal, *way});
    if (towards != nullptr) towards->merge(signs.rows_towards(goal.ends));
  }
  return list;
}

/// Where no row shows that the act harms a goal of somebody else: how far rows go.
std::string unharmed_words(const Ground& ground, const Word& word) {
  const Situation& s = ground.s();
  const Signs signs(ground, word.act);
  std::vector<std::string> moves, moved;
  for (const Goal& goal : ground.goals())
    if (is_of_others(goal, word) && signs.on(goal.ends) != Sign::none)
      append_new(moved, {fmt::format("\"{}\"", goal.text)});
  if (!moved.empty())
    return fmt::format("it bears on what others want ({}), and no row shows that it surely harms that",
                       listed(moved));
  for (const auto& place : ground.frame().places)
    if (signs.reaches(place))
      append_new(moves, {plain(s.variables[static_cast<std::size_t>(place.variable)].id)});
  if (moves.size() > 4) moves.resize(4);
  return moves.empty()
             ? "the account holds no row on what follows from it"
             : fmt::format("the account gives nobody else a goal among what it moves ({})", listed(moves));
}

/// What the other signatories ask for at tables where the act could be signed; nothing where one of their
/// goals is touched by it, or where they ask for nothing.
std::vector<std::string> unwanted_by(const Ground& ground, const Word& word) {
  const Situation& s = ground.s();
  std::vector<std::string> asked;
  for (const auto& talks : tables_of(s, word, word.act)) {
    const Row* row = s.row(talks);
    const auto issues = row->names("issues");
    const Signs signs(ground, word.act);
    for (const Goal& goal : ground.goals()) {
      if (std::none_of(goal.by.begin(), goal.by.end(), [&](const auto& a) { return includes(word.to, a); }))
        continue;
      if (signs.on(goal.ends) != Sign::none || signs.sets(goal.ends)) return {};
      const bool here = std::all_of(goal.ends.begin(), goal.ends.end(), [&](const End& end) {
        return includes(issues, s.variables[static_cast<std::size_t>(end.place.variable)].id);
      });
      const Row* goal_row = s.row(goal.row);
      if (here && goal_row != nullptr && goal_row->concept_name == "positions") append_new(asked, {goal.row});
    }
  }
  return asked;
}

}  // namespace

void audit_own_goals(const Ground& ground, const Word& word, Audit& audit) {
  const Signs signs(ground, word.act);
  const Split split = split_of(signs, ground.goals(), word.by, word.kind == "threat");
  audit.items.push_back({"own_goals", split.verdict(), split_words(split, name_of(ground.s(), word.by)),
                         split_rows(signs, split)});
}

void audit_compliance(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  AuditItem item{"compliance", "unsaid", "the account holds no row on what is asked for", {}};
  if (word.any_agreement) {
    item.words = "any agreement would meet it, so what meeting it brings its maker depends on which";
  } else if (word.asked) {
    const Signs signs(ground, *word.asked);
    const Split split = split_of(signs, ground.goals(), word.by, true);
    item.verdict = split.verdict();
    item.words = split_words(split, name_of(s, word.by));
    item.rows = split_rows(signs, split);
    if (word.kind == "threat") objectives(ground, word, signs, result);
  }
  audit.items.push_back(std::move(item));
}

void audit_others(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  AuditItem item{"others", "unsaid", "", {}};
  std::set<std::string> towards;
  const auto harmed = harmed_others(ground, word, ground.goals(), &towards);
  if (harmed.empty()) {
    item.words = unharmed_words(ground, word);
    audit.items.push_back(std::move(item));
    return;
  }
  std::vector<std::string> said;
  std::set<std::string> whose;
  for (const auto& h : harmed) {
    std::vector<std::string> by;
    for (const auto& actor : h.goal->by) by.push_back(name_of(s, actor));
    whose.insert(by.begin(), by.end());
    append_new(said, {fmt::format("{} ({})", listed(by), h.goal->text)});
    append_new(item.rows, rows_of(h.way));
    append_new(item.rows, {h.goal->row});
  }
  item.verdict = "yes";
  item.words = fmt::format("it works against what {} want{}", listed(said), whose.size() == 1 ? "s" : "");
  Found found;
  found.finding.kind = Finding::Kind::others_pay;
  found.finding.id = "others-pay:" + word.row->id;
  found.finding.rows = {word.row->id};
  append_new(found.finding.rows, item.rows);
  found.finding.words =
      fmt::format("{}, carried out, is paid for by others too: {}", capital(audit.words), item.words);
  found.candidates = found.finding.rows;
  append_new(found.candidates, {towards.begin(), towards.end()});
  found.holds = [row = word.row->id](const Ground& g) {
    const auto words = words_of(g.s(), row);
    return !words.empty() && !harmed_others(g, words.front(), g.goals(), nullptr).empty();
  };
  result.found.push_back(std::move(found));
  audit.items.push_back(std::move(item));
}

void audit_wanted(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  if (word.kind != "promise" || word.to.empty()) return;
  const auto asked = unwanted_by(ground, word);
  if (asked.empty()) return;
  std::vector<std::string> to;
  for (const auto& target : word.to) to.push_back(name_of(s, target));
  AuditItem item{"wanted", "unsaid", fmt::format("{} what {} wants", kNoRowJoins, listed(to)), asked};
  Found found;
  found.finding.kind = Finding::Kind::unwanted;
  found.finding.id = "unwanted:" + word.row->id;
  found.finding.rows = {word.row->id};
  append_new(found.finding.rows, asked);
  found.context.assign(asked.begin() + 1, asked.end());
  std::vector<std::string> asks;
  for (const Goal& goal : ground.goals())
    if (includes(asked, goal.row)) append_new(asks, {goal.text});
  found.finding.words =
      fmt::format("{}: {} what {} wants; what {} asks for at this table is {}", capital(audit.words),
                  kNoRowJoins, listed(to), to.size() == 1 ? "it" : "each of them", listed(asks));
  found.candidates = found.finding.rows;
  found.holds = [row = word.row->id](const Ground& g) {
    const auto words = words_of(g.s(), row);
    return !words.empty() && !unwanted_by(g, words.front()).empty();
  };
  result.found.push_back(std::move(found));
  audit.items.push_back(std::move(item));
}

}  // namespace parley::questions
