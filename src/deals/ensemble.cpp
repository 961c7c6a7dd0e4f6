// SPDX-License-Identifier: MIT
#include "deals/ensemble.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <set>
#include <span>

#include "deals/ensemble_draws.hpp"
#include "deals/ensemble_proof.hpp"
#include "logic/minimal_sets.hpp"
#include "worlds/parallel.hpp"
#include "worlds/random.hpp"

namespace parley::deals {
namespace {

using Mask = std::uint64_t;

/// What one world says: everything that is later counted.
struct World {
  bool drawn = false;
  int refused = -1;  // not drawn: the party without a utility
  std::vector<int> zone, frontier, nash, kalai_smorodinsky;
  std::vector<Mask> relaxations;              // minimal masks, only when the zone is empty
  std::vector<std::vector<double>> given_up;  // [tracked][party]
};

/// Utilities of all packages, one row of parties each, those who sign first.
struct Utilities {
  std::size_t parties, signers;
  std::vector<double> all;
  [[nodiscard]] std::span<const double> of(int package) const {
    return {all.data() + static_cast<std::size_t>(package) * parties, signers};
  }
};

bool dominates(std::span<const double> a, std::span<const double> b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < b[i] - kTie) return false;
    better = better || a[i] > b[i] + kTie;
  }
  return better;
}

/// The undominated members of `zone`, ascending. What dominates a package has the greater sum, so going down
/// by sums each need be held only against those that are kept (sort-filter-skyline, Chomicki et al. 2003).
std::vector<int> undominated(const std::vector<int>& zone, const Utilities& u) {
  std::vector<std::pair<double, int>> by_sum;
  for (const int x : zone) {
    const auto row = u.of(x);
    by_sum.emplace_back(-std::accumulate(row.begin(), row.end(), 0.0), x);
  }
  std::sort(by_sum.begin(), by_sum.end());
  std::vector<int> kept;
  for (const auto& [sum, x] : by_sum)
    if (std::none_of(kept.begin(), kept.end(), [&](int y) { return dominates(u.of(y), u.of(x)); }))
      kept.push_back(x);
  std::sort(kept.begin(), kept.end());
  return kept;
}

std::vector<Mask> minimal_masks(std::vector<Mask> masks) {
  std::sort(masks.begin(), masks.end(), [](Mask a, Mask b) {
    const int x = std::popcount(a), y = std::popcount(b);
    return x != y ? x < y : a < b;
  });
  masks.erase(std::unique(masks.begin(), masks.end()), masks.end());
  std::vector<Mask> kept;
  for (const Mask m : masks)
    if (std::none_of(kept.begin(), kept.end(), [m](Mask k) { return (k & m) == k; })) kept.push_back(m);
  return kept;
}

/// Those of `members` whose value is the greatest. Values are not negative.
std::vector<int> best_of(const std::vector<int>& members, const std::vector<double>& values) {
  std::vector<int> kept;
  if (values.empty()) return kept;
  const double best = *std::max_element(values.begin(), values.end());
  for (std::size_t i = 0; i < members.size(); ++i)
    if (values[i] >= best * (1 - kTie)) kept.push_back(members[i]);
  return kept;
}

void solve_zone(World& w, const Utilities& u, const std::vector<double>& reservation) {
  std::vector<double> most(u.signers, 0.0);  // best gain of each signatory inside the zone
  for (const int x : w.zone)
    for (std::size_t p = 0; p < most.size(); ++p) most[p] = std::max(most[p], u.of(x)[p] - reservation[p]);
  w.frontier = undominated(w.zone, u);
  std::vector<double> products, ratios;  // parallel to the frontier
  for (const int x : w.frontier) {
    double product = 1, ratio = 1;
    for (std::size_t p = 0; p < most.size(); ++p) {
      const double gain = std::max(0.0, u.of(x)[p] - reservation[p]);
      product *= gain;
      ratio = std::min(ratio, most[p] > kTie ? gain / most[p] : 1.0);
    }
    products.push_back(product);
    ratios.push_back(ratio);
  }
  w.nash = best_of(w.frontier, products);
  w.kalai_smorodinsky = best_of(w.frontier, ratios);
}

class Evaluator {
 public:
  Evaluator(const Ensemble& e, const EnsembleOptions& o) : e_(e), o_(o) {
    for (const UncertainParty& party : e.parties)
      draws_.push_back(std::make_unique<UtilityDraw>(party.order));
  }
  [[nodiscard]] std::vector<int> inconsistent() const {
    std::vector<int> list;
    for (std::size_t p = 0; p < draws_.size(); ++p)
      if (draws_[p]->contradictory() || !OrdinalJudge(e_.parties[p].order).consistent())
        list.push_back(static_cast<int>(p));
    return list;
  }
  [[nodiscard]] std::vector<int> approximate() const {
    std::vector<int> list;
    for (std::size_t p = 0; p < draws_.size(); ++p)
      if (!draws_[p]->exact()) list.push_back(static_cast<int>(p));
    return list;
  }
  [[nodiscard]] World evaluate(std::uint64_t world) const;

 private:
  const Ensemble& e_;
  const EnsembleOptions& o_;
  std::vector<std::unique_ptr<UtilityDraw>> draws_;
};

World Evaluator::evaluate(std::uint64_t world) const {
  World w;
  const Resolution& resolution = e_.resolutions[drawn_resolution(e_.resolutions.size(), o_.seed, world)];
  const std::size_t parties = e_.parties.size();
  Utilities u{parties, e_.signers(), std::vector<double>(e_.packages.size() * parties)};
  std::vector<double> reservation(parties);
  w.given_up.assign(o_.track.size(), std::vector<double>(parties));
  std::vector<Mask> broken = resolution.broken;
  for (std::size_t p = 0; p < parties; ++p) {
    const auto party = PartyWorld::make(*draws_[p], e_, p, o_.seed, world);
    if (!party) {
      w.refused = static_cast<int>(p);
      return w;
    }
    reservation[p] = party->settle(resolution);
    // Of every party, also of one that ratifies and does not sign.
    const auto value_of = [&](int x) { return u.all[static_cast<std::size_t>(x) * parties + p]; };
    for (std::size_t x = 0; x < e_.packages.size(); ++x) {
      const double value = party->utility(resolution.packages[x]);
      u.all[x * parties + p] = value;
      if (broken[x] != kForbidden && resolution.asks(x, p) && !party->accepts(resolution.packages[x], value))
        broken[x] |= Mask{1} << (e_.limits.size() + p);
    }
    for (std::size_t t = 0; t < o_.track.size(); ++t) w.given_up[t][p] = 1 - value_of(o_.track[t]);
  }
  w.drawn = true;
  std::vector<Mask> masks;
  for (std::size_t x = 0; x < e_.packages.size(); ++x) {
    if (broken[x] == kForbidden) continue;
    if (broken[x] == 0) w.zone.push_back(static_cast<int>(x));
    masks.push_back(broken[x]);
  }
  if (w.zone.empty()) {
    w.relaxations = minimal_masks(std::move(masks));
  } else {
    solve_zone(w, u, reservation);
  }
  return w;
}

logic::IndexSet indices(Mask m) {
  logic::IndexSet set;
  for (; m != 0; m &= m - 1) set.push_back(std::countr_zero(m));
  return set;
}

/// Counts sets over worlds; the order of the result does not depend on the order of the worlds.
class SetCounter {
 public:
  void add(const logic::IndexSet& set) { ++counts_[set]; }
  [[nodiscard]] std::vector<WeightedSet> result(int worlds) const {
    std::vector<WeightedSet> list;
    for (const auto& [set, count] : counts_) list.push_back({set, {count, worlds}});
    std::stable_sort(list.begin(), list.end(),
                     [](const WeightedSet& a, const WeightedSet& b) { return a.share.yes > b.share.yes; });
    return list;
  }

 private:
  std::map<logic::IndexSet, int> counts_;
};

class Tally {
 public:
  Tally(const Ensemble& e, const EnsembleOptions& o, EnsembleAnswer& a) : e_(e), o_(o), a_(a) {
    std::set<std::string> names;
    for (const Limit& l : e.limits) names.insert(opener(l));
    for (const UncertainParty& p : e.parties) names.insert(p.order.id);
    owners_.assign(names.begin(), names.end());
    const auto number = [&](const std::string& name) {
      return static_cast<int>(std::lower_bound(owners_.begin(), owners_.end(), name) - owners_.begin());
    };
    for (const Limit& l : e.limits) owner_of_.push_back(number(opener(l)));
    for (const UncertainParty& p : e.parties) owner_of_.push_back(number(p.order.id));
    counts_.resize(e.packages.size());
    spread_.assign(o.track.size(), std::vector<std::vector<double>>(e.parties.size()));
  }
  void add(const World& w);
  void finish();

 private:
  static std::string opener(const Limit& l) { return l.doubt ? "doubt:" + l.id : l.owner; }
  struct Counts {
    int zone = 0, frontier = 0, nash = 0, kalai_smorodinsky = 0;
  };
  const Ensemble& e_;
  const EnsembleOptions& o_;
  EnsembleAnswer& a_;
  std::vector<std::string> owners_;
  std::vector<int> owner_of_;
  std::vector<Counts> counts_;
  SetCounter conflicts_, relaxations_, openers_, openers_by_limits_;
  int no_opener_ = 0;
  std::map<std::vector<Mask>, logic::SetFamily> hitting_;
  std::vector<std::vector<std::vector<double>>> spread_;
  int with_zone_ = 0;
};

void Tally::add(const World& w) {
  ++a_.worlds;
  with_zone_ += w.zone.empty() ? 0 : 1;
  for (const int x : w.zone) ++counts_[static_cast<std::size_t>(x)].zone;
  for (const int x : w.frontier) ++counts_[static_cast<std::size_t>(x)].frontier;
  for (const int x : w.nash) ++counts_[static_cast<std::size_t>(x)].nash;
  for (const int x : w.kalai_smorodinsky) ++counts_[static_cast<std::size_t>(x)].kalai_smorodinsky;
  for (std::size_t t = 0; t < spread_.size(); ++t)
    for (std::size_t p = 0; p < spread_[t].size(); ++p) spread_[t][p].push_back(w.given_up[t][p]);
  if (!w.zone.empty()) return;
  std::vector<logic::IndexSet> family, by_owner, by_limits;
  for (const Mask m : w.relaxations) {
    family.push_back(indices(m));
    logic::IndexSet owners;
    for (const int i : family.back()) owners.push_back(owner_of_[static_cast<std::size_t>(i)]);
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    by_owner.push_back(owners);
    if (m >> e_.limits.size() == 0) by_limits.push_back(std::move(owners));
  }
  for (const auto& set : logic::minimal_members(by_limits)) openers_by_limits_.add(set);
  no_opener_ += by_limits.empty() ? 1 : 0;
  for (const auto& set : family) relaxations_.add(set);
  for (const auto& set : logic::minimal_members(by_owner)) openers_.add(set);
  auto found = hitting_.find(w.relaxations);
  if (found == hitting_.end())
    found = hitting_.emplace(w.relaxations, logic::minimal_hitting_sets(family)).first;
  a_.complete = a_.complete && found->second.complete;
  for (const auto& set : found->second.sets) conflicts_.add(set);
}

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  return {values.front(), values[(values.size() - 1) / 2], values.back()};
}

void Tally::finish() {
  const int n = a_.worlds;
  a_.zone = {with_zone_, n};
  a_.conflicts = conflicts_.result(n);
  a_.relaxations = relaxations_.result(n);
  const auto named = [&](const SetCounter& counter) {
    std::vector<OwnerSet> list;
    for (const WeightedSet& set : counter.result(n)) {
      list.push_back({{}, set.share});
      for (const int i : set.limits) list.back().owners.push_back(owners_[static_cast<std::size_t>(i)]);
    }
    return list;
  };
  a_.openers = named(openers_);
  a_.openers_by_limits = named(openers_by_limits_);
  a_.no_opener = {no_opener_, n};
  a_.packages.resize(counts_.size());
  for (std::size_t x = 0; x < counts_.size(); ++x) {
    a_.packages[x].in_zone = {counts_[x].zone, n};
    a_.packages[x].on_frontier = {counts_[x].frontier, n};
    a_.packages[x].is_nash = {counts_[x].nash, n};
    a_.packages[x].is_kalai_smorodinsky = {counts_[x].kalai_smorodinsky, n};
  }
  for (auto& package : spread_) {
    std::vector<Spread> row;
    for (auto& values : package) row.push_back(spread_of(std::move(values)));
    a_.given_up.push_back(std::move(row));
  }
}

}  // namespace

EnsembleAnswer solve(const Ensemble& ensemble, const EnsembleOptions& options) {
  EnsembleAnswer answer;
  answer.packages.resize(ensemble.packages.size());
  const Evaluator evaluator(ensemble, options);
  answer.inconsistent = evaluator.inconsistent();
  if (!answer.inconsistent.empty() || ensemble.resolutions.empty()) {
    return answer;  // no consistent world: nothing is possible, nothing proved
  }
  answer.approximate = evaluator.approximate();
  const std::size_t cells = std::max<std::size_t>(1, ensemble.packages.size() * ensemble.parties.size());
  const auto affordable = std::max<std::size_t>(kFewestWorlds, kMostUtilities / cells);
  const auto worlds = std::min(static_cast<std::size_t>(std::max(options.worlds, 0)), affordable);
  answer.thinned = worlds < static_cast<std::size_t>(std::max(options.worlds, 0));
  std::vector<World> drawn(worlds);
  worlds::parallel_for(static_cast<std::int64_t>(worlds),
                       [&](std::int64_t w) {
                         drawn[static_cast<std::size_t>(w)] =
                             evaluator.evaluate(static_cast<std::uint64_t>(w));
                       },
                       {options.threads, options.cancel, {}});
  Tally tally(ensemble, options, answer);
  for (const World& w : drawn)
    if (w.drawn) tally.add(w);
  if (answer.worlds == 0) {
    std::set<int> refused;
    for (const World& w : drawn)
      if (w.refused >= 0) refused.insert(w.refused);
    answer.refused.assign(refused.begin(), refused.end());
  }
  tally.finish();
  for (std::size_t w = 0; options.by_world && w < drawn.size(); ++w)
    if (drawn[w].drawn)
      answer.by_world.push_back({w, std::move(drawn[w].zone), std::move(drawn[w].given_up)});
  if (options.prove) prove(ensemble, options, answer);
  return answer;
}

}  // namespace parley::deals
