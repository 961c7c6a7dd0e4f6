// SPDX-License-Identifier: MIT
// Small Genius folders in memory.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "foreign/genius.hpp"

namespace parley::testing {

/// Two discrete issues (colour: red, green; size: small, large) and one integer issue (price 1 .. 3).
inline std::string small_domain() {
  return R"(<negotiation_template>
<utility_space number_of_issues="3">
<objective index="0" name="root">
<issue index="1" name="colour" vtype="discrete">
<item index="1" value="red"/>
<item index="2" value="green"/>
</issue>
<issue index="2" name="size" vtype="discrete">
<item index="1" value="small"/>
<item index="2" value="large"/>
</issue>
<issue index="3" name="price" vtype="integer" lowerbound="1" upperbound="3"/>
</objective>
</utility_space>
</negotiation_template>
)";
}

/// A profile of it, line by line (the issues stand on lines 3, 7 and 11).
inline std::string small_profile() {
  return R"(<utility_space>
<objective index="0" name="root">
<issue index="1" name="colour" vtype="discrete">
<item index="1" value="red" evaluation="1"/>
<item index="2" value="green" evaluation="4"/>
</issue>
<issue index="2" name="size" vtype="discrete">
<item index="1" value="small" evaluation="3"/>
<item index="2" value="large" evaluation="2"/>
</issue>
<issue index="3" name="price" vtype="integer" lowerbound="1" upperbound="3">
<evaluator slope="0.4" offset="0.3" ftype="linear"/>
</issue>
<weight index="1" value="0.5"/>
<weight index="2" value="0.3"/>
<weight index="3" value="0.2"/>
</objective>
<reservation value="0.25"/>
</utility_space>
)";
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? std::string("NOT FOUND: " + from) : text.replace(at, from.size(), to);
}

using Texts = std::vector<std::pair<std::string, std::string>>;

inline foreign::GeniusReading read_texts(const Texts& texts, const foreign::GeniusOptions& options = {}) {
  std::vector<foreign::GeniusFile> files;
  for (const auto& [name, text] : texts) files.push_back({name, "talks/" + name, text});
  return foreign::read_genius_files("talks", files, options);
}

/// The small domain with one profile `a`, and perhaps constraints.json.
inline foreign::GeniusReading read_small(const std::string& profile, const std::string& constraints = "") {
  Texts texts = {{"domain.xml", small_domain()}, {"a.xml", profile}};
  if (!constraints.empty()) texts.emplace_back("constraints.json", constraints);
  return read_texts(texts);
}

/// `severity code file:line:column` of every message.
inline std::vector<std::string> heads(const foreign::GeniusReading& reading) {
  std::vector<std::string> list;
  for (const Diagnostic& d : reading.diagnostics) {
    const char* word = d.severity == Severity::error     ? "error"
                       : d.severity == Severity::warning ? "warning"
                                                         : "note";
    list.push_back(std::string(word) + " " + d.code + " " + d.file + ":" + std::to_string(d.place.line) +
                   ":" + std::to_string(d.place.column));
  }
  return list;
}

}  // namespace parley::testing
