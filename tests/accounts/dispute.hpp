// SPDX-License-Identifier: MIT
// Random small disputes: actors, issues, talks, what each wants, threatens and promises, what drives what,
// and what is claimed of it. Weights are exact, reservations often worth exactly a package, levels often tie.
// A dispute is kept as rows with marks in place of names, so that it can be told under other names, in
// another order and in several files.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accounts/choices.hpp"

namespace parley::testing {

struct DisputeRow {
  std::string block;   ///< "positions"
  std::size_t id;      ///< a name
  std::string fields;  ///< in flow style, with marks: a name is "<3>", a list that is a set "[|<1>|<2>|]"
};

struct Dispute {
  std::vector<std::string> names;  ///< "actor1", "talks1", ...: how the first telling calls them
  std::vector<DisputeRow> rows;
  std::vector<DisputeRow> rival;  ///< rows that a rival account says otherwise; may be empty
  std::size_t assumptions = 0;
};

[[nodiscard]] Dispute random_dispute(Choices& choices);

/// How a dispute is written down.
struct Telling {
  std::vector<std::string> names;  ///< by number
  std::uint64_t order = 0;         ///< 0: rows and sets as they are; else shuffled by this seed
  std::size_t files = 1;
};
[[nodiscard]] Telling as_it_is(const Dispute& dispute);
/// The alphabetical order of the names turned round, rows and sets shuffled, one to three files.
[[nodiscard]] Telling turned_round(const Dispute& dispute, std::uint64_t seed);
/// Names that end or begin like words of the program: talks called `consistency`, claims called `x.zone`.
[[nodiscard]] Telling misnamed(const Dispute& dispute, std::uint64_t seed);

using NamedTexts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] NamedTexts told(const Dispute& dispute, const Telling& telling);

}  // namespace parley::testing
