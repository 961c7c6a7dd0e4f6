// SPDX-License-Identifier: MIT
#include "framing/wishes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "account/naming.hpp"
#include "logic/minimal_sets.hpp"

namespace parley::framing {
namespace {

using account::Row;

constexpr std::pair<const char*, Stance> kStances[] = {{"insists", Stance::insists},
                                                       {"refuses", Stance::insists},
                                                       {"presses", Stance::presses},
                                                       {"asks", Stance::asks},
                                                       {"prefers", Stance::prefers}};

bool speaks_for(const Situation& s, const Row& row, const std::string& actor) {
  const auto members = s.members(row.text("by"));
  return std::find(members.begin(), members.end(), actor) != members.end();
}

std::string row_id(const Row& row, const std::string& actor) {
  return row.text("by") == actor ? row.id : row.id + "#" + actor;
}

/// Keeps what one row has just added, so that a contradiction can name its rows.
void record(Taste& taste, const std::string& row, std::size_t better_before, std::size_t same_before) {
  taste.said.push_back(
      {row,
       {taste.better.begin() + static_cast<std::ptrdiff_t>(better_before), taste.better.end()},
       {taste.same.begin() + static_cast<std::ptrdiff_t>(same_before), taste.same.end()}});
}

void add_pairs(Taste& taste, const LevelSet& over, const LevelSet& under) {
  for (int a = 0; a < over.size(); ++a)
    for (int b = 0; b < under.size(); ++b)
      if (over.has(a) && under.has(b)) taste.better.emplace_back(a, b);
}

using Pairs = std::vector<std::pair<int, int>>;

/// A default of rule 4 that one wish brings, as long as nothing that is stated denies it.
struct Nearer {
  Pairs better;
  DefaultRow row;
};

/// Levels nearer to the wanted ones are better (single-peaked): the default where the levels are ordered.
Pairs nearer_pairs(const LevelSet& wanted) {
  Pairs better;
  int low = wanted.size(), high = -1;
  for (int l = 0; l < wanted.size(); ++l)
    if (wanted.has(l)) {
      low = std::min(low, l);
      high = std::max(high, l);
    }
  for (int l = 0; l + 1 < low; ++l) better.emplace_back(l + 1, l);
  for (int l = high + 1; l + 1 < wanted.size(); ++l) better.emplace_back(l, l + 1);
  return better;
}

void add_wish(const Situation& s, Taste& taste, const Wish& wish, int variable,
              std::vector<Nearer>& nearers) {
  const std::size_t before = taste.better.size();
  // That a package is not wanted as a whole says nothing of any one of its issues.
  if (wish.refused) return;
  for (const auto& [v, levels] : wish.levels) {
    if (v != variable) continue;
    taste.silent = false;
    taste.rows.push_back(wish.row);
    add_pairs(taste, levels, levels.complement());
    const Variable& var = s.variables[static_cast<std::size_t>(v)];
    if (!var.ordered || s.options.between != "nearer") continue;
    if (auto better = nearer_pairs(levels); !better.empty())
      nearers.push_back({std::move(better),
                         {fmt::format("default:nearer:{}", wish.row),
                          fmt::format("levels of {} nearer to what {} wants are taken to be better for it",
                                      var.id, account::name_of(s.account, wish.by)),
                          wish.row}});
  }
  if (taste.better.size() > before) record(taste, wish.row, before, taste.same.size());
}

void add_order(Taste& taste, const Variable& v, const account::Value& order) {
  std::vector<LevelSet> tiers;
  for (const auto& names : order.tiers) {
    LevelSet tier(v.size());
    for (const auto& name : names) {
      const LevelSet named = levels_named(v, name);
      for (int l = 0; l < v.size(); ++l)
        if (named.has(l)) tier.add(l);
    }
    int first = -1;
    for (int l = 0; l < v.size(); ++l) {
      if (!tier.has(l)) continue;
      if (first >= 0 && names.size() > 1) taste.same.emplace_back(first, l);
      first = first < 0 ? l : first;
    }
    tiers.push_back(tier);
  }
  for (std::size_t i = 0; i < tiers.size(); ++i)
    for (std::size_t j = i + 1; j < tiers.size(); ++j) add_pairs(taste, tiers[i], tiers[j]);
}

void add_wants(Taste& taste, const Variable& v, const std::string& wants) {
  const bool up = wants == "more" || wants == "happens";
  for (int l = 0; l + 1 < v.size(); ++l) taste.better.emplace_back(up ? l + 1 : l, up ? l : l + 1);
}

void add_worth(Taste& taste, const Variable& v, const account::Value& worth) {
  if (taste.worth.empty()) taste.worth.assign(static_cast<std::size_t>(v.size()), {0, 1});
  for (std::size_t i = 0; i < worth.keys.size(); ++i) {
    const LevelSet named = levels_named(v, worth.keys[i]);
    if (!worth.items[i].quantity) continue;
    const auto& q = *worth.items[i].quantity;
    for (int l = 0; l < v.size(); ++l)
      if (named.has(l))
        taste.worth[static_cast<std::size_t>(l)] = {q.no_low ? mpq_class(0) : q.low,
                                                    q.no_high ? mpq_class(1) : q.high};
  }
}

std::optional<Wish> wish_of(const Situation& s, const Row& row, const std::string& actor) {
  for (const auto& [name, stance] : kStances) {
    const account::Value* phrase = row.value(name);
    if (phrase == nullptr) continue;
    Wish wish;
    wish.row = row_id(row, actor);
    wish.by = actor;
    wish.stance = stance;
    const bool refuses = std::string_view(name) == "refuses";
    const std::string on = row.text("on");
    if (const int v = s.variable(on); v >= 0) {
      if (phrase->tree == nullptr) return std::nullopt;
      auto levels = bind_phrase(s.variables[static_cast<std::size_t>(v)], *phrase->tree);
      if (!levels) return std::nullopt;
      if (refuses) *levels = levels->complement();
      wish.levels.emplace_back(v, std::move(*levels));
      return wish;
    }
    const Row* package = s.row(on);
    const account::Value* options = package == nullptr ? nullptr : package->value("options");
    if (options == nullptr) return std::nullopt;
    wish.package = on;
    wish.refused = refuses;
    for (std::size_t i = 0; i < options->keys.size(); ++i) {
      const int v = s.variable(options->keys[i]);
      if (v < 0) return std::nullopt;
      wish.levels.emplace_back(
          v, levels_named(s.variables[static_cast<std::size_t>(v)], options->items[i].text));
    }
    return wish;
  }
  return std::nullopt;
}

Closure close(const Pairs& better, const Pairs& same, int n) {
  const auto size = static_cast<std::size_t>(n);
  Closure c;
  c.above.assign(size, std::vector<bool>(size, false));
  c.at_least = c.above;
  for (std::size_t l = 0; l < size; ++l) c.at_least[l][l] = true;
  for (const auto& [a, b] : better) {
    c.above[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = true;
    c.at_least[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = true;
  }
  for (const auto& [a, b] : same) {
    c.at_least[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = true;
    c.at_least[static_cast<std::size_t>(b)][static_cast<std::size_t>(a)] = true;
  }
  for (std::size_t k = 0; k < size; ++k)
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = 0; b < size; ++b) {
        if (!c.at_least[a][k] || !c.at_least[k][b]) continue;
        c.at_least[a][b] = true;
        if (c.above[a][k] || c.above[k][b]) c.above[a][b] = true;
      }
  return c;
}

/// Do some values of the levels have all of these orders, within the numbers of the taste? Of two levels of
/// which one is at least as good, the better one must be able to reach what the other has at least.
bool some_values(const Taste& taste, const Pairs& better, int levels) {
  const Closure c = close(better, taste.same, levels);
  const auto worth = [&](std::size_t l) {
    return taste.worth.empty() ? expression::Interval{0, 1} : taste.worth[l];
  };
  for (std::size_t a = 0; a < c.above.size(); ++a)
    for (std::size_t b = 0; b < c.above.size(); ++b)
      if ((c.above[a][b] && (a == b || worth(a).second <= worth(b).first)) ||
          (c.at_least[a][b] && worth(a).second < worth(b).first))
        return false;
  return true;
}

/// A default gives way to what is stated: each is left out that the orders and numbers of rows deny; and all
/// are, where they deny each other.
void add_nearer(Taste& taste, std::vector<Nearer> nearers, int levels) {
  const Pairs stated = taste.better;
  const auto with = [&](const Pairs& more) {
    Pairs all = stated;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  std::erase_if(nearers, [&](const Nearer& each) { return !some_values(taste, with(each.better), levels); });
  Pairs together;
  for (const Nearer& each : nearers) together.insert(together.end(), each.better.begin(), each.better.end());
  if (!some_values(taste, with(together), levels)) return;
  taste.better = with(together);
  for (Nearer& each : nearers) taste.defaults.push_back(std::move(each.row));
}

}  // namespace

std::vector<Wish> wishes_of(const Situation& s, const std::string& actor) {
  std::vector<Wish> list;
  for (const Row* row : s.of("positions"))
    if (speaks_for(s, *row, actor))
      if (auto wish = wish_of(s, *row, actor)) list.push_back(std::move(*wish));
  return list;
}

Taste taste_of(const Situation& s, const std::string& actor, int variable) {
  Taste taste;
  const Variable& v = s.variables[static_cast<std::size_t>(variable)];
  std::vector<Nearer> nearers;
  for (const Wish& wish : wishes_of(s, actor)) add_wish(s, taste, wish, variable, nearers);
  for (const Row* row : s.of("positions"))
    if (row->text("on") == v.id && row->flag("indifferent") && speaks_for(s, *row, actor)) {
      taste.indifferent = true;
      taste.silent = false;
      taste.rows.push_back(row_id(*row, actor));
    }
  for (const Row* row : s.of("preferences")) {
    const std::string on = row->text("on");
    if ((on != v.id && "outcome:" + on != v.id) || !speaks_for(s, *row, actor)) continue;
    taste.silent = false;
    taste.rows.push_back(row_id(*row, actor));
    const std::size_t better_before = taste.better.size(), same_before = taste.same.size();
    taste.indifferent = taste.indifferent || row->flag("indifferent");
    if (const auto* order = row->value("order")) add_order(taste, v, *order);
    if (row->value("wants") != nullptr) add_wants(taste, v, row->text("wants"));
    if (const auto* worth = row->value("worth")) {
      add_worth(taste, v, *worth);
      taste.worth_rows.push_back(row_id(*row, actor));
    }
    record(taste, row_id(*row, actor), better_before, same_before);
  }
  add_nearer(taste, std::move(nearers), v.size());
  const auto tidy = [](auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  tidy(taste.better);
  tidy(taste.same);
  tidy(taste.rows);
  return taste;
}

Closure closure_of(const Taste& taste, int levels) { return close(taste.better, taste.same, levels); }

std::vector<Said> by_what_they_say(std::vector<Said> said) {
  std::sort(said.begin(), said.end(), [](const Said& a, const Said& b) {
    return std::tie(a.better, a.same, a.row) < std::tie(b.better, b.same, b.row);
  });
  return said;
}

std::vector<std::string> clash(const Taste& taste, int levels) {
  // Which of several minimal sets is found hangs on this order.
  const auto rows_said = by_what_they_say(taste.said);
  const auto contradicts = [&](const logic::IndexSet& rows) {
    std::vector<std::pair<int, int>> better, same;
    for (const int r : rows) {
      const Said& said = rows_said[static_cast<std::size_t>(r)];
      better.insert(better.end(), said.better.begin(), said.better.end());
      same.insert(same.end(), said.same.begin(), said.same.end());
    }
    const Closure c = close(better, same, levels);
    for (std::size_t l = 0; l < c.above.size(); ++l)
      if (c.above[l][l]) return true;
    return false;
  };
  logic::IndexSet all;
  for (std::size_t r = 0; r < taste.said.size(); ++r) all.push_back(static_cast<int>(r));
  if (!contradicts(all)) return {};
  std::vector<std::string> rows;
  for (const int r : logic::one_minimal_set(static_cast<int>(all.size()), contradicts))
    rows.push_back(rows_said[static_cast<std::size_t>(r)].row);
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::optional<Stance> binding_stance(const Options& options) {
  if (options.binding == "insists") return Stance::insists;
  if (options.binding == "presses") return Stance::presses;
  return std::nullopt;
}

Formula wanted(const Wish& wish) {
  std::vector<Formula> list;
  for (const auto& [variable, levels] : wish.levels) list.push_back(Formula::atom(variable, levels));
  Formula all = list.size() == 1 ? list.front() : Formula::all(std::move(list));
  return wish.refused ? Formula::negation(std::move(all)) : all;
}

}  // namespace parley::framing
