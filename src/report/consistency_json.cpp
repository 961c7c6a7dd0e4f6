// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "expression/to_double.hpp"
#include "report/consistency.hpp"
#include "report/results_parts.hpp"

namespace parley::report {
namespace {

using consistency::Balances;
using logic::Sign;
using nlohmann::ordered_json;

constexpr std::size_t kMostRoutes = 3;  // of one pair

std::string mark(Sign sign) {
  return sign == Sign::plus ? "+" : sign == Sign::minus ? "-" : sign == Sign::none ? "0" : "?";
}

ordered_json names(const std::vector<int>& nodes, const std::vector<std::string>& all) {
  ordered_json list = ordered_json::array();
  for (const int n : nodes) list.push_back(all[static_cast<std::size_t>(n)]);
  return list;
}

ordered_json scenario_json(const Balances& problem, const consistency::Scenario& scenario) {
  ordered_json json = ordered_json::object();
  for (std::size_t d = 0; d < scenario.size(); ++d)
    json[problem.descriptors[d].name] =
        problem.descriptors[d].variants[static_cast<std::size_t>(scenario[d])];
  return json;
}

ordered_json attractors_json(const Balances& problem, const consistency::Attractors& attractors) {
  constexpr std::size_t kMost = 50, kMostOfCycle = 20;
  ordered_json list = ordered_json::array();
  for (const auto& a : attractors.list) {
    if (list.size() == kMost) break;
    ordered_json cycle = ordered_json::array();
    for (std::size_t i = 0; i < a.cycle.size() && i < kMostOfCycle; ++i)
      cycle.push_back(scenario_json(problem, a.cycle[i]));
    ordered_json one = {{"cycle", cycle}, {"length", a.cycle.size()}, {"starts", a.basin}};
    if (attractors.exact && attractors.complete)
      one["share"] = rounded(static_cast<double>(a.basin) / static_cast<double>(attractors.of));
    else
      one.update(share_json({a.basin, attractors.of}));
    list.push_back(std::move(one));
  }
  return {{"list", list},
          {"n", attractors.list.size()},
          {"of", attractors.of},
          {"exact", attractors.exact},
          {"complete", attractors.complete}};
}

ordered_json consistent_json(const Balances& problem, const consistency::Consistent& found) {
  ordered_json list = ordered_json::array();
  for (const auto& scenario : found.scenarios) list.push_back(scenario_json(problem, scenario));
  return list;
}

/// A number up to 2^53; beyond, where readers of JSON would round it, a string of all its digits.
ordered_json count_json(const mpz_class& count) {
  if (count <= mpz_class("9007199254740992")) return count.get_si();
  return count.get_str();
}

ordered_json tolerance_json(const mpq_class& tolerance) {
  if (tolerance.get_den() == 1) return tolerance.get_num().get_si();
  return expression::to_double(tolerance);
}

/// What is listed of one answer, and how many of each are not.
struct ListedParts {
  ordered_json signs = ordered_json::object(), routes = ordered_json::array(), loops = ordered_json::array();
  std::size_t signs_out = 0, routes_out = 0, loops_out = 0;
};

void list_signs(const questions::ConsistencyAnswer& answer, ConsistencyListing& listing, ListedParts& out) {
  const auto& nodes = answer.frame.graph.nodes;
  std::map<std::string, std::map<std::string, std::string>> sorted;
  for (const auto& s : answer.influence.signs) {
    if (listing.signs == 0) {
      ++out.signs_out;
      continue;
    }
    --listing.signs;
    sorted[nodes[static_cast<std::size_t>(s.effect)]][nodes[static_cast<std::size_t>(s.cause)]] =
        mark(s.sign);
  }
  for (const auto& [effect, causes] : sorted) out.signs[effect] = causes;
}

ordered_json pair_json(const consistency::InfluenceGraph& graph, const consistency::NetSign& s) {
  ordered_json routes = ordered_json::array();
  for (std::size_t r = 0; r < s.routes.size() && r < kMostRoutes; ++r)
    routes.push_back({{"through", names(consistency::nodes_of(graph, s.routes[r]), graph.nodes)},
                      {"rows", consistency::rows_of(graph, s.routes[r])},
                      {"sign", mark(s.routes[r].sign)}});
  ordered_json one = {{"cause", graph.nodes[static_cast<std::size_t>(s.cause)]},
                      {"effect", graph.nodes[static_cast<std::size_t>(s.effect)]},
                      {"sign", mark(s.sign)},
                      {"n_routes", s.routes.size()},
                      {"all_routes", s.all_routes},
                      {"routes", std::move(routes)}};
  if (!s.deciders.empty()) {
    ordered_json deciders = ordered_json::array();
    for (const auto& d : s.deciders)
      deciders.push_back({{"row", d.row}, {"if_plus", mark(d.if_plus)}, {"if_minus", mark(d.if_minus)}});
    one["deciders"] = std::move(deciders);
  }
  if (s.robust)
    one["robust"] = {{"plus", rounded(s.robust->plus)},
                     {"minus", rounded(s.robust->minus)},
                     {"of", s.robust->of},
                     {"exact", s.robust->exact}};
  return one;
}

void list_routes(const questions::ConsistencyAnswer& answer, ConsistencyListing& listing, ListedParts& out) {
  for (const auto& s : answer.influence.signs) {
    std::size_t steps = 0;
    for (std::size_t r = 0; r < s.routes.size() && r < kMostRoutes; ++r) steps += s.routes[r].arcs.size();
    if (s.routes.empty() || listing.pairs == 0 || listing.steps < steps) {
      ++out.routes_out;
      continue;
    }
    --listing.pairs;
    listing.steps -= steps;
    out.routes.push_back(pair_json(answer.frame.graph, s));
  }
}

void list_loops(const questions::ConsistencyAnswer& answer, ConsistencyListing& listing, ListedParts& out) {
  for (const auto& loop : answer.influence.loops) {
    if (listing.steps < loop.nodes.size()) {
      ++out.loops_out;
      continue;
    }
    listing.steps -= loop.nodes.size();
    out.loops.push_back({{"through", names(loop.nodes, answer.frame.graph.nodes)},
                         {"rows", loop.rows},
                         {"kind", loop.sign == Sign::plus    ? "reinforcing"
                                  : loop.sign == Sign::minus ? "balancing"
                                                             : "unknown"}});
  }
}

/// Loops first: there are few of them, and the routes of a large graph would take all that may be listed.
ListedParts list_parts(const questions::ConsistencyAnswer& answer, ConsistencyListing& listing) {
  ListedParts out;
  list_signs(answer, listing, out);
  list_loops(answer, listing, out);
  list_routes(answer, listing, out);
  return out;
}

ordered_json reach_json(const questions::ConsistencyAnswer& answer, consistency::Reach which) {
  const auto& conditions = answer.frame.conditions;
  ordered_json list = ordered_json::array();
  for (const auto& level : answer.reach.levels)
    if (level.reach == which)
      list.push_back({{"variable", conditions.variables[static_cast<std::size_t>(level.variable)]},
                      {"level", conditions.levels[static_cast<std::size_t>(level.variable)]
                                                 [static_cast<std::size_t>(level.level)]},
                      {"because", level.because}});
  return list;
}

ordered_json exclusions_json(const questions::ConsistencyAnswer& answer) {
  const auto& conditions = answer.frame.conditions;
  const auto place = [&](int v, int l) {
    return ordered_json{
        {"variable", conditions.variables[static_cast<std::size_t>(v)]},
        {"level", conditions.levels[static_cast<std::size_t>(v)][static_cast<std::size_t>(l)]}};
  };
  ordered_json list = ordered_json::array();
  for (const auto& e : answer.exclusions)
    list.push_back(
        {{"where", place(e.variable, e.level)}, {"never", place(e.other, e.other_level)}, {"rows", e.rows}});
  return list;
}

}  // namespace

ordered_json consistency_json(const questions::ConsistencyAnswer& answer, ConsistencyListing& listing) {
  ListedParts list = list_parts(answer, listing);
  const std::size_t variables = answer.frame.graph.nodes.size();
  ordered_json json = {{"reading", answer.column.reading},
                       {"automatic", answer.column.automatic},
                       {"variables", variables},
                       {"steps", answer.frame.graph.graph.arcs.size()},
                       {"signs", std::move(list.signs)},
                       {"routes", std::move(list.routes)},
                       {"loops", std::move(list.loops)},
                       {"all_loops", answer.influence.all_loops},
                       {"by_paths", answer.influence.by_paths},
                       {"left_out",
                        {{"causes", variables - static_cast<std::size_t>(answer.influence.causes)},
                         {"signs", list.signs_out},
                         {"routes", list.routes_out},
                         {"loops", list.loops_out},
                         {"descriptors", answer.not_balanced}}},
                       {"clashes", answer.reach.clashes},
                       {"excluded", reach_json(answer, consistency::Reach::excluded)},
                       {"forced", reach_json(answer, consistency::Reach::forced)},
                       {"exclusions", exclusions_json(answer)},
                       {"descriptors", answer.balances.descriptors.size()},
                       {"consistent", consistent_json(answer.balances, answer.consistent)},
                       {"count", count_json(answer.consistent.count)},
                       {"all_counted", answer.consistent.complete},
                       {"all_listed", answer.consistent.all_listed},
                       {"attractors", attractors_json(answer.balances, answer.attractors)},
                       {"complete", answer.complete}};
  ordered_json unread = ordered_json::array();
  for (const auto& u : answer.frame.unread) unread.push_back({{"row", u.row}, {"why", u.why}});
  json["unread"] = std::move(unread);
  return json;
}

ordered_json matrix_json(const MatrixAnswer& answer) {
  const Balances& problem = answer.problem;
  ordered_json descriptors = ordered_json::array();
  for (const auto& d : problem.descriptors)
    descriptors.push_back({{"name", d.name}, {"variants", d.variants}});
  ordered_json json = {{"descriptors", descriptors},
                       {"n_scenarios", problem.scenarios().get_str()},
                       {"tolerance", tolerance_json(answer.tolerance)},
                       {"count", count_json(answer.consistent.count)},
                       {"complete", answer.consistent.complete},
                       {"all_listed", answer.consistent.all_listed},
                       {"consistent", consistent_json(problem, answer.consistent)}};
  ordered_json off = ordered_json::array();
  for (const auto& scenario : answer.consistent.scenarios)
    off.push_back(static_cast<double>(consistency::inconsistency(problem, scenario)) /
                  static_cast<double>(problem.scale));
  json["inconsistency"] = std::move(off);
  json["attractors"] = attractors_json(problem, answer.attractors);
  if (answer.spread > 0) {
    ordered_json held = ordered_json::array();
    for (const auto& [scenario, worlds] : answer.robustness.held) {
      if (held.size() == 200) break;
      ordered_json one = {{"scenario", scenario_json(problem, scenario)}};
      one.update(share_json({worlds, answer.robustness.worlds}));
      held.push_back(std::move(one));
    }
    json["robustness"] = {{"spread", answer.spread},
                          {"worlds", answer.robustness.worlds},
                          {"complete", answer.robustness.complete},
                          {"held", held}};
  }
  json["signs"] = ordered_json::object();
  json["loops"] = ordered_json::array();
  return json;
}

}  // namespace parley::report
