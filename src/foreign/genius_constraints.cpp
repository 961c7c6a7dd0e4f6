// SPDX-License-Identifier: MIT
#include "foreign/genius_constraints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "foreign/decimal.hpp"
#include "foreign/json.hpp"
#include "foreign/limits.hpp"
#include "foreign/text.hpp"

namespace parley::foreign {
namespace {

using expression::Formula;
using expression::LevelSet;
using Kind = Json::Kind;

/// A value as it is written, for messages.
std::string as_text(const Json& value) {
  if (value.is(Kind::string)) return fmt::format("\"{}\"", shown(value.text));
  if (value.is(Kind::number)) return shown(value.text);
  if (value.is(Kind::boolean)) return value.truth ? "true" : "false";
  return value.is(Kind::null) ? "null" : fmt::format("a {}", kind_name(value.kind));
}

/// Digits alone.
std::optional<std::size_t> position(const Json& value) {
  const bool digits =
      value.is(Kind::number) && value.text.find_first_not_of("0123456789") == std::string::npos;
  const auto number = digits ? read_integer(value.text) : std::nullopt;
  if (!number) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

/// Reads the rows one after the other; every message names the row by its number and its id, and the place of
/// the value that is wrong.
class Rows {
 public:
  Rows(const std::string& path, const Places& places, const GeniusDomain& domain,
       const std::vector<int>& seats, const std::vector<std::string>& names, deals::BargainProblem& problem,
       Messages& messages)
      : path_(path),
        places_(places),
        domain_(domain),
        seats_(seats),
        names_(names),
        problem_(problem),
        messages_(messages) {
    for (const GeniusIssue& issue : domain.issues) issue_names_.push_back(issue.name);
  }

  void read(const Json& row, std::size_t number);

 private:
  void implies(const Json& row);
  void red_line(const Json& row);
  void reservation(const Json& row);
  void impossible(const Json& row);
  bool begin(const Json& row);
  void allow_only(const Json& row, const std::vector<std::string>& keys);
  const Json* member(const Json& row, const char* key);
  const Json* member(const Json& row, const char* key, Kind kind);
  std::optional<std::size_t> party(const Json& row);
  std::optional<int> issue_named(const std::string& name, std::size_t at);
  std::optional<int> issue(const Json& row, const char* key);
  std::optional<LevelSet> options(const Json& list, int issue);
  std::optional<int> option(const Json& value, const GeniusIssue& issue);
  void wrong(std::size_t at, std::string code, const std::string& message, std::string hint = "");
  void add(deals::ConstraintKind kind, std::string owner, Formula formula);

  const std::string& path_;
  const Places& places_;
  const GeniusDomain& domain_;
  const std::vector<int>& seats_;
  const std::vector<std::string>& names_;
  deals::BargainProblem& problem_;
  Messages& messages_;
  std::vector<std::string> issue_names_;
  std::set<std::string> ids_;
  std::set<std::size_t> reserved_;
  std::string id_, label_;
};

void Rows::wrong(std::size_t at, std::string code, const std::string& message, std::string hint) {
  messages_.error({path_, places_.at(at)}, std::move(code), label_ + ": " + message, std::move(hint));
}

const Json* Rows::member(const Json& row, const char* key) {
  const Json* found = row.member(key);
  if (found == nullptr) wrong(row.at, "missing-key", fmt::format("`{}` is missing", key));
  return found;
}

const Json* Rows::member(const Json& row, const char* key, Kind kind) {
  const Json* found = member(row, key);
  if (found == nullptr || found->is(kind)) return found;
  wrong(found->at, "wrong-type",
        fmt::format("`{}` is a {}; a {} was expected", key, kind_name(found->kind), kind_name(kind)));
  return nullptr;
}

bool Rows::begin(const Json& row) {
  const Json* id = member(row, "id", Kind::string);
  if (id == nullptr) return false;
  id_ = id->text;
  label_ += fmt::format(" (`{}`)", shown(id_));
  if (id_.empty()) {
    wrong(id->at, "bad-id", "the id is empty");
    return false;
  }
  if (ids_.insert(id_).second) return true;
  wrong(id->at, "duplicate-id", "this id stands here a second time");
  return false;
}

void Rows::allow_only(const Json& row, const std::vector<std::string>& keys) {
  for (const Json& entry : row.items) {
    if (entry.key == "id" || entry.key == "type") continue;
    if (std::find(keys.begin(), keys.end(), entry.key) == keys.end())
      messages_.warning({path_, places_.at(entry.key_at)}, "unknown-key",
                        fmt::format("{}: `{}` means nothing here", label_, shown(entry.key)),
                        suggestion(entry.key, keys));
  }
}

std::optional<std::size_t> Rows::party(const Json& row) {
  const Json* found = member(row, "party");
  if (found == nullptr) return std::nullopt;
  const auto number = position(*found);
  if (number && *number < seats_.size()) return number;
  wrong(found->at, "unknown-party",
        fmt::format("`party` is {}; it is the position of a profile, from 0 to {}", as_text(*found),
                    seats_.size() - 1));
  return std::nullopt;
}

std::optional<int> Rows::issue_named(const std::string& name, std::size_t at) {
  const auto found = std::find(issue_names_.begin(), issue_names_.end(), name);
  if (found != issue_names_.end()) return static_cast<int>(found - issue_names_.begin());
  wrong(at, "unknown-issue", fmt::format("there is no issue `{}`", shown(name)),
        messages_.hint(name, issue_names_));
  return std::nullopt;
}

std::optional<int> Rows::issue(const Json& row, const char* key) {
  const Json* name = member(row, key, Kind::string);
  if (name == nullptr) return std::nullopt;
  return issue_named(name->text, name->at);
}

std::optional<int> Rows::option(const Json& value, const GeniusIssue& issue) {
  const bool text = value.is(Kind::string);
  if (issue.integer) {
    const auto number = text || value.is(Kind::number) ? read_integer(value.text) : std::nullopt;
    if (number && *number >= issue.lower && *number <= issue.upper) return *number - issue.lower;
    wrong(value.at, "unknown-option",
          fmt::format("issue `{}` has no option {}", shown(issue.name), as_text(value)),
          fmt::format("its options are the whole numbers from {} to {}", issue.lower, issue.upper));
    return std::nullopt;
  }
  if (!text) {
    wrong(value.at, "wrong-type",
          fmt::format("an option of issue `{}` is a {}; a string was expected", shown(issue.name),
                      kind_name(value.kind)));
    return std::nullopt;
  }
  const auto found = issue.places.find(value.text);
  if (found != issue.places.end()) return found->second;
  wrong(value.at, "unknown-option",
        fmt::format("issue `{}` has no option `{}`", shown(issue.name), shown(value.text)),
        messages_.hint(value.text, issue.items));
  return std::nullopt;
}

std::optional<LevelSet> Rows::options(const Json& list, int position) {
  if (!list.is(Kind::array)) {
    wrong(list.at, "wrong-type",
          fmt::format("`{}` is a {}; a list of options was expected", shown(list.key), kind_name(list.kind)));
    return std::nullopt;
  }
  const GeniusIssue& issue = domain_.issues[static_cast<std::size_t>(position)];
  LevelSet levels(issue.options());
  bool good = true;
  for (const Json& value : list.items) {
    if (const auto level = option(value, issue))
      levels.add(*level);
    else
      good = false;
  }
  if (!good) return std::nullopt;
  return levels;
}

void Rows::add(deals::ConstraintKind kind, std::string owner, Formula formula) {
  problem_.constraints.push_back({id_, std::move(owner), kind, std::move(formula)});
}

void Rows::implies(const Json& row) {
  allow_only(row, {"if_issue", "if_options", "then_issue", "then_options"});
  const auto if_issue = issue(row, "if_issue"), then_issue = issue(row, "then_issue");
  const Json* if_list = member(row, "if_options", Kind::array);
  const Json* then_list = member(row, "then_options", Kind::array);
  const auto condition = if_issue && if_list ? options(*if_list, *if_issue) : std::nullopt;
  const auto consequence = then_issue && then_list ? options(*then_list, *then_issue) : std::nullopt;
  if (condition && consequence)
    add(deals::ConstraintKind::linkage, "",
        Formula::implies(Formula::atom(*if_issue, *condition), Formula::atom(*then_issue, *consequence)));
}

void Rows::red_line(const Json& row) {
  allow_only(row, {"party", "issue", "forbidden_options"});
  const auto owner = party(row);
  const auto on = issue(row, "issue");
  const Json* list = member(row, "forbidden_options", Kind::array);
  const auto forbidden = on && list ? options(*list, *on) : std::nullopt;
  if (!owner || !forbidden || seats_[*owner] < 0) return;
  add(deals::ConstraintKind::red_line, names_[*owner], Formula::atom(*on, forbidden->complement()));
}

void Rows::reservation(const Json& row) {
  allow_only(row, {"party", "min_utility"});
  const auto owner = party(row);
  const Json* least = member(row, "min_utility", Kind::number);
  if (!owner || least == nullptr) return;
  const auto value = read_decimal(least->text);
  if (!value) {
    wrong(least->at, "bad-number", fmt::format("`min_utility` is out of range: {}", shown(least->text)),
          fmt::format("at most {} digits and an exponent within {}", kDigits, kExponent));
    return;
  }
  if (!reserved_.insert(*owner).second) {
    wrong(row.at, "duplicate-reservation", fmt::format("a second reservation of party {}", *owner));
    return;
  }
  if (seats_[*owner] < 0) return;
  deals::Party& seated = problem_.parties[static_cast<std::size_t>(seats_[*owner])];
  seated.reservation = *value;
  seated.reservation_id = id_;
}

void Rows::impossible(const Json& row) {
  allow_only(row, {"when"});
  const Json* when = member(row, "when", Kind::object);
  if (when == nullptr) return;
  std::vector<Formula> parts;
  for (const Json& entry : when->items) {
    const auto on = issue_named(entry.key, entry.key_at);
    const auto levels = on ? options(entry, *on) : std::nullopt;
    if (levels) parts.push_back(Formula::atom(*on, *levels));
  }
  if (when->items.empty())
    wrong(when->at, "empty-condition", "`when` names no issue");
  else if (parts.size() == when->items.size())
    add(deals::ConstraintKind::impossible, "", Formula::negation(Formula::all(std::move(parts))));
}

void Rows::read(const Json& row, std::size_t number) {
  id_.clear();
  label_ = fmt::format("constraint {}", number + 1);
  if (!row.is(Kind::object)) {
    wrong(row.at, "wrong-type", fmt::format("this is a {}; an object was expected", kind_name(row.kind)));
    return;
  }
  if (!begin(row)) return;
  const Json* type = member(row, "type", Kind::string);
  if (type == nullptr) return;
  const std::string& word = type->text;
  if (word == "implies")
    implies(row);
  else if (word == "red_line")
    red_line(row);
  else if (word == "reservation")
    reservation(row);
  else if (word == "impossible")
    impossible(row);
  else
    wrong(type->at, "unknown-type", fmt::format("the type `{}` is unknown", shown(word)),
          suggestion(word, {"implies", "red_line", "reservation", "impossible"}));
}

}  // namespace

void read_constraints(const std::string& path, std::string_view text, const GeniusDomain& domain,
                      const std::vector<int>& seats, const std::vector<std::string>& names,
                      deals::BargainProblem& problem, Messages& messages) {
  const auto document = read_json(path, text, messages);
  if (!document) return;
  const Places places(without_mark(text));
  const auto wrong = [&](std::size_t at, std::string code, std::string message, std::string hint = "") {
    messages.error({path, places.at(at)}, std::move(code), std::move(message), std::move(hint));
  };
  const Json* list = document->is(Kind::object) ? document->member("constraints") : nullptr;
  if (list == nullptr || !list->is(Kind::array)) {
    wrong(list == nullptr ? document->at : list->at, "wrong-shape",
          "this is no object with a list `constraints`",
          R"(expected: {"constraints": [{"id": ..., "type": ..., ...}]})");
    return;
  }
  for (const Json& entry : document->items)
    if (entry.key != "constraints")
      messages.warning({path, places.at(entry.key_at)}, "unknown-key",
                       fmt::format("`{}` means nothing here", shown(entry.key)));
  if (list->items.size() > static_cast<std::size_t>(kConstraints)) {
    wrong(list->items[kConstraints].at, "too-large", fmt::format("more than {} constraints", kConstraints));
    return;
  }
  Rows rows(path, places, domain, seats, names, problem, messages);
  for (std::size_t i = 0; i < list->items.size(); ++i) rows.read(list->items[i], i);
}

}  // namespace parley::foreign
