// SPDX-License-Identifier: MIT
// Everything that an account says, places apart, as text: two accounts are the same iff their dumps are.
// Shares no code with the writer.
#pragma once
#include <map>
#include <string>

#include "account/account.hpp"

namespace parley::testing {

inline std::string dump(const account::Value& value) {
  std::string out = std::to_string(static_cast<int>(value.shape)) + "<" + value.text + ">";
  if (value.tree) out += "T" + expression::to_text(*value.tree);
  if (value.quantity) {
    const auto& q = *value.quantity;
    out += "Q" + std::to_string(q.low.get_d()) + "," + std::to_string(q.high.get_d()) + "," + q.unit + "," +
           q.words + std::to_string(q.low_open) + std::to_string(q.high_open) + std::to_string(q.no_low) +
           std::to_string(q.no_high) + std::to_string(static_cast<int>(q.trend)) + std::to_string(q.unknown);
  }
  for (std::size_t i = 0; i < value.items.size(); ++i)
    out += "[" + (i < value.keys.size() ? value.keys[i] + ":" : std::string()) + dump(value.items[i]) + "]";
  for (const auto& tier : value.tiers) {
    out += ">";
    for (const auto& name : tier) out += "=" + name;
  }
  for (const auto& name : value.from) out += "F" + name;
  for (const auto& name : value.assumed) out += "A" + name;
  return out;
}

inline std::string dump(const account::Row& row) {
  std::string out = row.id + "{";
  for (const auto& field : row.fields) out += field.name + "=" + dump(field.value) + ";";
  const auto& o = row.origin;
  const auto list = [&](const char* mark, const std::vector<std::string>& names) {
    for (const auto& name : names) out += std::string(mark) + name;
  };
  list("F", o.from);
  list("A", o.assumed);
  list("I", o.inventory);
  return out + "|" + o.says + "|" + o.via + "|" + o.status + "|" + o.departs + "|" + o.because + "|" +
         o.note + (row.made ? "!" : "") + "}\n";
}

/// Rows by block: the writer keeps their order inside a block, and puts the blocks together.
inline std::string dump(const account::Account& account) {
  std::string out = account.name + "|" + account.title + "|";
  for (const auto& field : account.clock) out += field.name + "=" + dump(field.value) + ";";
  std::map<std::string, std::string> blocks;
  for (const auto& row : account.rows) blocks[row.concept_name + (row.made ? "!" : "")] += dump(row);
  for (const auto& [name, rows] : blocks) out += "\n" + name + "\n" + rows;
  return out;
}

}  // namespace parley::testing
