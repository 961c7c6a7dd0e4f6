// SPDX-License-Identifier: MIT
// Stakes of each party, what it compares a package with, and named packages on the map (rules 2, 4, 5, 8).
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "account/naming.hpp"
#include "framing/deals_parts.hpp"
#include "framing/mentions.hpp"

namespace parley::framing {
namespace {

using account::Row;

/// Variables beside the table that differ between any two cases: what a package or no deal leads to.
std::vector<int> consequences(const Table& t) {
  std::vector<int> list;
  for (std::size_t v = 0; v < t.s.variables.size(); ++v) {
    const auto kind = t.s.variables[v].kind;
    t.s.options.control.check();
    if (t.on_table[v] || kind == VariableKind::talks || kind == VariableKind::agreement) continue;
    const LevelMask first = t.states[0][0][v];
    bool differs = false;
    for (const auto& states : t.states)
      for (const Masks& state : states) differs = differs || state[v] != first || std::popcount(state[v]) > 1;
    if (differs) list.push_back(static_cast<int>(v));
  }
  return list;
}

/// The stakes of one party; `variables` gets the variable of each.
void add_stakes(Table& t, Framed& f, std::size_t voice, const std::vector<int>& effects,
                std::vector<int>& variables) {
  auto& party = f.ensemble.parties.back();
  const auto add = [&](int v, bool consequence) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    const Taste& taste = t.taste(f, voice, v);
    if (!has_stake(variable, taste)) return;
    if (taste.silent && !party.ratifies)
      f.silent.push_back({party.order.id, variable.id, consequence, rows_naming(t.s, party.order.id, v)});
    const auto rows = clash(taste, variable.size());
    if (!rows.empty()) f.clashes.push_back({party.order.id, variable.id, rows, ""});
    for (const DefaultRow& row : taste.defaults) f.defaults.push_back(row);
    for (const auto& row : taste.rows) {
      f.used_rows.push_back(row.substr(0, row.find('#')));
      party.reservation_rows.push_back(row.substr(0, row.find('#')));
    }
    party.order.stakes.push_back(stake_of(variable, taste, consequence));
    f.level_words[variable.id] = variable.levels;
    f.used_rows.push_back(variable.row);
    variables.push_back(v);
  };
  for (const int v : f.issues)
    if (!t.is_agenda(v)) add(v, false);
  for (const int v : effects) add(v, true);
}

int stake_index(const deals::OrdinalParty& party, const std::string& name) {
  for (std::size_t s = 0; s < party.stakes.size(); ++s)
    if (party.stakes[s].id == name || party.stakes[s].id == "outcome:" + name) return static_cast<int>(s);
  return -1;
}

/// Tiers, weightiest first. Names that are no stakes of the party say nothing, and part nothing.
void add_order(const deals::OrdinalParty& party, const std::vector<std::vector<std::string>>& tiers,
               SaidOfWeights& said) {
  std::vector<int> before;
  for (const auto& tier : tiers) {
    std::vector<int> here;
    for (const auto& name : tier)
      if (const int s = stake_index(party, name); s >= 0) here.push_back(s);
    if (here.empty()) continue;
    for (std::size_t i = 0; i + 1 < here.size(); ++i) said.alike.emplace_back(here[i], here[i + 1]);
    for (const int a : before)
      for (const int b : here) said.heavier.emplace_back(a, b);
    before = std::move(here);
  }
}

void add_salience(Table& t, Framed& f, deals::UncertainParty& party) {
  t.weights.push_back(said_of_weights(t.s, party.order));
  for (const SaidOfWeights& said : t.weights.back()) {
    auto& order = party.order;
    order.heavier.insert(order.heavier.end(), said.heavier.begin(), said.heavier.end());
    order.alike.insert(order.alike.end(), said.alike.begin(), said.alike.end());
    order.weight_bounds.insert(order.weight_bounds.end(), said.bounds.begin(), said.bounds.end());
    f.used_rows.push_back(said.row);
    party.reservation_rows.push_back(said.row);
  }
}

void add_reservation(const Table& t, Framed& f, deals::UncertainParty& party) {
  for (const Row* row : t.s.of("reservations"))
    if (row->text("by") == party.order.id) {
      party.given = {t.s.interval(row->value("is"), {0, 1})};
      party.reservation_rows = {row->id};
      f.used_rows.push_back(row->id);
    }
  if (!party.given.empty()) return;
  std::set<std::string> rows(party.reservation_rows.begin(), party.reservation_rows.end());
  for (const auto& r : f.ensemble.resolutions)
    for (const int c : r.no_deal.chances)
      rows.insert(t.rules.chances[static_cast<std::size_t>(c)].rows.begin(),
                  t.rules.chances[static_cast<std::size_t>(c)].rows.end());
  party.reservation_rows.assign(rows.begin(), rows.end());
}

/// Drives whose effect somebody has a stake in, directly or through other quantities.
void note_drives(const Table& t, Framed& f, const std::set<int>& stakes) {
  std::set<int> reach = stakes;
  for (bool grown = true; grown;) {
    grown = false;
    for (const Drive& drive : t.rules.drives)
      if (drive.cause_variable >= 0 && reach.contains(drive.effect))
        grown = reach.insert(drive.cause_variable).second || grown;
  }
  std::set<int> moved(f.issues.begin(), f.issues.end());
  moved.insert(t.s.variable(f.table));
  for (const ChanceRule& rule : t.rules.chances)
    for (const auto& [v, levels] : rule.act) moved.insert(v);
  const auto starts = [&](const Drive& drive) {
    if (drive.cause_variable >= 0) return moved.contains(drive.cause_variable);
    const auto touched = expression::touched(drive.cause);
    return std::any_of(touched.begin(), touched.end(), [&](int v) { return moved.contains(v); });
  };
  for (bool grown = true; grown;) {
    grown = false;
    for (const Drive& drive : t.rules.drives)
      if (starts(drive)) grown = moved.insert(drive.effect).second || grown;
  }
  for (const Drive& drive : t.rules.drives)
    if (starts(drive) && reach.contains(drive.effect)) f.used_rows.push_back(drive.row);
  for (const Shut& shut : t.rules.shuts)
    if (stakes.contains(shut.variable)) f.used_rows.push_back(shut.row);
}

void fill_levels(const Table& t, Framed& f, const std::vector<std::vector<int>>& variables) {
  for (std::size_t r = 0; r < f.ensemble.resolutions.size(); ++r) {
    std::size_t at = 0;
    const auto fill = [&](deals::Case& c) {
      t.s.options.control.check();
      for (deals::Branch& branch : c.branches) {
        const Masks& state = t.states[r][at++];
        for (const auto& stakes : variables) {
          branch.levels.emplace_back();
          for (const int v : stakes) branch.levels.back().push_back(state[static_cast<std::size_t>(v)]);
        }
      }
    };
    fill(f.ensemble.resolutions[r].no_deal);
    for (deals::Case& c : f.ensemble.resolutions[r].packages) fill(c);
  }
}

/// Issues, and everything that a used row names as an assumption.
void note_rows(const Table& t, Framed& f) {
  f.used_rows.push_back(f.table);
  for (const int v : f.issues) f.used_rows.push_back(t.s.variables[static_cast<std::size_t>(v)].row);
  for (const auto& party : f.parties) f.used_rows.push_back(party);
  for (const Row* row : t.s.of("history")) {
    const account::Value* sets = row->value("sets");
    for (std::size_t i = 0; sets != nullptr && i < sets->keys.size(); ++i) {
      const int v = t.s.variable(sets->keys[i]);
      if (v >= 0 && t.on_table[static_cast<std::size_t>(v)]) f.used_rows.push_back(row->id);
    }
  }
  const std::vector<std::string> rows = f.used_rows;
  for (const auto& id : rows)
    if (const Row* row = t.s.row(id))
      for (const auto& assumption : row->origin.assumed) f.used_rows.push_back(assumption);
}

void note_open_conditions(const Table& t, Framed& f) {
  for (const Row* row : t.s.of("positions"))
    if (row->flag("unspecified"))
      for (const auto& party : f.parties)
        if (row->text("by") == party)
          f.used_rows.push_back(row->id),
              f.open_conditions.push_back(
                  {row->id, fmt::format("{} has a condition on {} that the sources do not specify",
                                        account::name_of(t.s.account, party), row->text("on"))});
}

void note_left_open(Table& t, Framed& f) {
  for (const int v : f.issues) {
    if (t.is_agenda(v)) continue;
    bool wished = false;
    for (std::size_t p = 0; p < f.parties.size(); ++p) {
      const Taste& taste = t.taste(f, p, v);
      wished = wished || !(taste.silent || taste.indifferent);
    }
    if (!wished) f.left_open.push_back(t.s.variables[static_cast<std::size_t>(v)].id);
  }
}

}  // namespace

deals::Stake stake_of(const Variable& v, const Taste& taste, bool consequence) {
  deals::Stake stake;
  stake.id = v.id;
  stake.levels = v.size();
  stake.better = taste.better;
  stake.same = taste.same;
  stake.consequence = consequence;
  stake.bounds = taste.worth;
  if (!v.ordered) {
    for (int l = 0; l < v.size(); ++l) stake.drawn_in.push_back(l);
    std::sort(stake.drawn_in.begin(), stake.drawn_in.end(), [&](int a, int b) {
      return v.levels[static_cast<std::size_t>(a)] < v.levels[static_cast<std::size_t>(b)];
    });
  }
  return stake;
}

bool has_stake(const Variable& v, const Taste& taste) {
  if (taste.indifferent || v.size() < 2) return false;
  // A quantity is a link in a mechanism and an outcome a name for options: a stake in one must be stated.
  // Everything else may matter: unknown.
  return !taste.silent || (v.kind != VariableKind::quantity && v.kind != VariableKind::outcome);
}

bool weighs_across(const deals::OrdinalParty& party) {
  const auto apart = [&](const std::pair<int, int>& pair) {
    return party.stakes[static_cast<std::size_t>(pair.first)].consequence !=
           party.stakes[static_cast<std::size_t>(pair.second)].consequence;
  };
  return !party.weight_bounds.empty() || std::any_of(party.heavier.begin(), party.heavier.end(), apart) ||
         std::any_of(party.alike.begin(), party.alike.end(), apart);
}

namespace {

/// Shares of what is left once `elsewhere` is taken away, whatever it is within its bounds.
expression::Interval share_of_rest(const expression::Interval& share, const expression::Interval& elsewhere) {
  const mpq_class most = 1 - elsewhere.first, least = 1 - elsewhere.second;
  const mpq_class low = most > 0 ? mpq_class(share.first / most) : share.first;
  const mpq_class high = least > 0 ? mpq_class(share.second / least) : mpq_class(1);
  return {low < 1 ? low : mpq_class(1), high < 1 ? high : mpq_class(1)};
}

}  // namespace

std::vector<SaidOfWeights> said_of_weights(const Situation& s, const deals::OrdinalParty& party) {
  std::vector<SaidOfWeights> list;
  // All rows of a party split one whole: what they give to something that is no stake here, be it in another
  // row, is taken from it once. Of two numbers for one thing both hold.
  std::map<std::string, expression::Interval> of_others;
  for (const Row* row : s.of("saliences")) {
    if (row->text("by") != party.id) continue;
    SaidOfWeights said{row->id, {}, {}, {}};
    if (const account::Value* order = row->value("order")) add_order(party, order->tiers, said);
    if (const account::Value* weights = row->value("weights"))
      for (std::size_t i = 0; i < weights->keys.size(); ++i) {
        const auto share = s.interval(&weights->items[i], {0, 1});
        const int x = stake_index(party, weights->keys[i]);
        if (x >= 0) {
          said.bounds.push_back({x, share});
          continue;
        }
        const auto [found, fresh] = of_others.emplace(weights->keys[i], share);
        if (fresh) continue;
        auto& [low, high] = found->second;
        low = std::max(low, share.first);
        high = std::max(low, std::min(high, share.second));
      }
    if (!said.heavier.empty() || !said.alike.empty() || !said.bounds.empty()) list.push_back(std::move(said));
  }
  expression::Interval elsewhere{0, 0};
  for (const auto& [name, share] : of_others) {
    elsewhere.first += share.first;
    elsewhere.second += share.second;
  }
  for (SaidOfWeights& said : list)
    for (auto& bound : said.bounds) bound.second = share_of_rest(bound.second, elsewhere);
  return list;
}

namespace {

/// One who signs or ratifies, with its stakes and what is said of their weights.
void add_voice(Table& t, Framed& f, std::size_t voice, const std::vector<int>& effects,
               std::vector<std::vector<int>>& variables) {
  auto& party = f.ensemble.parties.emplace_back();
  party.ratifies = voice >= f.parties.size();
  party.order.id = party.ratifies ? f.ratifiers[voice - f.parties.size()].id : f.parties[voice];
  add_stakes(t, f, voice, effects, variables.emplace_back());
  add_salience(t, f, party);
  bool issue = false, consequence = false;
  for (const auto& stake : party.order.stakes) (stake.consequence ? consequence : issue) = true;
  if (issue && consequence && !weighs_across(party.order)) {
    party.order.consequence_block = {t.s.options.consequences_low, t.s.options.consequences_high};
    f.defaults.push_back(
        {"default:consequences:" + party.order.id,
         fmt::format("what a package leads to weighs {:.0f} to {:.0f} % for {}, the issues the rest",
                     100 * t.s.options.consequences_low.get_d(), 100 * t.s.options.consequences_high.get_d(),
                     account::name_of(t.s.account, party.order.id)),
         party.order.id});
  }
}

/// Does some row say what it wants of anything that a package or no deal settles here, or what no deal is
/// worth to it?
bool cares(Table& t, const Framed& f, std::size_t voice, const std::vector<int>& effects) {
  const std::string& id = f.ratifiers[voice - f.parties.size()].id;
  for (const Row* row : t.s.of("reservations"))
    if (row->text("by") == id) return true;
  const auto stated = [&](int v) {
    const Taste& taste = t.taste(f, voice, v);
    return !taste.silent && !taste.indifferent;
  };
  return std::any_of(effects.begin(), effects.end(), stated) ||
         std::any_of(f.issues.begin(), f.issues.end(), [&](int v) { return !t.is_agenda(v) && stated(v); });
}

/// How likely it takes each commitment to be carried out.
void believe(const Table& t, Framed& f, const std::string& id) {
  for (std::size_t c = 0; c < f.ensemble.chances.size(); ++c) {
    std::optional<DefaultRow> row;
    f.ensemble.chances[c].believed.push_back(believed(t.s, t.rules.chances[c], id, &row));
    if (row) f.defaults.push_back(*row);
  }
}

}  // namespace

void make_parties(Table& t, Framed& f) {
  const auto effects = consequences(t);
  std::vector<std::vector<int>> variables;
  std::set<int> stakes;
  for (std::size_t p = 0; p < f.parties.size(); ++p) add_voice(t, f, p, effects, variables);
  for (std::size_t k = 0; k < f.ratifiers.size(); ++k) {
    Ratifier& ratifier = f.ratifiers[k];
    if (!ratifier.states_preference || !cares(t, f, f.parties.size() + k, effects)) continue;
    ratifier.party = static_cast<int>(f.ensemble.parties.size());
    add_voice(t, f, f.parties.size() + k, effects, variables);
    believe(t, f, ratifier.id);
  }
  for (const auto& list : variables) stakes.insert(list.begin(), list.end());
  for (auto& party : f.ensemble.parties) add_reservation(t, f, party);
  find_clashes(t, f);
  fill_levels(t, f, variables);
  t.states.clear();
  note_drives(t, f, stakes);
  note_rows(t, f);
  note_open_conditions(t, f);
  ask_ratifiers(t, f);
  note_ratifiers(t, f);
  note_left_open(t, f);
  for (const int v : f.issues) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    deals::Issue issue{variable.id, {}};
    for (const auto& level : variable.levels) issue.options.push_back({level, false});
    f.ensemble.issues.push_back(std::move(issue));
  }
}

void place_packages(Table& t, Framed& f) {
  std::size_t placed = 0;
  for (const Row* row : t.s.of("packages")) {
    const account::Value* options = row->value("options");
    if (options == nullptr) continue;
    t.s.options.control.check();
    NamedPackage named{row->id, {}, "", {}};
    if (placed > kMostPlaced)
      named.why = fmt::format("named packages fit more than {} of the table's", kMostPlaced);
    std::vector<LevelSet> wanted(f.issues.size());
    for (std::size_t i = 0; i < options->keys.size() && named.why.empty(); ++i) {
      const int v = t.s.variable(options->keys[i]);
      const auto at = std::find(f.issues.begin(), f.issues.end(), v);
      if (v < 0 || at == f.issues.end())
        named.why = fmt::format("{} is not on this table", options->keys[i]);
      else
        wanted[static_cast<std::size_t>(at - f.issues.begin())] =
            levels_named(t.s.variables[static_cast<std::size_t>(v)], options->items[i].text);
    }
    for (const bool as_now : {true, false}) {
      if (!named.why.empty() || !named.completions.empty()) break;
      for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x) {
        bool fits = true;
        for (std::size_t k = 0; k < f.issues.size() && fits; ++k) {
          const int level = f.ensemble.packages[x][k];
          const Variable& v = t.s.variables[static_cast<std::size_t>(f.issues[k])];
          if (wanted[k].size() > 0)
            fits = wanted[k].has(level);
          else if (as_now && !t.is_agenda(f.issues[k]) && v.known())
            fits = v.now.has(level);
        }
        if (fits) named.completions.push_back(static_cast<int>(x));
      }
    }
    if (named.why.empty() && named.completions.empty())
      named.why = f.only_within_limits.empty()
                      ? "structure rules it out"
                      : "structure or a limit rules it out; which, is not worked out";
    for (std::size_t k = 0; k < f.issues.size() && named.why.empty(); ++k)
      if (const auto& id = t.s.variables[static_cast<std::size_t>(f.issues[k])].id;
          wanted[k].size() == 0 && std::find(f.left_open.begin(), f.left_open.end(), id) != f.left_open.end())
        named.left_open.push_back(id);
    placed += named.completions.size();
    if (named.why.empty()) f.used_rows.push_back(row->id);
    f.packages.push_back(std::move(named));
  }
}

}  // namespace parley::framing
