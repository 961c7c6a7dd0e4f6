// SPDX-License-Identifier: MIT
// A property over many random cases with a fixed seed: rc::check alone runs 100 cases, each call in one
// process the same ones. RC_PARAMS does not change these runs; the seed is the one to change by hand when
// hunting.
#pragma once
#include <rapidcheck.h>

#include <cstdint>
#include <iostream>
#include <utility>

namespace parley::testing {

template <typename Testable>
[[nodiscard]] bool holds_for(int cases, Testable&& testable, std::uint64_t seed = 1) {
  rc::detail::TestMetadata metadata;
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = cases;
  const auto result = rc::detail::checkTestable(std::forward<Testable>(testable), metadata, params);
  const bool passed = result.template is<rc::detail::SuccessResult>();
  if (!passed) rc::detail::printResultMessage(result, std::cerr);
  return passed;
}

}  // namespace parley::testing
