// SPDX-License-Identifier: MIT
// Rows that refer to each other in a circle: restated commitments, claims that rest on claims, groups in
// groups, parts of parts, outcomes that name outcomes, objectives that serve or need objectives.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "language/checks.hpp"

namespace parley::language {
namespace {

using account::Row;

void named_in(const expression::Tree& tree, std::vector<std::string>& names) {
  if (tree.node == expression::Node::comparison) names.push_back(tree.subject.name);
  for (const auto& part : tree.parts) named_in(part, names);
}

std::vector<std::string> references(const Row& row) {
  std::vector<std::string> names;
  const auto add = [&](const char* field) {
    for (std::string& name : row.names(field)) names.push_back(std::move(name));
  };
  if (row.concept_name == "commitments") add("restates");
  if (row.concept_name == "claims") add("rests_on");
  if (row.concept_name == "objectives") add("serves");
  if (row.concept_name == "objectives")
    if (const auto* needs = row.value("needs"))
      for (const auto& need : needs->items)
        if (need.tree) named_in(*need.tree, names);
  if (row.concept_name == "groups") add("surely");
  if (row.concept_name == "groups") add("perhaps");
  if (row.concept_name == "parts") add("of");
  if (row.concept_name == "outcomes")
    if (const auto* when = row.condition("when")) named_in(*when, names);
  return names;
}

/// Depth-first search with a stack of its own: a chain of rows may be as long as the account.
class Circles {
 public:
  Circles(const account::Account& account, const Names& names, Report& report)
      : account_(account), names_(names), report_(report) {}

  void run() {
    for (const Row& row : account_.rows)
      if (state_[&row] == State::fresh) search(row);
  }

 private:
  enum class State { fresh, open, done };
  struct Step {
    const Row* row;
    std::vector<std::string> next;
    std::size_t at = 0;
  };

  void search(const Row& start) {
    std::vector<Step> path;
    enter(path, start);
    while (!path.empty()) {
      Step& step = path.back();
      if (step.at == step.next.size()) {
        state_[step.row] = State::done;
        path.pop_back();
        continue;
      }
      const Row* next = names_.find(step.next[step.at++]);
      if (next == nullptr || next->concept_name != step.row->concept_name) continue;
      if (state_[next] == State::open) {
        circle(path, *next);
      } else if (state_[next] == State::fresh) {
        enter(path, *next);
      }
    }
  }

  void enter(std::vector<Step>& path, const Row& row) {
    state_[&row] = State::open;
    path.push_back({&row, references(row)});
  }

  void circle(const std::vector<Step>& path, const Row& first) {
    std::string words;
    bool inside = false;
    std::size_t count = 0;
    for (const Step& step : path) {
      inside = inside || step.row == &first;
      if (!inside) continue;
      if (++count <= 6) words += fmt::format("`{}` > ", step.row->id);
      if (count == 7) words += "... > ";
    }
    if (count == 1 && first.concept_name == "parts") return;  // reported as naming itself
    report_.add(code::cycle, first.place, fmt::format("these rows go in a circle: {}`{}`", words, first.id),
                "take one of the references away");
  }

  const account::Account& account_;
  const Names& names_;
  Report& report_;
  std::unordered_map<const Row*, State> state_;
};

}  // namespace

void check_cycles(const account::Account& account, const Names& names, Report& report) {
  Circles(account, names, report).run();
}

}  // namespace parley::language
