// SPDX-License-Identifier: MIT
// A small account that claims are put to: its actors, issues, quantities and talks, and how to ask.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "language/read.hpp"
#include "questions/claims.hpp"

namespace claims {

using namespace parley;
using V = questions::ClaimVerdict;
using Rows = std::vector<std::string>;

inline constexpr const char* kHead = R"(parley: 1
account: small
sources: {ex: {title: an exercise, standpoint: exercise}}
actors:
  from: ex.S0
  a: one side
  b: the other side
issues:
  from: ex.S0
  water: {settled_by: [a, b], levels: [little, half, much], now: little}
  patrols: {chosen_by: a, levels: [withheld, sent], now: withheld}
  calm: {nature: yes, levels: [absent, present], now: present}
  treaty: {nature: yes, levels: [absent, signed], now: absent}
  state: {nature: yes, levels: [absent, full], now: absent}
quantities:
  from: ex.S0
  fear: fear
  trade: trade
  trust: trust
talks: {t: {parties: [a, b], issues: [water], from: ex.S0}}
)";

inline language::Reading read(const std::string& body) {
  auto reading = language::read_texts({{"small.yaml", kHead + body}});
  for (const auto& d : reading.diagnostics)
    EXPECT_NE(d.severity, language::Severity::error) << d.place.line << " " << d.message << "\n" << body;
  return reading;
}

inline std::vector<questions::ClaimAnswer> asked(const language::Reading& reading, int draws = 100) {
  questions::ClaimOptions options;
  options.solve.draws = draws;
  return questions::ask({{reading.base, reading.alternatives}}, options);
}

inline questions::ClaimAnswer one(const std::string& body) {
  const auto list = asked(read(body));
  EXPECT_EQ(list.size(), 1U);
  return list.empty() ? questions::ClaimAnswer{} : list.front();
}

/// The verdict of one claim by itself, beside these rows.
inline V base_of(const std::string& rows, const std::string& claim) {
  return one(rows + "claims: {c: {" + claim + ", from: ex.S1}}\n").base.verdict;
}

}  // namespace claims
