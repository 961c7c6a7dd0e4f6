// SPDX-License-Identifier: MIT
#include "deals/reasons.hpp"

#include <algorithm>

#include "deals/choose.hpp"
#include "deals/count.hpp"
#include "deals/listing.hpp"
#include "deals/stages.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::deals {
namespace {

/// A constraint that may be relaxed: a row of the problem, or the reservation of a party.
struct Soft {
  std::string id;
  int constraint = -1;
  int party = -1;
};

std::vector<Soft> soft_constraints(const BargainProblem& problem) {
  std::vector<Soft> soft;
  for (std::size_t i = 0; i < problem.parties.size(); ++i)
    if (problem.parties[i].reservation && problem.parties[i].reservation_soft)
      soft.push_back({problem.parties[i].reservation_id, -1, static_cast<int>(i)});
  for (std::size_t c = 0; c < problem.constraints.size(); ++c)
    if (problem.constraints[c].kind != ConstraintKind::impossible)
      soft.push_back({problem.constraints[c].id, static_cast<int>(c), -1});
  return soft;
}

template <class Number>
class Reasons {
 public:
  Reasons(const Plan& plan, const Tables<Number>& tables, const Watch& watch, int threads, Answer& answer)
      : problem_(*plan.problem),
        plan_(plan),
        tables_(tables),
        watch_(watch),
        threads_(threads),
        answer_(answer),
        soft_(soft_constraints(*plan.problem)) {}

  void run() {
    minimal_sets();
    uniform_cut();
    for (std::size_t i = 0; i < problem_.parties.size(); ++i) single_cut(i);
    near_misses();
  }

 private:
  /// Everything hard, except the soft constraints of `without` (indices into soft_, ascending).
  [[nodiscard]] Ask ask_without(const logic::IndexSet& without) const {
    Ask ask;
    ask.constraints.assign(problem_.constraints.size(), Use::hard);
    ask.reservations.assign(problem_.parties.size(), Use::hard);
    for (const int s : without) {
      const Soft& soft = soft_[static_cast<std::size_t>(s)];
      if (soft.party >= 0)
        ask.reservations[static_cast<std::size_t>(soft.party)] = Use::ignored;
      else
        ask.constraints[static_cast<std::size_t>(soft.constraint)] = Use::ignored;
    }
    return ask;
  }

  [[nodiscard]] std::vector<std::string> names(const logic::IndexSet& set) const {
    std::vector<std::string> ids;
    for (const int s : set) ids.push_back(soft_[static_cast<std::size_t>(s)].id);
    return ids;
  }

  void minimal_sets() {
    std::optional<std::vector<logic::IndexSet>> broken = broken_sets();
    if (!broken) {
      answer_.complete = false;
      return;
    }
    relaxations_ = logic::minimal_members(std::move(*broken));
    const logic::SetFamily conflicts = logic::minimal_hitting_sets(relaxations_);
    if (!conflicts.complete) answer_.complete = false;
    for (const auto& set : relaxations_) answer_.relaxations.push_back(names(set));
    for (const auto& set : conflicts.sets) answer_.conflicts.push_back(names(set));
    if (relaxations_.empty())
      answer_.warnings.emplace_back("no package satisfies the constraints that cannot be relaxed");
  }

  /// The sets of soft constraints that undominated packages break: every minimal one is among them, since
  /// whoever dominates breaks no reservation more.
  [[nodiscard]] std::optional<std::vector<logic::IndexSet>> broken_sets() const {
    Ask ask;
    for (const Constraint& c : problem_.constraints)
      ask.constraints.push_back(c.kind == ConstraintKind::impossible ? Use::hard : Use::marked);
    for (const Party& party : problem_.parties)
      ask.reservations.push_back(party.reservation && !party.reservation_soft ? Use::hard : Use::ignored);
    Stages<Number> stages(plan_, tables_, ask, watch_);
    if (!stages.run()) return std::nullopt;
    std::vector<int> soft_of(problem_.constraints.size(), -1);
    for (std::size_t s = 0; s < soft_.size(); ++s)
      if (soft_[s].constraint >= 0)
        soft_of[static_cast<std::size_t>(soft_[s].constraint)] = static_cast<int>(s);
    std::vector<logic::IndexSet> sets;
    for (const auto& end : stages.ends()) {
      logic::IndexSet set;
      for (std::size_t s = 0; s < soft_.size() && soft_[s].party >= 0; ++s) {
        const auto i = static_cast<std::size_t>(soft_[s].party);
        if (end.utility[i] < *tables_.floor[i]) set.push_back(static_cast<int>(s));
      }
      for (const int c : end.broken) set.push_back(soft_of[static_cast<std::size_t>(c)]);
      if (sets.empty() || sets.back() != set) sets.push_back(std::move(set));
    }
    return sets;
  }

  /// Over the packages that satisfy all but the soft reservations: the least largest shortfall.
  void uniform_cut() {
    logic::IndexSet reservations;
    for (std::size_t s = 0; s < soft_.size(); ++s)
      if (soft_[s].party >= 0) reservations.push_back(static_cast<int>(s));
    if (reservations.empty()) return;
    const Ask ask = ask_without(reservations);
    Stages<Number> stages(plan_, tables_, ask, watch_);
    if (!stages.run()) {
      answer_.complete = false;
      return;
    }
    std::optional<UniformCut> best;
    std::uint32_t entry = 0;
    for (const auto& end : stages.ends()) {
      std::vector<mpq_class> utility = tables_.rational(end.utility);
      mpq_class cut = 0;
      for (const int s : reservations) {
        const auto i = static_cast<std::size_t>(soft_[static_cast<std::size_t>(s)].party);
        cut = std::max(cut, mpq_class(*problem_.parties[i].reservation - utility[i]));
      }
      if (best && (cut > best->cut || (cut == best->cut && !leximin_better(utility, best->utility))))
        continue;
      best = UniformCut{cut, std::move(utility), {}};
      entry = end.entry;
    }
    if (best) best->packages = stages.paths().list(entry, kListed);
    answer_.cheapest_concession = std::move(best);
  }

  /// The best that party i can have where everybody else's constraints hold.
  void single_cut(std::size_t i) {
    const auto mine = std::find_if(soft_.begin(), soft_.end(),
                                   [&](const Soft& soft) { return soft.party == static_cast<int>(i); });
    if (mine == soft_.end()) return;
    const logic::IndexSet alone{static_cast<int>(mine - soft_.begin())};
    if (std::find(relaxations_.begin(), relaxations_.end(), alone) == relaxations_.end()) return;
    const Ask ask = ask_without(alone);
    Stages<Number> stages(plan_, tables_, ask, watch_);
    if (!stages.run()) {
      answer_.complete = false;
      return;
    }
    const auto ends = stages.ends();
    // Ends of one state descend lexicographically: what is best for i, then leximin-best.
    std::optional<SingleConcession> best;
    std::uint32_t entry = 0;
    for (const auto& end : ends) {
      std::vector<mpq_class> utility = tables_.rational(end.utility);
      const mpq_class cut = *problem_.parties[i].reservation - utility[i];
      if (best && (cut > best->cut || (cut == best->cut && !leximin_better(utility, best->utility))))
        continue;
      best = SingleConcession{problem_.parties[i].id, cut, std::move(utility), {}};
      entry = end.entry;
    }
    if (!best) return;
    best->packages = stages.paths().list(entry, kListed);
    answer_.single_concessions.push_back(std::move(*best));
  }

  /// The smallest relaxations name the packages that break the fewest constraints: each such package breaks
  /// exactly one of them.
  void near_misses() {
    std::vector<std::pair<Package, logic::IndexSet>> found;
    for (const logic::IndexSet& set : relaxations_) {
      if (set.size() > relaxations_.front().size() || watch_.stop()) break;
      const Ask ask = ask_without(set);
      const Count count = count_packages(plan_, tables_, ask, watch_, threads_);
      answer_.n_near_misses += count.packages;
      if (!count.exact) answer_.complete = false;
      for (Package& x : few(ask)) found.emplace_back(std::move(x), set);
    }
    std::sort(found.begin(), found.end());
    if (found.size() > kNearMisses) found.resize(kNearMisses);
    for (auto& [package, set] : found) answer_.near_misses.push_back({std::move(package), names(set)});
  }

  /// At least kNearMisses packages that satisfy `ask` where there are as many: the first ones where that can
  /// be said after a short search, otherwise undominated ones.
  [[nodiscard]] std::vector<Package> few(const Ask& ask) const {
    auto found = Listing<Number>(plan_, tables_, ask).first(kNearMisses);
    if (found.complete || found.packages.size() >= kNearMisses) return std::move(found.packages);
    Stages<Number> stages(plan_, tables_, ask, watch_);
    if (!stages.run()) return std::move(found.packages);
    for (const auto& end : stages.ends()) {
      if (found.packages.size() >= 2 * kNearMisses) break;
      for (Package& x : stages.paths().list(end.entry, kNearMisses)) found.packages.push_back(std::move(x));
    }
    std::sort(found.packages.begin(), found.packages.end());
    found.packages.erase(std::unique(found.packages.begin(), found.packages.end()), found.packages.end());
    return std::move(found.packages);
  }

  static constexpr std::size_t kListed = 2000;  ///< packages worth the same that a concession lists

  const BargainProblem& problem_;
  const Plan& plan_;
  const Tables<Number>& tables_;
  const Watch& watch_;
  int threads_;
  Answer& answer_;
  std::vector<Soft> soft_;
  std::vector<logic::IndexSet> relaxations_;
};

}  // namespace

template <class Number>
void explain(const Plan& plan, const Tables<Number>& tables, const Watch& watch, int threads,
             Answer& answer) {
  Reasons<Number>(plan, tables, watch, threads, answer).run();
}

template void explain(const Plan&, const Tables<std::int64_t>&, const Watch&, int, Answer&);
template void explain(const Plan&, const Tables<Int128>&, const Watch&, int, Answer&);
template void explain(const Plan&, const Tables<mpz_class>&, const Watch&, int, Answer&);

}  // namespace parley::deals
