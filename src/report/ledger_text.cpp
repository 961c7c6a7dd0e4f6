// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/layout.hpp"
#include "report/ledger.hpp"
#include "report/markdown.hpp"
#include "report/page_parts.hpp"
#include "report/results_parts.hpp"

namespace parley::report {
namespace {

constexpr std::size_t kMostNamed = 5;  ///< sentences on the page of `run`
constexpr std::size_t kMostMoves = 3;  ///< answers of each

std::string short_id(const std::string& id) {
  const auto dot = id.find('.');
  return dot == std::string::npos || dot + 1 == id.size() ? id : id.substr(dot + 1);
}

/// "\"some package ...\" (from no world (proved) to 24 % of worlds)"
std::string move_words(const Json& moved) {
  return fmt::format("\"{}\" ({}, then {})", moved.value("proposition", ""), worlds_words(moved["with"]),
                     worlds_words(moved["without"]));
}

/// An answer that moves alike at several lines of `binding` is said once.
std::string moves_words(const Json& sentence, std::size_t most) {
  std::vector<std::string> said;
  for (const auto& moved : sentence["moves"]) {
    std::string words = move_words(moved);
    if (std::find(said.begin(), said.end(), words) == said.end()) said.push_back(std::move(words));
  }
  const std::size_t more = said.size() > most ? said.size() - most : 0;
  if (more > 0) said.resize(most);
  return fmt::format("{}{}", fmt::join(said, "; "), more > 0 ? fmt::format("; and {} more", more) : "");
}

std::string rows_left_out(const Json& sentence) {
  return listed(sentence["left_out"].get<std::vector<std::string>>());
}

/// Opposite answers first, then how far they move.
double weight(const Json& sentence) {
  double sum = 0;
  for (const auto& moved : sentence["moves"]) {
    const auto truth = [](const Json& a) {
      return a.value("in", "") == "all" ? 1.0 : a.value("in", "") == "no" ? 0.0 : a.value("share", 0.0);
    };
    const std::string how = moved.value("difference", "");
    sum += (how == "opposite" ? 1
            : how == "word"   ? 0.5
                              : 0) +
           std::abs(truth(moved["with"]) - truth(moved["without"]));
  }
  return sum;
}

std::string of_status(const Json& json, const char* status) {
  std::vector<std::string> list;
  for (const auto& sentence : json["sentences"])
    if (sentence.value("status", "") == status) list.push_back(short_id(sentence.value("id", "")));
  return list.empty() ? "none" : fmt::format("{}", fmt::join(list, ", "));
}

std::string ledger_sentence(const Json& json) {
  const Json& counts = json["counts"];
  const auto count = [&](const char* word) { return counts.value(word, 0); };
  const int all = count("moves") + count("reaches") + count("declares") + count("idle") + count("unwritten");
  if (!json.value("ablated", false))
    return fmt::format(
        "Of {} sentences that are quoted or cited, {} reach a calculation through their rows, {} only say "
        "who, what "
        "and where, and nothing uses {}. Which answers each moves was not worked out.",
        all, count("reaches") + count("moves"), count("declares"), count("idle") + count("unwritten"));
  return fmt::format(
      "Of {} sentences that are quoted or cited, {} move an answer when what they say is left out, {} reach "
      "a "
      "calculation and move nothing alone, {} only say who, what and where, and nothing uses {}.",
      all, count("moves"), count("reaches"), count("declares"), count("idle") + count("unwritten"));
}

}  // namespace

std::string ledger_summary(const nlohmann::ordered_json& given) {
  const Json json = known_only(given);
  std::string text = wrapped(ledger_sentence(json));
  std::vector<const Json*> list;
  for (const auto& sentence : json["sentences"])
    if (sentence.value("status", "") == "moves") list.push_back(&sentence);
  std::stable_sort(list.begin(), list.end(),
                   [](const Json* x, const Json* y) { return weight(*x) > weight(*y); });
  if (list.size() > kMostNamed) list.resize(kMostNamed);
  if (!list.empty()) text += "\nThose that move most, without which:\n\n";
  for (const Json* sentence : list)
    text += bullet(fmt::format("{} ({}): {}", short_id(sentence->value("id", "")), rows_left_out(*sentence),
                               moves_words(*sentence, kMostMoves)));
  return text + "\n";
}

std::string ledger_page(const nlohmann::ordered_json& given) {
  const Json json = inert_json(known_only(given));
  std::string text = wrapped(ledger_sentence(json)) + "\n## From sentences to answers\n\n";
  for (const auto& sentence : json["sentences"]) {
    const std::string status = sentence.value("status", ""), id = sentence.value("id", "");
    const std::string rows = listed(sentence["rows"].get<std::vector<std::string>>());
    if (status == "moves")
      text += bullet(fmt::format("{}: rows {}. Without {}: {}.", id, rows, rows_left_out(sentence),
                                 moves_words(sentence, 100)));
    if (status == "reaches")
      text += bullet(fmt::format("{}: rows {}; they reach a calculation{}.", id, rows,
                                 json.value("ablated", false) ? ", and nothing moves without them" : ""));
  }
  text += "\n" + wrapped("Only who, what and where: " + of_status(json, "declares") + ".");
  text += wrapped("Cited by rows that reach no calculation: " + of_status(json, "idle") + ".");
  text += wrapped("Quoted, and cited by no row: " + of_status(json, "unwritten") + ".");
  text += "\n## From answers to sentences\n\n";
  for (const auto& answer : json["answers"]) {
    const auto names = [&](const char* key) { return answer[key].get<std::vector<std::string>>(); };
    text += bullet(fmt::format("`{}`, {}: {}{}{}.", answer.value("id", ""), worlds_words(answer),
                               names("rows").empty() ? "no row of its own" : "rows " + listed(names("rows")),
                               names("sentences").empty() ? "" : "; sentences " + listed(names("sentences")),
                               names("assumed").empty() ? "" : "; assumptions " + listed(names("assumed"))));
  }
  return markdown(text);
}

}  // namespace parley::report
