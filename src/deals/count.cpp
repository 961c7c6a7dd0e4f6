// SPDX-License-Identifier: MIT
#include "deals/count.hpp"

#include <algorithm>
#include <system_error>
#include <thread>
#include <type_traits>

#include "deals/count_halves.hpp"
#include "deals/count_walk.hpp"

namespace parley::deals {
namespace {

using counting::Block;
using counting::Setting;
using counting::Worker;

constexpr std::size_t kJobs = 64;  ///< the outer packages are cut into about so many jobs

/// The parties whose reservation decides anything, and the rules that count for them. Nothing: no package can
/// satisfy.
template <class Number>
std::optional<Setting<Number>> make_setting(const Plan& plan, const Tables<Number>& tables, const Ask& ask,
                                            std::size_t block, std::size_t few) {
  Setting<Number> s;
  s.few = few;
  s.plan = &plan;
  s.tables = &tables;
  const std::size_t n = tables.parties, stages = plan.sizes.size();
  std::vector<int> column(n, -1);
  std::vector<std::vector<Number>> most, least;
  for (std::size_t i = 0; i < n; ++i) {
    if (ask.reservations[i] != Use::hard || !tables.floor[i]) continue;
    std::vector<Number> high(stages + 1, Number(0)), low(stages + 1, Number(0)), base(1, Number(0));
    for (std::size_t t = 0; t < plan.terms.size(); ++t) {
      if (plan.terms[t].party != static_cast<int>(i)) continue;
      const Number& value = tables.term[t];
      const int root = plan.terms[t].diagram.root;
      if (root == Diagram::kTrue) base[0] += value;
      if (root <= Diagram::kTrue) continue;
      (value > 0 ? high : low)[stages] += value;
    }
    for (std::size_t p = stages; p-- > 0;) {
      Number best = tables.worth[p][i], worst = best;
      for (std::size_t o = i; o < tables.worth[p].size(); o += n) {
        best = std::max(best, tables.worth[p][o]);
        worst = std::min(worst, tables.worth[p][o]);
      }
      high[p] = high[p + 1] + best;
      low[p] = low[p + 1] + worst;
    }
    if (tables.cap[i] && *tables.cap[i] < *tables.floor[i]) return std::nullopt;
    if (base[0] + high[0] < *tables.floor[i]) return std::nullopt;
    if (!(base[0] + low[0] < *tables.floor[i])) continue;
    column[i] = static_cast<int>(s.parties.size());
    s.parties.push_back(static_cast<int>(i));
    s.floor.push_back(*tables.floor[i]);
    s.base.push_back(base[0]);
    most.push_back(std::move(high));
    least.push_back(std::move(low));
  }
  for (std::size_t p = 0; p <= stages; ++p)
    for (std::size_t c = 0; c < most.size(); ++c) {
      s.most.push_back(most[c][p]);
      s.least.push_back(least[c][p]);
    }
  for (std::size_t c = 0; c < plan.constraints.size(); ++c) {
    if (ask.constraints[c] != Use::hard || plan.constraints[c].root == Diagram::kTrue) continue;
    if (plan.constraints[c].root == Diagram::kFalse) return std::nullopt;
    s.rules.push_back({&plan.constraints[c], -1, -1});
  }
  for (std::size_t t = 0; t < plan.terms.size(); ++t) {
    const int c = column[static_cast<std::size_t>(plan.terms[t].party)];
    if (c >= 0 && plan.terms[t].diagram.root > Diagram::kTrue)
      s.rules.push_back({&plan.terms[t].diagram, c, static_cast<int>(t)});
  }
  // The inner issues: as many as make a block. Where that would be all of them, there is nothing to gain by
  // one.
  s.cut = stages;
  if (plan.packages <= block) return s;
  for (std::size_t rows = 1; s.cut > 0; --s.cut) {
    rows *= static_cast<std::size_t>(plan.sizes[s.cut - 1]);
    if (rows > block) break;
  }
  return s;
}

/// The leading outer options, in about kJobs combinations.
std::vector<std::vector<int>> make_jobs(const Plan& plan, std::size_t cut) {
  std::vector<std::vector<int>> jobs{{}};
  for (std::size_t p = 0; p < cut && jobs.size() < kJobs; ++p) {
    std::vector<std::vector<int>> longer;
    for (const std::vector<int>& job : jobs)
      for (int o = 0; o < plan.sizes[p]; ++o) {
        longer.push_back(job);
        longer.back().push_back(o);
      }
    jobs = std::move(longer);
  }
  return jobs;
}

template <class Number>
Count count_split(const Setting<Number>& setting, const Watch& watch, int threads) {
  watch.check();
  const Block<Number> block(setting, watch);
  const std::vector<std::vector<int>> jobs = make_jobs(*setting.plan, setting.cut);
  const double steps = kCountingSteps / static_cast<double>(jobs.size());
  std::atomic<std::size_t> next{0};
  std::atomic<bool> exact{true};
  const auto work = [&](mpz_class& total) {
    Worker<Number> worker(setting, block, watch);
    for (std::size_t job = next++; job < jobs.size(); job = next++)
      if (watch.stop() || !worker.count(jobs[job], steps)) exact = false;
    total = worker.finish();
    if (watch.stop()) exact = false;
  };
  std::size_t n_threads =
      threads > 0 ? static_cast<std::size_t>(threads) : std::thread::hardware_concurrency();
  n_threads = std::clamp<std::size_t>(n_threads, 1, jobs.size());
  std::vector<mpz_class> totals(n_threads);
  std::vector<std::thread> others;
  others.reserve(n_threads);
  try {
    for (std::size_t t = 1; t < n_threads; ++t) others.emplace_back(work, std::ref(totals[t]));
  } catch (const std::system_error&) {  // no more threads to be had: those that are do the work
  }
  work(totals[0]);
  for (std::thread& other : others) other.join();
  Count count;
  for (const mpz_class& total : totals) count.packages += total;
  count.exact = exact;
  return count;
}

/// No reservation binds: what is left to count are assignments of the rules.
template <class Number>
Count count_rules(const Plan& plan, const Ask& ask, const Watch& watch) {
  Tables<Number> none;
  none.worth.resize(plan.sizes.size());
  none.term.resize(plan.terms.size());
  none.column.assign(plan.problem->parties.size(), -1);
  Ask only_hard = ask;
  for (Use& use : only_hard.constraints)
    if (use == Use::marked) use = Use::ignored;
  only_hard.reservations.clear();
  Stages<Number> stages(plan, none, only_hard, watch);
  if (!stages.run()) return {0, false};
  const auto ends = stages.ends();
  return {ends.empty() ? mpz_class(0) : stages.paths().count({ends.front().entry}).front(), true};
}

/// By halves, where the space is large and they fit; nothing where they do not.
template <class Number>
std::optional<Count> count_by_halves(const Setting<Number>& setting, const Watch& watch, double from) {
  if constexpr (std::is_same_v<Number, mpz_class>) {
    return std::nullopt;
  } else {
    if (setting.parties.size() > counting::kMostPairColumns || setting.plan->packages < from)
      return std::nullopt;
    const auto cut = counting::half_cut(*setting.plan);
    if (!cut) return std::nullopt;
    const auto packages = counting::Halves<Number>(setting, *cut, watch).count();
    if (!packages) return std::nullopt;
    return Count{*packages, true};
  }
}

}  // namespace

template <class Number>
Count count_packages(const Plan& plan, const Tables<Number>& tables, const Ask& ask, const Watch& watch,
                     int threads, std::size_t block, std::size_t few, double halves) {
  if (plan.packages == 0) return {};
  const std::optional<Setting<Number>> setting =
      make_setting(plan, tables, ask, std::min(block, kBlock), few);
  if (!setting) return {};
  if (setting->parties.empty()) return count_rules<Number>(plan, ask, watch);
  try {
    if (const auto count = count_by_halves(*setting, watch, halves)) return *count;
    return count_split(*setting, watch, threads);
  } catch (const Stopped&) {  // by the block; workers count what they have
    return {0, false};
  }
}

template Count count_packages(const Plan&, const Tables<std::int64_t>&, const Ask&, const Watch&, int,
                              std::size_t, std::size_t, double);
template Count count_packages(const Plan&, const Tables<Int128>&, const Ask&, const Watch&, int, std::size_t,
                              std::size_t, double);
template Count count_packages(const Plan&, const Tables<mpz_class>&, const Ask&, const Watch&, int,
                              std::size_t, std::size_t, double);

}  // namespace parley::deals
