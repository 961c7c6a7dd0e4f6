// SPDX-License-Identifier: MIT
// What a state leads to, followed in order of cause (docs/methods/causes.md, "What follows from a state").
#include <algorithm>
#include <bit>

#include "deals/ensemble.hpp"
#include "framing/causal.hpp"

namespace parley::framing {
namespace {

/// How an action is taken: left out, may or may not be carried out, is carried out once it is due.
enum class Will : unsigned char { never, may, surely };

/// Is an action due: can it be, and must it be?
struct Due {
  bool can = false, sure = false;
};

class Evolution {
 public:
  Evolution(const CausalModel& model, const Situation& s, const Premises& premises, const Masks& start);

  /// Until nothing more is due. After as many rounds as there are actions every possible course has ended.
  void run(const std::vector<Will>& will);
  /// The actions that may have been carried out, by the rounds in which they first could.
  [[nodiscard]] const std::vector<std::vector<int>>& acted() const { return acted_; }
  [[nodiscard]] const Masks& state() const { return now_; }

 private:
  void settle();
  [[nodiscard]] std::vector<Excluded> outs(const Masks& masks) const;
  [[nodiscard]] Movement pushed(int variable, const Masks& before) const;
  [[nodiscard]] bool changed(const SignedInfluence& influence, const Masks& state) const;
  [[nodiscard]] Due triggered(const TriggeredAction& action) const;
  [[nodiscard]] Due due(const TriggeredAction& action, const std::vector<Excluded>& out) const;
  [[nodiscard]] Due guarded(const TriggeredAction& action, Due due) const;
  [[nodiscard]] std::vector<LevelMask> doable(std::size_t variable, LevelMask wanted) const;
  [[nodiscard]] LevelMask brought(std::size_t variable, LevelMask wanted, const Excluded& out) const;
  bool act(const std::vector<Will>& will, bool prevents);
  void note(std::size_t action, bool sure);

  const CausalModel& model_;
  const Situation& s_;
  const Premises& p_;
  Masks anchor_;  ///< where things were last set, before influences and exclusions move them
  Masks now_;
  std::vector<bool> altered_;     ///< may be otherwise than it was, though it may be at the same levels
  std::vector<Excluded> barred_;  ///< by what was made unlikely and does not happen
  bool barred_any_ = false;
  std::vector<char> may_have_acted_, acted_surely_;
  std::vector<std::vector<int>> acted_;
};

Evolution::Evolution(const CausalModel& model, const Situation& s, const Premises& premises,
                     const Masks& start)
    : model_(model),
      s_(s),
      p_(premises),
      anchor_(start),
      now_(start),
      altered_(premises.altered.empty() ? std::vector<bool>(start.size()) : premises.altered),
      barred_(start.size()),
      may_have_acted_(model.chances.size()),
      acted_surely_(model.chances.size()) {
  settle();
}

bool Evolution::changed(const SignedInfluence& influence, const Masks& state) const {
  const auto differs = [&](int variable) {
    const auto v = static_cast<std::size_t>(variable);
    return altered_[v] || state[v] != p_.base[v] || p_.fixed[v] || !model_.drives_on[v].empty();
  };
  if (influence.cause_variable >= 0) return differs(influence.cause_variable);
  const auto touched = expression::touched(influence.cause);
  return std::any_of(touched.begin(), touched.end(), differs);
}

Movement Evolution::pushed(int variable, const Masks& before) const {
  Movement sum = kUnmoved;
  for (const int d : model_.drives_on[static_cast<std::size_t>(variable)]) {
    const SignedInfluence& influence = model_.drives[static_cast<std::size_t>(d)];
    const int sign = influence.sign != 0 ? influence.sign : p_.signs[static_cast<std::size_t>(d)];
    sum = together(
        sum, times(movement_of(influence, s_, p_.base, before, Reading::change, changed(influence, before)),
                   sign));
  }
  return sum;
}

std::vector<Excluded> Evolution::outs(const Masks& masks) const {
  std::vector<Excluded> list = barred_;
  for (const ExclusionRule& rule : model_.shuts) {
    if (rule.variable < 0) continue;
    const Truth truth = evaluate(rule.cause, masks);
    Excluded& out = list[static_cast<std::size_t>(rule.variable)];
    if (truth.sure()) out.sure |= mask_of(rule.out);
    if (truth.can_hold) out.may |= mask_of(rule.out);
  }
  return list;
}

void Evolution::settle() {
  now_ = anchor_;
  const bool bounded = !model_.shuts.empty() || barred_any_;
  // Movements travel at most once round the graph; where loops keep turning, levels are only added, so it
  // ends.
  const std::size_t patience = s_.variables.size() + 2;
  for (std::size_t round = 0; round < 3 * patience; ++round) {
    s_.options.control.check();
    const Masks before = now_;
    const std::vector<bool> altered = altered_;
    now_ = anchor_;
    for (const int variable : model_.moved) {
      const auto v = static_cast<std::size_t>(variable);
      if (!p_.fixed[v]) now_[v] = level_after(s_.variables[v], anchor_[v], pushed(variable, before));
    }
    const std::vector<Excluded> out = bounded ? outs(before) : std::vector<Excluded>();
    for (std::size_t v = 0; v < out.size(); ++v) {
      if (p_.fixed[v] || (out[v].sure | out[v].may) == 0) continue;
      altered_[v] = true;
      const bool quantity = s_.variables[v].kind == VariableKind::quantity;
      now_[v] = within(s_.variables[v], p_.base[v], quantity ? now_[v] : anchor_[v], now_[v], out[v]);
    }
    for (std::size_t v = 0; round >= patience && v < before.size(); ++v) now_[v] |= before[v];
    if (now_ == before && altered_ == altered) break;
  }
  for (const auto& [variable, condition] : s_.outcomes) {
    const Truth truth = evaluate(condition, now_);
    now_[static_cast<std::size_t>(variable)] = (truth.can_fail ? 1U : 0U) | (truth.can_hold ? 2U : 0U);
  }
}

/// A mechanism works when its cause comes true; a commitment where its condition holds.
Due Evolution::triggered(const TriggeredAction& action) const {
  Due due;
  for (const Formula& trigger : action.triggers) {
    Truth truth = evaluate(trigger, now_), before{false, true};
    if (action.cause_variable >= 0) {
      SignedInfluence cause;
      cause.cause_variable = action.cause_variable;
      const Movement moved = movement_of(cause, s_, p_.base, now_, Reading::change, changed(cause, now_));
      truth = {(moved & kUpward) != 0, (moved & ~kUpward) != 0};
    } else if (action.mechanism) {
      before = evaluate(trigger, p_.base);
    }
    due.can = due.can || (truth.can_hold && before.can_fail);
    due.sure = due.sure || (truth.sure() && before.impossible());
  }
  return due;
}

/// `will V only_if C` of the same actor: V is not brought about while C fails.
Due Evolution::guarded(const TriggeredAction& action, Due due) const {
  if (action.by.empty()) return due;
  Masks after = now_;
  for (const auto& [variable, levels] : action.act)
    after[static_cast<std::size_t>(variable)] = mask_of(levels);
  for (const Guard& guard : model_.guards) {
    const Truth there = evaluate(guard.act, now_);
    if (guard.by != action.by || there.sure()) continue;
    const Truth brings = evaluate(guard.act, after), met = evaluate(guard.condition, after);
    if (!brings.can_hold || !met.can_fail) continue;
    due.sure = false;
    if (there.impossible() && brings.sure() && met.impossible()) due.can = false;
  }
  return due;
}

/// The levels that an act can bring, for each level at which what never falls may stand.
std::vector<LevelMask> Evolution::doable(std::size_t v, LevelMask wanted) const {
  const Variable& variable = s_.variables[v];
  if (!variable.never_falls || !variable.ordered) return {wanted};
  std::vector<LevelMask> list;
  for (int b = 0; b < variable.size(); ++b)
    if ((p_.base[v] >> b & 1U) != 0) list.push_back(wanted & reachable_levels(variable, LevelMask{1} << b));
  return list;
}

Due Evolution::due(const TriggeredAction& action, const std::vector<Excluded>& out) const {
  Due due = triggered(action);
  if (!due.can || action.prevents) return due;
  for (const auto& [variable, levels] : action.act) {
    bool some = false;
    for (const LevelMask can : doable(static_cast<std::size_t>(variable), mask_of(levels))) {
      some = some || (can & ~out[static_cast<std::size_t>(variable)].sure) != 0;
      due.sure = due.sure && (can & ~out[static_cast<std::size_t>(variable)].sure &
                              ~out[static_cast<std::size_t>(variable)].may) != 0;
    }
    if (!some) return {};
  }
  return guarded(action, due);
}

/// Where an act brings a variable: not further than it must. Where exclusions leave open what can be, each.
LevelMask Evolution::brought(std::size_t v, LevelMask wanted, const Excluded& out) const {
  LevelMask result = 0;
  for (const LevelMask can : doable(v, wanted))
    for (const LevelMask left : {can & ~out.sure, can & ~out.sure & ~out.may}) {
      if (left == 0) continue;
      result |= anchor_[v] & left;
      if ((anchor_[v] & ~left) != 0)
        result |= s_.variables[v].ordered ? LevelMask{1} << std::countr_zero(left) : left;
    }
  return result;
}

void Evolution::note(std::size_t action, bool sure) {
  if (may_have_acted_[action] == 0) acted_.back().push_back(static_cast<int>(action));
  may_have_acted_[action] = 1;
  if (sure) acted_surely_[action] = 1;
}

/// Everything of one kind that is due, at once; false where that changes nothing.
bool Evolution::act(const std::vector<Will>& will, bool prevents) {
  struct Set {
    LevelMask levels = 0;
    bool surely = false;
  };
  const std::vector<Excluded> out = outs(now_);
  std::vector<Set> sets(anchor_.size());
  const std::vector<Excluded> bars = barred_;
  bool any = false;
  acted_.emplace_back();
  for (std::size_t a = 0; a < model_.chances.size(); ++a) {
    const TriggeredAction& action = model_.chances[a];
    if (action.prevents != prevents || will[a] == Will::never || acted_surely_[a] != 0) continue;
    const Due now_due = due(action, out);
    if (!now_due.can) continue;
    const bool sure = now_due.sure && will[a] == Will::surely;
    // What may have been done before is not done again: where it stands by now is open.
    const bool surely = sure && may_have_acted_[a] == 0;
    any = any || may_have_acted_[a] == 0;
    for (const auto& [variable, levels] : action.act) {
      const auto v = static_cast<std::size_t>(variable);
      if (prevents) {
        barred_any_ = true;
        (sure ? barred_[v].sure : barred_[v].may) |= every_level(s_.variables[v]) & ~mask_of(levels);
        continue;
      }
      sets[v].levels |= brought(v, mask_of(levels), out[v]);
      sets[v].surely = sets[v].surely || surely;
    }
    note(a, sure);
  }
  for (std::size_t v = 0; v < sets.size(); ++v) {
    if (sets[v].levels == 0) continue;
    const LevelMask next = sets[v].surely ? sets[v].levels : anchor_[v] | sets[v].levels;
    any = any || next != anchor_[v];
    altered_[v] = true;
    anchor_[v] = next;
  }
  for (std::size_t v = 0; v < bars.size(); ++v)
    any = any || bars[v].sure != barred_[v].sure || bars[v].may != barred_[v].may;
  if (any) settle();
  return any;
}

void Evolution::run(const std::vector<Will>& will) {
  const bool preventing = std::any_of(model_.chances.begin(), model_.chances.end(),
                                      [](const TriggeredAction& action) { return action.prevents; });
  for (std::size_t round = 0; round <= model_.chances.size(); ++round) {
    const bool prevented = preventing && act(will, true);
    if (!act(will, false) && !prevented) break;
  }
}

/// Those that make branches, ascending: the first in order of cause, then by what their rows say. What says
/// the same is not parted by its names: all of it has room, or it and all that comes later stays open.
std::vector<int> branching(const CausalModel& model, std::vector<std::vector<int>> rounds) {
  constexpr auto kMost = static_cast<std::size_t>(deals::kMostChances);
  const auto content = [&](int a) { return model.chances[static_cast<std::size_t>(a)].content; };
  std::vector<int> chosen;
  for (auto& round : rounds) {
    if (chosen.size() + round.size() <= kMost) {
      chosen.insert(chosen.end(), round.begin(), round.end());
      continue;
    }
    std::sort(round.begin(), round.end(), [&](int a, int b) { return content(a) < content(b); });
    for (auto from = round.begin(); from != round.end();) {
      const auto to = std::find_if(from, round.end(), [&](int a) { return content(a) != content(*from); });
      if (chosen.size() + static_cast<std::size_t>(to - from) > kMost) break;
      chosen.insert(chosen.end(), from, to);
      from = to;
    }
    break;
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace

Leads leads_to(const CausalModel& model, const Situation& s, const Premises& premises, const Masks& start) {
  const Evolution settled(model, s, premises, start);
  std::vector<Will> will(model.chances.size(), Will::may);
  for (std::size_t a = 0; a < will.size(); ++a)
    if (premises.apart && premises.apart(model.chances[a])) will[a] = Will::never;
  Evolution any = settled;
  any.run(will);
  Leads leads;
  leads.chances = branching(model, any.acted());
  if (leads.chances.empty()) {
    // Nothing is due, or so much that says the same that all of it stays open.
    leads.after.push_back(any.state());
    return leads;
  }
  for (std::uint32_t done = 0; done < (1U << leads.chances.size()); ++done) {
    for (std::size_t i = 0; i < leads.chances.size(); ++i)
      will[static_cast<std::size_t>(leads.chances[i])] = (done >> i & 1U) != 0 ? Will::surely : Will::never;
    Evolution branch = settled;
    branch.run(will);
    leads.after.push_back(branch.state());
  }
  return leads;
}

}  // namespace parley::framing
