// SPDX-License-Identifier: MIT
// What each decision maker cares about, and what every state leads to (rules 2, 4, 6, 8, 9).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "framing/deals_parts.hpp"
#include "framing/stability_parts.hpp"
#include "worlds/random.hpp"

namespace parley::framing {
namespace {

using account::Row;

bool contains(const std::vector<int>& list, int v) {
  return std::find(list.begin(), list.end(), v) != list.end();
}

/// Talks whose issues the game moves: agreed where the state is an agreement, and otherwise failed.
struct OnTable {
  const Framed* framed;
  Table table;
  int variable = -1;
  std::vector<int> place;  ///< per issue of the table: its place in the focus, -1 = held
};

class Maker {
 public:
  Maker(const GameMaker& m, AccountGame& g) : m_(m), g_(g) {
    for (const Framed* f : m.tables) {
      if (f->table == g.talks) anchor_ = f;
      add_table(*f);
    }
  }
  void make();

 private:
  void add_table(const Framed& f);
  void settle_unknowns();
  [[nodiscard]] std::vector<int> further_starts() const;
  [[nodiscard]] std::vector<std::size_t> further_signs() const;
  void add_settlement(std::size_t resolution, std::uint64_t code, bool spread, const std::vector<int>& starts,
                      const std::vector<std::size_t>& signs);
  void lead();
  Leads lead_from(const Settlement& settled, const Masks& base, std::size_t state, bool present);
  void find_derived();
  [[nodiscard]] bool told_apart(std::size_t settlement, std::size_t state, int v) const;
  void players();
  void weights(Player& player) const;
  void fill();
  [[nodiscard]] LevelMask level(std::size_t settlement, std::size_t state, std::size_t branch, int v) const;
  const Variable& at(int v) const { return m_.s.variables[static_cast<std::size_t>(v)]; }

  const GameMaker& m_;
  AccountGame& g_;
  const Framed* anchor_ = nullptr;
  std::vector<OnTable> tables_;
  std::vector<Settlement> settled_;
  std::vector<int> derived_;  ///< variables beside the focus that a state may change
  std::vector<int> place_;    ///< variable -> place in derived_, -1; focus: its place in the focus
  std::vector<Masks> base_;   ///< per settlement
  /// [settlement][state][branch]: masks of derived_
  std::vector<std::vector<std::vector<std::vector<LevelMask>>>> after_;
  std::set<int> used_chances_;
};

void Maker::add_table(const Framed& f) {
  const Row* row = m_.s.account.find(f.table);
  OnTable entry{&f, Table(m_.s, *row), m_.s.variable(f.table), {}};
  entry.table.on_table.assign(m_.s.variables.size(), false);
  bool any = false;
  for (const int v : f.issues) {
    entry.table.on_table[static_cast<std::size_t>(v)] = true;
    const Row* issue = m_.s.account.find(at(v).row);
    if (issue != nullptr && issue->value("opens") != nullptr) entry.table.agenda.push_back(v);
    const auto found = std::find_if(g_.focus.begin(), g_.focus.end(),
                                    [v](const FocusIssue& focus) { return focus.variable == v; });
    entry.place.push_back(found == g_.focus.end() ? -1 : static_cast<int>(found - g_.focus.begin()));
    any = any || entry.place.back() >= 0;
  }
  if (any && entry.variable >= 0) tables_.push_back(std::move(entry));
}

/// Variables of unknown start that the talks do not settle: of the focus, and in causes together with it.
std::vector<int> Maker::further_starts() const {
  std::set<int> named;
  const auto add = [&](const Formula& f) {
    const auto touched = expression::touched(f);
    if (std::any_of(touched.begin(), touched.end(),
                    [&](int v) { return m_.in_focus[static_cast<std::size_t>(v)]; }))
      named.insert(touched.begin(), touched.end());
  };
  for (const FocusIssue& issue : g_.focus) named.insert(issue.variable);
  for (const Drive& drive : m_.rules.drives) add(drive.cause);
  for (const Shut& shut : m_.rules.shuts) add(shut.cause);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const Formula& trigger : rule.triggers) add(trigger);
  std::vector<int> list;
  for (const int v : named)
    if (!at(v).known() && at(v).kind != VariableKind::outcome &&
        !(anchor_ != nullptr && contains(anchor_->unknown_starts, v)))
      list.push_back(v);
  return list;
}

/// Mechanisms of unknown sign that the focus sets going and that the talks do not settle.
std::vector<std::size_t> Maker::further_signs() const {
  std::set<int> moved;
  for (const FocusIssue& issue : g_.focus) moved.insert(issue.variable);
  for (const OnTable& t : tables_) moved.insert(t.variable);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const auto& [v, levels] : rule.act) moved.insert(v);
  std::vector<std::size_t> list;
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t d = 0; d < m_.rules.drives.size(); ++d) {
      const Drive& drive = m_.rules.drives[d];
      std::vector<int> causes = expression::touched(drive.cause);
      if (drive.cause_variable >= 0) causes = {drive.cause_variable};
      if (std::none_of(causes.begin(), causes.end(), [&](int v) { return moved.contains(v); })) continue;
      grown = moved.insert(drive.effect).second || grown;
      const bool settled =
          anchor_ != nullptr && std::find(anchor_->unknown_signs.begin(), anchor_->unknown_signs.end(), d) !=
                                    anchor_->unknown_signs.end();
      if (drive.sign == 0 && !settled && std::find(list.begin(), list.end(), d) == list.end())
        list.push_back(d);
    }
  }
  return list;
}

void Maker::add_settlement(std::size_t resolution, std::uint64_t code, bool spread,
                           const std::vector<int>& starts, const std::vector<std::size_t>& signs) {
  Settlement settled;
  GameSettlement out;
  if (anchor_ != nullptr) {
    settled = anchor_->settled[resolution];
    out.words = anchor_->ensemble.resolutions.size() > resolution
                    ? anchor_->ensemble.resolutions[resolution].words
                    : "";
  } else {
    for (const Variable& v : m_.s.variables) {
      int first = 0;
      while (first + 1 < v.size() && !v.now.has(first)) ++first;
      settled.now.push_back(first);
    }
    settled.signs.assign(m_.rules.drives.size(), 0);
  }
  worlds::Stream stream(1, "settlements", code);
  const auto digit = [&](std::uint64_t size) {
    if (spread) return stream.below(size);
    const std::uint64_t d = code % size;
    code /= size;
    return d;
  };
  const auto say = [&](const std::string& words) { out.words += (out.words.empty() ? "" : "; ") + words; };
  for (const int v : starts) {
    auto skip = digit(static_cast<std::uint64_t>(at(v).now.count()));
    int& now = settled.now[static_cast<std::size_t>(v)];
    for (int l = 0; l < at(v).size(); ++l)
      if (at(v).now.has(l) && skip-- == 0) now = l;
    say(fmt::format("{} is {} now", at(v).id, at(v).levels[static_cast<std::size_t>(now)]));
  }
  for (const std::size_t d : signs) {
    settled.signs[d] = digit(2) == 0 ? +1 : -1;
    say(fmt::format("{} {}", m_.rules.drives[d].row, settled.signs[d] > 0 ? "raises" : "lowers"));
  }
  std::size_t number = 0, stride = 1;
  for (const FocusIssue& issue : g_.focus) {
    number += stride * static_cast<std::size_t>(settled.now[static_cast<std::size_t>(issue.variable)]);
    stride *= static_cast<std::size_t>(at(issue.variable).size());
  }
  out.now = m_.state_of[number];
  g_.settlements.push_back(std::move(out));
  settled_.push_back(std::move(settled));
}

void Maker::settle_unknowns() {
  const auto starts = further_starts();
  const auto signs = further_signs();
  g_.resolutions = anchor_ == nullptr ? 1 : anchor_->settled.size();
  double ways = 1;
  for (const int v : starts) ways *= at(v).now.count();
  for (std::size_t i = 0; i < signs.size(); ++i) ways *= 2;
  const std::size_t most = std::max<std::size_t>(1, kMostSettlements / g_.resolutions);
  const bool spread = ways > static_cast<double>(most);
  const std::size_t n = spread ? most : static_cast<std::size_t>(ways);
  g_.all_settlements = !spread && (anchor_ == nullptr || anchor_->ensemble.all_resolutions);
  for (std::size_t r = 0; r < g_.resolutions; ++r)
    for (std::size_t code = 0; code < n; ++code)
      add_settlement(r, code + (spread ? r * n : 0), spread, starts, signs);
  for (const int v : starts)
    g_.defaults.push_back({"default:start:" + at(v).id,
                           fmt::format("where {} stands now is not said: every level alike", at(v).id),
                           at(v).row});
  for (const std::size_t d : signs)
    g_.defaults.push_back(
        {"default:sign:" + m_.rules.drives[d].row,
         fmt::format("which way {} works is not said: both ways alike", m_.rules.drives[d].row),
         m_.rules.drives[d].row});
}

Leads Maker::lead_from(const Settlement& settled, const Masks& base, std::size_t state, bool present) {
  Masks start = base;
  std::vector<bool> fixed(base.size(), false);
  for (std::size_t k = 0; k < g_.focus.size(); ++k) {
    const auto v = static_cast<std::size_t>(g_.focus[k].variable);
    start[v] = LevelMask{1} << m_.levels[state][k];
    fixed[v] = true;
  }
  const bool quiet_failure = m_.s.options.no_deal == "status_quo";
  std::vector<const OnTable*> agreed;
  for (OnTable& t : tables_) {
    deals::Package package;
    for (std::size_t i = 0; i < t.framed->issues.size(); ++i) {
      const auto v = static_cast<std::size_t>(t.framed->issues[i]);
      fixed[v] = true;
      package.push_back(t.place[i] < 0 ? settled.now[v]
                                       : m_.levels[state][static_cast<std::size_t>(t.place[i])]);
    }
    Settled r;
    r.now = settled.now;
    r.signs = settled.signs;
    const std::vector<int> levels = t.table.levels_of(*t.framed, package, r);
    const bool signs = agreement_moves(t.table, *t.framed, package, r) &&
                       std::all_of(t.framed->structure.begin(), t.framed->structure.end(),
                                   [&](const Formula& x) { return expression::holds(x, levels); });
    if (signs) agreed.push_back(&t);
    if (signs || !quiet_failure)
      start[static_cast<std::size_t>(t.variable)] = LevelMask{1} << (signs ? kAgreed : kFailed);
  }
  return leads_to(m_.rules, m_.s, base, settled.signs, start, fixed, [&](const ChanceRule& rule) {
    // What somebody would do within the focus is a move, and is for the mover to make.
    const bool a_move = std::any_of(rule.act.begin(), rule.act.end(), [&](const auto& part) {
      return m_.in_focus[static_cast<std::size_t>(part.first)];
    });
    return a_move || (present && quiet_failure) ||
           std::any_of(agreed.begin(), agreed.end(), [&](const OnTable* t) {
             return lifted(m_.s, t->framed->parties, t->table.on_table, rule);
           });
  });
}

void Maker::find_derived() {
  std::set<int> set;
  for (const Drive& drive : m_.rules.drives) set.insert(drive.effect);
  for (const Shut& shut : m_.rules.shuts)
    if (shut.variable >= 0) set.insert(shut.variable);
  for (const ChanceRule& rule : m_.rules.chances)
    for (const auto& [v, levels] : rule.act) set.insert(v);
  for (const auto& [v, condition] : m_.s.outcomes) set.insert(v);
  place_.assign(m_.s.variables.size(), -1);
  for (const int v : set)
    if (!m_.in_focus[static_cast<std::size_t>(v)]) {
      place_[static_cast<std::size_t>(v)] = static_cast<int>(derived_.size());
      derived_.push_back(v);
    }
  for (std::size_t k = 0; k < g_.focus.size(); ++k)
    place_[static_cast<std::size_t>(g_.focus[k].variable)] = static_cast<int>(k);
}

void Maker::lead() {
  find_derived();
  std::size_t kept = 0;
  for (std::size_t w = 0; w < settled_.size(); ++w) {
    base_.push_back(masks_of(m_.s, settled_[w].now));
    after_.emplace_back();
    for (std::size_t state = 0; state < m_.levels.size(); ++state) {
      Leads leads = lead_from(settled_[w], base_[w], state, static_cast<int>(state) == g_.settlements[w].now);
      kept += leads.after.size() * derived_.size();
      if (kept > kMostGameLevels) {
        g_.too_large = fmt::format("{} states under {} ways to settle what is unknown are too many",
                                   m_.levels.size(), settled_.size());
        return;
      }
      used_chances_.insert(leads.chances.begin(), leads.chances.end());
      deals::Case c;
      c.chances = std::move(leads.chances);
      after_.back().emplace_back();
      for (std::uint32_t done = 0; done < leads.after.size(); ++done) {
        c.branches.push_back({done, {}});
        auto& masks = after_.back().back().emplace_back();
        for (const int v : derived_) masks.push_back(leads.after[done][static_cast<std::size_t>(v)]);
      }
      g_.settlements[w].states.push_back(std::move(c));
    }
  }
}

LevelMask Maker::level(std::size_t settlement, std::size_t state, std::size_t branch, int v) const {
  const int place = place_[static_cast<std::size_t>(v)];
  if (m_.in_focus[static_cast<std::size_t>(v)])
    return LevelMask{1} << m_.levels[state][static_cast<std::size_t>(place)];
  return place < 0 ? base_[settlement][static_cast<std::size_t>(v)]
                   : after_[settlement][state][branch][static_cast<std::size_t>(place)];
}

/// Orders of weight among the further stakes, and between them and those of the talks. Numbers for weights
/// are shares of one whole: they are read where all stakes are of one kind.
void Maker::weights(Player& player) const {
  deals::OrdinalParty both = player.core;
  both.id = player.id;
  both.stakes.insert(both.stakes.end(), player.extra.stakes.begin(), player.extra.stakes.end());
  const int core = static_cast<int>(player.core.stakes.size());
  for (const SaidOfWeights& said : said_of_weights(m_.s, both)) {
    g_.used_rows.push_back(said.row);
    for (const auto& [a, b] : said.heavier) {
      if (a >= core && b >= core)
        player.extra.heavier.emplace_back(a - core, b - core);
      else if (a >= core || b >= core)
        player.heavier.emplace_back(a, b);
    }
    for (const auto& bound : said.bounds)
      if (core == 0)
        player.extra.weight_bounds.push_back(bound);
      else if (bound.first >= core)
        g_.unread.push_back(
            {said.row, fmt::format("a share of the whole for {}, which is no stake of {} at "
                                   "the talks",
                                   both.stakes[static_cast<std::size_t>(bound.first)].id, player.id)});
  }
}

/// Does the variable tell a state from the first one? What is alike in every state of a world compares
/// nothing, even where it is unknown or hangs on a chance.
bool Maker::told_apart(std::size_t settlement, std::size_t state, int v) const {
  const auto& states = g_.settlements[settlement].states;
  const bool same = states[state].chances == states[0].chances;
  for (std::size_t b = 0; b < after_[settlement][state].size(); ++b)
    if (level(settlement, state, b, v) != level(settlement, 0, same ? b : 0, v)) return true;
  for (std::size_t b = 0; b < after_[settlement][0].size() && !same; ++b)
    if (level(settlement, 0, b, v) != level(settlement, 0, 0, v)) return true;
  return false;
}

void Maker::players() {
  std::vector<int> effects;
  for (const int v : derived_) {
    const auto kind = at(v).kind;
    if (kind == VariableKind::talks || kind == VariableKind::agreement) continue;
    bool differs = false;
    for (std::size_t w = 0; w < after_.size() && !differs; ++w)
      for (std::size_t s = 1; s < after_[w].size() && !differs; ++s) differs = told_apart(w, s, v);
    if (differs) effects.push_back(v);
  }
  for (const auto& name : g_.decision_makers) {
    Player player;
    player.id = name;
    if (anchor_ != nullptr) {
      const auto found = std::find(anchor_->parties.begin(), anchor_->parties.end(), name);
      if (found != anchor_->parties.end()) {
        player.party = static_cast<int>(found - anchor_->parties.begin());
        player.core = anchor_->ensemble.parties[static_cast<std::size_t>(player.party)].order;
        for (const auto& stake : player.core.stakes) player.variables.push_back(m_.s.variable(stake.id));
        for (const Silence& silence : anchor_->silent)
          if (silence.party == name) g_.silent.push_back(silence);
      }
    }
    player.extra.id = player.core.stakes.empty() ? name : name + "~";
    const auto add = [&](int v, bool consequence) {
      if (name == kNature && !m_.s.account.find(name)) return;
      if (contains(player.variables, v)) return;
      const Taste taste = taste_of(m_.s, name, v);
      for (const auto& row : taste.rows) g_.used_rows.push_back(row.substr(0, row.find('#')));
      if (!has_stake(at(v), taste)) return;
      g_.used_rows.push_back(at(v).row);
      if (taste.silent) g_.silent.push_back({name, at(v).id, consequence});
      const auto rows = clash(taste, at(v).size());
      if (!rows.empty()) g_.clashes.push_back({name, at(v).id, rows});
      for (const DefaultRow& row : taste.defaults) g_.defaults.push_back(row);
      player.extra.stakes.push_back(stake_of(at(v), taste, consequence));
      player.variables.push_back(v);
    };
    for (const FocusIssue& issue : g_.focus) add(issue.variable, false);
    for (const int v : effects) add(v, true);
    bool issue = false, consequence = false;
    for (const auto& stake : player.extra.stakes) (stake.consequence ? consequence : issue) = true;
    if (issue && consequence)
      player.extra.consequence_block = {mpq_class(m_.s.options.consequences_low),
                                        mpq_class(m_.s.options.consequences_high)};
    weights(player);
    g_.players.push_back(std::move(player));
  }
}

/// Chances are few: only those that some state triggers are kept, and numbered anew.
void Maker::fill() {
  std::vector<int> number(m_.rules.chances.size(), -1);
  for (const int c : used_chances_) {
    const ChanceRule& rule = m_.rules.chances[static_cast<std::size_t>(c)];
    number[static_cast<std::size_t>(c)] = static_cast<int>(g_.chances.size());
    deals::Chance chance{rule.id, {}};
    for (const Player& player : g_.players) {
      std::optional<DefaultRow> row;
      chance.believed.push_back(believed(m_.s, rule, player.id, &row));
      if (row) g_.defaults.push_back(*row);
    }
    g_.chances.push_back(std::move(chance));
    g_.used_rows.insert(g_.used_rows.end(), rule.rows.begin(), rule.rows.end());
  }
  for (std::size_t w = 0; w < g_.settlements.size(); ++w)
    for (std::size_t s = 0; s < g_.settlements[w].states.size(); ++s) {
      deals::Case& c = g_.settlements[w].states[s];
      for (int& chance : c.chances) chance = number[static_cast<std::size_t>(chance)];
      for (std::size_t b = 0; b < c.branches.size(); ++b)
        for (const Player& player : g_.players) {
          c.branches[b].levels.emplace_back();
          for (const int v : player.variables) c.branches[b].levels.back().push_back(level(w, s, b, v));
        }
    }
}

void Maker::make() {
  settle_unknowns();
  lead();
  if (!g_.too_large.empty()) {
    g_.settlements.clear();
    return;
  }
  players();
  fill();
  const std::vector<std::string> rows = g_.used_rows;
  for (const auto& id : rows)
    if (const Row* row = m_.s.account.find(id))
      g_.used_rows.insert(g_.used_rows.end(), row->origin.assumed.begin(), row->origin.assumed.end());
  const auto by_id = [](const DefaultRow& a, const DefaultRow& b) { return a.id < b.id; };
  std::sort(g_.defaults.begin(), g_.defaults.end(), by_id);
  g_.defaults.erase(std::unique(g_.defaults.begin(), g_.defaults.end(),
                                [](const DefaultRow& a, const DefaultRow& b) { return a.id == b.id; }),
                    g_.defaults.end());
}

}  // namespace

void make_players(const GameMaker& m, AccountGame& g) { Maker(m, g).make(); }

}  // namespace parley::framing
