// SPDX-License-Identifier: MIT
// Claims as answers: does the account bear them out? Each claim is a scope of its own, since another account
// may not make it.
#include <fmt/format.h>

#include <algorithm>

#include "questions/claim_test.hpp"
#include "questions/lens_answers.hpp"
#include "questions/what_if_parts.hpp"

namespace parley::questions {
namespace {

using account::Row;

/// Fields of claims that no lens can test.
constexpr const char* kUntested[] = {"not_testable", "likelier"};

/// What the test of a claim by logic and signs is given: rows that may bear on it, what they are about, and
/// the claim itself.
Fingerprint logic_problem(const ClaimTester& tester, const Row& claim, const std::vector<std::string>& rows) {
  const framing::Situation& s = tester.situation();
  std::set<std::string> read(rows.begin(), rows.end());
  const auto behind = tester.course().behind(tester.about(claim));
  Digest digest;
  for (std::size_t v = 0; v < s.variables.size(); ++v)
    if (behind.variables[v]) {
      const auto& variable = s.variables[v];
      read.insert(variable.row);
      digest.add(variable.id);
      digest.add(variable.levels);
      digest.add(static_cast<std::uint64_t>(framing::mask_of(variable.now)));
    }
  for (const Row* group : s.of("groups")) read.insert(group->id);
  for (const auto& id : read)
    if (const Row* row = s.row(id); row != nullptr) digest.add(*row);
  digest.add(std::string_view(s.options.groups));
  digest.add(claim);
  return digest.value();
}

std::vector<Answer> by_logic(const ClaimTester& tester, const Row& claim, const AnswerScope& scope,
                             bool& tested) {
  const Tested result = tester.test(claim);
  // Of what no row speaks of any more nothing follows; a claim without a test is never asked.
  tested = std::none_of(std::begin(kUntested), std::end(kUntested),
                        [&](const char* field) { return claim.value(field) != nullptr; });
  const std::string words = claim_words(claim);
  if (result.yes())
    return {{{scope, "entailed", {}},
             fmt::format("it follows that {} (claim {})", words, claim.id),
             {},
             true,
             true,
             minimal_premises(tester, claim, {})}};
  if (result.status == Tested::Status::no)
    return {{{scope, "fails", {}},
             fmt::format("the rows say otherwise than that {} (claim {})", words, claim.id),
             {},
             true,
             true,
             {}}};
  return {};
}

std::vector<Answer> by_worlds(const ClaimTester& tester, const Row& claim, const AnswerScope& scope,
                              bool& tested) {
  const Tested result = tester.test(claim);
  tested = result.share.has_value();
  if (!tested) return {};
  const bool proved = result.status != Tested::Status::open;
  return {{{scope, "true", {}},
           fmt::format("{} (claim {})", claim_words(claim), claim.id),
           *result.share,
           proved,
           result.yes(),
           {}}};
}

/// Does the claim's own test set, or take away, one of these variables?
bool sets_one_of(const ClaimTester& tester, const Row& claim, const framing::Forced& supposed) {
  for (const char* field : {"given", "necessary", "sufficient", "not_sufficient", "for"}) {
    const auto* tree = claim.condition(field);
    const auto formula = tree == nullptr ? std::nullopt : framing::bind(tester.situation(), *tree);
    if (!formula) continue;
    for (const int v : expression::touched(*formula))
      if (std::any_of(supposed.begin(), supposed.end(), [v](const auto& f) { return f.first == v; }))
        return true;
  }
  return false;
}

void drop(const AnswerScope& scope, AnswerList& list) {
  std::erase_if(list.answers, [&](const Answer& answer) { return answer.id.scope == scope; });
  std::erase(list.scopes, scope);
}

}  // namespace

void suppose_in_claims(const framing::Situation& situation, const framing::Forced& supposed,
                       const SolveOptions& solve, AnswerList& after) {
  const Column column{situation.account.name, "base", "", false, situation.options, situation.account};
  const ClaimTester tester(column, solve, supposed);
  for (const Row* claim : situation.of("claims")) {
    const AnswerScope scope = claim_scope(claim->id);
    if (!after.asked(scope)) continue;
    const bool counts = tester.counts_worlds(*claim);
    if (counts && !sets_one_of(tester, *claim, supposed)) continue;
    drop(scope, after);
    // What may come about is not a question about a change; nor is what the claim itself supposes.
    if (counts || claim->value("possible") != nullptr || sets_one_of(tester, *claim, supposed)) continue;
    bool tested = false;
    for (Answer& answer : by_logic(tester, *claim, scope, tested)) after.answers.push_back(std::move(answer));
    after.scopes.push_back(scope);
  }
}

void answers_of_claims(const Asked& asked, AnswerList& list) {
  if (asked.scope && asked.scope->lens != Lens::claims) return;
  const auto claims = asked.situation.of("claims");
  if (claims.empty()) return;
  SolveOptions solve = asked.options.solve;
  solve.threads = 1;
  const Column column{asked.situation.account.name, "base", "", false, asked.situation.options,
                      asked.situation.account};
  const ClaimTester tester(column, solve);
  for (const Row* claim : claims) {
    if (solve.cancel != nullptr && solve.cancel->load()) return;
    const AnswerScope scope = claim_scope(claim->id);
    if (asked.scope && *asked.scope != scope) continue;
    const bool counts = tester.counts_worlds(*claim);
    if (counts && (asked.options.sources & kAsksCounts) == 0) continue;
    const auto rows = tester.contestable(*claim);
    const Fingerprint key = counts ? tester.table_problem(*claim) : logic_problem(tester, *claim, rows);
    list.problems[scope] = key;
    list.read[scope] = rows;
    AnswerCache::List answers = asked.cache.find(key);
    if (answers == nullptr) {
      bool tested = false;
      auto made = counts ? by_worlds(tester, *claim, scope, tested) : by_logic(tester, *claim, scope, tested);
      if (solve.cancel != nullptr && solve.cancel->load()) return;
      // A scope without an answer is still asked where the claim is open; a mark says so in the cache.
      if (tested) made.push_back({{scope, "", {}}, "", {}, false, false, {}});
      answers = std::make_shared<const std::vector<Answer>>(std::move(made));
      asked.cache.keep(key, answers);
    }
    if (answers->empty()) continue;  // no test
    list.tests[scope] = claim_words(*claim);
    list.scopes.push_back(scope);
    list.answers.insert(list.answers.end(), answers->begin(), answers->end() - 1);
  }
}

}  // namespace parley::questions
