// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/results_parts.hpp"
#include "report/sensitivity.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostLines = 20;

std::string index_cell(const Json& estimate) {
  if (estimate.empty()) return "";
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", estimate.value("value", 0.0), estimate.value("low", 0.0),
                     estimate.value("high", 0.0));
}

std::string share_cell(const Json& answer) {
  const std::string in = answer.value("in", "");
  if (in == "some") return percent(answer.value("share", 0.0));
  return in + (answer.value("proved", false) ? " (proved)" : "");
}

/// Does it move this answer, and not only another of the same table?
bool moves(const Json& factor) {
  return factor.value("swing", 0.0) > 0 || part(factor, "morris").value("absolute", 0.0) > 0;
}

std::string section_factors(const Json& json) {
  std::string text = "## One at a time, and their shares of the variance\n\n";
  if (std::none_of(json["factors"].begin(), json["factors"].end(), moves))
    return text +
           wrapped("No assumption, range, default or choice moves this answer by as much as a world.") + "\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& f : json["factors"]) {
    if (rows.size() == kMostLines) break;
    if (!moves(f)) continue;
    const bool range = f.contains("range");
    rows.push_back(
        {f.value("id", ""),
         range ? fmt::format("{} to {}", f["range"][0].get<std::string>(), f["range"][1].get<std::string>())
         : f.value("kind", "") == "choice" ? "the other choice"
                                           : "given up",
         share_cell(range ? f["at_low"] : f["flipped"]), range ? share_cell(f["at_high"]) : "",
         fmt::format("{:.0f}", 100 * f.value("swing", 0.0)),
         part(f, "morris").empty() ? "" : fmt::format("{:.2f}", f["morris"].value("absolute", 0.0)),
         index_cell(part(f, "first")), index_cell(part(f, "total")), f.value("is", "")});
  }
  text += table({"assumption", "from .. to", "worlds at the low end", "at the high end", "swing, points",
                 "Morris mu*", "first-order index", "total index", "what it is"},
                rows);
  const auto all =
      static_cast<std::size_t>(std::count_if(json["factors"].begin(), json["factors"].end(), moves));
  if (all > kMostLines) text += fmt::format("and {} more in the JSON\n", all - kMostLines);
  return text + "\n";
}

std::string section_groups(const Json& json) {
  std::string text;
  for (const auto& group : part(json, "groups"))
    text +=
        bullet(fmt::format("{} are read by the same row, `{}`: together they carry {} of the variance alone "
                           "and {} with all that "
                           "joins them to others. Were they tied to each other, the variance would be {:.2f} "
                           "times as large if they "
                           "rise together, and {:.2f} times if one falls as the others rise.",
                           listed(group["factors"].get<std::vector<std::string>>()), group.value("row", ""),
                           index_cell(group["first"]), index_cell(group["total"]),
                           group.value("together", 0.0), group.value("opposed", 0.0)));
  return text.empty() ? "" : "## Assumptions that may hang together\n\n" + text + "\n";
}

std::string flip_list(const Json& flips, const char* which) {
  constexpr std::size_t kMostFlipLines = 8;
  std::string text;
  const Json& list = part(flips, which);
  std::size_t said = 0;
  for (const auto& flip : list) {
    if (said++ == kMostFlipLines)
      return text + fmt::format("- and {} more in the JSON\n", list.size() - kMostFlipLines);
    text += bullet(fmt::format("{}: then {}", listed(flip["moves"].get<std::vector<std::string>>()),
                               worlds_words(flip["gives"])));
  }
  return text;
}

std::string section_flips(const Json& json) {
  std::string text = "## What would have to be otherwise\n\n";
  for (const auto& [kind, title] :
       {std::pair{"assumptions", "assumptions at an end of their range, or given up"},
        std::pair{"rows", "rows left out"}}) {
    const Json& flips = json["flips"][kind];
    const std::string reversed = flip_list(flips, "reversed"), loosened = flip_list(flips, "loosened");
    const auto up_to = flips.value("tried_up_to", 0);
    if (reversed.empty())
      text += wrapped(fmt::format("No set of up to {} {} reverses the answer.", up_to, title));
    else
      text += wrapped(fmt::format("Smallest sets of {} that reverse it:", title)) + "\n" + reversed;
    if (!loosened.empty() && loosened != reversed)
      text += "\nSmallest that change it between all, some and no worlds:\n\n" + loosened;
    text += "\n";
  }
  return text;
}

std::string section_rests(const Json& json) {
  const Json& rests = json["rests_on"];
  std::string text = "## Evidence and assumption\n\n";
  if (!rests.contains("share_on_assumption"))
    return text + wrapped("No single row moves this answer when it is left out.") + "\n";
  return text +
         wrapped(fmt::format("Left out one at a time, {} rows that a source says move the answer by {:.0f} "
                             "points in all, {} rows "
                             "that rest on a source and an assumption by {:.0f}, and {} rows that are "
                             "assumed by {:.0f}: {} of "
                             "what moves it is assumption alone, {} with those that rest on both.",
                             rests["evidence"].value("rows", 0), 100 * rests["evidence"].value("moves", 0.0),
                             rests["both"].value("rows", 0), 100 * rests["both"].value("moves", 0.0),
                             rests["assumption"].value("rows", 0),
                             100 * rests["assumption"].value("moves", 0.0),
                             percent(rests.value("share_on_assumption", 0.0)),
                             percent(rests.value("share_on_assumption_or_both", 0.0)))) +
         "\n";
}

std::string section_next(const Json& json) {
  const Json& next = json["next"];
  std::string text = "## The one input that would narrow it most\n\n";
  if (next.empty()) return text + wrapped("None that this version can name.") + "\n";
  const auto says = [](const Json& each) {
    return fmt::format("{}{}: the answer may then lie up to {:.0f} points apart{}", each.value("input", ""),
                       each.value("factor", "").empty() ? "" : " (" + each.value("factor", "") + ")",
                       100 * each.value("narrows", 0.0),
                       each.value("ask", "").empty() ? "" : "; would know: " + each.value("ask", ""));
  };
  text += wrapped(says(next[0]) + ".");
  std::string rest;
  for (std::size_t i = 1; i < next.size() && i < 4; ++i) rest += bullet(says(next[i]));
  return text + (rest.empty() ? "" : "\nThen:\n\n" + rest) + "\n";
}

}  // namespace

std::string sensitivity_page(const nlohmann::ordered_json& given) {
  const Json json = inert_json(known_only(given));
  const Json& answer = json["answer"];
  std::string text = fmt::format("# What `{}` hangs on\n\n", answer.value("id", ""));
  text += wrapped(fmt::format("\"{}\": {} of account `{}`.", answer.value("proposition", ""),
                              worlds_words(answer), json.value("account", "")));
  if (!json.value("complete", true))
    text += wrapped("Stopped before its end: what is here is right, the rest is missing.");
  text += "\n" +
          wrapped(fmt::format(
              "{} accounts were answered over {} worlds each, the same draws in all. Shares of worlds are no "
              "probabilities; an index is the share of the variance of that share which an assumption "
              "carries, alone (first-order) or with all its interactions (total), in brackets what 95 % of "
              "resamples give.",
              json.value("evaluations", 0), json.value("worlds", 0)));
  text += "\n" + section_factors(json) + section_groups(json) + section_flips(json) + section_rests(json) +
          section_next(json);
  if (!json["idle"].empty())
    text += wrapped(
        fmt::format("These move nothing in it: {}.", listed(json["idle"].get<std::vector<std::string>>())));
  return markdown(text);
}

std::string answer_list_page(const nlohmann::ordered_json& given) {
  const Json json = inert_json(known_only(given));
  std::vector<std::vector<std::string>> rows;
  for (const auto& answer : json["answers"])
    rows.push_back({answer.value("id", ""), share_cell(answer), answer.value("proposition", "")});
  return markdown(table({"--of", "worlds", "says"}, rows));
}

}  // namespace parley::report
