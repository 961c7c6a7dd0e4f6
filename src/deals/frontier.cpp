// SPDX-License-Identifier: MIT
#include "deals/frontier.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "deals/choose.hpp"

namespace parley::deals {
namespace {

// Terms make bounds loose and states many: there it pays to find good points first and prune by them.
// Additive utilities seldom need a second run.
constexpr std::size_t kTermWidths[] = {1'000, 30'000, kMostEntries};
constexpr std::size_t kAdditiveWidths[] = {100'000, kMostEntries};

/// Reservation values as doubles that are not above them; 0 where there is none.
std::vector<double> reservations(const BargainProblem& problem) {
  std::vector<double> values;
  for (const Party& party : problem.parties)
    values.push_back(party.reservation ? -Bounds::up(-party.reservation->get_d()) : 0);
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
      if (exact) {
        found_.clear();
        collect(stages);
        publish();
        return;
      }
      collect(stages);
      lost_ = lost;
      if (watch_.stop()) break;
    }
    answer_.certified = answer_.complete = false;
    publish();
    if (answer_.agreement)
      answer_.gap = gap();
    else
      answer_.warnings.emplace_back("no package was found in the zone, and it is not proved empty");
  }

 private:
  struct Point {
    std::vector<Package> packages;
    mpz_class n_packages;
  };

  void collect(const Stages<Number>& stages) {
    const auto ends = stages.ends();
    std::vector<std::uint32_t> entries;
    std::vector<Number> rows;
    for (const auto& end : ends) {
      entries.push_back(end.entry);
      rows.insert(rows.end(), end.utility, end.utility + tables_.parties);
    }
    known_.add(rows);
    const std::vector<mpz_class> counts = stages.paths().count(entries);
    mpz_class total = 0;
    for (const mpz_class& count : counts) total += count;
    const std::size_t limit = total > kListedPackages ? 1 : kListedPackages;
    for (std::size_t e = 0; e < ends.size(); ++e) {
      Point& point = found_[{ends[e].utility, ends[e].utility + tables_.parties}];
      if (point.n_packages >= counts[e]) continue;
      point = {stages.paths().list(ends[e].entry, limit), counts[e]};
    }
  }

  /// What was found, without the points that others beat.
  void publish() {
    std::vector<Number> rows;
    std::vector<const Point*> points;
    for (const auto& [utility, point] : found_) {
      rows.insert(rows.end(), utility.begin(), utility.end());
      points.push_back(&point);
    }
    const Undominated front = undominated(rows, tables_.parties, points.size());
    answer_.frontier.clear();
    for (std::size_t s = 0; s < front.size(); ++s) {
      const std::size_t r = front.order[front.first[s]];
      answer_.frontier.push_back(
          {tables_.rational(rows.data() + r * tables_.parties), points[r]->packages, points[r]->n_packages});
    }
    answer_.agreement = !answer_.frontier.empty();
    choose_solutions(*plan_.problem, answer_);
    for (const FrontierPoint& point : answer_.frontier)
      for (std::size_t i = 0; i < tables_.parties; ++i)
        best_gain_[i] = std::max(best_gain_[i], -Bounds::up(reservation_[i] - point.utility[i].get_d()));
  }

  /// The largest distance, over the four criteria, between a printed solution and what was let go.
  mpq_class gap() const {
    if (!lost_.any || !answer_.nash) return 0;
    double worst = 0;
    const auto compare = [&](double bound, const Solution& solution) {
      worst = std::max(worst, Bounds::up(bound - solution.value.get_d()));
    };
    compare(lost_.nash, *answer_.nash);
    compare(lost_.egalitarian, *answer_.egalitarian);
    compare(lost_.welfare, *answer_.welfare);
    // A better best gain than was found would lower the ratio of the printed solution.
    double ratio = 1;
    for (std::size_t i = 0; i < tables_.parties; ++i) {
      const double best = std::max(best_gain_[i], lost_.best_gain_above()[i]);
      const double gain = answer_.kalai_smorodinsky->utility[i].get_d() - reservation_[i];
      if (best > 0) ratio = std::min(ratio, gain / best);
    }
    worst = std::max(worst, Bounds::up(lost_.kalai_smorodinsky - ratio));
    return std::isfinite(worst) ? mpq_class(worst) : mpq_class(0);
  }

  const Plan& plan_;
  const Tables<Number>& tables_;
  const Watch& watch_;
  Answer& answer_;
  Known<Number> known_;
  std::vector<double> reservation_, best_gain_;
  std::map<std::vector<Number>, Point> found_;
  Bounds lost_{{}, {}};
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
