// SPDX-License-Identifier: MIT
// ScenarioWizard's .scw files (cross-impact balances) -> consistency::Balances. What is read and what is not:
// docs/foreign-formats.md.
#pragma once
#include <string>
#include <vector>

#include "consistency/balances.hpp"
#include "expression/diagnostic.hpp"

namespace parley::foreign {

struct ScenarioWizardReading {
  consistency::Balances problem;
  std::vector<Diagnostic> diagnostics;  ///< an error among them: `problem` is not to be used
  [[nodiscard]] bool ok() const;
};

/// Does a regular file start as these files do (`$ ScenarioWizard`)?
[[nodiscard]] bool recognise_scenario_wizard(const std::string& path);
/// Does the text begin as what ScenarioWizard writes of a matrix that it has solved? That holds no matrix.
[[nodiscard]] bool is_solution_set(std::string_view start);

/// Names that are missing, twice there or cannot be shown are made up, each with a warning.
/// Errors: not readable, no descriptors, a descriptor without variants, limits of balances.hpp
/// and limits.hpp, a matrix that is missing, not square or not of numbers - each with its line.
[[nodiscard]] ScenarioWizardReading read_scenario_wizard(const std::string& path);
[[nodiscard]] ScenarioWizardReading read_scenario_wizard_text(const std::string& text,
                                                              const std::string& file);

}  // namespace parley::foreign
