// SPDX-License-Identifier: MIT
// Structure, what holds a variable where it is, and limits with their owners (rules 1, 3, 9, 11).
#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

#include "framing/deals_parts.hpp"

namespace parley::framing {
namespace {

using account::Row;

bool touches_table(const Table& t, const Formula& f) {
  for (const int v : expression::touched(f))
    if (t.on_table[static_cast<std::size_t>(v)]) return true;
  return false;
}

/// Variables that a package's options reach: by a mechanism, by what is ruled out, by a commitment's act.
std::set<int> derived(const Table& t) {
  std::set<int> set;
  for (const Drive& drive : t.rules.drives) set.insert(drive.effect);
  for (const Shut& shut : t.rules.shuts)
    if (shut.variable >= 0) set.insert(shut.variable);
  for (const ChanceRule& rule : t.rules.chances)
    for (const auto& [variable, levels] : rule.act) set.insert(variable);
  return set;
}

void add_limit(Framed& f, deals::Limit limit, Formula formula, LimitScope scope = {}) {
  for (const auto& row : limit.rows) f.used_rows.push_back(row.substr(0, row.find('#')));
  f.ensemble.limits.push_back(std::move(limit));
  f.limit_formulas.push_back(std::move(formula));
  f.limit_scopes.push_back(std::move(scope));
}

/// Limits of one who signs, or of a ratifier.
void limits_of(Table& t, Framed& f, const std::string& voice, Ratifier* ratifier,
               const std::set<int>& reached) {
  const auto line = binding_stance(t.s.options);
  for (const Wish& wish : wishes_of(t.s, voice)) {
    const bool binds =
        line && wish.stance >= *line && (wish.package.empty() || wish.stance == Stance::insists);
    if (!binds) continue;
    const bool beside = std::any_of(wish.levels.begin(), wish.levels.end(), [&](const auto& part) {
      const auto kind = t.s.variables[static_cast<std::size_t>(part.first)].kind;
      return !t.on_table[static_cast<std::size_t>(part.first)] &&
             (reached.contains(part.first) ||
              (kind != VariableKind::issue && kind != VariableKind::relation));
    });
    if (beside) {
      f.open_conditions.push_back(
          {wish.row, fmt::format("{} is about something that a package only leads to: printed, not binding",
                                 wish.row)});
      continue;
    }
    if (ratifier == nullptr) {
      add_limit(f, {wish.row, voice, false, {wish.row}}, wanted(wish));
      continue;
    }
    ratifier->limits.push_back(wish.row);
    add_limit(f, {wish.row, voice, false, {wish.row}},
              unless_left(t.s, ratifier->issues, nullptr, wanted(wish)), {ratifier->issues, wanted(wish)});
  }
}

void voices_limits(Table& t, Framed& f) {
  const std::set<int> reached = derived(t);
  for (const auto& party : f.parties) limits_of(t, f, party, nullptr, reached);
  for (Ratifier& ratifier : f.ratifiers) limits_of(t, f, ratifier.id, &ratifier, reached);
}

/// `will V only_if C` bars packages that bring V about without C, whoever says it; not those that leave V as
/// it stands.
void conditions(Table& t, Framed& f) {
  const Masks present = present_of(t.s);
  for (const Row* row : t.s.of("commitments")) {
    const expression::Tree* will = row->condition("will");
    const expression::Tree* only_if = row->condition("only_if");
    if (will == nullptr || only_if == nullptr) continue;
    std::string why;
    auto act = bind(t.s, *will, &why);
    auto condition = act ? bind(t.s, *only_if, &why) : std::nullopt;
    if (!condition) {
      f.unread.push_back({row->id, why});
      continue;
    }
    if (!touches_table(t, *act) || evaluate(*act, present).sure()) continue;
    LimitScope scope;
    if (evaluate(*act, present).can_hold) scope.act = *act;
    add_limit(f, {row->id, row->text("by"), false, {row->id}}, Formula::implies(*act, *condition),
              std::move(scope));
  }
}

void doubts(Table& t, Framed& f) {
  for (const Shut& shut : t.rules.shuts) {
    if (!touches_table(t, shut.effect)) continue;
    const std::string owner = shut.says.empty() ? "analyst" : shut.says;
    add_limit(f, {shut.row, owner, true, {shut.row}},
              Formula::negation(Formula::all({shut.cause, shut.effect})));
  }
}

/// More limits than a mask holds: the limits of each owner become one. Coarser reasons, the same zone.
void fold_by_owner(Framed& f) {
  if (f.ensemble.limits.size() <= static_cast<std::size_t>(deals::kMostLimits)) return;
  // What holds under some starts only stays apart.
  std::map<std::tuple<std::string, bool, std::size_t>, std::size_t> at;
  std::vector<deals::Limit> limits;
  std::vector<Formula> formulas;
  std::vector<LimitScope> scopes;
  for (std::size_t i = 0; i < f.ensemble.limits.size(); ++i) {
    const deals::Limit& limit = f.ensemble.limits[i];
    const auto [found, fresh] =
        at.emplace(std::tuple{limit.owner, limit.doubt, f.limit_scopes[i].act ? i + 1 : 0}, limits.size());
    if (fresh) {
      limits.push_back(limit);
      formulas.push_back(f.limit_formulas[i]);
      scopes.push_back(f.limit_scopes[i]);
      continue;
    }
    limits[found->second].rows.push_back(limit.id);
    formulas[found->second] = Formula::all({formulas[found->second], f.limit_formulas[i]});
    auto& wanted = scopes[found->second].wanted;
    wanted = Formula::all({wanted, f.limit_scopes[i].wanted});
  }
  f.defaults.push_back({"default:limits",
                        fmt::format("more than {} limits: each owner's are taken as one", deals::kMostLimits),
                        ""});
  if (limits.size() > static_cast<std::size_t>(deals::kMostLimits))
    f.too_large = fmt::format("more than {} owners of limits", deals::kMostLimits);
  f.ensemble.limits = std::move(limits);
  f.limit_formulas = std::move(formulas);
  f.limit_scopes = std::move(scopes);
}

void make_held(Table& t, Framed& f) {
  for (const auto& [issue, openings] : t.opened) {
    const Variable& v = t.s.variables[static_cast<std::size_t>(issue)];
    std::vector<Formula> any = {Formula::atom(issue, v.now)};
    std::vector<std::string> rows = {v.row};
    for (const auto& [agenda, choices] : openings) {
      any.push_back(Formula::atom(agenda, choices));
      rows.push_back(t.s.variables[static_cast<std::size_t>(agenda)].row);
    }
    f.held.push_back({"held:" + v.id, Formula::any(std::move(any)), std::move(rows)});
  }
  std::set<int> beside;
  for (const Formula& formula : f.limit_formulas)
    for (const int v : expression::touched(formula))
      if (!t.on_table[static_cast<std::size_t>(v)]) beside.insert(v);
  for (const int v : beside) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    f.held.push_back({"held:" + variable.id, Formula::atom(v, variable.now), {variable.row}});
  }
}

}  // namespace

const Taste& Table::taste(const Framed& f, std::size_t voice, int variable) {
  if (tastes.empty()) {
    tastes.resize((f.parties.size() + f.ratifiers.size()) * s.variables.size());
    known_taste.assign(tastes.size(), false);
  }
  const std::size_t at = voice * s.variables.size() + static_cast<std::size_t>(variable);
  if (!known_taste[at]) {
    const bool signs = voice < f.parties.size();
    tastes[at] = taste_of(s, signs ? f.parties[voice] : f.ratifiers[voice - f.parties.size()].id, variable);
    known_taste[at] = true;
  }
  return tastes[at];
}

void make_structure(Table& t, Framed& f) {
  for (const int v : f.issues) {
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    if (!variable.never_falls || !variable.ordered || !variable.known()) continue;
    LevelSet up(variable.size());
    bool reached = false;
    for (int l = 0; l < variable.size(); ++l) {
      reached = reached || variable.now.has(l);
      if (reached) up.add(l);
    }
    f.structure.push_back(Formula::atom(v, up));
  }
  const std::string aim = t.row->text("aim");
  if (aim.empty()) return;
  const int outcome = t.s.variable("outcome:" + aim);
  for (const auto& [variable, condition] : t.s.outcomes)
    if (variable == outcome) f.structure.push_back(condition);
  f.used_rows.push_back(aim);
}

void make_limits(Table& t, Framed& f) {
  voices_limits(t, f);
  conditions(t, f);
  doubts(t, f);
  fold_by_owner(f);
  make_held(t, f);
}

bool agreement_moves(Table& t, const Framed& f, const deals::Package& package, const Settled& r) {
  for (std::size_t k = 0; k < package.size(); ++k) {
    const int v = f.issues[k];
    const auto level = static_cast<std::size_t>(package[k]),
               now = static_cast<std::size_t>(r.now[static_cast<std::size_t>(v)]);
    if (t.is_agenda(v) || level == now) continue;
    const Variable& variable = t.s.variables[static_cast<std::size_t>(v)];
    for (std::size_t p = 0; p < f.parties.size(); ++p) {
      if (variable.movers.size() == 1 && variable.movers[0] == f.parties[p]) continue;
      const Taste& taste = t.taste(f, p, v);
      if (taste.silent) return true;  // unknown: it may prefer it
      if (!taste.indifferent && !closure_of(taste, variable.size()).at_least[now][level]) return true;
    }
  }
  return false;
}

bool held_holds(const Table& t, const Framed& f, const deals::Package& package, const Settled& r) {
  for (const auto& [issue, openings] : t.opened) {
    const auto at =
        static_cast<std::size_t>(std::find(f.issues.begin(), f.issues.end(), issue) - f.issues.begin());
    if (package[at] == r.now[static_cast<std::size_t>(issue)]) continue;
    const bool open = std::any_of(openings.begin(), openings.end(), [&](const auto& opening) {
      const auto a = static_cast<std::size_t>(std::find(f.issues.begin(), f.issues.end(), opening.first) -
                                              f.issues.begin());
      return opening.second.has(package[a]);
    });
    if (!open) return false;
  }
  return true;
}

}  // namespace parley::framing
