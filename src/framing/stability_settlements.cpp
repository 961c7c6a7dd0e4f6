// SPDX-License-Identifier: MIT
// How what is unknown and discrete is settled in a game.
#include <fmt/format.h>

#include "framing/stability_maker.hpp"
#include "worlds/random.hpp"

namespace parley::framing {

/// Variables of unknown start that the talks do not settle: of the focus, and in causes together with it.
std::vector<int> PlayerMaker::further_starts() const {
  std::set<int> named;
  const auto add = [&](const Formula& f) {
    const auto touched = expression::touched(f);
    if (std::any_of(touched.begin(), touched.end(),
                    [&](int v) { return m_.in_focus[static_cast<std::size_t>(v)]; }))
      named.insert(touched.begin(), touched.end());
  };
  for (const FocusIssue& issue : g_.focus) named.insert(issue.variable);
  for (const Drive& drive : m_.rules.drives) add(drive.cause);
  for (const Shut& shut : m_.rules.shuts) add(shut.cause);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const Formula& trigger : rule.triggers) add(trigger);
  std::vector<int> from;
  for (const FocusIssue& issue : g_.focus) from.push_back(issue.variable);
  for (const OnTable& table : tables_) from.push_back(table.variable);
  for (const int v : led_to(m_.rules, from)) named.insert(v);
  for (const int v : guarding(m_.rules)) named.insert(v);
  std::vector<int> list;
  for (const int v : named)
    if (!at(v).known() && at(v).kind != VariableKind::outcome &&
        !(anchor_ != nullptr && contains(anchor_->unknown_starts, v)))
      list.push_back(v);
  return list;
}

/// Mechanisms of unknown sign that the focus sets going and that the talks do not settle.
std::vector<std::size_t> PlayerMaker::further_signs() const {
  std::set<int> moved;
  for (const FocusIssue& issue : g_.focus) moved.insert(issue.variable);
  for (const OnTable& t : tables_) moved.insert(t.variable);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const auto& [v, levels] : rule.act) moved.insert(v);
  std::vector<std::size_t> list;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t d = 0; d < m_.rules.drives.size(); ++d) {
      const Drive& drive = m_.rules.drives[d];
      std::vector<int> causes = expression::touched(drive.cause);
      if (drive.cause_variable >= 0) causes = {drive.cause_variable};
      if (std::none_of(causes.begin(), causes.end(), [&](int v) { return moved.contains(v); })) continue;
      grown = moved.insert(drive.effect).second || grown;
      const bool settled =
          anchor_ != nullptr && std::find(anchor_->unknown_signs.begin(), anchor_->unknown_signs.end(), d) !=
                                    anchor_->unknown_signs.end();
      if (drive.sign == 0 && !settled && std::find(list.begin(), list.end(), d) == list.end())
        list.push_back(d);
    }
  }
  return list;
}

void PlayerMaker::add_settlement(std::size_t resolution, std::uint64_t code, bool spread,
                                 const std::vector<int>& starts, const std::vector<std::size_t>& signs) {
  Settlement settled;
  GameSettlement out;
  if (anchor_ != nullptr) {
    settled = anchor_->settled[resolution];
    out.words = anchor_->ensemble.resolutions.size() > resolution
                    ? anchor_->ensemble.resolutions[resolution].words
                    : "";
  } else {
    for (const Variable& v : m_.s.variables) {
      int first = 0;
      while (first + 1 < v.size() && !v.now.has(first)) ++first;
      settled.now.push_back(first);
    }
    settled.signs.assign(m_.rules.drives.size(), 0);
  }
  worlds::Stream stream(1, "settlements", code);
  const auto digit = [&](std::uint64_t size) {
    if (spread) return stream.below(size);
    const std::uint64_t d = code % size;
    code /= size;
    return d;
  };
  const auto say = [&](const std::string& words) { out.words += (out.words.empty() ? "" : "; ") + words; };
  for (const int v : starts) {
    auto skip = digit(static_cast<std::uint64_t>(at(v).now.count()));
    int& now = settled.now[static_cast<std::size_t>(v)];
    for (int l = 0; l < at(v).size(); ++l)
      if (at(v).now.has(l) && skip-- == 0) now = l;
    say(fmt::format("{} is {} now", at(v).id, at(v).levels[static_cast<std::size_t>(now)]));
  }
  for (const std::size_t d : signs) {
    settled.signs[d] = digit(2) == 0 ? +1 : -1;
    say(fmt::format("{} {}", m_.rules.drives[d].row, settled.signs[d] > 0 ? "raises" : "lowers"));
  }
  std::size_t number = 0, stride = 1;
  for (const FocusIssue& issue : g_.focus) {
    number += stride * static_cast<std::size_t>(settled.now[static_cast<std::size_t>(issue.variable)]);
    stride *= static_cast<std::size_t>(at(issue.variable).size());
  }
  out.now = m_.state_of[number];
  g_.settlements.push_back(std::move(out));
  settled_.push_back(std::move(settled));
}

void PlayerMaker::settle_unknowns() {
  const auto starts = further_starts();
  const auto signs = further_signs();
  g_.resolutions = anchor_ == nullptr ? 1 : anchor_->settled.size();
  double ways = 1;
  for (const int v : starts) ways *= at(v).now.count();
  for (std::size_t i = 0; i < signs.size(); ++i) ways *= 2;
  const std::size_t most = std::max<std::size_t>(1, kMostSettlements / g_.resolutions);
  const bool spread = ways > static_cast<double>(most);
  const std::size_t n = spread ? most : static_cast<std::size_t>(ways);
  g_.all_settlements = !spread && (anchor_ == nullptr || anchor_->ensemble.all_resolutions);
  for (std::size_t r = 0; r < g_.resolutions; ++r)
    for (std::size_t code = 0; code < n; ++code)
      add_settlement(r, code + (spread ? r * n : 0), spread, starts, signs);
  for (const int v : starts)
    g_.defaults.push_back(
        {"default:start:" + at(v).id,
         fmt::format("the account holds no row on where {} stands now: every level alike", at(v).id),
         at(v).row});
  for (const std::size_t d : signs)
    g_.defaults.push_back(
        {"default:sign:" + m_.rules.drives[d].row,
         fmt::format("no row says which way {} works: both ways alike", m_.rules.drives[d].row),
         m_.rules.drives[d].row});
}

}  // namespace parley::framing
