// SPDX-License-Identifier: MIT
#include "foreign/names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "expression/characters.hpp"
#include "foreign/messages.hpp"

namespace parley::foreign {
namespace {

/// The first `length` code points of a text that is UTF-8.
std::string_view first_characters(std::string_view text, std::size_t length) {
  std::size_t at = 0;
  for (; at < text.size() && length > 0; --length)
    at += std::max<std::size_t>(expression::decode(text, at).width, 1);
  return text.substr(0, at);
}

/// The first character that without_unseen() leaves out, in words.
std::string unseen_words(std::string_view text) {
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, width] = expression::decode(text, at);
    if (width == 0) return "a byte that is no UTF-8";
    if (expression::unseen(point, before)) return expression::character_words(point);
    before = point;
    at += width;
  }
  return "";
}

}  // namespace

bool is_blank_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const auto [point, width] = expression::decode(name, at);
    const bool blank = point == ' ' || point == '\t' || point == '\n' || point == '\r' ||
                       expression::strange_blank(point) || expression::unseen(point);
    if (width == 0 || !blank) return false;
    at += width;
  }
  return true;
}

MadeName made_name(const std::string& written, const std::string& otherwise,
                   std::unordered_set<std::string>& taken) {
  MadeName made;
  std::string base = expression::without_unseen(written);
  std::replace_if(base.begin(), base.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  if (is_blank_name(written)) {
    base = otherwise;
    made.why = "has no name";
  } else if (base != written) {
    const std::string what = unseen_words(written);
    made.why = what.empty() ? "has a name of several lines"
                            : fmt::format("has a name with {}, which cannot be shown", what);
  }
  if (const auto cut = first_characters(base, kNameLength); cut.size() < base.size()) {
    base = std::string(cut) + "...";
    made.why = fmt::format("has a name of more than {} characters", kNameLength);
  }
  made.name = base;
  for (int copy = 2; !taken.insert(made.name).second; ++copy) {
    if (made.why.empty()) made.why = fmt::format("has the name `{}` of another", shown(base));
    made.name = fmt::format("{} ({})", base, copy);
  }
  return made;
}

}  // namespace parley::foreign
