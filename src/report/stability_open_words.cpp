// SPDX-License-Identifier: MIT
// What the page of situations says where the account holds no row on what somebody wants.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "report/page_parts.hpp"
#include "report/silences.hpp"
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

std::string no_order_words(const Json& game) {
  const bool named = std::any_of(part(game, "open").begin(), part(game, "open").end(),
                                 [](const Json& one) { return !part(one, "rows").empty(); });
  return fmt::format("{} what {} wants",
                     named ? "the account puts in no order" : "the account holds no row on",
                     silent_names(game));
}

/// Of whom nothing at all is said is left open; where somebody speaks of some issues, the rest is drawn.
std::string silence_words(const Json& game) {
  std::set<std::string> left_open;
  for (const auto& one : part(game, "open")) left_open.insert(one.value("actor", ""));
  Json open = Json::array(), drawn = Json::array();
  for (const auto& one : part(game, "silent"))
    (left_open.contains(one.value("party", "")) ? open : drawn).push_back(one);
  const auto called_here = [&](const std::string& party) { return called(game, party); };
  std::string text;
  for (const bool named : {false, true}) {
    const char* no_order = named ? "the account puts in no order" : "the account holds no row on";
    const Silences of_open = silences_of(open, called_here), of_drawn = silences_of(drawn, called_here);
    const auto& is_open = named ? of_open.named : of_open.without_row;
    const auto& is_drawn = named ? of_drawn.named : of_drawn.without_row;
    if (!is_open.empty())
      text += wrapped(fmt::format(
          "Open: {} what {}. Whatever its order of the situations may be counts, and nothing is drawn for "
          "it: where an answer hangs on that order no share is given, only the least and the most that it "
          "may be.",
          no_order, fmt::join(is_open, named ? ", nor what " : ", nor on what ")));
    if (!is_drawn.empty())
      text += wrapped(
          fmt::format("{} what {}: unknown, with every order drawn alike, and the shares rest on that draw.",
                      capital(no_order), fmt::join(is_drawn, named ? ", nor what " : ", nor on what ")));
  }
  return text;
}

std::string consent_words(const Json& game) {
  std::string text;
  for (const auto& who : part(game, "ratification")) {
    const auto names = [&](const char* key) {
      std::vector<std::string> list;
      for (const auto& name : part(who, key)) list.push_back(name.get<std::string>());
      return listed(list);
    };
    const int barred = who.value("barred", 0), undecided = who.value("undecided", 0);
    std::vector<std::string> what;
    if (who.value("limit", false)) what.push_back("what crosses its stated limit is barred");
    if (who.value("preference", false))
      what.push_back(
          fmt::format("where it ranks the end of a joint move below the start, the move is barred{}",
                      barred == 0 ? "" : fmt::format(" ({})", barred)));
    if (!part(who, "open").empty())
      what.push_back(fmt::format("no row gives its preference on {}", names("open")));
    if (undecided > 0)
      what.push_back(
          fmt::format("its consent to {} joint move{} stays open: shares let {} pass, and what is "
                      "proved holds with {} and without",
                      undecided, undecided == 1 ? "" : "s", undecided == 1 ? "it" : "them",
                      undecided == 1 ? "it" : "them"));
    text += wrapped(fmt::format("{} must ratify {}: {}.", capital(who.value("name", "")), names("issues"),
                                what.empty() ? "a row says that it is indifferent, so that it bars nothing"
                                             : fmt::format("{}", fmt::join(what, "; "))));
  }
  return text;
}

}  // namespace parley::report
