// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "questions/claim_test.hpp"
#include "questions/claims.hpp"

namespace parley::questions {

using account::Row;
using V = ClaimVerdict;

std::string claim_words(const Row& claim) {
  const auto text = [&](const char* field) {
    const auto* value = claim.value(field);
    return value == nullptr ? std::string() : value->text;
  };
  const std::string given = claim.value("given") == nullptr ? "" : fmt::format(", given {}", text("given"));
  if (claim.value("not_testable")) return "";
  if (claim.value("entails")) return text("entails") + given;
  if (claim.value("possible")) return text("possible") + " is possible" + given;
  if (claim.value("likely")) return text("likely") + " is likely" + given;
  if (claim.value("unlikely")) return text("unlikely") + " is unlikely" + given;
  if (claim.value("necessary")) return fmt::format("{} needs {}", text("for"), text("necessary"));
  if (claim.value("sufficient")) return fmt::format("{} suffices for {}", text("sufficient"), text("for"));
  if (claim.value("not_sufficient"))
    return fmt::format("{} does not suffice for {}", text("not_sufficient"), text("for"));
  if (claim.value("likelier"))
    return fmt::format("{} is likelier than {}{}", text("likelier"), text("than"), given);
  if (claim.value("more"))
    return fmt::format("{} is more than {}{}", text("more"), text("less"),
                       claim.value("seen_by") ? ", as seen by " + text("seen_by") : "");
  if (claim.value("matters"))
    return fmt::format("{} matter{} for {}", fmt::join(claim.names("matters"), ", "),
                       claim.names("matters").size() == 1 ? "s" : "", text("for"));
  if (claim.value("takes"))
    return fmt::format("{} takes a share ({}) of what {} has at stake", text("takes"), text("share"),
                       text("of"));
  if (claim.value("asks_more"))
    return fmt::format("{} asks more of {} than {}", text("asks_more"), text("of"), text("than"));
  return "";
}

std::string verdict_word(ClaimVerdict verdict) {
  switch (verdict) {
    case V::fails:
      return "fails";
    case V::not_testable:
      return "not_testable";
    case V::undetermined:
      return "undetermined";
    case V::contested:
      return "contested";
    case V::asserted:
      return "asserted";
    case V::holds:
      return "holds";
    case V::entailed:
      return "entailed";
  }
  return "";
}

}  // namespace parley::questions
