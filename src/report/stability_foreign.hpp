// SPDX-License-Identifier: MIT
// The answer of the stability lens about one conflict (a foreign format), as JSON and as text.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "stability/coalition.hpp"
#include "stability/graph.hpp"
#include "stability/inverse.hpp"
#include "stability/inverse_joint.hpp"
#include "stability/perception.hpp"
#include "stability/solve.hpp"

namespace parley::report {

/// Above so many states the lists go to -o PATH only.
inline constexpr std::size_t kListedStates = 100'000;

/// What may be said besides the verdicts.
struct StabilityFindings {
  const stability::Graph* graph = nullptr;  ///< null: too many moves to give reasons
  std::optional<stability::State> status_quo;
  std::vector<std::pair<std::string, std::vector<stability::Jump>>> jumps;  ///< by concept
  struct Inverse {
    std::string name;
    std::vector<std::optional<stability::InverseAnswer>> by_dm;
  };
  std::optional<stability::State> wish;
  std::vector<Inverse> inverse;
  /// By concept (seq, ssym): everybody at once.
  std::vector<std::pair<std::string, std::optional<stability::JointInverse>>> joint;
  std::optional<stability::Perception> perception;  ///< where the file says who perceives or believes what
  std::vector<std::size_t> perceived;               ///< states that each decision maker perceives
};

/// The keys of DESIGN.md's JSON contract for `stability` on a foreign problem, without `schema` and
/// `diagnostics`; above kListedStates without `stable` and `equilibria`. Added: `concepts`, `complete`,
/// `unanswered` [{concept, why}], `reached` {from, by_moves, by_improvements: {state: moves}}, `jumps`
/// {concept: [{from, to, coalition}]}, `inverse` {concept: {dm: {conditions, complete, closest, places}}},
/// `inverse_joint` {concept: {conditions: [[{dm, prefers: bool, state, to}]], complete, closest: {dm:
/// [[state]]} or null, distance}}, `misperception` {perceives: {dm: count}, concepts: {concept: {looks: {dm:
/// [state]}, holds: [state], informed: [state], surprises: {dm: [state]}, rash: {dm: [state]}, held_back:
/// {dm: [state]}}}}.
[[nodiscard]] nlohmann::ordered_json stability_json(const stability::GraphGame& game,
                                                    const stability::Space& space,
                                                    const stability::Answer& answer,
                                                    const StabilityFindings& findings);

/// The members `stable` and `equilibria` as JSON text.
[[nodiscard]] std::string stability_lists(const stability::GraphGame& game, const stability::Space& space,
                                          const stability::Answer& answer);

/// The same in sentences and tables. `title` names the conflict.
[[nodiscard]] std::string stability_text(const std::string& title, const stability::GraphGame& game,
                                         const stability::Space& space, const stability::Answer& answer,
                                         const StabilityFindings& findings);

/// The part about misperception, as JSON and as a section; preconditions: `findings.perception`, at most
/// kListedStates.
[[nodiscard]] nlohmann::ordered_json misperception_json(const stability::GraphGame& game,
                                                        const stability::Space& space,
                                                        const StabilityFindings& findings);
[[nodiscard]] std::string misperception_text(const stability::GraphGame& game, const stability::Space& space,
                                             const StabilityFindings& findings);

/// Inverse analysis of everybody at once, as JSON and as bullets.
[[nodiscard]] nlohmann::ordered_json joint_inverse_json(const stability::GraphGame& game,
                                                        const stability::Space& space,
                                                        const StabilityFindings& findings);
[[nodiscard]] std::string joint_inverse_text(const stability::GraphGame& game, const stability::Space& space,
                                             const StabilityFindings& findings);

/// A state in words: its number, and its label or the options that are taken.
[[nodiscard]] std::string state_words(const stability::GraphGame& game, const stability::Space& space,
                                      stability::State state);

}  // namespace parley::report
