// SPDX-License-Identifier: MIT
// What orders alone prove of an ensemble: exact, no draws.
#pragma once
#include "deals/ensemble.hpp"

namespace parley::deals {

/// The most ways in which the unknown levels of one stake may fall over the branches of a case; beyond, the
/// comparison stays `open` and nothing is claimed as proved from it.
inline constexpr std::size_t kMostCorners = 4096;

struct Proof {
  Standing standing = Standing::open;
  bool exact = true;  ///< false: too many corners, `open` is only what could not be decided
};

/// How package x stands for a party under one resolution.
[[nodiscard]] Proof prove_case(const Ensemble& ensemble, const Resolution& resolution, std::size_t package,
                               std::size_t party, const OrdinalJudge& judge);

/// Fills possible, necessary, proved and the standings of packages. Needs the sampled answer for witnesses.
void prove(const Ensemble& ensemble, const EnsembleOptions& options, EnsembleAnswer& answer);

}  // namespace parley::deals
