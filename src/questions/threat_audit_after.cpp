// SPDX-License-Identifier: MIT
// What stands once a commitment is answered: what compliance leaves of a threat, and whether an undertaking
// of the same two was left before.
#include <fmt/format.h>

#include <algorithm>

#include "framing/wishes.hpp"
#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::End;
using framing::Formula;
using framing::LevelMask;
using framing::Situation;
using logic::Sign;

/// Can the condition hold once what is asked for is done, signed at a table where it can be?
bool left_by_compliance(const Situation& s, const Word& word, const Formula& condition) {
  logic::FiniteProblem problem;
  problem.sizes.assign(s.variables.size(), 1);
  const auto demand = [&](Formula formula) {
    for (const int v : expression::touched(formula))
      problem.sizes[static_cast<std::size_t>(v)] = s.variables[static_cast<std::size_t>(v)].size();
    problem.constraints.push_back({"", "", true, std::move(formula)});
  };
  demand(condition);
  if (word.asked) demand(*word.asked);
  for (const auto& talks : word.talks)
    if (const int v = s.variable(talks); v >= 0) {
      framing::LevelSet agreed(s.variables[static_cast<std::size_t>(v)].size());
      agreed.add(framing::kAgreed);
      demand(Formula::atom(v, agreed));
    }
  return logic::satisfiable(problem, {}) != logic::Satisfiable::no;
}

/// What compliance leaves: statements of the same threat whose condition it does not end, that have none, or
/// whose condition is not stated or not read, and other causes that move the act's variable the same way.
struct Left {
  std::vector<std::string> ended, bare, unstated, unread, standing, causes;
  [[nodiscard]] bool any() const {
    return !bare.empty() || !unstated.empty() || !unread.empty() || !standing.empty() || !causes.empty();
  }
  friend bool operator==(const Left&, const Left&) = default;
};

Left left_after(const Ground& ground, const Word& word) {
  const Situation& s = ground.s();
  Left left;
  std::vector<const Row*> rows = {word.row};
  rows.insert(rows.end(), word.restated.begin(), word.restated.end());
  for (const Row* row : rows) {
    const char* field = row->value("only_if") != nullptr ? "only_if" : "if";
    const auto* condition = row->condition(field);
    const auto bound = condition == nullptr ? std::nullopt : framing::bind(s, *condition);
    auto& into = row->value(field) == nullptr          ? left.bare
                 : condition == nullptr                ? left.unstated
                 : !bound                              ? left.unread
                 : left_by_compliance(s, word, *bound) ? left.standing
                                                       : left.ended;
    into.push_back(row->id);
  }
  std::map<int, Sign> way;
  for (const End& end : framing::ends_of(s, word.act)) way.emplace(end.place.variable, end.sign);
  const auto add = [&](const std::string& row, int effect, Sign sign, bool ended) {
    const auto at = way.find(effect);
    if (at != way.end() && !ended && logic::product(at->second, sign) == Sign::plus)
      append_new(left.causes, {row});
  };
  for (const auto& drive : ground.rules().drives)
    add(drive.row, drive.effect,
        drive.sign > 0   ? Sign::plus
        : drive.sign < 0 ? Sign::minus
                         : Sign::unknown,
        drive.cause_variable < 0 && !left_by_compliance(s, word, drive.cause));
  for (const auto& chance : ground.rules().chances) {
    if (!chance.mechanism || chance.never) continue;
    const auto [effect, sign] = framing::effect_of(chance);
    for (const End& end : framing::ends_of(s, effect))
      add(chance.id, end.place.variable, sign > 0 ? end.sign : logic::product(end.sign, Sign::minus),
          !left_by_compliance(s, word, chance.triggers[0]));
  }
  return left;
}

/// An agreement between two that one of them left, and what the other asks for of what was in it.
struct Broken {
  std::string agreement, left_by, other;
  std::vector<std::string> wishes;  ///< rows by which the other asks for it again
  std::vector<std::string> texts;
  bool same_act = false;
};

std::vector<Broken> broken_of(const Situation& s, const Word& word) {
  std::vector<Broken> list;
  const auto touched = expression::touched(word.act);
  for (const Row* row : s.of("agreements")) {
    const std::string now = row->text("now");
    if (now != "left" && now != "breached") continue;
    const auto parties = members_of(s, row->names("parties"));
    for (const auto& target : word.to) {
      if (!includes(parties, word.by) || !includes(parties, target)) continue;
      const std::string by = row->text("left_by");
      if (by != word.by && by != target) continue;
      Broken broken{row->id, by, by == word.by ? target : word.by, {}, {}, false};
      const account::Value* terms = row->value("terms");
      for (std::size_t i = 0; terms != nullptr && i < terms->keys.size(); ++i) {
        const int v = s.variable(terms->keys[i]);
        if (v < 0) continue;
        broken.same_act = broken.same_act || std::find(touched.begin(), touched.end(), v) != touched.end();
        // What the one who left decides alone is its part of the bargain.
        if (s.variables[static_cast<std::size_t>(v)].movers != std::vector<std::string>{by}) continue;
        for (const auto& wish : framing::wishes_of(s, broken.other))
          for (const auto& [variable, levels] : wish.levels)
            if (variable == v && wish.package.empty()) {
              broken.wishes.push_back(wish.row.substr(0, wish.row.find('#')));
              broken.texts.push_back(fmt::format("{}: {}", plain(terms->keys[i]), terms->items[i].text));
            }
      }
      list.push_back(std::move(broken));
    }
  }
  return list;
}

}  // namespace

void audit_lifted(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  if (word.kind != "threat") return;
  AuditItem item{"lifted", "unsaid", "the account holds no row on what would end it", {}};
  if (word.asked || word.any_agreement) {
    const Left left = left_after(ground, word);
    item.verdict = left.any() ? "partly" : "yes";
    std::vector<std::string> parts;
    if (!left.ended.empty())
      parts.push_back(left.any() ? "where it is made on that condition, it is lifted" : "it is lifted");
    if (!left.bare.empty() || !left.unstated.empty())
      parts.push_back("it is also made with no stated condition");
    if (!left.unread.empty()) parts.push_back("it is also made on a condition that is not read here");
    if (!left.standing.empty())
      parts.push_back("it is also made on another condition, which that does not end");
    if (!left.causes.empty()) {
      std::vector<std::string> causes;
      for (const auto& id : left.causes)
        if (const Row* row = s.row(id)) append_new(causes, {plain(row->text("cause"))});
      parts.push_back(fmt::format("{} may bring the same about whatever is signed", listed(causes)));
    }
    item.words = fmt::format("{}", fmt::join(parts, "; "));
    for (const auto* rows :
         {&left.ended, &left.bare, &left.unstated, &left.unread, &left.standing, &left.causes})
      append_new(item.rows, *rows);
    if (left.any() && !left.ended.empty()) {
      Found found;
      found.finding.kind = Finding::Kind::not_lifted;
      found.finding.id = "not-lifted:" + word.row->id;
      found.finding.rows = item.rows;
      found.finding.words = fmt::format("Doing what {} asks for ({}) does not rule it out: {}", audit.words,
                                        word.asked_text, item.words);
      found.candidates = item.rows;
      found.holds = [row = word.row->id, left](const Ground& g) {
        const auto words = words_of(g.s(), row);
        if (words.empty() || !(words.front().asked || words.front().any_agreement)) return false;
        const Left now = left_after(g, words.front());
        return now.any() && !now.ended.empty();
      };
      result.found.push_back(std::move(found));
    }
  }
  audit.items.push_back(std::move(item));
}

void audit_undone(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  AuditItem item{"undone",
                 "unsaid",
                 "the account holds no row on an earlier agreement of the same two that one of them left",
                 {}};
  for (const Broken& broken : broken_of(s, word)) {
    item.verdict = "yes";
    item.rows = {broken.agreement};
    append_new(item.rows, broken.wishes);
    item.words = fmt::format("{} left {} before", name_of(s, broken.left_by), name_of(s, broken.agreement));
    if (!broken.wishes.empty())
      item.words += fmt::format(", and what {} asks for now was its part of that ({})",
                                name_of(s, broken.other), listed(broken.texts));
    if (broken.wishes.empty() && !broken.same_act) continue;
    const std::string id = fmt::format("undone:{}:{}:{}", broken.left_by, broken.other, broken.agreement);
    if (std::any_of(result.found.begin(), result.found.end(),
                    [&](const Found& f) { return f.finding.id == id; }))
      break;
    Found found;
    found.finding.kind = Finding::Kind::undone;
    found.finding.id = id;
    found.finding.rows = item.rows;
    if (broken.wishes.empty()) append_new(found.finding.rows, {word.row->id});
    found.finding.words =
        broken.wishes.empty()
            ? fmt::format("What {} {} it undertook before, in {}, and left", name_of(s, broken.left_by),
                          word.kind == "condition" ? "does only under a condition" : "now says it will do",
                          name_of(s, broken.agreement))
            : fmt::format(
                  "What {} asks of {} ({}) is what it had by {}, which {} left; it is for {} alone to give, "
                  "and to take "
                  "back",
                  name_of(s, broken.other), name_of(s, broken.left_by), listed(broken.texts),
                  name_of(s, broken.agreement), name_of(s, broken.left_by), name_of(s, broken.left_by));
    found.candidates = found.finding.rows;
    found.holds = [row = word.row->id, agreement = broken.agreement,
                   wanted = !broken.wishes.empty()](const Ground& g) {
      for (const Word& w : words_of(g.s()))
        for (const Broken& b : broken_of(g.s(), w))
          if (b.agreement == agreement && (wanted ? !b.wishes.empty() : b.same_act && w.row->id == row))
            return true;
      return false;
    };
    result.found.push_back(std::move(found));
    break;
  }
  audit.items.push_back(std::move(item));
}

}  // namespace parley::questions
