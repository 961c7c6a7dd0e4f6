// SPDX-License-Identifier: MIT
#include "cli/templates.hpp"

namespace parley::cli {
namespace {

constexpr const char* kDispute =
    R"yaml(# An account of a dispute, to be written over. Two invented villages share a river.
#
#   parley check @.yaml       what is wrong, what is silent, which input is worth having next
#   parley run @.yaml         the page: who could agree on what, and what stands in the way
#
# Words you may use: docs/language-reference.md. A line that starts with # is a comment.
parley: 1
account: @

# Where it comes from. Every row below names a sentence of a source (here: of this one), or an assumption.
from: report
sources:
  report:
    title: Report on the talks between the two villages
    standpoint: exercise              # advocacy, reporting, document, scholarship, statement or exercise
    quotes:
      S1: "will not sign for less than half the water"
      S2: "presses for a high payment"

# What nobody said and you have to assume: say so, and who would know better.
assumptions:
  A1: {is: that more water is better for everybody downstream, owner: analyst, would_know: the farmers}

actors:
  upper: the village upstream
  lower: the village downstream

# What is to be settled. Levels go from lowest to highest; `now` is what holds without a deal.
issues:
  water:   {settled_by: [upper, lower], levels: [little, half, plenty], now: little}
  payment: {settled_by: [upper, lower], levels: [nothing, low, high], now: nothing}

# Who sits at the table, and about what.
talks:
  spring: {parties: [upper, lower], issues: [water, payment]}

# What each side says it wants: `insists` binds (no signature for less), `presses` and `asks` are bids.
positions:
  lower_water:   {by: lower, on: water, insists: at least half, from: report.S1}
  upper_payment: {by: upper, on: payment, presses: high, from: report.S2}

# What each side would rather have, best first. Orders are enough: no numbers are needed.
preferences:
  upper_water_order:   {by: upper, on: water, order: little > half > plenty}
  upper_payment_order: {by: upper, on: payment, order: high > low > nothing}
  lower_water_order:   {by: lower, on: water, order: plenty > half > little, assumed: A1}
  lower_payment_order: {by: lower, on: payment, order: nothing > low > high}

# Which issue weighs more.
saliences:
  upper_weighs: {by: upper, order: payment > water}

# Bundles that somebody talks about: the page says where each of them lies.
packages:
  halfway: {options: {water: half, payment: low}}

# Another reading of the same text, tried beside the first and never mixed with it.
alternatives:
  all_of_it: {set: {lower_water.insists: plenty}, because: "the report may mean all of the water"}
)yaml";

constexpr const char* kMinimal = R"yaml(# Ten lines are enough. Two invented villages share a river.
parley: 1
account: @
from: talk                                    # where every row below comes from
sources: {talk: {title: What the two villages say, standpoint: exercise}}
actors: {upper: the village upstream, lower: the village downstream}
issues:
  water: {settled_by: [upper, lower], levels: [little, half, plenty], now: little}
  payment: {settled_by: [upper, lower], levels: [nothing, low, high], now: nothing}
talks: {spring: {parties: [upper, lower], issues: [water, payment]}}
preferences:
  upper_water: {by: upper, on: water, order: little > half > plenty}
  upper_payment: {by: upper, on: payment, order: high > low > nothing}
  lower_water: {by: lower, on: water, order: plenty > half > little}
  lower_payment: {by: lower, on: payment, order: nothing > low > high}
)yaml";

}  // namespace

const std::vector<Template>& templates() {
  static const std::vector<Template> list = {
      {"dispute", "every block that a first account needs, with comments (default)", kDispute},
      {"minimal", "the fewest lines that run: orders only", kMinimal},
  };
  return list;
}

std::string filled(const Template& form, const std::string& name) {
  std::string text;
  for (const char c : std::string_view(form.text)) {
    if (c == '@')
      text += name;
    else
      text += c;
  }
  return text;
}

}  // namespace parley::cli
