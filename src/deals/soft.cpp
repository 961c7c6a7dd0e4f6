// SPDX-License-Identifier: MIT
#include "deals/soft.hpp"

namespace parley::deals {

mpq_class utility_of(const Party& party, const std::vector<int>& package) {
  mpq_class sum = 0;
  for (std::size_t k = 0; k < party.worth.size(); ++k)
    sum += party.worth[k][static_cast<std::size_t>(package[k])];
  for (const Term& term : party.terms)
    if (expression::holds(term.when, package)) sum += term.value;
  return party.cap && *party.cap < sum ? *party.cap : sum;
}

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

Ask ask_without(const BargainProblem& problem, const std::vector<Soft>& soft,
                const logic::IndexSet& without) {
  Ask ask = ask_all(problem);
  for (const int s : without) {
    const Soft& row = soft[static_cast<std::size_t>(s)];
    if (row.party >= 0)
      ask.reservations[static_cast<std::size_t>(row.party)] = Use::ignored;
    else
      ask.constraints[static_cast<std::size_t>(row.constraint)] = Use::ignored;
  }
  return ask;
}

logic::IndexSet broken_by(const BargainProblem& problem, const std::vector<Soft>& soft,
                          const std::vector<int>& package) {
  logic::IndexSet broken;
  for (std::size_t s = 0; s < soft.size(); ++s) {
    bool ok = true;
    if (soft[s].party >= 0) {
      const Party& party = problem.parties[static_cast<std::size_t>(soft[s].party)];
      ok = utility_of(party, package) >= *party.reservation;
    } else {
      ok = expression::holds(problem.constraints[static_cast<std::size_t>(soft[s].constraint)].formula,
                             package);
    }
    if (!ok) broken.push_back(static_cast<int>(s));
  }
  return broken;
}

}  // namespace parley::deals
