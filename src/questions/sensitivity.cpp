// SPDX-License-Identifier: MIT
#include "questions/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "questions/explain_difference.hpp"
#include "questions/probes.hpp"

namespace parley::questions {
namespace {

constexpr std::size_t kStudyBatch = 64;  ///< accounts in memory at a time

class Study {
 public:
  Study(const account::Account& account, const AnswerId& id, const SensitivityOptions& options)
      : options_(options),
        base_(lean(account, options.framing)),
        id_(id),
        proving_({options.solve, false, ends_of(framing::make_situation(account, options.framing))}),
        drawing_({without_proofs(options.solve), false, proving_.options().ends}) {}

  Sensitivity run();

 private:
  static SolveOptions without_proofs(SolveOptions options) {
    options.prove = false;
    return options;
  }
  [[nodiscard]] std::function<void(double)> part(double from, double to) const {
    return [this, from, to](double done) {
      if (options_.progress) options_.progress(from + (to - from) * done);
    };
  }
  void tornado(const Flips& flips);
  void screen();
  void indices();
  void rests(const Flips& flips);
  void next_inputs();
  [[nodiscard]] std::vector<std::pair<std::string, std::vector<int>>> group_members() const;
  [[nodiscard]] std::vector<double> values(const std::vector<worlds::Point>& points,
                                           const std::function<void(double)>& progress);
  [[nodiscard]] Variant at(const worlds::Point& point) const;

  const SensitivityOptions& options_;
  Variant base_;
  AnswerId id_;
  LensAnswers proving_, drawing_;
  Sensitivity s_;
};

Variant Study::at(const worlds::Point& point) const {
  Variant variant = base_;
  for (std::size_t i = 0; i < s_.moved.size(); ++i) {
    const Factor& factor = s_.factors[static_cast<std::size_t>(s_.moved[i])];
    factor.set(variant, factor.low + (factor.high - factor.low) * mpq_class(point[i]));
  }
  return variant;
}

std::vector<double> Study::values(const std::vector<worlds::Point>& points,
                                  const std::function<void(double)>& progress) {
  std::vector<double> list;
  for (std::size_t from = 0; from < points.size() && !drawing_.stopped(); from += kStudyBatch) {
    std::vector<Variant> variants;
    for (std::size_t i = from; i < std::min(points.size(), from + kStudyBatch); ++i)
      variants.push_back(at(points[i]));
    for (const AnswerList& each : drawing_.of_all(variants, id_.scope)) {
      const Answer* found = each.find(id_);
      list.push_back(found == nullptr ? 0.0 : truth_of(*found));
    }
    if (progress) progress(static_cast<double>(list.size()) / static_cast<double>(points.size()));
  }
  s_.evaluations += static_cast<int>(list.size());
  list.resize(points.size());
  return list;
}

void Study::tornado(const Flips& flips) {
  std::map<std::string, std::vector<std::size_t>> moves;
  for (std::size_t m = 0; m < flips.moves().size(); ++m)
    if (!flips.moves()[m].row) moves[flips.moves()[m].id].push_back(m);
  for (std::size_t f = 0; f < s_.factors.size(); ++f) {
    const auto& ends = moves[s_.factors[f].id];
    // Where nothing answers any more, the answer has not moved: it is gone.
    const bool asked = std::all_of(ends.begin(), ends.end(), [&](std::size_t m) { return flips.asked(m); });
    if (!asked || std::all_of(ends.begin(), ends.end(), [&](std::size_t m) { return flips.idle(m); })) {
      s_.idle.push_back(s_.factors[f].id);
      continue;
    }
    Swing swing{static_cast<int>(f), flips.after(ends.front()),
                ends.size() > 1 ? flips.after(ends.back()) : flips.before(), 0};
    const auto [least, most] =
        std::minmax({truth_of(swing.low), truth_of(swing.high), truth_of(flips.before())});
    swing.size = most - least;
    s_.swings.push_back(std::move(swing));
  }
  std::stable_sort(s_.swings.begin(), s_.swings.end(),
                   [](const auto& x, const auto& y) { return x.size > y.size; });
  for (const Swing& swing : s_.swings) {
    if (s_.factors[static_cast<std::size_t>(swing.factor)].kind != Factor::Kind::range) continue;
    if (s_.moved.size() < kMostMoved)
      s_.moved.push_back(swing.factor);
    else
      ++s_.left_out;
  }
}

/// Steps one at a time; what neither they nor the ends of its range move is not worth indices.
void Study::screen() {
  const auto k = static_cast<int>(s_.moved.size());
  const auto design = worlds::morris_design(k, options_.trajectories, options_.solve.seed, id_.text());
  s_.effects = worlds::morris_effects(design, values(design.points, part(0.35, 0.45)), k);
  s_.screened = std::move(s_.moved);
  s_.moved.clear();
  for (std::size_t i = 0; i < s_.screened.size(); ++i) {
    const bool alone = std::any_of(s_.swings.begin(), s_.swings.end(), [&](const Swing& swing) {
      return swing.factor == s_.screened[i] && swing.size > 0;
    });
    if (alone || s_.effects[i].absolute > 0) s_.moved.push_back(s_.screened[i]);
  }
}

/// Rows that read several factors, and those as indices into `moved`.
std::vector<std::pair<std::string, std::vector<int>>> Study::group_members() const {
  std::map<std::string, std::vector<int>> by_row;
  for (std::size_t i = 0; i < s_.moved.size(); ++i)
    for (const auto& row : s_.factors[static_cast<std::size_t>(s_.moved[i])].rows)
      by_row[row].push_back(static_cast<int>(i));
  std::vector<std::pair<std::string, std::vector<int>>> list;
  std::set<std::vector<int>> seen;
  for (auto& [row, members] : by_row)
    if (members.size() > 1 && seen.insert(members).second) list.emplace_back(row, members);
  return list;
}

void Study::indices() {
  const auto k = static_cast<int>(s_.moved.size());
  std::vector<std::vector<int>> sets;
  for (int i = 0; i < k; ++i) sets.push_back({i});
  const auto groups = group_members();
  for (const auto& [row, members] : groups) sets.push_back(members);
  const auto design = worlds::index_design(k, sets, options_.samples, options_.solve.seed, id_.text());
  const double step = 0.4 / static_cast<double>(sets.size() + 2 + 2 * groups.size());
  double done = 0.45;
  const auto work = [&](const std::vector<worlds::Point>& points) {
    auto list = values(points, part(done, done + step));
    done += step;
    return list;
  };
  const auto a = work(design.a), b = work(design.b);
  std::vector<std::vector<double>> swapped;
  for (const auto& points : design.swapped) swapped.push_back(work(points));
  if (drawing_.stopped()) return;
  s_.samples = options_.samples;
  auto all = worlds::sobol_indices(a, b, swapped, options_.solve.seed);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& [row, members] = groups[g];
    FactorGroup group{
        members, row, all.first[static_cast<std::size_t>(k) + g], all.total[static_cast<std::size_t>(k) + g],
        0,       0};
    for (const bool opposed : {false, true}) {
      auto points = design.a;
      for (auto& point : points)
        for (const int member : members) {
          const double lead = point[static_cast<std::size_t>(members.front())];
          if (member != members.front()) point[static_cast<std::size_t>(member)] = opposed ? 1 - lead : lead;
        }
      const auto list = work(points);
      double mean = 0, square = 0;
      for (const double v : list) mean += v / static_cast<double>(list.size());
      for (const double v : list) square += (v - mean) * (v - mean) / static_cast<double>(list.size());
      (opposed ? group.opposed : group.together) = all.variance > 0 ? square / all.variance : 0;
    }
    s_.groups.push_back(std::move(group));
  }
  all.first.resize(static_cast<std::size_t>(k));
  all.total.resize(static_cast<std::size_t>(k));
  s_.indices = std::move(all);
}

void Study::rests(const Flips& flips) {
  for (std::size_t m = 0; m < flips.moves().size(); ++m) {
    if (!flips.moves()[m].row || !flips.asked(m)) continue;
    const double moved = std::abs(truth_of(flips.after(m)) - truth_of(flips.before()));
    const account::Row* row = base_.rows.find(flips.moves()[m].id);
    if (moved == 0 || row == nullptr) continue;
    const RestsOn ground = ground_of(*row);
    ++(ground == RestsOn::evidence ? s_.rests.evidence
       : ground == RestsOn::both   ? s_.rests.both
                                   : s_.rests.assumption);
    (ground == RestsOn::evidence ? s_.rests.by_evidence
     : ground == RestsOn::both   ? s_.rests.by_both
                                 : s_.rests.by_assumption) += moved;
  }
}

/// A range that becomes known, or a silent party that speaks: how far apart may the answer then lie?
void Study::next_inputs() {
  for (const Swing& swing : s_.swings) {
    const Factor& factor = s_.factors[static_cast<std::size_t>(swing.factor)];
    if (factor.kind != Factor::Kind::range) continue;
    s_.next.push_back(
        {factor.words, factor.would_know, factor.id, std::abs(truth_of(swing.high) - truth_of(swing.low))});
  }
  if (id_.is(Lens::deals, "zone")) {
    const std::string& table = id_.scope.name;
    Column column{base_.rows.name, "base", "", false, base_.framing, base_.rows};
    if (!id_.scope.binding.empty()) column.options.binding = id_.scope.binding;
    SolveOptions quick = options_.solve;
    quick.prove = false;
    for (const SilenceProbe& probe : probe_silence(solve(column, quick), quick))
      if (probe.table == table)
        s_.next.push_back({fmt::format("what {} wants of {}", probe.party, probe.variable), probe.party, "",
                           probe.matters});
  }
  std::erase_if(s_.next, [](const auto& each) { return each.narrows <= 0; });
  std::stable_sort(s_.next.begin(), s_.next.end(),
                   [](const auto& x, const auto& y) { return x.narrows > y.narrows; });
}

Sensitivity Study::run() {
  s_.factors = factors_of(base_);
  for (const auto& alternative : options_.alternatives) s_.factors.push_back(reading_factor(alternative));
  for (const auto& rival : options_.rivals) s_.factors.push_back(account_factor(rival));
  Flips flips(proving_, base_, id_, moves_of(base_, s_.factors));
  s_.answer = flips.before();
  s_.worlds = static_cast<int>(s_.answer.share.of);
  s_.indices.mean = truth_of(s_.answer);  // what it is where nothing moves it
  s_.moves = flips.moves();
  const bool all = flips.try_each(part(0, 0.35));
  s_.evaluations = static_cast<int>(s_.moves.size());
  if (all) {
    tornado(flips);
    rests(flips);
    if (!s_.moved.empty()) screen();
    if (!s_.moved.empty() && !drawing_.stopped()) indices();
    if (!drawing_.stopped()) s_.by_assumptions = flips.search(false);
    if (!drawing_.stopped()) s_.by_rows = flips.search(true);
    part(0, 1)(0.95);
    if (!drawing_.stopped()) next_inputs();
  }
  s_.complete = all && !drawing_.stopped();
  return std::move(s_);
}

}  // namespace

Sensitivity sensitivity(const account::Account& account, const AnswerId& id,
                        const SensitivityOptions& options) {
  try {
    return Study(account, id, options).run();
  } catch (const Stopped&) {
    Sensitivity nothing;
    nothing.complete = false;
    return nothing;
  }
}

}  // namespace parley::questions
