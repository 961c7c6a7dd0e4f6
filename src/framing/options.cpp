// SPDX-License-Identifier: MIT
#include "framing/options.hpp"

#include <fmt/format.h>

#include <charconv>

namespace parley::framing {
namespace {

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

bool read_share(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= 1;
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
    double low = 0, high = 0;
    if (dots != std::string_view::npos && read_share(value.substr(0, dots), low) &&
        read_share(value.substr(dots + 2), high) && low <= high) {
      options.consequences_low = low;
      options.consequences_high = high;
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
  list.emplace_back("consequences",
                    fmt::format("{}..{}", options.consequences_low, options.consequences_high));
  return list;
}

}  // namespace parley::framing
