// SPDX-License-Identifier: MIT
#include "deals/reasons.hpp"

#include <algorithm>

#include "deals/concession.hpp"
#include "deals/count.hpp"
#include "deals/listing.hpp"
#include "deals/soft.hpp"
#include "deals/stages.hpp"

namespace parley::deals {
namespace {

constexpr double kMarkedSteps = 3e8;  ///< of the one run that keeps all broken sets apart
constexpr std::size_t kSearchWidth = 200'000;
constexpr double kSearchSteps = 3e9;    ///< of one question in the search that asks for set after set
constexpr double kSearchWork = 3e10;    ///< of all of them
constexpr std::size_t kSets = 100'000;  ///< conflicts or relaxations that are listed

template <class Number>
class Reasons {
 public:
  Reasons(const Plan& plan, const Tables<Number>& tables, const Watch& watch, int threads,
          std::size_t marked_width, Answer& answer)
      : problem_(*plan.problem),
        plan_(plan),
        tables_(tables),
        watch_(watch),
        threads_(threads),
        marked_width_(marked_width),
        answer_(answer),
        soft_(soft_constraints(*plan.problem)) {}

  void run() {
    minimal_sets();
    concessions();
    near_misses();
  }

 private:
  [[nodiscard]] std::vector<std::string> names(const logic::IndexSet& set) const {
    std::vector<std::string> ids;
    for (const int s : set) ids.push_back(soft_[static_cast<std::size_t>(s)].id);
    return ids;
  }

  void minimal_sets() {
    std::vector<logic::IndexSet> conflicts;
    if (auto broken = broken_sets()) {
      const auto stop = [&] { return watch_.stop(); };
      relaxations_ = logic::minimal_members(std::move(*broken), stop);
      logic::SetFamily family = logic::minimal_hitting_sets(relaxations_, kSets, stop);
      if (!family.complete || watch_.stop()) answer_.complete = false;
      conflicts = std::move(family.sets);
    } else {
      logic::Explanations found = search();
      if (!found.conflicts.complete || !found.relaxations.complete) answer_.complete = false;
      relaxations_ = std::move(found.relaxations.sets);
      conflicts = std::move(found.conflicts.sets);
    }
    for (const auto& set : relaxations_) answer_.relaxations.push_back(names(set));
    for (const auto& set : conflicts) answer_.conflicts.push_back(names(set));
    if (answer_.complete && relaxations_.empty())
      answer_.warnings.emplace_back("no package satisfies what cannot be relaxed");
  }

  /// The sets of soft constraints that undominated packages break: every minimal one is among them, since
  /// whoever dominates breaks no reservation more. Nothing where that is too much for one run.
  [[nodiscard]] std::optional<std::vector<logic::IndexSet>> broken_sets() const {
    Ask ask;
    for (const Constraint& c : problem_.constraints)
      ask.constraints.push_back(c.kind == ConstraintKind::impossible ? Use::hard : Use::marked);
    for (const Party& party : problem_.parties)
      ask.reservations.push_back(party.reservation_soft ? Use::ignored : Use::hard);
    if (marked_width_ == 0) return std::nullopt;
    Effort<Number> effort{.width = marked_width_, .steps = kMarkedSteps};
    effort.beam = false;
    // Who has no reservation, or one that every package meets, makes no difference to what is broken.
    const Tables<Number> tables =
        project(tables_, deciding(plan_, tables_, std::vector<bool>(problem_.parties.size(), true)));
    Stages<Number> stages(plan_, tables, ask, watch_, effort);
    if (!stages.run()) return std::nullopt;
    std::vector<int> soft_of(problem_.constraints.size(), -1);
    for (std::size_t s = 0; s < soft_.size(); ++s)
      if (soft_[s].constraint >= 0)
        soft_of[static_cast<std::size_t>(soft_[s].constraint)] = static_cast<int>(s);
    std::vector<logic::IndexSet> sets;
    for (const auto& end : stages.ends()) {
      logic::IndexSet set;
      for (std::size_t s = 0; s < soft_.size() && soft_[s].party >= 0; ++s) {
        const int column = tables.column[static_cast<std::size_t>(soft_[s].party)];
        if (column < 0) continue;
        const auto i = static_cast<std::size_t>(column);
        if (end.utility[i] < *tables.floor[i]) set.push_back(static_cast<int>(s));
      }
      for (const int c : end.broken) set.push_back(soft_of[static_cast<std::size_t>(c)]);
      if (sets.empty() || sets.back() != set) sets.push_back(std::move(set));
    }
    return sets;
  }

  /// One set after another, asking for each subset of the soft constraints whether some package satisfies it.
  logic::Explanations search() {
    const auto stop = [&] { return unknown_ || work_ > kSearchWork || watch_.stop(); };
    return logic::all_minimal_sets(
        static_cast<int>(soft_.size()), [&](const logic::IndexSet& active) { return excludes_all(active); },
        kSets, stop);
  }

  /// Does `active` exclude every package? Where that cannot be told, `unknown_` is set and the answer means
  /// nothing.
  bool excludes_all(const logic::IndexSet& active) {
    if (unknown_ || watch_.stop()) {
      unknown_ = true;
      return false;
    }
    for (const logic::IndexSet& broken : witnesses_) {
      const auto meets = [&](int s) { return std::binary_search(active.begin(), active.end(), s); };
      if (std::none_of(broken.begin(), broken.end(), meets)) return false;
    }
    logic::IndexSet without;
    for (int s = 0; s < static_cast<int>(soft_.size()); ++s)
      if (!std::binary_search(active.begin(), active.end(), s)) without.push_back(s);
    const Ask ask = ask_without(problem_, soft_, without);
    std::vector<bool> hard;
    for (const Use use : ask.reservations) hard.push_back(use == Use::hard);
    const Tables<Number> tables = project(tables_, deciding(plan_, tables_, hard));
    for (const std::size_t width : {std::size_t{2'000}, kSearchWidth}) {
      Stages<Number> stages(plan_, tables, ask, watch_, {.width = width, .steps = kSearchSteps});
      const bool exact = stages.run();
      work_ += stages.work();
      const auto ends = stages.ends();
      for (const auto& end : ends)
        for (const Package& x : stages.paths().list(end.entry, 1))
          witnesses_.push_back(broken_by(problem_, soft_, x));
      if (!ends.empty()) witnesses_ = logic::minimal_members(std::move(witnesses_));
      if (!ends.empty()) return false;
      if (exact) return true;
      if (watch_.stop()) break;
    }
    unknown_ = true;
    return false;
  }

  void concessions() {
    logic::IndexSet reservations;
    for (std::size_t s = 0; s < soft_.size(); ++s)
      if (soft_[s].party >= 0) reservations.push_back(static_cast<int>(s));
    if (reservations.empty()) return;
    Concession all = cheapest_concession(plan_, tables_, soft_, reservations, watch_);
    if (!all.exact) answer_.complete = false;
    answer_.cheapest_concession = std::move(all.cut);
    for (const int s : reservations) {
      if (watch_.stop()) {
        answer_.complete = false;
        return;
      }
      if (std::find(relaxations_.begin(), relaxations_.end(), logic::IndexSet{s}) == relaxations_.end())
        continue;
      Concession one = cheapest_concession(plan_, tables_, soft_, {s}, watch_);
      if (!one.exact) answer_.complete = false;
      if (!one.cut) continue;
      const auto i = static_cast<std::size_t>(soft_[static_cast<std::size_t>(s)].party);
      answer_.single_concessions.push_back({problem_.parties[i].id, std::move(one.cut->cut),
                                            std::move(one.cut->utility), std::move(one.cut->packages)});
    }
  }

  /// The smallest relaxations name the packages that break the fewest constraints: each such package breaks
  /// exactly one of them.
  void near_misses() {
    std::vector<std::pair<Package, logic::IndexSet>> found;
    for (const logic::IndexSet& set : relaxations_) {
      if (set.size() > relaxations_.front().size()) break;
      if (watch_.stop()) {
        answer_.complete = false;
        break;
      }
      const Ask ask = ask_without(problem_, soft_, set);
      const Count count = count_packages(plan_, tables_, ask, watch_, threads_);
      answer_.n_near_misses += count.packages;
      if (!count.exact) answer_.complete = false;
      for (Package& x : few(ask)) found.emplace_back(std::move(x), set);
    }
    std::sort(found.begin(), found.end());
    if (found.size() > kNearMisses) found.resize(kNearMisses);
    for (auto& [package, set] : found) answer_.near_misses.push_back({std::move(package), names(set)});
  }

  /// Packages that satisfy `ask`: the first kNearMisses of them where a short search finds those, otherwise
  /// some.
  [[nodiscard]] std::vector<Package> few(const Ask& ask) const {
    auto found = Listing<Number>(plan_, tables_, ask, &watch_).first(kNearMisses);
    if (found.complete || found.packages.size() >= kNearMisses) return std::move(found.packages);
    Stages<Number> stages(plan_, tables_, ask, watch_, {.width = 2'000});
    stages.run();
    for (const auto& end : stages.ends()) {
      if (found.packages.size() >= 2 * kNearMisses) break;
      for (Package& x : stages.paths().list(end.entry, kNearMisses)) found.packages.push_back(std::move(x));
    }
    std::sort(found.packages.begin(), found.packages.end());
    found.packages.erase(std::unique(found.packages.begin(), found.packages.end()), found.packages.end());
    return std::move(found.packages);
  }

  const BargainProblem& problem_;
  const Plan& plan_;
  const Tables<Number>& tables_;
  const Watch& watch_;
  int threads_;
  std::size_t marked_width_;
  Answer& answer_;
  std::vector<Soft> soft_;
  std::vector<logic::IndexSet> relaxations_;
  std::vector<logic::IndexSet> witnesses_;  ///< what packages met in the search break
  double work_ = 0;
  bool unknown_ = false;
};

}  // namespace

template <class Number>
void explain(const Plan& plan, const Tables<Number>& tables, const Watch& watch, int threads, Answer& answer,
             std::size_t marked_width) {
  Reasons<Number>(plan, tables, watch, threads, marked_width, answer).run();
}

template void explain(const Plan&, const Tables<std::int64_t>&, const Watch&, int, Answer&, std::size_t);
template void explain(const Plan&, const Tables<Int128>&, const Watch&, int, Answer&, std::size_t);
template void explain(const Plan&, const Tables<mpz_class>&, const Watch&, int, Answer&, std::size_t);

}  // namespace parley::deals
