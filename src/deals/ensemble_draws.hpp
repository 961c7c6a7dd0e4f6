// SPDX-License-Identifier: MIT
// One consistent utility of a party, drawn by the printed measure: weights flat Dirichlet, values uniform,
// both conditioned on the stated orders (framing rules 4, 17). A draw stands for exact numbers; utilities are
// worked out in doubles, and without rounding where doubles cannot tell two of them apart
// (docs/methods/worlds.md, "Exact and drawn").
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "deals/ensemble.hpp"
#include "deals/ordinal.hpp"
#include "worlds/order.hpp"

namespace parley::deals {

struct DrawnUtility {
  std::vector<std::vector<double>> worth;  ///< [stake][level]: weight times value
  std::vector<double> pick;                ///< [stake]: uniform, picks a level where several are possible
};

/// The same draw without rounding.
struct ExactUtility {
  std::vector<std::vector<mpq_class>> worth;  ///< [stake][level]
  std::vector<mpq_class> chance;              ///< the probability of each chance, for one party
};

/// What frontier and solutions of one world take for equal: they are counted, and no proof stands beside
/// them.
inline constexpr double kTie = 1e-12;

/// What a case is worth; `party` is an index of Branch::levels, `chance` the probability of each chance.
[[nodiscard]] double case_utility(const DrawnUtility& utility, const Case& c, std::size_t party,
                                  const std::vector<double>& chance);
/// How likely the party takes each chance to be in this world; the same without rounding.
[[nodiscard]] std::vector<double> drawn_chances(const std::vector<Chance>& chances, std::size_t party,
                                                const std::string& id, std::uint64_t seed,
                                                std::uint64_t world);
[[nodiscard]] std::vector<mpq_class> exact_chances(const std::vector<Chance>& chances, std::size_t party,
                                                   const std::string& id, std::uint64_t seed,
                                                   std::uint64_t world);
/// Which of the resolutions holds in this world.
[[nodiscard]] std::size_t drawn_resolution(std::size_t resolutions, std::uint64_t seed, std::uint64_t world);

/// Levels of a stake that every scale makes equal, by number: [stake][level].
using LevelClasses = std::vector<std::vector<std::size_t>>;

class UtilityDraw {
 public:
  explicit UtilityDraw(const OrdinalParty& party);
  ~UtilityDraw();
  UtilityDraw(const UtilityDraw&) = delete;
  UtilityDraw& operator=(const UtilityDraw&) = delete;
  /// Some stated orders of the party contradict each other: nothing can be drawn.
  [[nodiscard]] bool contradictory() const;
  /// False where some order of the party is too large to be drawn exactly (worlds/order.hpp).
  [[nodiscard]] bool exact() const;
  /// Nothing when the numeric bounds leave (almost) no room: kTries draws were refused.
  [[nodiscard]] std::optional<DrawnUtility> draw(std::uint64_t seed, std::uint64_t world) const;
  /// `worth` of the same draw without rounding. Precondition: `draw` gives one.
  [[nodiscard]] std::vector<std::vector<mpq_class>> exactly(std::uint64_t seed, std::uint64_t world) const;
  [[nodiscard]] const LevelClasses& classes() const;
  static constexpr int kTries = 2000;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

/// Cases of one party in one world, compared without rounding. Safe for one thread.
class CaseOrder {
 public:
  /// All must outlive it; `exact` is asked at most once.
  CaseOrder(const DrawnUtility& utility, const LevelClasses& classes, std::size_t party,
            std::function<ExactUtility()> exact)
      : utility_(utility), classes_(classes), party_(party), make_(std::move(exact)) {}

  /// The sign of u(a) - u(b), where doubles say x and y.
  [[nodiscard]] int compare(const Case& a, double x, const Case& b, double y);
  /// The sign of u(a) - r, where doubles say x and y, and `number` says r.
  [[nodiscard]] int compare(const Case& a, double x, double y, const std::function<mpq_class()>& number);

 private:
  [[nodiscard]] bool same(const Case& a, const Case& b) const;
  [[nodiscard]] int level(std::size_t stake, LevelMask mask) const;
  [[nodiscard]] const mpq_class& value(const Case& c);

  const DrawnUtility& utility_;
  const LevelClasses& classes_;
  std::size_t party_;
  std::function<ExactUtility()> make_;
  std::optional<ExactUtility> exact_;
  std::map<const Case*, mpq_class> values_;
};

/// What one party makes of the packages of a resolution in one world.
class PartyWorld {
 public:
  /// Nothing where the draw is refused. `draw` and `ensemble` must outlive it.
  [[nodiscard]] static std::unique_ptr<PartyWorld> make(const UtilityDraw& draw, const Ensemble& ensemble,
                                                        std::size_t party, std::uint64_t seed,
                                                        std::uint64_t world);
  /// Sets what it gets without agreement; the value in doubles.
  double settle(const Resolution& resolution);
  [[nodiscard]] double utility(const Case& package) const;
  /// Is the package worth at least what it gets without agreement? `value`: its utility in doubles.
  [[nodiscard]] bool accepts(const Case& package, double value);

 private:
  PartyWorld(const UtilityDraw& draw, const Ensemble& ensemble, std::size_t party, std::uint64_t seed,
             std::uint64_t world, DrawnUtility utility);
  [[nodiscard]] mpq_class given() const;

  const UtilityDraw& draw_;
  const Ensemble& ensemble_;
  std::size_t party_;
  std::uint64_t seed_, world_;
  DrawnUtility utility_;
  std::vector<double> chance_;
  CaseOrder order_;
  const Case* no_deal_ = nullptr;
  double least_ = 0;
};

}  // namespace parley::deals
