// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "report/compare.hpp"
#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/results_parts.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostAnswers = 25;  ///< of one kind; the rest is counted

std::vector<std::string> strings(const Json& list) { return list.get<std::vector<std::string>>(); }

std::string ticked(const Json& ids) {
  std::vector<std::string> list;
  for (const auto& id : ids) list.push_back("`" + id.get<std::string>() + "`");
  return listed(list);
}

std::string explanation(const Json& answer) {
  const Json& sets = part(answer, "explained_by");
  if (!answer.value("searched", false)) return " What explains it was not worked out.";
  if (sets.empty()) return " No set of rows explains it.";
  std::vector<std::string> each;
  for (const auto& set : sets) {
    std::string words = ticked(set["rows"]);
    if (set["rows"].size() > 1) words += " together";
    if (!part(set, "with").empty()) words += " (with " + ticked(set["with"]) + ", which they name)";
    each.push_back(words);
  }
  if (each.size() == 1) {
    std::string text = fmt::format(" Explained by {}", each.front());
    if (!answer.value("smallest", false))
      text += answer.value("minimal", false) ? ": no part of that does" : " (perhaps not the smallest set)";
    return text + ".";
  }
  constexpr std::size_t kMostSetsSaid = 10;
  const std::size_t more = each.size() > kMostSetsSaid ? each.size() - kMostSetsSaid : 0;
  if (more > 0) each.resize(kMostSetsSaid);
  return fmt::format(" Explained by any of: {}{}.", fmt::join(each, "; "),
                     more > 0 ? fmt::format("; and {} other sets", more) : "");
}

std::string answer_sentence(const Json& comparison, const Json& answer, const std::vector<std::string>& ids) {
  return fmt::format("\"{}\" (`{}`): {} in `{}`, {} in `{}`.{}", answer.value("proposition", ""),
                     fmt::join(ids, "`, `"), worlds_words(answer["a"]), comparison["a"].value("account", ""),
                     worlds_words(answer["b"]), comparison["b"].value("account", ""), explanation(answer));
}

/// An answer that comes out alike at several lines of `binding` is said once, with all its ids.
std::string answers_of_kind(const Json& comparison, const char* kind, std::size_t most) {
  std::vector<std::pair<const Json*, std::vector<std::string>>> list;
  const auto alike = [](const Json& x, const Json& y) {
    return x["proposition"] == y["proposition"] && x["a"] == y["a"] && x["b"] == y["b"] &&
           x["explained_by"] == y["explained_by"];
  };
  for (const auto& answer : part(comparison, "answers")) {
    if (answer.value("difference", "") != kind) continue;
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& each) { return alike(*each.first, answer); });
    if (found == list.end())
      list.push_back({&answer, {answer.value("id", "")}});
    else
      found->second.push_back(answer.value("id", ""));
  }
  std::string text;
  std::size_t said = 0;
  for (const auto& [answer, ids] : list)
    if (said++ < most) text += bullet(answer_sentence(comparison, *answer, ids));
  if (said > most) text += fmt::format("- and {} more in the JSON\n", said - most);
  return text;
}

std::string other_tests(const Json& comparison) {
  std::string text;
  for (const auto& test : part(comparison, "other_tests"))
    text += bullet(fmt::format("`{}`: \"{}\" in `{}`, \"{}\" in `{}`", test.value("claim", ""),
                               test.value("a", ""), comparison["a"].value("account", ""), test.value("b", ""),
                               comparison["b"].value("account", "")));
  return text;
}

std::string row_sentence(const Json& comparison, const Json& row) {
  const std::string a = comparison["a"].value("account", ""), b = comparison["b"].value("account", "");
  const std::string kind = row.value("difference", ""), id = row.value("id", "");
  if (kind == "added") return fmt::format("`{}` is only in `{}`: {}", id, b, row.value("b", ""));
  if (kind == "dropped") return fmt::format("`{}` is only in `{}`: {}", id, a, row.value("a", ""));
  std::vector<std::string> fields;
  for (const auto& field : part(row, "fields")) {
    const auto side = [&](const char* name) {
      const std::string words = field.value(name, "");
      return words.empty() ? std::string("nothing") : words;
    };
    fields.push_back(fmt::format("{}: {} | {}", field.value("field", ""), side("a"), side("b")));
  }
  return fmt::format("`{}` {}: {}", id, kind == "origin" ? "says the same from elsewhere" : "differs",
                     fmt::join(fields, "; "));
}

std::string rows_text(const Json& comparison) {
  std::map<std::string, const Json*> rows;
  for (const auto& row : part(comparison, "rows")) rows.emplace(row.value("id", ""), &row);
  std::string text = "### Rows that differ and matter\n\n";
  if (part(comparison, "matter").empty()) text += "None.\n";
  for (const auto& id : part(comparison, "matter"))
    text += bullet(row_sentence(comparison, *rows.at(id.get<std::string>())));
  text += "\n### Rows that differ and move no answer\n\n";
  if (!comparison.value("explained", true))
    text += wrapped("Not every answer that differs was explained, so no row can be said to move none.");
  else
    text += part(comparison, "idle").empty() ? std::string("None.\n")
                                             : wrapped(listed(strings(comparison["idle"])) + ".");
  std::vector<std::string> backing;
  for (const auto& row : part(comparison, "support")) backing.push_back(row.value("id", ""));
  if (!backing.empty())
    text +=
        "\n" + wrapped(fmt::format("Beside these, {} only back rows of one side: {}.",
                                   backing.size() == 1 ? "one row" : fmt::format("{} rows", backing.size()),
                                   listed(backing)));
  return text + "\n";
}

std::string count_sentence(const Json& comparison) {
  std::map<std::string, int> kinds;
  for (const auto& row : part(comparison, "rows")) ++kinds[row.value("difference", "")];
  std::map<std::string, int> answers;
  for (const auto& answer : part(comparison, "answers")) ++answers[answer.value("difference", "")];
  return fmt::format(
      "{} rows differ: {} say something else, {} only in `{}`, {} only in `{}`, {} say the same from "
      "elsewhere. "
      "Of the answers that both give, {} are the same; {} are opposite (all worlds against none), {} change "
      "between all, some and no worlds, and of {} the shares lie apart.",
      part(comparison, "rows").size(), kinds["changed"], kinds["dropped"],
      comparison["a"].value("account", ""), kinds["added"], comparison["b"].value("account", ""),
      kinds["origin"], comparison.value("same", 0), answers["opposite"], answers["word"], answers["apart"]);
}

std::string one_page(const Json& comparison) {
  std::string text = fmt::format("## `{}` against `{}`\n\n{}\n", comparison["a"].value("account", ""),
                                 comparison["b"].value("account", ""), wrapped(count_sentence(comparison)));
  if (!comparison.value("complete", true))
    text += wrapped("Stopped before its end: what is here is right, more may be missing.") + "\n";
  for (const char* side : {"only_a", "only_b"})
    if (!part(comparison, side).empty())
      text += wrapped(fmt::format("Asked of `{}` alone: {}.",
                                  comparison[side == std::string("only_a") ? "a" : "b"].value("account", ""),
                                  listed(strings(comparison[side])))) +
              "\n";
  if (const std::string tests = other_tests(comparison); !tests.empty())
    text += "### Claims that each puts to a test of its own\n\n" +
            wrapped("Two tests are two questions, so their answers stand apart (`parley ask` gives them).") +
            tests + "\n";
  for (const auto& [kind, title] :
       {std::pair{"opposite", "Opposite answers"}, std::pair{"word", "All, some or no worlds: another word"},
        std::pair{"apart", "Shares that lie apart"}})
    if (const std::string list = answers_of_kind(comparison, kind, kMostAnswers); !list.empty())
      text += fmt::format("### {}\n\n{}\n", title, list);
  return text + rows_text(comparison);
}

}  // namespace

std::string worlds_words(const Json& answer) {
  const std::string in = answer.value("in", "");
  if (in == "some") return fmt::format("in {} of worlds", percent(answer));
  return fmt::format("in {} world{}{}", in, in == "all" ? "s" : "",
                     answer.value("proved", false) ? " (proved)" : "");
}

std::string compare_page(const nlohmann::ordered_json& comparisons) {
  std::string text;
  for (const auto& comparison : inert_json(known_only(comparisons))) text += one_page(comparison);
  return markdown(text);
}

std::string compare_summary(const nlohmann::ordered_json& given) {
  const Json comparison = known_only(given);
  std::string text = wrapped(count_sentence(comparison)) + "\n";
  for (const auto& [kind, most] : {std::pair{"opposite", 8}, std::pair{"word", 8}, std::pair{"apart", 3}})
    text += answers_of_kind(comparison, kind, static_cast<std::size_t>(most));
  text += "\n";
  if (const auto& tests = part(comparison, "other_tests"); !tests.empty())
    text += wrapped(fmt::format("{} claims are put to another test there, and stand apart (section 3).",
                                tests.size())) +
            "\n";
  if (!comparison.value("explained", true))
    return text +
           wrapped(
               "Not all of what explains them was worked out here, on fewer worlds than in section 1 and "
               "without findings and situations: `parley compare` does.") +
           "\n";
  if (!part(comparison, "idle").empty())
    text += wrapped(fmt::format("{} of the {} rows that differ move no answer: {}.",
                                part(comparison, "idle").size(), part(comparison, "rows").size(),
                                listed(strings(comparison["idle"])))) +
            "\n";
  return text;
}

}  // namespace parley::report
