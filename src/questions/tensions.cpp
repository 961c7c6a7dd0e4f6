// SPDX-License-Identifier: MIT
#include "questions/tensions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "framing/causal.hpp"

namespace parley::questions {
namespace {

using account::Row;
using account::Value;
using framing::LevelMask;
using framing::Masks;
using framing::Situation;

/// More rows than this are not looked at for one kind of tension: a hostile account ends in time.
constexpr std::size_t kMostLookedAt = 500;

void add_named(const Situation& s, std::vector<Tension>& list) {
  for (const Row* row : s.of("tensions"))
    list.push_back({Tension::Kind::named, row->names("between"), row->text("is")});
}

/// The rows behind a formula that is surely false; empty where it may hold.
std::vector<std::string> against(const framing::Certain& after, const expression::Formula& formula) {
  if (!framing::evaluate(formula, after.masks).impossible()) return {};
  std::vector<std::string> rows;
  for (const int v : expression::touched(formula))
    for (const auto& row : after.because[static_cast<std::size_t>(v)])
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  return rows;
}

/// Levels of `on` that an actor puts last in an order of its own.
std::optional<std::pair<int, LevelMask>> last_wish(const Situation& s, const Row& row) {
  const Value* order = row.value("order");
  const int v = s.variable(row.text("on"));
  if (order == nullptr || order->tiers.size() < 2 || v < 0) return std::nullopt;
  LevelMask last = 0;
  for (const auto& level : order->tiers.back())
    last |= framing::mask_of(framing::levels_named(s.variables[static_cast<std::size_t>(v)], level));
  return std::pair{v, last};
}

void own_goal(Tension tension, const std::vector<std::string>& because, const std::string& goal,
              const std::string& words, std::vector<Tension>& list) {
  tension.rows.insert(tension.rows.end(), because.begin(), because.end());
  tension.rows.push_back(goal);
  tension.words = words;
  list.push_back(std::move(tension));
}

/// `will` or `may` an act: what follows from it against what its maker wants.
void add_own_goals(const Situation& s, std::vector<Tension>& list) {
  const framing::Rules rules = framing::make_rules(s);
  std::size_t looked = 0;
  for (const Row* row : s.of("commitments")) {
    // What is done only under a condition is no pledge to do it.
    if (!row->text("restates").empty() || row->value("only_if") != nullptr ||
        row->text("kind") == "condition" || ++looked > kMostLookedAt)
      continue;
    const expression::Tree* tree = row->condition(row->value("will") != nullptr ? "will" : "may");
    const auto act = tree == nullptr ? std::nullopt : framing::bind(s, *tree);
    if (!act || act->kind != expression::Formula::Kind::atom) continue;
    Masks act_done;
    for (const auto& v : s.variables) act_done.push_back(framing::every_level(v));
    act_done[static_cast<std::size_t>(act->variable)] = framing::mask_of(act->levels);
    const framing::Certain after = framing::certainly_after(rules, s, act_done);
    const std::string by = row->text("by");
    const Tension start{Tension::Kind::own_goal, {row->id}, ""};
    for (const Row* goal : s.of("objectives")) {
      const Value* needs = goal->text("by") == by ? goal->value("needs") : nullptr;
      for (std::size_t i = 0; needs != nullptr && i < needs->items.size(); ++i) {
        const auto bound = needs->items[i].tree ? framing::bind(s, *needs->items[i].tree) : std::nullopt;
        if (!bound || !framing::evaluate(*bound, after.masks).impossible()) continue;
        own_goal(start, against(after, *bound), goal->id,
                 fmt::format("what {} says it {} do leads away from what its own goal needs: {}", by,
                             row->value("will") != nullptr ? "will" : "may", needs->items[i].text),
                 list);
      }
    }
    for (const Row* wish : s.of("preferences")) {
      if (wish->text("by") != by) continue;
      const auto last = last_wish(s, *wish);
      if (!last || last->first == act->variable) continue;
      const LevelMask mask = after.masks[static_cast<std::size_t>(last->first)];
      if ((mask & ~last->second) != 0) continue;
      own_goal(start, after.because[static_cast<std::size_t>(last->first)], wish->id,
               fmt::format("what {} says it {} do leads to what it puts last of {}", by,
                           row->value("will") != nullptr ? "will" : "may", wish->text("on")),
               list);
    }
  }
}

void add_claims(const Situation& s, std::vector<Tension>& list) {
  std::multimap<std::string, const Row*> not_enough;
  for (const Row* row : s.of("claims"))
    if (const Value* condition = row->value("not_sufficient"); condition != nullptr)
      if (not_enough.size() < kMostLookedAt) not_enough.emplace(condition->text, row);
  std::size_t looked = 0;
  for (const Row* needed : s.of("claims")) {
    const Value* condition = needed->value("necessary");
    if (condition == nullptr || ++looked > kMostLookedAt) continue;
    const auto [first, last] = not_enough.equal_range(condition->text);
    for (auto at = first; at != last && list.size() < 2 * kMostLookedAt; ++at)
      list.push_back({Tension::Kind::necessary_not_enough,
                      {needed->id, at->second->id},
                      fmt::format("{} is called necessary for {} and not enough for {}; both can hold",
                                  condition->text, needed->text("for"), at->second->text("for"))});
  }
}

/// Orderings of one viewer as arcs more -> less; each ordering that lies on a circle is reported with it
/// once.
class Orders {
 public:
  Orders(const Situation& s, std::vector<Tension>& list) : list_(list) {
    for (const Row* row : s.of("orderings"))
      if (auto& rows = arcs_[row->text("seen_by")]; rows.size() < kMostLookedAt) rows.push_back(row);
  }

  void run() {
    for (const auto& [viewer, rows] : arcs_)
      for (const Row* row : rows)
        if (!told_.contains(row->id)) search(rows, *row);
  }

 private:
  /// Breadth first from what is less back to what is more: a shortest circle through the ordering.
  void search(const std::vector<const Row*>& rows, const Row& first) {
    std::map<std::string, const Row*> via;
    std::vector<std::string> open = {first.text("less")};
    via[open[0]] = &first;
    for (std::size_t i = 0; i < open.size(); ++i)
      for (const Row* row : rows) {
        if (row->text("more") != open[i] || via.contains(row->text("less"))) continue;
        via[row->text("less")] = row;
        open.push_back(row->text("less"));
      }
    if (!via.contains(first.text("more"))) return;
    Tension tension{Tension::Kind::opposed_orders, {}, "these orderings go round in a circle"};
    for (std::string at = first.text("more"); tension.rows.empty() || tension.rows.back() != first.id;
         at = via[at]->text("more"))
      tension.rows.push_back(via[at]->id);
    std::reverse(tension.rows.begin(), tension.rows.end());
    told_.insert(tension.rows.begin(), tension.rows.end());
    list_.push_back(std::move(tension));
  }

  std::map<std::string, std::vector<const Row*>> arcs_;
  std::set<std::string> told_;
  std::vector<Tension>& list_;
};

void add_starts(const Situation& s, std::vector<Tension>& list) {
  for (const Row* row : s.of("history")) {
    const Value* sets = row->value("sets");
    for (std::size_t i = 0; sets != nullptr && i < sets->keys.size(); ++i) {
      const Row* variable = s.row(sets->keys[i]);
      if (variable == nullptr || variable->concept_name != "issues") continue;
      const std::string now = variable->text("now");
      if (now.empty() || now == sets->items[i].text) continue;
      list.push_back({Tension::Kind::start,
                      {row->id, variable->id},
                      fmt::format("the event set {} to {}, and it starts at {}; the start is taken",
                                  variable->id, sets->items[i].text, now)});
    }
  }
}

}  // namespace

std::vector<Tension> tensions_of(const Situation& situation) {
  std::vector<Tension> list;
  add_named(situation, list);
  add_own_goals(situation, list);
  add_claims(situation, list);
  Orders(situation, list).run();
  add_starts(situation, list);
  return list;
}

std::string kind_word(Tension::Kind kind) {
  switch (kind) {
    case Tension::Kind::named:
      return "named";
    case Tension::Kind::own_goal:
      return "own-goal";
    case Tension::Kind::necessary_not_enough:
      return "necessary-not-enough";
    case Tension::Kind::opposed_orders:
      return "opposed-orders";
    case Tension::Kind::start:
      return "start";
  }
  return "";
}

}  // namespace parley::questions
