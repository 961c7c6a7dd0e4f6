// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "account/concepts.hpp"
#include "framing/causal.hpp"
#include "framing/consistency.hpp"
#include "framing/stability.hpp"
#include "questions/claim_test.hpp"
#include "questions/findings.hpp"
#include "questions/names_in.hpp"
#include "questions/probes.hpp"

namespace parley::questions {
namespace {

using account::Row;
using account::Value;

/// Concepts whose rows only say who, what source or which patch: they reach answers through the rows that
/// name them.
constexpr const char* kContext[] = {"sources", "assumptions", "speakers",     "notes",   "actors",
                                    "parts",   "groups",      "alternatives", "tensions"};

/// Rows by what they are about: the variables and named conditions that they declare or mention.
std::set<std::string> topics(const framing::Situation& s, const Row& row) {
  std::set<std::string> names = {row.id}, kept;
  for (const auto& field : row.fields)
    if (!account::is_naming_field(field.name)) names_in(field.value, names);
  for (const auto& name : names) {
    const Row* named = s.row(name);
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

/// Where a chain of mechanisms begins and ends within an island: what nothing in it moves, what moves
/// nothing.
std::pair<std::vector<std::string>, std::vector<std::string>> chain_ends(const framing::Situation& s,
                                                                         const Island& island) {
  std::set<std::string> causes, effects;
  for (const auto& id : island.rows) {
    const Row* row = s.row(id);
    if (row == nullptr || row->concept_name != "mechanisms") continue;
    if (const auto* cause = row->condition("cause")) names_in(*cause, causes);
    for (const char* field : {"raises", "lowers", "moves"})
      for (const auto& name : row->names(field)) effects.insert(name);
    for (const char* field : {"makes_likely", "makes_unlikely", "rules_out"})
      if (const auto* effect = row->condition(field)) names_in(*effect, effects);
  }
  std::vector<std::string> heads, tails;
  for (const auto& v : island.variables) {
    if (!effects.contains(v)) heads.push_back(v);
    if (!causes.contains(v)) tails.push_back(v);
  }
  if (heads.empty()) heads = island.variables;
  if (tails.empty()) tails = island.variables;
  return {heads, tails};
}

std::string link_words(const framing::Situation& s, const ColumnAnswer& base, const Island& island,
                       const std::set<std::string>& reachable, const std::set<std::string>& at_stake) {
  std::vector<std::string> parties, at_hand;
  for (const TableAnswer& t : base.tables)
    parties.insert(parties.end(), t.framed.parties.begin(), t.framed.parties.end());
  for (const auto& v : island.variables)
    if (reachable.contains(v)) at_hand.push_back(v);
  if (island.variables.empty()) return "nothing at the table uses it";
  if (parties.empty()) return "there is no table that it could be joined to";
  const std::string who = fmt::format("{}", fmt::join(parties, " or "));
  const auto [heads, tails] = chain_ends(s, island);
  const auto among = [](const std::vector<std::string>& list, const std::set<std::string>& set) {
    return std::any_of(list.begin(), list.end(), [&](const auto& each) { return set.contains(each); });
  };
  if (among(heads, reachable))
    return fmt::format(
        "what happens at the table moves {}, but no stake of {} in it is stated: a preference would join it",
        fmt::join(at_hand, ", "), who);
  std::string words = fmt::format(
      "nothing at the table moves it; a mechanism or a condition from something on the table to {} would "
      "join it",
      fmt::join(heads, " or "));
  // Where the chain ends in something that already matters at the table, the one link is enough.
  if (!among(tails, at_stake))
    words += fmt::format(", and a stake of {} in {}", who, fmt::join(tails, " or "));
  return words;
}

/// Islands of one row: a variable that no mechanism and no stake names. They are listed together.
constexpr const char* kAlone = "each stands alone: no mechanism, condition or stake joins it to another row";

}  // namespace

namespace {

/// Rows that no calculation reads, whatever they are joined to, and why; empty for the others.
std::string not_read(const Row& row, const std::set<std::string>& parties) {
  const auto& c = row.concept_name;
  const account::ConceptSpec* spec = account::concept_of(c);
  if (c == "claims") return "claims: `ask` puts them to the test, and no table reads them";
  if (c == "orderings" || c == "objectives")
    return fmt::format("{}: findings and claims rest on them, and no table reads them", c);
  if (spec != nullptr && spec->read_by.empty()) return fmt::format("no lens reads {} yet", c);
  if (c == "commitments" && row.value("may") != nullptr)
    return "what somebody only may do enters no calculation";
  if (c == "commitments" && row.condition("if") == nullptr && row.condition("only_if") == nullptr)
    return "made with no stated condition: it enters no calculation";
  if ((c == "positions" || c == "preferences" || c == "saliences" || c == "reservations") &&
      !parties.contains(row.text("by")))
    return "what somebody wants who does not sign at any table here";
  if (row.flag("indifferent")) return "known not to care: it takes a stake away, and no answer names it";
  if (c == "history" && row.value("sets") != nullptr)
    return "an event that set a start; what starts there is read from the variable's own row";
  if (c == "history" && row.value("sets") == nullptr)
    return "an event that sets no variable: it says what happened";
  if (c == "beliefs") return "what a side believes of this changes no move and no preference in a game here";
  if (c == "agreements") return "an agreement that nothing at the table names";
  if (c == "mechanisms" && row.value("event") != nullptr)
    return "what a past event drove is in the start already";
  return "";
}

/// Claims that have a test here, and what they rest on or could fall with.
std::set<std::string> asked(const Column& base, const framing::Situation& s) {
  std::set<std::string> rows;
  const auto claims = s.of("claims");
  if (claims.empty()) return rows;
  const ClaimTester tester(base, {});
  for (const Row* claim : claims) {
    if (claim->value("not_testable") != nullptr) continue;
    rows.insert(claim->id);
    for (const auto& row : tester.contestable(*claim)) rows.insert(row);
  }
  return rows;
}

/// Rows that make arcs and constraints, and those of the variables that these join.
std::set<std::string> in_signs(const framing::Situation& s) {
  const framing::ConsistencyFrame frame = framing::frame_consistency(s);
  const auto read = framing::rows_read(frame);
  std::set<std::string> rows(read.begin(), read.end());
  const auto add = [&](int variable) { rows.insert(s.variables[static_cast<std::size_t>(variable)].row); };
  for (const auto& arc : frame.graph.graph.arcs)
    for (const int node : {arc.from, arc.to}) add(frame.places[static_cast<std::size_t>(node)].variable);
  for (const auto& constraint : frame.conditions.problem.constraints)
    if (!constraint.structure)
      for (const int v : expression::touched(constraint.formula)) add(v);
  return rows;
}

/// Which rows reach a problem of each lens.
std::map<std::string, std::set<std::string>> read_by(const std::vector<const ColumnAnswer*>& columns,
                                                     const framing::Situation& s) {
  const ColumnAnswer& base = *columns.front();
  std::map<std::string, std::set<std::string>> rows = {
      {"deals", {}}, {"stability", {}}, {"consistency", {}}, {"ask", {}}};
  for (const ColumnAnswer* column : columns)
    for (const TableAnswer& t : column->tables)
      rows["deals"].insert(t.framed.used_rows.begin(), t.framed.used_rows.end());
  std::vector<const framing::Framed*> tables;
  for (const TableAnswer& t : base.tables) tables.push_back(&t.framed);
  for (const framing::AccountGame& game : framing::frame_stability(s, tables, {}))
    rows["stability"].insert(game.used_rows.begin(), game.used_rows.end());
  rows["consistency"] = in_signs(s);
  for (const Finding& finding : findings_of(base.column, {}, {false, nullptr}).list)
    rows["consistency"].insert(finding.rows.begin(), finding.rows.end());
  rows["ask"] = asked(base.column, s);
  return rows;
}

}  // namespace

Reach reach_of(const std::vector<const ColumnAnswer*>& columns) {
  Reach reach;
  const ColumnAnswer& base = *columns.front();
  const framing::Situation s = framing::make_situation(base.column.rows, base.column.options);
  const auto lenses = read_by(columns, s);
  std::set<std::string> used = lenses.at("deals");
  used.insert(lenses.at("stability").begin(), lenses.at("stability").end());
  Groups groups;
  std::map<std::string, Island> unread;
  std::vector<const Row*> loose;
  std::set<std::string> on_table, parties;
  for (const TableAnswer& t : base.tables) {
    parties.insert(t.framed.parties.begin(), t.framed.parties.end());
    on_table.insert(t.framed.table);
    for (const int v : t.framed.issues) on_table.insert(s.variables[static_cast<std::size_t>(v)].row);
  }
  for (const Row& row : s.account.rows) {
    const bool context =
        std::find(std::begin(kContext), std::end(kContext), row.concept_name) != std::end(kContext);
    bool read = false;
    for (const auto& [lens, rows] : lenses)
      if (rows.contains(row.id)) {
        reach.by_lens[lens].push_back(row.id);
        read = true;
      }
    if (!read && !context) reach.none.push_back(row.id);
    if (used.contains(row.id))
      reach.used.push_back(row.id);
    else if (context)
      reach.context.push_back(row.id);
    else if (const std::string why = not_read(row, parties); !why.empty()) {
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
      if (!on_table.contains(topic) && !(s.row(topic)->concept_name == "packages")) groups.join(first, topic);
  }
  const auto reachable = moved(s, base);
  std::map<int, Island> islands;
  for (const Row* row : loose) {
    Island& island = islands[groups.find(row->id)];
    island.rows.push_back(row->id);
    for (const auto& topic : topics(s, *row)) {
      const auto& c = s.row(topic)->concept_name;
      if (c == "issues" || c == "relations" || c == "quantities" || c == "outcomes")
        island.variables.push_back(topic);
    }
  }
  for (auto& [root, island] : islands) {
    std::sort(island.variables.begin(), island.variables.end());
    island.variables.erase(std::unique(island.variables.begin(), island.variables.end()),
                           island.variables.end());
    if (island.rows.size() == 1 && !reachable.contains(island.rows[0])) {
      unread[kAlone].link = kAlone;
      unread[kAlone].rows.push_back(island.rows[0]);
      continue;
    }
    island.link = link_words(s, base, island, reachable, lenses.at("deals"));
    reach.islands.push_back(std::move(island));
  }
  for (auto& [why, island] : unread) reach.islands.push_back(std::move(island));
  std::stable_sort(reach.islands.begin(), reach.islands.end(), [](const Island& a, const Island& b) {
    return a.rows.size() != b.rows.size() ? a.rows.size() > b.rows.size() : a.rows < b.rows;
  });
  return reach;
}

}  // namespace parley::questions
