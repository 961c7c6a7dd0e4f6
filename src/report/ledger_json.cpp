// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "report/ledger.hpp"
#include "report/results_parts.hpp"

namespace parley::report {

using nlohmann::ordered_json;

ordered_json ledger_json(const questions::Ledger& ledger) {
  ordered_json sentences = ordered_json::array(), answers = ordered_json::array(), counts;
  for (const char* word : {"moves", "reaches", "declares", "idle", "unwritten"}) counts[word] = 0;
  for (const auto& sentence : ledger.sentences) {
    const std::string status = questions::status_word(sentence.status);
    counts[status] = counts[status].get<int>() + 1;
    ordered_json moves = ordered_json::array();
    for (const auto& moved : sentence.moves)
      moves.push_back({{"answer", moved.before.id.text()},
                       {"proposition", moved.before.proposition.empty() ? moved.after.proposition
                                                                        : moved.before.proposition},
                       {"difference", questions::parting_word(moved.parting)},
                       {"with", worlds_json(moved.before)},
                       {"without", worlds_json(moved.after)}});
    sentences.push_back({{"id", sentence.id},
                         {"status", status},
                         {"rows", sentence.rows},
                         {"left_out", sentence.left_out},
                         {"moves", moves},
                         {"answers", texts(sentence.answers)}});
  }
  for (const auto& entry : ledger.answers) {
    ordered_json one = {{"id", entry.answer.id.text()}, {"proposition", entry.answer.proposition}};
    one.update(worlds_json(entry.answer));
    one["rows"] = entry.answer.rows;
    one["sentences"] = entry.sentences;
    one["assumed"] = entry.assumed;
    answers.push_back(std::move(one));
  }
  ordered_json read = ordered_json::object();
  for (const auto& [row, scopes] : ledger.read) read[row] = texts(scopes);
  return {{"counts", counts},        {"sentences", sentences},    {"answers", answers},
          {"read", std::move(read)}, {"ablated", ledger.ablated}, {"complete", ledger.complete}};
}

}  // namespace parley::report
