// SPDX-License-Identifier: MIT
// The first few packages, in lexicographic order, that satisfy a set of constraints and reservations.
#pragma once
#include <vector>

#include "deals/stages.hpp"

namespace parley::deals {

/// The most partial packages that a listing may look at.
inline constexpr std::size_t kListingSteps = 2'000'000;

template <class Number>
class Listing {
 public:
  /// `ask` as for Stages; marked constraints are ignored. Ends, not complete, when `watch` says stop.
  Listing(const Plan& plan, const Tables<Number>& tables, const Ask& ask, const Watch* watch = nullptr)
      : plan_(plan), tables_(tables), ask_(ask), problem_(*plan.problem), watch_(watch), n_(tables.parties) {
    const std::size_t issues = problem_.issues.size();
    position_.resize(issues);
    for (std::size_t p = 0; p < issues; ++p) position_[static_cast<std::size_t>(plan.order[p])] = p;
    decided_.resize(issues + 1);
    for (std::size_t c = 0; c < problem_.constraints.size(); ++c) {
      if (ask.constraints[c] != Use::hard) continue;
      const std::vector<int> touched = expression::touched(problem_.constraints[c].formula);
      decided_[touched.empty() ? 0 : static_cast<std::size_t>(touched.back()) + 1].push_back(c);
    }
    most_.assign((issues + 1) * n_, Number(0));
    for (const TermRule& term : plan.terms) {
      const Number& value = tables.term[static_cast<std::size_t>(&term - plan.terms.data())];
      if (value > 0) most_[issues * n_ + static_cast<std::size_t>(term.party)] += value;
    }
    for (std::size_t k = issues; k-- > 0;)
      for (std::size_t i = 0; i < n_; ++i) {
        const std::vector<Number>& row = tables.worth[position_[k]];
        Number best = row.empty() ? Number(0) : row[i];
        for (std::size_t o = i; o < row.size(); o += n_) best = std::max(best, row[o]);
        most_[k * n_ + i] = most_[(k + 1) * n_ + i] + best;
      }
  }

  struct Found {
    std::vector<Package> packages;
    bool complete = true;  ///< false: kListingSteps or the time passed before the search was over
  };

  Found first(std::size_t limit) {
    limit_ = limit;
    package_.assign(problem_.issues.size(), 0);
    walk(0, std::vector<Number>(n_, Number(0)));
    return std::move(found_);
  }

 private:
  void walk(std::size_t issue, const std::vector<Number>& sum) {
    ++steps_;
    if (steps_ > kListingSteps || (watch_ != nullptr && steps_ % 256 == 0 && watch_->stop())) {
      found_.complete = false;
      return;
    }
    for (std::size_t i = 0; i < n_; ++i)
      if (binds(i) && sum[i] + most_[issue * n_ + i] < *tables_.floor[i]) return;
    for (const std::size_t c : decided_[issue])
      if (!expression::holds(problem_.constraints[c].formula, package_)) return;
    if (issue == package_.size()) {
      if (accepted(sum)) found_.packages.push_back(package_);
      return;
    }
    const std::size_t p = position_[issue];
    std::vector<Number> total(n_);
    for (int o = 0; o < plan_.sizes[p] && found_.complete && found_.packages.size() < limit_; ++o) {
      package_[issue] = o;
      for (std::size_t i = 0; i < n_; ++i)
        total[i] = sum[i] + tables_.worth[p][static_cast<std::size_t>(o) * n_ + i];
      walk(issue + 1, total);
    }
  }

  [[nodiscard]] bool binds(std::size_t i) const {
    return ask_.reservations[i] == Use::hard && tables_.floor[i].has_value();
  }

  [[nodiscard]] bool accepted(std::vector<Number> sum) const {
    for (std::size_t t = 0; t < plan_.terms.size(); ++t) {
      const auto i = static_cast<std::size_t>(plan_.terms[t].party);
      const Term& term = problem_.parties[i].terms[static_cast<std::size_t>(plan_.terms[t].term)];
      if (binds(i) && expression::holds(term.when, package_)) sum[i] += tables_.term[t];
    }
    for (std::size_t i = 0; i < n_; ++i) {
      if (!binds(i)) continue;
      if (tables_.cap[i] && *tables_.cap[i] < sum[i]) sum[i] = *tables_.cap[i];
      if (sum[i] < *tables_.floor[i]) return false;
    }
    return true;
  }

  const Plan& plan_;
  const Tables<Number>& tables_;
  const Ask& ask_;
  const BargainProblem& problem_;
  const Watch* watch_;
  std::size_t n_, limit_ = 0, steps_ = 0;
  std::vector<std::size_t> position_;  ///< per issue
  std::vector<std::vector<std::size_t>>
      decided_;               ///< per number of issues chosen, the constraints then decided
  std::vector<Number> most_;  ///< [issues chosen][party]: what the rest and the terms can add
  Package package_;
  Found found_;
};

}  // namespace parley::deals
