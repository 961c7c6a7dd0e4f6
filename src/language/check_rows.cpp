// SPDX-License-Identifier: MIT
// What each concept asks of its rows beyond names.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "expression/parse.hpp"
#include "language/checks.hpp"
#include "language/value.hpp"

namespace parley::language {
namespace {

using account::Row;
using account::Value;

class RowCheck {
 public:
  RowCheck(const Row& row, const Names& names, Report& report) : row_(row), names_(names), report_(report) {}

  void run() {
    const std::string& concept_name = row_.concept_name;
    if (concept_name == "issues") issue();
    if (concept_name == "relations") relation();
    if (concept_name == "positions") position();
    if (concept_name == "preferences") preference();
    if (concept_name == "saliences") repeats("order", code::repeated_name);
    if (concept_name == "assumptions") assumption();
    if (concept_name == "claims") claim();
    if (concept_name == "tensions") tension();
    if (concept_name == "orderings" && row_.text("more") == row_.text("less")) own("less");
    if (concept_name == "parts" && row_.text("of") == row_.id) own("of");
    for (const char* field : {"options", "terms", "sets"})
      if (const Value* value = row_.value(field); value != nullptr && value->shape == account::Shape::options)
        options(*value);
  }

 private:
  void own(const char* field) {
    const Value* value = row_.value(field);
    if (value == nullptr) return;  // a row without it has its own diagnostic
    report_.add(code::own_member, value->place, fmt::format("`{}` names itself", row_.id),
                "name another row");
  }

  void issue() {
    const Domain domain = Names::domain(row_);
    const bool choices = row_.field("choices") != nullptr;
    if (const Value* levels = row_.value(choices ? "choices" : "levels");
        levels != nullptr && domain.levels.size() < 2)
      report_.add(code::too_few_levels, levels->place,
                  fmt::format("the issue `{}` has {}, and needs two or more to be at issue", row_.id,
                              domain.levels.empty() ? "no level" : "one level"),
                  "add the level that it is now, or that somebody wants");
    if (const Value* now = row_.value("now")) check_level(row_, now->text, now->place, report_);
    if (const Value* words = row_.value("analyst_words"))
      for (const Value& word : words->items) check_level(row_, word.text, word.place, report_);
    if (const Value* opens = row_.value("opens")) {
      for (std::size_t i = 0; i < opens->keys.size(); ++i) {
        check_level(row_, opens->keys[i], opens->key_places[i], report_);
        for (const Value& opened : opens->items[i].items) {
          look_up(opened.text, opened.place, account::to_variable, names_, report_);
          if (opened.text == row_.id)
            report_.add(code::own_member, opened.place, fmt::format("`{}` opens itself", row_.id),
                        "name another issue");
        }
      }
    }
    const auto said = [&](const char* field) {
      return row_.field(field) != nullptr || report_.is_quiet(failed_field(row_.id, field));
    };
    const bool decided = said("settled_by") || said("chosen_by") || said("nature");
    if (!decided)
      report_.add(code::no_decider, row_.place,
                  fmt::format("the issue `{}` does not say who decides it", row_.id),
                  "add `settled_by: [a, b]`, `chosen_by: a` or `nature: yes`");
  }

  void relation() {
    if (const Value* words = row_.value("analyst_words"))
      for (const Value& word : words->items) check_level(row_, word.text, word.place, report_);
    if (const Value* levels = row_.value("levels"); levels != nullptr && levels->items.size() < 2)
      report_.add(code::too_few_levels, levels->place,
                  fmt::format("the relation `{}` needs two or more levels", row_.id),
                  "write [absent, present]");
    const Value* now = row_.value("now");
    if (now == nullptr) return;
    for (std::size_t i = 0; i < now->keys.size(); ++i) {
      check_level(row_, now->items[i].text, now->items[i].place, report_);
      const std::string& key = now->keys[i];
      const auto comma = key.find(',');
      const std::string who = folded(key.substr(0, comma));
      const std::string whom = comma == std::string::npos ? "" : folded(key.substr(comma + 1));
      side("who", who, now->key_places[i]);
      if (!whom.empty()) side("whom", whom, now->key_places[i]);
      const auto listed = names_.members(row_.names("whom"));
      if (whom.empty() && listed && listed->size() > 1)
        report_.add(
            code::bad_entry, now->key_places[i],
            fmt::format("`{}` does not say to whom: `whom` of the relation `{}` lists several", who, row_.id),
            fmt::format("write `{}, WHOM: ...`", who));
    }
  }

  void side(const char* field, const std::string& name, Place place) {
    const Row* row = look_up(name, place, account::to_actor | account::to_group, names_, report_);
    if (row == nullptr) return;
    if (const auto actor = names_.outsider({name}, row_.names(field)))
      report_.add(code::not_in_relation, place,
                  fmt::format("`{}` is not listed under `{}` of the relation `{}`", *actor, field, row_.id),
                  fmt::format("add it to `{}`", field));
  }

  /// The variable that `on` names, quietly: unknown names have been reported with the field.
  [[nodiscard]] const Row* on() const {
    const Value* on = row_.value("on");
    if (on == nullptr) return nullptr;
    return names_.find(on->tree ? on->tree->subject.name : on->text);
  }

  void position() {
    const Row* variable = on();
    if (row_.field("of") != nullptr && row_.text("of") == row_.text("by") && !row_.text("by").empty())
      report_.add(code::own_member, row_.value("of")->place,
                  fmt::format("`{}` demands something of itself", row_.text("by")), "leave `of` out");
    if (variable == nullptr) return;
    for (const char* stance : {"insists", "refuses", "presses", "asks", "prefers"}) {
      const Value* value = row_.value(stance);
      if (value == nullptr || !value->tree) continue;
      const auto& tree = *value->tree;
      const bool whole = tree.operands.size() == 1 && tree.operands[0].text == "whole";
      const bool package = (Names::kind(*variable) & account::to_package) != 0;
      if (package != whole) {
        report_.add(code::whole_package, value->place,
                    package ? fmt::format("`{}` is a package: it is wanted whole or not at all", variable->id)
                            : fmt::format("`whole` is said of packages, and `{}` is {}", variable->id,
                                          Names::kind_words(*variable)),
                    package ? fmt::format("write `{}: whole`, or a position on one of its issues", stance)
                            : "name one of its levels");
      } else if (!package && (Names::kind(*variable) & account::to_variable) != 0) {
        check_predicate(tree, *variable, report_);
      }
    }
  }

  void repeats(const char* field, const Code& which) {
    const Value* order = row_.value(field);
    if (order == nullptr) return;
    std::unordered_set<std::string> seen;
    for (const Value& item : order->items)
      if (!seen.insert(item.text).second)
        report_.add(which, item.place, fmt::format("`{}` stands twice in the order", item.text),
                    "delete one of them");
  }

  void preference() {
    repeats("order", code::repeated_level);
    const Row* variable = on();
    if (variable == nullptr) return;
    const bool is_condition = (Names::kind(*variable) & account::to_condition) != 0;
    if (const Value* wants = row_.value("wants")) {
      const bool of_outcome = wants->text == "happens" || wants->text == "avoided";
      const bool choices = !is_condition && Names::domain(*variable).kind == Domain::Kind::choices;
      if (of_outcome != is_condition || choices)
        report_.add(code::wrong_verb, wants->place,
                    fmt::format("`{}` is {} and is not wanted `{}`", variable->id,
                                Names::kind_words(*variable), wants->text),
                    is_condition ? "write `wants: happens` or `wants: avoided`"
                    : choices    ? "its choices have no order: write `order: a > b`"
                                 : "write `wants: more` or `wants: less`");
    }
    for (const char* field : {"order", "worth"}) {
      const Value* value = row_.value(field);
      if (value == nullptr) continue;
      if (is_condition) {
        report_.add(
            code::wrong_verb, value->place,
            fmt::format("`{}` is {} and has no levels to order", variable->id, Names::kind_words(*variable)),
            "write `wants: happens` or `wants: avoided`");
        continue;
      }
      for (const Value& item : field == std::string_view("order") ? value->items : std::vector<Value>{})
        check_level(*variable, item.text, item.place, report_);
      for (std::size_t i = 0; i < value->keys.size(); ++i)
        check_level(*variable, value->keys[i], value->key_places[i], report_);
    }
  }

  void tension() {
    const Value* between = row_.value("between");
    if (between == nullptr || between->items.size() >= 2) return;
    report_.add(code::too_few_rows, between->place,
                fmt::format("the tension `{}` names one row, and needs two or more", row_.id),
                "write `between: [one_row, another_row]`");
  }

  void assumption() {
    if (const Value* one_of = row_.value("one_of"); one_of != nullptr && one_of->items.size() < 2)
      report_.add(code::too_few_levels, one_of->place,
                  fmt::format("the assumption `{}` may be one thing only", row_.id),
                  "name two or more, or leave `one_of` out");
    const Value* range = row_.value("range");
    const Value* hard = row_.value("hard");
    if (range == nullptr || hard == nullptr || !range->quantity || !hard->quantity) return;
    const auto& inner = *range->quantity;
    const auto& outer = *hard->quantity;
    const bool below = !outer.no_low && !inner.no_low && inner.low < outer.low;
    const bool above = !outer.no_high && !inner.no_high && inner.high > outer.high;
    if (below || above)
      report_.add(code::range_outside_hard, range->place,
                  fmt::format("the range `{}` passes the hard bounds `{}`", range->text, hard->text),
                  "narrow the range, or widen the bounds");
  }

  void claim() {
    const auto needs = [&](const char* field, const char* other) {
      const account::Field* found = row_.field(field);
      if (found != nullptr && row_.field(other) == nullptr)
        report_.add(code::missing_field, found->key_place,
                    fmt::format("`{}` needs `{}` beside it", field, other),
                    fmt::format("add `{}: CONDITION`", other));
    };
    for (const char* field : {"sufficient", "not_sufficient", "necessary"}) needs(field, "for");
    needs("matters", "for");
    needs("likelier", "than");
    needs("asks_more", "than");
    needs("asks_more", "of");
    needs("takes", "of");
    needs("takes", "share");
    needs("more", "less");
    needs("less", "more");
    if (row_.field("asks_more") == nullptr) needs("than", "likelier");
  }

  void options(const Value& value) {
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      const Row* variable = option_variable(value.keys[i], value.key_places[i]);
      if (variable != nullptr && i < value.items.size())
        check_level(*variable, value.items[i].text, value.items[i].place, report_);
    }
  }

  const Row* option_variable(const std::string& key, Place place) {
    if (key.find('(') == std::string::npos) {
      expression::Subject subject;
      subject.name = key;
      subject.place = place;
      return check_variable(subject, names_, report_);
    }
    auto parsed = expression::parse_subject(key, place);
    if (parsed.subject) return check_variable(*parsed.subject, names_, report_);
    for (const auto& problem : parsed.problems)
      report_.add(code::bad_expression, place, problem.message, problem.hint);
    return nullptr;
  }

  const Row& row_;
  const Names& names_;
  Report& report_;
};

}  // namespace

void check_rows(const account::Account& account, const Names& names, Report& report) {
  for (const Row& row : account.rows)
    if (!row.made && !report.full()) RowCheck(row, names, report).run();
}

}  // namespace parley::language
