// SPDX-License-Identifier: MIT
// What would decide, where orders alone do not (framing rule 5). For one package and one party: state every
// order of salience and every wish (where the party is silent) that speaks for the package; if it is then
// necessary, drop statement after statement as long as it stays so. Necessity only grows with statements, so
// what is left is inclusion-minimal. A zone is certain where one package is necessary for all; it is excluded
// where one party finds every package dead.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>

#include "deals/ensemble_proof.hpp"
#include "questions/probes.hpp"
#include "worlds/order.hpp"

namespace parley::questions {
namespace {

using deals::Standing;

constexpr std::size_t kMostPackagesTried =
    48;  ///< packages that are tried, those in the zone of most worlds first

constexpr std::size_t kMostPaired = 24;  ///< orders of salience up to which every pair is tried

struct Statement {
  bool wish = false;
  int a = 0, b = 0;  ///< stakes: a weighs at least as much as b
  int stake = 0;     ///< of a wish
  int more = 0, less = 0;
};

/// A wish on an issue of the table is a stronger thing to ask for than a weight or a dislike of a
/// consequence.
std::size_t cost(const deals::OrdinalParty& party, const std::vector<Statement>& statements) {
  std::size_t sum = 0;
  for (const Statement& s : statements)
    sum += s.wish && !party.stakes[static_cast<std::size_t>(s.stake)].consequence ? 3 : 1;
  return sum;
}

deals::OrdinalParty with(deals::OrdinalParty party, const std::vector<Statement>& statements) {
  for (const Statement& s : statements)
    if (s.wish)
      party.stakes[static_cast<std::size_t>(s.stake)].better.emplace_back(s.more, s.less);
    else
      party.heavier.emplace_back(s.a, s.b);
  return party;
}

/// Levels that a stake may take in a case, over all its branches.
deals::LevelMask reached(const deals::Case& c, std::size_t party, std::size_t stake) {
  deals::LevelMask mask = 0;
  for (const auto& branch : c.branches) mask |= branch.levels[party][stake];
  return mask;
}

bool says(const deals::Stake& stake, int more, int less) {
  return std::find(stake.better.begin(), stake.better.end(), std::pair{more, less}) != stake.better.end();
}

/// Weights that would close a circle contradict what is stated, or each other: the later ones are left out.
std::vector<Statement> without_circles(const deals::OrdinalParty& party, std::vector<Statement> all) {
  worlds::PartialOrder order{static_cast<int>(party.stakes.size()), party.heavier, party.alike};
  std::erase_if(all, [&](const Statement& s) {
    if (s.wish) return false;
    order.above.emplace_back(s.a, s.b);
    if (!worlds::contradiction(order)) return false;
    order.above.pop_back();
    return true;
  });
  return all;
}

class Search {
 public:
  Search(const TableAnswer& table, const Control& control)
      : f_(table.framed), e_(table.framed.ensemble), answer_(&table.answer), control_(control) {}
  Search(const framing::Framed& framed, const deals::Ensemble& ensemble, const Control& control)
      : f_(framed), e_(ensemble), control_(control) {}
  SalienceProbe run();
  [[nodiscard]] bool decides(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted,
                             const std::vector<SalienceProbe::Statement>& statements) const;
  [[nodiscard]] std::optional<std::vector<SalienceProbe::Statement>> fewest(
      std::size_t party, const std::vector<std::size_t>& packages, Standing wanted) const;

 private:
  [[nodiscard]] std::vector<std::size_t> clean() const;
  [[nodiscard]] std::vector<Statement> helpful(std::size_t party, std::size_t package, bool for_it) const;
  [[nodiscard]] bool stands(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted,
                            const std::vector<Statement>& statements) const;
  [[nodiscard]] std::optional<std::vector<Statement>> smallest(std::size_t party,
                                                               const std::vector<std::size_t>& packages,
                                                               Standing wanted,
                                                               std::vector<Statement> all) const;
  void say(SalienceProbe& probe, std::size_t party, const std::vector<Statement>& statements) const;
  bool certain(std::size_t package, std::size_t& best, SalienceProbe& probe) const;
  bool excluded(std::size_t party, const std::vector<std::size_t>& packages, std::size_t& best,
                SalienceProbe& probe) const;

  [[nodiscard]] std::vector<Statement> all_helpful(std::size_t party,
                                                   const std::vector<std::size_t>& packages,
                                                   bool for_it) const;

  const framing::Framed& f_;
  const deals::Ensemble& e_;
  const deals::EnsembleAnswer* answer_ = nullptr;
  Control control_;
};

/// Packages within every limit under every resolution.
std::vector<std::size_t> Search::clean() const {
  std::vector<std::size_t> list;
  for (std::size_t x = 0; x < e_.packages.size(); ++x)
    if (std::all_of(e_.resolutions.begin(), e_.resolutions.end(),
                    [&](const auto& r) { return r.broken[x] == 0; }))
      list.push_back(x);
  std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
    return answer_->packages[a].in_zone.yes > answer_->packages[b].in_zone.yes;
  });
  return list;
}

/// Statements that speak for the package (or against it): wishes of silent stakes, and the weight of each
/// stake that it serves over each that it does not.
std::vector<Statement> Search::helpful(std::size_t party, std::size_t package, bool for_it) const {
  const auto& stakes = e_.parties[party].order.stakes;
  std::vector<Statement> list;
  std::vector<int> speaks, otherwise;  // stakes that say what is wanted; that may say the opposite
  for (std::size_t s = 0; s < stakes.size(); ++s) {
    deals::LevelMask with = 0, without = 0;
    for (const auto& r : e_.resolutions) {
      with |= reached(r.packages[package], party, s);
      without |= reached(r.no_deal, party, s);
    }
    if (with == without && std::has_single_bit(with)) continue;
    const int n = stakes[s].levels;
    bool better = false, worse = false, open = false;
    for (int x = 0; x < n; ++x)
      for (int d = 0; d < n; ++d) {
        if (!(with >> x & 1U) || !(without >> d & 1U) || x == d) continue;
        better = better || says(stakes[s], x, d);
        worse = worse || says(stakes[s], d, x);
        open = open || (!says(stakes[s], x, d) && !says(stakes[s], d, x));
      }
    if (for_it ? better : worse) speaks.push_back(static_cast<int>(s));
    if ((for_it ? worse : better) || open) otherwise.push_back(static_cast<int>(s));
    const bool silent = stakes[s].better.empty() && stakes[s].same.empty() && stakes[s].bounds.empty();
    if (!silent || !std::has_single_bit(with)) continue;
    const int x = std::countr_zero(with);
    for (int d = 0; d < n; ++d)
      if ((without >> d & 1U) && d != x)
        list.push_back({true, 0, 0, static_cast<int>(s), for_it ? x : d, for_it ? d : x});
  }
  // Dropped in this order: guesses at what a party wants on the table first, weights last.
  std::stable_partition(list.begin(), list.end(), [&](const Statement& s) {
    return !stakes[static_cast<std::size_t>(s.stake)].consequence;
  });
  for (const int a : speaks)
    for (const int b : otherwise)
      if (a != b) list.push_back({false, a, b, 0, 0, 0});
  return list;
}

bool Search::stands(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted,
                    const std::vector<Statement>& statements) const {
  control_.check();
  deals::CaseProver prover(e_, party, with(e_.parties[party].order, statements));
  if (!prover.consistent()) return false;
  return std::all_of(packages.begin(), packages.end(), [&](std::size_t x) {
    control_.check();
    return std::all_of(e_.resolutions.begin(), e_.resolutions.end(), [&](const deals::Resolution& r) {
      if (!r.asks(x, party)) return wanted == Standing::necessary;
      const deals::Proof proof = prover.prove(r.packages[x], r.no_deal);
      return proof.exact && proof.standing == wanted;
    });
  });
}

std::optional<std::vector<Statement>> Search::smallest(std::size_t party,
                                                       const std::vector<std::size_t>& packages,
                                                       Standing wanted, std::vector<Statement> all) const {
  all = without_circles(e_.parties[party].order, std::move(all));
  if (!stands(party, packages, wanted, all)) return std::nullopt;
  for (std::size_t i = 0; i < all.size();) {
    std::vector<Statement> fewer = all;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (stands(party, packages, wanted, fewer))
      all = std::move(fewer);
    else
      ++i;
  }
  return all;
}

void Search::say(SalienceProbe& probe, std::size_t party, const std::vector<Statement>& statements) const {
  const auto& order = e_.parties[party].order;
  const auto stake = [&](int s) -> const deals::Stake& { return order.stakes[static_cast<std::size_t>(s)]; };
  const auto level = [&](int s, int l) {
    const auto words = f_.level_words.find(stake(s).id);
    return words == f_.level_words.end() ? std::to_string(l) : words->second[static_cast<std::size_t>(l)];
  };
  for (const Statement& s : statements)
    if (s.wish)
      probe.statements.push_back(
          {order.id, true, stake(s.stake).id, level(s.stake, s.more), level(s.stake, s.less)});
    else
      probe.statements.push_back({order.id, false, "", stake(s.a).id, stake(s.b).id});
}

bool Search::certain(std::size_t x, std::size_t& best, SalienceProbe& probe) const {
  SalienceProbe tried;
  tried.table = probe.table;
  std::size_t sum = 0;
  for (std::size_t p = 0; p < e_.parties.size(); ++p) {
    const auto statements = smallest(p, {x}, Standing::necessary, helpful(p, x, true));
    if (statements) sum += cost(e_.parties[p].order, *statements);
    if (!statements || sum >= best) return false;
    say(tried, p, *statements);
  }
  best = sum;
  tried.found = true;
  tried.outcome = "certain";
  for (std::size_t k = 0; k < e_.issues.size(); ++k) {
    const std::string& name = e_.issues[k].name;
    const bool open = std::find(f_.left_open.begin(), f_.left_open.end(), name) != f_.left_open.end() &&
                      std::none_of(tried.statements.begin(), tried.statements.end(),
                                   [&](const auto& s) { return s.wish && s.on == name; });
    if (open)
      tried.left_open.push_back(name);
    else
      tried.package.push_back(name + " " +
                              e_.issues[k].options[static_cast<std::size_t>(e_.packages[x][k])].name);
  }
  probe = std::move(tried);
  return true;
}

std::vector<Statement> Search::all_helpful(std::size_t p, const std::vector<std::size_t>& packages,
                                           bool for_it) const {
  std::vector<Statement> all;
  for (const std::size_t x : packages) {
    control_.check();
    for (const Statement& s : helpful(p, x, for_it)) {
      const auto same = [&](const Statement& o) {
        return o.wish == s.wish && o.a == s.a && o.b == s.b && o.stake == s.stake && o.more == s.more &&
               o.less == s.less;
      };
      if (std::none_of(all.begin(), all.end(), same)) all.push_back(s);
    }
  }
  return all;
}

bool Search::excluded(std::size_t p, const std::vector<std::size_t>& packages, std::size_t& best,
                      SalienceProbe& probe) const {
  const auto statements = smallest(p, packages, Standing::dead, all_helpful(p, packages, false));
  if (!statements || cost(e_.parties[p].order, *statements) >= best) return false;
  best = cost(e_.parties[p].order, *statements);
  probe.found = true;
  probe.outcome = "excluded";
  probe.statements.clear();
  probe.package.clear();
  probe.left_open.clear();
  say(probe, p, *statements);
  return true;
}

SalienceProbe Search::run() {
  SalienceProbe probe;
  probe.table = f_.table;
  auto packages = clean();
  std::size_t best = 1000;
  for (std::size_t i = 0; i < packages.size() && i < kMostPackagesTried; ++i)
    certain(packages[i], best, probe);
  if (!packages.empty() && packages.size() <= kMostPackagesTried)
    for (std::size_t p = 0; p < e_.parties.size(); ++p) excluded(p, packages, best, probe);
  return probe;
}

bool Search::decides(std::size_t party, const std::vector<std::size_t>& packages, Standing wanted,
                     const std::vector<SalienceProbe::Statement>& statements) const {
  const auto& stakes = e_.parties[party].order.stakes;
  const auto stake = [&](const std::string& id) {
    const auto at = std::find_if(stakes.begin(), stakes.end(), [&](const auto& s) { return s.id == id; });
    return at == stakes.end() ? -1 : static_cast<int>(at - stakes.begin());
  };
  const auto level = [&](const std::string& id, const std::string& word) {
    const auto words = f_.level_words.find(id);
    if (words == f_.level_words.end()) return -1;
    const auto at = std::find(words->second.begin(), words->second.end(), word);
    return at == words->second.end() ? -1 : static_cast<int>(at - words->second.begin());
  };
  std::vector<Statement> list;
  for (const auto& said : statements) {
    Statement s;
    s.wish = said.wish;
    if (said.wish) {
      s.stake = stake(said.on);
      s.more = level(said.on, said.more);
      s.less = level(said.on, said.less);
      if (s.stake < 0 || s.more < 0 || s.less < 0) return false;
    } else {
      s.a = stake(said.more);
      s.b = stake(said.less);
      if (s.a < 0 || s.b < 0) return false;
    }
    list.push_back(s);
  }
  return stands(party, packages, wanted, list);
}

std::optional<std::vector<SalienceProbe::Statement>> Search::fewest(std::size_t party,
                                                                    const std::vector<std::size_t>& packages,
                                                                    Standing wanted) const {
  const auto said = [&](const std::vector<Statement>& list) {
    SalienceProbe probe;
    say(probe, party, list);
    return probe.statements;
  };
  if (packages.empty()) return std::nullopt;
  if (stands(party, packages, wanted, {})) return said({});
  const auto all =
      without_circles(e_.parties[party].order, all_helpful(party, packages, wanted == Standing::necessary));
  if (!stands(party, packages, wanted, all)) return std::nullopt;
  std::vector<Statement> orders = all;
  std::erase_if(orders, [](const Statement& s) { return s.wish; });
  const bool by_orders = stands(party, packages, wanted, orders);
  if (by_orders && orders.size() <= kMostPaired) {
    for (const auto& s : orders)
      if (stands(party, packages, wanted, {s})) return said({s});
    for (std::size_t i = 0; i < orders.size(); ++i)
      for (std::size_t k = i + 1; k < orders.size(); ++k)
        if (stands(party, packages, wanted, {orders[i], orders[k]})) return said({orders[i], orders[k]});
  }
  return said(*smallest(party, packages, wanted, by_orders ? orders : all));
}

}  // namespace

bool decides(const framing::Framed& framed, const deals::Ensemble& ensemble, std::size_t party,
             const std::vector<std::size_t>& packages, Standing wanted,
             const std::vector<SalienceProbe::Statement>& statements, const Control& control) {
  return Search(framed, ensemble, control).decides(party, packages, wanted, statements);
}

std::optional<std::vector<SalienceProbe::Statement>> fewest_that_decide(
    const framing::Framed& framed, const deals::Ensemble& ensemble, std::size_t party,
    const std::vector<std::size_t>& packages, Standing wanted, const Control& control) {
  return Search(framed, ensemble, control).fewest(party, packages, wanted);
}

std::vector<SalienceProbe> probe_salience(const ColumnAnswer& base) {
  std::vector<SalienceProbe> list;
  for (const TableAnswer& table : base.tables) {
    SalienceProbe probe;
    probe.table = table.framed.table;
    const auto& a = table.answer;
    probe.decided = a.necessary || (a.proved && !a.possible);
    if (!probe.decided && a.worlds > 0) probe = Search(table, base.column.options.control).run();
    list.push_back(std::move(probe));
  }
  return list;
}

}  // namespace parley::questions
