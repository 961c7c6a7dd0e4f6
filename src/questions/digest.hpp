// SPDX-License-Identifier: MIT
// A fingerprint of a framed problem: what a lens is given, and nothing else. Two problems of one fingerprint
// have the same answers, so that a patch that does not reach a problem costs nothing.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "account/row.hpp"
#include "framing/consistency.hpp"
#include "framing/deals.hpp"

namespace parley::questions {

/// Two independent 64-bit hashes: by chance, two of a million problems meet with probability 2^-88.
using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;

class Digest {
 public:
  void add(std::uint64_t word);
  void add(std::string_view text);
  void add(double number);
  template <class Integer, std::enable_if_t<std::is_integral_v<Integer>, int> = 0>
  void add(Integer number) {
    add(static_cast<std::uint64_t>(number));
  }
  template <class Item>
  void add(const std::vector<Item>& list) {
    add(list.size());
    for (const auto& item : list) add(item);
  }
  template <class Key, class Item>
  void add(const std::map<Key, Item>& map) {
    add(map.size());
    for (const auto& item : map) add(item);
  }
  template <class First, class Second>
  void add(const std::pair<First, Second>& pair) {
    add(pair.first);
    add(pair.second);
  }
  void add(const mpq_class& number);
  void add(const expression::Formula& formula);
  void add(const deals::OrdinalParty& party);
  void add(const deals::Case& one);
  void add(const account::Value& value);
  /// What a row says; not where it comes from.
  void add(const account::Row& row);
  [[nodiscard]] Fingerprint value() const { return {one_, two_}; }

 private:
  std::uint64_t one_ = 0x243f6a8885a308d3, two_ = 0x13198a2e03707344;  // digits of pi
};

[[nodiscard]] Fingerprint fingerprint(const framing::Framed& framed);
[[nodiscard]] Fingerprint fingerprint(const framing::ConsistencyFrame& frame);

}  // namespace parley::questions
