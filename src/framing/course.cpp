// SPDX-License-Identifier: MIT
#include "framing/course.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace parley::framing {
namespace {

using account::Row;
using expression::Quantity;

/// Who says where a variable stands: its own row, or an event that set it.
std::string says_now(const Situation& s, const Variable& v) {
  const Row* own = s.row(v.row);
  return own == nullptr || own->value("now") != nullptr || v.set_by.empty() ? v.row : v.set_by;
}

LevelMask trend_of(const Row& row) {
  const account::Value* now = row.value("now");
  if (now == nullptr || !now->quantity) return 0;
  switch (now->quantity->trend) {
    case Quantity::Trend::rising:
      return kUpward;
    case Quantity::Trend::falling:
      return kDownward;
    case Quantity::Trend::steady:
      return kUnmoved;
    case Quantity::Trend::none:
      break;
  }
  return 0;
}

bool touches(const Formula& formula, const std::vector<bool>& variables) {
  const auto touched = expression::touched(formula);
  return std::any_of(touched.begin(), touched.end(),
                     [&](int v) { return variables[static_cast<std::size_t>(v)]; });
}

bool comes_from(const Push& push, const std::vector<bool>& variables) {
  if (push.acts_anyway) return false;
  return push.drive.cause_variable >= 0 ? variables[static_cast<std::size_t>(push.drive.cause_variable)]
                                        : touches(push.drive.cause, variables);
}

}  // namespace

bool Push::left_out(const RowSet& without) const {
  return without.contains(drive.row) || (!event.empty() && without.contains(event));
}

Course::Course(const Situation& situation, std::function<bool()> stop)
    : s_(situation), stop_(std::move(stop)), rules_(make_rules(situation)) {
  unread_ = rules_.unread;
  find_facts();
  find_pushes();
  find_constraints();
  find_steps();
  find_may_steps();
  find_occasions();
  for (const Fact& f : facts_) rows_.push_back(f.row);
  for (const Push& p : pushes_) {
    rows_.push_back(p.drive.row);
    if (!p.event.empty()) rows_.push_back(p.event);
  }
  for (const auto& c : constraints_)
    if (!c.structure) rows_.push_back(c.id);
  for (const Step& step : steps_) rows_.push_back(step.row);
  for (const Occasion& occasion : occasions_) rows_.push_back(occasion.row);
  for (const char* named : {"orderings", "objectives", "beliefs"})
    for (const Row* row : s_.of(named)) rows_.push_back(row->id);
  std::sort(rows_.begin(), rows_.end());
  rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
}

void Course::find_facts() {
  for (std::size_t v = 0; v < s_.variables.size(); ++v) {
    const Variable& variable = s_.variables[v];
    if (variable.kind == VariableKind::outcome) continue;
    if (variable.kind == VariableKind::quantity) {
      const Row* row = s_.row(variable.row);
      if (const LevelMask trend = row == nullptr ? 0 : trend_of(*row); trend != 0)
        facts_.push_back({variable.row, static_cast<int>(v), trend});
      continue;
    }
    const LevelMask now = mask_of(variable.now);
    if (now != every_level(variable)) facts_.push_back({says_now(s_, variable), static_cast<int>(v), now});
  }
}

void Course::find_pushes() {
  for (const Drive& drive : rules_.drives) pushes_.push_back({drive, false, ""});
  for (const Row* row : s_.of("mechanisms")) {
    if (row->condition("cause") != nullptr || row->text("event").empty()) continue;
    for (const auto& [field, sign] :
         std::vector<std::pair<const char*, int>>{{"raises", 1}, {"lowers", -1}, {"moves", 0}})
      for (const auto& name : row->names(field)) {
        Push push;
        push.drive.row = row->id;
        push.drive.says = row->origin.says;
        push.drive.effect = s_.variable(name);
        push.drive.sign = sign;
        push.acts_anyway = true;
        push.event = row->text("event");
        if (push.drive.effect >= 0) pushes_.push_back(std::move(push));
      }
  }
  pushes_on_.resize(s_.variables.size());
  for (std::size_t p = 0; p < pushes_.size(); ++p)
    pushes_on_[static_cast<std::size_t>(pushes_[p].drive.effect)].push_back(static_cast<int>(p));
}

void Course::find_constraints() {
  const auto add = [&](const std::string& id, const std::string& owner, bool structure, Formula formula,
                       std::vector<int> about) {
    constraints_.push_back({id, owner, structure, std::move(formula)});
    acts_.push_back(std::move(about));
  };
  for (const Guard& guard : rules_.guards)
    add(guard.row, guard.by, false, Formula::implies(guard.act, guard.condition),
        expression::touched(guard.act));
  for (const Shut& rule : rules_.shuts)
    add(rule.row, rule.says, false, Formula::negation(Formula::all({rule.cause, rule.effect})),
        expression::touched(rule.effect));
  // What never falls is not below where it stands. Whoever sets it otherwise sets that aside, too.
  for (const Fact& fact : facts_) {
    const Variable& variable = s_.variables[static_cast<std::size_t>(fact.variable)];
    if (!variable.never_falls || !variable.ordered) continue;
    LevelSet from(variable.size());
    for (int l = std::countr_zero(fact.levels); l < variable.size(); ++l) from.add(l);
    add(fact.row, "", true, Formula::atom(fact.variable, from), {fact.variable});
  }
  for (const auto& [v, formula] : s_.outcomes) {
    LevelSet happens(2);
    happens.add(1);
    const Formula is = Formula::atom(v, happens);
    add("outcome:" + s_.variables[static_cast<std::size_t>(v)].row, "", true,
        Formula::all({Formula::implies(is, formula), Formula::implies(formula, is)}), {});
  }
}

void Course::find_steps() {
  for (const Push& push : pushes_) {
    if (push.acts_anyway) continue;
    if (push.drive.cause_variable >= 0)
      steps_.push_back({push.drive.cause_variable, push.drive.effect, push.drive.row});
    else
      for (const int v : expression::touched(push.drive.cause))
        steps_.push_back({v, push.drive.effect, push.drive.row});
  }
  for (const ChanceRule& rule : rules_.chances)
    for (std::size_t t = 0; t < rule.triggers.size() && !rule.never; ++t)
      for (const int v : expression::touched(rule.triggers[t]))
        for (const auto& [effect, levels] : rule.act) steps_.push_back({v, effect, rule.occasions[t]});
  for (const Shut& rule : rules_.shuts)
    for (const int v : expression::touched(rule.cause))
      for (const int effect : expression::touched(rule.effect)) steps_.push_back({v, effect, rule.row});
  for (const auto& [outcome, formula] : s_.outcomes)
    for (const int v : expression::touched(formula))
      steps_.push_back({v, outcome, s_.variables[static_cast<std::size_t>(outcome)].row});
}

/// What only may be done, and what is done only under a condition: they make it possible, and no more.
void Course::find_may_steps() {
  for (const Row* row : s_.of("commitments")) {
    const auto* act = row->condition(row->value("will") != nullptr ? "will" : "may");
    const auto* when = row->condition(row->value("only_if") != nullptr ? "only_if" : "if");
    const bool sure = row->condition("will") != nullptr && row->condition("if") != nullptr;
    if (act == nullptr || when == nullptr || sure) continue;
    const auto effect = bind(s_, *act), cause = bind(s_, *when);
    if (!effect || !cause) continue;
    for (const int from : expression::touched(*cause))
      for (const int to : expression::touched(*effect))
        steps_.push_back(
            {from, to, row->id, row->value("only_if") != nullptr ? Step::Kind::guard : Step::Kind::may});
  }
}

Masks Course::anything() const {
  Masks masks;
  for (const Variable& v : s_.variables) masks.push_back(every_level(v));
  return masks;
}

std::vector<bool> Course::reached_from(const Forced& forced, const RowSet& without,
                                       const std::vector<int>& roots) const {
  std::vector<bool> forced_at(s_.variables.size()), reached(s_.variables.size());
  for (const auto& [v, levels] : forced) forced_at[static_cast<std::size_t>(v)] = true;
  for (const int v : roots) reached[static_cast<std::size_t>(v)] = !forced_at[static_cast<std::size_t>(v)];
  for (bool grown = true; grown;) {
    grown = false;
    for (const Step& step : steps_) {
      const auto from = static_cast<std::size_t>(step.from), to = static_cast<std::size_t>(step.to);
      if (step.kind != Step::Kind::leads || forced_at[to] || reached[to] ||
          !(forced_at[from] || reached[from]))
        continue;
      if (!without.contains(step.row)) grown = reached[to] = true;
    }
  }
  return reached;
}

Masks Course::stated(const Change& change) const {
  Masks masks = anything();
  for (const Fact& fact : facts_)
    if (!change.without.contains(fact.row)) masks[static_cast<std::size_t>(fact.variable)] = fact.levels;
  for (const int v : change.open)
    masks[static_cast<std::size_t>(v)] = every_level(s_.variables[static_cast<std::size_t>(v)]);
  return masks;
}

std::vector<bool> Course::altered_by(const Forced& forced, const RowSet& without) const {
  return altered_by(Change{forced, without, {}}).any;
}

/// What somebody will do if something is so stands open while talks go on; where they end it is due, also
/// where that was so before. It may be done then: how talks end decides, and what stands today does not.
std::vector<bool> Course::due_as_talks_end(const Change& change) const {
  std::vector<bool> due(rules_.chances.size());
  const bool ends = std::any_of(change.forced.begin(), change.forced.end(), [&](const auto& forced) {
    return s_.variables[static_cast<std::size_t>(forced.first)].kind == VariableKind::talks;
  });
  if (!ends) return due;
  const Masks now = stated(change);
  for (std::size_t c = 0; c < due.size(); ++c) {
    const TriggeredAction& action = rules_.chances[c];
    if (action.mechanism || action.never) continue;
    for (std::size_t t = 0; t < action.triggers.size(); ++t)
      due[c] = due[c] ||
               (!change.without.contains(action.occasions[t]) && evaluate(action.triggers[t], now).can_hold);
  }
  return due;
}

Course::Altered Course::altered_by(const Change& change) const {
  Altered altered{{}, {}, due_as_talks_end(change)};
  std::vector<int> roots;
  for (std::size_t c = 0; c < altered.due.size(); ++c)
    for (const auto& [v, levels] : rules_.chances[c].act)
      if (altered.due[c]) roots.push_back(v);
  altered.reached = reached_from(change.forced, change.without, roots);
  altered.any = altered.reached;
  for (const auto& [v, levels] : change.forced) altered.any[static_cast<std::size_t>(v)] = true;
  return altered;
}

Movement Course::pushed(int variable, const Masks& base, const Masks& masks, const RowSet& without,
                        const Altered& altered, const std::vector<bool>* only, bool* acting) const {
  Movement sum = kUnmoved;
  *acting = false;
  for (const int p : pushes_on_[static_cast<std::size_t>(variable)]) {
    const Push& push = pushes_[static_cast<std::size_t>(p)];
    if (push.left_out(without) || (only != nullptr && !comes_from(push, *only))) continue;
    const Movement moved = push.acts_anyway ? kUpward
                                            : movement_of(push.drive, s_, base, masks, Reading::course,
                                                          comes_from(push, altered.any));
    const Movement effect = times(moved, push.drive.sign);
    *acting = *acting || (effect & kUnmoved) == 0;
    sum = together(sum, effect);
  }
  return sum;
}

/// What is surely ruled out is not so. Where a change makes that of the level at which a variable stood, it
/// goes elsewhere.
void Course::exclude(const Change& change, const Altered& altered, const Masks& base, const Masks& before,
                     Masks& masks) const {
  std::vector<Excluded> out(masks.size());
  for (const ExclusionRule& rule : rules_.shuts) {
    if (rule.variable < 0 || change.without.contains(rule.row)) continue;
    const Truth truth = evaluate(rule.cause, before);
    Excluded& one = out[static_cast<std::size_t>(rule.variable)];
    if (truth.sure()) one.sure |= mask_of(rule.out);
    if (truth.can_hold) one.may |= mask_of(rule.out);
  }
  for (const TriggeredAction& action : rules_.chances) {
    if (!action.prevents || !action.certain || change.without.contains(action.id)) continue;
    const Truth truth = evaluate(action.triggers.front(), before);
    const auto v = static_cast<std::size_t>(action.act.front().first);
    const LevelMask away = every_level(s_.variables[v]) & ~mask_of(action.act.front().second);
    if (truth.sure()) out[v].sure |= away;
    if (truth.can_hold) out[v].may |= away;
  }
  for (std::size_t v = 0; v < masks.size(); ++v) {
    if (altered.any[v] && !altered.reached[v]) continue;  // forced
    const bool quantity = s_.variables[v].kind == VariableKind::quantity;
    const LevelMask stood = !altered.reached[v] ? 0 : quantity ? masks[v] : base[v];
    masks[v] = within(s_.variables[v], base[v], stood, masks[v], out[v]);
  }
}

Truth Course::kept_from(const TriggeredAction& action, const Change& change, const Masks& base,
                        const Masks& masks) const {
  Truth kept{false, true};
  if (action.by.empty()) return kept;
  Masks after = masks;
  for (const auto& [v, levels] : action.act) after[static_cast<std::size_t>(v)] = mask_of(levels);
  for (const Guard& guard : rules_.guards) {
    if (guard.by != action.by || change.without.contains(guard.row)) continue;
    const Truth there = evaluate(guard.act, base), brings = evaluate(guard.act, after),
                met = evaluate(guard.condition, after);
    if (there.sure() || !brings.can_hold || !met.can_fail) continue;
    kept.can_hold = true;
    if (there.impossible() && brings.sure() && met.impossible()) kept.can_fail = false;
  }
  return kept;
}

/// What occasions add to levels that are being worked out: a chance adds and takes nothing away, for it may
/// fail to happen; what is certain happens, and of several that set one variable any may prevail.
void Course::act(const Change& change, const Altered& altered,
                 const std::function<Truth(const Formula&)>& new_occasion, const Masks& base,
                 const Masks& before, Masks& masks) const {
  std::vector<LevelMask> sure(masks.size()), may(masks.size());
  for (std::size_t c = 0; c < rules_.chances.size(); ++c) {
    const TriggeredAction& action = rules_.chances[c];
    const Truth kept = kept_from(action, change, base, before);
    if (kept.sure()) continue;
    for (std::size_t t = 0; t < action.triggers.size(); ++t) {
      const Truth truth = evaluate(action.triggers[t], before);
      Truth anew = new_occasion(action.triggers[t]);
      anew.can_hold = anew.can_hold || altered.due[c];
      if (action.never || change.without.contains(action.occasions[t]) || !truth.can_hold || !anew.can_hold)
        continue;
      for (const auto& [v, levels] : action.act) {
        const auto at = static_cast<std::size_t>(v);
        if (!altered.reached[at] || (action.prevents && (masks[at] & ~mask_of(levels)) == 0)) continue;
        const bool happens =
            action.certain && truth.sure() && anew.sure() && !action.prevents && !kept.can_hold;
        (happens ? sure : may)[at] |= mask_of(levels) & allowed(v, change.without);
      }
    }
  }
  for (std::size_t v = 0; v < masks.size(); ++v) masks[v] = may[v] | (sure[v] != 0 ? sure[v] : masks[v]);
}

View Course::view(const Change& change) const {
  View view;
  Masks base = stated(change);
  const Altered altered = altered_by(change);
  const std::vector<bool>& reached = altered.reached;
  for (std::size_t v = 0; change.anew && v < base.size(); ++v)
    if (reached[v]) base[v] = every_level(s_.variables[v]);
  view.masks = base;
  std::vector<bool> forced(s_.variables.size()), computed(s_.variables.size());
  for (const auto& [v, levels] : change.forced) {
    forced[static_cast<std::size_t>(v)] = true;
    view.masks[static_cast<std::size_t>(v)] = levels;
  }
  for (std::size_t v = 0; v < s_.variables.size(); ++v) {
    const bool quantity = s_.variables[v].kind == VariableKind::quantity;
    const bool fresh =
        std::find(change.fresh.begin(), change.fresh.end(), static_cast<int>(v)) != change.fresh.end();
    if (forced[v] || s_.variables[v].kind == VariableKind::outcome) continue;
    computed[v] = quantity ? reached[v] || fresh || base[v] == every_level(s_.variables[v]) : reached[v];
    if (computed[v] && quantity) view.masks[v] = kUnmoved;
    if (fresh && !quantity && !reached[v]) view.masks[v] = every_level(s_.variables[v]);
  }
  std::vector<bool> changed = altered.any;
  Masks known = base;  // of what is set aside nothing is
  for (const int v : change.fresh) {
    changed[static_cast<std::size_t>(v)] = true;
    known[static_cast<std::size_t>(v)] = every_level(s_.variables[static_cast<std::size_t>(v)]);
  }
  // What a change brings is an occasion that it reaches and that was not there already: a threat that stands
  // today as it is written is part of the present. Where it may have been there it is perhaps no new one.
  const auto new_occasion = [&](const Formula& trigger) {
    const Truth before = evaluate(trigger, known);
    if (!touches(trigger, changed)) return Truth{false, true};
    return Truth{before.can_fail, before.can_hold};
  };
  // Signs travel at most once round the graph; where loops keep turning, levels are only added, so it ends.
  const std::size_t patience = s_.variables.size() + 2;
  const Masks start = view.masks;
  for (std::size_t round = 0; round < 3 * patience; ++round) {
    s_.options.control.check();
    const Masks before = view.masks;
    view.still.clear();
    view.alone.clear();
    for (std::size_t v = 0; v < s_.variables.size(); ++v) {
      if (!computed[v]) {
        view.masks[v] = start[v];
        continue;
      }
      const Variable& variable = s_.variables[v];
      bool acting = false;
      // Where an issue stands, what has been pushing it all along has done its part.
      const bool stands = variable.kind != VariableKind::quantity && base[v] != every_level(variable);
      const Movement moved = pushed(static_cast<int>(v), base, before, change.without, altered,
                                    stands ? &changed : nullptr, &acting);
      LevelMask next = moved;
      if (variable.kind != VariableKind::quantity) {
        next = level_after(variable, base[v], moved) & allowed(static_cast<int>(v), change.without);
      } else if (!acting) {
        // Perhaps nothing moves it: what a change reaches then keeps still, and where the account is silent
        // it is unknown.
        const bool still = reached[v] && !change.anew;
        if (!still) next = every_level(variable);
        if (still) view.still.insert(variable.id);
      } else {
        view.alone.insert(variable.id);
      }
      view.masks[v] = next;
    }
    act(change, altered, new_occasion, base, before, view.masks);
    exclude(change, altered, base, before, view.masks);
    for (std::size_t v = 0; round >= patience && v < before.size(); ++v) view.masks[v] |= before[v];
    if (view.masks == before) break;
  }
  for (const auto& [v, formula] : s_.outcomes) {
    const Truth truth = evaluate(formula, view.masks);
    view.masks[static_cast<std::size_t>(v)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
  return view;
}

}  // namespace parley::framing
