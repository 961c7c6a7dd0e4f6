// SPDX-License-Identifier: MIT
// Random folders, written here from numbers that are known, must read back as these numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "foreign/folder.hpp"

namespace parley::foreign {
namespace {

struct RandomIssue {
  bool integer = false;
  int lower = 0;
  std::vector<int> evaluations;  ///< of a discrete issue, in thousandths; one per option either way
  int slope = 0, offset = 0;     ///< of an integer issue, in thousandths
  int weight = 0;                ///< in thousandths
};

RandomIssue random_issue() {
  RandomIssue issue;
  issue.integer = *rc::gen::arbitrary<bool>();
  issue.lower = *rc::gen::inRange(-20, 20);
  issue.evaluations = *rc::gen::resize(
      6, rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-500, 3000))));
  issue.slope = *rc::gen::inRange(-900, 900);
  issue.offset = *rc::gen::inRange(-500, 1500);
  issue.weight = *rc::gen::inRange(0, 1500);
  return issue;
}

std::string thousandths(int value) {
  return fmt::format("{}{}.{:03}", value < 0 ? "-" : "", std::abs(value) / 1000, std::abs(value) % 1000);
}

std::string head(const RandomIssue& issue, std::size_t index) {
  const int upper = issue.lower + static_cast<int>(issue.evaluations.size()) - 1;
  return issue.integer
             ? fmt::format(
                   "<issue index=\"{}\" name=\"i{}\" type=\"integer\" lowerbound=\"{}\" upperbound=\"{}\">",
                   index, index, issue.lower, upper)
             : fmt::format("<issue index=\"{}\" name=\"i{}\" etype=\"discrete\">", index, index);
}

/// Issues (and items, in a profile) in an order of its own: only indices and values may count.
std::string write_issues(const std::vector<RandomIssue>& issues, bool profile) {
  std::vector<std::size_t> order(issues.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (*rc::gen::arbitrary<bool>()) std::reverse(order.begin(), order.end());
  std::string text, weights;
  for (const std::size_t i : order) {
    const RandomIssue& issue = issues[i];
    std::string inside;
    for (std::size_t o = 0; !issue.integer && o < issue.evaluations.size(); ++o) {
      const std::string item = profile ? fmt::format("<item value=\"o{}\" evaluation=\"{}\"/>", o,
                                                     thousandths(issue.evaluations[o]))
                                       : fmt::format("<item value=\"o{}\"/>", o);
      inside = profile && i % 2 == 0 ? item + inside : inside + item;
    }
    if (issue.integer && profile)
      inside = fmt::format("<evaluator slope=\"{}\" offset=\"{}\"/>", thousandths(issue.slope),
                           thousandths(issue.offset));
    text += head(issue, i + 1) + inside + "</issue>\n";
    if (profile)
      weights += fmt::format("<weight index=\"{}\" value=\"{}\"/>", i + 1, thousandths(issue.weight));
  }
  return "<objective>" + text + weights + "</objective>";
}

/// The formula of the format, once more and by other means: over whole thousandths.
mpq_class worth(const RandomIssue& issue, std::size_t option) {
  mpq_class value;
  if (issue.integer) {
    const long thousand = issue.offset + static_cast<long>(option) * issue.slope;
    value = mpq_class(thousand < 0 ? 0 : thousand > 1000 ? 1000 : thousand, 1000);
  } else {
    int best = 0;
    for (const int e : issue.evaluations) best = e > best ? e : best;
    value = best == 0 ? mpq_class(0) : mpq_class(issue.evaluations[option], best);
  }
  value.canonicalize();
  mpq_class weight(issue.weight, 1000);
  weight.canonicalize();
  return value * weight;
}

RC_GTEST_PROP(GeniusRandom, FoldersReadBackAsTheirNumbers, ()) {
  std::vector<RandomIssue> issues;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) issues.push_back(random_issue());
  const GeniusReading reading =
      testing::read_texts({{"d.xml", "<negotiation_template><utility_space>" + write_issues(issues, false) +
                                         "</utility_space></negotiation_template>"},
                           {"p.xml", "<utility_space>" + write_issues(issues, true) + "</utility_space>"}});
  RC_ASSERT(reading.ok());
  const deals::BargainProblem& problem = reading.problem;
  RC_ASSERT(problem.issues.size() == issues.size());
  for (std::size_t k = 0; k < issues.size(); ++k) {
    RC_ASSERT(problem.issues[k].options.size() == issues[k].evaluations.size());
    for (std::size_t o = 0; o < issues[k].evaluations.size(); ++o) {
      const std::string name =
          issues[k].integer ? std::to_string(issues[k].lower + static_cast<int>(o)) : fmt::format("o{}", o);
      RC_ASSERT(problem.issues[k].options[o].name == name);
      RC_ASSERT(problem.parties[0].worth[k][o] == worth(issues[k], o));
    }
  }
}

}  // namespace
}  // namespace parley::foreign
