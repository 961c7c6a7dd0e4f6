// SPDX-License-Identifier: MIT
#include "report/words.hpp"

#include <fmt/format.h>

#include <map>

#include "account/concepts.hpp"
#include "account/naming.hpp"

namespace parley::report {
namespace {

using account::Row;

std::string by(const account::Account& account, const Row& row) {
  return account::name_of(account, row.text("by"));
}

std::string on_what(const account::Account& account, const Row& row) {
  return account::label_of(account, row.text("on"));
}

/// Levels of what the row is on as readers see them.
std::string phrase_on(const account::Account& account, const Row& row, const std::string& phrase) {
  const Row* on = account.find(row.text("on"));
  return on == nullptr ? phrase : account::phrase_label(*on, phrase);
}

std::string position(const account::Account& account, const Row& row) {
  if (const std::string own = row.text(account::kVerb); !own.empty())
    return fmt::format("{} {}", by(account, row), own);
  const std::string on = on_what(account, row);
  if (const auto stance = account::stance_of(row); !stance.empty())
    return fmt::format("{} {} {}: {}", by(account, row), account::stance_verb(row), on,
                       phrase_on(account, row, row.text(stance)));
  if (row.flag("unspecified"))
    return fmt::format("{} has an unspecified condition on {}", by(account, row), on);
  return fmt::format("{} does not care about {}", by(account, row), on);
}

std::string preference(const account::Account& account, const Row& row) {
  if (row.value("order") != nullptr)
    return fmt::format("{} on {}: {}", by(account, row), on_what(account, row),
                       phrase_on(account, row, row.text("order")));
  if (row.value("wants") != nullptr)
    return fmt::format("{} wants {}: {}", by(account, row), on_what(account, row), row.text("wants"));
  return fmt::format("{} on {}", by(account, row), on_what(account, row));
}

std::string commitment(const account::Account& account, const Row& row) {
  std::string text = by(account, row);
  text += row.value("will") != nullptr ? " will " + row.text("will") : " may " + row.text("may");
  for (const auto& [field, words] : {std::pair{"if", " if "}, std::pair{"only_if", " only if "}})
    if (row.value(field) != nullptr)
      text +=
          row.text(field) == "unstated" ? std::string(", with no stated condition") : words + row.text(field);
  return text;
}

std::string mechanism(const Row& row) {
  std::string text = row.text("cause");
  for (const char* field : {"raises", "lowers", "moves"})
    if (row.value(field) != nullptr) text += fmt::format(" {} {}", field, fmt::join(row.names(field), ", "));
  if (row.value("makes_likely") != nullptr) text += " makes it likely that " + row.text("makes_likely");
  if (row.value("makes_unlikely") != nullptr) text += " makes it unlikely that " + row.text("makes_unlikely");
  if (row.value("rules_out") != nullptr) text += " rules out that " + row.text("rules_out");
  return text;
}

}  // namespace

std::string words_of(const account::Account& account, const Row& row) {
  const auto& c = row.concept_name;
  if (c == "positions") return position(account, row);
  if (c == "preferences") return preference(account, row);
  if (c == "commitments") return commitment(account, row);
  if (c == "mechanisms") return mechanism(row);
  if (c == "saliences") return fmt::format("{}: {} in order of weight", by(account, row), row.text("order"));
  if (c == "claims" && row.value("quote") != nullptr) return "\"" + row.text("quote") + "\"";
  if (c == "alternatives" && row.value("reading") != nullptr) return row.text("reading");
  for (const char* field : {"label", "is", "what", "reading", "when", "then", "about"})
    if (row.value(field) != nullptr && !row.text(field).empty()) return row.text(field);
  return row.id;
}

std::string finding_title(const questions::AnswerId& finding) {
  static const std::map<std::string, std::string> kTitles = {
      {"needs-collide", "what serves one need harms another"},
      {"own-goal", "works against its maker's own goal"},
      {"shut", "shuts what something else requires"},
      {"limits", "limits leave no package"},
      {"opening", "what making room would mean for whom it rests with"},
      {"compliance", "giving way, by these rows, serves a part of what is wanted"},
      {"target", "giving way against what is threatened"},
      {"not-lifted", "giving way does not rule it out"},
      {"undone", "an agreement of the kind was left before"},
      {"others-pay", "works against goals of others"},
      {"unwanted", "no row joins what is promised to what the other side wants"},
  };
  const auto title = kTitles.find(finding.question);
  if (finding.about.empty() || title == kTitles.end()) return finding.text();
  return fmt::format("{} ({})", title->second,
                     account::plain(fmt::format("{}", fmt::join(finding.about, ", "))));
}

}  // namespace parley::report
