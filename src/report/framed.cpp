// SPDX-License-Identifier: MIT
// The framed problem as text: what `show --framed deals` prints and the golden texts of the framing rules
// compare.
#include <fmt/format.h>

#include <bit>

#include "report/results.hpp"

namespace parley::report {
namespace {

using questions::TableAnswer;

std::string levels(deals::LevelMask mask, const std::vector<std::string>& names) {
  std::vector<std::string> list;
  for (; mask != 0; mask &= mask - 1) {
    const auto l = static_cast<std::size_t>(std::countr_zero(mask));
    list.push_back(l < names.size() ? names[l] : std::to_string(l));
  }
  return fmt::format("{}", fmt::join(list, "/"));
}

std::string options(const deals::Ensemble& e, const deals::Package& package) {
  std::vector<std::string> list;
  for (std::size_t k = 0; k < package.size(); ++k)
    list.push_back(fmt::format("{}={}", e.issues[k].name,
                               e.issues[k].options[static_cast<std::size_t>(package[k])].name));
  return fmt::format("{}", fmt::join(list, " "));
}

std::string broken(const deals::Ensemble& e, std::uint64_t mask) {
  if (mask == deals::kForbidden) return "structure";
  std::vector<std::string> list;
  for (std::size_t i = 0; i < e.limits.size(); ++i)
    if (mask >> i & 1U) list.push_back(e.limits[i].id);
  return list.empty() ? "-" : fmt::format("{}", fmt::join(list, ","));
}

std::string stake_order(const deals::Stake& stake, const std::vector<std::string>& names) {
  std::vector<std::string> list;
  for (const auto& [a, b] : stake.better)
    list.push_back(
        fmt::format("{}>{}", names[static_cast<std::size_t>(a)], names[static_cast<std::size_t>(b)]));
  for (const auto& [a, b] : stake.same)
    list.push_back(
        fmt::format("{}={}", names[static_cast<std::size_t>(a)], names[static_cast<std::size_t>(b)]));
  return list.empty() ? "unknown" : fmt::format("{}", fmt::join(list, " "));
}

class Dump {
 public:
  Dump(const TableAnswer& table, const framing::Situation& situation) : f_(table.framed), s_(situation) {}
  std::string text();

 private:
  void line(const std::string& words) { text_ += words + "\n"; }
  [[nodiscard]] const std::vector<std::string>& names(const std::string& variable) const {
    static const std::vector<std::string> none(framing::kMostLevels, "?");
    const int v = s_.variable(variable);
    return v < 0 ? none : s_.variables[static_cast<std::size_t>(v)].levels;
  }
  void limits();
  void parties();
  void cases();
  void rest();

  const framing::Framed& f_;
  const framing::Situation& s_;
  std::string text_;
};

void Dump::limits() {
  line("limits");
  for (const auto& limit : f_.ensemble.limits)
    line(fmt::format("  {} of {} ({}): {}", limit.id, limit.owner.empty() ? "nobody" : limit.owner,
                     limit.doubt ? "doubt" : "concession", fmt::join(limit.rows, ", ")));
  for (const auto& held : f_.held) line("  " + held.id);
}

void Dump::parties() {
  for (const auto& party : f_.ensemble.parties) {
    line("party " + party.order.id);
    for (const auto& stake : party.order.stakes)
      line(fmt::format("  {}{}: {}", stake.id, stake.consequence ? " (consequence)" : "",
                       stake_order(stake, names(stake.id))));
    for (const auto& [a, b] : party.order.heavier)
      line(fmt::format("  {} at least as weighty as {}", party.order.stakes[static_cast<std::size_t>(a)].id,
                       party.order.stakes[static_cast<std::size_t>(b)].id));
    for (const auto& [a, b] : party.order.alike)
      line(fmt::format("  {} as weighty as {}", party.order.stakes[static_cast<std::size_t>(a)].id,
                       party.order.stakes[static_cast<std::size_t>(b)].id));
    for (const auto& [low, high] : party.given)
      line(fmt::format("  no deal is worth {} to {}", expression::number_text(low),
                       expression::number_text(high)));
    line("  no deal rests on " + (party.reservation_rows.empty()
                                      ? "nothing"
                                      : fmt::format("{}", fmt::join(party.reservation_rows, ", "))));
  }
  for (std::size_t c = 0; c < f_.ensemble.chances.size(); ++c)
    for (std::size_t p = 0; p < f_.parties.size(); ++p)
      line(fmt::format("chance {} as {} takes it: {} to {}", f_.ensemble.chances[c].id, f_.parties[p],
                       expression::number_text(f_.ensemble.chances[c].believed[p].first),
                       expression::number_text(f_.ensemble.chances[c].believed[p].second)));
}

/// No deal in full; packages by the limits that they break.
void Dump::cases() {
  for (const auto& r : f_.ensemble.resolutions) {
    line("where " + (r.words.empty() ? "everything discrete is known" : r.words));
    for (const auto& branch : r.no_deal.branches) {
      std::vector<std::string> parts;
      for (std::size_t p = 0; p < f_.parties.size(); ++p)
        for (std::size_t s = 0; s < branch.levels[p].size(); ++s) {
          const auto& id = f_.ensemble.parties[p].order.stakes[s].id;
          parts.push_back(fmt::format("{}:{}={}", f_.parties[p], id, levels(branch.levels[p][s], names(id))));
        }
      std::vector<std::string> done;
      for (std::size_t i = 0; i < r.no_deal.chances.size(); ++i)
        done.push_back((branch.done >> i & 1U ? "" : "not ") +
                       f_.ensemble.chances[static_cast<std::size_t>(r.no_deal.chances[i])].id);
      line(fmt::format("  no deal{}: {}", done.empty() ? "" : fmt::format(" ({})", fmt::join(done, ", ")),
                       fmt::join(parts, " ")));
    }
    for (std::size_t x = 0; x < f_.ensemble.packages.size() && x < 400; ++x)
      line(fmt::format("  {} breaks {}", options(f_.ensemble, f_.ensemble.packages[x]),
                       broken(f_.ensemble, r.broken[x])));
    if (f_.ensemble.packages.size() > 400)
      line(fmt::format("  and {} packages more", f_.ensemble.packages.size() - 400));
  }
}

void Dump::rest() {
  for (const auto& named : f_.packages)
    line(fmt::format(
        "package {}: {}", named.id,
        named.completions.empty() ? named.why : fmt::format("{} completions", named.completions.size())));
  for (const auto& silence : f_.silent)
    line(fmt::format("silent: {} on {}{}", silence.party, silence.variable,
                     silence.consequence ? " (consequence)" : ""));
  for (const auto& row : f_.defaults) line(fmt::format("{}: {}", row.id, row.words));
  for (const auto& condition : f_.open_conditions) line(fmt::format("open: {}", condition.words));
  for (const auto& clash : f_.clashes)
    line(fmt::format("clash: {} on {}: {}", clash.party, clash.variable, fmt::join(clash.rows, ", ")));
  for (const auto& unread : f_.unread) line(fmt::format("unread {}: {}", unread.row, unread.why));
  for (const auto& id : f_.lifted) line(fmt::format("lifted by an agreement: {}", id));
  line(fmt::format("rows: {}", fmt::join(f_.used_rows, ", ")));
}

std::string Dump::text() {
  line(fmt::format("table {}: {}", f_.table, fmt::join(f_.parties, ", ")));
  if (!f_.too_large.empty()) {
    line("not framed: " + f_.too_large);
    return text_;
  }
  for (const auto& issue : f_.ensemble.issues) {
    std::vector<std::string> list;
    for (const auto& option : issue.options) list.push_back(option.name);
    line(fmt::format("issue {}: {}", issue.name, fmt::join(list, ", ")));
  }
  limits();
  parties();
  cases();
  rest();
  return text_;
}

}  // namespace

std::string framed_text(const questions::ColumnAnswer& column) {
  const framing::Situation situation = framing::make_situation(column.column.rows, column.column.options);
  std::string text;
  for (const auto& table : column.tables) text += Dump(table, situation).text();
  return text;
}

}  // namespace parley::report
