// SPDX-License-Identifier: MIT
// What a condition that somebody makes keeps from being so (docs/methods/causes.md, "Guards").
#include <algorithm>

#include "framing/causal.hpp"

namespace parley::framing {
namespace {

/// Can the act hold where the variable is at one of these levels, whatever else is the case?
bool can_hold_at(const Situation& s, const Formula& act, std::size_t variable, LevelMask levels) {
  Masks masks;
  for (const Variable& v : s.variables) masks.push_back(every_level(v));
  masks[variable] &= levels;
  return masks[variable] != 0 && evaluate(act, masks).can_hold;
}

/// Does a row other than its maker's word lead to the act: a push, what is made likely, somebody else's word,
/// or what takes away the level at which things stand?
bool brought_otherwise(const CausalModel& model, const Situation& s, const Guard& guard, const Masks& present,
                       const std::set<std::string>& without) {
  for (const int variable : expression::touched(guard.act)) {
    const auto v = static_cast<std::size_t>(variable);
    for (const int d : model.drives_on[v])
      if (!without.contains(model.drives[static_cast<std::size_t>(d)].row)) return true;
    for (const ExclusionRule& rule : model.shuts)
      if (rule.variable == variable && !without.contains(rule.row) && (present[v] & mask_of(rule.out)) != 0 &&
          can_hold_at(s, guard.act, v, ~mask_of(rule.out)))
        return true;
    for (const TriggeredAction& action : model.chances) {
      if (action.never || (action.by == guard.by && !action.mechanism)) continue;
      if (std::all_of(action.occasions.begin(), action.occasions.end(),
                      [&](const std::string& row) { return without.contains(row); }))
        continue;
      for (const auto& [set, levels] : action.act)
        if (set == variable && (!action.prevents || (present[v] & ~mask_of(levels)) != 0) &&
            can_hold_at(s, guard.act, v, mask_of(levels)))
          return true;
    }
  }
  return false;
}

}  // namespace

bool bars(const CausalModel& model, const Situation& s, const Guard& guard, const Masks& present,
          const std::set<std::string>& without) {
  if (without.contains(guard.row) || evaluate(guard.act, present).can_hold) return false;
  const auto makers = s.members(guard.by);
  for (const int variable : expression::touched(guard.act)) {
    const auto& movers = s.variables[static_cast<std::size_t>(variable)].movers;
    const bool own = std::any_of(movers.begin(), movers.end(), [&](const std::string& mover) {
      return std::find(makers.begin(), makers.end(), mover) != makers.end();
    });
    if (!movers.empty() && !own) return false;
  }
  return !brought_otherwise(model, s, guard, present, without);
}

Masks present_of(const Situation& situation) {
  Masks masks;
  for (const Variable& v : situation.variables)
    masks.push_back(v.kind == VariableKind::quantity ? every_level(v) : mask_of(v.now));
  return masks;
}

}  // namespace parley::framing
