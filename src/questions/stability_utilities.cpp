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
    }
  }
  [[nodiscard]] std::optional<deals::DrawnUtility> draw(std::size_t p, std::uint64_t seed,
                                                        std::uint64_t world) const;

  const framing::AccountGame& game;
  std::vector<std::unique_ptr<deals::UtilityDraw>> core, extra;
};

std::optional<deals::DrawnUtility> GameUtilities::Plan::draw(std::size_t p, std::uint64_t seed,
                                                             std::uint64_t world) const {
  const framing::Player& player = game.players[p];
  const std::size_t n = player.core.stakes.size(), more = player.extra.stakes.size();
  if (more == 0) return n == 0 ? deals::DrawnUtility{} : core[p]->draw(seed, world);
  if (n == 0) return extra[p]->draw(seed, world);
  const auto known = core[p]->draw(seed, world);
  if (!known) return std::nullopt;
  worlds::Stream share(seed, "share:" + player.id, world);
  const std::uint64_t tries = player.heavier.empty() ? 1 : kTries;
  for (std::uint64_t attempt = 0; attempt < tries; ++attempt) {
    auto further = extra[p]->draw(seed, world + attempt * kTry);
    if (!further) return std::nullopt;
    const double outside = gamma(more, share), inside = gamma(n, share);
    const double part = outside / (outside + inside);
    deals::DrawnUtility both = *known;
    for (auto& worth : both.worth)
      for (double& w : worth) w *= 1 - part;
    for (auto& worth : further->worth) {
      for (double& w : worth) w *= part;
      both.worth.push_back(std::move(worth));
    }
    both.pick.insert(both.pick.end(), further->pick.begin(), further->pick.end());
    const bool fits = std::all_of(player.heavier.begin(), player.heavier.end(), [&](const auto& pair) {
      return weight_of(both.worth[static_cast<std::size_t>(pair.first)]) >=
             weight_of(both.worth[static_cast<std::size_t>(pair.second)]);
    });
    if (fits) return both;
  }
  return std::nullopt;
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
  const framing::AccountGame& g = plan_->game;
  const auto utility = plan_->draw(player, seed, world);
  if (!utility) return {};
  const auto chance = deals::drawn_chances(g.chances, player, g.players[player].id, seed, world);
  std::vector<double> values;
  values.reserve(g.settlements[settlement].states.size());
  for (const deals::Case& c : g.settlements[settlement].states)
    values.push_back(deals::case_utility(*utility, c, player, chance));
  return values;
}

std::vector<stability::Rank> ranks_of(const std::vector<double>& utilities) {
  std::vector<std::uint32_t> order(utilities.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return utilities[a] > utilities[b]; });
  std::vector<stability::Rank> ranks(utilities.size(), 0);
  stability::Rank rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && utilities[order[i - 1]] - utilities[order[i]] > deals::kTie) ++rank;
    ranks[order[i]] = rank;
  }
  return ranks;
}

}  // namespace parley::questions
