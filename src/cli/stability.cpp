// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"
#include "foreign/conflict.hpp"
#include "report/stability_foreign.hpp"

namespace parley::cli {
namespace {

using stability::Asked;

constexpr std::uint64_t kExplainedMoves = std::uint64_t{1} << 22;  // stored to give reasons
constexpr std::size_t kListedJumps = 1'000;

Outcome usage(std::string message, std::string hint) {
  return failure(kBadUsage, "usage", std::move(message), std::move(hint));
}

/// The options of the command line; an outcome that is not kOk where one is wrong.
Outcome read_options(const Request& request, stability::SolveOptions& options) {
  if (const auto list = request.option("concepts")) {
    auto concepts = stability::read_concepts(*list);
    if (!concepts)
      return usage("option `concepts`: " + concepts.error(),
                   fmt::format("known: {}", fmt::join(stability::concept_names(), ", ")));
    options.concepts = std::move(*concepts);
  }
  if (const auto extension = request.option("unknown")) {
    if (extension->size() != 1 || (*extension)[0] < 'a' || (*extension)[0] > 'd')
      return usage(fmt::format("option `unknown` is `{}`", *extension), "a, b, c or d");
    options.extension = static_cast<stability::Extension>((*extension)[0] - 'a');
  }
  if (const auto variant = request.option("sim")) {
    if (*variant != "each_reply" && *variant != "tableau")
      return usage(fmt::format("option `sim` is `{}`", *variant), "each_reply or tableau");
    if (*variant == "tableau") options.simultaneous = stability::Simultaneous::tableau;
  }
  if (const auto order = request.option("lh_order")) {
    if (*order != "file") return usage(fmt::format("option `lh_order` is `{}`", *order), "file");
    options.file_order = true;
  }
  return {};
}

/// A state that an option names.
Outcome read_state(const Request& request, const char* name, const stability::Space& space,
                   std::optional<stability::State>& state) {
  const auto text = request.option(name);
  if (!text) return {};
  state.reset();
  long long number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error == std::errc() && end == text->data() + text->size()) state = space.find(number);
  if (state) return {};
  return usage(fmt::format("option `{}`: there is no state `{}`", name, *text),
               "states have the numbers that the answer prints");
}

/// An upper bound of the moves that would be stored.
std::uint64_t moves(const stability::GraphGame& game, const stability::Space& space) {
  std::uint64_t total = 0;
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm) {
    if (!game.option_form()) {
      total += game.moves[dm].size();
      continue;
    }
    std::uint64_t own = 1;
    for (const stability::Issue& issue : game.issues)
      if (issue.owner == static_cast<int>(dm) && own < kExplainedMoves)
        own *= static_cast<std::uint64_t>(issue.levels);
    total += std::min<std::uint64_t>(own, space.count()) * space.count();
  }
  return total;
}

bool complete(const stability::GraphGame& game) {
  return std::all_of(game.preferences.begin(), game.preferences.end(),
                     [](const stability::Preference& preference) { return preference.complete(); });
}

void find_jumps(const stability::GraphGame& game, const stability::Answer& answer,
                const stability::Watch& watch, report::StabilityFindings& findings) {
  if (game.decision_makers.size() < 2) return;
  std::vector<stability::Relation> relations;
  for (std::size_t i = 0; i < game.preferences.size(); ++i)
    relations.emplace_back(game.preferences[i], answer.ranks[i]);
  for (const auto& verdict : answer.verdicts)
    if (verdict.name == "nash" || verdict.name == "seq")
      findings.jumps.emplace_back(
          verdict.name,
          stability::equilibrium_jumps(*findings.graph, relations, verdict.equilibria, kListedJumps, watch));
}

void find_inverse(const stability::GraphGame& game, const stability::SolveOptions& options,
                  const stability::Answer& answer, report::StabilityFindings& findings) {
  for (const Asked& asked : options.concepts) {
    if (asked.kind != Asked::Kind::individual) continue;
    report::StabilityFindings::Inverse inverse{asked.name, {}};
    for (std::size_t i = 0; i < game.decision_makers.size(); ++i)
      inverse.by_dm.push_back(
          stability::inverse(*findings.graph, answer.ranks, i, *findings.wish, asked.form, options.watch));
    findings.inverse.push_back(std::move(inverse));
    const bool symmetric = asked.form == stability::Concept::ssym;
    if (symmetric || asked.form == stability::Concept::seq)
      findings.joint.emplace_back(
          asked.name,
          stability::joint_inverse(*findings.graph, answer.ranks, *findings.wish, symmetric, options.watch));
  }
}

void warn(Outcome& outcome, const std::string& file, std::string code, std::string message) {
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = std::move(code);
  warning.message = std::move(message);
  warning.file = file;
  outcome.diagnostics.push_back(std::move(warning));
}

Outcome run_foreign_stability(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  stability::SolveOptions options;
  options.watch = {session.control.token(), session.progress};
  if (Outcome wrong = read_options(request, options); wrong.exit != kOk) return wrong;
  foreign::ConflictReading reading = foreign::read_conflict(path);
  Outcome outcome;
  outcome.diagnostics = std::move(reading.diagnostics);
  if (!reading.ok()) {
    outcome.exit = kBadInput;
    return outcome;
  }
  const stability::GraphGame& game = reading.game;
  const stability::Space& space = *reading.space;
  report::StabilityFindings findings;
  if (game.has_status_quo) findings.status_quo = space.find(game.status_quo);
  if (Outcome wrong = read_state(request, "status_quo", space, findings.status_quo); wrong.exit != kOk)
    return wrong;
  if (Outcome wrong = read_state(request, "wish", space, findings.wish); wrong.exit != kOk) return wrong;
  const auto answer = stability::solve(game, space, options);
  if (!answer) return failure(kBadInput, "bad-preference", answer.error(), "", path);
  for (const auto& [name, why] : answer->unanswered)
    warn(outcome, path, "not-answered", fmt::format("{}: {}", name, why));
  std::optional<stability::Graph> graph;
  if (answer->complete && moves(game, space) <= kExplainedMoves)
    if (auto made = stability::make_graph(game, space)) findings.graph = &graph.emplace(std::move(*made));
  if (findings.graph != nullptr && space.count() <= 1024) find_jumps(game, *answer, options.watch, findings);
  if (findings.graph != nullptr && complete(game)) {
    const auto views = stability::views_of(game, space, answer->ranks);
    for (const auto& view : views) findings.perceived.push_back(view.seen.count());
    if (!views.empty())
      findings.perception = stability::perceive(game, space, answer->ranks, views, options.watch);
  }
  if (findings.wish && findings.graph != nullptr && complete(game))
    find_inverse(game, options, *answer, findings);
  if (findings.wish && findings.inverse.empty())
    warn(outcome, path, "not-answered", "inverse analysis needs complete preferences and a smaller model");
  if (request.json || !request.output.empty())
    outcome.answer =
        std::make_shared<nlohmann::ordered_json>(report::stability_json(game, space, *answer, findings));
  if (!request.output.empty() && space.count() > report::kListedStates)
    outcome.file_members = report::stability_lists(game, space, *answer);
  if (!request.json) outcome.text = report::stability_text(path, game, space, *answer, findings);
  if (session.time_is_over()) outcome.diagnostics.push_back(time_is_up());
  if (session.interrupted()) outcome.exit = kStopped;
  return outcome;
}

}  // namespace

Outcome run_stability(const Request& request, const Session& session) {
  const std::string& path = request.files.front();
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return failure(kBadInput, "no-file", "there is no such file or folder", "", path);
  if (foreign::recognise_conflict(path)) {
    if (request.has("focus")) return usage("--focus is for accounts", "a conflict file has its own options");
    return run_foreign_stability(request, session);
  }
  return run_account_stability(request, session);
}

}  // namespace parley::cli
