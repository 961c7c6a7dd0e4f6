// SPDX-License-Identifier: MIT
// Mechanisms and commitments as rules over the situation's variables.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "account/content.hpp"
#include "deals/ensemble.hpp"
#include "framing/causal.hpp"

namespace parley::framing {
namespace {

using account::Row;

class RulesMaker {
 public:
  explicit RulesMaker(const Situation& s) : s_(s) {}
  Rules make();

 private:
  void mechanism(const Row& row);
  void effects(const Row& row, std::string_view field, int sign, Drive drive);
  void rules_out(const Row& row, const Formula& cause);
  void makes_likely(const Row& row, const Formula& cause, int cause_variable);
  std::optional<ChanceRule> unlikely(const Row& row, const Formula& effect);
  void guard(const Row& row);
  void index();
  void commitment(const Row& row);
  std::string root(const Row& row) const;
  std::optional<std::vector<std::pair<int, LevelSet>>> act(const std::string& row, const Formula& formula);
  void unread(const std::string& row, std::string why) { rules_.unread.push_back({row, std::move(why)}); }

  const Situation& s_;
  Rules rules_;
  std::map<std::string, std::size_t> chance_of_;  ///< root row -> chance
};

void RulesMaker::effects(const Row& row, std::string_view field, int sign, Drive drive) {
  for (const auto& name : row.names(field)) {
    drive.effect = s_.variable(name);
    drive.sign = sign;
    if (drive.effect < 0)
      unread(row.id, fmt::format("'{}' is no variable of this lens", name));
    else
      rules_.drives.push_back(drive);
  }
}

void RulesMaker::mechanism(const Row& row) {
  const expression::Tree* tree = row.condition("cause");
  if (tree == nullptr) return;
  Drive drive;
  drive.row = row.id;
  drive.says = row.origin.says;
  drive.latch = row.flag("latch");
  std::string why;
  const bool bare = tree->node == expression::Node::comparison && tree->verb == expression::Verb::holds &&
                    tree->subject.arguments.empty();
  const int v = bare ? s_.variable(tree->subject.name) : -1;
  if (v >= 0 && s_.variables[static_cast<std::size_t>(v)].ordered) {
    drive.cause_variable = v;
  } else {
    auto cause = bind(s_, *tree, &why);
    if (!cause) return unread(row.id, why);
    drive.cause = std::move(*cause);
  }
  effects(row, "raises", +1, drive);
  effects(row, "lowers", -1, drive);
  effects(row, "moves", 0, drive);
  Formula cause = drive.cause;
  if (drive.cause_variable >= 0) {
    LevelSet up(s_.variables[static_cast<std::size_t>(v)].size());
    const Variable& variable = s_.variables[static_cast<std::size_t>(v)];
    for (int l = 0; l < variable.size(); ++l)
      if (mask_of(variable.now) < (LevelMask{1} << l)) up.add(l);
    cause = Formula::atom(v, up);
  }
  rules_out(row, cause);
  makes_likely(row, cause, drive.cause_variable);
}

/// The levels of its one variable at which a formula holds.
LevelSet levels_of(const Situation& s, const Formula& formula, int variable) {
  const auto v = static_cast<std::size_t>(variable);
  LevelSet held(s.variables[v].size());
  std::vector<int> levels(s.variables.size(), 0);
  for (int l = 0; l < s.variables[v].size(); ++l) {
    levels[v] = l;
    if (expression::holds(formula, levels)) held.add(l);
  }
  return held;
}

void RulesMaker::rules_out(const Row& row, const Formula& cause) {
  const expression::Tree* tree = row.condition("rules_out");
  if (tree == nullptr) return;
  std::string why;
  auto effect = bind(s_, *tree, &why);
  if (!effect) return unread(row.id, why);
  Shut shut{row.id, row.origin.says, cause, *effect, -1, {}};
  const auto variables = expression::touched(*effect);
  if (variables.size() == 1) {
    shut.variable = variables[0];
    shut.out = levels_of(s_, *effect, shut.variable);
  }
  rules_.shuts.push_back(std::move(shut));
}

/// An act is a conjunction of levels, one variable each: what somebody does, or what is made likely.
std::optional<std::vector<std::pair<int, LevelSet>>> RulesMaker::act(const std::string& row,
                                                                     const Formula& formula) {
  std::vector<std::pair<int, LevelSet>> list;
  const std::vector<Formula> parts =
      formula.kind == Formula::Kind::all ? formula.parts : std::vector<Formula>{formula};
  for (const Formula& part : parts) {
    if (part.kind != Formula::Kind::atom || part.levels.count() == 0) {
      unread(row, "what is to be done is not one level for each variable");
      return std::nullopt;
    }
    list.emplace_back(part.variable, part.levels);
  }
  return list;
}

/// What is unlikely is kept away where that happens: levels of one variable.
std::optional<ChanceRule> RulesMaker::unlikely(const Row& row, const Formula& effect) {
  ChanceRule rule;
  const auto variables = expression::touched(effect);
  const LevelSet out = variables.size() == 1 ? levels_of(s_, effect, variables[0]) : LevelSet();
  if (out.count() == 0 || out.count() == out.size()) {
    unread(row.id, "what is made unlikely is not some of the levels of one variable");
    return std::nullopt;
  }
  rule.act = {{variables[0], out.complement()}};
  rule.prevents = true;
  return rule;
}

void RulesMaker::makes_likely(const Row& row, const Formula& cause, int cause_variable) {
  const bool unlikely_one = row.condition("makes_likely") == nullptr;
  const expression::Tree* tree = row.condition(unlikely_one ? "makes_unlikely" : "makes_likely");
  if (tree == nullptr) return;
  std::string why;
  auto effect = bind(s_, *tree, &why);
  if (!effect) return unread(row.id, why);
  std::optional<ChanceRule> rule;
  if (unlikely_one) {
    rule = unlikely(row, *effect);
  } else if (auto done = act(row.id, *effect)) {
    rule.emplace();
    rule->act = std::move(*done);
  }
  if (!rule) return;
  rule->id = row.id;
  rule->rows = {row.id};
  rule->triggers = {cause};
  rule->occasions = {row.id};
  rule->mechanism = true;
  rule->cause_variable = cause_variable;
  rules_.chances.push_back(std::move(*rule));
}

std::string RulesMaker::root(const Row& row) const {
  const Row* at = &row;
  for (int steps = 0; steps < 64 && at->value("restates") != nullptr; ++steps) {
    const Row* next = s_.row(at->text("restates"));
    if (next == nullptr || next->concept_name != "commitments") break;
    at = next;
  }
  return at->id;
}

void RulesMaker::commitment(const Row& row) {
  const expression::Tree* when = row.condition("if");
  if (row.condition("will") == nullptr || when == nullptr)
    return;  // `may`, `unstated`, `only_if`: no occasion
  std::string why;
  auto trigger = bind(s_, *when, &why);
  auto will = trigger ? bind(s_, *row.condition("will"), &why) : std::nullopt;
  if (!will) return unread(row.id, why);
  auto done = act(row.id, *will);
  if (!done) return;
  const std::string first = root(row);
  auto [found, fresh] = chance_of_.emplace(first, rules_.chances.size());
  if (fresh) {
    ChanceRule rule;
    rule.id = first;
    rule.by = row.text("by");
    rule.to = row.names("to");
    rule.act = std::move(*done);
    rules_.chances.push_back(std::move(rule));
  }
  ChanceRule& rule = rules_.chances[found->second];
  rule.rows.push_back(row.id);
  rule.triggers.push_back(std::move(*trigger));
  rule.occasions.push_back(row.id);
}

void RulesMaker::guard(const Row& row) {
  const auto *will = row.condition("will"), *only_if = row.condition("only_if");
  if (will == nullptr || only_if == nullptr) return;
  // What cannot be read each lens says of itself.
  auto done = bind(s_, *will);
  auto condition = done ? bind(s_, *only_if) : std::nullopt;
  if (condition) rules_.guards.push_back({row.id, row.text("by"), std::move(*done), std::move(*condition)});
}

void RulesMaker::index() {
  for (ChanceRule& rule : rules_.chances) {
    const Row* row = s_.row(rule.id);
    const auto* odds = row == nullptr ? nullptr : row->value(rule.mechanism ? "strength" : "carried_out");
    const auto range = s_.interval(odds, {0, 1});
    rule.certain = odds != nullptr && range.first >= 1;
    rule.never = odds != nullptr && range.second <= 0;
    const expression::Interval unsaid{mpq_class(1, 2), mpq_class(1, 2)};
    rule.perhaps_never = s_.interval(odds, unsaid) != unsaid && range.first <= 0 && !rule.never;
  }
  if (rules_.chances.size() > static_cast<std::size_t>(deals::kMostChances)) {
    const auto content = account::content_of(s_.account);
    for (ChanceRule& rule : rules_.chances) {
      const auto found = content.find(rule.id);
      if (found != content.end()) rule.content = found->second;
    }
  }
  rules_.drives_on.resize(s_.variables.size());
  for (std::size_t d = 0; d < rules_.drives.size(); ++d)
    rules_.drives_on[static_cast<std::size_t>(rules_.drives[d].effect)].push_back(static_cast<int>(d));
  for (std::size_t v = 0; v < s_.variables.size(); ++v)
    if (!rules_.drives_on[v].empty()) rules_.moved.push_back(static_cast<int>(v));
}

Rules RulesMaker::make() {
  for (const Row* row : s_.of("mechanisms")) mechanism(*row);
  for (const Row* row : s_.of("commitments")) commitment(*row);
  for (const Row* row : s_.of("commitments")) guard(*row);
  index();
  return std::move(rules_);
}

/// `makes likely` without a number: from likely to very likely (ICD 203).
expression::Interval likely() { return {mpq_class(11, 20), mpq_class(19, 20)}; }

}  // namespace

std::vector<int> guarding(const CausalModel& model) {
  std::vector<int> list;
  for (const Guard& guard : model.guards) {
    const auto act = expression::touched(guard.act);
    const bool bears = std::any_of(model.chances.begin(), model.chances.end(), [&](const ChanceRule& rule) {
      return rule.by == guard.by && std::any_of(rule.act.begin(), rule.act.end(), [&](const auto& part) {
               return std::find(act.begin(), act.end(), part.first) != act.end();
             });
    });
    if (!bears) continue;
    const auto condition = expression::touched(guard.condition);
    list.insert(list.end(), condition.begin(), condition.end());
    list.insert(list.end(), act.begin(), act.end());
  }
  return list;
}

Rules make_rules(const Situation& situation) { return RulesMaker(situation).make(); }

const Row* believed_in(const Situation& s, const ChanceRule& rule, const std::string& party) {
  for (const Row* row : s.of("beliefs")) {
    if (row->value("believes") == nullptr ||
        std::find(rule.rows.begin(), rule.rows.end(), row->text("about")) == rule.rows.end())
      continue;
    const auto who = s.members(row->text("by"));
    if (std::find(who.begin(), who.end(), party) != who.end()) return row;
  }
  return nullptr;
}

expression::Interval believed(const Situation& s, const ChanceRule& rule, const std::string& party,
                              std::optional<DefaultRow>* used) {
  const Row* row = s.row(rule.id);
  if (row == nullptr) return {0, 1};
  if (rule.mechanism) {
    const account::Value* strength = row->value("strength");
    const bool said = strength != nullptr && !(strength->quantity && strength->quantity->unknown);
    if (!said && used != nullptr)
      *used = rule.prevents
                  ? DefaultRow{"default:unlikely:" + rule.id,
                               "`makes unlikely` is taken as: in 55 to 95 % it does not come about", rule.id}
                  : DefaultRow{"default:likely:" + rule.id, "`makes likely` is taken as 55 to 95 %", rule.id};
    return said ? s.interval(strength, likely()) : likely();
  }
  const account::Value* value = nullptr;
  if (party == rule.by) value = row->value("intended");
  if (const account::Value* entries = row->value("believed"); value == nullptr && entries != nullptr)
    for (std::size_t i = 0; i < entries->keys.size(); ++i)
      if (entries->keys[i] == party) value = &entries->items[i];
  if (const Row* belief = value == nullptr ? believed_in(s, rule, party) : nullptr; belief != nullptr)
    value = belief->value("believes");
  if (value == nullptr) value = row->value("carried_out");
  if (value == nullptr && used != nullptr)
    *used = DefaultRow{
        fmt::format("default:carried_out:{}:{}", rule.id, party),
        fmt::format("no row says how likely {} takes {} to be carried out: anything from 0 to 100 %", party,
                    rule.id),
        rule.id};
  return s.interval(value, {0, 1});
}

}  // namespace parley::framing
