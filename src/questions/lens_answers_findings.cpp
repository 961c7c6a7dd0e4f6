// SPDX-License-Identifier: MIT
// Findings that join sentences as answers: what is found in an account is true in it.
#include <algorithm>

#include "questions/findings.hpp"
#include "questions/lens_answers.hpp"

namespace parley::questions {
namespace {

const AnswerScope kFindingsScope = {Lens::findings, "", ""};

/// Concepts that no finding reads.
constexpr const char* kNoFindingReads[] = {"sources",      "notes",    "claims",
                                           "alternatives", "tensions", "speakers"};

/// All that an account says. A finding joins what stands far apart, so there is no smaller problem.
Fingerprint problem_of(const framing::Situation& s) {
  Digest digest;
  for (const auto& [name, value] : framing::option_values(s.options)) digest.add(std::string_view(value));
  for (const account::Row& row : s.account.rows)
    if (std::none_of(std::begin(kNoFindingReads), std::end(kNoFindingReads),
                     [&](const char* unread) { return row.concept_name == unread; }))
      digest.add(row);
  return digest.value();
}

}  // namespace

void answers_of_findings(const Asked& asked, AnswerList& list) {
  if (asked.scope && *asked.scope != kFindingsScope) return;
  const Fingerprint key = problem_of(asked.situation);
  list.problems[kFindingsScope] = key;
  AnswerCache::List answers = asked.cache.find(key);
  if (answers == nullptr) {
    const Column column{asked.situation.account.name, "base", "", false, asked.situation.options,
                        asked.situation.account};
    const Findings found = findings_of(column, {}, {false, asked.options.solve.cancel});
    if (!found.complete) return;
    std::vector<Answer> made;
    for (const Finding& finding : found.list)
      made.push_back({finding_answer_id(finding.id), finding.words, {}, true, true, finding.rows});
    std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    answers = std::make_shared<const std::vector<Answer>>(std::move(made));
    asked.cache.keep(key, answers);
  }
  std::set<std::string> read;
  for (const Answer& answer : *answers) read.insert(answer.rows.begin(), answer.rows.end());
  list.read[kFindingsScope] = {read.begin(), read.end()};
  list.scopes.push_back(kFindingsScope);
  list.answers.insert(list.answers.end(), answers->begin(), answers->end());
}

}  // namespace parley::questions
