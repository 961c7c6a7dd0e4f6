// SPDX-License-Identifier: MIT
#include "deals/concession.hpp"

#include <algorithm>

#include "deals/choose.hpp"
#include "deals/stages.hpp"

namespace parley::deals {
namespace {

constexpr std::size_t kWidths[] = {2'000, 50'000, kMostEntries};
constexpr std::size_t kListed = 2'000;  ///< packages worth the same that a concession lists

}  // namespace

template <class Number>
Concession cheapest_concession(const Plan& plan, const Tables<Number>& tables, const std::vector<Soft>& soft,
                               const logic::IndexSet& givers, const Watch& watch) {
  const BargainProblem& problem = *plan.problem;
  const Ask ask = ask_all(problem);
  std::vector<std::size_t> parties;
  for (const int s : givers)
    parties.push_back(static_cast<std::size_t>(soft[static_cast<std::size_t>(s)].party));
  Concession best;
  // Each run lowers the floors by the best cut so far, not more: what would need a larger one is never
  // followed.
  for (const std::size_t width : kWidths) {
    std::vector<std::optional<Number>> floor = tables.floor;
    for (const std::size_t i : parties) {
      floor[i].reset();
      if (best.cut)
        floor[i] =
            to_number<Number>(scaled_up(*problem.parties[i].reservation - best.cut->cut, tables.scale[i]));
    }
    Effort<Number> effort{.width = width};
    effort.floor = &floor;
    Stages<Number> stages(plan, tables, ask, watch, effort);
    best.exact = stages.run();
    std::optional<std::uint32_t> entry;
    for (const auto& end : stages.ends()) {
      std::vector<mpq_class> utility = tables.rational(end.utility);
      mpq_class cut = 0;
      for (const std::size_t i : parties)
        cut = std::max(cut, mpq_class(*problem.parties[i].reservation - utility[i]));
      if (best.cut && cut > best.cut->cut) continue;
      if (best.cut && cut == best.cut->cut && leximin_better(best.cut->utility, utility)) continue;
      if (best.cut && entry && cut == best.cut->cut && !leximin_better(utility, best.cut->utility)) continue;
      best.cut = UniformCut{cut, std::move(utility), {}};
      entry = end.entry;
    }
    if (entry) best.cut->packages = stages.paths().list(*entry, kListed);
    if (best.exact || watch.stop()) break;
  }
  return best;
}

template Concession cheapest_concession(const Plan&, const Tables<std::int64_t>&, const std::vector<Soft>&,
                                        const logic::IndexSet&, const Watch&);
template Concession cheapest_concession(const Plan&, const Tables<Int128>&, const std::vector<Soft>&,
                                        const logic::IndexSet&, const Watch&);
template Concession cheapest_concession(const Plan&, const Tables<mpz_class>&, const std::vector<Soft>&,
                                        const logic::IndexSet&, const Watch&);

}  // namespace parley::deals
