// SPDX-License-Identifier: MIT
// Which inputs of a function drive its output: variance-based indices (Sobol 1993) and Morris's screening
// (1991). Formulas and their sources: docs/methods/questions.md.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::worlds {

using Point = std::vector<double>;  ///< one number in (0, 1) for each input

/// The points that variance-based indices need: N base points A, N base points B, and for each group of
/// inputs N points that take the group's inputs from B and the rest from A. From scrambled Sobol points of
/// 2k dimensions.
struct IndexDesign {
  std::vector<Point> a, b;
  std::vector<std::vector<Point>> swapped;  ///< one list for each group
};
/// `groups`: each input alone, or several that are moved together. Precondition: 2 * inputs <= 161.
[[nodiscard]] IndexDesign index_design(int inputs, const std::vector<std::vector<int>>& groups, int n,
                                       std::uint64_t seed, std::string_view name);

struct Estimate {
  double value = 0, low = 0, high = 0;  ///< low..high: 95 % of the bootstrap's resamples
};

struct Indices {
  double mean = 0, variance = 0;
  std::vector<Estimate> first;  ///< share of the variance that goes when the group alone becomes known
  std::vector<Estimate> total;  ///< share that stays when all but the group is known
};
/// Values at the points of a design, in its order. All indices are 0 where the output does not vary.
[[nodiscard]] Indices sobol_indices(const std::vector<double>& a, const std::vector<double>& b,
                                    const std::vector<std::vector<double>>& swapped, std::uint64_t seed,
                                    int resamples = 1000);

/// One-at-a-time steps of 2/3 on the grid {0, 1/3, 2/3, 1}: `trajectories` walks of inputs + 1 points each.
struct MorrisDesign {
  std::vector<Point> points;
  std::vector<int> moved;  ///< per point: the input that differs from the point before; -1 at a start
};
[[nodiscard]] MorrisDesign morris_design(int inputs, int trajectories, std::uint64_t seed,
                                         std::string_view name);

struct Effect {
  double mean = 0;      ///< mu: of the elementary effects, per full range
  double absolute = 0;  ///< mu*: of their absolute values (Campolongo, Cariboni and Saltelli 2007)
  double spread = 0;    ///< sigma: their standard deviation; large = not additive, or curved
};
[[nodiscard]] std::vector<Effect> morris_effects(const MorrisDesign& design,
                                                 const std::vector<double>& values, int inputs);

}  // namespace parley::worlds
