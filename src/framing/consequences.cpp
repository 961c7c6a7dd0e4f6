// SPDX-License-Identifier: MIT
// What a state leads to (rules 6, 8, 9).
#include <algorithm>

#include "deals/ensemble.hpp"
#include "framing/states.hpp"

namespace parley::framing {
namespace {

/// A mechanism works when its cause comes true; a commitment when its condition holds.
bool triggered(const ChanceRule& rule, const Masks& base, const Masks& state) {
  return std::any_of(rule.triggers.begin(), rule.triggers.end(), [&](const Formula& trigger) {
    return evaluate(trigger, state).can_hold && !(rule.mechanism && evaluate(trigger, base).sure());
  });
}

}  // namespace

Masks masks_of(const Situation& s, const std::vector<int>& levels) {
  Masks masks;
  masks.reserve(levels.size());
  for (const int level : levels) masks.push_back(LevelMask{1} << level);
  for (const auto& [variable, condition] : s.outcomes) {
    const Truth truth = evaluate(condition, masks);
    masks[static_cast<std::size_t>(variable)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
  return masks;
}

Leads leads_to(const Rules& rules, const Situation& s, const Masks& base, const std::vector<int>& signs,
               const Masks& start, const std::vector<bool>& fixed,
               const std::function<bool(const ChanceRule&)>& apart) {
  Leads leads;
  Masks all_done = start;
  for (const bool mechanisms : {false, true})
    for (std::size_t c = 0; c < rules.chances.size(); ++c) {
      const ChanceRule& rule = rules.chances[c];
      if (rule.mechanism != mechanisms || static_cast<int>(leads.chances.size()) >= deals::kMostChances ||
          apart(rule))
        continue;
      if (!triggered(rule, base, start) && !triggered(rule, base, all_done)) continue;
      leads.chances.push_back(static_cast<int>(c));
      if (!mechanisms) carry_out(rule, s, all_done);
    }
  for (std::uint32_t done = 0; done < (1U << leads.chances.size()); ++done) {
    Masks state = start;
    for (const bool mechanisms : {false, true})
      for (std::size_t i = 0; i < leads.chances.size(); ++i) {
        const ChanceRule& rule = rules.chances[static_cast<std::size_t>(leads.chances[i])];
        if (rule.mechanism != mechanisms || !(done >> i & 1U)) continue;
        if (!mechanisms || triggered(rule, base, state)) carry_out(rule, s, state);
      }
    settle(rules, s, base, signs, fixed, state);
    leads.after.push_back(std::move(state));
  }
  return leads;
}

}  // namespace parley::framing
