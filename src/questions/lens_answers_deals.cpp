// SPDX-License-Identifier: MIT
#include "questions/lens_answers.hpp"

namespace parley::questions {

void answers_of_deals(const Asked& asked, AnswerList& list) {
  for (const account::Row* row : asked.situation.of("talks")) {
    const AnswerScope scope{Lens::deals, row->id, asked.line};
    if (asked.scope && *asked.scope != scope) continue;
    auto framed = framing::frame_deals(asked.situation, row->id);
    if (!framed) continue;
    const Fingerprint key = fingerprint(*framed);
    Digest read;
    read.add(key);
    read.add(framed->used_rows);
    list.problems[scope] = read.value();
    list.read[scope] = framed->used_rows;
    list.work += static_cast<double>(framed->ensemble.packages.size() * framed->ensemble.parties.size() *
                                     framed->ensemble.resolutions.size());
    AnswerCache::List answers = asked.cache.find(key);
    if (answers == nullptr) {
      SolveOptions options = asked.options.solve;
      options.threads = 1;
      const TableAnswer table = solve_table(std::move(*framed), options);
      if (options.cancel != nullptr && options.cancel->load()) return;
      // A table that was too large, or that no world agrees with, answers nothing.
      const bool answered = table.answer.worlds > 0 || table.answer.proved;
      answers =
          std::make_shared<const std::vector<Answer>>(answered ? answers_of(table) : std::vector<Answer>{});
      asked.cache.keep(key, answers);
    }
    if (answers->empty()) continue;
    list.scopes.push_back(scope);
    for (Answer answer : *answers) {
      answer.id.scope.binding = asked.line;
      list.answers.push_back(std::move(answer));
    }
  }
}

}  // namespace parley::questions
