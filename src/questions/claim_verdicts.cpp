// SPDX-License-Identifier: MIT
// What tests come to: the verdict of one, and over the readings of one account.
#include "questions/claims_parts.hpp"

namespace parley::questions {

using Status = Tested::Status;
using V = ClaimVerdict;

V verdict_of(const Tested& tested, const mpq_class& holds) {
  switch (tested.status) {
    case Status::yes:
      return V::entailed;
    case Status::no:
      return V::fails;
    case Status::untestable:
      return V::not_testable;
    case Status::open:
      break;
  }
  if (!tested.share || tested.share->of == 0) return V::undetermined;
  const mpq_class yes(tested.share->yes), of(tested.share->of);
  if (yes >= holds * of) return V::holds;
  if (tested.against)
    return mpq_class(tested.against->yes) >= holds * mpq_class(tested.against->of) ? V::fails
                                                                                   : V::undetermined;
  return yes <= (1 - holds) * of ? V::fails : V::undetermined;
}

bool stands(V verdict) { return verdict == V::entailed || verdict == V::holds; }

ClaimResult result_of(const Tested& tested, const mpq_class& holds) {
  return {verdict_of(tested, holds), tested.status == Status::yes || tested.status == Status::no,
          tested.share, tested.why};
}

V over_columns(const std::map<std::string, ClaimResult>& columns) {
  const V base = columns.at("base").verdict;
  if (base == V::not_testable) return base;
  V weakest = base;
  for (const auto& [id, result] : columns) {
    if (result.verdict == V::not_testable || result.verdict == base) continue;
    // A proof here and a count there agree, and so does what one of them only says.
    const bool said = result.verdict == V::asserted;
    if (!stands(base) || !(said || stands(result.verdict))) return V::contested;
    weakest = said || weakest == V::asserted ? V::asserted : V::holds;
  }
  return weakest;
}

}  // namespace parley::questions
