// SPDX-License-Identifier: MIT
// The stability of an account in sentences that are a function of its JSON alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/results_parts.hpp"
#include "report/stability_account.hpp"
#include "report/stability_words.hpp"

namespace parley::report {
namespace {

constexpr double kVisible = 0.1;   // a share that another reading moves by more is worth a line
constexpr std::size_t kRows = 10;  // of the table of situations

double share_of(const Json& object, const char* key) { return part(object, key).value("share", 0.0); }

/// The most frequent members of {name: share}.
std::vector<std::pair<std::string, double>> ranked(const Json& shares) {
  std::vector<std::pair<std::string, double>> list;
  for (const auto& [name, share] : shares.items())
    if (share.is_number() && share.get<double>() >= kLeastShareSaid)
      list.emplace_back(name, share.get<double>());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

std::string shares_words(const Json& game, const std::vector<std::pair<std::string, double>>& list) {
  std::vector<std::string> words;
  for (const auto& [name, share] : list)
    words.push_back(fmt::format("{} in {}", mover_words(game, name), percent(share)));
  return listed(words);
}

std::string present_words(const Json& game) {
  const Json& states = part(part(game, "now"), "states");
  if (states.empty()) return "What the rows say of the present cannot be: no state agrees with it.";
  std::vector<std::string> parts;
  std::map<std::string, std::vector<std::string>> levels;
  std::vector<std::string> order;
  for (const auto& state : states)
    for (const auto& [issue, level] : state["levels"].items()) {
      auto& list = levels[issue];
      if (list.empty()) order.push_back(issue);
      const auto word = level.get<std::string>();
      if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
    }
  for (const auto& issue : order)
    parts.push_back(fmt::format("{} {}", issue, fmt::join(levels[issue], " or ")));
  return "The present: " + fmt::format("{}", fmt::join(parts, ", ")) + ".";
}

std::string changes_words(const Json& changes) {
  std::vector<std::string> list;
  for (const auto& [issue, level] : changes.items())
    list.push_back(fmt::format("{} to {}", issue, level.get<std::string>()));
  return listed(list);
}

enum class Proved { nothing, always, never };

Proved proved_of_present(const Json& now, const char* named) {
  bool all = true, none = true;
  for (const auto& state : part(now, "states")) {
    const Json& proved = part(part(state, "proved"), named);
    all = all && proved.is_string() && proved == "all";
    none = none && proved.is_string() && proved == "none";
  }
  return all ? Proved::always : none ? Proved::never : Proved::nothing;
}

std::string credible_sentence(const Json& game) {
  const Json& now = part(game, "now");
  const Json& holds = now["equilibrium"];
  const Proved proved = proved_of_present(now, "seq");
  std::vector<std::string> each;
  for (const auto& [dm, stable] : part(now, "stable").items())
    if (stable.contains("seq"))
      each.push_back(fmt::format("for {} in {}", called(game, dm), percent(stable.value("seq", 0.0))));
  for (const auto& open : open_shares(game, part(part(now, "stable_bounds"), "seq")))
    each.push_back("for " + open + " (open)");
  std::string text = fmt::format(
      "Against credible replies (whoever would gain by a move is stopped by an answer that others gain by "
      "giving) it holds in {}: {}.",
      proved == Proved::always  ? "every world (proved by orders alone)"
      : proved == Proved::never ? "no world (proved by orders alone)"
                                : percent(holds["seq"]) + " of worlds",
      listed(each));
  if (holds.contains("cseq") && !holds["cseq"].contains("open") && !holds["seq"].contains("open") &&
      percent(share_of(holds, "cseq")) != percent(share_of(holds, "seq")))
    text += fmt::format(" Where several may also go by turns to what suits them all, it holds so in {}.",
                        percent(share_of(holds, "cseq")));
  return text;
}

std::string gain_sentence(const Json& now) {
  const Json& holds = now["equilibrium"];
  const Proved proved = proved_of_present(now, "nash");
  if (proved == Proved::never)
    return " Somebody has something to gain by moving in every world (proved by orders alone).";
  if (holds["nash"].contains("open"))
    return fmt::format(
        " Whether anybody has something to gain by moving is open: in {} of worlds nobody has.",
        percent(holds["nash"]));
  const std::string alone = percent(share_of(holds, "nash")),
                    together = holds.contains("cnash") ? percent(share_of(holds, "cnash")) : alone;
  std::string text = proved == Proved::always
                         ? " Nobody has anything to gain by moving in any world (proved by orders alone)"
                         : fmt::format(" Nobody has anything to gain by moving in {} of worlds", alone);
  if (together != alone) text += fmt::format("; nor have several, by turns, in {}", together);
  return text + ".";
}

std::string holds_sentence(const Json& game) {
  const Json& now = part(game, "now");
  return now.contains("equilibrium") ? credible_sentence(game) + gain_sentence(now) : "";
}

/// Does anybody who makes this move have a stated wish on an issue that it changes? Where none has, what is
/// best is how Parley draws.
bool on_wishes(const Json& game, const Json& move) {
  std::set<std::pair<std::string, std::string>> silent;
  for (const auto& one : part(game, "silent")) silent.emplace(one.value("party", ""), one.value("on", ""));
  const std::string mover = "+" + move.value("mover", "") + "+";
  for (const auto& dm : part(game, "decision_makers"))
    for (const auto& [issue, level] : part(move, "changes").items())
      if (mover.find("+" + dm.get<std::string>() + "+") != std::string::npos &&
          !silent.contains({dm.get<std::string>(), issue}))
        return true;
  return false;
}

std::string leaving_sentence(const Json& game) {
  const Json& now = part(game, "now");
  const auto leaves = ranked(part(part(now, "left_by"), "seq"));
  if (!now.contains("equilibrium")) return "";
  std::string text;
  const auto open = open_shares(game, part(part(now, "left_by_bounds"), "seq"));
  if (!open.empty()) {
    text =
        leaves.empty() ? "" : fmt::format("It would be left by {} of worlds. ", shares_words(game, leaves));
    text += fmt::format("Whether it would be left by others is open: by {} of worlds.", listed(open));
    if (leaves.empty())
      text = fmt::format("Whether it would be left is open: by {} of worlds.", listed(open));
  } else if (leaves.empty()) {
    const auto gain = ranked(part(now, "could_gain"));
    if (gain.empty()) return "Nobody could gain by moving from it in any world.";
    text = fmt::format("Nobody would leave it: {} could gain by moving, and is deterred.",
                       shares_words(game, gain));
  } else {
    text = fmt::format("It would be left by {} of worlds.", shares_words(game, leaves));
  }
  std::map<std::string, std::vector<std::string>> by;
  std::vector<std::string> order;
  for (const auto& move : part(now, "moves")) {
    if (!on_wishes(game, move)) continue;
    auto& list = by[move["mover"].get<std::string>()];
    if (list.empty()) order.push_back(move["mover"].get<std::string>());
    if (list.size() < 2)
      list.push_back(
          fmt::format("{} ({})", changes_words(move["changes"]), percent(move.value("share", 0.0))));
  }
  std::vector<std::string> best;
  for (const auto& mover : order)
    best.push_back(fmt::format("for {} {}", mover_words(game, mover), fmt::join(by[mover], ", then ")));
  return best.empty() ? text : text + fmt::format(" Best is most often: {}.", fmt::join(best, "; "));
}

/// A state against the present, where that is known.
std::string state_cell(const Json& game, const Json& levels) {
  const Json& states = part(part(game, "now"), "states");
  std::vector<std::string> changes;
  for (const auto& [issue, level] : levels.items()) {
    std::set<std::string> now;
    for (const auto& state : states) now.insert(state["levels"][issue].get<std::string>());
    const auto at = level.get<std::string>();
    if (now.size() > 1)
      changes.push_back(fmt::format("{} {} (how it is at present is not known)", issue, at));
    else if (!now.contains(at))
      changes.push_back(fmt::format("{} {}", issue, at));
  }
  return changes.empty() ? "the present" : fmt::format("{}", fmt::join(changes, ", "));
}

std::string situations_table(const Json& game) {
  const Json& equilibria = part(game, "equilibria");
  std::map<long long, std::map<std::string, const Json*>> cells;
  std::vector<long long> order;
  for (const char* named : {"seq", "nash", "cnash"})
    for (const auto& one : part(equilibria, named)) {
      const long long number = one.value("state", 0LL);
      if (!cells.contains(number)) order.push_back(number);
      cells[number][named] = &one;
    }
  if (order.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const long long number : order) {
    if (rows.size() == kRows) break;
    const auto& own = cells[number];
    const Json& any = *own.begin()->second;
    std::vector<std::string> row = {state_cell(game, any["levels"])};
    for (const char* named : {"seq", "nash", "cnash"}) {
      const auto found = own.find(named);
      if (found == own.end()) {
        row.emplace_back(equilibria.contains(named) ? "none" : "-");
        continue;
      }
      const Json& proved = part(*found->second, "proved");
      row.push_back(proved.is_string() && proved == "all" ? "all (proved)"
                    : found->second->contains("open")     ? percent(*found->second)
                                                          : percent(found->second->value("share", 0.0)));
    }
    row.emplace_back(any.value("reached", true) ? "yes" : "no");
    rows.push_back(std::move(row));
  }
  return "\n" + table({"situation (against the present)", "holds against credible replies",
                       "nobody gains at all", "no coalition gains", "reached by moves"},
                      rows);
}

std::string barred_words(const Json& game) {
  std::vector<std::string> list;
  const auto counted = [](int count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  for (const auto& barred : part(game, "barred")) {
    std::vector<std::string> what;
    if (const int states = barred.value("states", 0); states > 0)
      what.push_back(counted(states, "situation"));
    if (const int moves = barred.value("moves", 0); moves > 0) what.push_back(counted(moves, "move"));
    list.push_back(fmt::format("`{}` ({})", barred.value("row", ""), listed(what)));
  }
  return list.empty() ? "" : wrapped(fmt::format("Ruled out or refused by rows: {}.", listed(list)));
}

std::string focus_words(const Json& game) {
  std::vector<std::string> list;
  for (const auto& issue : part(game, "focus"))
    list.push_back(fmt::format("{} (moved by {})", issue.value("issue", ""),
                               issue["movers"].empty() ? "nature" : listed(called(game, issue["movers"]))));
  return fmt::format("Focus: {}. {} situations.", listed(list), game.value("states", 0));
}

std::string left_out_words(const Json& game) {
  std::map<std::string, std::vector<std::string>> why;
  for (const auto& out : part(game, "left_out")) why[out.value("why", "")].push_back(out.value("issue", ""));
  std::string text;
  for (const auto& [reason, issues] : why)
    text += bullet(fmt::format("left out: {} - {}", fmt::join(issues, ", "), reason));
  return text;
}

}  // namespace

std::string game_words(const Json& game, bool brief) {
  if (game.contains("not_answered"))
    return wrapped(fmt::format("Not worked out: {}.", game.value("not_answered", "")));
  std::string text = wrapped(focus_words(game));
  if (game.value("worlds", 0) == 0)
    return text + wrapped("No world is consistent with the rows: nothing to say.");
  text += wrapped(present_words(game) + " " + holds_sentence(game) + " " + leaving_sentence(game));
  text += silence_words(game) + barred_words(game) + consent_words(game);
  text += situations_table(game);
  const std::string against = against_words(game), misperception = misperception_words(game);
  if (!against.empty()) text += "\n" + against;
  if (!misperception.empty()) text += "\n" + misperception;
  if (!brief) {
    const std::string out = left_out_words(game);
    if (!out.empty()) text += "\n" + out;
  }
  return text;
}

std::string mover_shares(const Json& game, const Json& shares) { return shares_words(game, ranked(shares)); }

std::string game_title(const Json& game) {
  const std::string who = listed(called(game, part(game, "decision_makers")));
  return game.contains("talks") && game["talks"].is_string()
             ? fmt::format("{} (around the talks `{}`)", who, game["talks"].get<std::string>())
             : who;
}

std::vector<std::reference_wrapper<const Json>> games_of(const Json& column) {
  std::vector<std::reference_wrapper<const Json>> list;
  for (const auto& game : part(column, "games")) list.emplace_back(game);
  if (list.empty() && column.contains("focus")) list.emplace_back(column);
  return list;
}

std::string readings_words(const Json& columns) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> same;
  const auto row = [](const std::string& id, const Json& game) {
    const Json& now = part(game, "now");
    const auto leaves = ranked(part(part(now, "left_by"), "seq"));
    const auto holds = [&](const char* named) {
      const Json& share = part(now["equilibrium"], named);
      return share.contains("open") ? percent(share) : percent(share.value("share", 0.0));
    };
    auto by = open_shares(game, part(part(now, "left_by_bounds"), "seq"));
    for (auto& open : by) open += " (open)";
    if (!leaves.empty()) by.insert(by.begin(), shares_words(game, leaves));
    return std::vector<std::string>{id, game_title(game), holds("seq"), holds("nash"),
                                    by.empty() ? "nobody" : listed(by)};
  };
  const auto visible = [](const Json& one, const Json& other) {
    const Json &a = part(one, "now"), &b = part(other, "now");
    if (!a.contains("equilibrium") || !b.contains("equilibrium"))
      return a.contains("equilibrium") != b.contains("equilibrium");
    if (apart(a["equilibrium"]["seq"], b["equilibrium"]["seq"])) return true;
    const Json& before = part(part(b, "left_by"), "seq");
    const Json& after = part(part(a, "left_by"), "seq");
    if (before.size() != after.size()) return true;  // of some it is open
    for (const auto& [mover, share] : after.items())
      if (!before.contains(mover) || std::abs(share.get<double>() - before.value(mover, 0.0)) > kVisible)
        return true;
    return false;
  };
  const auto base = games_of(part(columns, "base"));
  for (const Json& game : base)
    if (part(game, "now").contains("equilibrium")) rows.push_back(row("base", game));
  for (const auto& [id, column] : columns.items()) {
    if (id == "base") continue;
    bool changed = false;
    const auto games = games_of(column);
    for (std::size_t n = 0; n < games.size() && !column.value("same_games", false); ++n) {
      const Json& game = games[n];
      if (!part(game, "now").contains("equilibrium") || (n < base.size() && !visible(game, base[n])))
        continue;
      rows.push_back(row(id, game));
      changed = true;
    }
    if (!changed) same.push_back(id);
  }
  if (columns.size() < 2 || rows.empty()) return "";
  std::string text = "#### The present in other readings\n\n" +
                     table({"reading", "whose game", "holds against credible replies", "nobody gains at all",
                            "would be left by"},
                           rows);
  if (!same.empty())
    text += wrapped(fmt::format("{} change nothing visible in who holds to the present.", listed(same)));
  return text + "\n";
}

std::string stability_page(const Json& given) {
  const Json results = inert_json(known_only(given));
  std::string text;
  for (const auto& [name, account] : results.at("by_account").items()) {
    text += fmt::format("## Account {}\n\n", name);
    const Json& columns = part(account, "by_alternative");
    const Json& base = part(columns, "base");
    if (base.contains("no_game"))
      text += wrapped("Nothing to work out: " + base.value("no_game", "") + ".") + "\n";
    for (const Json& game : games_of(base))
      text += "### " + game_title(game) + "\n\n" + game_words(game, false) + "\n";
    text += readings_words(columns);
  }
  return markdown(text);
}

}  // namespace parley::report
