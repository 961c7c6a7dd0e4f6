// SPDX-License-Identifier: MIT
// Genius folders in memory. An input is the files of a folder one after the other, each under a line "===
// NAME"; a reading that is ok is a problem whose parts fit together, and whose formulas name issues and
// options that are there.
#include "foreign/genius.hpp"

#include "expression/formula.hpp"
#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

namespace {

void check_formula(const deals::BargainProblem& problem, const expression::Formula& formula) {
  if (formula.kind == expression::Formula::Kind::atom) {
    require(formula.variable >= 0 && static_cast<std::size_t>(formula.variable) < problem.issues.size(),
            "a formula names issues");
    const auto& options = problem.issues[static_cast<std::size_t>(formula.variable)].options;
    require(static_cast<std::size_t>(formula.levels.size()) == options.size(), "a formula names options");
  }
  for (const expression::Formula& part : formula.parts) check_formula(problem, part);
}

void check_party(const deals::BargainProblem& problem, const deals::Party& party) {
  require(party.worth.empty() || party.worth.size() == problem.issues.size(), "a value for each issue");
  for (std::size_t k = 0; k < party.worth.size(); ++k)
    require(party.worth[k].size() == problem.issues[k].options.size(), "a value for each option");
  for (const deals::Term& term : party.terms) check_formula(problem, term.when);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<foreign::GeniusFile> files;
  for (auto& [name, text] : fuzz::as_files(fuzz::as_text(data, size), "domain.xml"))
    files.push_back({name, "folder/" + name, std::move(text)});
  const foreign::GeniusReading reading = foreign::read_genius_files("folder", std::move(files));
  for (const Diagnostic& diagnostic : reading.diagnostics)
    require(!diagnostic.message.empty() && !diagnostic.code.empty(), "a diagnostic says what is wrong");
  require(reading.ok() || !reading.diagnostics.empty(), "no failure without a word");
  if (!reading.ok()) return 0;
  const deals::BargainProblem& problem = reading.problem;
  for (const deals::Issue& issue : problem.issues) require(!issue.options.empty(), "an issue has options");
  for (const deals::Party& party : problem.parties) check_party(problem, party);
  for (const deals::Constraint& constraint : problem.constraints) check_formula(problem, constraint.formula);
  return 0;
}
