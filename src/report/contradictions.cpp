// SPDX-License-Identifier: MIT
#include "report/contradictions.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/contradictions_parts.hpp"

namespace parley::report {
namespace {

bool is_proof_word(const std::string& word) { return word == "all" || word == "none" || word == "no"; }

void walk(const AnswerJson& json, const std::string& path, Clashes& clashes) {
  if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i)
      if (json[i].is_structured()) walk(json[i], below(path, i), clashes);
    return;
  }
  look_at_object(json, path, clashes);
  if (member(json, "zone") != nullptr && member(json, "within_limits") != nullptr)
    look_at_table(json, path, clashes);
  if (member(json, "equilibria") != nullptr && member(json, "equilibrium_counts") != nullptr)
    look_at_game(json, path, clashes);
  if (member(json, "forced") != nullptr && member(json, "excluded") != nullptr)
    look_at_logic(json, path, clashes);
  if (member(json, "by_alternative") != nullptr && member(json, "self_tests") != nullptr)
    look_at_sections(json, path, clashes);
  if (const AnswerJson* claims = member(json, "claims"); claims != nullptr && claims->is_object()) {
    look_at_claims(*claims, below(path, "claims"), clashes);
    look_at_ends(json, path, clashes);
  }
  if (member(json, "verdict") != nullptr && member(json, "without_own_rows") != nullptr)
    look_at_claim(json, path, clashes);
  for (const auto& [key, value] : json.items())
    if (value.is_structured()) walk(value, below(path, key), clashes);
}

/// all, some or no worlds, and proved: against the share of the worlds drawn.
void proof_against_share(const AnswerJson& object, const std::string& word, double share,
                         const std::string& path, Clashes& clashes) {
  if (word == "all" && share < 1 - kRounding)
    clashes.add("proof-against-share", {path},
                fmt::format("proved for all worlds, and true in a share of {} of those drawn", share));
  if (word != "all" && share > kRounding)
    clashes.add("proof-against-share", {path},
                fmt::format("proved for no world, and true in a share of {} of those drawn", share));
  static_cast<void>(object);
}

void look_at_zone(const AnswerJson& zone, const std::string& path, Clashes& clashes) {
  const bool possible = yes(zone, "possible"), necessary = yes(zone, "necessary");
  const auto share = number(zone, "share");
  if (necessary && !possible)
    clashes.add("necessary-not-possible", {path}, "a zone in every world, and in none");
  if (necessary && share) proof_against_share(zone, "all", *share, path, clashes);
  if (!possible && yes(zone, "proved") && share) proof_against_share(zone, "none", *share, path, clashes);
  if (!possible && share && *share > kRounding)
    clashes.add("possible-against-share", {path},
                "a zone that is not possible, and is there in drawn worlds");
}

}  // namespace

std::optional<double> number(const AnswerJson& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

bool yes(const AnswerJson& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

const AnswerJson* member(const AnswerJson& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string below(const std::string& path, const std::string& key) {
  std::string escaped;
  for (const char c : key) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return path + "/" + escaped;
}

std::string below(const std::string& path, std::size_t index) { return path + "/" + std::to_string(index); }

void look_at_object(const AnswerJson& object, const std::string& path, Clashes& clashes) {
  const auto share = number(object, "share"), low = number(object, "low"), high = number(object, "high");
  if (share && (*share < 0 || *share > 1 + kRounding))
    clashes.add("no-share", {path}, fmt::format("a share of worlds of {}", *share));
  if (low && high && *low > *high + kRounding)
    clashes.add("ends-reversed", {path}, fmt::format("a range from {} to {}", *low, *high));
  if (share && low && high && (*share < *low - kRounding || *share > *high + kRounding))
    clashes.add("share-outside-its-interval", {path},
                fmt::format("a share of {} outside its own interval, {} to {}", *share, *low, *high));
  if (member(object, "possible") != nullptr && member(object, "necessary") != nullptr)
    look_at_zone(object, path, clashes);
  const AnswerJson* proof = member(object, "proved");
  if (proof == nullptr || !share) return;
  // `proved` is a word of its own, or says that the word beside it is a proof.
  if (proof->is_string() && is_proof_word(proof->get<std::string>()))
    proof_against_share(object, proof->get<std::string>(), *share, path, clashes);
  for (const char* key : {"in", "in_worlds"})
    if (const AnswerJson* word = member(object, key);
        word != nullptr && word->is_string() && yes(object, "proved")) {
      if (word->get<std::string>() == "some")
        clashes.add("proof-of-some", {path}, "proved, and neither for all worlds nor for none");
      else
        proof_against_share(object, word->get<std::string>(), *share, path, clashes);
    }
}

std::vector<Contradiction> contradictions_in(const nlohmann::ordered_json& answer) {
  Clashes clashes;
  if (answer.is_structured()) walk(answer, "", clashes);
  return clashes.take();
}

void withdraw(nlohmann::ordered_json& answer, const std::vector<Contradiction>& found) {
  for (const auto& each : found)
    for (const auto& where : each.where) {
      auto& object = answer[nlohmann::ordered_json::json_pointer(where)];
      if (!object.is_object()) continue;
      for (auto& [key, value] : object.items())
        if (!value.is_structured() && key != "id") value = nullptr;
      object["withdrawn"] = true;
    }
}

nlohmann::ordered_json contradictions_json(const std::vector<Contradiction>& found) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& each : found)
    list.push_back({{"rule", each.rule}, {"where", each.where}, {"words", each.words}});
  return list;
}

}  // namespace parley::report
