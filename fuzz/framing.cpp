// SPDX-License-Identifier: MIT
// Framing: every account that reads without errors, under each of its alternatives, gives a situation and a
// problem for each of its tables, or says why not; the parts of a problem fit together.
#include "framing/deals.hpp"
#include "framing/situation.hpp"
#include "fuzz/input.hpp"
#include "language/read.hpp"

using namespace parley;
using parley::fuzz::require;

namespace {

constexpr std::size_t kPatches = 4;  // an input with more alternatives would only be slower
constexpr std::size_t kTables = 3;

void frame(const account::Account& account) {
  const framing::Situation situation = framing::make_situation(account, {});
  for (const framing::Variable& variable : situation.variables) {
    require(variable.size() >= 1 && variable.size() <= framing::kMostLevels * 2, "levels have a limit",
            variable.id);
    require(variable.now.size() == variable.size(), "now is a set of the variable's levels", variable.id);
  }
  std::size_t tables = 0;
  for (const account::Row* row : situation.account.of("talks")) {
    if (++tables > kTables) break;
    const auto framed = framing::frame_deals(situation, row->id);
    if (!framed) continue;
    require(!framed->parties.empty() && !framed->issues.empty(), "a table has parties and issues", row->id);
    for (const int issue : framed->issues)
      require(issue >= 0 && static_cast<std::size_t>(issue) < situation.variables.size(),
              "issues are variables");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const language::Reading reading = language::read_texts(fuzz::as_files(fuzz::as_text(data, size), "a.yaml"));
  if (!reading.ok()) return 0;
  frame(reading.base);
  std::size_t patches = 0;
  for (const account::Patch& patch : reading.alternatives) {
    if (++patches > kPatches) break;
    frame(account::apply(reading.base, patch));
  }
  return 0;
}
