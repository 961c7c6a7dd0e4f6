// SPDX-License-Identifier: MIT
// Section 7: which situations hold, who would leave the present, and where that pulls against the zone.
#include <fmt/format.h>

#include <functional>

#include "report/page_parts.hpp"
#include "report/stability_words.hpp"

namespace parley::report {

std::string section_stability(const std::vector<Account>& accounts) {
  std::string text = "## 7. Which situations hold, and who would leave them\n\n";
  bool any = false;
  for (const auto& account : accounts) {
    const Json& columns = part(part(account.data, "stability"), "by_alternative");
    const auto games = games_of(part(columns, "base"));
    if (games.empty()) continue;
    if (!any)
      text +=
          wrapped(
              "A *situation* puts one level on each issue of a focus. Whoever decides an issue moves it "
              "alone; "
              "what is settled together moves only together, and only where all prefer it. A situation holds "
              "against credible replies where every move that its mover would gain by is answered by moves "
              "that the others gain by, to something no better for the mover (sequential stability). An "
              "agreement binds nobody here beyond what "
              "rows say: who decides an issue may move it back.") +
          "\n";
    any = true;
    for (const Json& game : games)
      text += fmt::format("### {}{}\n\n", accounts.size() > 1 ? fmt::format("`{}`: ", account.name) : "",
                          game_title(game)) +
              game_words(game, true) + "\n";
    text += readings_words(columns);
  }
  return any ? text
             : text + "Not worked out: nothing here is decided by two sides whose choices hang together.\n\n";
}

}  // namespace parley::report
