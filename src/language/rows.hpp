// SPDX-License-Identifier: MIT
// One file's YAML -> rows. What the rows say together is looked at later (checks.hpp).
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "account/account.hpp"
#include "language/codes.hpp"
#include "language/yaml.hpp"

namespace parley::language {

/// A line `row.field: value` of an alternative: its value is read once all rows are known.
struct Setting {
  std::string key;
  Place key_place;
  YamlNode value;
};

struct AlternativeDraft {
  std::size_t row = 0;  ///< index into FileDraft::rows
  std::vector<Setting> settings;
};

struct FileDraft {
  std::uint32_t file = 0;
  bool empty = true;  ///< nothing but comments
  std::optional<account::Value> version, name, title, revises, without;
  bool versioned = false, named = false;  ///< `parley:` and `account:` are there, right or wrong
  std::vector<account::Field> clock;
  std::vector<account::Field> heads;  ///< `from`, `says`, ... at the head of the file and of blocks
  std::vector<account::Row> rows;
  std::vector<AlternativeDraft> alternatives;
};

[[nodiscard]] FileDraft rows_of(const YamlNode& root, std::uint32_t file, Report& report);

}  // namespace parley::language
