// SPDX-License-Identifier: MIT
#include "stability/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "stability/coalition.hpp"
#include "stability/foresight.hpp"
#include "stability/product.hpp"
#include "stability/ranks.hpp"

namespace parley::stability {
namespace {

using Kind = Asked::Kind;

constexpr std::size_t kProductStates = 64;  // below, storing the moves costs nothing

struct Known {
  const char* name;
  Kind kind;
  Concept form;
  int number;
};
constexpr Known kKnown[] = {
    {"nash", Kind::individual, Concept::nash, 0},     {"gmr", Kind::individual, Concept::gmr, 0},
    {"smr", Kind::individual, Concept::smr, 0},       {"seq", Kind::individual, Concept::seq, 0},
    {"ssym", Kind::individual, Concept::ssym, 0},     {"sim", Kind::simultaneous, Concept::nash, 0},
    {"lh:<h>", Kind::limited_move, Concept::nash, 0}, {"nonmyopic", Kind::nonmyopic, Concept::nash, 0},
    {"cnash", Kind::coalition, Concept::nash, 0},     {"cgmr", Kind::coalition, Concept::nash, 1},
    {"csmr", Kind::coalition, Concept::nash, 2},      {"cseq", Kind::coalition, Concept::nash, 3},
    {"sgmr", Kind::strong, Concept::gmr, 0},          {"ssmr", Kind::strong, Concept::smr, 0},
    {"sseq_strong", Kind::strong, Concept::seq, 0},
};

tl::expected<Asked, std::string> read_concept(const std::string& name) {
  if (name.starts_with("lh:")) {
    int horizon = 0;
    const char* last = name.data() + name.size();
    const auto [end, error] = std::from_chars(name.data() + 3, last, horizon);
    if (error != std::errc() || end != last || horizon < 1 || horizon > kMostHorizon)
      return tl::make_unexpected(
          fmt::format("`{}`: lh:<h> takes a number of moves from 1 to {}", name, kMostHorizon));
    return Asked{name, Kind::limited_move, Concept::nash, horizon};
  }
  for (const Known& known : kKnown)
    if (name == known.name && known.kind != Kind::limited_move)
      return Asked{name, known.kind, known.form, known.number};
  return tl::make_unexpected(fmt::format("there is no concept `{}`", name));
}

class Solver {
 public:
  Solver(const GraphGame& game, const Space& space, const SolveOptions& options, Answer& answer)
      : game_(game), space_(space), options_(options), answer_(answer) {}

  void run() {
    for (const Preference& preference : game_.preferences) complete_ = complete_ && preference.complete();
    for (const Asked& asked : options_.concepts) {
      if (options_.watch.stop()) {
        answer_.complete = false;
        return;
      }
      if (auto stable = verdict(asked)) {
        Verdict verdict{asked.name, std::move(*stable), Bits(space_.count(), true)};
        for (const Bits& own : verdict.stable) verdict.equilibria &= own;
        answer_.verdicts.push_back(std::move(verdict));
      } else if (options_.watch.stop()) {
        answer_.complete = false;
        return;
      } else {
        answer_.unanswered.emplace_back(asked.name,
                                        reason_.empty() ? "the model is too large for it" : reason_);
      }
      reason_.clear();
    }
  }

 private:
  using Stable = std::optional<std::vector<Bits>>;
  Stable verdict(const Asked& asked);
  Stable individual(Concept form);
  Stable coalition(int which);
  const Graph* graph();
  const std::vector<Relation>& relations();
  Stable refuse(std::string reason) {
    reason_ = std::move(reason);
    return std::nullopt;
  }

  const GraphGame& game_;
  const Space& space_;
  const SolveOptions& options_;
  Answer& answer_;
  std::optional<Graph> graph_;
  std::optional<ArcSolver> arcs_;
  std::vector<Relation> relations_;
  std::optional<Individual> product_;
  std::optional<CoalitionAnswer> coalitions_;
  std::string reason_;
  bool complete_ = true;
};

const Graph* Solver::graph() {
  if (graph_) return &*graph_;
  auto made = make_graph(game_, space_);
  if (made) return &graph_.emplace(std::move(*made));
  reason_ = made.error();
  return nullptr;
}

const std::vector<Relation>& Solver::relations() {
  if (relations_.empty())
    for (std::size_t i = 0; i < game_.preferences.size(); ++i)
      relations_.emplace_back(game_.preferences[i], answer_.ranks[i]);
  return relations_;
}

Solver::Stable Solver::individual(Concept form) {
  const auto at = static_cast<std::size_t>(form);
  ConceptSet one{};
  one[at] = true;
  if (!complete_) {
    if (space_.count() > kMostUncertainStates)
      return refuse(fmt::format("unknown preferences are read for at most {} states", kMostUncertainStates));
    return graph() == nullptr
               ? std::nullopt
               : uncertain_stable(*graph_, relations(), {form, options_.extension, false}, options_.watch);
  }
  if (!product_ && space_.count() >= kProductStates && fits_product(game_, space_)) {
    ConceptSet all{};
    for (const Asked& asked : options_.concepts)
      if (asked.kind == Kind::individual) all[static_cast<std::size_t>(asked.form)] = true;
    solve_product(game_, space_, answer_.ranks, all, product_.emplace(), options_.watch);
  }
  if (product_) return product_->stable[at].empty() ? std::nullopt : Stable(std::move(product_->stable[at]));
  if (graph() == nullptr) return std::nullopt;
  if (!arcs_) arcs_.emplace(*graph_);
  Individual result;
  arcs_->solve(answer_.ranks, one, result, options_.watch);
  return result.stable[at].empty() ? std::nullopt : Stable(std::move(result.stable[at]));
}

Solver::Stable Solver::coalition(int which) {
  if (game_.decision_makers.size() > kMostCoalitionMembers || space_.count() > kMostCoalitionStates)
    return refuse(fmt::format("coalitions are tried with at most {} decision makers and {} states",
                              kMostCoalitionMembers, kMostCoalitionStates));
  if (graph() == nullptr) return std::nullopt;
  if (!coalitions_) {
    std::array<bool, kCoalitionConcepts> wanted{};
    for (const Asked& asked : options_.concepts)
      if (asked.kind == Kind::coalition) wanted[static_cast<std::size_t>(asked.number)] = true;
    coalitions_ = coalition_stable(*graph_, relations(), wanted, options_.watch);
  }
  if (!coalitions_) return std::nullopt;
  return coalitions_->stable[static_cast<std::size_t>(which)];
}

Solver::Stable Solver::verdict(const Asked& asked) {
  if (asked.kind == Kind::individual) return individual(asked.form);
  if (asked.kind == Kind::coalition) return coalition(asked.number);
  if (graph() == nullptr) return std::nullopt;
  if (asked.kind == Kind::strong) {
    if (space_.count() > kMostUncertainStates)
      return refuse(
          fmt::format("strength of preference is read for at most {} states", kMostUncertainStates));
    return uncertain_stable(*graph_, relations(), {asked.form, options_.extension, true}, options_.watch);
  }
  if (!complete_) return refuse("it needs preferences that are known for every pair of states");
  if (asked.kind == Kind::simultaneous) {
    auto stable =
        simultaneous_stable(game_, space_, *graph_, answer_.ranks, options_.simultaneous, options_.watch);
    if (!stable) return refuse(std::move(stable.error()));
    return std::move(*stable);
  }
  if (game_.decision_makers.size() > 2 && !options_.file_order)
    return refuse("with more than two decision makers it depends on who moves next: --option lh_order=file");
  if (asked.kind == Kind::limited_move)
    return limited_move_stable(*graph_, answer_.ranks, asked.number, options_.watch);
  auto stable = nonmyopic_stable(*graph_, answer_.ranks, options_.watch);
  if (!stable) reason_ = fmt::format("what is foreseen does not settle within {} moves", kMostHorizon);
  return stable;
}

/// What must fit besides ranks_of: bands, readings and pairs.
std::string misfit(const GraphGame& game, const Space& space) {
  for (std::size_t i = 0; i < game.preferences.size(); ++i) {
    const Preference& preference = game.preferences[i];
    bool fits = preference.bands.empty() || preference.bands.size() == space.count();
    for (const auto& reading : preference.readings) fits = fits && reading.size() == space.count();
    for (const auto& [a, b] : preference.unknown)
      fits = fits && a < space.count() && b < space.count() && a != b;
    if (!fits) return fmt::format("the preference of `{}` does not fit the states", game.decision_makers[i]);
  }
  for (const Belief& belief : game.beliefs)
    if (belief.by >= game.preferences.size() || belief.of >= game.preferences.size() ||
        belief.ranks.size() != space.count())
      return "what somebody takes another's preferences to be does not fit the states";
  return "";
}

}  // namespace

const std::vector<std::string>& concept_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Known& known : kKnown) list.emplace_back(known.name);
    return list;
  }();
  return names;
}

std::vector<Asked> default_concepts() {
  std::vector<Asked> list;
  for (const char* name : {"nash", "gmr", "smr", "seq", "ssym"}) list.push_back(*read_concept(name));
  return list;
}

tl::expected<std::vector<Asked>, std::string> read_concepts(std::string_view list) {
  std::vector<Asked> concepts;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    std::string name(list.substr(from, comma - from));
    name.erase(0,
               name.find_first_not_of(' ') == std::string::npos ? name.size() : name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    from = comma + 1;
    auto asked = read_concept(name);
    if (!asked) return tl::make_unexpected(std::move(asked.error()));
    const bool twice = std::any_of(concepts.begin(), concepts.end(),
                                   [&](const Asked& known) { return known.name == asked->name; });
    if (!twice) concepts.push_back(std::move(*asked));
  }
  return concepts;
}

tl::expected<Answer, std::string> solve(const GraphGame& game, const Space& space,
                                        const SolveOptions& options) {
  Answer answer;
  for (std::size_t i = 0; i < game.decision_makers.size(); ++i) {
    auto ranks = ranks_of(game, space, i);
    if (!ranks) return tl::make_unexpected(std::move(ranks.error()));
    answer.ranks.push_back(std::move(*ranks));
  }
  if (std::string wrong = misfit(game, space); !wrong.empty()) return tl::make_unexpected(std::move(wrong));
  Solver(game, space, options, answer).run();
  return answer;
}

}  // namespace parley::stability
