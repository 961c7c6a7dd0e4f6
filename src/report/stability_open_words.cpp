// SPDX-License-Identifier: MIT
// What the page of situations says where the account holds no row on what somebody wants.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "report/page_parts.hpp"
#include "report/stability_words.hpp"

namespace parley::report {

std::string silent_names(const Json& game) {
  std::vector<std::string> list;
  for (const auto& one : part(game, "open")) list.push_back(called(game, one.value("actor", "")));
  return listed(list);
}

std::vector<std::string> open_shares(const Json& game, const Json& bounds) {
  std::vector<std::string> list;
  for (const auto& [name, one] : bounds.items())
    list.push_back(fmt::format("{} in {:.0f} to {:.0f} %", mover_words(game, name),
                               std::floor(100 * one.value("low", 0.0)),
                               std::ceil(100 * one.value("high", 1.0))));
  return list;
}

/// Of whom nothing at all is said is left open; where somebody speaks of some issues, the rest is drawn.
std::string silence_words(const Json& game) {
  std::map<std::string, std::vector<std::string>> silent;
  for (const auto& one : part(game, "silent")) silent[one.value("party", "")].push_back(one.value("on", ""));
  std::string text;
  std::vector<std::string> open, drawn;
  for (const auto& one : part(game, "open")) {
    silent.erase(one.value("actor", ""));
    std::vector<std::string> on;
    for (const auto& issue : part(one, "on")) on.push_back(issue.get<std::string>());
    open.push_back(fmt::format("{} wants of {}", called(game, one.value("actor", "")), listed(on)));
  }
  for (const auto& [party, issues] : silent)
    drawn.push_back(fmt::format("{} wants of {}", called(game, party), listed(issues)));
  if (!open.empty())
    text += wrapped(fmt::format(
        "Open: the account holds no row on what {}. Whatever its order of the situations may be counts, and "
        "nothing is drawn for it: where an answer hangs on that order no share is given, only the least and "
        "the most that it may be.",
        fmt::join(open, ", nor on what ")));
  if (!drawn.empty())
    text += wrapped(
        fmt::format("The account holds no row on what {}: unknown, with every order drawn alike, and the "
                    "shares rest on that draw.",
                    fmt::join(drawn, ", nor on what ")));
  return text;
}

}  // namespace parley::report
