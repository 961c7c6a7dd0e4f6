// SPDX-License-Identifier: MIT
// Commitments about the focus that the sides trust differently: each side's own graph (methods page, "From an
// account", Misperception).
#include "framing/stability_maker.hpp"

namespace parley::framing {
namespace {

/// Which value says how likely `party` takes the commitment to be kept: an assumption, or the field that it
/// stands in (rule 8: the maker `intended`, others `believed`, else `carried_out`).
std::string source_of(const Situation& s, const ChanceRule& rule, const std::string& party) {
  const account::Row* row = s.row(rule.id);
  const account::Value* value = nullptr;
  std::string field = "carried_out";
  if (party == rule.by && row->value("intended") != nullptr) {
    value = row->value("intended");
    field = "intended";
  } else if (const account::Value* entries = row->value("believed")) {
    for (std::size_t i = 0; i < entries->keys.size(); ++i)
      if (entries->keys[i] == party) {
        value = &entries->items[i];
        field = "believed " + party;
      }
  }
  if (value == nullptr && believed_in(s, rule, party) != nullptr) {
    value = believed_in(s, rule, party)->value("believes");
    field = believed_in(s, rule, party)->id;
  }
  if (value == nullptr) value = row->value("carried_out");
  return value != nullptr && !value->quantity && s.row(value->text) != nullptr ? value->text : field;
}

}  // namespace

void PlayerMaker::find_pledges() {
  for (std::size_t c = 0; c < m_.rules.chances.size(); ++c) {
    const ChanceRule& rule = m_.rules.chances[c];
    if (rule.mechanism || !is_a_move(rule)) continue;
    const auto maker = std::find(g_.decision_makers.begin(), g_.decision_makers.end(), rule.by);
    if (maker == g_.decision_makers.end()) continue;
    Pledge pledge{rule.id, static_cast<std::size_t>(maker - g_.decision_makers.begin()), {}, {}};
    for (const auto& name : g_.decision_makers) {
      pledge.kept.push_back(believed(m_.s, rule, name));
      pledge.source.push_back(source_of(m_.s, rule, name));
    }
    // Where all go by the same value there is nothing to misperceive.
    if (std::all_of(pledge.source.begin(), pledge.source.end(),
                    [&](const std::string& source) { return source == pledge.source.front(); }))
      continue;
    g_.used_rows.insert(g_.used_rows.end(), rule.rows.begin(), rule.rows.end());
    g_.pledges.push_back(std::move(pledge));
    pledged_.push_back(static_cast<int>(c));
  }
}

std::vector<bool> PlayerMaker::broken_in(const Masks& start,
                                         const std::function<bool(const ChanceRule&)>& not_due) const {
  std::vector<bool> broken;
  for (const int c : pledged_) {
    const ChanceRule& rule = m_.rules.chances[static_cast<std::size_t>(c)];
    const bool due =
        !not_due(rule) && std::any_of(rule.triggers.begin(), rule.triggers.end(),
                                      [&](const Formula& f) { return evaluate(f, start).sure(); });
    const bool done = std::all_of(rule.act.begin(), rule.act.end(), [&](const auto& part) {
      return (start[static_cast<std::size_t>(part.first)] & ~mask_of(part.second)) == 0;
    });
    broken.push_back(due && !done);
  }
  return broken;
}

}  // namespace parley::framing
