// SPDX-License-Identifier: MIT
#include "expression/nearest.hpp"

#include <algorithm>
#include <cstdlib>

namespace parley::expression {
namespace {

constexpr std::size_t kLongestName = 200;  // longer words are compared by nobody

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == '.') c = '_';
  }
  return result;
}

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int cap) {
  const auto longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > static_cast<std::size_t>(cap)) return cap + 1;
  if (longer > kLongestName) return a == b ? 0 : cap + 1;
  std::vector<int> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], cap + 1);
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  if (name.size() > kLongestName) return std::nullopt;
  const std::string wanted = folded(name);
  int best = std::min(std::clamp(static_cast<int>(name.size()) / 3, 1, 4) + 1, static_cast<int>(name.size()));
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    const int distance = edit_distance(wanted, folded(candidate), best - 1);
    if (distance < best) {
      best = distance;
      found = candidate;
      if (best == 0) break;
    }
  }
  return found;
}

}  // namespace parley::expression
