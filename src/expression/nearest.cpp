// SPDX-License-Identifier: MIT
#include "expression/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace parley::expression {
namespace {

constexpr std::size_t kLongestName = 80;  // longer words are compared by nobody

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == '.') c = '_';
  }
  return result;
}

/// Words of which the one says the contrary of the other.
constexpr std::array<std::pair<std::string_view, std::string_view>, 60> kContraries = {{
    {"least", "most"},
    {"lower", "upper"},
    {"lower", "higher"},
    {"low", "high"},
    {"lowers", "raises"},
    {"falls", "rises"},
    {"fall", "rise"},
    {"falling", "rising"},
    {"less", "more"},
    {"fewer", "more"},
    {"failed", "agreed"},
    {"insists", "refuses"},
    {"surely", "perhaps"},
    {"happens", "avoided"},
    {"absent", "present"},
    {"open", "shut"},
    {"open", "closed"},
    {"opened", "closed"},
    {"up", "down"},
    {"on", "off"},
    {"yes", "no"},
    {"true", "false"},
    {"before", "after"},
    {"above", "below"},
    {"over", "under"},
    {"with", "without"},
    {"north", "south"},
    {"northern", "southern"},
    {"east", "west"},
    {"eastern", "western"},
    {"import", "export"},
    {"imports", "exports"},
    {"importer", "exporter"},
    {"inner", "outer"},
    {"inflow", "outflow"},
    {"inflows", "outflows"},
    {"input", "output"},
    {"inside", "outside"},
    {"internal", "external"},
    {"increase", "decrease"},
    {"increases", "decreases"},
    {"ascending", "descending"},
    {"immigration", "emigration"},
    {"minor", "major"},
    {"minority", "majority"},
    {"minimum", "maximum"},
    {"min", "max"},
    {"left", "right"},
    {"early", "late"},
    {"earlier", "later"},
    {"first", "last"},
    {"weak", "strong"},
    {"weaker", "stronger"},
    {"accept", "reject"},
    {"accepts", "rejects"},
    {"allow", "forbid"},
    {"all", "none"},
    {"any", "none"},
    {"buyer", "seller"},
    {"enter", "exit"},
}};
constexpr std::array<std::string_view, 7> kNegations = {"un", "in", "im", "il", "ir", "dis", "non"};

/// The contraries of a folded name: of one of its words, or of the whole. `if` and `only_if` are a pair, too.
std::vector<std::string> contraries(const std::string& name) {
  std::vector<std::string> list = {"not_" + name, "only_" + name};
  for (const std::string_view before : {"not_", "no_", "non_", "only_"})
    if (name.starts_with(before)) list.push_back(name.substr(before.size()));
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('_', begin), name.size());
    const std::string_view word = std::string_view(name).substr(begin, end - begin);
    const auto add = [&](std::string_view other) {
      list.push_back(name.substr(0, begin) + std::string(other) + name.substr(end));
    };
    for (const auto& [one, other] : kContraries) {
      if (word == one) add(other);
      if (word == other) add(one);
    }
    for (const std::string_view negation : kNegations) {
      add(std::string(negation) + std::string(word));
      if (word.starts_with(negation) && word.size() > negation.size() + 2) add(word.substr(negation.size()));
    }
    begin = end + 1;
  }
  return list;
}

/// Is the wanted name at least as near to the contrary of the candidate as to the candidate itself?
bool says_the_contrary(const std::string& wanted, const std::string& candidate, int distance) {
  const auto list = contraries(candidate);
  return std::any_of(list.begin(), list.end(), [&](const std::string& contrary) {
    return edit_distance(wanted, contrary, distance) <= distance;
  });
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int cap) {
  const auto longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > static_cast<std::size_t>(cap)) return cap + 1;
  if (longer > kLongestName) return a == b ? 0 : cap + 1;
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size()), beyond = cap + 1;
  std::vector<int> before(b.size() + 1, beyond), previous(b.size() + 1, beyond),
      current(b.size() + 1, beyond);
  const auto at = [](std::string_view text, int i) { return text[static_cast<std::size_t>(i)]; };
  for (int j = 0; j <= std::min(m, cap); ++j) previous[static_cast<std::size_t>(j)] = j;
  int best_before = 0;
  for (int i = 1; i <= n; ++i) {  // only the band |i - j| <= cap can stay within the cap
    const int from = std::max(1, i - cap), to = std::min(m, i + cap);
    current[static_cast<std::size_t>(from - 1)] = beyond;
    if (to < m) current[static_cast<std::size_t>(to) + 1] = beyond;
    if (i <= cap) current[0] = i;
    int best = i <= cap ? i : beyond;
    for (int j = from; j <= to; ++j) {
      const auto k = static_cast<std::size_t>(j);
      int cost = previous[k - 1] + (at(a, i - 1) == at(b, j - 1) ? 0 : 1);
      cost = std::min({cost, previous[k] + 1, current[k - 1] + 1});
      if (i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) && at(a, i - 2) == at(b, j - 1))
        cost = std::min(cost, before[k - 2] + 1);
      current[k] = std::min(cost, beyond);
      best = std::min(best, current[k]);
    }
    if (best > cap && best_before > cap) return beyond;
    best_before = best;
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], beyond);
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  if (name.size() > kLongestName) return std::nullopt;
  const std::string wanted = folded(name);
  int best = std::min(std::clamp(static_cast<int>(name.size()) / 3, 1, 4) + 1, static_cast<int>(name.size()));
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    if (longer - std::min(name.size(), candidate.size()) >= static_cast<std::size_t>(best)) continue;
    const std::string offered = folded(candidate);
    const int distance = edit_distance(wanted, offered, best - 1);
    if (distance < best && (distance == 0 || !says_the_contrary(wanted, offered, distance))) {
      best = distance;
      found = candidate;
      if (best == 0) break;
    }
  }
  return found;
}

}  // namespace parley::expression
