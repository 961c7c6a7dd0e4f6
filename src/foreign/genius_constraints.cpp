// SPDX-License-Identifier: MIT
#include "foreign/genius_constraints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "foreign/decimal.hpp"
#include "foreign/json_text.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

using expression::Formula;
using expression::LevelSet;
using nlohmann::json;

const char* kind_of(const json& value) { return value.type_name(); }

/// Reads the rows one after the other; every message names the row by its number and its id.
class Rows {
 public:
  Rows(const GeniusDomain& domain, const std::vector<int>& seats, const std::vector<std::string>& names,
       deals::BargainProblem& problem, Messages& messages)
      : domain_(domain), seats_(seats), names_(names), problem_(problem), messages_(messages) {
    for (const GeniusIssue& issue : domain.issues) issue_names_.push_back(issue.name);
  }

  void read(const json& row, std::size_t number, const Spot& spot);

 private:
  void implies(const json& row);
  void red_line(const json& row);
  void reservation(const json& row);
  void impossible(const json& row);
  bool begin(const json& row);
  void allow_only(const json& row, const std::vector<std::string>& keys);
  const json* member(const json& row, const char* key, json::value_t type);
  std::optional<std::size_t> party(const json& row);
  std::optional<int> issue_named(const std::string& name);
  std::optional<int> issue(const json& row, const char* key);
  std::optional<LevelSet> options(const json& list, int issue, const std::string& key);
  std::optional<int> option(const json& value, const GeniusIssue& issue);
  void wrong(std::string code, const std::string& message, std::string hint = "");
  void add(deals::ConstraintKind kind, std::string owner, Formula formula);

  const GeniusDomain& domain_;
  const std::vector<int>& seats_;
  const std::vector<std::string>& names_;
  deals::BargainProblem& problem_;
  Messages& messages_;
  std::vector<std::string> issue_names_;
  std::set<std::string> ids_;
  std::set<std::size_t> reserved_;
  std::string id_, label_;
  Spot spot_;
};

void Rows::wrong(std::string code, const std::string& message, std::string hint) {
  messages_.error(spot_, std::move(code), label_ + ": " + message, std::move(hint));
}

const json* Rows::member(const json& row, const char* key, json::value_t type) {
  const auto found = row.find(key);
  if (found == row.end()) {
    wrong("missing-key", fmt::format("`{}` is missing", key));
    return nullptr;
  }
  const bool fits = type == json::value_t::number_float ? found->is_number() : found->type() == type;
  if (fits) return &*found;
  wrong("wrong-type",
        fmt::format("`{}` is a JSON {}; a {} was expected", key, kind_of(*found), json(type).type_name()));
  return nullptr;
}

bool Rows::begin(const json& row) {
  const json* id = member(row, "id", json::value_t::string);
  if (id == nullptr) return false;
  id_ = id->get<std::string>();
  label_ += fmt::format(" (`{}`)", shown(id_));
  if (id_.empty()) {
    wrong("bad-id", "the id is empty");
    return false;
  }
  if (ids_.insert(id_).second) return true;
  wrong("duplicate-id", "this id stands here a second time");
  return false;
}

void Rows::allow_only(const json& row, const std::vector<std::string>& keys) {
  for (const auto& entry : row.items()) {
    if (entry.key() == "id" || entry.key() == "type") continue;
    if (std::find(keys.begin(), keys.end(), entry.key()) == keys.end())
      messages_.warning(spot_, "unknown-key",
                        fmt::format("{}: `{}` means nothing here", label_, shown(entry.key())),
                        suggestion(entry.key(), keys));
  }
}

std::optional<std::size_t> Rows::party(const json& row) {
  const auto found = row.find("party");
  if (found == row.end()) {
    wrong("missing-key", "`party` is missing");
    return std::nullopt;
  }
  if (found->is_number_unsigned() && found->get<std::uint64_t>() < seats_.size())
    return found->get<std::size_t>();
  wrong("unknown-party",
        fmt::format("`party` is {}; it is the position of a profile, from 0 to {}",
                    shown(found->dump(-1, ' ', true, json::error_handler_t::replace)), seats_.size() - 1));
  return std::nullopt;
}

std::optional<int> Rows::issue_named(const std::string& name) {
  const auto found = std::find(issue_names_.begin(), issue_names_.end(), name);
  if (found != issue_names_.end()) return static_cast<int>(found - issue_names_.begin());
  wrong("unknown-issue", fmt::format("there is no issue `{}`", shown(name)), suggestion(name, issue_names_));
  return std::nullopt;
}

std::optional<int> Rows::issue(const json& row, const char* key) {
  const json* name = member(row, key, json::value_t::string);
  if (name == nullptr) return std::nullopt;
  return issue_named(name->get<std::string>());
}

std::optional<int> Rows::option(const json& value, const GeniusIssue& issue) {
  std::optional<std::string> text;
  if (value.is_string()) text = value.get<std::string>();
  if (issue.integer) {
    std::optional<int> number = text ? read_integer(*text) : std::nullopt;
    if (value.is_number_integer()) number = read_integer(value.dump());
    if (number && *number >= issue.lower && *number <= issue.upper) return *number - issue.lower;
    wrong("unknown-option",
          fmt::format("issue `{}` has no option {}", shown(issue.name),
                      shown(value.dump(-1, ' ', true, json::error_handler_t::replace))),
          fmt::format("its options are the whole numbers from {} to {}", issue.lower, issue.upper));
    return std::nullopt;
  }
  if (!text) {
    wrong("wrong-type", fmt::format("an option of issue `{}` is a JSON {}; a string was expected",
                                    shown(issue.name), kind_of(value)));
    return std::nullopt;
  }
  const auto found = issue.places.find(*text);
  if (found != issue.places.end()) return found->second;
  wrong("unknown-option", fmt::format("issue `{}` has no option `{}`", shown(issue.name), shown(*text)),
        suggestion(*text, issue.items));
  return std::nullopt;
}

std::optional<LevelSet> Rows::options(const json& list, int position, const std::string& key) {
  if (!list.is_array()) {
    wrong("wrong-type",
          fmt::format("`{}` is a JSON {}; a list of options was expected", shown(key), kind_of(list)));
    return std::nullopt;
  }
  const GeniusIssue& issue = domain_.issues[static_cast<std::size_t>(position)];
  LevelSet levels(issue.options());
  bool good = true;
  for (const json& value : list) {
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

void Rows::implies(const json& row) {
  allow_only(row, {"if_issue", "if_options", "then_issue", "then_options"});
  const auto if_issue = issue(row, "if_issue"), then_issue = issue(row, "then_issue");
  const json* if_list = member(row, "if_options", json::value_t::array);
  const json* then_list = member(row, "then_options", json::value_t::array);
  const auto condition = if_issue && if_list ? options(*if_list, *if_issue, "if_options") : std::nullopt;
  const auto consequence =
      then_issue && then_list ? options(*then_list, *then_issue, "then_options") : std::nullopt;
  if (condition && consequence)
    add(deals::ConstraintKind::linkage, "",
        Formula::implies(Formula::atom(*if_issue, *condition), Formula::atom(*then_issue, *consequence)));
}

void Rows::red_line(const json& row) {
  allow_only(row, {"party", "issue", "forbidden_options"});
  const auto owner = party(row);
  const auto on = issue(row, "issue");
  const json* list = member(row, "forbidden_options", json::value_t::array);
  const auto forbidden = on && list ? options(*list, *on, "forbidden_options") : std::nullopt;
  if (!owner || !forbidden || seats_[*owner] < 0) return;
  add(deals::ConstraintKind::red_line, names_[*owner], Formula::atom(*on, forbidden->complement()));
}

void Rows::reservation(const json& row) {
  allow_only(row, {"party", "min_utility"});
  const auto owner = party(row);
  const json* least = member(row, "min_utility", json::value_t::number_float);
  if (!owner || least == nullptr) return;
  const auto value = as_written(least->get<double>());
  if (!value) {
    wrong("bad-number", "`min_utility` is out of range");
    return;
  }
  if (!reserved_.insert(*owner).second) {
    wrong("duplicate-reservation", fmt::format("a second reservation of party {}", *owner));
    return;
  }
  if (seats_[*owner] < 0) return;
  deals::Party& seated = problem_.parties[static_cast<std::size_t>(seats_[*owner])];
  seated.reservation = *value;
  seated.reservation_id = id_;
}

void Rows::impossible(const json& row) {
  allow_only(row, {"when"});
  const json* when = member(row, "when", json::value_t::object);
  if (when == nullptr) return;
  std::vector<Formula> parts;
  for (const auto& entry : when->items()) {
    const auto on = issue_named(entry.key());
    const auto levels = on ? options(entry.value(), *on, entry.key()) : std::nullopt;
    if (levels) parts.push_back(Formula::atom(*on, *levels));
  }
  if (when->empty())
    wrong("empty-condition", "`when` names no issue");
  else if (parts.size() == when->size())
    add(deals::ConstraintKind::impossible, "", Formula::negation(Formula::all(std::move(parts))));
}

void Rows::read(const json& row, std::size_t number, const Spot& spot) {
  spot_ = spot;
  id_.clear();
  label_ = fmt::format("constraint {}", number + 1);
  if (!row.is_object()) {
    wrong("wrong-type", fmt::format("this is a JSON {}; an object was expected", kind_of(row)));
    return;
  }
  if (!begin(row)) return;
  const json* type = member(row, "type", json::value_t::string);
  if (type == nullptr) return;
  const std::string word = type->get<std::string>();
  if (word == "implies")
    implies(row);
  else if (word == "red_line")
    red_line(row);
  else if (word == "reservation")
    reservation(row);
  else if (word == "impossible")
    impossible(row);
  else
    wrong("unknown-type", fmt::format("the type `{}` is unknown", shown(word)),
          suggestion(word, {"implies", "red_line", "reservation", "impossible"}));
}

/// The parsed text, or nothing and an error.
std::optional<json> parsed(const std::string& path, std::string_view text, const JsonScan& scan,
                           Messages& messages) {
  if (text.size() > kFileBytes) {
    messages.error({path, {}}, "too-large", fmt::format("the file is larger than {} MiB", kFileBytes >> 20U));
    return std::nullopt;
  }
  if (scan.deepest != std::string_view::npos) {
    messages.error({path, place_at(text, scan.deepest)}, "too-deep",
                   fmt::format("more than {} brackets stand within each other", kDepth));
    return std::nullopt;
  }
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    std::string why = error.what();
    const std::size_t colon = why.find(": ");
    if (colon != std::string::npos) why = why.substr(colon + 2);
    const std::size_t offset = error.byte > 0 ? error.byte - 1 : 0;
    messages.error({path, place_at(text, offset)}, "bad-json",
                   fmt::format("this is no JSON: {}", shown(why)));
  } catch (const json::exception& error) {
    messages.error({path, {}}, "bad-json", fmt::format("this is no JSON: {}", shown(error.what())));
  }
  return std::nullopt;
}

}  // namespace

void read_constraints(const std::string& path, std::string_view text, const GeniusDomain& domain,
                      const std::vector<int>& seats, const std::vector<std::string>& names,
                      deals::BargainProblem& problem, Messages& messages) {
  const JsonScan scan = scan_json(text, "constraints", kDepth);
  const auto document = parsed(path, text, scan, messages);
  if (!document) return;
  const auto list = document->is_object() ? document->find("constraints") : document->end();
  if (!document->is_object() || list == document->end() || !list->is_array()) {
    messages.error({path, place_at(text, 0)}, "wrong-shape", "this is no object with a list `constraints`",
                   R"(expected: {"constraints": [{"id": ..., "type": ..., ...}]})");
    return;
  }
  if (list->size() > static_cast<std::size_t>(kConstraints)) {
    messages.error({path, {}}, "too-large", fmt::format("more than {} constraints", kConstraints));
    return;
  }
  Rows rows(domain, seats, names, problem, messages);
  // Objects are found by the scan; where an element is something else the two lists differ and the place is
  // the file's.
  const bool placed = scan.elements.size() == list->size();
  for (std::size_t i = 0; i < list->size(); ++i)
    rows.read((*list)[i], i, {path, placed ? place_at(text, scan.elements[i]) : Place{}});
}

}  // namespace parley::foreign
