// SPDX-License-Identifier: MIT
// What sentences call those who act in a game; what each side sees of an account's game, in sentences that
// are a function of its JSON alone.
#include <fmt/format.h>

#include "report/page_parts.hpp"
#include "report/stability_words.hpp"

namespace parley::report {
namespace {

std::string between(const Json& range) {
  const double low = range[0].get<double>(), high = range[1].get<double>();
  return low == high ? percent(low) : fmt::format("{:.0f} to {:.0f} %", 100 * low, 100 * high);
}

std::string reason_words(const std::string& who, const Json& reason) {
  const std::string row = reason.value("row", ""), about = reason.value("about", "");
  if (row == about)
    return fmt::format(
        "{} takes `{}` to be kept with {}, and who made it means it with {} (ranges of that row)", who, about,
        between(reason["believes"]), between(reason["is"]));
  return fmt::format("{} goes by `{}` with {} (`{}`)", who, about, between(reason["believes"]), row);
}

std::string looks_words(const Json& game, const Json& shares) {
  std::vector<std::string> list;
  for (const auto& [dm, share] : shares.items())
    list.push_back(fmt::format("to {} in {}", called(game, dm), percent(share.get<double>())));
  return listed(list);
}

}  // namespace

std::string called(const Json& game, const std::string& decision_maker) {
  return part(game, "names").value(decision_maker, decision_maker);
}

std::vector<std::string> called(const Json& game, const Json& decision_makers) {
  std::vector<std::string> list;
  for (const auto& dm : decision_makers) list.push_back(called(game, dm.get<std::string>()));
  return list;
}

std::string mover_words(const Json& game, const std::string& mover) {
  std::vector<std::string> members;
  for (std::size_t from = 0, to = 0; to != std::string::npos; from = to + 1) {
    to = mover.find('+', from);
    members.push_back(called(game, mover.substr(from, to == std::string::npos ? to : to - from)));
  }
  return listed(members) + (members.size() > 1 ? " together" : "");
}

std::string misperception_words(const Json& game) {
  const Json& seen = part(game, "misperception");
  if (!seen.is_object() || seen.empty()) return "";
  if (!part(seen, "open").empty())
    return bullet(
        fmt::format("Rows give a side a view of its own. What follows from it is left open: {} here.",
                    no_order_words(game)));
  std::vector<std::string> reasons, apart;
  for (const auto& [dm, view] : part(seen, "views").items()) {
    for (const auto& reason : part(view, "rows")) reasons.push_back(reason_words(called(game, dm), reason));
    if (view.value("apart", 0.0) >= kLeastShareSaid)
      apart.push_back(fmt::format("{} in {}", called(game, dm), percent(view.value("apart", 0.0))));
  }
  std::string text = bullet(fmt::format(
      "Each side its own graph: {}. Whoever takes a commitment to be kept takes its maker to prefer what "
      "keeps it (elsewhere on this page it is a move like others).{}",
      fmt::join(reasons, "; "),
      apart.empty() ? ""
                    : fmt::format(" What a side sees is not what is so for {} of worlds.", listed(apart))));
  const Json& now = part(part(part(seen, "concepts"), "seq"), "now");
  if (now.empty()) return text;
  text += bullet(fmt::format(
      "Against credible replies the present looks as if it held {} of worlds. It holds, each acting on what "
      "it sees, in {}; it would in {} if everybody knew what is so.",
      looks_words(game, part(now, "looks")), percent(part(now, "holds")), percent(part(now, "informed"))));
  const std::string surprises = mover_shares(game, part(now, "surprises")),
                    rash = mover_shares(game, part(now, "rash")),
                    held = mover_shares(game, part(now, "held_back"));
  if (!surprises.empty())
    text +=
        bullet(fmt::format("A surprise: the present looks to hold to {} of worlds, and is left.", surprises));
  if (!rash.empty())
    text +=
        bullet(fmt::format("Left by what is believed alone: by {} of worlds, who would stay if they knew "
                           "what is so.",
                           rash));
  if (!held.empty())
    text +=
        bullet(fmt::format("Held back by what is believed alone: {} of worlds, who would leave if they "
                           "knew what is so.",
                           held));
  return text;
}

}  // namespace parley::report
