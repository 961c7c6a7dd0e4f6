// SPDX-License-Identifier: MIT
#include "logic/sat_problem.hpp"

#include <cadical.hpp>
#include <initializer_list>
#include <span>

namespace parley::logic {

using expression::Formula;

class SatProblem::Encoding : public CaDiCaL::Terminator {
 public:
  explicit Encoding(const FiniteProblem& problem) : sizes_(problem.sizes) {
    solver_.set("quiet", 1);
    for (const int size : sizes_) add_variable(size);
    for (const Constraint& constraint : problem.constraints) {
      const int truth = literal(constraint.formula);
      selectors_.push_back(constraint.structure ? 0 : fresh());
      if (constraint.structure) {
        clause({truth});
      } else {
        clause({-selectors_.back(), truth});
      }
    }
  }
  ~Encoding() override {
    if (stop_) solver_.disconnect_terminator();
  }

  bool terminate() override { return stop_(); }

  void stop_when(const std::function<bool()>& stop) {
    stop_ = stop;
    if (stop_) solver_.connect_terminator(this);
  }

  std::optional<std::vector<int>> solve(const IndexSet& active,
                                        std::span<const std::pair<std::size_t, int>> given) {
    for (const int c : active)
      if (selectors_[static_cast<std::size_t>(c)] != 0)
        solver_.assume(selectors_[static_cast<std::size_t>(c)]);
    for (const auto& [variable, level] : given) solver_.assume(is(variable, level));
    const int status = solver_.solve();
    if (status == kUnsatisfiable) return std::nullopt;
    if (status != kSatisfiable) throw Interrupted{};
    std::vector<int> out;
    for (std::size_t v = 0; v < sizes_.size(); ++v) {
      int level = 0;
      while (solver_.val(is(v, level)) < 0) ++level;
      out.push_back(level);
    }
    return out;
  }

 private:
  static constexpr int kSatisfiable = 10, kUnsatisfiable = 20;

  int fresh() { return ++last_; }
  int is(std::size_t variable, int level) const { return first_[variable] + level; }

  template <class Literals>
  void clause(const Literals& literals) {
    for (const int l : literals) solver_.add(l);
    solver_.add(0);
  }
  void clause(std::initializer_list<int> literals) { clause<std::initializer_list<int>>(literals); }

  /// Exactly one level. At most one by a ladder (Sinz 2005): rung l says that the level is l or below.
  void add_variable(int size) {
    first_.push_back(last_ + 1);
    last_ += size;
    std::vector<int> levels;
    for (int l = 0; l < size; ++l) levels.push_back(first_.back() + l);
    clause(levels);
    int below = 0;
    for (int l = 0; l < size; ++l) {
      if (below != 0) clause({-below, -levels[static_cast<std::size_t>(l)]});
      if (l + 1 == size) break;
      const int rung = fresh();
      clause({-levels[static_cast<std::size_t>(l)], rung});
      if (below != 0) clause({-below, rung});
      below = rung;
    }
  }

  int constant(bool value) {
    if (true_ == 0) {
      true_ = fresh();
      clause({true_});
    }
    return value ? true_ : -true_;
  }

  /// A literal that is true iff the formula is.
  int literal(const Formula& formula) {
    switch (formula.kind) {
      case Formula::Kind::constant:
        return constant(formula.value);
      case Formula::Kind::atom:
        return atom(formula);
      case Formula::Kind::negation:
        return -literal(formula.parts.front());
      case Formula::Kind::all:
        return conjunction(formula.parts, 1);
      case Formula::Kind::any:
        return -conjunction(formula.parts, -1);
    }
    return constant(false);
  }

  /// Two clauses, since exactly one level is taken: it is in the set, or it is in the rest.
  int atom(const Formula& formula) {
    const auto v = static_cast<std::size_t>(formula.variable);
    const int truth = fresh();
    std::vector<int> inside{-truth}, outside{truth};
    for (int l = 0; l < sizes_[v]; ++l) (formula.levels.has(l) ? inside : outside).push_back(is(v, l));
    clause(inside);
    clause(outside);
    return truth;
  }

  /// True iff all parts are, each taken with the given sign.
  int conjunction(const std::vector<Formula>& parts, int sign) {
    const int truth = fresh();
    std::vector<int> otherwise{truth};
    for (const Formula& part : parts) {
      const int l = sign * literal(part);
      clause({-truth, l});
      otherwise.push_back(-l);
    }
    clause(otherwise);
    return truth;
  }

  CaDiCaL::Solver solver_;
  std::vector<int> sizes_;
  std::vector<int> first_;      ///< variable -> literal of its level 0
  std::vector<int> selectors_;  ///< constraint -> literal that switches it on; 0 for structure
  std::function<bool()> stop_;
  int last_ = 0, true_ = 0;
};

SatProblem::SatProblem(const FiniteProblem& problem) : encoding_(std::make_unique<Encoding>(problem)) {}
SatProblem::~SatProblem() = default;

void SatProblem::stop_when(const std::function<bool()>& stop) { encoding_->stop_when(stop); }

std::optional<std::vector<int>> SatProblem::solve(const IndexSet& active,
                                                  const std::vector<std::pair<std::size_t, int>>& given) {
  return encoding_->solve(active, given);
}

}  // namespace parley::logic
