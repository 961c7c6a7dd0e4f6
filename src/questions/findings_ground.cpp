// SPDX-License-Identifier: MIT
// What findings are made of: an account's goals and measures, and how they are said.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "framing/wishes.hpp"
#include "questions/findings_parts.hpp"

namespace parley::questions {

using account::Row;
using framing::End;
using framing::LevelSet;
using framing::Situation;
using logic::Sign;

namespace {

/// Concepts whose rows only say what there is to speak of, or how a row is to be read.
constexpr const char* kFrame[] = {"sources", "assumptions", "speakers", "notes",       "actors",
                                  "parts",   "groups",      "issues",   "quantities",  "relations",
                                  "talks",   "claims",      "tensions", "alternatives"};

std::vector<std::string> speakers(const Situation& s, const Row& row) { return s.members(row.text("by")); }

/// An order over levels as a direction: nothing where it goes both ways.
std::optional<LevelSet> better_half(const framing::Variable& v, const account::Value& order) {
  if (order.tiers.size() < 2) return std::nullopt;
  std::vector<std::pair<int, int>> span;  // lowest and highest level of each tier
  for (const auto& names : order.tiers) {
    span.emplace_back(v.size(), -1);
    for (const auto& name : names) {
      const LevelSet set = framing::levels_named(v, name);
      for (int l = 0; l < v.size(); ++l)
        if (set.has(l)) span.back() = {std::min(span.back().first, l), std::max(span.back().second, l)};
    }
    if (span.back().second < 0) return std::nullopt;
  }
  bool up = true, down = true;
  for (std::size_t i = 0; i + 1 < span.size(); ++i) {
    up = up && span[i].first > span[i + 1].second;
    down = down && span[i].second < span[i + 1].first;
  }
  if (v.ordered && !up && !down) return std::nullopt;
  LevelSet best(v.size());
  if (!v.ordered) {
    for (const auto& name : order.tiers.front()) {
      const LevelSet set = framing::levels_named(v, name);
      for (int l = 0; l < v.size(); ++l)
        if (set.has(l)) best.add(l);
    }
    return best;
  }
  // Up to the second tier: any step towards the best counts.
  for (int l = 0; l < v.size(); ++l)
    if (up ? l > span.back().second : l < span.back().first) best.add(l);
  return best;
}

void add_preference(const Situation& s, const Row& row, std::vector<Goal>& list) {
  const std::string on = row.text("on");
  int v = s.variable(on);
  if (v < 0) v = s.variable("outcome:" + on);
  if (v < 0 || row.flag("indifferent")) return;
  const framing::Variable& variable = s.variables[static_cast<std::size_t>(v)];
  Goal goal{row.id, speakers(s, row), "", false, {}};
  if (const auto* order = row.value("order")) {
    const auto best = better_half(variable, *order);
    if (!best) return;
    goal.ends = framing::ends_of(s, framing::Formula::atom(v, *best));
    goal.text = fmt::format("{}: rather {} than {}", plain(on), order->tiers.front().front(),
                            order->tiers.back().front());
  } else if (const std::string wants = row.text("wants"); !wants.empty()) {
    if (!variable.ordered) return;
    const bool up = wants == "more" || wants == "happens";
    goal.ends = {{{v, -1}, up ? Sign::plus : Sign::minus}};
    goal.text = wants == "more"   ? "more " + plain(on)
                : wants == "less" ? "less " + plain(on)
                                  : fmt::format("{} {}", plain(on), wants);
  }
  if (!goal.ends.empty()) list.push_back(std::move(goal));
}

/// Wishes of every actor that some position speaks of, each worked out once.
class WishesBy {
 public:
  explicit WishesBy(const Situation& s) : s_(s) {}
  /// Those of `actor` that this row states, restated for members of a group or not.
  const std::vector<framing::Wish>& of(const std::string& actor, const std::string& row) {
    auto [at, fresh] = by_.try_emplace(actor);
    if (fresh) {
      s_.options.control.check();
      for (auto& wish : framing::wishes_of(s_, actor))
        at->second[wish.row.substr(0, wish.row.find('#'))].push_back(std::move(wish));
    }
    static const std::vector<framing::Wish> kNone;
    const auto found = at->second.find(row);
    return found == at->second.end() ? kNone : found->second;
  }

 private:
  const Situation& s_;
  std::map<std::string, std::map<std::string, std::vector<framing::Wish>>> by_;
};

const char* stance_word(framing::Stance stance) {
  switch (stance) {
    case framing::Stance::prefers:
      return "would rather have";
    case framing::Stance::asks:
      return "asks for";
    case framing::Stance::presses:
      return "presses for";
    case framing::Stance::insists:
      return "insists on";
  }
  return "";
}

std::string phrase_of(const Row& row) {
  for (const char* field : {"insists", "refuses", "presses", "asks", "prefers"})
    if (row.value(field) != nullptr)
      return (std::string_view(field) == "refuses" ? "not " : "") + row.text(field);
  return "";
}

}  // namespace

Ground::Ground(const account::Account& account, const framing::Options& options)
    : situation_(framing::make_situation(account, options)) {}

const framing::Rules& Ground::rules() const {
  if (!rules_) rules_ = framing::make_rules(situation_);
  return *rules_;
}

const framing::ConsistencyFrame& Ground::frame() const {
  if (!frame_) frame_ = framing::frame_consistency(situation_);
  return *frame_;
}

const std::vector<consistency::Exclusion>& Ground::exclusions() const {
  if (!exclusions_) exclusions_ = consistency::exclusions(frame().conditions, 1);
  return *exclusions_;
}

const std::vector<Goal>& Ground::goals() const {
  if (!goals_) goals_ = goals_of(situation_);
  return *goals_;
}

const framing::Framed* Ground::table(const std::string& talks, bool pressed) const {
  auto [at, fresh] = tables_.try_emplace({talks, pressed});
  if (fresh) {
    Situation situation = situation_;
    if (pressed) situation.options.binding = "presses";
    at->second = framing::frame_deals(situation, talks);
  }
  return at->second ? &*at->second : nullptr;
}

std::vector<Goal> goals_of(const Situation& s) {
  std::vector<Goal> list;
  WishesBy wishes(s);
  for (const Row* row : s.of("objectives")) {
    const account::Value* needs = row->value("needs");
    for (std::size_t i = 0; needs != nullptr && i < needs->items.size(); ++i) {
      const auto bound = needs->items[i].tree ? framing::bind(s, *needs->items[i].tree) : std::nullopt;
      if (!bound) continue;
      auto ends = framing::ends_of(s, *bound);
      if (!ends.empty())
        list.push_back({row->id, speakers(s, *row), plain(needs->items[i].text), true, std::move(ends)});
    }
  }
  for (const Row* row : s.of("preferences")) add_preference(s, *row, list);
  for (const Row* row : s.of("positions")) {
    const auto by = speakers(s, *row);
    if (by.empty()) continue;
    for (const auto& wish : wishes.of(by.front(), row->id)) {
      if (!wish.package.empty()) continue;
      auto ends = framing::ends_of(s, framing::wanted(wish));
      if (!ends.empty())
        list.push_back(
            {row->id, by, fmt::format("{}: {}", plain(row->text("on")), phrase_of(*row)), false, ends});
    }
  }
  return list;
}

std::vector<Measure> measures_of(const Situation& s) {
  std::vector<Measure> list;
  WishesBy wishes(s);
  for (const Row* row : s.of("commitments")) {
    // What is done only under a condition is no pledge to do it.
    if (row->value("restates") != nullptr || row->value("only_if") != nullptr ||
        row->text("kind") == "condition")
      continue;
    const auto* tree = row->condition(row->value("will") != nullptr ? "will" : "may");
    auto act = tree == nullptr ? std::nullopt : framing::bind(s, *tree);
    if (!act) continue;
    const bool will = row->value("will") != nullptr, threat = row->text("kind") == "threat";
    const std::string by = name_of(s, row->text("by")), what = plain(row->text(will ? "will" : "may"));
    list.push_back({row->id, row->text("by"),
                    threat ? fmt::format("the threat of {} ({}), carried out,", by, what)
                           : fmt::format("what {} says it {} do ({})", by, will ? "will" : "may", what),
                    std::move(*act), threat ? Measure::Kind::threat : Measure::Kind::word});
  }
  for (const Row* row : s.of("positions"))
    for (const auto& wish : wishes.of(row->text("by"), row->id))
      if (wish.row == row->id && wish.stance != framing::Stance::prefers)
        list.push_back({row->id, wish.by,
                        fmt::format("what {} {} ({}: {})", name_of(s, wish.by), stance_word(wish.stance),
                                    plain(row->text("on")), phrase_of(*row)),
                        framing::wanted(wish), Measure::Kind::position});
  return list;
}

NamedEnds named(const Situation& s, const std::vector<End>& ends) {
  NamedEnds list;
  for (const End& end : ends) {
    const auto& v = s.variables[static_cast<std::size_t>(end.place.variable)];
    list.emplace_back(v.id, end.place.level < 0 ? "" : v.levels[static_cast<std::size_t>(end.place.level)],
                      end.sign);
  }
  std::sort(list.begin(), list.end());
  return list;
}

bool same_ends(const std::vector<End>& a, const std::vector<End>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const End& x, const End& y) {
           return x.place.variable == y.place.variable && x.place.level == y.place.level && x.sign == y.sign;
         });
}

bool owns(const Goal& goal, const std::string& actor) {
  return std::find(goal.by.begin(), goal.by.end(), actor) != goal.by.end();
}

std::string goal_words(const Situation& s, const Goal& goal) {
  return goal.objective ? fmt::format("\"{}\" needs \"{}\"", name_of(s, goal.row), goal.text)
                        : fmt::format("it wants \"{}\"", goal.text);
}

std::vector<std::string> rows_of(const Way& way) {
  std::vector<std::string> rows;
  for (const auto& step : way.steps)
    if (!step.row.empty()) append_new(rows, {step.row});
  return rows;
}

std::string name_of(const Situation& s, const std::string& id) { return account::name_of(s.account, id); }

std::string moved(const Situation& s, const framing::NodePlace& place, Sign sign) {
  const framing::Variable& v = s.variables[static_cast<std::size_t>(place.variable)];
  const bool up = sign == Sign::plus;
  if (place.level >= 0)
    return fmt::format("{} {} {}", plain(v.id), up ? "becomes likelier to be" : "becomes less likely to be",
                       v.levels[static_cast<std::size_t>(place.level)]);
  if (v.kind == framing::VariableKind::quantity)
    return fmt::format("{} {}", plain(v.id), up ? "rises" : "falls");
  if (v.kind == framing::VariableKind::outcome)
    return fmt::format("{} becomes {}", plain(v.id.substr(v.id.find(':') + 1)),
                       up ? "likelier" : "less likely");
  return fmt::format("{} moves towards {}", plain(v.id), up ? v.levels.back() : v.levels.front());
}

std::string way_words(const Situation& s, const Way& way) {
  std::vector<std::string> said;
  for (const auto& step : way.steps)
    if (!step.row.empty()) said.push_back(moved(s, step.to, step.sign));
  return fmt::format("{}", fmt::join(said, ", and so "));
}

std::string listed(const std::vector<std::string>& words) {
  if (words.size() < 2) return words.empty() ? "" : words.front();
  const std::vector<std::string> front(words.begin(), words.end() - 1);
  return fmt::format("{} and {}", fmt::join(front, ", "), words.back());
}

std::string listed_measures(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> groups;
  for (const auto& text : texts) {
    const auto open = text.find(" (");
    const bool whole = open == std::string::npos || text.back() != ')';
    const std::string front = whole ? text : text.substr(0, open);
    const std::string inner = whole ? "" : text.substr(open + 2, text.size() - open - 3);
    const auto at =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == front; });
    if (at == groups.end())
      groups.emplace_back(front, inner);
    else if (!inner.empty())
      at->second += "; " + inner;
  }
  std::vector<std::string> said;
  for (const auto& [front, inner] : groups)
    said.push_back(inner.empty() ? front : fmt::format("{} ({})", front, inner));
  return listed(said);
}

bool contestable(const account::Account& account, const std::string& id) {
  const Row* row = account.find(id);
  return row != nullptr && std::none_of(std::begin(kFrame), std::end(kFrame),
                                        [&](const char* key) { return row->concept_name == key; });
}

void append_new(std::vector<std::string>& rows, const std::vector<std::string>& more) {
  for (const auto& row : more)
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
}

}  // namespace parley::questions
