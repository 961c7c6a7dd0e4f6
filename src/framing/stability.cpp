// SPDX-License-Identifier: MIT
#include "framing/stability.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "account/content.hpp"
#include "framing/stability_parts.hpp"
#include "framing/wishes.hpp"

namespace parley::framing {
namespace {

using account::Row;

/// Why a variable may be in the focus: the smaller, the sooner it is taken.
enum Claim { committed, own_at_table, joint_at_table, own, joint, of_nature };

struct Candidate {
  int variable = -1;
  Claim claim = committed;
  std::vector<std::string> rows;
};

const char* words(Claim claim) {
  switch (claim) {
    case committed:
      return "a commitment touches it";
    case own_at_table:
      return "one side decides it, and it is on the table";
    case joint_at_table:
      return "it is on the table and settled together";
    case own:
      return "one side decides it";
    case joint:
      return "it is settled together";
    case of_nature:
      return "nobody decides it";
  }
  return "";
}

bool movable(const Variable& v) {
  return (v.kind == VariableKind::issue || v.kind == VariableKind::relation) && v.size() >= 2;
}

class Chooser {
 public:
  Chooser(const Situation& s, const Rules& rules, const std::vector<const Framed*>& tables,
          const StabilityOptions& options)
      : s_(s), rules_(rules), tables_(tables), options_(options), leader_(s.variables.size()) {
    std::iota(leader_.begin(), leader_.end(), 0);
  }
  Chosen choose();

 private:
  void commitments();
  void issues();
  void link();
  void link_all(const std::vector<int>& variables);
  void take(std::vector<Candidate> group, Chosen& chosen) const;
  [[nodiscard]] std::set<int> taken_of(std::vector<Candidate> group,
                                       std::map<int, std::string>& why_not) const;
  [[nodiscard]] bool at_table(int v) const {
    return std::any_of(tables_.begin(), tables_.end(), [v](const Framed* f) {
      return std::find(f->issues.begin(), f->issues.end(), v) != f->issues.end();
    });
  }
  int lead(int v) {
    while (leader_[static_cast<std::size_t>(v)] != v) v = leader_[static_cast<std::size_t>(v)];
    return v;
  }
  const Variable& at(int v) const { return s_.variables[static_cast<std::size_t>(v)]; }

  const Situation& s_;
  const Rules& rules_;
  const std::vector<const Framed*>& tables_;
  const StabilityOptions& options_;
  std::map<int, Candidate> candidates_;
  std::vector<LeftOut> left_out_;
  std::vector<std::vector<int>> touched_together_;
  std::vector<int> leader_;
};

void Chooser::commitments() {
  for (const Row* row : s_.of("commitments")) {
    std::vector<int> together;
    for (const char* field : {"will", "may", "if", "only_if"}) {
      const expression::Tree* tree = row->condition(field);
      const auto formula = tree == nullptr ? std::nullopt : bind(s_, *tree);
      if (!formula) continue;
      for (const int v : expression::touched(*formula)) {
        if (!movable(at(v)) || at(v).movers.empty()) continue;
        Candidate& c = candidates_.try_emplace(v, Candidate{v, committed, {}}).first->second;
        if (c.rows.empty() || c.rows.back() != row->id) c.rows.push_back(row->id);
        together.push_back(v);
      }
    }
    touched_together_.push_back(std::move(together));
  }
}

/// Issues that nobody has made a commitment about.
void Chooser::issues() {
  for (const Row* row : s_.of("issues")) {
    const int v = s_.variable(row->id);
    if (v < 0 || !movable(at(v))) continue;
    if (row->value("opens") != nullptr) {
      candidates_.erase(v);
      left_out_.push_back({row->id,
                           "it only says what the talks are about; what it opens is moved by whoever "
                           "decides it"});
      continue;
    }
    if (candidates_.contains(v)) continue;
    const std::size_t movers = at(v).movers.size();
    if (movers == 0 && !options_.nature_moves) {
      left_out_.push_back({row->id,
                           "nobody decides it: it follows, or stays as it is (--option nature=mover "
                           "lets it move)"});
      continue;
    }
    const Claim claim = movers == 0   ? of_nature
                        : movers == 1 ? (at_table(v) ? own_at_table : own)
                        : at_table(v) ? joint_at_table
                                      : joint;
    candidates_.try_emplace(v, Candidate{v, claim, {row->id}});
  }
}

void Chooser::link_all(const std::vector<int>& variables) {
  int first = -1;
  for (const int v : variables) {
    if (!candidates_.contains(v)) continue;
    if (first >= 0) leader_[static_cast<std::size_t>(lead(v))] = lead(first);
    first = v;
  }
}

/// Issues hang together that have a mover in common, that one row joins, that are on one table, or where
/// somebody who moves the one has said what it wants of the other.
void Chooser::link() {
  std::map<std::string, std::vector<int>> moved_by;
  for (const auto& [v, c] : candidates_)
    for (const auto& mover : at(v).movers) moved_by[mover].push_back(v);
  for (const auto& [mover, variables] : moved_by) {
    link_all(variables);
    for (const auto& [v, c] : candidates_)
      if (!taste_of(s_, mover, v).silent) link_all({variables.front(), v});
  }
  for (const auto& together : touched_together_) link_all(together);
  for (const Framed* f : tables_) link_all(f->issues);
  for (const Drive& drive : rules_.drives) {
    std::vector<int> both = {drive.effect, drive.cause_variable};
    for (const int v : expression::touched(drive.cause)) both.push_back(v);
    link_all(both);
  }
  for (const Shut& shut : rules_.shuts) {
    std::vector<int> both = expression::touched(shut.cause);
    for (const int v : expression::touched(shut.effect)) both.push_back(v);
    link_all(both);
  }
}

/// Which of a group are taken where not all can be: the smallest claims first, and what is alike in that by
/// what the account says of it, never by name.
std::set<int> Chooser::taken_of(std::vector<Candidate> group, std::map<int, std::string>& why_not) const {
  double all = 1;
  for (const Candidate& c : group) all *= at(c.variable).size();
  std::map<int, std::uint64_t> says;
  if (group.size() > kMostFocus || all > static_cast<double>(kDefaultStates)) {
    const auto content = account::content_of(s_.account);
    for (const Candidate& c : group) says[c.variable] = account::content_in(at(c.variable).id, content);
  }
  std::sort(group.begin(), group.end(), [&](const Candidate& a, const Candidate& b) {
    return std::tuple(a.claim, says[a.variable], at(a.variable).id) <
           std::tuple(b.claim, says[b.variable], at(b.variable).id);
  });
  std::set<int> taken;
  std::size_t states = 1;
  for (const Candidate& c : group) {
    const auto size = static_cast<std::size_t>(at(c.variable).size());
    if (taken.size() == kMostFocus) {
      why_not[c.variable] = fmt::format("a focus that is chosen has at most {} issues", kMostFocus);
    } else if (states * size > kDefaultStates) {
      why_not[c.variable] =
          fmt::format("a focus that is chosen has at most {} states; name it in --focus", kDefaultStates);
    } else {
      states *= size;
      taken.insert(c.variable);
    }
  }
  return taken;
}

void Chooser::take(std::vector<Candidate> group, Chosen& chosen) const {
  std::sort(group.begin(), group.end(), [&](const Candidate& a, const Candidate& b) {
    return a.claim != b.claim ? a.claim < b.claim : at(a.variable).id < at(b.variable).id;
  });
  std::set<std::string> movers;
  for (const Candidate& c : group) movers.insert(at(c.variable).movers.begin(), at(c.variable).movers.end());
  if (movers.size() < 2) {
    for (const Candidate& c : group)
      chosen.left_out.push_back(
          {at(c.variable).id, movers.empty() ? "nobody decides it, and nothing in a focus hangs on it"
                                             : fmt::format("only {} decides anything that hangs together "
                                                           "with it",
                                                           *movers.begin())});
    return;
  }
  std::map<int, std::string> why_not;
  const auto taken = taken_of(group, why_not);
  std::vector<FocusIssue> focus;
  for (const Candidate& c : group) {
    const Variable& v = at(c.variable);
    if (taken.contains(c.variable))
      focus.push_back({c.variable, v.id, v.movers, words(c.claim), c.rows});
    else
      chosen.left_out.push_back({v.id, why_not[c.variable]});
  }
  chosen.groups.push_back(std::move(focus));
}

Chosen Chooser::choose() {
  commitments();
  issues();
  link();
  std::map<int, std::vector<Candidate>> groups;
  for (const auto& [v, c] : candidates_) groups[lead(v)].push_back(c);
  Chosen chosen;
  chosen.left_out = std::move(left_out_);
  for (auto& [leader, group] : groups) take(std::move(group), chosen);
  const auto table_issues = [&](const std::vector<FocusIssue>& group) {
    return std::count_if(group.begin(), group.end(),
                         [&](const FocusIssue& issue) { return at_table(issue.variable); });
  };
  std::stable_sort(chosen.groups.begin(), chosen.groups.end(), [&](const auto& a, const auto& b) {
    const auto x = table_issues(a), y = table_issues(b);
    if (x != y) return x > y;
    return a.size() != b.size() ? a.size() > b.size() : a.front().id < b.front().id;
  });
  return chosen;
}

/// The table whose issues the focus has most of, if its problem was framed; of several the one with fewest
/// others, then by what they say, never by name.
const Framed* anchor_of(const Situation& s, const std::vector<const Framed*>& tables,
                        const std::vector<FocusIssue>& focus) {
  const Framed* best = nullptr;
  std::ptrdiff_t most = 0;
  const auto content =
      tables.size() > 1 ? account::content_of(s.account) : std::map<std::string, std::uint64_t>();
  const auto comes_first = [&](const Framed* a, const Framed* b) {
    if (a->issues.size() != b->issues.size()) return a->issues.size() < b->issues.size();
    const auto x = content.find(a->table), y = content.find(b->table);
    return x != content.end() && y != content.end() && x->second < y->second;
  };
  for (const Framed* f : tables) {
    if (f->settled.empty() || f->ensemble.parties.size() < f->parties.size()) continue;
    const auto shared = std::count_if(focus.begin(), focus.end(), [&](const FocusIssue& issue) {
      return std::find(f->issues.begin(), f->issues.end(), issue.variable) != f->issues.end();
    });
    if (shared > most || (shared == most && best != nullptr && comes_first(f, best))) {
      most = shared;
      best = f;
    }
  }
  return best;
}

}  // namespace

Chosen choose_focus(const Situation& s, const Rules& rules, const std::vector<const Framed*>& tables,
                    const StabilityOptions& options) {
  if (options.focus.empty()) return Chooser(s, rules, tables, options).choose();
  Chosen chosen;
  chosen.groups.emplace_back();
  for (const auto& name : options.focus) {
    const Variable& v = s.variables[static_cast<std::size_t>(s.variable(name))];
    chosen.groups.back().push_back({s.variable(name), v.id, v.movers, "it is named in --focus", {v.row}});
  }
  return chosen;
}

std::string wrong_focus(const Situation& s, const StabilityOptions& options) {
  std::set<std::string> seen;
  std::size_t states = 1;
  for (const auto& name : options.focus) {
    const int v = s.variable(name);
    if (v < 0) return fmt::format("`{}` is no variable of this account", name);
    const Variable& variable = s.variables[static_cast<std::size_t>(v)];
    if (!movable(variable)) return fmt::format("`{}` is nothing that anybody moves", name);
    if (variable.movers.empty() && !options.nature_moves)
      return fmt::format("nobody decides `{}`; with --option nature=mover it moves by itself", name);
    if (!seen.insert(name).second) return fmt::format("`{}` stands twice", name);
    states *= static_cast<std::size_t>(variable.size());
    if (states > kMostGameStates)
      return fmt::format("these issues have more than {} states together", kMostGameStates);
  }
  return "";
}

std::vector<AccountGame> frame_stability(const Situation& s, const std::vector<const Framed*>& tables,
                                         const StabilityOptions& options) {
  const Rules rules = make_rules(s);
  Chosen chosen = choose_focus(s, rules, tables, options);
  std::vector<AccountGame> games;
  for (auto& focus : chosen.groups) {
    AccountGame& g = games.emplace_back();
    if (games.size() == 1) g.left_out = std::move(chosen.left_out);
    g.focus = std::move(focus);
    const Framed* anchor = anchor_of(s, tables, g.focus);
    if (anchor != nullptr) g.talks = anchor->table;
    GameMaker maker{s, rules, tables, std::vector<bool>(s.variables.size(), false), {}, {}};
    for (const FocusIssue& issue : g.focus) maker.in_focus[static_cast<std::size_t>(issue.variable)] = true;
    make_game(maker, g);
    if (g.too_large.empty()) make_players(maker, g);
    std::sort(g.used_rows.begin(), g.used_rows.end());
    g.used_rows.erase(std::unique(g.used_rows.begin(), g.used_rows.end()), g.used_rows.end());
  }
  return games;
}

}  // namespace parley::framing
