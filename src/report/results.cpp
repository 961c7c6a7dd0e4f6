// SPDX-License-Identifier: MIT
#include "report/results.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "account/concepts.hpp"
#include "account/naming.hpp"
#include "report/ask.hpp"
#include "report/compare.hpp"
#include "report/findings.hpp"
#include "report/ledger.hpp"
#include "report/results_parts.hpp"
#include "report/stability_account.hpp"
#include "report/words.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::ColumnAnswer;

ordered_json columns_json(const std::vector<ColumnAnswer>& columns) {
  ordered_json json = ordered_json::object();
  for (const auto& column : columns) json[column.column.alternative] = column_json(column);
  return json;
}

/// What the page needs of a reading under another line of binding.
ordered_json short_json(const std::vector<ColumnAnswer>& columns) {
  ordered_json json = ordered_json::object();
  for (const auto& column : columns) {
    const ordered_json whole = column_json(column);
    const auto brief = [](const ordered_json& table) {
      ordered_json one = ordered_json::object();
      for (const char* key : {"worlds", "zone", "within_limits", "openers_by_limits", "no_table"})
        if (table.contains(key)) one[key] = table[key];
      return one;
    };
    ordered_json one = brief(whole);
    if (whole.contains("tables"))
      for (const auto& [talks, table] : whole["tables"].items()) one["tables"][talks] = brief(table);
    json[column.column.alternative] = std::move(one);
  }
  return json;
}

ordered_json silence_json(const questions::AccountRun& run) {
  ordered_json list = ordered_json::array();
  for (const auto& probe : run.silence) {
    ordered_json wishes = ordered_json::array();
    for (const auto& [words, share] : probe.zone) {
      ordered_json one = {{"wish", words}};
      one.update(share_json(share));
      wishes.push_back(std::move(one));
    }
    list.push_back({{"talks", probe.table},
                    {"party", probe.party},
                    {"on", probe.variable},
                    {"consequence", probe.consequence},
                    {"rows", probe.rows},
                    {"wishes", wishes},
                    {"matters", rounded(probe.matters)}});
  }
  return list;
}

ordered_json salience_json(const questions::AccountRun& run) {
  ordered_json list = ordered_json::array();
  for (const auto& probe : run.salience) {
    ordered_json statements = ordered_json::array();
    for (const auto& s : probe.statements)
      statements.push_back(
          {{"party", s.party}, {"wish", s.wish}, {"on", s.on}, {"more", s.more}, {"less", s.less}});
    list.push_back({{"talks", probe.table},
                    {"decided", probe.decided},
                    {"found", probe.found},
                    {"outcome", probe.outcome},
                    {"package", probe.package},
                    {"left_open", probe.left_open},
                    {"statements", statements}});
  }
  return list;
}

ordered_json tests_json(const questions::AccountRun& run) {
  ordered_json list = ordered_json::array();
  for (const auto& test : run.self_tests) {
    ordered_json verdicts = ordered_json::array();
    for (const auto& v : test.verdicts)
      verdicts.push_back({{"answer", v.answer.text()},
                          {"proposition", v.proposition},
                          {"base", v.base},
                          {"other", v.other},
                          {"base_share", share_json(v.base_share)["share"]},
                          {"other_share", share_json(v.other_share)["share"]},
                          {"survives", v.survives}});
    list.push_back({{"id", test.id},
                    {"says", test.says},
                    {"worlds", test.worlds},
                    {"fallen", test.fallen()},
                    {"verdicts", verdicts}});
  }
  return list;
}

ordered_json reach_json(const questions::Reach& reach) {
  ordered_json islands = ordered_json::array();
  for (const auto& island : reach.islands)
    islands.push_back({{"rows", island.rows}, {"variables", island.variables}, {"link", island.link}});
  return {{"used", reach.used}, {"context", reach.context}, {"none", reach.none}, {"islands", islands}};
}

}  // namespace

ordered_json rows_json(const account::Account& account) {
  std::map<std::string, const account::Row*> sorted;
  for (const auto& row : account.rows) sorted.emplace(row.id, &row);
  ordered_json json = ordered_json::object();
  for (const auto& [id, row] : sorted) {
    ordered_json one = {
        {"concept", row->concept_name}, {"words", words_of(account, *row)}, {"from", row->origin.from}};
    if (row->concept_name == "actors" || row->concept_name == "parts")
      one["name"] = row->value("ratifies") != nullptr ? framing::ratifier_name(account, id, row->text("of"))
                                                      : account::name_of(account, id);
    if (const std::string label = row->text(account::kLabel); !label.empty()) one["label"] = label;
    if (!row->origin.assumed.empty()) one["assumed"] = row->origin.assumed;
    if (!row->origin.says.empty()) one["says"] = row->origin.says;
    if (!row->origin.status.empty()) one["status"] = row->origin.status;
    if (!row->text("owner").empty()) one["owner"] = row->text("owner");
    if (!row->text("would_know").empty()) one["would_know"] = row->text("would_know");
    json[id] = std::move(one);
  }
  return json;
}

namespace {

ordered_json account_json(const questions::AccountRun& run, const account::Account& base) {
  const ordered_json against =
      run.against ? comparison_json(*run.against, base, run.account) : ordered_json();
  ordered_json json;
  json["title"] = run.account.title;
  json["revises"] = run.account.revises;
  if (run.found) json["findings"] = findings_json(run.findings);
  if (run.found) json["audits"] = audits_json(run.findings);
  json["by_alternative"] = columns_json(run.columns);
  ordered_json bindings = ordered_json::object();
  for (const auto& [word, column] : run.bindings) bindings[word] = column_json(column);
  json["by_binding"] = std::move(bindings);
  if (!run.pressed.empty()) json["by_alternative_pressed"] = short_json(run.pressed);
  if (run.probed) json["silence"] = silence_json(run);
  if (run.probed) json["salience"] = salience_json(run);
  if (run.reached) json["reach"] = reach_json(run.reach);
  if (!run.stability.empty()) json["stability"] = stability_account_json(run.stability, kListedOnPage);
  if (run.entered) json["ledger"] = ledger_json(run.ledger);
  if (run.against) json["against"] = against;
  if (run.tested) json["self_tests"] = tests_json(run);
  json["rows"] = rows_json(run.account);
  return json;
}

}  // namespace

ordered_json column_json(const ColumnAnswer& column) {
  ordered_json json;
  json["reading"] = column.column.reading;
  json["automatic"] = column.column.automatic;
  if (column.tables.empty()) {
    json["worlds"] = 0;
    json["no_table"] = "no talks here have two sides that sign and an issue that they decide";
    return json;
  }
  json.update(table_json(column.tables.front()));
  if (column.tables.size() > 1) {
    ordered_json tables = ordered_json::object();
    for (const auto& table : column.tables) tables[table.framed.table] = table_json(table);
    json["tables"] = std::move(tables);
  }
  return json;
}

ordered_json deals_results(const std::vector<std::vector<ColumnAnswer>>& accounts) {
  ordered_json by_account = ordered_json::object();
  for (const auto& columns : accounts)
    if (!columns.empty())
      by_account[columns.front().column.account] = {{"by_alternative", columns_json(columns)}};
  return {{"by_account", by_account}};
}

ordered_json run_results(const questions::Run& run, const Manifest& manifest) {
  ordered_json files = ordered_json::array();
  for (const auto& file : manifest.files) files.push_back({{"name", file.name}, {"hash", file.hash}});
  ordered_json options = ordered_json::object();
  for (const auto& [name, value] : framing::option_values(run.options.framing)) options[name] = value;
  ordered_json by_account = ordered_json::object();
  for (const auto& account : run.accounts)
    by_account[account.account.name] = account_json(account, run.accounts.front().account);
  if (run.claimed) by_account[run.accounts.front().account.name]["claims"] = claims_json(run.claims);
  return {{"manifest",
           {{"version", manifest.version},
            {"input", manifest.input},
            {"files", files},
            {"seed", run.options.solve.seed},
            {"draws", run.options.solve.draws},
            {"patch_draws", std::min(run.options.patch_draws, run.options.solve.draws)},
            {"options", options},
            {"measure",
             "weights flat Dirichlet, values uniform, both conditioned on the stated orders; unknown starts "
             "and signs alike"},
            {"problems", run.problems},
            {"worlds", run.worlds},
            {"games", run.games},
            {"game_worlds", run.game_worlds},
            {"stopped", run.stopped}}},
          {"by_account", by_account}};
}

namespace {

/// Why no world agrees with what a party's rows say: one sentence for each clash, or for each party whose
/// numbers no draw met.
std::vector<std::string> no_world(const questions::TableAnswer& table) {
  std::vector<std::string> list;
  for (const auto& clash : table.framed.clashes)
    list.push_back(fmt::format("no world agrees with {}: {}: {}", clash.party, framing::clash_words(clash),
                               fmt::join(clash.rows, ", ")));
  for (const int p : table.answer.refused)
    list.push_back(fmt::format("no drawn world agrees with {}: its numbers leave next to no room",
                               table.framed.ensemble.parties[static_cast<std::size_t>(p)].order.id));
  return list;
}

/// What limits alone say of a table that is too large.
std::string limits_say(const questions::TableAnswer& table) {
  if (!table.framed.by_limits) return "";
  const auto& by = *table.framed.by_limits;
  if (by.excluded()) return "; no package is within all limits (proved): there is no zone in any world";
  if (by.with_package > 0)
    return "; some package is within all limits, and whether it is better than no deal is not worked out";
  return "; whether a package is within all limits could not be decided";
}

}  // namespace

std::vector<Diagnostic> not_answered(const std::vector<ColumnAnswer>& columns, bool stopped) {
  std::vector<Diagnostic> list;
  std::set<std::string> said;
  const auto warn = [&](std::string code, std::string message, std::string hint) {
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = std::move(code);
    warning.message = std::move(message);
    warning.hint = std::move(hint);
    list.push_back(std::move(warning));
  };
  for (const auto& column : columns)
    for (const auto& table : column.tables)
      for (const auto& words : no_world(table)) {
        if (!said.insert(words).second) continue;
        Diagnostic warning;
        warning.severity = Severity::warning;
        warning.code = "no-world";
        warning.message =
            fmt::format("talks {}, reading {}: {}", table.framed.table, column.column.alternative, words);
        warning.hint = "take one of these rows back, or make one of them an alternative";
        list.push_back(std::move(warning));
      }
  for (const auto& column : columns)
    for (const auto& table : column.tables) {
      if (!table.framed.too_large.empty()) {
        if (said.insert(table.framed.table).second)
          warn("not-answered",
               fmt::format("talks {} are not answered: {}{}", table.framed.table, table.framed.too_large,
                           limits_say(table)),
               "the limits of framing are in docs/methods/framing.md");
        continue;
      }
      if (!table.framed.only_within_limits.empty() && said.insert("within " + table.framed.table).second)
        warn("only-within-limits",
             fmt::format("talks {}: {}", table.framed.table, table.framed.only_within_limits),
             "zone and proofs are whole; who could open one by giving up a limit is not");
      if (table.answer.thinned && said.insert("thinned " + table.framed.table).second)
        warn("fewer-worlds",
             fmt::format("talks {}: {} packages, so that only {} worlds were drawn", table.framed.table,
                         table.framed.ensemble.packages.size(), table.answer.worlds),
             "proofs are not touched; the sampling intervals are as wide as that makes them");
      for (const int party : table.answer.approximate)
        if (const auto& id = table.framed.ensemble.parties[static_cast<std::size_t>(party)].order.id;
            said.insert("approximate " + table.framed.table + id).second)
          warn("approximate-draws",
               fmt::format(
                   "talks {}: an order of {} is too large to be drawn exactly; its draws only come near",
                   table.framed.table, id),
               "proofs are not touched; docs/methods/worlds.md says how near");
      if (table.answer.worlds == 0 && !stopped && no_world(table).empty())
        warn("no-world",
             fmt::format("talks {}, reading {}: no world is consistent with the account, so that there are "
                         "no shares (null in JSON)",
                         table.framed.table, column.column.alternative),
             "some rows contradict each other; `parley check` names the parties whose rows do");
    }
  return list;
}

}  // namespace parley::report
