// SPDX-License-Identifier: MIT
// Claims about which is more, and about what matters for what: chains of orderings, ways along rows.
#include <fmt/format.h>

#include <algorithm>

#include "questions/claim_test.hpp"

namespace parley::questions {

using account::Row;
using framing::RowSet;

/// Does a chain of orderings lead from the one to the other, among those of `viewer` (empty: of nobody in
/// particular)?
bool ClaimTester::ordered(const std::string& from, const std::string& to, const std::string& viewer,
                          const RowSet& without) const {
  const auto sees = [&](const std::string& by) {
    if (by == viewer || by.empty() || viewer.empty()) return by == viewer;
    const auto group = situation_.members(by);
    return std::find(group.begin(), group.end(), viewer) != group.end();
  };
  std::set<std::string> seen = {from};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Row* row : situation_.of("orderings"))
      if (!without.contains(row->id) && sees(row->text("seen_by")) && seen.contains(row->text("more")) &&
          seen.insert(row->text("less")).second)
        grown = true;
  }
  return from != to && seen.contains(to);
}

/// An ordering as somebody sees it is evidence of that view, and of nothing else: a claim about how things
/// are takes those of nobody in particular, one about a view (`seen_by`) takes that viewer's.
Tested ClaimTester::more(const Row& claim, const RowSet& without) const {
  const std::string a = claim.text("more"), b = claim.text("less"), viewer = claim.text("seen_by");
  const bool above = ordered(a, b, viewer, without), below = ordered(b, a, viewer, without);
  if (above && below) return Tested::open("orderings say both");
  if (above) return Tested::decided(true, "orderings say so");
  if (below) return Tested::decided(false, "orderings say the reverse");
  std::set<std::string> viewers;
  for (const Row* row : situation_.of("orderings"))
    if (const std::string by = row->text("seen_by");
        !by.empty() && (ordered(a, b, by, without) || ordered(b, a, by, without)))
      viewers.insert(by);
  if (!viewers.empty())
    return Tested::open(fmt::format("orderings join the two only as seen by {}", fmt::join(viewers, ", ")));
  return Tested::open("no ordering joins the two");
}

/// A row matters where it is, or is on, a way by which something reaches what it is said to matter for.
Tested ClaimTester::matters(const Row& claim, const RowSet& without) const {
  std::string why;
  const auto goal = bound(claim, "for", &why);
  if (!goal) return Tested::untestable(why);
  std::vector<std::string> joined, apart;
  for (const std::string& name : claim.names("matters")) {
    std::vector<int> from;
    const Row* row = situation_.row(name);
    if (row != nullptr && row->concept_name == "objectives" && row->value("needs") != nullptr) {
      for (const auto& need : row->value("needs")->items)
        if (const auto f = need.tree ? framing::bind(situation_, *need.tree) : std::nullopt)
          for (const int v : expression::touched(*f)) from.push_back(v);
    }
    for (std::size_t v = 0; v < situation_.variables.size(); ++v)
      if (situation_.variables[v].row == name) from.push_back(static_cast<int>(v));
    const auto targets = expression::touched(goal->formula);
    bool on_way = course_->joins(from, targets, without, framing::Step::Kind::guard) ||
                  bears_on_talks(name, goal->formula, without);
    for (const framing::Step& step : course_->steps())
      if (step.row == name && !without.contains(name) &&
          course_->joins({step.to}, targets, without, framing::Step::Kind::guard))
        on_way = true;
    (on_way ? joined : apart).push_back(name);
  }
  if (apart.empty()) return Tested::decided(true, "rows lead from each of them there");
  if (joined.empty()) return Tested::open("nothing in the account leads from them there");
  return Tested::open(fmt::format("rows lead there from {}, and none from {}", fmt::join(joined, ", "),
                                  fmt::join(apart, ", ")));
}

}  // namespace parley::questions
