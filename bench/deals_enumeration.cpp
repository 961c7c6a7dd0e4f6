// SPDX-License-Identifier: MIT
// Packages per second: counting a zone by blocks, and finding which sets of constraints packages break,
// against a plain loop over the packages. Then what no loop can reach: a million million packages.
#include <cstdint>
#include <set>

#include "bench/deals_problem.hpp"
#include "bench/ratio.hpp"
#include "deals/count.hpp"
#include "deals/frontier.hpp"
#include "deals/reasons.hpp"

namespace {

using namespace parley;
using bench::Size;
using Masks = std::set<std::uint32_t>;

constexpr int kLarge = 8, kSmall = 5;  ///< issues of 10 options: 1e8 packages, and 1e5 for the loop

/// The definition as a careful programmer would write it down: integers, constraints as tables over their two
/// issues, one package after another.
class Loop {
 public:
  explicit Loop(const deals::BargainProblem& problem) : problem_(problem) {
    for (const deals::Party& party : problem.parties) {
      worth_.emplace_back();
      for (const auto& row : party.worth) {
        worth_.back().emplace_back();
        for (const mpq_class& value : row) worth_.back().back().push_back(scaled(value));
      }
      floor_.push_back(scaled(*party.reservation));
    }
    for (const deals::Constraint& c : problem.constraints) links_.push_back(table(c.formula));
  }

  /// Calls `take` with what each package breaks: a bit per party, then a bit per constraint.
  template <class Take>
  void each(Take take) const {
    std::vector<std::size_t> x(problem_.issues.size(), 0);
    for (;;) {
      take(broken(x));
      std::size_t k = 0;
      while (k < x.size() && ++x[k] == problem_.issues[k].options.size()) x[k++] = 0;
      if (k == x.size()) return;
    }
  }

  [[nodiscard]] mpz_class zone() const {
    unsigned long inside = 0;
    each([&](std::uint32_t mask) { inside += mask == 0 ? 1U : 0U; });
    return inside;
  }

  [[nodiscard]] Masks minimal_masks() const {
    std::vector<bool> met(std::size_t{1} << (floor_.size() + links_.size()), false);
    each([&](std::uint32_t mask) { met[mask] = true; });
    Masks minimal;
    for (std::uint32_t mask = 0; mask < met.size(); ++mask) {
      const auto within = [&](std::uint32_t less) { return (less & mask) == less; };
      if (met[mask] && std::none_of(minimal.begin(), minimal.end(), within)) minimal.insert(mask);
    }
    return minimal;
  }

 private:
  struct Link {
    std::size_t a, b, width;
    std::vector<char> holds;
  };

  /// The problem's numbers are multiples of 1 / 45000; a floor between two of them acts like the upper one.
  static std::int64_t scaled(const mpq_class& value) {
    return deals::scaled_up(value, mpz_class(45'000)).get_si();
  }

  [[nodiscard]] Link table(const expression::Formula& formula) const {
    const std::vector<int> touched = expression::touched(formula);
    Link link{static_cast<std::size_t>(touched.front()), static_cast<std::size_t>(touched.back()), 0, {}};
    std::vector<int> x(problem_.issues.size(), 0);
    link.width = problem_.issues[link.b].options.size();
    for (std::size_t o = 0; o < problem_.issues[link.a].options.size(); ++o)
      for (std::size_t p = 0; p < link.width; ++p) {
        x[link.a] = static_cast<int>(o), x[link.b] = static_cast<int>(p);
        link.holds.push_back(expression::holds(formula, x) ? 1 : 0);
      }
    return link;
  }

  [[nodiscard]] std::uint32_t broken(const std::vector<std::size_t>& x) const {
    std::uint32_t mask = 0, bit = 1;
    for (std::size_t i = 0; i < floor_.size(); ++i, bit <<= 1) {
      std::int64_t sum = 0;
      for (std::size_t k = 0; k < x.size(); ++k) sum += worth_[i][k][x[k]];
      if (sum < floor_[i]) mask |= bit;
    }
    for (std::size_t l = 0; l < links_.size(); ++l, bit <<= 1)
      if (links_[l].holds[x[links_[l].a] * links_[l].width + x[links_[l].b]] == 0) mask |= bit;
    return mask;
  }

  const deals::BargainProblem& problem_;
  std::vector<std::vector<std::vector<std::int64_t>>> worth_;  ///< [party][issue][option]
  std::vector<std::int64_t> floor_;
  std::vector<Link> links_;
};

/// A problem made ready, and the two parts of the solver that are measured; one thread.
class Solver {
 public:
  explicit Solver(const Size& size)
      : problem_(bench::make_problem(size)),
        plan_(deals::make_plan(problem_)),
        tables_(deals::narrow<std::int64_t>(deals::make_tables(plan_).tables)),
        watch_(options_) {}
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  [[nodiscard]] const deals::BargainProblem& problem() const { return problem_; }
  [[nodiscard]] double packages() const { return plan_.packages.get_d(); }

  [[nodiscard]] mpz_class zone() const {
    return deals::count_packages(plan_, tables_, deals::ask_all(problem_), watch_, 1).packages;
  }

  [[nodiscard]] deals::Answer frontier() const {
    deals::Answer answer;
    deals::find_frontier(plan_, tables_, watch_, answer);
    return answer;
  }

  /// Everything that is said of a problem with no zone, near misses counted included.
  [[nodiscard]] Masks minimal_masks() const {
    deals::Answer answer;
    deals::explain(plan_, tables_, watch_, 1, answer);
    Masks masks;
    for (const auto& set : answer.relaxations) {
      std::uint32_t mask = 0;
      for (const std::string& id : set) mask |= std::uint32_t{1} << bit_of(id);
      masks.insert(mask);
    }
    return masks;
  }

 private:
  [[nodiscard]] std::size_t bit_of(const std::string& id) const {
    std::size_t bit = 0;
    for (const deals::Party& party : problem_.parties) {
      if (party.reservation_id == id) return bit;
      ++bit;
    }
    for (const deals::Constraint& c : problem_.constraints) {
      if (c.id == id) return bit;
      ++bit;
    }
    return bit;
  }

  deals::BargainProblem problem_;
  deals::Options options_;
  deals::Plan plan_;
  deals::Tables<std::int64_t> tables_;
  deals::Watch watch_;
};

Size size_of(benchmark::State& state, int issues, double reservation) {
  return {static_cast<int>(state.range(0)), issues, 10, 6, reservation};
}

/// Time and baseline are those of one package.
template <class Fast, class Slow>
void compare(benchmark::State& state, double reservation, Fast fast, Slow slow) {
  const Solver large(size_of(state, kLarge, reservation)), small(size_of(state, kSmall, reservation));
  const Loop loop(small.problem());
  if (!(fast(small) == slow(loop))) return state.SkipWithError("the two answers differ");
  bench::ratio_per_item(
      state, [&] { return fast(large); }, large.packages(), [&] { return slow(loop); }, small.packages());
}

/// The packages in the zone; low reservations, so that a fifth of all is inside and little is ruled out
/// early.
void deals_zone_1e8(benchmark::State& state) {
  compare(state, 0.4, [](const Solver& s) { return s.zone(); }, [](const Loop& l) { return l.zone(); });
}
BENCHMARK(deals_zone_1e8)->Arg(2)->Arg(3)->Arg(5)->Apply(bench::once);

/// Every constraint soft: the minimal sets that packages break. No package satisfies all.
void deals_broken_sets_1e8(benchmark::State& state) {
  compare(
      state, 0.95, [](const Solver& s) { return s.minimal_masks(); },
      [](const Loop& l) { return l.minimal_masks(); });
}
BENCHMARK(deals_broken_sets_1e8)->Arg(2)->Arg(3)->Arg(5)->Apply(bench::once);

void frontier_of(benchmark::State& state, double reservation, bool agreement) {
  const Solver solver(size_of(state, 12, reservation));
  const deals::Answer answer = solver.frontier();
  if (!answer.certified || answer.agreement != agreement)
    return state.SkipWithError(answer.certified ? "agreement not as meant" : "not certified");
  bench::timed(state, [&] { return solver.frontier().frontier.size(); });
  state.counters["points"] = static_cast<double>(answer.frontier.size());
}

/// Frontier and the four solutions among 1e12 packages with 6 linkages.
void deals_frontier_1e12(benchmark::State& state) { frontier_of(state, 0.55, true); }
BENCHMARK(deals_frontier_1e12)->DenseRange(2, 4)->Apply(bench::once);

/// The proof that none of 1e12 packages is acceptable to all. The second number: reservations in thousandths
/// of each party's best, little above those at which there is a package.
void deals_no_deal_1e12(benchmark::State& state) {
  frontier_of(state, static_cast<double>(state.range(1)) / 1000, false);
}
BENCHMARK(deals_no_deal_1e12)->Args({6, 735})->Args({7, 700})->Args({8, 670})->Apply(bench::once);

}  // namespace
