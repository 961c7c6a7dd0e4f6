// SPDX-License-Identifier: MIT
// The rules about contradictions, one function for each kind of object.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "questions/answer_id.hpp"
#include "report/contradictions_parts.hpp"

namespace parley::report {
namespace {

constexpr double kNoWorld = kRounding;

std::optional<double> share_of(const AnswerJson& object, const char* key) {
  const AnswerJson* inner = member(object, key);
  return inner == nullptr ? std::nullopt : number(*inner, "share");
}

/// Are two shares counted over the same number of worlds? Only then are they the same quantity.
bool same_worlds(const AnswerJson& one, const AnswerJson& other) {
  return number(one, "of") && number(one, "of") == number(other, "of");
}

/// A package that somebody's stated limit bars, or that is worse than no deal by orders alone, is in no zone.
void look_at_package(const AnswerJson& package, const AnswerJson& zone, const std::string& path,
                     const std::string& zone_path, Clashes& clashes) {
  const auto inside = share_of(package, "in_zone"), whole = number(zone, "share");
  if (!inside) return;
  if (whole && *inside > *whole + kRounding)
    clashes.add(
        "package-against-zone", {path, zone_path},
        fmt::format("a package is acceptable to all in a share of {} of worlds, and a zone is there in {}",
                    *inside, *whole));
  if (*inside > kNoWorld && !yes(zone, "possible"))
    clashes.add("package-against-zone", {path, zone_path},
                "a package is acceptable to all in some world, and no zone is possible");
  if (*inside <= kNoWorld) return;
  for (const auto& [party, standing] : package.items()) {
    const AnswerJson* crosses = member(standing, "crosses");
    if (crosses != nullptr && crosses->is_array() && !crosses->empty())
      clashes.add(
          "package-against-limit", {path},
          fmt::format("a package is acceptable to all in some world, and crosses what {} will not sign",
                      party));
    const AnswerJson* orders = member(standing, "by_orders");
    if (orders != nullptr && orders->is_string() && *orders == "dead")
      clashes.add(
          "package-against-orders", {path},
          fmt::format("a package is acceptable to all in some world, and excluded for {} by orders", party));
  }
}

/// Where a table has no zone, somebody may open one: in no more worlds than there are without.
void look_at_closed(const AnswerJson& table, const char* key, double closed, const std::string& path,
                    Clashes& clashes) {
  const AnswerJson* list = member(table, key);
  if (list == nullptr || !list->is_array()) return;
  for (std::size_t i = 0; i < list->size(); ++i)
    if (const auto share = number((*list)[i], "share"); share && *share > closed + kRounding)
      clashes.add(
          "opener-against-zone", {below(below(path, key), i), below(path, "zone")},
          fmt::format("`{}`: a share of {} of worlds, and only {} are without a zone", key, *share, closed));
}

constexpr std::pair<const char*, const char*> kWithin[] = {
    {"nash", "seq"},   {"nash", "smr"},   {"nash", "gmr"},  {"nash", "ssym"},  {"ssym", "seq"},
    {"ssym", "smr"},   {"seq", "gmr"},    {"smr", "gmr"},   {"cnash", "nash"}, {"cnash", "cseq"},
    {"cnash", "csmr"}, {"cnash", "cgmr"}, {"cseq", "cgmr"}, {"csmr", "cgmr"}};

std::map<std::string, std::pair<const AnswerJson*, std::string>> states_of(const AnswerJson& lists,
                                                                           const char* concept_name,
                                                                           const std::string& path) {
  std::map<std::string, std::pair<const AnswerJson*, std::string>> states;
  const AnswerJson* list = member(lists, concept_name);
  if (list == nullptr || !list->is_array()) return states;
  for (std::size_t i = 0; i < list->size(); ++i)
    if (const AnswerJson* state = member((*list)[i], "state"); state != nullptr)
      states.emplace(state->dump(), std::pair{&(*list)[i], below(below(path, concept_name), i)});
  return states;
}

std::string proof_word(const AnswerJson& state) {
  const AnswerJson* proof = member(state, "proved");
  return proof != nullptr && proof->is_string() ? proof->get<std::string>() : "";
}

/// Of concepts one of which contains the other: as many worlds or more, and a proof of the one is one of the
/// other.
void look_at_inclusions(const AnswerJson& lists, const std::string& path, Clashes& clashes) {
  for (const auto& [inner, outer] : kWithin) {
    const auto wider = states_of(lists, outer, path);
    for (const auto& [number_of, found] : states_of(lists, inner, path)) {
      const auto other = wider.find(number_of);
      if (other == wider.end()) continue;
      const auto one = number(*found.first, "share"), two = number(*other->second.first, "share");
      const std::string proof = proof_word(*found.first), proof_two = proof_word(*other->second.first);
      if (one && two && *one > *two + kRounding)
        clashes.add("concept-against-concept", {found.second, other->second.second},
                    fmt::format("a state holds under {} in more worlds than under {}, which contains it",
                                inner, outer));
      if (proof == "all" && (proof_two == "none" || (two && *two < 1 - kRounding)))
        clashes.add(
            "concept-against-concept", {found.second, other->second.second},
            fmt::format("a state is proved under {}, and not so under {}, which contains it", inner, outer));
    }
  }
}

void look_at_present(const AnswerJson& game, const std::string& path, Clashes& clashes) {
  const AnswerJson* now = member(game, "now");
  const AnswerJson* states = now == nullptr ? nullptr : member(*now, "states");
  const AnswerJson* equilibrium = now == nullptr ? nullptr : member(*now, "equilibrium");
  if (states == nullptr || equilibrium == nullptr || states->size() != 1) return;
  const AnswerJson* state = member((*states)[0], "state");
  if (state == nullptr || number(*now, "worlds") != number(game, "worlds")) return;
  for (const auto& [named, count] : equilibrium->items()) {
    const auto listed = states_of(game["equilibria"], named.c_str(), below(path, "equilibria"));
    const auto found = listed.find(state->dump());
    if (found == listed.end()) continue;
    const auto one = number(count, "share"), two = number(*found->second.first, "share");
    if (one && two && std::abs(*one - *two) > kRounding)
      clashes.add(
          "two-values", {below(below(below(path, "now"), "equilibrium"), named), found->second.second},
          fmt::format("the present holds under {} in a share of {} of worlds, and of {}", named, *one, *two));
  }
}

using Place = std::pair<std::string, std::string>;  ///< variable, level

std::set<Place> places_in(const AnswerJson& column, const char* key) {
  std::set<Place> places;
  if (const AnswerJson* list = member(column, key); list != nullptr && list->is_array())
    for (const auto& one : *list)
      if (one.is_object()) places.emplace(one.value("variable", ""), one.value("level", ""));
  return places;
}

/// The answer of a self-test's base, or of the ledger, about the zone of the table that is printed first.
void look_at_zone_words(const AnswerJson& list, const char* id_key, const char* word_key,
                        const std::string& id, const AnswerJson& zone, const std::string& zone_path,
                        const std::string& path, Clashes& clashes) {
  if (!list.is_array()) return;
  const bool never = yes(zone, "proved") && !yes(zone, "possible"), always = yes(zone, "necessary");
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].is_object() || list[i].value(id_key, "") != id) continue;
    const std::string word = list[i].value(word_key, "");
    if ((never && word != "no") || (always && word != "all"))
      clashes.add("two-values", {below(path, i), zone_path},
                  fmt::format("the zone is {} by proof in one section, and there in {} worlds in another",
                              never ? "excluded" : "certain", word));
  }
}

}  // namespace

void look_at_table(const AnswerJson& table, const std::string& path, Clashes& clashes) {
  const AnswerJson& zone = table["zone"];
  const std::string zone_path = below(path, "zone");
  const auto share = number(zone, "share");
  if (const AnswerJson* packages = member(table, "packages"); packages != nullptr && packages->is_object())
    for (const auto& [id, package] : packages->items())
      if (package.is_object())
        look_at_package(package, zone, below(below(path, "packages"), id), zone_path, clashes);
  for (const char* key : {"best", "ranked"})
    if (const AnswerJson* list = member(table, key); list != nullptr && list->is_array())
      for (std::size_t i = 0; i < list->size(); ++i)
        look_at_package((*list)[i], zone, below(below(path, key), i), zone_path, clashes);
  if (const AnswerJson* within = member(table, "within_limits");
      within != nullptr && *within == "0" && share && *share > kNoWorld)
    clashes.add("limits-against-zone", {zone_path}, "no package is within the limits, and a zone is there");
  if (!share || !yes(table, "complete")) return;
  for (const char* key : {"openers", "openers_by_limits", "conflicts", "relaxations"})
    look_at_closed(table, key, 1 - *share, path, clashes);
  if (const auto none = share_of(table, "no_opener"); none && *none > 1 - *share + kRounding)
    clashes.add("opener-against-zone", {below(path, "no_opener"), zone_path},
                "more worlds in which nobody can open a zone than worlds without one");
}

void look_at_game(const AnswerJson& game, const std::string& path, Clashes& clashes) {
  look_at_inclusions(game["equilibria"], below(path, "equilibria"), clashes);
  if (const AnswerJson* stable = member(game, "stable"); stable != nullptr && stable->is_object())
    for (const auto& [who, lists] : stable->items())
      if (lists.is_object()) look_at_inclusions(lists, below(below(path, "stable"), who), clashes);
  const AnswerJson& counts = game["equilibrium_counts"];
  // What is unknown may be an improvement of one and is none of a coalition: these families then part.
  const AnswerJson* known = member(game, "preferences_known");
  const bool apart = known != nullptr && *known == false;
  for (const auto& [inner, outer] : kWithin)
    if (const auto one = number(counts, inner), two = number(counts, outer);
        one && two && *one > *two && !(apart && std::string_view(inner) == "cnash" && outer[0] != 'c'))
      clashes.add("concept-against-concept", {below(path, "equilibrium_counts")},
                  fmt::format("more states hold under {} than under {}, which contains it", inner, outer));
  look_at_present(game, path, clashes);
}

void look_at_logic(const AnswerJson& column, const std::string& path, Clashes& clashes) {
  const auto forced = places_in(column, "forced"), excluded = places_in(column, "excluded");
  for (const auto& place : forced)
    if (excluded.contains(place))
      clashes.add("forced-and-excluded", {path},
                  fmt::format("{} is {}: forced, and excluded", place.first, place.second));
  const AnswerJson* states = member(column, "consistent");
  if (states == nullptr || !states->is_array()) return;
  for (std::size_t i = 0; i < states->size(); ++i) {
    if (!(*states)[i].is_object()) continue;
    for (const auto& [variable, level] : (*states)[i].items()) {
      if (!level.is_string()) continue;
      if (excluded.contains({variable, level.get<std::string>()}))
        clashes.add("excluded-and-listed", {below(below(path, "consistent"), i)},
                    fmt::format("{} is {}: excluded, and in a state that agrees with every row", variable,
                                level.get<std::string>()));
      const auto must = forced.lower_bound({variable, ""});
      if (must != forced.end() && must->first == variable && must->second != level.get<std::string>())
        clashes.add("forced-and-not-so", {below(below(path, "consistent"), i)},
                    fmt::format("{} is forced to be {}, and {} in a state that agrees with every row",
                                variable, must->second, level.get<std::string>()));
    }
  }
  if (yes(column, "all_counted"))
    if (const auto count = number(column, "count"); count && *count < static_cast<double>(states->size()))
      clashes.add("two-values", {path}, "more consistent states are listed than counted");
}

void look_at_claims(const AnswerJson& claims, const std::string& path, Clashes& clashes) {
  std::map<std::string, std::pair<std::string, std::string>> seen;  // test -> verdict, id
  for (const auto& [id, claim] : claims.items()) {
    if (!claim.is_object() || !yes(claim, "proved")) continue;
    const std::string test = claim.value("test", ""), verdict = claim.value("with_own_rows", "");
    if (test.empty() || (verdict != "entailed" && verdict != "fails")) continue;
    const auto [found, fresh] = seen.emplace(test, std::pair{verdict, id});
    if (!fresh && found->second.first != verdict)
      clashes.add("claim-against-claim", {below(path, id), below(path, found->second.second)},
                  "two claims are put to one test, and one follows by proof and the other fails");
  }
}

void look_at_claim(const AnswerJson& claim, const std::string& path, Clashes& clashes) {
  const std::string verdict = claim.value("verdict", "");
  const auto share = number(claim, "share");
  if (verdict == "entailed" && share && *share < 1 - kRounding)
    clashes.add("verdict-against-share", {path}, fmt::format("entailed, and true in a share of {}", *share));
  const AnswerJson* columns = member(claim, "by_alternative");
  if (verdict != "entailed" || columns == nullptr || !columns->is_object()) return;
  for (const auto& [column, word] : columns->items())
    if (word == "fails" || word == "contested")
      clashes.add("verdict-against-column", {path},
                  fmt::format("entailed, and {} under {}", word.get<std::string>(), column));
}

void look_at_sections(const AnswerJson& account, const std::string& path, Clashes& clashes) {
  const std::string columns_path = below(path, "by_alternative");
  const AnswerJson& columns = account["by_alternative"];
  const AnswerJson* stability = member(account, "stability");
  const AnswerJson* games = stability == nullptr ? nullptr : member(*stability, "by_alternative");
  for (const auto& [name, column] : columns.items()) {
    const AnswerJson* zone = member(column, "zone");
    if (zone == nullptr) continue;
    const std::string zone_path = below(below(columns_path, name), "zone");
    const AnswerJson* game = games == nullptr ? nullptr : member(*games, name.c_str());
    const AnswerJson* against = game == nullptr ? nullptr : member(*game, "against_deals");
    const AnswerJson* other = against == nullptr ? nullptr : member(*against, "zone");
    if (other == nullptr || game->value("talks", "") != column.value("talks", "")) continue;
    const std::string other_path =
        below(below(below(below(below(path, "stability"), "by_alternative"), name), "against_deals"), "zone");
    const auto one = number(*zone, "share"), two = number(*other, "share");
    const bool never = yes(*zone, "proved") && !yes(*zone, "possible");
    if (two && ((never && *two > kNoWorld) || (yes(*zone, "necessary") && *two < 1 - kRounding)))
      clashes.add("proof-against-share", {zone_path, other_path},
                  "the zone is proved in one section, and the share of another denies it");
    if (one && two && same_worlds(*zone, *other) && std::abs(*one - *two) > kRounding)
      clashes.add(
          "two-values", {zone_path, other_path},
          fmt::format("a zone in a share of {} of worlds in one section, and of {} in another", *one, *two));
  }
  const AnswerJson* base = member(columns, "base");
  const AnswerJson* zone = base == nullptr ? nullptr : member(*base, "zone");
  if (zone == nullptr) return;
  const std::string id = questions::table_id(base->value("talks", ""), "zone").text(),
                    zone_path = below(below(columns_path, "base"), "zone");
  for (std::size_t i = 0; i < account["self_tests"].size(); ++i)
    if (const AnswerJson* verdicts = member(account["self_tests"][i], "verdicts"); verdicts != nullptr)
      look_at_zone_words(*verdicts, "answer", "base", id, *zone, zone_path,
                         below(below(below(path, "self_tests"), i), "verdicts"), clashes);
  if (const AnswerJson* ledger = member(account, "ledger"); ledger != nullptr)
    if (const AnswerJson* answers = member(*ledger, "answers"); answers != nullptr)
      look_at_zone_words(*answers, "id", "in", id, *zone, zone_path, below(below(path, "ledger"), "answers"),
                         clashes);
}

}  // namespace parley::report
