// SPDX-License-Identifier: MIT
// The simplex against the definition: all intersections of as many hyperplanes as there are variables.
#include "logic/linear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <random>
#include <vector>

namespace parley::logic {
namespace {

using Vector = std::vector<mpq_class>;

mpq_class dot(const Vector& a, const Vector& b) {
  mpq_class sum = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += a[i] * b[i];
  return sum;
}

bool satisfies(const LinearRow& row, const Vector& x) {
  const mpq_class left = dot(row.coefficients, x);
  if (row.relation == Relation::at_most) return left <= row.bound;
  if (row.relation == Relation::at_least) return left >= row.bound;
  return left == row.bound;
}

bool feasible(const std::vector<LinearRow>& rows, const Vector& x) {
  return std::all_of(x.begin(), x.end(), [](const mpq_class& v) { return v >= 0; }) &&
         std::all_of(rows.begin(), rows.end(), [&](const LinearRow& row) { return satisfies(row, x); });
}

/// The one solution of a square system, by elimination; nothing where there is none or more than one.
std::optional<Vector> solve(std::vector<Vector> left, Vector right) {
  const std::size_t n = right.size();
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t r = c;
    while (r < n && left[r][c] == 0) ++r;
    if (r == n) return std::nullopt;
    std::swap(left[r], left[c]);
    std::swap(right[r], right[c]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == c || left[i][c] == 0) continue;
      const mpq_class factor = left[i][c] / left[c][c];
      for (std::size_t j = 0; j < n; ++j) left[i][j] -= factor * left[c][j];
      right[i] -= factor * right[c];
    }
  }
  for (std::size_t c = 0; c < n; ++c) right[c] /= left[c][c];
  return right;
}

/// The greatest value over the vertices of the polytope within sum x <= box.
std::optional<mpq_class> best_vertex(const Vector& objective, std::vector<LinearRow> rows,
                                     const mpq_class& box) {
  const std::size_t n = objective.size();
  rows.push_back({Vector(n, 1), Relation::at_most, box});
  std::vector<Vector> normals;
  Vector offsets;
  for (const LinearRow& row : rows) {
    normals.push_back(row.coefficients);
    offsets.push_back(row.bound);
  }
  for (std::size_t j = 0; j < n; ++j) {
    Vector axis(n, 0);
    axis[j] = 1;
    normals.push_back(axis);
    offsets.push_back(0);
  }
  std::optional<mpq_class> best;
  std::vector<std::size_t> pick;
  const std::function<void(std::size_t)> choose = [&](std::size_t from) {
    if (pick.size() < n) {
      for (std::size_t i = from; i < normals.size(); ++i) {
        pick.push_back(i);
        choose(i + 1);
        pick.pop_back();
      }
      return;
    }
    std::vector<Vector> left;
    Vector right;
    for (const std::size_t i : pick) {
      left.push_back(normals[i]);
      right.push_back(offsets[i]);
    }
    const auto x = solve(left, right);
    if (!x || !feasible(rows, *x)) return;
    const mpq_class value = dot(objective, *x);
    if (!best || value > *best) best = value;
  };
  choose(0);
  return best;
}

void check(const Vector& objective, const std::vector<LinearRow>& rows, const mpq_class& box) {
  const LinearAnswer answer = maximise(objective, rows);
  const auto near = best_vertex(objective, rows, box), far = best_vertex(objective, rows, 2 * box);
  if (!near) {
    ASSERT_EQ(answer.status, LinearStatus::infeasible);
  } else if (*near != *far) {
    ASSERT_EQ(answer.status, LinearStatus::unbounded);
  } else {
    ASSERT_EQ(answer.status, LinearStatus::optimal);
    ASSERT_EQ(answer.value, *near);
    ASSERT_EQ(answer.point.size(), objective.size());
    ASSERT_EQ(dot(objective, answer.point), answer.value);
    ASSERT_TRUE(feasible(rows, answer.point));
  }
}

TEST(Linear, AgainstAllVertices) {
  std::mt19937 random(4);
  int optimal = 0, infeasible = 0, unbounded = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto number = [&] {
      mpq_class q(static_cast<int>(random() % 9) - 4, 1 + random() % 3);
      q.canonicalize();
      return random() % 4 == 0 ? mpq_class(0) : q;
    };
    const std::size_t n = 1 + random() % 3;
    Vector objective(n);
    for (auto& c : objective) c = number();
    std::vector<LinearRow> rows(random() % 5);
    for (auto& row : rows) {
      row.coefficients.resize(n);
      for (auto& c : row.coefficients) c = number();
      row.relation = static_cast<Relation>(random() % 3);
      row.bound = number();
    }
    check(objective, rows, 1'000'000);
    if (HasFailure()) FAIL() << "round " << round;
    const LinearStatus status = maximise(objective, rows).status;
    optimal += status == LinearStatus::optimal;
    infeasible += status == LinearStatus::infeasible;
    unbounded += status == LinearStatus::unbounded;
  }
  EXPECT_GT(optimal, 800);
  EXPECT_GT(infeasible, 800);
  EXPECT_GT(unbounded, 400);
}

TEST(Linear, NumbersTooLongForTheMachine) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 300; ++round) {
    const auto number = [&] {
      mpq_class q(static_cast<long>(random() % 2'000'000'007) - 900'000'000,
                  1 + static_cast<long>(random() % 1000));
      q.canonicalize();
      return q;
    };
    const Vector objective{number(), number(), number()};
    std::vector<LinearRow> rows;
    for (int i = 0; i < 4; ++i)
      rows.push_back({{number(), number(), number()}, static_cast<Relation>(i % 2 * 2), number()});
    check(objective, rows, mpq_class("1000000000000000000000000000000000000"));
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST(Linear, RedundantAndContradictoryEquations) {
  const LinearRow once{{1, 1}, Relation::equal, 1}, twice{{2, 2}, Relation::equal, 2},
      other{{1, 1}, Relation::equal, 2};
  const LinearAnswer answer = maximise({3, 1}, {once, twice, once});
  EXPECT_EQ(answer.status, LinearStatus::optimal);
  EXPECT_EQ(answer.value, 3);
  EXPECT_EQ(answer.point, (Vector{1, 0}));
  EXPECT_EQ(maximise({1, 0}, {once, other}).status, LinearStatus::infeasible);
}

TEST(Linear, BealesCycleEnds) {
  // Beale 1955: the largest-gain rule cycles for ever here.
  const Vector objective{mpq_class(3, 4), -150, mpq_class(1, 50), -6};
  const std::vector<LinearRow> rows{{{mpq_class(1, 4), -60, mpq_class(-1, 25), 9}, Relation::at_most, 0},
                                    {{mpq_class(1, 2), -90, mpq_class(-1, 50), 3}, Relation::at_most, 0},
                                    {{0, 0, 1, 0}, Relation::at_most, 1}};
  EXPECT_EQ(maximise(objective, rows).value, mpq_class(1, 20));
}

TEST(Linear, NoVariablesNoRowsShortRows) {
  EXPECT_EQ(maximise({}, {}).status, LinearStatus::optimal);
  EXPECT_EQ(maximise({}, {{{}, Relation::at_least, 1}}).status, LinearStatus::infeasible);
  EXPECT_EQ(maximise({-1}, {}).value, 0);
  EXPECT_EQ(maximise({1}, {}).status, LinearStatus::unbounded);
  EXPECT_EQ(maximise({1, -1}, {{{1}, Relation::at_most, 5}}).value, 5);
}

}  // namespace
}  // namespace parley::logic
