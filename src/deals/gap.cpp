// SPDX-License-Identifier: MIT
#include "deals/gap.hpp"

#include <algorithm>
#include <cmath>

namespace parley::deals {
namespace {

/// The printed values; those of no deal, where every party has its reservation value, if there is no package.
struct Printed {
  mpq_class nash = 0, egalitarian = 0, welfare = 0;
};

Printed printed(const BargainProblem& problem, const Answer& answer) {
  if (answer.nash) return {answer.nash->value, answer.egalitarian->value, answer.welfare->value};
  Printed none;
  for (const Party& party : problem.parties)
    if (party.reservation) none.welfare += *party.reservation;
  return none;
}

/// Kalai-Smorodinsky ratios where the best gains of the zone are known only to lie in an interval. Ratios
/// below 0 count as 0.
class Ratios {
 public:
  Ratios(const BargainProblem& problem, const Answer& answer, const Bounds& lost)
      : problem_(problem), high_(lost.best_gain_above()) {
    for (std::size_t i = 0; i < problem.parties.size(); ++i) {
      low_.push_back(-Bounds::kMost);
      for (const FrontierPoint& point : answer.frontier)
        low_[i] = std::max(low_[i], Bounds::down(gain(point.utility, i)));
      high_[i] = std::max(high_[i], Bounds::up(low_[i] + std::abs(low_[i]) * 1e-11));
    }
  }

  /// No more than the ratio that `utility` has in truth.
  [[nodiscard]] double least(const std::vector<mpq_class>& utility) const {
    double ratio = 1;
    for (std::size_t i = 0; i < high_.size(); ++i) {
      const double g = Bounds::down(gain(utility, i));
      if (high_[i] <= 0) continue;
      ratio = std::min(ratio, Bounds::down(g / high_[i]));
    }
    return std::max(ratio, 0.0);
  }

  /// No less than the ratio that `utility` has in truth.
  [[nodiscard]] double most(const std::vector<mpq_class>& utility) const {
    double ratio = 1;
    for (std::size_t i = 0; i < high_.size(); ++i) {
      const double g = Bounds::up(gain(utility, i));
      if (low_[i] > 0) ratio = std::min(ratio, Bounds::up(g / low_[i]));
    }
    return std::max(ratio, 0.0);
  }

 private:
  [[nodiscard]] double gain(const std::vector<mpq_class>& utility, std::size_t i) const {
    const auto& floor = problem_.parties[i].reservation;
    return floor ? mpq_class(utility[i] - *floor).get_d() : utility[i].get_d();
  }

  const BargainProblem& problem_;
  std::vector<double> low_, high_;
};

double ratio_gap(const BargainProblem& problem, const Answer& answer, const Bounds& lost) {
  double best = lost.kalai_smorodinsky;
  if (!answer.kalai_smorodinsky) return best;
  const Ratios ratios(problem, answer, lost);
  for (const FrontierPoint& point : answer.frontier) best = std::max(best, ratios.most(point.utility));
  return Bounds::up(best - ratios.least(answer.kalai_smorodinsky->utility));
}

/// In rationals, from what each party could get at most on its own; a ratio is at most 1.
mpq_class wide_gap(const BargainProblem& problem, const Answer& answer,
                   const std::function<mpq_class(std::size_t)>& most) {
  mpq_class product = 1, least, sum = 0;
  for (std::size_t i = 0; i < problem.parties.size(); ++i) {
    const mpq_class best = most(i);
    const mpq_class gain =
        problem.parties[i].reservation ? mpq_class(best - *problem.parties[i].reservation) : best;
    product *= std::max<mpq_class>(gain, 0);
    least = i == 0 ? gain : std::min<mpq_class>(least, gain);
    sum += best;
  }
  const Printed here = printed(problem, answer);
  mpq_class gap = std::max<mpq_class>(product - here.nash, 1);
  gap = std::max<mpq_class>(gap, least - here.egalitarian);
  return std::max<mpq_class>(gap, sum - here.welfare);
}

}  // namespace

mpq_class gap_bound(const BargainProblem& problem, const Answer& answer, const Bounds& lost,
                    const std::function<mpq_class(std::size_t)>& most) {
  if (!lost.any && !lost.overflow) return 0;
  const Printed here = printed(problem, answer);
  double gap = std::max(0.0, Bounds::up(lost.nash - Bounds::down(here.nash.get_d())));
  gap = std::max(gap, Bounds::up(lost.egalitarian - Bounds::down(here.egalitarian.get_d())));
  gap = std::max(gap, Bounds::up(lost.welfare - Bounds::down(here.welfare.get_d())));
  const double ratio = ratio_gap(problem, answer, lost);
  if (!lost.overflow && std::isfinite(gap) && std::isfinite(ratio)) return mpq_class(std::max(gap, ratio));
  return wide_gap(problem, answer, most);
}

}  // namespace parley::deals
