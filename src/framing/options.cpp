// SPDX-License-Identifier: MIT
#include "framing/options.hpp"

#include <fmt/format.h>

#include <optional>

#include "expression/exact.hpp"

namespace parley::framing {
namespace {

constexpr std::size_t kLongestShare = 40;

struct WordOption {
  std::string_view name;
  std::string Options::* member;
  std::vector<std::string_view> words;
};

const std::vector<WordOption>& word_options() {
  static const std::vector<WordOption> table = {
      {"binding", &Options::binding, {"insists", "presses", "none"}},
      {"no_deal", &Options::no_deal, {"outlook", "status_quo"}},
      {"between", &Options::between, {"nearer", "stated"}},
      {"threats", &Options::threats, {"lifted", "literal"}},
      {"groups", &Options::groups, {"surely", "perhaps"}},
  };
  return table;
}

std::optional<mpq_class> read_share(std::string_view text) {
  if (text.size() > kLongestShare) return std::nullopt;
  auto value = expression::exact_number(text);
  return value && *value >= 0 && *value <= 1 ? value : std::nullopt;
}

}  // namespace

const std::vector<OptionSpec>& option_specs() {
  static const std::vector<OptionSpec> specs = {
      {"binding", "insists|presses|none", "the weakest stance that binds: nothing else is signed"},
      {"no_deal", "outlook|status_quo", "what a party compares a package with"},
      {"between", "nearer|stated",
       "whether levels nearer to a wanted level are better, or only what is stated counts"},
      {"threats", "lifted|literal",
       "whether any agreement that its maker signs lifts a threat about demands"},
      {"groups", "surely|perhaps", "whether a group has only its sure members or the possible ones too"},
      {"consequences", "LOW..HIGH",
       "total weight of consequences beside the issues, as shares, for example 0..0.5"},
  };
  return specs;
}

std::string set_option(Options& options, std::string_view name, std::string_view value) {
  for (const WordOption& option : word_options()) {
    if (option.name != name) continue;
    for (const auto word : option.words)
      if (word == value) {
        options.*option.member = std::string(value);
        return "";
      }
    return fmt::format("option {} takes one of {}, not '{}'", name, fmt::join(option.words, ", "), value);
  }
  if (name == "consequences") {
    const auto dots = value.find("..");
    const bool two = dots != std::string_view::npos;
    const auto low = two ? read_share(value.substr(0, dots)) : std::nullopt;
    const auto high = two ? read_share(value.substr(dots + 2)) : std::nullopt;
    if (low && high && *low <= *high) {
      options.consequences_low = *low;
      options.consequences_high = *high;
      return "";
    }
    return fmt::format("option consequences takes two shares such as 0..0.5, not '{}'", value);
  }
  std::vector<std::string_view> known;
  for (const OptionSpec& spec : option_specs()) known.push_back(spec.name);
  return fmt::format("there is no option '{}' here; known: {}", name, fmt::join(known, ", "));
}

std::vector<std::pair<std::string, std::string>> option_values(const Options& options) {
  std::vector<std::pair<std::string, std::string>> list;
  for (const WordOption& option : word_options()) list.emplace_back(option.name, options.*option.member);
  list.emplace_back("consequences", fmt::format("{}..{}", expression::number_text(options.consequences_low),
                                                expression::number_text(options.consequences_high)));
  return list;
}

}  // namespace parley::framing
