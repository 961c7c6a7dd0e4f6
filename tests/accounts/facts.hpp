// SPDX-License-Identifier: MIT
// What the program says of an account, under the names of its first telling: to be compared between tellings.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "account/renamed.hpp"
#include "accounts/dispute.hpp"
#include "worlds/share.hpp"

namespace parley::testing {

struct FactsOptions {
  int draws = 40;
  bool whole = false;  ///< also `run`, comparison with the rival, sensitivity: slow
};

struct Facts {
  bool reads = false;
  std::map<std::string, std::string> exact;    ///< proofs, verdicts, premises, rows, findings, flips
  std::map<std::string, worlds::Share> drawn;  ///< shares of drawn worlds
  std::vector<std::string> contradictions;     ///< "rule: words at where"
};

/// `back`: from the names of the telling to those of the first.
[[nodiscard]] Facts facts_of(const NamedTexts& texts, const account::Renaming& back,
                             const FactsOptions& options);
[[nodiscard]] account::Renaming back_names(const Dispute& dispute, const Telling& telling);

/// What two tellings of one account say otherwise: proofs, verdicts and premises exactly, shares beyond what
/// drawing can do (a chance of one in a hundred million). Empty: they are equal.
[[nodiscard]] std::vector<std::string> differences(const Facts& one, const Facts& other);

/// Everything that one random account is put through. Empty: nothing was found.
[[nodiscard]] std::vector<std::string> put_through(const Dispute& dispute, std::uint64_t seed,
                                                   const FactsOptions& options);

}  // namespace parley::testing
