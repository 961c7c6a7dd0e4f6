// SPDX-License-Identifier: MIT
#include "questions/digest.hpp"

#include <cstring>

#include "worlds/random.hpp"

namespace parley::questions {
namespace {

/// The finaliser of splitmix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

void Digest::add(std::uint64_t word) {
  one_ = mixed(one_ + word + 0x9e3779b97f4a7c15);
  two_ = mixed(two_ ^ (word * 0xd1342543de82ef95 + 1));
}

void Digest::add(std::string_view text) {
  add(text.size());
  std::uint64_t word = 0;
  std::size_t filled = 0;
  for (const char c : text) {
    word = word << 8 | static_cast<unsigned char>(c);
    if (++filled % 8 == 0) add(std::exchange(word, 0));
  }
  add(word);
}

void Digest::add(double number) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  add(bits);
}

void Digest::add(const mpq_class& number) { add(std::string_view(number.get_str())); }

void Digest::add(const expression::Formula& formula) {
  add(static_cast<int>(formula.kind));
  add(formula.value);
  add(formula.variable);
  add(formula.levels.size());
  for (int l = 0; l < formula.levels.size(); ++l) add(formula.levels.has(l));
  add(formula.parts);
}

void Digest::add(const deals::OrdinalParty& party) {
  add(party.id);
  add(party.stakes.size());
  for (const auto& stake : party.stakes) {
    add(stake.id);
    add(stake.levels);
    add(stake.better);
    add(stake.same);
    add(stake.consequence);
    add(stake.bounds);
  }
  add(party.heavier);
  add(party.alike);
  add(party.weight_bounds);
  add(party.consequence_block);
}

void Digest::add(const deals::Case& one) {
  add(one.chances);
  add(one.branches.size());
  for (const auto& branch : one.branches) {
    add(branch.done);
    add(branch.levels);
  }
}

void Digest::add(const account::Value& value) {
  add(std::string_view(value.text));
  add(value.keys);
  add(value.items);
  add(value.tiers);
  add(value.quantity.has_value());
  if (!value.quantity) return;
  add(value.quantity->low);
  add(value.quantity->high);
}

void Digest::add(const account::Row& row) {
  add(row.concept_name);
  add(row.id);
  add(row.fields.size());
  for (const auto& field : row.fields) {
    add(field.name);
    add(field.value);
  }
}

Fingerprint fingerprint(const framing::Framed& f) {
  Digest digest;
  digest.add(f.table);
  digest.add(f.names);
  digest.add(f.too_large);
  digest.add(f.only_within_limits);
  digest.add(f.by_limits && f.by_limits->excluded());
  const auto& e = f.ensemble;
  digest.add(e.issues.size());
  for (const auto& issue : e.issues) {
    digest.add(issue.name);
    for (const auto& option : issue.options) digest.add(option.name);
  }
  digest.add(e.packages);
  for (const auto& party : e.parties) {
    digest.add(party.order);
    digest.add(party.reservation_rows);
    digest.add(party.given);
    digest.add(party.ratifies);
  }
  for (const auto& limit : e.limits) {
    digest.add(limit.id);
    digest.add(limit.owner);
    digest.add(limit.doubt);
    digest.add(limit.rows);
  }
  for (const auto& chance : e.chances) {
    digest.add(chance.id);
    digest.add(chance.believed);
  }
  for (const auto& resolution : e.resolutions) {
    digest.add(resolution.packages);
    digest.add(resolution.no_deal);
    digest.add(resolution.broken);
    digest.add(resolution.unasked);
  }
  digest.add(e.all_resolutions);
  for (const auto& named : f.packages) {
    digest.add(named.id);
    digest.add(named.completions);
  }
  return digest.value();
}

Fingerprint fingerprint(const framing::ConsistencyFrame& frame) {
  Digest digest;
  digest.add(frame.graph.nodes);
  digest.add(frame.graph.rows);
  digest.add(frame.graph.graph.arcs.size());
  for (const auto& arc : frame.graph.graph.arcs) {
    digest.add(arc.from);
    digest.add(arc.to);
    digest.add(static_cast<int>(arc.sign));
    digest.add(arc.row);
  }
  digest.add(frame.conditions.variables);
  digest.add(frame.conditions.levels);
  digest.add(frame.conditions.problem.sizes);
  for (const auto& constraint : frame.conditions.problem.constraints) {
    digest.add(constraint.id);
    digest.add(constraint.owner);
    digest.add(constraint.structure);
    digest.add(constraint.formula);
  }
  return digest.value();
}

}  // namespace parley::questions
