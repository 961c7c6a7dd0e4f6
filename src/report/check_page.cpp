// SPDX-License-Identifier: MIT
#include "report/check_page.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "account/concepts.hpp"
#include "account/naming.hpp"
#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/results_parts.hpp"
#include "report/silences.hpp"

namespace parley::report {
namespace {

using Json = nlohmann::ordered_json;

Json tables_json(const questions::Check& check) {
  Json list = Json::array();
  for (const auto& table : check.base.tables) {
    Json silent = Json::array(), unread = Json::array(), clashes = Json::array(), open = Json::array();
    for (const auto& s : table.framed.silent)
      silent.push_back(
          {{"party", s.party}, {"on", s.variable}, {"consequence", s.consequence}, {"rows", s.rows}});
    for (const auto& u : table.framed.unread) unread.push_back({{"row", u.row}, {"why", u.why}});
    for (const auto& o : table.framed.open_conditions) open.push_back({{"row", o.row}, {"words", o.words}});
    for (const auto& c : table.framed.clashes)
      clashes.push_back(
          {{"party", c.party}, {"on", c.variable}, {"rows", c.rows}, {"why", framing::clash_words(c)}});
    list.push_back({{"talks", table.framed.table},
                    {"packages", std::to_string(table.framed.ensemble.packages.size())},
                    {"worlds", table.answer.worlds},
                    {"not_answered", table.framed.too_large},
                    {"silent", silent},
                    {"unread", unread},
                    {"open_conditions", open},
                    {"ratification", ratification_json(table)},
                    {"clashes", clashes}});
  }
  return list;
}

/// Statuses of rows, and of those of them that reach a problem: facts reported, claims, opinions, assumptions
/// stay apart.
Json statuses_json(const questions::Check& check) {
  std::set<std::string> used;
  for (const auto& [lens, rows] : check.reach.by_lens) used.insert(rows.begin(), rows.end());
  Json json = Json::object();
  for (const char* status : {"fact", "claim", "opinion", "assumption", "not_said"})
    json[status] = {{"rows", 0}, {"reach_a_problem", 0}};
  for (const auto& row : check.account.rows) {
    if (row.concept_name == "sources" || row.concept_name == "assumptions" ||
        row.concept_name == "alternatives")
      continue;
    Json& entry = json[row.origin.status.empty() ? "not_said" : row.origin.status];
    entry["rows"] = entry["rows"].get<int>() + 1;
    if (used.contains(row.id)) entry["reach_a_problem"] = entry["reach_a_problem"].get<int>() + 1;
  }
  return json;
}

/// Concepts whose rows no lens reads yet: how many rows wait.
Json waiting_json(const questions::Check& check) {
  Json json = Json::object();
  for (const auto& spec : account::concepts()) {
    const std::size_t rows = check.account.of(spec.key).size();
    if (spec.read_by.empty() && rows > 0) json[std::string(spec.key)] = rows;
  }
  return json;
}

Json tensions_json(const questions::Check& check) {
  Json list = Json::array();
  for (const auto& tension : check.tensions)
    list.push_back(
        {{"kind", questions::kind_word(tension.kind)}, {"rows", tension.rows}, {"words", tension.words}});
  return list;
}

/// Rows that say less, more or something narrower than their sentences.
Json departures_json(const questions::Check& check) {
  Json list = Json::array();
  for (const auto& row : check.account.rows)
    if (const auto& o = row.origin; !o.departs.empty())
      list.push_back(
          {{"row", row.id}, {"sentences", o.from}, {"departs", o.departs}, {"because", o.because}});
  return list;
}

std::string departures_text(const Json& departures) {
  if (departures.empty()) return "";
  std::string text = "Where the model departs from the text:\n";
  for (const auto& d : departures) {
    const std::string because = d.value("because", "");
    text += bullet(fmt::format("{} ({}) is {}{}", d.value("row", ""),
                               fmt::join(d["sentences"].get<std::vector<std::string>>(), ", "),
                               d.value("departs", ""),
                               because.empty() ? "; no reason is given" : ": " + because));
  }
  return text;
}

/// One line, however many names are missing.
std::string unlabelled_text(const Json& missing) {
  std::vector<std::string> said;
  for (const auto& [kind, n] : missing.items()) said.push_back(fmt::format("{} ({})", kind, n.get<int>()));
  if (said.empty()) return "";
  return wrapped(fmt::format("Without a label, so that readers see an id, or the words of `is`: {}.",
                             fmt::join(said, ", ")));
}

std::string status_text(const Json& statuses) {
  const std::map<std::string, std::string> words = {{"fact", "reported as fact"},
                                                    {"claim", "claims of actors or documents"},
                                                    {"opinion", "opinions of the account's author"},
                                                    {"assumption", "assumptions"},
                                                    {"not_said", "without a status"}};
  std::vector<std::string> said;
  for (const auto& [status, n] : statuses.items())
    if (n["rows"].get<int>() > 0)
      said.push_back(fmt::format("{} {} ({} of them reach a problem)", n["rows"].get<int>(), words.at(status),
                                 n["reach_a_problem"].get<int>()));
  return said.empty() ? "" : wrapped("What the rows are: " + fmt::format("{}", fmt::join(said, ", ")) + ".");
}

std::string tensions_text(const Json& tensions) {
  if (tensions.empty()) return "";
  std::string text = "Rows that pull against each other (both stay; neither is corrected):\n";
  for (const auto& t : tensions)
    text += bullet(fmt::format("{}{} [{}]", t.value("words", ""),
                               t.value("kind", "") == "named" ? "" : " (found by Parley)",
                               fmt::join(t["rows"].get<std::vector<std::string>>(), ", ")));
  return text;
}

std::string counts(const Json& account) {
  std::vector<std::string> said;
  for (const auto& [name, n] : account["rows"].items())
    said.push_back(fmt::format("{} {}", n.get<int>(), name));
  return fmt::format("{}", fmt::join(said, ", "));
}

std::string table_text(const Json& table) {
  std::string text =
      fmt::format("Talks `{}`: {} packages.\n", table.value("talks", ""), table.value("packages", ""));
  if (!table.value("not_answered", "").empty())
    text += wrapped("Not answered: " + table.value("not_answered", "") + ".");
  for (const auto& c : table["clashes"])
    text +=
        bullet(fmt::format("no consistent world agrees with {}: {}: {}", c.value("party", ""),
                           c.value("why", ""), fmt::join(c["rows"].get<std::vector<std::string>>(), ", ")));
  const Silences silences = silences_of(table["silent"], [](const std::string& party) { return party; });
  for (const auto& wants : silences.without_row)
    text += bullet(fmt::format("silent, so unknown: what {}", wants));
  for (const auto& wants : silences.named)
    text += bullet(fmt::format("in no order, so unknown: what {}", wants));
  for (const auto& r : table["ratification"])
    if (!r.value("open", false)) text += bullet("ratification: " + r.value("words", ""));
  for (const auto& o : table["open_conditions"]) text += bullet("open, not binding: " + o.value("words", ""));
  for (const auto& u : table["unread"])
    text += bullet(fmt::format("not read by this lens: {} ({})", u.value("row", ""), u.value("why", "")));
  return text;
}

/// Rows away from every table; those that no other lens reads either are marked.
std::string islands_text(const Json& reach) {
  if (reach["islands"].empty()) return "";
  const auto none = reach["none"].get<std::set<std::string>>();
  std::string text = wrapped(fmt::format(
      "Rows that reach no table and no game, and what would join them{}:",
      none.empty() ? "; other lenses read every one of them"
                   : fmt::format("; {} of them, marked *, reach no answer of any lens", none.size())));
  for (const auto& island : reach["islands"]) {
    auto rows = island["rows"].get<std::vector<std::string>>();
    for (auto& row : rows)
      if (none.contains(row)) row += "*";
    text += bullet(fmt::format("{}: {}", fmt::join(rows, ", "), island.value("link", "")));
  }
  return text;
}

/// A thing that nothing reads, with its place: "A5 (account.yaml:12)".
std::string with_place(const Json& one) {
  const std::string row = one.value("row", ""), file = one.value("file", "");
  const std::string at =
      one.value("concept", "") == "files"
          ? ""
          : fmt::format(" ({}:{})", file.substr(file.rfind('/') + 1), one.value("line", 0));
  return row + at;
}

std::string not_read_text(const Json& list) {
  if (list.empty()) return "";
  constexpr std::size_t kShown = 6;
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const auto& one : list) {
    const std::string field = one.value("field", "");
    const std::string head =
        field.empty() ? fmt::format("{}: {}", one.value("concept", ""), one.value("why", ""))
                      : fmt::format("`{}` of {}: {}", field, one.value("concept", ""), one.value("why", ""));
    auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == head; });
    if (found == groups.end()) found = groups.insert(groups.end(), {head, {}});
    found->second.push_back(with_place(one));
  }
  std::string text = "Written here, and read by nothing:\n";
  for (auto& [head, rows] : groups) {
    const std::size_t more = rows.size() > kShown ? rows.size() - kShown : 0;
    rows.resize(rows.size() - more);
    text += bullet(fmt::format("{}: {}{}", head, fmt::join(rows, ", "),
                               more > 0 ? fmt::format(" and {} more", more) : ""));
  }
  return text;
}

Json not_read_json(const questions::Check& check) {
  Json list = Json::array();
  for (const auto& one : check.not_read) {
    Json entry = {{"row", one.row}, {"concept", one.concept_name}};
    if (!one.field.empty()) entry["field"] = one.field;
    entry["why"] = one.why;
    entry["file"] = one.place.file < check.account.files.size() ? check.account.files[one.place.file] : "";
    entry["line"] = one.place.line;
    entry["column"] = one.place.column;
    list.push_back(std::move(entry));
  }
  return list;
}

/// Where time was up first, what is not known is null, and not an empty list.
void blank_unknown(const questions::Check& check, Json& json) {
  if (check.solved) return;
  for (const char* key : {"deals", "by_lens", "context", "none", "islands"}) json["reach"][key] = nullptr;
  for (auto& [status, n] : json["statuses"].items()) n["reach_a_problem"] = nullptr;
  json["not_read"] = nullptr;
  json["no_consistent_world"] = nullptr;
  if (check.base.tables.empty()) json["tables"] = nullptr;
}

}  // namespace

Json check_json(const questions::Check& check) {
  std::map<std::string, int> rows;
  for (const auto& row : check.account.rows) ++rows[row.concept_name];
  Json islands = Json::array(), by_lens = Json::object();
  for (const auto& [lens, used] : check.reach.by_lens) by_lens[lens] = used.size();
  for (const auto& island : check.reach.islands)
    islands.push_back({{"rows", island.rows}, {"variables", island.variables}, {"link", island.link}});
  Json json = {{"rows", rows},
               {"looked_at", {{"tables", check.solved}, {"next_input", check.probed}}},
               {"not_read", not_read_json(check)},
               {"reach",
                {{"deals", check.reach.used.size()},
                 {"by_lens", by_lens},
                 {"context", check.reach.context.size()},
                 {"waiting", waiting_json(check)},
                 {"none", check.reach.none},
                 {"islands", islands}}},
               {"statuses", statuses_json(check)},
               {"tensions", tensions_json(check)},
               {"departures", departures_json(check)},
               {"unlabelled", account::unlabelled(check.account)},
               {"tables", tables_json(check)},
               {"no_consistent_world", check.no_consistent_world},
               {"next_input", questions::next_input(check)}};
  blank_unknown(check, json);
  return json;
}

std::string check_page(const Json& given) {
  const Json answer = inert_json(given);
  std::string text;
  for (const auto& [name, account] : answer.at("by_account").items()) {
    text += fmt::format("## Account {}\n\n", name) + wrapped("Rows: " + counts(account) + ".");
    const Json& reach = account["reach"];
    const bool solved = account["looked_at"].value("tables", true);
    std::vector<std::string> lenses;
    const Json by_lens = solved ? reach["by_lens"] : Json::object();
    for (const auto& [lens, n] : by_lens.items())
      lenses.push_back(lens == "ask"
                           ? fmt::format("{} rows are claims with a test, or may bear on one", n.get<int>())
                           : fmt::format("{} rows reach a problem of the lens {}", n.get<int>(), lens));
    text += solved ? wrapped(fmt::format("{}; {} say who, what source or which reading.",
                                         fmt::join(lenses, "; "), reach["context"].get<int>()))
                   : wrapped(
                         "Not looked at, since time was up: what each row reaches, and what nothing "
                         "reads.");
    std::vector<std::string> waiting;
    for (const auto& [block, n] : reach["waiting"].items())
      waiting.push_back(fmt::format("{} {}", n.get<int>(), block));
    if (!waiting.empty())
      text += wrapped(fmt::format("Rows of concepts that no lens reads yet: {}.", fmt::join(waiting, ", ")));
    if (solved) text += status_text(account["statuses"]);
    if (account["tables"].is_null())
      text += "Not looked at, since time was up: the tables.\n";
    else if (account["tables"].empty())
      text += "No table: nothing to bargain over.\n";
    if (!account["tables"].is_null())
      for (const auto& table : account["tables"]) text += table_text(table);
    text += tensions_text(account["tensions"]) + departures_text(account["departures"]) +
            unlabelled_text(account["unlabelled"]);
    if (solved) text += not_read_text(account["not_read"]) + islands_text(reach);
    text += wrapped("The next input worth having: " + account.value("next_input", "") + ".") + "\n";
  }
  return markdown(text);
}

}  // namespace parley::report
