// SPDX-License-Identifier: MIT
#include "deals/frontier.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "deals/choose.hpp"
#include "deals/gap.hpp"

namespace parley::deals {
namespace {

// Terms make bounds loose and states many: there it pays to find good points first and prune by them.
// Additive utilities seldom need a second run.
constexpr std::size_t kTermWidths[] = {1'000, 30'000, kMostEntries};
constexpr std::size_t kAdditiveWidths[] = {100'000, kMostEntries};

constexpr std::size_t kFewPoints = 1'000;  ///< compared with each other even when there is no time left

/// Reservation values as doubles that are not above them; 0 where there is none.
std::vector<double> reservations(const BargainProblem& problem) {
  std::vector<double> values;
  for (const Party& party : problem.parties)
    values.push_back(party.reservation ? Bounds::down(party.reservation->get_d()) : 0);
  return values;
}

template <class Number>
class Search {
 public:
  Search(const Plan& plan, const Tables<Number>& tables, const Watch& watch, Answer& answer)
      : plan_(plan),
        tables_(tables),
        watch_(watch),
        answer_(answer),
        known_(tables.parties),
        reservation_(reservations(*plan.problem)),
        best_gain_(tables.parties, 0.0) {}

  void run() {
    const Ask ask = ask_all(*plan_.problem);
    const bool terms = !plan_.terms.empty();
    const bool prune = terms || tables_.parties == 2;
    for (const std::size_t width : terms ? std::span<const std::size_t>(kTermWidths) : kAdditiveWidths) {
      Bounds lost(reservation_, best_gain_);
      Stages<Number> stages(plan_, tables_, ask, watch_, {width, prune ? &known_ : nullptr, &lost});
      const bool exact = stages.run();
      if (exact) found_.clear();
      const std::vector<std::vector<Number>> added = collect(stages);
      if (exact) return publish();
      filter(added, lost);
      if (lost_)
        lost_->tighten(lost);
      else
        lost_ = lost;
      if (watch_.stop()) break;
    }
    answer_.certified = answer_.complete = false;
    publish();
    answer_.gap = gap_bound(*plan_.problem, answer_, *lost_, [&](std::size_t i) { return most(i); });
    if (!answer_.agreement)
      answer_.warnings.emplace_back("no package was found in the zone, and it is not proved empty");
  }

 private:
  struct Point {
    std::vector<Package> packages;
    mpz_class n_packages;
  };
  using Vector = std::vector<Number>;

  /// Adds what the run ended with to what was found; returns the vectors that are new.
  std::vector<Vector> collect(const Stages<Number>& stages) {
    const auto ends = stages.ends();
    std::vector<std::uint32_t> entries;
    for (const auto& end : ends) entries.push_back(end.entry);
    const std::vector<mpz_class> counts = stages.paths().count(entries);
    mpz_class total = 0;
    for (const mpz_class& count : counts) total += count;
    const std::size_t limit = total > kListedPackages ? 1 : kListedPackages;
    std::vector<Vector> added;
    for (std::size_t e = 0; e < ends.size(); ++e) {
      const auto [at, is_new] = found_.try_emplace({ends[e].utility, ends[e].utility + tables_.parties});
      if (is_new) added.push_back(at->first);
      Point& point = at->second;
      if (point.n_packages >= counts[e]) continue;
      point = {stages.paths().list(ends[e].entry, limit), counts[e]};
    }
    return added;
  }

  /// Drops what others beat. Where the time does not allow to compare all with all, some are kept, and the
  /// others count as lost.
  void filter(const std::vector<Vector>& added, Bounds& lost) {
    try {
      const Watch* watch = watch_.stop() && found_.size() <= kFewPoints ? nullptr : &watch_;
      std::vector<Number> rows;
      for (const auto& [utility, point] : found_) rows.insert(rows.end(), utility.begin(), utility.end());
      Budget budget{1e300, watch};
      const Undominated front = undominated(rows, tables_.parties, found_.size(), {}, budget);
      std::map<Vector, Point> kept;
      for (std::size_t s = 0; s < front.size(); ++s)
        kept.insert(found_.extract(vector_at(rows, front.order[front.first[s]])));
      found_ = std::move(kept);
      known_.add(rows, watch);
    } catch (const Stopped&) {
      filter_late(added, lost);
    }
    measure_gains();
  }

  void measure_gains() {
    if (found_.empty()) return;
    Vector best = found_.begin()->first;
    for (const auto& [utility, point] : found_)
      for (std::size_t i = 0; i < best.size(); ++i)
        if (best[i] < utility[i]) best[i] = utility[i];
    const std::vector<mpq_class> u = tables_.rational(best.data());
    for (std::size_t i = 0; i < best.size(); ++i) {
      const auto& floor = plan_.problem->parties[i].reservation;
      best_gain_[i] = std::max(0.0, Bounds::down((floor ? mpq_class(u[i] - *floor) : u[i]).get_d()));
    }
  }

  /// What was there before the last run stays (those are undominated among themselves), without what the few
  /// new ones beat.
  void filter_late(const std::vector<Vector>& added, Bounds& lost) {
    const auto drop = [&](const Vector& utility) {
      std::vector<double> values;
      for (std::size_t i = 0; i < utility.size(); ++i) values.push_back(tables_.upper(i, utility[i]));
      lost.include(values.data());
      found_.erase(utility);
    };
    const std::size_t step = 1 + added.size() / kFewPoints;
    for (std::size_t a = 0; a < added.size(); ++a)
      if (a % step != 0) drop(added[a]);
    for (std::size_t a = 0; a < added.size(); a += step) {
      const Vector& mine = added[a];
      if (!found_.contains(mine)) continue;
      bool beaten = false;
      for (auto at = found_.begin(); at != found_.end() && !beaten;) {
        beaten = dominates(at->first, mine);
        at = dominates(mine, at->first) ? found_.erase(at) : std::next(at);
      }
      if (beaten) found_.erase(mine);
    }
  }

  static bool dominates(const Vector& a, const Vector& b) {
    bool better = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] < b[i]) return false;
      better = better || b[i] < a[i];
    }
    return better;
  }

  [[nodiscard]] Vector vector_at(const std::vector<Number>& rows, std::size_t r) const {
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(r * tables_.parties);
    return {first, first + static_cast<std::ptrdiff_t>(tables_.parties)};
  }

  void publish() {
    answer_.frontier.clear();
    for (auto at = found_.rbegin(); at != found_.rend(); ++at)
      answer_.frontier.push_back(
          {tables_.rational(at->first.data()), std::move(at->second.packages), at->second.n_packages});
    answer_.agreement = !answer_.frontier.empty();
    choose_solutions(*plan_.problem, answer_, &watch_);
  }

  /// The most that any package could be worth to party i.
  [[nodiscard]] mpq_class most(std::size_t i) const {
    mpz_class sum = 0;
    for (const std::vector<Number>& row : tables_.worth) {
      mpz_class best = to_mpz(row[i]);
      for (std::size_t o = i; o < row.size(); o += tables_.parties)
        best = std::max<mpz_class>(best, to_mpz(row[o]));
      sum += best;
    }
    for (std::size_t t = 0; t < plan_.terms.size(); ++t)
      if (plan_.terms[t].party == static_cast<int>(i) && tables_.term[t] > 0) sum += to_mpz(tables_.term[t]);
    mpq_class value(sum, tables_.scale[i]);
    value.canonicalize();
    return value;
  }

  const Plan& plan_;
  const Tables<Number>& tables_;
  const Watch& watch_;
  Answer& answer_;
  Known<Number> known_;
  std::vector<double> reservation_, best_gain_;
  std::map<Vector, Point> found_;
  std::optional<Bounds> lost_;
};

}  // namespace

template <class Number>
void find_frontier(const Plan& plan, const Tables<Number>& tables, const Watch& watch, Answer& answer) {
  Search<Number>(plan, tables, watch, answer).run();
}

template void find_frontier(const Plan&, const Tables<std::int64_t>&, const Watch&, Answer&);
template void find_frontier(const Plan&, const Tables<Int128>&, const Watch&, Answer&);
template void find_frontier(const Plan&, const Tables<mpz_class>&, const Watch&, Answer&);

}  // namespace parley::deals
