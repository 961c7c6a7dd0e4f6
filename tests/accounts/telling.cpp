// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "accounts/dispute.hpp"

namespace parley::testing {
namespace {

/// Blocks in the order of the first telling.
constexpr const char* kBlocks[] = {"assumptions", "actors",      "parts",       "groups",       "issues",
                                   "quantities",  "agreements",  "outcomes",    "talks",        "packages",
                                   "positions",   "preferences", "saliences",   "reservations", "objectives",
                                   "commitments", "mechanisms",  "orderings",   "beliefs",      "warnings",
                                   "history",     "claims",      "alternatives"};

class Teller {
 public:
  Teller(const Telling& telling) : telling_(telling), order_(telling.order) {}

  std::string row(const DisputeRow& row) {
    return fmt::format("  {}: {{{}}}\n", telling_.names.at(row.id), fields(row.fields));
  }

  std::string fields(const std::string& marked) {
    std::string out;
    for (std::size_t at = 0; at < marked.size(); ++at) {
      if (marked[at] == '<' && at + 1 < marked.size() &&
          std::isdigit(static_cast<unsigned char>(marked[at + 1])) != 0) {
        const auto end = marked.find('>', at);
        out += telling_.names.at(std::stoul(marked.substr(at + 1, end - at - 1)));
        at = end;
      } else if (marked.compare(at, 2, "[|") == 0) {
        const auto end = marked.find("|]", at);
        out += set(marked.substr(at + 2, end - at - 2));
        at = end + 1;
      } else {
        out += marked[at];
      }
    }
    return out;
  }

  template <typename T>
  void order(std::vector<T>& list) {
    if (telling_.order != 0) order_.shuffle(list);
  }
  std::size_t below(std::size_t n) { return telling_.order == 0 ? 0 : order_.below(n); }

 private:
  std::string set(const std::string& marked) {
    std::vector<std::string> items;
    std::size_t from = 0;
    for (auto bar = marked.find('|'); bar != std::string::npos; bar = marked.find('|', from)) {
      items.push_back(fields(marked.substr(from, bar - from)));
      from = bar + 1;
    }
    items.push_back(fields(marked.substr(from)));
    order(items);
    return fmt::format("[{}]", fmt::join(items, ", "));
  }

  const Telling& telling_;
  Choices order_;
};

std::string blocks(Teller& teller, const std::vector<DisputeRow>& rows) {
  std::vector<std::string> names(std::begin(kBlocks), std::end(kBlocks));
  teller.order(names);
  std::string text;
  for (const auto& block : names) {
    std::vector<const DisputeRow*> own;
    for (const auto& row : rows)
      if (row.block == block) own.push_back(&row);
    if (own.empty()) continue;
    teller.order(own);
    text += block + ":\n";
    if (block != "assumptions") text += "  from: ex\n";
    for (const DisputeRow* row : own) text += teller.row(*row);
  }
  return text;
}

}  // namespace

Telling as_it_is(const Dispute& dispute) { return {dispute.names, 0, 1}; }

Telling turned_round(const Dispute& dispute, std::uint64_t seed) {
  std::vector<std::size_t> by_name(dispute.names.size());
  for (std::size_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
  std::sort(by_name.begin(), by_name.end(),
            [&](std::size_t x, std::size_t y) { return dispute.names[x] < dispute.names[y]; });
  Telling telling{std::vector<std::string>(dispute.names.size()), seed + 1, 1 + seed % 3};
  for (std::size_t rank = 0; rank < by_name.size(); ++rank)
    telling.names[by_name[rank]] = fmt::format("n{:03}", by_name.size() - rank);
  return telling;
}

Telling misnamed(const Dispute& dispute, std::uint64_t seed) {
  Telling telling = turned_round(dispute, seed);
  std::vector<std::string> taken = {"consistency", "findings", "claim", "stability",
                                    "x.zone",      "late_x",   "x",     "zone",
                                    "x.fails",     "opens",    "y.now", "reservation"};
  Choices choices(seed + 77);
  choices.shuffle(taken);
  // Talks and claims first: their names begin the ids of answers.
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < dispute.names.size(); ++i)
    if (dispute.names[i].starts_with("talks") || dispute.names[i].starts_with("claim")) asked.push_back(i);
  for (std::size_t i = 0; i < dispute.names.size(); ++i)
    if (std::find(asked.begin(), asked.end(), i) == asked.end() && choices.one_in(4)) asked.push_back(i);
  for (std::size_t i = 0; i < asked.size() && i < taken.size(); ++i) telling.names[asked[i]] = taken[i];
  return telling;
}

NamedTexts told(const Dispute& dispute, const Telling& telling) {
  Teller teller(telling);
  std::vector<std::vector<DisputeRow>> parts(telling.files);
  for (const auto& row : dispute.rows) parts[teller.below(telling.files)].push_back(row);
  NamedTexts texts;
  for (std::size_t f = 0; f < parts.size(); ++f) {
    std::string text = "parley: 1\n";
    text += "account: base\n";
    if (f == 0) text += "sources: {ex: {title: an exercise, standpoint: exercise}}\n";
    texts.emplace_back(fmt::format("part{}.yaml", f), text + blocks(teller, parts[f]));
  }
  if (!dispute.rival.empty())
    texts.emplace_back("rival.yaml",
                       "parley: 1\naccount: other\nrevises: base\n" + blocks(teller, dispute.rival));
  return texts;
}

}  // namespace parley::testing
