// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "report/deals_foreign.hpp"
#include "report/layout.hpp"
#include "report/markdown.hpp"

namespace parley::report {
namespace {

using Utility = std::vector<mpq_class>;

constexpr std::size_t kListedPoints = 20;  // of the frontier
constexpr std::size_t kListedSets = 50;    // conflicts, relaxations
constexpr std::size_t kListedMisses = 5;   // near misses
constexpr std::size_t kWidestName = 24;    // of a column

/// 23040 -> 23,040
std::string counted(const mpz_class& number) {
  std::string digits = number.get_str();
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string plural(const mpz_class& number, const char* one, const char* many) {
  return fmt::format("{} {}", counted(number), number == 1 ? one : many);
}

std::string padded(const std::string& text, std::size_t width, bool right = false) {
  const std::size_t had = shown_width(text);
  const std::string blanks(width > had ? width - had : 0, ' ');
  return right ? blanks + text : text + blanks;
}

std::string column_name(const std::string& id) {
  const std::string name = inert_name(id);
  if (name.size() <= kWidestName) return name;
  std::size_t end = kWidestName - 2;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  return name.substr(0, end) + "..";
}

/// Rows of cells as columns; the first column stands left, the others right.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], shown_width(row[c]));
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t c = 0; c < row.size(); ++c) line += " " + padded(row[c], widths[c], c > 0) + " ";
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string number(const mpq_class& value) { return fmt::format("{:.6f}", nearest_double(value)); }

std::string package_line(const deals::BargainProblem& problem, const deals::Package& package) {
  std::string line;
  for (std::size_t k = 0; k < package.size(); ++k) {
    const deals::Issue& issue = problem.issues[k];
    line += fmt::format("{}{}: {}", k == 0 ? "" : "; ", inert_name(issue.name),
                        inert_name(issue.options[static_cast<std::size_t>(package[k])].name));
  }
  return line;
}

std::string sets_text(const std::vector<std::vector<std::string>>& sets) {
  std::string text;
  for (std::size_t i = 0; i < sets.size() && i < kListedSets; ++i) {
    std::string line;
    for (const std::string& id : sets[i]) line += (line.empty() ? "" : " + ") + inert_name(id);
    text +=
        "  - " + (line.empty() ? std::string("(nothing: the rules that are never relaxed)") : line) + "\n";
  }
  if (sets.size() > kListedSets)
    text += fmt::format("  ... and {} more (--json lists all)\n", sets.size() - kListedSets);
  return text;
}

struct Named {
  const char* name;
  const char* criterion;
  const deals::Solution* solution;
};

class Page {
 public:
  Page(const std::string& title, const deals::BargainProblem& problem, const deals::Answer& answer)
      : title_(title), problem_(problem), answer_(answer) {}

  std::string write() {
    headline();
    if (answer_.agreement) {
      parties();
      solutions();
      frontier();
    } else {
      reasons();
    }
    return text_;
  }

 private:
  void headline();
  void parties();
  void solutions();
  void frontier();
  void reasons();
  void concession();
  void near_misses();

  const std::string& title_;
  const deals::BargainProblem& problem_;
  const deals::Answer& answer_;
  std::string text_;
};

void Page::headline() {
  text_ += fmt::format(
      "{}: {}, {}, {}\n\n", inert_name(title_), plural(problem_.parties.size(), "party", "parties"),
      plural(problem_.issues.size(), "issue", "issues"), plural(answer_.n_packages, "package", "packages"));
  if (answer_.agreement) {
    text_ += fmt::format("Zone of possible agreement: {}. Its frontier has {}.\n",
                         plural(answer_.zone_size, "package", "packages"),
                         plural(answer_.frontier.size(), "point", "points"));
  } else if (answer_.certified) {
    text_ +=
        "There is no zone of possible agreement: no package satisfies every rule and every reservation "
        "value.\n";
  } else {
    text_ += "No package that satisfies every rule and every reservation value was found so far.\n";
  }
  if (!answer_.certified && answer_.agreement)
    text_ += fmt::format(
        "The search was stopped: the solutions are the best so far, at most {} from the optimum.\n",
        number(answer_.gap));
  if (!answer_.complete) text_ += "The search was stopped: the lists below are not complete.\n";
}

void Page::parties() {
  std::vector<std::vector<std::string>> rows = {{"party", "reservation", "best in the zone"}};
  for (std::size_t i = 0; i < problem_.parties.size(); ++i) {
    const deals::Party& party = problem_.parties[i];
    mpq_class best = answer_.frontier.empty() ? mpq_class(0) : answer_.frontier.front().utility[i];
    for (const deals::FrontierPoint& point : answer_.frontier) best = std::max(best, point.utility[i]);
    rows.push_back({column_name(party.id), party.reservation ? number(*party.reservation) : "none",
                    answer_.frontier.empty() ? "-" : number(best)});
  }
  text_ += "\n" + table(rows);
}

void Page::solutions() {
  const auto at = [](const std::optional<deals::Solution>& s) { return s ? &*s : nullptr; };
  const std::vector<Named> all = {
      {"Nash", "product of gains", at(answer_.nash)},
      {"Kalai-Smorodinsky", "smallest share of best gain", at(answer_.kalai_smorodinsky)},
      {"egalitarian", "smallest gain", at(answer_.egalitarian)},
      {"welfare", "sum of utilities", at(answer_.welfare)}};
  std::vector<std::vector<std::string>> rows = {{"solution", "criterion", "value", "tied"}};
  for (const deals::Party& party : problem_.parties) rows.front().push_back(column_name(party.id));
  std::vector<std::pair<std::string, const deals::Solution*>> distinct;
  for (const Named& named : all) {
    if (named.solution == nullptr) continue;
    rows.push_back(
        {named.name, named.criterion, number(named.solution->value), std::to_string(named.solution->tied)});
    for (const mpq_class& u : named.solution->utility) rows.back().push_back(number(u));
    const auto same = std::find_if(distinct.begin(), distinct.end(), [&](const auto& d) {
      return d.second->utility == named.solution->utility;
    });
    if (same != distinct.end())
      same->first += std::string(", ") + named.name;
    else
      distinct.emplace_back(named.name, named.solution);
  }
  if (distinct.empty()) return;
  text_ += "\n" + table(rows) + "\n";
  for (const auto& [name, solution] : distinct) {
    text_ += fmt::format("{}:\n", name);
    for (std::size_t i = 0; i < solution->packages.size() && i < kListedMisses; ++i)
      text_ += "  " + package_line(problem_, solution->packages[i]) + "\n";
    if (solution->packages.size() > kListedMisses)
      text_ += fmt::format("  ... and {} more worth the same\n", solution->packages.size() - kListedMisses);
  }
}

void Page::frontier() {
  std::vector<std::vector<std::string>> rows = {{""}};
  for (const deals::Party& party : problem_.parties) rows.front().push_back(column_name(party.id));
  rows.front().emplace_back("packages");
  for (std::size_t i = 0; i < answer_.frontier.size() && i < kListedPoints; ++i) {
    rows.push_back({std::to_string(i + 1)});
    for (const mpq_class& u : answer_.frontier[i].utility) rows.back().push_back(number(u));
    rows.back().push_back(counted(answer_.frontier[i].n_packages));
  }
  text_ += "\nFrontier, by the first party's utility:\n" + table(rows);
  if (answer_.frontier.size() > kListedPoints)
    text_ += fmt::format("  ... and {} more (--json lists all)\n", answer_.frontier.size() - kListedPoints);
}

void Page::concession() {
  if (!answer_.cheapest_concession && !answer_.complete) return;
  if (!answer_.cheapest_concession) {
    text_ += "\nNo equal cut of all reservation values opens a zone.\n";
    return;
  }
  const deals::UniformCut& cut = *answer_.cheapest_concession;
  text_ += fmt::format("\nIf every party lowered its reservation value by {}, this would be possible:\n",
                       number(cut.cut));
  for (std::size_t i = 0; i < cut.packages.size() && i < kListedMisses; ++i)
    text_ += "  " + package_line(problem_, cut.packages[i]) + "\n";
  std::string worth;
  for (std::size_t i = 0; i < cut.utility.size(); ++i)
    worth += fmt::format("{}{} {}", i == 0 ? "" : ", ", column_name(problem_.parties[i].id),
                         number(cut.utility[i]));
  text_ += fmt::format("  (worth: {})\n", worth);
}

void Page::near_misses() {
  if (answer_.near_misses.empty()) return;
  text_ += "\nPackages that break the fewest rules:\n";
  for (std::size_t i = 0; i < answer_.near_misses.size() && i < kListedMisses; ++i) {
    const deals::NearMiss& miss = answer_.near_misses[i];
    text_ += "  " + package_line(problem_, miss.package) + "\n";
    text_ += "      breaks " + sets_text({miss.breaks}).substr(4);
  }
}

void Page::reasons() {
  if (!answer_.conflicts.empty())
    text_ += fmt::format("\nEach of these sets excludes every package on its own ({}):\n",
                         plural(answer_.conflicts.size(), "minimal conflict", "minimal conflicts")) +
             sets_text(answer_.conflicts);
  if (!answer_.relaxations.empty())
    text_ += fmt::format("\nGiving up any one of these sets opens a zone ({}):\n",
                         plural(answer_.relaxations.size(), "minimal relaxation", "minimal relaxations")) +
             sets_text(answer_.relaxations);
  concession();
  near_misses();
}

}  // namespace

std::string deals_text(const std::string& title, const deals::BargainProblem& problem,
                       const deals::Answer& answer) {
  return markdown(Page(title, problem, answer).write());
}

}  // namespace parley::report
