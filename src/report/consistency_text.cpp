// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "report/consistency.hpp"
#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"

namespace parley::report {
namespace {

std::string place(const Json& p) { return p.value("variable", "") + " is " + p.value("level", ""); }

/// A count, whole: a number or, where JSON has none so large, a string.
std::string digits(const Json& count) { return count.is_string() ? count.get<std::string>() : count.dump(); }

std::string reasons(const Json& because) {
  std::vector<std::string> sets;
  for (const auto& set : because)
    sets.push_back(set.empty() ? "by what is set, or what has moved and cannot move back"
                               : listed(set.get<std::vector<std::string>>()));
  return fmt::format("{}", fmt::join(sets, "; or "));
}

std::string section_reach(const Json& column) {
  std::string text;
  for (const auto& clash : part(column, "clashes"))
    text +=
        bullet(clash.empty() ? std::string("What is set, with what cannot move back, contradicts itself: no "
                                           "state at all agrees with it.")
                             : "No state at all agrees with these rows together: " +
                                   listed(clash.get<std::vector<std::string>>()) + ".");
  for (const auto& e : part(column, "excluded"))
    text += bullet(fmt::format("{} is excluded: {}.", place(e), reasons(e["because"])));
  for (const auto& e : part(column, "forced"))
    text += bullet(fmt::format("{} is forced: {}.", place(e), reasons(e["because"])));
  if (text.empty()) text = "Nothing is excluded or forced by itself.\n";
  std::string joined;
  for (const auto& e : part(column, "exclusions"))
    joined += bullet(fmt::format("Where {}, {} cannot be: {} together.", place(e["where"]), place(e["never"]),
                                 listed(e["rows"].get<std::vector<std::string>>())));
  return "### What is excluded and forced, whatever the weights\n\n" + text + "\n" +
         (joined.empty() ? "" : "What shuts out what, by rows that join:\n\n" + joined + "\n");
}

using CausesBySign = std::map<std::string, std::map<std::string, std::vector<std::string>>>;  // by effect

/// For each effect: what raises it, what lowers it, what may do either. Causes in the order of the routes, or
/// by name where not all routes are listed.
CausesBySign causes_of(const Json& column) {
  CausesBySign list;
  if (column["left_out"].value("routes", 0) == 0) {
    for (const auto& route : part(column, "routes"))
      list[route.value("effect", "")][route.value("sign", "?")].push_back(route.value("cause", ""));
    return list;
  }
  for (const auto& [effect, causes] : column["signs"].items())
    for (const auto& [cause, sign] : causes.items()) list[effect][sign.get<std::string>()].push_back(cause);
  return list;
}

std::string named(const std::vector<std::string>& causes) {
  constexpr std::size_t kMost = 60;
  if (causes.size() <= kMost) return fmt::format("{}", fmt::join(causes, ", "));
  return fmt::format("{} and {} more", fmt::join(causes.begin(), causes.begin() + kMost, ", "),
                     causes.size() - kMost);
}

std::string deciders_of(const Json& column) {
  std::string open;
  std::size_t said = 0;
  for (const auto& route : part(column, "routes")) {
    if (route.value("sign", "?") != "?" || part(route, "deciders").empty()) continue;
    if (said++ >= 20) continue;
    const Json& decider = route["deciders"][0];
    open += bullet(fmt::format("{} on {}: the sign of `{}` decides it ({} if it raises, {} if it lowers).",
                               route.value("cause", ""), route.value("effect", ""), decider.value("row", ""),
                               decider.value("if_plus", "") == "+" ? "raises" : "lowers",
                               decider.value("if_minus", "") == "+" ? "raises" : "lowers"));
  }
  if (said > 20) open += fmt::format("- and {} more in the JSON\n", said - 20);
  return open;
}

/// What was not worked out, or not listed, because there is too much of it.
std::string left_out(const Json& column) {
  const Json& out = column["left_out"];
  std::string text;
  if (const int causes = out.value("causes", 0); causes > 0)
    text += bullet(fmt::format("Not worked out: what {} of the {} variables move, the last of the account.",
                               causes, column.value("variables", 0)));
  if (const int pairs = out.value("signs", 0); pairs > 0)
    text += bullet(fmt::format("Worked out and not listed: the signs of {} pairs.", pairs));
  if (const int pairs = out.value("routes", 0); pairs > 0)
    text += bullet(fmt::format(
        "Of {} pairs that rows join the sign was worked out, and not every one of these was asked by which "
        "rows, which unknown sign decides it, and how often it is + or -: none of that is listed for them.",
        pairs));
  if (const int loops = out.value("loops", 0); loops > 0)
    text += bullet(fmt::format("Found and not listed: {} loops.", loops));
  if (!column.value("all_loops", true)) text += bullet("There are more loops than were looked for.");
  if (!column.value("by_paths", true))
    text += bullet(
        "Some loops are too many to follow one by one: there a sign is proved only where every way round "
        "them agrees, and more signs are left open than need be.");
  return text.empty() ? "" : "Too much for one page and one run:\n\n" + text + "\n";
}

std::string section_signs(const Json& column) {
  std::vector<std::vector<std::string>> rows;
  auto causes = causes_of(column);
  for (auto& [effect, signs] : causes)
    rows.push_back({effect, named(signs["+"]), named(signs["-"]), named(signs["?"])});
  std::string text = "### Which way one thing moves another\n\n";
  if (rows.empty()) return text + "No mechanism joins two variables.\n\n";
  text += table({"", "raised by", "lowered by", "either way (unknown)"}, rows);
  if (const std::string open = deciders_of(column); !open.empty())
    text += "One unknown sign decides:\n\n" + open + "\n";
  return text + left_out(column);
}

/// "a > b > ... 996 more ... > z": a long list is cut in its middle.
std::string shortened(const std::vector<std::string>& list, const char* between) {
  constexpr std::size_t kEnds = 6;
  if (list.size() <= 2 * kEnds + 1) return fmt::format("{}", fmt::join(list, between));
  const auto first = list.begin() + kEnds, last = list.end() - kEnds;
  return fmt::format("{}{}... {} more ...{}{}", fmt::join(list.begin(), first, between), between,
                     last - first, between, fmt::join(last, list.end(), between));
}

std::string section_loops(const Json& column) {
  std::string text;
  std::size_t said = 0;
  for (const auto& loop : part(column, "loops")) {
    if (said++ == 12) continue;
    text += bullet(fmt::format("{}: {} (rows {})", loop.value("kind", ""),
                               shortened(loop["through"].get<std::vector<std::string>>(), " > "),
                               shortened(loop["rows"].get<std::vector<std::string>>(), ", ")));
  }
  if (said > 12) text += fmt::format("- and {} more in the JSON\n", said - 12);
  return "### Loops\n\n" + (text.empty() ? std::string("None.\n") : text) + "\n";
}

std::string scenario_words(const Json& scenario) {
  std::vector<std::string> list;
  for (const auto& [name, level] : scenario.items()) list.push_back(name + " " + level.get<std::string>());
  return listed(list);
}

std::string section_scenarios(const Json& column) {
  std::string text = "### Combinations that support themselves (cross-impact balances)\n\n";
  if (const int variables = column["left_out"].value("descriptors", 0); variables > 0)
    return text +
           wrapped(fmt::format("Not worked out: {} variables have too many levels for it.", variables)) +
           "\n";
  const Json& list = part(column, "consistent");
  text += wrapped(
      fmt::format("{} of the {} variables that known signs join hold each other up in {}{} combination{}. "
                  "Every mechanism "
                  "counts alike here, so this is a reading of directions, not of sizes.",
                  column.value("descriptors", 0) == 0 ? "None" : "All", column.value("descriptors", 0),
                  column.value("all_counted", true) ? "" : "at least ", digits(column["count"]),
                  column["count"] == 1 ? "" : "s"));
  for (std::size_t i = 0; i < list.size() && i < 3; ++i) text += bullet(scenario_words(list[i]));
  if (list.size() > 3) text += fmt::format("- and {} more in the JSON\n", list.size() - 3);
  return text + "\n";
}

}  // namespace

std::string consistency_page(const nlohmann::ordered_json& given) {
  const Json results = inert_json(given);
  std::string text;
  for (const auto& account : accounts_of(results)) {
    const Json& column = account.base();
    text +=
        fmt::format("## Account {}\n\n{}\n", account.name,
                    wrapped(fmt::format("{} variables and {} signed steps between them. Signs, orders and "
                                        "conditions only: no weights, no draws.",
                                        column.value("variables", 0), column.value("steps", 0))));
    text += "### Rows that pull against each other\n\n" + findings_of_account(account) + "\n";
    if (const std::string audits = audits_of_account(account); !audits.empty())
      text += "### Each threat and promise, asked the same questions\n\n" + audits;
    text += section_reach(column) + section_signs(column) + section_loops(column);
    // Where no state is left there is nothing to combine.
    if (part(column, "clashes").empty()) text += section_scenarios(column);
    std::vector<std::vector<std::string>> rows;
    for (const auto& reading : readings_of(account))
      rows.push_back(
          {reading.id, std::to_string(part(reading.column, "excluded").size()),
           std::to_string(part(reading.column, "exclusions").size()),
           std::to_string(part(reading.column, "loops").size()),
           (reading.column.value("all_counted", true) ? "" : "at least ") + digits(reading.column["count"]),
           reading.column.value("reading", "")});
    if (rows.size() > 1)
      text += "### The readings\n\n" + table({"reading", "levels excluded", "pairs that exclude each other",
                                              "loops", "combinations", "in words"},
                                             rows);
  }
  return markdown(text);
}

namespace {

std::string matrix_page(const std::string& title, const Json& json) {
  std::string text = fmt::format("# {}\n\n", title);
  text += wrapped(fmt::format("{} descriptors, {} scenarios. {}{} of them support themselves{}.",
                              json["descriptors"].size(), json.value("n_scenarios", ""),
                              json.value("complete", true) ? "" : "At least ", digits(json["count"]),
                              json.value("tolerance", 0.0) > 0
                                  ? fmt::format(" (within an inconsistency of {})", json["tolerance"].dump())
                                  : ""));
  if (!json.value("complete", true))
    text += wrapped("The search was stopped: what is listed is right, more may be missing.");
  text += "\n";
  std::vector<std::string> head = {"#"};
  for (const auto& d : json["descriptors"]) head.push_back(d.value("name", ""));
  std::vector<std::vector<std::string>> rows;
  for (const auto& scenario : json["consistent"]) {
    if (rows.size() == 50) break;
    std::vector<std::string> row = {std::to_string(rows.size() + 1)};
    for (const auto& [name, variant] : scenario.items()) row.push_back(variant.get<std::string>());
    rows.push_back(std::move(row));
  }
  if (!rows.empty()) text += table(head, rows);
  const Json& walks = json["attractors"];
  if (walks.value("of", 0) == 0)
    return text + "Where succession leads was not worked out: the search was stopped.\n";
  text += wrapped(fmt::format(
      "Followed from {}{} starts, succession ends in {} place{}:", walks.value("exact", true) ? "all " : "",
      walks.value("of", 0), walks.value("n", 0), walks.value("n", 0) == 1 ? "" : "s"));
  std::size_t said = 0;
  for (const auto& a : walks["list"]) {
    if (said++ == 10) break;
    const std::string share = a.contains("low") ? percent(a) : percent(a.value("share", 0.0));
    text += bullet(fmt::format(
        "{} of starts: {}{}", share, scenario_words(a["cycle"][0]),
        a.value("length", 1) > 1 ? fmt::format(" and {} more in turn", a.value("length", 1) - 1) : ""));
  }
  if (json.contains("robustness")) {
    text += "\n" + wrapped(fmt::format(
                       "With every judgement up to {} off, in {} draws, these support themselves:",
                       json["robustness"].value("spread", 0), json["robustness"].value("worlds", 0)));
    said = 0;
    for (const auto& held : json["robustness"]["held"]) {
      if (said++ == 10) break;
      text += bullet(fmt::format("in {}: {}", percent(held), scenario_words(held["scenario"])));
    }
  }
  return text;
}

}  // namespace

std::string matrix_text(const std::string& title, const nlohmann::ordered_json& json) {
  return markdown(matrix_page(inert(title), inert_json(json)));
}

}  // namespace parley::report
