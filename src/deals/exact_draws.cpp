// SPDX-License-Identifier: MIT
// Comparisons of drawn utilities that doubles cannot decide.
#include <bit>
#include <cmath>

#include "deals/ensemble_draws.hpp"
#include "worlds/random.hpp"

namespace parley::deals {
namespace {

/// What rounding can do to the difference of two utilities. Weights, values and chances have relative errors
/// of a few units; their sums over stakes one unit for each stake, and a product of up to six chances at most
/// 40 units in each of up to 64 branches.
double rounding(std::size_t stakes) { return 0x1p-53 * (8.0 * static_cast<double>(stakes) + 8000.0); }

mpq_class at_unit(const expression::Interval& range, double unit) {
  return range.first == range.second
             ? range.first
             : mpq_class(range.first + (range.second - range.first) * mpq_class(unit));
}

int nth_of(LevelMask mask, int n) {
  while (n-- > 0) mask &= mask - 1;
  return std::countr_zero(mask);
}

worlds::Stream stream_of(const Chance& chance, const std::string& id, std::uint64_t seed,
                         std::uint64_t world) {
  return {seed, "chance:" + chance.id + ":" + id, world};
}

}  // namespace

std::vector<double> drawn_chances(const std::vector<Chance>& chances, std::size_t party,
                                  const std::string& id, std::uint64_t seed, std::uint64_t world) {
  std::vector<double> drawn;
  for (const Chance& c : chances)
    drawn.push_back(stream_of(c, id, seed, world)
                        .uniform(c.believed[party].first.get_d(), c.believed[party].second.get_d()));
  return drawn;
}

std::vector<mpq_class> exact_chances(const std::vector<Chance>& chances, std::size_t party,
                                     const std::string& id, std::uint64_t seed, std::uint64_t world) {
  std::vector<mpq_class> drawn;
  for (const Chance& c : chances)
    drawn.push_back(at_unit(c.believed[party], stream_of(c, id, seed, world).uniform()));
  return drawn;
}

int CaseOrder::level(std::size_t stake, LevelMask mask) const {
  if ((mask & (mask - 1)) == 0) return std::countr_zero(mask);
  return nth_of(mask, static_cast<int>(utility_.pick[stake] * std::popcount(mask)));
}

/// Do the two lead to the same, or to what every utility makes equal?
bool CaseOrder::same(const Case& a, const Case& b) const {
  if (&a == &b) return true;
  if (a.chances != b.chances || a.branches.size() != b.branches.size()) return false;
  for (std::size_t i = 0; i < a.branches.size(); ++i) {
    const auto &x = a.branches[i].levels[party_], &y = b.branches[i].levels[party_];
    for (std::size_t s = 0; s < x.size(); ++s)
      if (x[s] != y[s] && classes_[s][static_cast<std::size_t>(level(s, x[s]))] !=
                              classes_[s][static_cast<std::size_t>(level(s, y[s]))])
        return false;
  }
  return true;
}

const mpq_class& CaseOrder::value(const Case& c) {
  const auto [found, fresh] = values_.try_emplace(&c, 0);
  if (!fresh) return found->second;
  if (!exact_) exact_ = make_();
  mpq_class& sum = found->second;
  for (const Branch& branch : c.branches) {
    mpq_class p = 1;
    for (std::size_t i = 0; i < c.chances.size(); ++i) {
      const mpq_class& q = exact_->chance[static_cast<std::size_t>(c.chances[i])];
      p *= (branch.done >> i & 1U) != 0 ? q : mpq_class(1 - q);
    }
    if (p == 0) continue;
    mpq_class worth = 0;
    const auto& levels = branch.levels[party_];
    for (std::size_t s = 0; s < levels.size(); ++s)
      worth += exact_->worth[s][static_cast<std::size_t>(level(s, levels[s]))];
    sum += p * worth;
  }
  return sum;
}

int CaseOrder::compare(const Case& a, double x, const Case& b, double y) {
  if (std::abs(x - y) > rounding(utility_.worth.size())) return x > y ? 1 : -1;
  return same(a, b) ? 0 : sgn(mpq_class(value(a) - value(b)));
}

int CaseOrder::compare(const Case& a, double x, double y, const std::function<mpq_class()>& number) {
  if (std::abs(x - y) > rounding(utility_.worth.size())) return x > y ? 1 : -1;
  return sgn(mpq_class(value(a) - number()));
}

std::unique_ptr<PartyWorld> PartyWorld::make(const UtilityDraw& draw, const Ensemble& ensemble,
                                             std::size_t party, std::uint64_t seed, std::uint64_t world) {
  auto utility = draw.draw(seed, world);
  if (!utility) return nullptr;
  return std::unique_ptr<PartyWorld>(new PartyWorld(draw, ensemble, party, seed, world, std::move(*utility)));
}

PartyWorld::PartyWorld(const UtilityDraw& draw, const Ensemble& ensemble, std::size_t party,
                       std::uint64_t seed, std::uint64_t world, DrawnUtility utility)
    : draw_(draw),
      ensemble_(ensemble),
      party_(party),
      seed_(seed),
      world_(world),
      utility_(std::move(utility)),
      chance_(drawn_chances(ensemble.chances, party, ensemble.parties[party].order.id, seed, world)),
      order_(utility_, draw.classes(), party, [this] {
        const std::string& id = ensemble_.parties[party_].order.id;
        return ExactUtility{draw_.exactly(seed_, world_),
                            exact_chances(ensemble_.chances, party_, id, seed_, world_)};
      }) {}

mpq_class PartyWorld::given() const {
  const UncertainParty& party = ensemble_.parties[party_];
  return at_unit(party.given[0], worlds::Stream(seed_, "reservation:" + party.order.id, world_).uniform());
}

double PartyWorld::settle(const Resolution& resolution) {
  const UncertainParty& party = ensemble_.parties[party_];
  no_deal_ = &resolution.no_deal;
  least_ = party.given.empty() ? utility(resolution.no_deal)
                               : worlds::Stream(seed_, "reservation:" + party.order.id, world_)
                                     .uniform(party.given[0].first.get_d(), party.given[0].second.get_d());
  return least_;
}

double PartyWorld::utility(const Case& package) const {
  return case_utility(utility_, package, party_, chance_);
}

bool PartyWorld::accepts(const Case& package, double value) {
  if (ensemble_.parties[party_].given.empty()) return order_.compare(package, value, *no_deal_, least_) >= 0;
  return order_.compare(package, value, least_, [this] { return given(); }) >= 0;
}

}  // namespace parley::deals
