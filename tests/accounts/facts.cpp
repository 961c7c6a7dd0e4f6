// SPDX-License-Identifier: MIT
#include "accounts/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "language/read.hpp"
#include "questions/check.hpp"
#include "questions/consistency.hpp"
#include "questions/findings.hpp"
#include "questions/lens_answers.hpp"
#include "questions/run.hpp"
#include "questions/sensitivity.hpp"
#include "report/check_page.hpp"
#include "report/compare.hpp"
#include "report/consistency.hpp"
#include "report/contradictions.hpp"
#include "report/results.hpp"
#include "report/sensitivity.hpp"
#include "report/stability_account.hpp"

namespace parley::testing {
namespace {

using account::renamed_in;
using account::Renaming;

std::string joined(std::vector<std::string> rows, const Renaming& back) {
  for (auto& row : rows) row = renamed_in(row, back);
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return fmt::format("{}", fmt::join(rows, " "));
}

std::string sets(const std::vector<std::vector<std::string>>& list, const Renaming& back) {
  std::vector<std::string> said;
  for (const auto& set : list) said.push_back("{" + joined(set, back) + "}");
  std::sort(said.begin(), said.end());
  return fmt::format("{}", fmt::join(said, " "));
}

class Collector {
 public:
  Collector(const language::Reading& reading, const Renaming& back, const FactsOptions& options)
      : reading_(reading), back_(back), options_(options) {
    solve_.draws = options.draws;
    solve_.threads = 1;
  }

  Facts collect() {
    facts_.reads = true;
    answers();
    tables();
    claims();
    findings();
    logic();
    if (options_.whole) whole();
    return std::move(facts_);
  }

 private:
  void look(const nlohmann::ordered_json& json, const char* command) {
    for (const auto& each : report::contradictions_in(json))
      facts_.contradictions.push_back(
          fmt::format("{}: {}: {} at {}", command, each.rule, each.words, fmt::join(each.where, " and ")));
  }

  questions::Column base() const { return {reading_.base.name, "base", "", false, {}, reading_.base}; }

  void answers() {
    const questions::LensAnswers lens(
        {solve_, true, questions::ends_of(framing::make_situation(reading_.base, {}))});
    const auto list = questions::renamed(lens.of(reading_.base, {}), back_);
    std::vector<std::string> asked;
    for (const auto& scope : list.scopes)
      // A claim that counts worlds may meet too few of them.
      if (scope.lens != questions::Lens::claims) asked.push_back(scope.text());
    facts_.exact["asked"] = joined(asked, {});
    for (const auto& answer : list.answers) {
      const std::string key = key_of(answer.id);
      if (answer.proved)
        facts_.exact["proved " + key] = answer.truth ? "all" : "none";
      else
        facts_.drawn["share " + key] = answer.share;
      if (answer.proved || answer.id.question == "blocked")
        facts_.exact["rows " + key] = joined(answer.rows, back_);
      if (answer.proved && answer.share.of > 0 && answer.share.yes != (answer.truth ? answer.share.of : 0))
        facts_.contradictions.push_back("answers: proof against share: " + key);
    }
  }

  static std::string key_of(questions::AnswerId id) { return questions::renamed(std::move(id), {}).text(); }

  void tables() {
    const auto columns = questions::columns_of(reading_.base, reading_.alternatives, {});
    auto json = nlohmann::ordered_json::object();
    for (const auto& column : columns) {
      const auto solved = questions::solve(column, solve_);
      for (const auto& table : solved.tables) {
        const auto& a = table.answer;
        const std::string key = fmt::format("table {} {}", renamed_in(column.alternative, back_),
                                            renamed_in(table.framed.table, back_));
        // That a zone is possible and not certain is shown by worlds of either kind, which draws may not
        // meet.
        facts_.exact[key] = a.necessary ? "certain" : a.proved && !a.possible ? "excluded" : "open";
        facts_.exact[key + " packages"] = std::to_string(table.framed.ensemble.packages.size());
        facts_.drawn[key] = a.zone;
      }
      json[column.alternative] = report::column_json(solved);
    }
    look({{"by_alternative", json}}, "deals");
  }

  void claims() {
    questions::ClaimOptions options;
    options.solve = solve_;
    std::vector<questions::AccountInput> inputs = {{reading_.base, reading_.alternatives}};
    for (const auto& claim : questions::ask(inputs, options)) {
      const std::string key = "claim " + renamed_in(claim.id, back_);
      if (claim.base.share && !claim.base.proved) {
        facts_.drawn[key] = *claim.base.share;
        continue;  // its verdict is that of a share, and draws may fall otherwise
      }
      facts_.exact[key] = questions::verdict_word(claim.base.verdict) + (claim.base.proved ? " proved" : "");
      // Without a proof they are rows that part the verdict of a count, in the worlds that are drawn.
      const bool proved = claim.base.proved || claim.base.verdict == questions::ClaimVerdict::entailed ||
                          claim.base.verdict == questions::ClaimVerdict::asserted;
      if (proved) facts_.exact[key + " premises"] = joined(claim.premises, back_);
      facts_.exact[key + " guards"] = joined(claim.guards, back_);
      facts_.exact[key + " own"] = joined(claim.own_rows, back_);
      facts_.exact[key + " defaults"] = joined(claim.defaults, back_);
    }
  }

  void findings() {
    const auto found = questions::findings_of(base());
    for (const auto& finding : found.list) {
      const auto id = questions::renamed(questions::finding_answer_id(finding.id), back_).text();
      facts_.exact[id] = finding.proved ? "proved" : "found";
      facts_.exact[id + " rows"] = joined(finding.rows, back_);
      facts_.exact[id + " falls without"] = sets(finding.falls_without, back_);
    }
  }

  void logic() {
    std::vector<std::string> problems;
    const auto answer = questions::solve_consistency(base(), {}, &problems);
    report::ConsistencyListing listing;
    look({{"column", report::consistency_json(answer, listing)}}, "consistency");
  }

  void whole() {
    std::vector<questions::AccountInput> inputs = {{reading_.base, reading_.alternatives}};
    for (const auto& rival : reading_.rivals) {
      questions::AccountInput input{account::apply(reading_.base, rival), {}};
      input.account.name = rival.id;
      inputs.push_back(std::move(input));
    }
    questions::RunOptions options;
    options.solve = solve_;
    options.patch_draws = solve_.draws;
    const auto run = questions::run(inputs, options);
    look(report::run_results(run, {}), "run");
    for (const auto& test : run.accounts.front().self_tests)
      if (test.id == "permutation")
        for (const auto& verdict : test.verdicts)
          if (!verdict.survives && verdict.base != "some" && verdict.other != "some")
            facts_.contradictions.push_back("run: permutation: " + verdict.answer.text());
    if (inputs.size() > 1) compared(inputs[0].account, inputs[1].account);
    flips(inputs[0].account);
  }

  void compared(const account::Account& a, const account::Account& b) {
    questions::CompareOptions options;
    options.solve = solve_;
    options.most_work = 20'000;
    const auto comparison = questions::compare(a, b, options);
    look(report::comparison_json(comparison, a, b), "compare");
    std::vector<std::string> rows;
    for (const auto& row : comparison.rows) rows.push_back(row.id);
    facts_.exact["compare rows"] = joined(rows, back_);
    for (const auto& answer : comparison.answers) {
      if (!answer.a.proved || !answer.b.proved || !answer.searched) continue;
      std::vector<std::vector<std::string>> explained;
      for (const auto& explanation : answer.explanations) explained.push_back(explanation.rows);
      facts_.exact["compare " + key_of(questions::renamed(answer.a.id, back_))] = sets(explained, back_);
    }
  }

  void flips(const account::Account& account) {
    const auto talks = account.of("talks");
    if (talks.empty()) return;
    questions::SensitivityOptions options;
    options.solve = solve_;
    options.samples = 16;
    options.trajectories = 2;
    const auto id = questions::table_id(talks.front()->id, "zone");
    const questions::LensAnswers lens({solve_, true});
    if (lens.of(account, {}, id.scope).find(id) == nullptr) return;
    look(report::sensitivity_json(questions::sensitivity(account, id, options), account), "sensitivity");
  }

  const language::Reading& reading_;
  const Renaming& back_;
  const FactsOptions& options_;
  questions::SolveOptions solve_;
  Facts facts_;
};

/// How likely is it, if both are drawn alike, that their counts lie at least so far apart? (Fisher's exact
/// test, both sides bounded by twice the smaller.)
double chance(const worlds::Share& one, const worlds::Share& other) {
  const auto n = static_cast<double>(one.of), m = static_cast<double>(other.of);
  const auto all = static_cast<double>(one.yes + other.yes);
  const auto term = [&](double k) {
    return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + std::lgamma(m + 1) -
                    std::lgamma(all - k + 1) - std::lgamma(m - all + k + 1) - std::lgamma(n + m + 1) +
                    std::lgamma(all + 1) + std::lgamma(n + m - all + 1));
  };
  const double low = std::max(0.0, all - m), high = std::min(n, all);
  double below = 0, above = 0;
  for (double k = low; k <= high; ++k) {
    if (k <= static_cast<double>(one.yes)) below += term(k);
    if (k >= static_cast<double>(one.yes)) above += term(k);
  }
  return 2 * std::min(below, above);
}

}  // namespace

Facts facts_of(const NamedTexts& texts, const account::Renaming& back, const FactsOptions& options) {
  const auto reading = language::read_texts(texts);
  if (!reading.ok()) {
    Facts facts;
    for (const auto& diagnostic : reading.diagnostics)
      if (diagnostic.severity == Severity::error)
        facts.exact["error " + diagnostic.code] = diagnostic.message;
    return facts;
  }
  return Collector(reading, back, options).collect();
}

account::Renaming back_names(const Dispute& dispute, const Telling& telling) {
  account::Renaming back;
  for (std::size_t i = 0; i < dispute.names.size(); ++i)
    if (telling.names[i] != dispute.names[i]) back.emplace(telling.names[i], dispute.names[i]);
  return back;
}

std::vector<std::string> differences(const Facts& one, const Facts& other) {
  std::vector<std::string> list;
  if (one.reads != other.reads) return {"one telling reads, and the other does not"};
  if (!one.reads) return {};
  const auto told = [&](const std::string& key, const std::map<std::string, std::string>& facts) {
    const auto found = facts.find(key);
    return found == facts.end() ? std::string("-") : found->second;
  };
  std::set<std::string> keys;
  for (const auto* facts : {&one.exact, &other.exact})
    for (const auto& [key, value] : *facts) keys.insert(key);
  // What one telling counts and the other had too few worlds to count, or never met, is a matter of draws.
  const auto by_draws = [&](const std::string& key) {
    if (key.starts_with("claim ")) {
      const std::string claim = key.substr(0, key.find(' ', 6));
      return one.drawn.contains(claim) || other.drawn.contains(claim);
    }
    return key.starts_with("rows ") && one.exact.contains(key) != other.exact.contains(key);
  };
  for (const auto& key : keys)
    if (told(key, one.exact) != told(key, other.exact) && !by_draws(key))
      list.push_back(fmt::format("{}: `{}` and `{}`", key, told(key, one.exact), told(key, other.exact)));
  keys.clear();
  for (const auto* facts : {&one.drawn, &other.drawn})
    for (const auto& [key, share] : *facts) keys.insert(key);
  for (const auto& key : keys) {
    const bool of_claim = key.starts_with("claim ") || key.starts_with("share claim:");
    if (of_claim && one.drawn.contains(key) != other.drawn.contains(key)) continue;  // it was not counted
    const auto x = one.drawn.find(key), y = other.drawn.find(key);
    // What is not listed was true in none of the drawn worlds, of which there were as many.
    const worlds::Share none{0, x == one.drawn.end() ? y->second.of : x->second.of};
    const worlds::Share a = x == one.drawn.end() ? none : x->second,
                        b = y == other.drawn.end() ? none : y->second;
    if (a.of > 0 && b.of > 0 && chance(a, b) < 1e-8)
      list.push_back(fmt::format("{}: {} of {} and {} of {} worlds", key, a.yes, a.of, b.yes, b.of));
    if ((a.of == 0) != (b.of == 0)) list.push_back(key + ": only one telling has worlds");
  }
  return list;
}

std::vector<std::string> put_through(const Dispute& dispute, std::uint64_t seed,
                                     const FactsOptions& options) {
  const Telling first = as_it_is(dispute);
  const Facts facts = facts_of(told(dispute, first), {}, options);
  std::vector<std::string> found = facts.contradictions;
  if (!facts.reads)
    for (const auto& [code, message] : facts.exact) found.push_back(code + ": " + message);
  const Telling telling = seed % 2 == 0 ? turned_round(dispute, seed) : misnamed(dispute, seed);
  const Facts other = facts_of(told(dispute, telling), back_names(dispute, telling), options);
  for (const auto& each : other.contradictions) found.push_back("other telling: " + each);
  for (const auto& each : differences(facts, other)) found.push_back("telling: " + each);
  return found;
}

}  // namespace parley::testing
