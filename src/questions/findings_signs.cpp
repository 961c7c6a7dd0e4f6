// SPDX-License-Identifier: MIT
// Signs of one act on everything, and the shortest way that works by itself.
#include <algorithm>
#include <deque>

#include "questions/findings_parts.hpp"

namespace parley::questions {

using framing::End;
using framing::Formula;
using framing::LevelMask;
using framing::NodePlace;
using logic::Sign;

namespace {

/// What an act sets for sure: the levels of its conjunction.
void set_levels(const Formula& act, framing::Masks& masks, std::set<int>& set) {
  if (act.kind == Formula::Kind::all)
    for (const auto& part : act.parts) set_levels(part, masks, set);
  if (act.kind != Formula::Kind::atom) return;
  masks[static_cast<std::size_t>(act.variable)] &= framing::mask_of(act.levels);
  set.insert(act.variable);
}

/// What the cause of a row is, for every row that makes arcs.
struct Cause {
  const Formula* formula = nullptr;  ///< null: a bare variable, which drives as it moves
  bool joint = false;                ///< names several variables
};

std::map<std::string, Cause> causes_of(const framing::Rules& rules) {
  std::map<std::string, Cause> list;
  const auto add = [&](const std::string& row, const Formula& formula) {
    list[row] = {&formula, expression::touched(formula).size() > 1};
  };
  for (const auto& chance : rules.chances)
    for (std::size_t i = 0; i < chance.triggers.size(); ++i) add(chance.occasions[i], chance.triggers[i]);
  for (const auto& drive : rules.drives)
    if (drive.cause_variable >= 0)
      list.emplace(drive.row, Cause{});
    else
      add(drive.row, drive.cause);
  return list;
}

}  // namespace

Signs::Signs(const Ground& ground, const Formula& act, bool agreed) {
  ground.s().options.control.check();
  const auto& frame = ground.frame();
  places_ = frame.places;
  graph_ = frame.graph.graph;
  rows_ = frame.graph.rows;
  for (const auto& v : ground.s().variables)
    masks_.push_back(static_cast<LevelMask>((std::uint64_t{1} << v.size()) - 1));
  set_levels(act, masks_, set_);
  if (agreed && ground.s().options.threats == "lifted") drop_lifted(ground);
  mark_sure(ground);
  own_ = graph_.nodes++;
  places_.push_back({});
  add_own_arcs(ground, act);
  net_ = logic::net_signs(graph_, own_);
}

int Signs::node(const NodePlace& place) const {
  for (std::size_t n = 0; n < places_.size(); ++n)
    if (places_[n].variable == place.variable && places_[n].level == place.level) return static_cast<int>(n);
  return -1;
}

/// A step works by itself where its cause is one variable; where the act sets that variable, it must make the
/// cause true.
void Signs::mark_sure(const Ground& ground) {
  const auto causes = causes_of(ground.rules());
  for (const auto& arc : graph_.arcs) {
    const auto found = causes.find(rows_[static_cast<std::size_t>(arc.row)]);
    bool sure = found != causes.end() && !found->second.joint;
    if (sure && found->second.formula != nullptr &&
        set_.contains(places_[static_cast<std::size_t>(arc.from)].variable))
      sure = framing::evaluate(*found->second.formula, masks_).sure();
    sure_.push_back(sure);
  }
}

void Signs::drop_lifted(const Ground& ground) {
  std::set<std::string> signing, lifted;
  for (const auto* talks : ground.s().of("talks"))
    for (const auto& party : talks->names("parties")) signing.insert(party);
  for (const auto& chance : ground.rules().chances) {
    const account::Row* row = ground.s().row(chance.id);
    if (chance.mechanism || !signing.contains(chance.by) || row == nullptr || row->text("kind") == "promise")
      continue;
    lifted.insert(chance.occasions.begin(), chance.occasions.end());
  }
  std::erase_if(graph_.arcs, [&](const logic::Arc& arc) {
    return lifted.contains(rows_[static_cast<std::size_t>(arc.row)]);
  });
  lifted_ = std::move(lifted);
}

void Signs::add_own_arcs(const Ground& ground, const Formula& act) {
  const auto row_of = [&](const std::string& id) {
    const auto at = std::find(rows_.begin(), rows_.end(), id);
    if (at != rows_.end()) return static_cast<int>(at - rows_.begin());
    rows_.push_back(id);
    return static_cast<int>(rows_.size()) - 1;
  };
  const auto add = [&](const std::vector<End>& ends, Sign sign, const std::string& row) {
    for (const End& end : ends) {
      int to = node(end.place);
      if (to < 0) {
        to = graph_.nodes++;
        places_.push_back(end.place);
      }
      graph_.arcs.push_back({own_, to, logic::product(sign, end.sign), row_of(row)});
      sure_.push_back(true);
    }
  };
  add(framing::ends_of(ground.s(), act), Sign::plus, "");
  const auto works = [&](const Formula& cause) {
    return expression::touched(cause).size() > 1 && framing::evaluate(cause, masks_).sure();
  };
  for (const auto& drive : ground.rules().drives)
    if (drive.cause_variable < 0 && works(drive.cause))
      add({{{drive.effect, -1}, Sign::plus}},
          drive.sign > 0   ? Sign::plus
          : drive.sign < 0 ? Sign::minus
                           : Sign::unknown,
          drive.row);
  for (const auto& chance : ground.rules().chances)
    for (std::size_t i = 0; i < chance.triggers.size(); ++i) {
      if (chance.never || lifted_.contains(chance.occasions[i]) || !works(chance.triggers[i])) continue;
      const auto [effect, way] = framing::effect_of(chance);
      add(framing::ends_of(ground.s(), effect), way > 0 ? Sign::plus : Sign::minus, chance.occasions[i]);
    }
}

Sign Signs::on(const std::vector<End>& ends) const {
  Sign sum = Sign::none;
  for (const End& end : ends) {
    const int n = node(end.place);
    if (n >= 0) sum = logic::together(sum, logic::product(end.sign, net_[static_cast<std::size_t>(n)]));
  }
  return sum;
}

bool Signs::reaches(const NodePlace& place) const {
  const int n = node(place);
  return n >= 0 && net_[static_cast<std::size_t>(n)] != Sign::none;
}

bool Signs::sets(const std::vector<End>& ends) const {
  return std::any_of(ends.begin(), ends.end(),
                     [&](const End& end) { return set_.contains(end.place.variable); });
}

std::optional<Way> Signs::way(const std::vector<End>& ends, Sign sign) const {
  // Breadth first over (node, sign so far); arcs in their order, so that ties fall the same way each time.
  const auto state = [&](int n, Sign at) { return 2 * n + (at == Sign::plus ? 1 : 0); };
  std::vector<int> via(static_cast<std::size_t>(2 * graph_.nodes), -1), from(via.size(), -1);
  std::deque<int> open = {state(own_, Sign::plus)};
  via[static_cast<std::size_t>(open.front())] = -2;
  while (!open.empty()) {
    const int now = open.front();
    open.pop_front();
    const Sign at = now % 2 != 0 ? Sign::plus : Sign::minus;
    for (const End& end : ends)
      if (now / 2 == node(end.place) && logic::product(at, end.sign) == sign) {
        Way way;
        for (int x = now; via[static_cast<std::size_t>(x)] >= 0; x = from[static_cast<std::size_t>(x)])
          way.steps.push_back(
              {places_[static_cast<std::size_t>(x / 2)], x % 2 != 0 ? Sign::plus : Sign::minus,
               rows_[static_cast<std::size_t>(
                   graph_.arcs[static_cast<std::size_t>(via[static_cast<std::size_t>(x)])].row)]});
        std::reverse(way.steps.begin(), way.steps.end());
        return way;
      }
    for (std::size_t a = 0; a < graph_.arcs.size(); ++a) {
      const auto& arc = graph_.arcs[a];
      if (!sure_[a] || arc.from != now / 2 || (arc.sign != Sign::plus && arc.sign != Sign::minus)) continue;
      const int next = state(arc.to, logic::product(at, arc.sign));
      if (via[static_cast<std::size_t>(next)] != -1) continue;
      via[static_cast<std::size_t>(next)] = static_cast<int>(a);
      from[static_cast<std::size_t>(next)] = now;
      open.push_back(next);
    }
  }
  return std::nullopt;
}

std::set<std::string> Signs::rows_towards(const std::vector<End>& ends) const {
  const auto n = static_cast<std::size_t>(graph_.nodes);
  std::vector<bool> ahead(n, false), back(n, false);
  ahead[static_cast<std::size_t>(own_)] = true;
  for (const End& end : ends)
    if (const int to = node(end.place); to >= 0) back[static_cast<std::size_t>(to)] = true;
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& arc : graph_.arcs) {
      const auto a = static_cast<std::size_t>(arc.from), b = static_cast<std::size_t>(arc.to);
      if (ahead[a] && !ahead[b]) ahead[b] = grown = true;
      if (back[b] && !back[a]) back[a] = grown = true;
    }
  }
  std::set<std::string> rows;
  for (const auto& arc : graph_.arcs)
    if (ahead[static_cast<std::size_t>(arc.from)] && back[static_cast<std::size_t>(arc.to)])
      rows.insert(rows_[static_cast<std::size_t>(arc.row)]);
  rows.erase("");
  return rows;
}

}  // namespace parley::questions
