// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "account/concepts.hpp"
#include "framing/states.hpp"
#include "questions/probes.hpp"

namespace parley::questions {
namespace {

using account::Row;
using account::Value;

/// Concepts whose rows only say who, what source or which patch: they reach answers through the rows that
/// name them.
constexpr const char* kContext[] = {"sources", "assumptions", "speakers",    "actors",
                                    "parts",   "groups",      "alternatives"};

void names_in(const expression::Tree& tree, std::set<std::string>& names) {
  if (!tree.subject.name.empty()) names.insert(tree.subject.name);
  for (const auto& part : tree.parts) names_in(part, names);
}

void names_in(const Value& value, std::set<std::string>& names) {
  if (value.tree != nullptr) names_in(*value.tree, names);
  if (value.shape == account::Shape::name || value.shape == account::Shape::names) names.insert(value.text);
  if (value.shape == account::Shape::options || value.shape == account::Shape::entries)
    names.insert(value.keys.begin(), value.keys.end());
  for (const Value& item : value.items) names_in(item, names);
}

/// Rows by what they are about: the variables and named conditions that they declare or mention.
std::set<std::string> topics(const framing::Situation& s, const Row& row) {
  std::set<std::string> names = {row.id}, kept;
  for (const auto& field : row.fields) names_in(field.value, names);
  for (const auto& name : names) {
    const Row* named = s.account.find(name);
    if (named == nullptr) continue;
    const auto& c = named->concept_name;
    if (c == "issues" || c == "relations" || c == "quantities" || c == "outcomes" || c == "packages" ||
        c == "agreements" || c == "talks" || name == row.id)
      kept.insert(name);
  }
  return kept;
}

/// What the table can move: along mechanisms and commitments, from the issues on it and the failing of the
/// talks.
std::set<std::string> moved(const framing::Situation& s, const ColumnAnswer& base) {
  const framing::Rules rules = framing::make_rules(s);
  std::set<int> reach;
  for (const TableAnswer& t : base.tables) {
    reach.insert(t.framed.issues.begin(), t.framed.issues.end());
    reach.insert(s.variable(t.framed.table));
  }
  const auto starts = [&](const expression::Formula& f) {
    const auto touched = expression::touched(f);
    return std::any_of(touched.begin(), touched.end(), [&](int v) { return reach.contains(v); });
  };
  for (bool grown = true; grown;) {
    grown = false;
    const auto add = [&](int v) { grown = reach.insert(v).second || grown; };
    for (const auto& drive : rules.drives)
      if (drive.cause_variable >= 0 ? reach.contains(drive.cause_variable) : starts(drive.cause))
        add(drive.effect);
    for (const auto& chance : rules.chances)
      if (std::any_of(chance.triggers.begin(), chance.triggers.end(), starts))
        for (const auto& [v, levels] : chance.act) add(v);
    for (const auto& shut : rules.shuts)
      if (shut.variable >= 0 && starts(shut.cause)) add(shut.variable);
  }
  std::set<std::string> names;
  for (const int v : reach)
    if (v >= 0) names.insert(s.variables[static_cast<std::size_t>(v)].row);
  return names;
}

class Groups {
 public:
  int find(const std::string& topic) {
    const auto [at, fresh] = number_.emplace(topic, static_cast<int>(parent_.size()));
    if (fresh) parent_.push_back(at->second);
    return root(at->second);
  }
  void join(const std::string& a, const std::string& b) {
    parent_[static_cast<std::size_t>(find(a))] = find(b);
  }

 private:
  int root(int i) {
    while (parent_[static_cast<std::size_t>(i)] != i) i = parent_[static_cast<std::size_t>(i)];
    return i;
  }
  std::map<std::string, int> number_;
  std::vector<int> parent_;
};

std::string link_words(const ColumnAnswer& base, const Island& island,
                       const std::set<std::string>& reachable) {
  std::vector<std::string> parties, at_hand;
  for (const TableAnswer& t : base.tables)
    parties.insert(parties.end(), t.framed.parties.begin(), t.framed.parties.end());
  for (const auto& v : island.variables)
    if (reachable.contains(v)) at_hand.push_back(v);
  const std::string who = fmt::format("{}", fmt::join(parties, " or "));
  if (island.variables.empty()) return "nothing that a lens reads today uses it";
  if (!at_hand.empty())
    return fmt::format(
        "what happens at the table moves {}, but no stake of {} in it is stated: a preference would join it",
        fmt::join(at_hand, ", "), who);
  return fmt::format(
      "nothing at the table moves {}: a mechanism or a condition from something on the table, or a place on "
      "the table, would join it",
      fmt::join(island.variables, ", "));
}

}  // namespace

namespace {

/// Rows that no calculation reads, whatever they are joined to, and why; empty for the others.
std::string not_read(const Row& row) {
  const auto& c = row.concept_name;
  const account::ConceptSpec* spec = account::concept_of(c);
  if (spec != nullptr && spec->read_by.empty())
    return fmt::format("{} wait for a lens that this version does not have", c);
  if (c == "commitments" && row.value("may") != nullptr)
    return "what somebody only may do enters no calculation";
  if (c == "commitments" && row.condition("if") == nullptr && row.condition("only_if") == nullptr)
    return "the sources do not say on which condition: it enters no calculation";
  if (c == "history" && row.value("sets") == nullptr)
    return "an event that sets no variable: it says what happened";
  if (c == "agreements") return "an agreement that nothing at the table names";
  return "";
}

}  // namespace

Reach reach_of(const std::vector<const ColumnAnswer*>& columns) {
  Reach reach;
  const ColumnAnswer& base = *columns.front();
  const framing::Situation s = framing::make_situation(base.column.rows, base.column.options);
  std::set<std::string> used;
  for (const ColumnAnswer* column : columns)
    for (const TableAnswer& t : column->tables)
      used.insert(t.framed.used_rows.begin(), t.framed.used_rows.end());
  Groups groups;
  std::map<std::string, Island> unread;
  std::vector<const Row*> loose;
  std::set<std::string> on_table;
  for (const TableAnswer& t : base.tables) {
    on_table.insert(t.framed.table);
    for (const int v : t.framed.issues) on_table.insert(s.variables[static_cast<std::size_t>(v)].row);
  }
  for (const Row& row : s.account.rows) {
    const bool context =
        std::find(std::begin(kContext), std::end(kContext), row.concept_name) != std::end(kContext);
    if (used.contains(row.id))
      reach.used.push_back(row.id);
    else if (context)
      reach.context.push_back(row.id);
    else if (const std::string why = not_read(row); !why.empty()) {
      unread[why].rows.push_back(row.id);
      unread[why].link = why;
    } else
      loose.push_back(&row);
  }
  for (const Row* row : loose) {
    const auto about = topics(s, *row);
    std::string first = row->id;
    groups.find(first);
    for (const auto& topic : about)
      if (!on_table.contains(topic) && !(s.account.find(topic)->concept_name == "packages"))
        groups.join(first, topic);
  }
  const auto reachable = moved(s, base);
  std::map<int, Island> islands;
  for (const Row* row : loose) {
    Island& island = islands[groups.find(row->id)];
    island.rows.push_back(row->id);
    for (const auto& topic : topics(s, *row)) {
      const auto& c = s.account.find(topic)->concept_name;
      if (c == "issues" || c == "relations" || c == "quantities" || c == "outcomes")
        island.variables.push_back(topic);
    }
  }
  for (auto& [root, island] : islands) {
    std::sort(island.variables.begin(), island.variables.end());
    island.variables.erase(std::unique(island.variables.begin(), island.variables.end()),
                           island.variables.end());
    island.link = link_words(base, island, reachable);
    reach.islands.push_back(std::move(island));
  }
  for (auto& [why, island] : unread) reach.islands.push_back(std::move(island));
  std::stable_sort(reach.islands.begin(), reach.islands.end(), [](const Island& a, const Island& b) {
    return a.rows.size() != b.rows.size() ? a.rows.size() > b.rows.size() : a.rows < b.rows;
  });
  return reach;
}

}  // namespace parley::questions
