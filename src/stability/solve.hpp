// SPDX-License-Identifier: MIT
// The stability lens: one game in, stable states and equilibria of every concept that was asked for out.
//
// To solve many preferences on one graph (the worlds of an account), make the Space and the Graph once and
// call ArcSolver::solve (individual.hpp) with each world's rankings.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "stability/bits.hpp"
#include "stability/individual.hpp"
#include "stability/problem.hpp"
#include "stability/simultaneous.hpp"
#include "stability/space.hpp"
#include "stability/uncertain.hpp"
#include "stability/watch.hpp"

namespace parley::stability {

/// A concept by its name: nash gmr smr seq ssym; sim, lh:<h>, nonmyopic; cnash cgmr csmr cseq (all non-empty
/// coalitions); sgmr ssmr sseq_strong (strength of preference).
struct Asked {
  enum class Kind : std::uint8_t { individual, simultaneous, limited_move, nonmyopic, coalition, strong };
  std::string name;
  Kind kind = Kind::individual;
  Concept form = Concept::nash;  ///< individual; strong: gmr, smr, seq
  int number = 0;                ///< limited_move: h; coalition: index of CoalitionConcept
};

/// Names that are known, `lh:<h>` as such.
[[nodiscard]] const std::vector<std::string>& concept_names();
/// nash, gmr, smr, seq, ssym
[[nodiscard]] std::vector<Asked> default_concepts();
/// "nash,seq,lh:3" - the error is one sentence.
[[nodiscard]] tl::expected<std::vector<Asked>, std::string> read_concepts(std::string_view list);

struct SolveOptions {
  std::vector<Asked> concepts = default_concepts();
  Extension extension = Extension::a;  ///< how unknown preferences count: a is the strictest
  Simultaneous simultaneous = Simultaneous::each_reply;
  bool file_order = false;  ///< lh and nonmyopic with more than two decision makers: they move in file order
  Watch watch;
};

struct Verdict {
  std::string name;
  std::vector<Bits> stable;  ///< of each decision maker
  Bits equilibria;           ///< stable for everybody
};

struct Answer {
  Rankings ranks;                 ///< dense, of each decision maker
  std::vector<Verdict> verdicts;  ///< in the order they were asked for
  /// Concepts without an answer, and why: one sentence each.
  std::vector<std::pair<std::string, std::string>> unanswered;
  bool complete = true;  ///< false: stopped before the end
};

/// The error is one sentence: a preference that does not fit the states.
[[nodiscard]] tl::expected<Answer, std::string> solve(const GraphGame& game, const Space& space,
                                                      const SolveOptions& options = {});

}  // namespace parley::stability
