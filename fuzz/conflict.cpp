// SPDX-License-Identifier: MIT
// Conflict files in memory. A reading that is ok is a game whose parts fit together; a small one is solved,
// and the inclusions between the concepts hold.
#include "foreign/conflict.hpp"

#include "fuzz/input.hpp"
#include "stability/solve.hpp"

using namespace parley;
using parley::fuzz::require;

namespace {

constexpr std::size_t kSolved = 200;  // states

bool within(const stability::Bits& narrow, stability::Bits more) {
  stability::Bits rest = narrow;
  rest -= more;
  return !rest.any();
}

void check_solved(const stability::GraphGame& game, const stability::Space& space) {
  const auto answer = stability::solve(game, space);
  require(answer.has_value(), "a game that was read can be solved");
  require(answer->verdicts.size() + answer->unanswered.size() == 5, "five concepts");
  if (answer->verdicts.size() != 5) return;
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    const auto stable = [&](std::size_t c) -> const stability::Bits& {
      return answer->verdicts[c].stable[i];
    };
    require(within(stable(0), stable(4)) && within(stable(4), stable(3)) && within(stable(4), stable(2)) &&
                within(stable(3), stable(1)) && within(stable(2), stable(1)),
            "nash => ssym => seq, smr => gmr");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const foreign::ConflictReading reading =
      foreign::read_conflict_text("conflict.gmcr", std::string(fuzz::as_text(data, size)));
  for (const Diagnostic& diagnostic : reading.diagnostics)
    require(!diagnostic.message.empty() && !diagnostic.code.empty(), "a diagnostic says what is wrong");
  require(reading.ok() || !reading.diagnostics.empty(), "no failure without a word");
  if (reading.ok() && reading.space->count() <= kSolved && reading.game.decision_makers.size() <= 8)
    check_solved(reading.game, *reading.space);
  return 0;
}
