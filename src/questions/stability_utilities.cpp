// SPDX-License-Identifier: MIT
// Utilities of the states of an account's game, world by world: those of the deals lens where it has any.
#include <algorithm>
#include <numeric>

#include "questions/stability_parts.hpp"
#include "worlds/random.hpp"

namespace parley::questions {
namespace {

constexpr std::uint64_t kTries = 200;                   // to meet orders of weight between core and extra
constexpr std::uint64_t kTry = std::uint64_t{1} << 40;  // apart from all worlds
constexpr double kWeightNear = 1e-12;  // doubles this near may stand in either order: refused

/// A sum of n exponentials: a gamma variate, so that two of them split a whole like flat weights would.
double gamma(std::size_t n, worlds::Stream& stream) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += stream.exponential();
  return sum;
}

double weight_of(const std::vector<double>& worth) {
  return worth.empty() ? 0 : *std::max_element(worth.begin(), worth.end());
}

}  // namespace

struct GameUtilities::Plan {
  explicit Plan(const framing::AccountGame& g) : game(g) {
    for (const framing::Player& player : g.players) {
      core.push_back(std::make_unique<deals::UtilityDraw>(player.core));
      extra.push_back(std::make_unique<deals::UtilityDraw>(player.extra));
      classes.push_back(core.back()->classes());
      const auto& more = extra.back()->classes();
      classes.back().insert(classes.back().end(), more.begin(), more.end());
    }
  }
  /// A utility, and of which draws it is put together.
  struct Draw {
    deals::DrawnUtility utility;
    std::uint64_t attempt = 0;
    double outside = 0, inside = 0;  ///< the two have parts of the whole like these
  };
  [[nodiscard]] std::optional<Draw> draw(std::size_t p, std::uint64_t seed, std::uint64_t world) const;
  [[nodiscard]] deals::ExactUtility exactly(std::size_t p, const Draw& draw, std::uint64_t seed,
                                            std::uint64_t world) const;
  /// Utilities of the states, and their order without rounding where that is wanted.
  template <class Use>
  bool with_values(std::size_t p, std::size_t settlement, std::uint64_t seed, std::uint64_t world,
                   Use use) const;

  const framing::AccountGame& game;
  std::vector<std::unique_ptr<deals::UtilityDraw>> core, extra;
  std::vector<deals::LevelClasses> classes;  ///< of core's stakes, then of extra's
};

std::optional<GameUtilities::Plan::Draw> GameUtilities::Plan::draw(std::size_t p, std::uint64_t seed,
                                                                   std::uint64_t world) const {
  const framing::Player& player = game.players[p];
  const std::size_t n = player.core.stakes.size(), more = player.extra.stakes.size();
  if (n == 0 && more == 0) return Draw{};
  if (n == 0 || more == 0) {
    auto one = (n == 0 ? extra : core)[p]->draw(seed, world);
    return one ? std::optional(Draw{std::move(*one)}) : std::nullopt;
  }
  const auto known = core[p]->draw(seed, world);
  if (!known) return std::nullopt;
  worlds::Stream share(seed, "share:" + player.id, world);
  const std::uint64_t tries = player.heavier.empty() ? 1 : kTries;
  for (std::uint64_t attempt = 0; attempt < tries; ++attempt) {
    auto further = extra[p]->draw(seed, world + attempt * kTry);
    if (!further) return std::nullopt;
    Draw drawn{*known, attempt, gamma(more, share), gamma(n, share)};
    const double part = drawn.outside / (drawn.outside + drawn.inside);
    auto& both = drawn.utility;
    for (auto& worth : both.worth)
      for (double& w : worth) w *= 1 - part;
    for (auto& worth : further->worth) {
      for (double& w : worth) w *= part;
      both.worth.push_back(std::move(worth));
    }
    both.pick.insert(both.pick.end(), further->pick.begin(), further->pick.end());
    const bool fits = std::all_of(player.heavier.begin(), player.heavier.end(), [&](const auto& pair) {
      return weight_of(both.worth[static_cast<std::size_t>(pair.first)]) >=
             weight_of(both.worth[static_cast<std::size_t>(pair.second)]) + kWeightNear;
    });
    if (fits) return drawn;
  }
  return std::nullopt;
}

deals::ExactUtility GameUtilities::Plan::exactly(std::size_t p, const Draw& draw, std::uint64_t seed,
                                                 std::uint64_t world) const {
  const framing::Player& player = game.players[p];
  deals::ExactUtility exact;
  if (!player.core.stakes.empty()) exact.worth = core[p]->exactly(seed, world);
  if (!player.extra.stakes.empty()) {
    auto further = extra[p]->exactly(seed, world + draw.attempt * kTry);
    const bool both = !player.core.stakes.empty();
    const mpq_class outside(draw.outside), inside(draw.inside);
    const mpq_class part = both ? mpq_class(outside / (outside + inside)) : mpq_class(1), rest = 1 - part;
    for (auto& worth : exact.worth)
      for (mpq_class& w : worth) w *= rest;
    for (auto& worth : further) {
      for (mpq_class& w : worth) w *= part;
      exact.worth.push_back(std::move(worth));
    }
  }
  exact.chance = deals::exact_chances(game.chances, p, player.id, seed, world);
  return exact;
}

template <class Use>
bool GameUtilities::Plan::with_values(std::size_t p, std::size_t settlement, std::uint64_t seed,
                                      std::uint64_t world, Use use) const {
  const auto drawn = draw(p, seed, world);
  if (!drawn) return false;
  const auto chance = deals::drawn_chances(game.chances, p, game.players[p].id, seed, world);
  const auto& states = game.settlements[settlement].states;
  std::vector<double> values;
  values.reserve(states.size());
  for (const deals::Case& c : states) values.push_back(deals::case_utility(drawn->utility, c, p, chance));
  deals::CaseOrder order(drawn->utility, classes[p], p, [&] { return exactly(p, *drawn, seed, world); });
  use(states, values, order);
  return true;
}

GameUtilities::GameUtilities(const framing::AccountGame& game) : plan_(std::make_unique<Plan>(game)) {}
GameUtilities::~GameUtilities() = default;

bool GameUtilities::contradictory(std::size_t player) const {
  return plan_->core[player]->contradictory() || plan_->extra[player]->contradictory();
}

std::size_t GameUtilities::settlement(std::uint64_t seed, std::uint64_t world) const {
  const framing::AccountGame& g = plan_->game;
  const std::size_t resolution = deals::drawn_resolution(g.resolutions, seed, world);
  return resolution * g.ways() +
         static_cast<std::size_t>(worlds::Stream(seed, "settlement", world).below(g.ways()));
}

std::vector<double> GameUtilities::of(std::size_t player, std::size_t settlement, std::uint64_t seed,
                                      std::uint64_t world) const {
  std::vector<double> list;
  plan_->with_values(
      player, settlement, seed, world,
      [&](const auto&, std::vector<double>& values, const auto&) { list = std::move(values); });
  return list;
}

std::vector<stability::Rank> GameUtilities::ranks(std::size_t player, std::size_t settlement,
                                                  std::uint64_t seed, std::uint64_t world) const {
  std::vector<stability::Rank> ranks;
  plan_->with_values(
      player, settlement, seed, world,
      [&](const std::vector<deals::Case>& states, const std::vector<double>& values, deals::CaseOrder& in) {
        const auto compare = [&](std::uint32_t a, std::uint32_t b) {
          return in.compare(states[a], values[a], states[b], values[b]);
        };
        std::vector<std::uint32_t> order(states.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) > 0; });
        ranks.assign(states.size(), 0);
        for (std::size_t i = 1; i < order.size(); ++i)
          ranks[order[i]] = ranks[order[i - 1]] + (compare(order[i - 1], order[i]) > 0 ? 1U : 0U);
      });
  return ranks;
}

}  // namespace parley::questions
