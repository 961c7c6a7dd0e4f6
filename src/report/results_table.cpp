// SPDX-License-Identifier: MIT
#include <cmath>
#include <set>

#include "report/results_parts.hpp"

namespace parley::report {
namespace {

using nlohmann::ordered_json;
using questions::TableAnswer;

const char* standing_word(deals::Standing s) {
  return s == deals::Standing::dead ? "dead" : s == deals::Standing::necessary ? "necessary" : "open";
}

ordered_json set_json(const TableAnswer& t, const deals::WeightedSet& set) {
  ordered_json ids = ordered_json::array(), rows = ordered_json::array(), owners = ordered_json::array();
  std::set<std::string> all, by;
  for (const int i : set.limits) {
    ids.push_back(questions::id_of(t, i));
    for (const auto& row : questions::rows_of(t, i)) all.insert(row);
    by.insert(questions::owner_of(t, i));
  }
  for (const auto& row : all) rows.push_back(row);
  for (const auto& owner : by) owners.push_back(owner);
  ordered_json json = {{"ids", ids}, {"rows", rows}, {"owners", owners}};
  json.update(share_json(set.share));
  return json;
}

ordered_json conflicts_json(const TableAnswer& t) {
  ordered_json list = ordered_json::array();
  for (const auto& set : t.answer.conflicts) {
    ordered_json json = set_json(t, set);
    json["kind"] = questions::conflict_kind(t, set.limits);
    json["held"] = framing::held_in(t.framed, set.limits);
    ordered_json rows = ordered_json::array();
    for (const auto& held : t.framed.held)
      if (std::find(json["held"].begin(), json["held"].end(), held.id) != json["held"].end())
        for (const auto& row : held.rows)
          if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    json["held_rows"] = std::move(rows);
    list.push_back(std::move(json));
  }
  return list;
}

ordered_json relaxations_json(const TableAnswer& t) {
  ordered_json list = ordered_json::array();
  for (const auto& set : t.answer.relaxations) {
    bool doubt = false;
    for (const int i : set.limits)
      doubt = doubt || (static_cast<std::size_t>(i) < t.framed.ensemble.limits.size() &&
                        t.framed.ensemble.limits[static_cast<std::size_t>(i)].doubt);
    ordered_json json = set_json(t, set);
    json["kind"] = doubt ? "doubt" : "concession";
    list.push_back(std::move(json));
  }
  return list;
}

/// The rows of an owner's limits among those of the mask.
ordered_json crossed_rows(const TableAnswer& t, std::uint64_t crossed, const std::string& owner) {
  ordered_json rows = ordered_json::array();
  for (std::size_t i = 0; i < t.framed.ensemble.limits.size(); ++i)
    if ((crossed >> i & 1U) && t.framed.ensemble.limits[i].owner == owner)
      for (const auto& row : t.framed.ensemble.limits[i].rows) rows.push_back(row);
  return rows;
}

/// "dead", "open", "necessary": the same of all completions, else open.
std::string standing_of(const TableAnswer& t, const framing::NamedPackage& named, std::size_t party) {
  std::set<std::string> standings;
  for (const int x : named.completions) {
    const auto& standing = t.answer.packages[static_cast<std::size_t>(x)].standing;
    if (party < standing.size()) standings.insert(standing_word(standing[party]));
  }
  return standings.size() == 1 ? *standings.begin() : standings.empty() ? "" : "open";
}

/// How a package stands with one who must ratify it: nothing of what it gives up, since it signs nothing.
ordered_json ratifier_json(const TableAnswer& t, const framing::Ratifier& ratifier,
                           const framing::NamedPackage& named, std::uint64_t crossed) {
  ordered_json json = {{"ratifies", true}, {"crosses", crossed_rows(t, crossed, ratifier.id)}};
  json["by_orders"] =
      ratifier.party < 0 ? "" : standing_of(t, named, static_cast<std::size_t>(ratifier.party));
  return json;
}

/// For each party the share of its weighted stakes given up against its ideal, over worlds and completions;
/// the limits that every completion crosses; how orders alone place it.
ordered_json packages_json(const TableAnswer& t, const std::vector<int>& tracked) {
  ordered_json all = ordered_json::object();
  for (const auto& named : t.framed.packages) {
    ordered_json package = ordered_json::object();
    if (named.completions.empty()) {
      package["not_placed"] = named.why;
      all[named.id] = std::move(package);
      continue;
    }
    std::uint64_t crossed = ~std::uint64_t{0}, ever = 0;
    worlds::Share zone{0, t.answer.worlds};
    for (const int x : named.completions) {
      for (const auto& r : t.framed.ensemble.resolutions)
        if (r.broken[static_cast<std::size_t>(x)] != deals::kForbidden) {
          crossed &= r.broken[static_cast<std::size_t>(x)];
          ever |= r.broken[static_cast<std::size_t>(x)];
        } else {
          ever |= 1;  // structure forbids it where the present is so
        }
      zone.yes = std::max(zone.yes, t.answer.packages[static_cast<std::size_t>(x)].in_zone.yes);
    }
    package["in_zone"] = share_json(zone);
    package["within_limits"] = ever == 0;
    package["left_open"] = named.left_open;
    for (std::size_t p = 0; p < t.framed.parties.size(); ++p) {
      deals::Spread spread{1, 0, 0};
      bool placed = false;
      for (const int x : named.completions) {
        const auto at =
            static_cast<std::size_t>(std::find(tracked.begin(), tracked.end(), x) - tracked.begin());
        if (at < t.answer.given_up.size()) {
          const auto& s = t.answer.given_up[at][p];
          placed = t.answer.worlds > 0;
          spread.low = std::min(spread.low, s.low);
          spread.high = std::max(spread.high, s.high);
          spread.median += s.median / static_cast<double>(named.completions.size());
        }
      }
      const auto known = [&](double x) { return placed ? ordered_json(rounded(x)) : ordered_json(nullptr); };
      package[t.framed.parties[p]] = {
          {"given_up",
           {{"low", known(spread.low)}, {"median", known(spread.median)}, {"high", known(spread.high)}}},
          {"crosses", crossed_rows(t, crossed, t.framed.parties[p])},
          {"by_orders", standing_of(t, named, p)}};
    }
    for (const auto& ratifier : t.framed.ratifiers)
      package[ratifier.id] = ratifier_json(t, ratifier, named, crossed);
    all[named.id] = std::move(package);
  }
  return all;
}

std::vector<int> tracked(const framing::Framed& framed) {
  std::set<int> set;
  for (const auto& named : framed.packages) set.insert(named.completions.begin(), named.completions.end());
  return {set.begin(), set.end()};
}

/// Has the party stakes here, and does no row say what it wants of any, name one or say what no deal is
/// worth?
bool silent_on_all(const framing::Framed& framed, const deals::UncertainParty& party) {
  const auto& stakes = party.order.stakes;
  return !stakes.empty() && party.given.empty() &&
         std::all_of(stakes.begin(), stakes.end(), [&](const auto& stake) {
           return std::any_of(framed.silent.begin(), framed.silent.end(), [&](const auto& s) {
             return s.party == party.order.id && s.variable == stake.id && s.rows.empty();
           });
         });
}

/// The levels of a package, without issues on which no party has a stated wish.
ordered_json options_json(const framing::Framed& framed, std::size_t package) {
  ordered_json options = ordered_json::object();
  for (std::size_t k = 0; k < framed.ensemble.issues.size(); ++k) {
    const auto& issue = framed.ensemble.issues[k];
    if (std::find(framed.left_open.begin(), framed.left_open.end(), issue.name) == framed.left_open.end())
      options[issue.name] =
          issue.options[static_cast<std::size_t>(framed.ensemble.packages[package][k])].name;
  }
  return options;
}

/// The packages that most worlds have as Nash point, on the frontier, in the zone. Those that differ only in
/// issues without a stated wish are one: of a world's Nash points one is its, and of what more than one may
/// be (in the zone, on the frontier) the largest share is given.
ordered_json best_json(const TableAnswer& t) {
  std::vector<std::size_t> order;
  for (std::size_t x = 0; x < t.answer.packages.size(); ++x)
    if (t.answer.packages[x].in_zone.yes > 0) order.push_back(x);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto &x = t.answer.packages[a], &y = t.answer.packages[b];
    return std::tie(x.is_nash.yes, x.on_frontier.yes, x.in_zone.yes) >
           std::tie(y.is_nash.yes, y.on_frontier.yes, y.in_zone.yes);
  });
  struct Group {
    ordered_json options;
    deals::PackageAnswer sum;
  };
  std::vector<Group> groups;
  for (const std::size_t x : order) {
    ordered_json options = options_json(t.framed, x);
    const auto& own = t.answer.packages[x];
    const auto same = std::find_if(groups.begin(), groups.end(),
                                   [&](const Group& group) { return group.options == options; });
    if (same == groups.end()) {
      groups.push_back({std::move(options), own});
      continue;
    }
    const auto most = [](worlds::Share& to, const worlds::Share& from) {
      to.yes = std::max(to.yes, from.yes);
    };
    const auto sum = [](worlds::Share& to, const worlds::Share& from) {
      to.yes = std::min(to.yes + from.yes, to.of);
    };
    most(same->sum.in_zone, own.in_zone);
    most(same->sum.on_frontier, own.on_frontier);
    sum(same->sum.is_nash, own.is_nash);
    sum(same->sum.is_kalai_smorodinsky, own.is_kalai_smorodinsky);
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tie(a.sum.is_nash.yes, a.sum.on_frontier.yes, a.sum.in_zone.yes) >
           std::tie(b.sum.is_nash.yes, b.sum.on_frontier.yes, b.sum.in_zone.yes);
  });
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < groups.size() && i < 5; ++i)
    list.push_back({{"options", groups[i].options},
                    {"left_open", t.framed.left_open},
                    {"in_zone", share_json(groups[i].sum.in_zone)},
                    {"on_frontier", share_json(groups[i].sum.on_frontier)},
                    {"nash", share_json(groups[i].sum.is_nash)},
                    {"kalai_smorodinsky", share_json(groups[i].sum.is_kalai_smorodinsky)}});
  return list;
}

ordered_json openers_json(const std::vector<deals::OwnerSet>& list) {
  ordered_json json = ordered_json::array();
  for (const auto& opener : list) {
    ordered_json one = {{"owners", opener.owners}};
    one.update(share_json(opener.share));
    json.push_back(std::move(one));
  }
  return json;
}

}  // namespace

double rounded(double x) { return std::round(x * 1e6) / 1e6 + 0.0; }  // + 0.0: no minus zero

ordered_json known_only(const ordered_json& json) {
  if (!json.is_structured()) return json;
  ordered_json result = json.is_array() ? ordered_json::array() : ordered_json::object();
  for (const auto& [key, value] : json.items()) {
    if (json.is_array())
      result.push_back(known_only(value));
    else if (!value.is_null())
      result[key] = known_only(value);
  }
  return result;
}

ordered_json share_json(const worlds::Share& share) {
  if (share.of == 0) return {{"share", nullptr}, {"low", nullptr}, {"high", nullptr}, {"of", 0}};
  return {{"share", rounded(share.value())},
          {"low", rounded(share.low())},
          {"high", rounded(share.high())},
          {"of", share.of}};
}

/// Structure and limits alone, of a table too large to list: nothing here rests on draws or utilities.
ordered_json by_limits_json(const TableAnswer& t) {
  const framing::ByLimits& by = *t.framed.by_limits;
  const auto rows_of = [&](const std::vector<std::vector<int>>& sets) {
    ordered_json list = ordered_json::array();
    for (const auto& set : sets) {
      std::set<std::string> rows;
      for (const int i : set) {
        const auto more = questions::rows_of(t, i);
        rows.insert(more.begin(), more.end());
      }
      list.push_back(rows);
    }
    return list;
  };
  return {{"possible", by.excluded()         ? "no"
                       : by.with_package > 0 ? "yes"
                                             : "unknown"},
          {"resolutions", by.resolutions},
          {"looked_at", by.looked_at},
          {"with_package", by.with_package},
          {"complete", by.complete},
          {"conflicts", rows_of(by.conflicts)},
          {"relaxations", rows_of(by.relaxations)}};
}

ordered_json ratification_json(const TableAnswer& t) {
  ordered_json list = ordered_json::array();
  for (const auto& ratifier : t.framed.ratifiers) {
    ordered_json issues = ordered_json::array(), rows = ordered_json::array();
    for (const int v : ratifier.issues)
      for (std::size_t k = 0; k < t.framed.issues.size() && k < t.framed.issue_ids.size(); ++k)
        if (t.framed.issues[k] == v) issues.push_back(t.framed.issue_ids[k]);
    if (ratifier.party >= 0)
      for (const auto& row :
           t.framed.ensemble.parties[static_cast<std::size_t>(ratifier.party)].reservation_rows)
        rows.push_back(row);
    ordered_json by = ordered_json::array();
    if (!ratifier.limits.empty()) by.push_back("limit");
    if (ratifier.party >= 0) by.push_back("preference");
    list.push_back({{"ratifier", ratifier.id},
                    {"name", ratifier.name},
                    {"of", ratifier.of},
                    {"issues", issues},
                    {"by", by},
                    {"limits", ratifier.limits},
                    {"preferences", rows},
                    {"open", ratifier.open},
                    {"words", ratifier.words}});
  }
  return list;
}

ordered_json table_json(const TableAnswer& t) {
  const auto& f = t.framed;
  ordered_json json;
  json["talks"] = f.table;
  json["parties"] = f.parties;
  json["ratification"] = ratification_json(t);
  if (!f.too_large.empty()) {
    json["not_answered"] = f.too_large;
    json["worlds"] = 0;
    json["certified"] = false;
    if (f.by_limits) json["by_limits"] = by_limits_json(t);
    return json;
  }
  std::size_t clean = 0;
  for (std::size_t x = 0; x < f.ensemble.packages.size(); ++x)
    clean += std::any_of(f.ensemble.resolutions.begin(), f.ensemble.resolutions.end(),
                         [&](const auto& r) { return r.broken[x] == 0; });
  json["worlds"] = t.answer.worlds;
  json["zone"] = {
      {"possible", t.answer.possible}, {"necessary", t.answer.necessary}, {"proved", t.answer.proved}};
  json["zone"].update(share_json(t.answer.zone));
  json["n_packages"] = std::to_string(f.ensemble.packages.size());
  json["within_limits"] = std::to_string(clean);
  json["resolutions"] = f.ensemble.resolutions.size();
  json["all_resolutions"] = f.ensemble.all_resolutions;
  json["conflicts"] = conflicts_json(t);
  json["relaxations"] = relaxations_json(t);
  json["openers"] = openers_json(t.answer.openers);
  json["openers_by_limits"] = openers_json(t.answer.openers_by_limits);
  json["no_opener"] = share_json(t.answer.no_opener);
  ordered_json limits = ordered_json::array();
  for (const auto& limit : f.ensemble.limits)
    limits.push_back({{"id", limit.id},
                      {"owner", limit.owner},
                      {"kind", limit.doubt ? "doubt" : "concession"},
                      {"rows", limit.rows}});
  for (auto& limit : limits)
    for (const auto& ratifier : f.ratifiers)
      if (limit["owner"] == ratifier.id) limit["ratifies_for"] = ratifier.of;
  json["limits"] = std::move(limits);
  ordered_json reservations = ordered_json::object();
  for (const auto& party : f.ensemble.parties)
    reservations["reservation:" + party.order.id] = party.reservation_rows;
  json["reservations"] = std::move(reservations);
  json["packages"] = packages_json(t, tracked(f));
  json["best"] = best_json(t);
  json["complete"] = t.answer.complete;
  ordered_json approximate = ordered_json::array();
  for (const int party : t.answer.approximate)
    approximate.push_back(f.ensemble.parties[static_cast<std::size_t>(party)].order.id);
  json["approximate"] = std::move(approximate);
  if (!f.only_within_limits.empty()) json["only_within_limits"] = f.only_within_limits;
  ordered_json clashes = ordered_json::array();
  for (const auto& clash : f.clashes)
    clashes.push_back({{"party", clash.party},
                       {"on", clash.variable},
                       {"rows", clash.rows},
                       {"why", framing::clash_words(clash)}});
  json["clashes"] = std::move(clashes);
  ordered_json silent = ordered_json::array();
  for (const auto& s : f.silent)
    silent.push_back(
        {{"party", s.party}, {"on", s.variable}, {"consequence", s.consequence}, {"rows", s.rows}});
  json["silent"] = std::move(silent);
  json["left_open"] = f.left_open;
  ordered_json wholly = ordered_json::array();
  for (std::size_t p = 0; p < f.parties.size() && p < f.ensemble.parties.size(); ++p)
    if (silent_on_all(f, f.ensemble.parties[p])) wholly.push_back(f.parties[p]);
  json["wholly_silent"] = std::move(wholly);
  ordered_json defaults = ordered_json::array();
  std::set<std::string> seen;
  for (const auto& row : f.defaults)
    if (seen.insert(row.id).second)
      defaults.push_back({{"id", row.id}, {"words", row.words}, {"about", row.about}});
  json["defaults"] = std::move(defaults);
  ordered_json open = ordered_json::array();
  for (const auto& condition : f.open_conditions)
    open.push_back({{"row", condition.row}, {"words", condition.words}});
  json["open_conditions"] = std::move(open);
  ordered_json unread = ordered_json::array();
  for (const auto& u : f.unread) unread.push_back({{"row", u.row}, {"why", u.why}});
  json["unread"] = std::move(unread);
  json["lifted"] = f.lifted;
  return json;
}

}  // namespace parley::report
