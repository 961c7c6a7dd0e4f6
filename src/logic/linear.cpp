// SPDX-License-Identifier: MIT
#include "logic/linear.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace parley::logic {
namespace {

__extension__ using Int128 = __int128;

/// The simplex's arithmetic on machine integers. Entries stay below 2^62, so that two products and their
/// difference fit in 128 bits; a larger one sets `failed`.
struct Machine {
  using Number = std::int64_t;
  static constexpr std::int64_t kMost = std::int64_t{1} << 62;
  bool failed = false;

  static std::optional<Number> from(const mpz_class& z) {
    if (!z.fits_slong_p() || z.get_si() >= kMost / 2 || z.get_si() <= -(kMost / 2)) return std::nullopt;
    return z.get_si();
  }
  static mpz_class big(Number x) { return mpz_class(static_cast<long>(x)); }
  static int sign(Number x) { return (x > 0) - (x < 0); }
  /// (a * p - b * c) / d, a division without remainder.
  Number eliminate(Number a, Number p, Number b, Number c, Number d) {
    Number left = 0, right = 0, narrow = 0;
    if (!__builtin_mul_overflow(a, p, &left) && !__builtin_mul_overflow(b, c, &right) &&
        !__builtin_sub_overflow(left, right, &narrow) && narrow < kMost && narrow > -kMost)
      return narrow / d;  // nearly always, and several times faster
    const Int128 out = (static_cast<Int128>(a) * p - static_cast<Int128>(b) * c) / d;
    if (out >= kMost || out <= -kMost) {
      failed = true;
      return 0;
    }
    return static_cast<Number>(out);
  }
  Number sum(Number a, Number b) {
    if (a + b >= kMost || a + b <= -kMost) failed = true;
    return failed ? 0 : a + b;
  }
  /// The sign of a * b - c * d.
  static int compare(Number a, Number b, Number c, Number d) {
    const Int128 left = static_cast<Int128>(a) * b, right = static_cast<Int128>(c) * d;
    return (left > right) - (left < right);
  }
};

/// The same without bounds.
struct Unbounded {
  using Number = mpz_class;
  static constexpr bool failed = false;

  static std::optional<Number> from(const mpz_class& z) { return z; }
  static mpz_class big(const Number& x) { return x; }
  static int sign(const Number& x) { return sgn(x); }
  static Number eliminate(const Number& a, const Number& p, const Number& b, const Number& c,
                          const Number& d) {
    Number out = a * p - b * c;
    mpz_divexact(out.get_mpz_t(), out.get_mpz_t(), d.get_mpz_t());
    return out;
  }
  static Number sum(const Number& a, const Number& b) { return a + b; }
  static int compare(const Number& a, const Number& b, const Number& c, const Number& d) {
    return sgn(Number(a * b - c * d));
  }
};

/// Rows times the least common multiple of their denominators, right sides >= 0; the objective likewise.
struct IntegerProgramme {
  struct Row {
    std::vector<mpz_class> coefficients;
    Relation relation = Relation::at_most;
    mpz_class bound;
  };
  std::size_t variables = 0;
  std::vector<Row> rows;
  std::vector<mpz_class> objective;
  mpz_class objective_scale;
};

mpz_class common_denominator(const std::vector<mpq_class>& numbers) {
  mpz_class out = 1;
  for (const mpq_class& q : numbers)
    if (q.get_den() != 1) mpz_lcm(out.get_mpz_t(), out.get_mpz_t(), q.get_den_mpz_t());
  return out;
}

mpz_class scaled(const mpq_class& q, const mpz_class& scale) { return q.get_num() * (scale / q.get_den()); }

IntegerProgramme integer(const std::vector<mpq_class>& objective, const std::vector<LinearRow>& rows) {
  IntegerProgramme out;
  out.variables = objective.size();
  out.objective_scale = common_denominator(objective);
  for (const mpq_class& q : objective) out.objective.push_back(scaled(q, out.objective_scale));
  for (const LinearRow& row : rows) {
    mpz_class scale = common_denominator(row.coefficients);
    mpz_lcm(scale.get_mpz_t(), scale.get_mpz_t(), row.bound.get_den_mpz_t());
    IntegerProgramme::Row next;
    next.relation = row.relation;
    // A right side of 0 needs no artificial variable when the row is read as "at most".
    const bool turn = row.bound < 0 || (row.bound == 0 && row.relation == Relation::at_least);
    if (turn) {
      scale = -scale;
      if (row.relation == Relation::at_most) next.relation = Relation::at_least;
      if (row.relation == Relation::at_least) next.relation = Relation::at_most;
    }
    for (const mpq_class& q : row.coefficients) next.coefficients.push_back(scaled(q, scale));
    next.bound = scaled(row.bound, scale);
    out.rows.push_back(std::move(next));
  }
  return out;
}

/// Entries are integers over one common denominator, the last pivot. Two objective rows stand under the
/// constraints: that of phase 1 (minus the sum of the artificial variables) and that of phase 2; their last
/// column holds minus the value. Artificial variables have no columns: once out of the basis they never come
/// back.
template <class Arithmetic>
class Tableau {
 public:
  using Number = typename Arithmetic::Number;

  static std::optional<LinearAnswer> solve(const IntegerProgramme& programme) {
    Tableau tableau;
    if (!tableau.fill(programme)) return std::nullopt;
    const LinearStatus status = tableau.run();
    if (tableau.arithmetic_.failed) return std::nullopt;
    return tableau.answer(status, programme);
  }

 private:
  bool fill(const IntegerProgramme& programme) {
    constraints_ = programme.rows.size();
    columns_ = programme.variables;
    for (const auto& row : programme.rows) columns_ += row.relation != Relation::equal;
    width_ = columns_ + 1;
    cells_.assign((constraints_ + 2) * width_, Number(0));
    std::size_t slack = programme.variables;
    for (std::size_t i = 0; i < constraints_; ++i) {
      const auto& row = programme.rows[i];
      for (std::size_t j = 0; j < row.coefficients.size(); ++j)
        if (!put(cell(i, j), row.coefficients[j])) return false;
      if (!put(cell(i, columns_), row.bound)) return false;
      if (row.relation != Relation::equal) cell(i, slack) = row.relation == Relation::at_most ? 1 : -1;
      basis_.push_back(row.relation == Relation::at_most ? slack : columns_ + i);
      slack += row.relation != Relation::equal;
      if (basis_.back() >= columns_)
        for (std::size_t j = 0; j < width_; ++j)
          cell(constraints_, j) = arithmetic_.sum(cell(constraints_, j), cell(i, j));
    }
    for (std::size_t j = 0; j < programme.variables; ++j)
      if (!put(cell(constraints_ + 1, j), programme.objective[j])) return false;
    return !arithmetic_.failed;
  }

  static bool put(Number& where, const mpz_class& what) {
    const auto number = Arithmetic::from(what);
    if (number) where = *number;
    return number.has_value();
  }

  LinearStatus run() {
    climb(constraints_);
    if (arithmetic_.failed || Arithmetic::sign(cell(constraints_, columns_)) > 0)
      return LinearStatus::infeasible;
    for (std::size_t i = 0; i < constraints_; ++i) {
      if (basis_[i] < columns_) continue;
      std::size_t j =
          0;  // an artificial variable at 0: any column may replace it; a row of zeros was redundant
      while (j < columns_ && Arithmetic::sign(cell(i, j)) == 0) ++j;
      if (j < columns_) pivot(i, j);
    }
    return climb(constraints_ + 1) ? LinearStatus::optimal : LinearStatus::unbounded;
  }

  /// Bland's rule: the first column that gains; among the rows of the smallest ratio the first basic
  /// variable.
  bool climb(std::size_t objective) {
    while (!arithmetic_.failed) {
      std::size_t j = 0;
      while (j < columns_ && Arithmetic::sign(cell(objective, j)) <= 0) ++j;
      if (j == columns_) return true;
      const auto row = leaving(j);
      if (!row) return false;
      pivot(*row, j);
    }
    return true;
  }

  std::optional<std::size_t> leaving(std::size_t j) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < constraints_; ++i) {
      if (Arithmetic::sign(cell(i, j)) <= 0) continue;
      const int order =
          best ? Arithmetic::compare(cell(i, columns_), cell(*best, j), cell(*best, columns_), cell(i, j))
               : -1;
      if (order < 0 || (order == 0 && basis_[i] < basis_[*best])) best = i;
    }
    return best;
  }

  void pivot(std::size_t r, std::size_t c) {
    const Number p = cell(r, c);
    for (std::size_t i = 0; i < constraints_ + 2; ++i) {
      if (i == r) continue;
      const Number b = cell(i, c);
      for (std::size_t j = 0; j < width_; ++j)
        cell(i, j) = arithmetic_.eliminate(cell(i, j), p, b, cell(r, j), denominator_);
    }
    denominator_ = p;
    basis_[r] = c;
    if (Arithmetic::sign(p) > 0) return;
    denominator_ = -denominator_;
    for (Number& x : cells_) x = -x;
  }

  LinearAnswer answer(LinearStatus status, const IntegerProgramme& programme) {
    LinearAnswer out;
    out.status = status;
    if (status != LinearStatus::optimal) return out;
    const mpz_class denominator = Arithmetic::big(denominator_);
    out.point.assign(programme.variables, mpq_class(0));
    for (std::size_t i = 0; i < constraints_; ++i)
      if (basis_[i] < programme.variables) {
        out.point[basis_[i]] = mpq_class(Arithmetic::big(cell(i, columns_)), denominator);
        out.point[basis_[i]].canonicalize();
      }
    out.value = mpq_class(-Arithmetic::big(cell(constraints_ + 1, columns_)),
                          denominator * programme.objective_scale);
    out.value.canonicalize();
    return out;
  }

  Number& cell(std::size_t i, std::size_t j) { return cells_[i * width_ + j]; }

  Arithmetic arithmetic_;
  std::size_t constraints_ = 0, columns_ = 0, width_ = 0;
  std::vector<Number> cells_;
  std::vector<std::size_t> basis_;  ///< row -> column; from columns_ on: artificial
  Number denominator_ = 1;
};

}  // namespace

LinearAnswer maximise(const std::vector<mpq_class>& objective, const std::vector<LinearRow>& rows) {
  const IntegerProgramme programme = integer(objective, rows);
  if (auto answer = Tableau<Machine>::solve(programme)) return *answer;
  return *Tableau<Unbounded>::solve(programme);
}

}  // namespace parley::logic
