// SPDX-License-Identifier: MIT
// Conditions, phrases and subjects: any bytes give a tree or problems that point into the text, and a tree
// written out is read back as the same text.
#include "expression/parse.hpp"
#include "fuzz/input.hpp"

using namespace parley;
using namespace parley::expression;
using parley::fuzz::require;

namespace {

void check_problems(const std::vector<Problem>& problems, std::string_view text) {
  require(problems.size() <= kMostProblems + 1, "the number of problems has a limit");
  for (const Problem& problem : problems) {
    require(!problem.message.empty(), "a problem says what is wrong");
    require(problem.offset <= text.size(), "a problem points into the text", problem.message);
    // Where the text ends too early, the problem is the place after it.
    require(problem.length <= text.size() - problem.offset + 1, "a problem ends with the text",
            problem.message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::as_text(data, size);
  for (const auto parse : {parse_condition, parse_phrase}) {
    const Parsed parsed = parse(text, {0, 1, 1, 0});
    check_problems(parsed.problems, text);
    require(parsed.tree.has_value() == parsed.problems.empty(), "a tree or problems, never both or neither");
    if (!parsed.tree) continue;
    const std::string written = to_text(*parsed.tree);
    if (written.size() > kLongestExpression) continue;
    const Parsed again = parse(written, {0, 1, 1, 0});
    require(again.tree.has_value(), "what is written can be read", written);
    require(to_text(*again.tree) == written, "and is the same", written);
  }
  check_problems(parse_subject(text).problems, text);
  return 0;
}
