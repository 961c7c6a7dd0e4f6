// SPDX-License-Identifier: MIT
#include "language/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "account/concepts.hpp"
#include "language/read.hpp"

namespace parley::language {
namespace {

/// A generated file in docs/ equals what the program generates; PARLEY_UPDATE=1 writes it anew.
void expect_generated(const std::string& name, const std::string& text) {
  const std::string path = std::string(PARLEY_SOURCE_DIR) + "/docs/" + name;
  if (std::getenv("PARLEY_UPDATE") != nullptr) std::ofstream(path) << text;
  std::ifstream stream(path);
  std::ostringstream committed;
  committed << stream.rdbuf();
  EXPECT_TRUE(committed.str() == text)
      << "docs/" << name << " is not what the tables say: run PARLEY_UPDATE=1 ./dev test language";
}

TEST(Generated, ReferencePageIsCurrent) { expect_generated("language-reference.md", reference_page()); }
TEST(Generated, SchemaIsCurrent) { expect_generated("account.schema.json", json_schema()); }

TEST(Schema, KnowsEveryConceptAndField) {
  const auto schema = nlohmann::json::parse(json_schema());
  for (const account::ConceptSpec& spec : account::concepts()) {
    const auto& block = schema["properties"][std::string(spec.key)];
    const auto& row = block["anyOf"][0]["additionalProperties"]["anyOf"][0];
    for (const account::FieldSpec& field : spec.fields)
      EXPECT_TRUE(row["properties"].contains(std::string(field.name))) << spec.key << " " << field.name;
    EXPECT_EQ(row["properties"].size(), spec.fields.size() + account::common_fields().size());
    EXPECT_EQ(row["additionalProperties"], false);
  }
}

TEST(Reference, MarksWhatNoLensReadsAsDraft) {
  const std::string page = reference_page();
  for (const account::ConceptSpec& spec : account::concepts()) {
    const bool draft = page.find("### " + std::string(spec.key) + " (draft)\n") != std::string::npos;
    EXPECT_EQ(draft, spec.read_by.empty()) << spec.key;
  }
}

/// Examples are what an analyst copies: each must be read by its own field.
TEST(Reference, EveryExampleIsReadByItsField) {
  for (const account::ConceptSpec& spec : account::concepts())
    for (const account::FieldSpec& field : spec.fields) {
      if (spec.key == "alternatives" && field.name == "set") continue;  // read with the fields that it sets
      std::vector<Diagnostic> diagnostics;
      const auto value = read_value(field, std::string(field.example), {0, 1, 1, 0}, diagnostics);
      EXPECT_TRUE(value.has_value() && diagnostics.empty())
          << spec.key << "." << field.name << ": " << field.example << ": "
          << (diagnostics.empty() ? "" : diagnostics[0].message);
    }
}

}  // namespace
}  // namespace parley::language
