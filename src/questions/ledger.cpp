// SPDX-License-Identifier: MIT
#include "questions/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "questions/explain_difference.hpp"
#include "questions/factors.hpp"

namespace parley::questions {
namespace {

constexpr std::size_t kLedgerBatch = 64;  ///< accounts in memory at a time

/// "art.S2" before "art.S10": by what stands before the number, then the number.
std::pair<std::string, std::pair<std::size_t, std::string>> place_of(const std::string& id) {
  const auto digits = id.find_last_not_of("0123456789") + 1;
  const std::string number = id.substr(digits);
  return {id.substr(0, digits), {number.size(), number}};
}

/// Every sentence that a source quotes or a row cites.
std::map<std::string, std::vector<std::string>> citing_rows(const account::Account& account) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const account::Row& row : account.rows) {
    if (row.concept_name == "sources")
      if (const account::Value* quotes = row.value("quotes"); quotes != nullptr)
        for (const auto& key : quotes->keys) rows[row.id + "." + key];
    for (const auto& from : row.origin.from) rows[from].push_back(row.id);
  }
  for (auto& [id, list] : rows) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return rows;
}

double far(const Moved& moved) {
  const auto truth = [](const Answer& a) { return a.proved ? (a.truth ? 1.0 : 0.0) : a.share.value(); };
  return std::abs(truth(moved.after) - truth(moved.before));
}

/// Answers that part, furthest first. What is no longer asked has moved to "not asked", and is left out.
std::vector<Moved> moves_between(const AnswerList& before, const AnswerList& after) {
  std::set<AnswerId> ids;
  for (const auto* list : {&before, &after})
    for (const Answer& answer : list->answers)
      if (before.gives(answer.id) && after.gives(answer.id)) ids.insert(answer.id);
  std::vector<Moved> list;
  for (const auto& id : ids) {
    Moved moved{Parting::none, answer_in(before, id, after), answer_in(after, id, before)};
    moved.parting = parting(moved.before, moved.after);
    if (moved.parting != Parting::none) list.push_back(std::move(moved));
  }
  std::stable_sort(list.begin(), list.end(), [](const auto& x, const auto& y) {
    return x.parting != y.parting ? x.parting > y.parting : far(x) > far(y);
  });
  return list;
}

class Book {
 public:
  Book(const account::Account& account, const LedgerOptions& options)
      : account_(account),
        options_(options),
        lens_({options.solve, true, ends_of(framing::make_situation(account, options.framing)),
               options.sources}) {}

  Ledger write();

 private:
  void enter(const AnswerList& base);
  void leave_out(const AnswerList& base);

  const account::Account& account_;
  const LedgerOptions& options_;
  LensAnswers lens_;
  Ledger ledger_;
};

void Book::enter(const AnswerList& base) {
  for (const auto& [scope, rows] : base.read)
    for (const auto& row : rows) ledger_.read[row].push_back(scope);
  std::map<std::string, std::vector<AnswerId>> answers;  // row -> ids
  for (const Answer& answer : base.answers) {
    LedgerAnswer entry{answer, {}, {}};
    // A zone, and who can open one, hang on everything that the table reads.
    if (entry.answer.rows.empty() || answer.id.is(Lens::deals, "zone"))
      if (const auto read = base.read.find(answer.id.scope); read != base.read.end())
        entry.answer.rows = read->second;
    for (const auto& id : entry.answer.rows) {
      answers[id].push_back(answer.id);
      const account::Row* row = account_.find(id);
      if (row == nullptr) continue;
      entry.sentences.insert(entry.sentences.end(), row->origin.from.begin(), row->origin.from.end());
      entry.assumed.insert(entry.assumed.end(), row->origin.assumed.begin(), row->origin.assumed.end());
    }
    for (auto* list : {&entry.sentences, &entry.assumed}) {
      std::sort(list->begin(), list->end(),
                [](const auto& x, const auto& y) { return place_of(x) < place_of(y); });
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    ledger_.answers.push_back(std::move(entry));
  }
  for (auto& [id, rows] : citing_rows(account_)) {
    LedgerSentence sentence;
    sentence.id = id;
    sentence.rows = std::move(rows);
    std::set<AnswerId> ids;
    bool read = false;
    for (const auto& row : sentence.rows) {
      ids.insert(answers[row].begin(), answers[row].end());
      read = read || ledger_.read.contains(row);
      const account::Row* found = account_.find(row);
      if (found != nullptr && contestable(*found)) sentence.left_out.push_back(row);
    }
    sentence.answers.assign(ids.begin(), ids.end());
    using Status = LedgerSentence::Status;
    sentence.status = sentence.rows.empty()       ? Status::unwritten
                      : !read                     ? Status::idle
                      : sentence.left_out.empty() ? Status::declares
                                                  : Status::reaches;
    ledger_.sentences.push_back(std::move(sentence));
  }
  std::stable_sort(ledger_.sentences.begin(), ledger_.sentences.end(),
                   [](const auto& x, const auto& y) { return place_of(x.id) < place_of(y.id); });
}

void Book::leave_out(const AnswerList& base) {
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < ledger_.sentences.size(); ++i)
    if (ledger_.sentences[i].status == LedgerSentence::Status::reaches) todo.push_back(i);
  if (base.work * static_cast<double>(todo.size()) > kMostLedgerWork) return;
  const Variant start = lean(account_, options_.framing);
  for (std::size_t from = 0; from < todo.size() && !lens_.stopped(); from += kLedgerBatch) {
    std::vector<Variant> variants;
    const std::size_t to = std::min(todo.size(), from + kLedgerBatch);
    for (std::size_t i = from; i < to; ++i)
      variants.push_back({without(start.rows, ledger_.sentences[todo[i]].left_out), options_.framing});
    const auto lists = lens_.of_all(variants);
    for (std::size_t i = from; i < to && !lens_.stopped(); ++i) {
      LedgerSentence& sentence = ledger_.sentences[todo[i]];
      sentence.moves = moves_between(base, lists[i - from]);
      if (!sentence.moves.empty()) sentence.status = LedgerSentence::Status::moves;
    }
    if (options_.progress) options_.progress(static_cast<double>(to) / static_cast<double>(todo.size()));
  }
  ledger_.ablated = !lens_.stopped();
}

Ledger Book::write() {
  // Findings are entered in any case: what they join is used, even where no sentence is left out to see them
  // move.
  LensOptions whole = lens_.options();
  whole.sources |= kAsksFindings;
  const AnswerList base = LensAnswers(std::move(whole)).of(account_, options_.framing);
  enter(base);
  if (!lens_.stopped()) leave_out(base);
  ledger_.complete = !lens_.stopped();
  return std::move(ledger_);
}

}  // namespace

Ledger ledger_of(const account::Account& account, const LedgerOptions& options) {
  try {
    return Book(account, options).write();
  } catch (const Stopped&) {
    Ledger nothing;
    nothing.complete = false;
    return nothing;
  }
}

std::string status_word(LedgerSentence::Status status) {
  switch (status) {
    case LedgerSentence::Status::moves:
      return "moves";
    case LedgerSentence::Status::reaches:
      return "reaches";
    case LedgerSentence::Status::declares:
      return "declares";
    case LedgerSentence::Status::idle:
      return "idle";
    case LedgerSentence::Status::unwritten:
      return "unwritten";
  }
  return "unwritten";
}

}  // namespace parley::questions
