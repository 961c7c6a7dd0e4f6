// SPDX-License-Identifier: MIT
#include "deals/solve.hpp"

#include "deals/choose.hpp"
#include "deals/count.hpp"
#include "deals/reasons.hpp"
#include "deals/stages.hpp"

namespace parley::deals {
namespace {

constexpr unsigned long kListed = 2'000;  ///< a frontier of more packages than this lists one for each point

template <class Number>
class Solver {
 public:
  Solver(const Plan& plan, const Tables<mpz_class>& exact, const Options& options)
      : problem_(*plan.problem),
        plan_(plan),
        tables_(narrow<Number>(exact)),
        options_(options),
        watch_(options) {}

  Answer run() {
    answer_.n_packages = plan_.packages;
    Ask ask;
    ask.constraints.assign(problem_.constraints.size(), Use::hard);
    ask.reservations.assign(problem_.parties.size(), Use::hard);
    Stages<Number> stages(plan_, tables_, ask, watch_);
    if (!stages.run()) {
      answer_.certified = answer_.complete = answer_.zone_exact = false;
      answer_.warnings.emplace_back("too large a problem");
      return std::move(answer_);
    }
    publish(stages);
    watch_.progress(0.5);
    answer_.agreement = !answer_.frontier.empty();
    choose_solutions(problem_, answer_);
    if (answer_.agreement)
      count_zone(ask);
    else if (options_.reasons)
      explain(plan_, tables_, watch_, options_.threads, answer_);
    watch_.progress(1);
    return std::move(answer_);
  }

 private:
  void publish(const Stages<Number>& stages) {
    const auto ends = stages.ends();
    std::vector<std::uint32_t> entries;
    for (const auto& end : ends) entries.push_back(end.entry);
    const std::vector<mpz_class> counts = stages.paths().count(entries);
    mpz_class total = 0;
    for (const mpz_class& count : counts) total += count;
    const std::size_t limit = total > kListed ? 1 : kListed;
    for (std::size_t e = 0; e < ends.size(); ++e)
      answer_.frontier.push_back(
          {tables_.rational(ends[e].utility), stages.paths().list(ends[e].entry, limit), counts[e]});
  }

  void count_zone(const Ask& ask) {
    const Count count = count_packages(plan_, tables_, ask, watch_, options_.threads);
    answer_.zone_size = count.packages;
    answer_.zone_exact = count.exact;
    if (count.exact) return;
    mpz_class listed = 0;
    for (const FrontierPoint& point : answer_.frontier) listed += point.n_packages;
    if (answer_.zone_size < listed) answer_.zone_size = listed;
    answer_.warnings.emplace_back(
        "the zone was not counted to the end: it holds at least as many packages as stated");
  }

  const BargainProblem& problem_;
  const Plan& plan_;
  Tables<Number> tables_;
  const Options& options_;
  Watch watch_;
  Answer answer_;
};

}  // namespace

Answer solve(const BargainProblem& problem, const Options& options) {
  const Plan plan = make_plan(problem);
  if (!plan.trouble.empty()) {
    Answer answer;
    answer.n_packages = plan.packages;
    answer.certified = answer.complete = answer.zone_exact = false;
    answer.warnings.push_back("the formula of " + plan.trouble +
                              " is too entangled to be worked with: no answer");
    return answer;
  }
  const ExactTables exact = make_tables(plan);
  if (exact.bits <= kBits64) return Solver<std::int64_t>(plan, exact.tables, options).run();
  if (exact.bits <= kBits128) return Solver<Int128>(plan, exact.tables, options).run();
  return Solver<mpz_class>(plan, exact.tables, options).run();
}

}  // namespace parley::deals
