// SPDX-License-Identifier: MIT
// Where situations pull against the zone of the deals lens, in sentences that are a function of the JSON
// alone.
#include <fmt/format.h>

#include "report/page_parts.hpp"
#include "report/stability_words.hpp"

namespace parley::report {
namespace {

/// The share, or the most that it may be where it is open.
double at_most(const Json& object, const char* key) {
  const Json& share = part(object, key);
  return share.value(share.contains("open") ? "high" : "share", 0.0);
}

}  // namespace

std::string against_words(const Json& game) {
  const Json& against = part(game, "against_deals");
  if (!against.value("compared", false) || at_most(against, "zone") < kLeastShareSaid) return "";
  std::string text;
  const double none = at_most(against, "zone_and_none_holds"), still = at_most(against, "zone_and_now_holds");
  if (none >= kLeastShareSaid) {
    text += bullet(fmt::format(
        "Against the zone: of the worlds in which the talks have a package that everybody prefers to "
        "no deal, in {} no such package would hold once it stood{}.",
        percent(part(against, "zone_and_none_holds")), [&] {
          const auto by = mover_shares(game, part(against, "none_holds_because_of"));
          return by.empty() ? by : fmt::format(" (every one of them would be left by {})", by);
        }()));
  }
  if (still >= kLeastShareSaid)
    text += bullet(fmt::format(
        "The present holds all the same: in {} of the worlds with such a package nobody leaves the "
        "present by moves of its own, so that only an agreement would.",
        percent(part(against, "zone_and_now_holds"))));
  for (const auto& [id, package] : part(against, "packages").items()) {
    if (package.value("in_zone", 0.0) < 0.05 || at_most(package, "left") < 0.05) continue;
    const auto by = mover_shares(game, part(package, "left_by"));
    text +=
        bullet(fmt::format("`{}` is in the zone in {} of worlds, and in {} of those it would be left{}.", id,
                           percent(package.value("in_zone", 0.0)),
                           package["left"].contains("open") ? percent(package["left"])
                                                            : percent(package["left"].value("share", 0.0)),
                           by.empty() ? by : fmt::format(" (by {})", by)));
  }
  return text;
}

}  // namespace parley::report
