// SPDX-License-Identifier: MIT
// For whom a threat or a promise is made: what it asks for against what follows otherwise, by orders alone,
// and the fewest further statements that would decide.
#include <fmt/format.h>

#include <algorithm>

#include "deals/ensemble_proof.hpp"
#include "questions/findings_parts.hpp"
#include "questions/probes.hpp"

namespace parley::questions {
namespace {

using deals::Standing;
using framing::Situation;

constexpr std::size_t kMostPackages = 500;  ///< ways to comply that are compared one by one

/// One table as the target sees it, with the commitment sure to be carried out.
struct View {
  const framing::Framed* framed = nullptr;
  deals::Ensemble ensemble;
  std::size_t party = 0;
  std::vector<std::size_t>
      packages;     ///< that do what is asked, everything else as it is now where that can be
  std::string why;  ///< where there is none
};

bool complies(const Situation& s, const framing::Framed& f, const deals::Package& package, const Word& word,
              bool as_now) {
  framing::Masks masks;
  for (const auto& v : s.variables) masks.push_back(framing::mask_of(v.now));
  for (std::size_t k = 0; k < package.size(); ++k)
    masks[static_cast<std::size_t>(f.issues[k])] = framing::LevelMask{1} << package[k];
  if (!word.any_agreement && !framing::evaluate(*word.asked, masks).sure()) return false;
  if (!as_now) return true;
  const auto touched = expression::touched(*word.asked);
  for (std::size_t k = 0; k < package.size(); ++k) {
    const framing::Variable& v = s.variables[static_cast<std::size_t>(f.issues[k])];
    const bool asked = std::find(touched.begin(), touched.end(), f.issues[k]) != touched.end();
    if (!asked && v.ordered && v.known() && !v.now.has(package[k])) return false;
  }
  return true;
}

View view_of(const Ground& ground, const Word& word, const std::string& target) {
  View view;
  if (!word.asked) {
    view.why = "the account holds no row on what is asked for";
    return view;
  }
  view.why =
      fmt::format("what is asked of {} lies on no table at which it signs", name_of(ground.s(), target));
  for (const auto& talks : word.talks) {
    const framing::Framed* f = ground.table(talks, false);
    if (f == nullptr || !f->too_large.empty()) continue;
    const auto party = std::find(f->parties.begin(), f->parties.end(), target);
    const auto chance = std::find_if(f->ensemble.chances.begin(), f->ensemble.chances.end(),
                                     [&](const auto& c) { return c.id == word.row->id; });
    if (party == f->parties.end()) continue;
    if (chance == f->ensemble.chances.end()) {
      view.why = "it only may be done, or with no stated condition";
      continue;
    }
    view.framed = f;
    view.ensemble = f->ensemble;
    view.party = static_cast<std::size_t>(party - f->parties.begin());
    view.ensemble.chances[static_cast<std::size_t>(chance - f->ensemble.chances.begin())]
        .believed[view.party] = {1, 1};
    for (const bool as_now : {true, false}) {
      for (std::size_t x = 0; x < f->ensemble.packages.size(); ++x)
        if (ground.s().options.control.check();
            complies(ground.s(), *f, f->ensemble.packages[x], word, as_now))
          view.packages.push_back(x);
      if (!view.packages.empty()) break;
    }
    if (view.packages.empty()) {
      view.why = "no package of the table does what is asked";
      view.framed = nullptr;
      continue;
    }
    view.why.clear();
    break;
  }
  return view;
}

/// Limits of the target that every way to comply breaks.
std::vector<std::string> crossed(const View& view, const std::string& target) {
  std::uint64_t bits = ~std::uint64_t{0};
  for (const auto& r : view.ensemble.resolutions)
    for (const std::size_t x : view.packages)
      if (r.broken[x] != deals::kForbidden) bits &= r.broken[x];
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < view.ensemble.limits.size(); ++i)
    if ((bits >> i & 1U) != 0 && view.ensemble.limits[i].owner == target)
      append_new(rows, view.ensemble.limits[i].rows);
  for (auto& row : rows) row = row.substr(0, row.find('#'));
  return rows;
}

std::string statement_words(const Situation& s, const std::vector<SalienceProbe::Statement>& statements) {
  std::vector<std::string> said;
  for (const auto& st : statements)
    said.push_back(st.wish ? fmt::format("would rather have {} {} than {}", plain(st.on), st.more, st.less)
                           : fmt::format("weighs {} at least as much as {}", plain(st.more), plain(st.less)));
  return fmt::format("{} {}", name_of(s, statements.front().party), listed(said));
}

/// The rows by which the target wants anything of what lies between the two.
std::vector<std::string> stake_rows(const Ground& ground, const View& view, const std::string& target) {
  std::vector<std::string> rows;
  const auto& stakes = view.ensemble.parties[view.party].order.stakes;
  for (std::size_t k = 0; k < stakes.size(); ++k) {
    deals::LevelMask with = 0, without = 0;
    for (const auto& r : view.ensemble.resolutions) {
      for (const std::size_t x : view.packages)
        for (const auto& branch : r.packages[x].branches) with |= branch.levels[view.party][k];
      for (const auto& branch : r.no_deal.branches) without |= branch.levels[view.party][k];
    }
    if (with == without) continue;
    for (const Goal& goal : ground.goals())
      if (owns(goal, target) && !goal.objective &&
          std::any_of(goal.ends.begin(), goal.ends.end(), [&](const auto& end) {
            return ground.s().variables[static_cast<std::size_t>(end.place.variable)].id == stakes[k].id;
          }))
        append_new(rows, {goal.row});
  }
  return rows;
}

/// Where several packages do what is asked: how many are better and worse than the act, whatever weighs more.
std::string one_by_one(const Situation& s, const View& view, const Word& word, const std::string& target,
                       std::string& verdict) {
  if (view.packages.size() > kMostPackages)
    return fmt::format("{} packages would do, and they were not compared one by one", view.packages.size());
  deals::CaseProver prover(view.ensemble, view.party);
  std::size_t better = 0, worse = 0;
  for (const std::size_t x : view.packages) {
    s.options.control.check();
    const auto all = [&](Standing wanted) {
      return std::all_of(view.ensemble.resolutions.begin(), view.ensemble.resolutions.end(),
                         [&](const auto& r) {
                           const auto proof = prover.prove(r.packages[x], r.no_deal);
                           return proof.exact && proof.standing == wanted;
                         });
    };
    if (all(Standing::necessary))
      ++better;
    else if (all(Standing::dead))
      ++worse;
  }
  verdict = better == view.packages.size() ? "better" : worse == view.packages.size() ? "worse" : "depends";
  return fmt::format(
      "{} packages do what is asked ({}); whatever weighs more with {}, {} of them are better for it than {} "
      "and {} are "
      "worse",
      view.packages.size(), word.asked_text, name_of(s, target), better,
      word.kind == "threat" ? fmt::format("what it is threatened with ({})", word.act_text) : "no deal",
      worse);
}

struct Sides {
  std::string worse, better;  ///< words for the two standings
};

Sides sides_of(const Situation& s, const Word& word) {
  const std::string asked = word.any_agreement ? "any agreement" : word.asked_text;
  if (word.kind == "threat")
    return {
        fmt::format(
            "giving way ({}) is worse for it than what it is threatened with ({}), even were that sure to "
            "come",
            asked, word.act_text),
        fmt::format(
            "giving way ({}) is better for it than what it is threatened with ({}), were that sure to come",
            asked, word.act_text)};
  return {fmt::format("{} is worse for it than no deal, even with {} of {} in return", asked, word.act_text,
                      name_of(s, word.by)),
          fmt::format("{} with {} of {} in return is better for it than no deal", asked, word.act_text,
                      name_of(s, word.by))};
}

void add_finding(const Word& word, const std::string& target, Standing standing,
                 const std::vector<SalienceProbe::Statement>& statements, std::string words,
                 const std::vector<std::string>& rows, Audited& result) {
  Found found;
  Finding& f = found.finding;
  f.kind = Finding::Kind::target;
  f.id =
      fmt::format("target:{}:{}:{}", word.row->id, target, standing == Standing::dead ? "worse" : "better");
  f.rows = rows;
  f.words = std::move(words);
  found.candidates = rows;
  found.holds = [row = word.row->id, target, standing, statements](const Ground& g) {
    const auto list = words_of(g.s(), row);
    if (list.empty()) return false;
    const View view = view_of(g, list.front(), target);
    return view.framed != nullptr && decides(*view.framed, view.ensemble, view.party, view.packages, standing,
                                             statements, g.s().options.control);
  };
  result.found.push_back(std::move(found));
}

}  // namespace

void audit_target(const Ground& ground, const Word& word, Audited& result, Audit& audit) {
  const Situation& s = ground.s();
  for (const auto& target : word.to) {
    AuditItem item{"target", "unsaid", "", {}};
    const View view = view_of(ground, word, target);
    if (view.framed == nullptr || view.packages.size() > 1) {
      item.words = view.framed == nullptr ? view.why : one_by_one(s, view, word, target, item.verdict);
      audit.items.push_back(std::move(item));
      continue;
    }
    const auto worse = fewest_that_decide(*view.framed, view.ensemble, view.party, view.packages,
                                          Standing::dead, s.options.control);
    const auto better = fewest_that_decide(*view.framed, view.ensemble, view.party, view.packages,
                                           Standing::necessary, s.options.control);
    const Sides sides = sides_of(s, word);
    std::vector<std::string> rows = {word.row->id};
    if (!word.asked_row.empty()) append_new(rows, {word.asked_row});
    append_new(rows, stake_rows(ground, view, target));
    const auto crosses = crossed(view, target);
    append_new(rows, crosses);
    item.rows = rows;
    std::vector<std::string> parts;
    if (worse && worse->empty()) {
      item.verdict = "worse";
      parts.push_back(fmt::format("whatever weighs more with {}, {}", name_of(s, target), sides.worse));
    } else if (better && better->empty()) {
      item.verdict = "better";
      parts.push_back(fmt::format("whatever weighs more with {}, {}", name_of(s, target), sides.better));
    } else {
      item.verdict = "depends";
      if (worse) parts.push_back(fmt::format("if {}, {}", statement_words(s, *worse), sides.worse));
      if (better) parts.push_back(fmt::format("if {}, {}", statement_words(s, *better), sides.better));
      if (parts.empty())
        parts.push_back("what it weighs decides, and no order of salience that was tried does");
    }
    if (!crosses.empty())
      parts.push_back(fmt::format("and it would cross what {} insists on", name_of(s, target)));
    item.words = fmt::format("{}", fmt::join(parts, "; "));
    if (worse)
      add_finding(word, target, Standing::dead, *worse, capital(item.words), rows, result);
    else if (better)
      add_finding(word, target, Standing::necessary, *better, capital(item.words), rows, result);
    audit.items.push_back(std::move(item));
  }
}

}  // namespace parley::questions
