// SPDX-License-Identifier: MIT
#include "questions/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "questions/findings_parts.hpp"

namespace parley::questions {
namespace {

/// Fewer accounts than this are framed anew for one finding, and for all: a hostile account ends in time.
constexpr int kMostAccountsTried = 400, kMostTriedInAll = 2'000;

/// An account without some of its rows.
account::Account without(const account::Account& account, const std::vector<std::string>& rows) {
  account::Patch patch;
  for (const auto& row : rows) {
    account::Edit edit;
    edit.kind = account::Edit::Kind::remove_row;
    edit.row = row;
    patch.edits.push_back(std::move(edit));
  }
  return account::apply(account, patch);
}

/// Accounts without some rows, each framed once.
class Without {
 public:
  Without(const Column& column) : column_(column) {}
  const Ground& of(std::vector<std::string> rows) {
    std::sort(rows.begin(), rows.end());
    auto& ground = grounds_[rows];
    if (!ground) {
      ++tried_;
      ground = std::make_unique<Ground>(without(column_.rows, rows), column_.options);
    }
    return *ground;
  }
  [[nodiscard]] int tried() const { return tried_; }

 private:
  const Column& column_;
  std::map<std::vector<std::string>, std::unique_ptr<Ground>> grounds_;
  int tried_ = 0;
};

/// Every set of `size` of the candidates without which the finding is gone.
std::vector<std::vector<std::string>> sets_of(const Found& found, const std::vector<std::string>& candidates,
                                              std::size_t size, Without& accounts, int& left) {
  std::vector<std::vector<std::string>> list;
  std::vector<std::size_t> at(size);
  for (std::size_t i = 0; i < size; ++i) at[i] = i;
  while (size <= candidates.size() && left > 0) {
    std::vector<std::string> rows;
    for (const std::size_t i : at) rows.push_back(candidates[i]);
    --left;
    if (!found.holds(accounts.of(rows))) list.push_back(std::move(rows));
    std::size_t k = size;
    while (k > 0 && at[k - 1] == candidates.size() - size + k - 1) --k;
    if (k == 0) break;
    ++at[k - 1];
    for (std::size_t i = k; i < size; ++i) at[i] = at[i - 1] + 1;
  }
  return list;
}

/// By trying, smallest first: no assumption is made that rows only ever help.
void ablate(Found& found, const account::Account& account, Without& accounts) {
  std::vector<std::string> candidates;
  for (const auto& row : found.candidates)
    if (contestable(account, row)) append_new(candidates, {row});
  int left = std::min(kMostAccountsTried, kMostTriedInAll - accounts.tried());
  for (std::size_t size = 1; size <= kMostRemoved && found.finding.falls_without.empty() && left > 0; ++size)
    found.finding.falls_without = sets_of(found, candidates, size, accounts, left);
}

void add_origins(const account::Account& account, Found& found) {
  Finding& finding = found.finding;
  for (const auto& id : finding.rows) {
    const account::Row* row = account.find(id);
    if (row == nullptr) continue;
    const std::size_t before = finding.sentences.size() + finding.assumed.size();
    append_new(finding.sentences, row->origin.from);
    append_new(finding.assumed, row->origin.assumed);
    const bool counts = std::find(found.context.begin(), found.context.end(), id) == found.context.end();
    finding.joined += counts && finding.sentences.size() + finding.assumed.size() > before ? 1 : 0;
  }
}

/// Everything that is found before a stop; `complete` says whether that is everything.
std::vector<Found> detect(const Ground& ground, std::vector<Audit>& audits, bool& complete) {
  Audited audited = audit_of(ground);
  audits = std::move(audited.audits);
  complete = audited.complete;
  std::vector<Found> list = std::move(audited.found);
  for (auto* detector : {&pulls_of, &shuts_of, &limits_of, &openings_of}) {
    if (!complete) break;
    try {
      for (auto& found : detector(ground)) list.push_back(std::move(found));
    } catch (const Stopped&) {
      complete = false;
    }
  }
  for (auto& found : list) add_origins(ground.s().account, found);
  // What comes from one sentence restates it.
  std::erase_if(list, [](const Found& found) { return found.finding.joined < 2; });
  return list;
}

}  // namespace

Findings findings_of(const Column& base, const std::vector<Column>& readings,
                     const FindingsOptions& options) {
  const auto stopped = [&] { return options.cancel != nullptr && options.cancel->load(); };
  Findings result;
  std::vector<Found> list;
  try {
    const Ground ground(base.rows, base.options);
    list = detect(ground, result.audits, result.complete);
  } catch (const Stopped&) {
    result.complete = false;
  }
  std::stable_sort(list.begin(), list.end(), [](const Found& a, const Found& b) {
    return std::tuple(!a.finding.proved, -a.finding.joined, a.finding.kind, a.finding.id) <
           std::tuple(!b.finding.proved, -b.finding.joined, b.finding.kind, b.finding.id);
  });
  Without accounts(base);
  try {
    for (auto& found : list) {
      if (stopped()) break;
      if (options.ablate) ablate(found, base.rows, accounts);
    }
    for (const auto& reading : readings) {
      if (stopped()) break;
      const Ground other(reading.rows, reading.options);
      std::vector<bool> here;
      for (const auto& found : list) here.push_back(found.holds(other));
      for (std::size_t i = 0; i < list.size(); ++i)
        if (!here[i]) list[i].finding.not_in.push_back(reading.alternative);
    }
  } catch (const Stopped&) {
    result.complete = false;
  }
  result.complete = result.complete && !stopped();
  for (auto& found : list) result.list.push_back(std::move(found.finding));
  return result;
}

std::string kind_word(Finding::Kind kind) {
  switch (kind) {
    case Finding::Kind::needs_collide:
      return "needs-collide";
    case Finding::Kind::own_goal:
      return "own-goal";
    case Finding::Kind::shut:
      return "shut";
    case Finding::Kind::limits:
      return "limits";
    case Finding::Kind::opening:
      return "opening";
    case Finding::Kind::compliance:
      return "compliance";
    case Finding::Kind::target:
      return "target";
    case Finding::Kind::not_lifted:
      return "not-lifted";
    case Finding::Kind::undone:
      return "undone";
    case Finding::Kind::others_pay:
      return "others-pay";
    case Finding::Kind::unwanted:
      return "unwanted";
  }
  return "";
}

}  // namespace parley::questions
