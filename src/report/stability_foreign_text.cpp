// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "report/layout.hpp"
#include "report/markdown.hpp"
#include "report/stability_foreign.hpp"
#include "stability/explain.hpp"

namespace parley::report {
namespace {

using stability::Answer;
using stability::Asked;
using stability::Concept;
using stability::Evolution;
using stability::GraphGame;
using stability::Space;
using stability::State;
using stability::Temptation;
using stability::Verdict;

constexpr std::size_t kListedEquilibria = 40;  // rows of the table
constexpr std::size_t kExplained = 12;         // equilibria with reasons, and states that almost hold
constexpr std::size_t kListedTemptations = 4;  // of one decision maker and state
constexpr std::size_t kListedPaths = 12;
constexpr std::size_t kWidestState = 72;  // in a table
constexpr std::size_t kListedConditions = 5;

std::string cut(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most - 2;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "..";
}

std::string counted(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string plural(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", counted(number), number == 1 ? one : many);
}

/// What a concept asks, in one line.
const char* meaning(const std::string& name) {
  if (name == "nash") return "nobody has anything better in reach";
  if (name == "gmr") return "whoever improves can be brought to something no better by the others' moves";
  if (name == "smr") return "as gmr, and cannot get away again by one move of its own";
  if (name == "seq") return "as gmr, by moves that are improvements for those who make them";
  if (name == "ssym") return "as seq, and cannot get away again by one move of its own";
  if (name == "sim") return "improvements made at the same time end in something no better";
  if (name == "nonmyopic") return "nobody moves, however far it looks ahead";
  if (name == "cnash") return "no coalition can reach something better for all its members";
  if (name == "cgmr") return "every coalition's improvement can be answered by those outside it";
  if (name == "csmr") return "as cgmr, and the coalition cannot get away again";
  if (name == "cseq") return "as cgmr, by improvements of coalitions of those outside";
  if (name == "sgmr") return "as gmr, by something greatly worse";
  if (name == "ssmr") return "as smr, by something greatly worse";
  if (name == "sseq_strong") return "as seq, by something greatly worse";
  return "nobody moves who looks so many moves ahead";
}

class GamePage {
 public:
  GamePage(const std::string& title, const GraphGame& game, const Space& space, const Answer& answer,
           const StabilityFindings& findings)
      : title_(title), game_(game), space_(space), answer_(answer), findings_(findings) {
    for (State s = 0; s < space.count() && space.count() <= kListedStates; ++s) rank_state(s);
    std::stable_sort(holding_.begin(), holding_.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
  }

  std::string write() {
    headline();
    equilibria();
    reasons();
    losses();
    history();
    jumps();
    if (findings_.perception && space_.count() <= kListedStates)
      text_ += misperception_text(game_, space_, findings_);
    inverse();
    for (const auto& [name, why] : answer_.unanswered)
      text_ += wrapped(fmt::format("No answer for {}: {}.", inert(name), inert(why)));
    if (!answer_.complete) text_ += "Stopped before the end: what is missing above was not worked out.\n";
    return text_;
  }

 private:
  void rank_state(State s);
  void headline();
  void equilibria();
  void reasons();
  void losses();
  void history();
  void jumps();
  void inverse();
  std::string move(std::size_t dm, State s, Concept form, const Temptation& temptation) const;
  std::string stays(std::size_t dm, State s, Concept form) const;
  [[nodiscard]] std::string who(std::size_t dm) const {
    return cut(inert_name(game_.decision_makers[dm]), 40);
  }
  [[nodiscard]] std::string words(State s) const { return state_words(game_, space_, s); }
  [[nodiscard]] std::string brief(State s) const { return std::to_string(space_.number(s)); }
  [[nodiscard]] const Verdict* verdict(const char* name) const {
    for (const Verdict& v : answer_.verdicts)
      if (v.name == name) return &v;
    return nullptr;
  }
  [[nodiscard]] bool explains() const {
    if (findings_.graph == nullptr) return false;
    for (const auto& preference : game_.preferences)
      if (!preference.complete()) return false;
    return true;
  }
  [[nodiscard]] std::string path_words(const std::vector<stability::Step>& path) const {
    std::vector<std::string> steps;
    for (const auto& step : path)
      steps.push_back(fmt::format("{} moves to {}", who(step.mover), brief(step.to)));
    return fmt::format("{}", fmt::join(steps, ", then "));
  }

  const std::string& title_;
  const GraphGame& game_;
  const Space& space_;
  const Answer& answer_;
  const StabilityFindings& findings_;
  std::vector<std::pair<State, std::size_t>> holding_;  // equilibria of some concept, of how many
  std::string text_;
};

void GamePage::rank_state(State s) {
  std::size_t held = 0;
  for (const Verdict& v : answer_.verdicts) held += v.equilibria.has(s) ? 1 : 0;
  if (held > 0) holding_.emplace_back(s, held);
}

void GamePage::headline() {
  text_ += fmt::format("# {}\n\n", inert_name(title_));
  std::vector<std::string> people;
  for (std::size_t i = 0; i < game_.decision_makers.size(); ++i) people.push_back(who(i));
  text_ += wrapped(
      fmt::format("{}: {}. {}{}.", plural(people.size(), "decision maker", "decision makers"), listed(people),
                  plural(space_.count(), "state", "states"),
                  game_.issues.empty() ? "" : ", " + plural(game_.issues.size(), "option", "options")));
  text_ += "\nWhat holds for everybody (equilibria), by how strictly holding is read:\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const Verdict& v : answer_.verdicts) {
    std::string states;
    if (space_.count() <= kListedStates) {
      const auto list = v.equilibria.list();
      for (std::size_t k = 0; k < list.size() && k < kListedPaths; ++k)
        states += (k == 0 ? "" : " ") + brief(list[k]);
      if (list.size() > kListedPaths) states += " ..";
    }
    rows.push_back({v.name, counted(v.equilibria.count()), states, meaning(v.name)});
  }
  text_ += table({"concept", "states", "which", "a state holds when"}, rows);
}

void GamePage::equilibria() {
  if (space_.count() > kListedStates) {
    text_ += wrapped(fmt::format("With more than {} states the lists are written to -o PATH only.",
                                 counted(kListedStates)));
    return;
  }
  if (holding_.empty()) {
    text_ += "No state holds for everybody in any of these senses.\n";
    return;
  }
  std::vector<std::string> head{"state"};
  for (const Verdict& v : answer_.verdicts) head.push_back(v.name);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < holding_.size() && k < kListedEquilibria; ++k) {
    const State s = holding_[k].first;
    rows.push_back({cut(words(s), kWidestState)});
    for (const Verdict& v : answer_.verdicts) {
      std::string cell;
      for (std::size_t i = 0; i < v.stable.size(); ++i)
        if (!v.stable[i].has(s)) cell += (cell.empty() ? "not for " : ", ") + cut(who(i), 16);
      rows.back().push_back(cell.empty() ? "holds" : cell);
    }
  }
  text_ += table(head, rows);
  if (holding_.size() > kListedEquilibria)
    text_ += fmt::format("... and {} more (--json lists all)\n\n", holding_.size() - kListedEquilibria);
}

/// One temptation as a sentence.
std::string GamePage::move(std::size_t dm, State s, Concept form, const Temptation& temptation) const {
  if (form == Concept::nash)
    return fmt::format("{} does better by moving to {}", who(dm), words(temptation.to));
  const bool credible = form == Concept::seq || form == Concept::ssym;
  if (temptation.deterred)
    return fmt::format("{} would do better in {}, but then {}: no better for it than {}{}", who(dm),
                       words(temptation.to), path_words(temptation.sanction), brief(s),
                       form == Concept::smr || form == Concept::ssym ? ", and it cannot get away" : "");
  if (temptation.escape)
    return fmt::format("{} does better in {}: if the others answer with {}, it moves on to {}", who(dm),
                       words(temptation.to), brief(temptation.escape->from), brief(temptation.escape->to));
  return fmt::format("{} does better in {}, and {}", who(dm), words(temptation.to),
                     credible ? "nothing that the others would gladly do from there makes it regret that"
                              : "nothing that the others can do from there makes it regret that");
}

std::string GamePage::stays(std::size_t dm, State s, Concept form) const {
  const auto list = temptations(*findings_.graph, answer_.ranks, form, dm, s);
  if (list.empty()) return bullet(fmt::format("{} has nothing better in reach.", who(dm)));
  std::string text;
  for (std::size_t k = 0; k < list.size() && k < kListedTemptations; ++k)
    text += bullet(move(dm, s, form, list[k]) + ".");
  if (list.size() > kListedTemptations)
    text += bullet(fmt::format("{} has {} more improvements, all answered in this way.", who(dm),
                               list.size() - kListedTemptations));
  return text;
}

void GamePage::reasons() {
  if (!explains() || holding_.empty()) return;
  static constexpr std::pair<const char*, Concept> kStrictest[] = {{"nash", Concept::nash},
                                                                   {"ssym", Concept::ssym},
                                                                   {"seq", Concept::seq},
                                                                   {"smr", Concept::smr},
                                                                   {"gmr", Concept::gmr}};
  text_ += "## Why they hold\n\n";
  for (std::size_t k = 0; k < holding_.size() && k < kExplained; ++k) {
    const State s = holding_[k].first;
    for (const auto& [name, form] : kStrictest) {
      const Verdict* v = verdict(name);
      if (v == nullptr || !v->equilibria.has(s)) continue;
      text_ += wrapped(fmt::format("**State {}** ({}):", words(s), name));
      for (std::size_t i = 0; i < game_.decision_makers.size(); ++i) text_ += stays(i, s, form);
      text_ += "\n";
      break;
    }
  }
}

/// States that do not hold in the widest sense asked for, those first that the fewest leave.
void GamePage::losses() {
  if (!explains() || space_.count() > kListedStates) return;
  static constexpr std::pair<const char*, Concept> kWidest[] = {{"gmr", Concept::gmr},
                                                                {"seq", Concept::seq},
                                                                {"smr", Concept::smr},
                                                                {"ssym", Concept::ssym},
                                                                {"nash", Concept::nash}};
  for (const auto& [name, form] : kWidest) {
    const Verdict* v = verdict(name);
    if (v == nullptr) continue;
    std::vector<std::pair<std::size_t, State>> states;
    for (State s = 0; s < space_.count(); ++s) {
      std::size_t leavers = 0;
      for (const auto& own : v->stable) leavers += own.has(s) ? 0 : 1;
      if (leavers > 0) states.emplace_back(leavers, s);
    }
    if (states.empty()) return;
    std::stable_sort(states.begin(), states.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    text_ += fmt::format("## Why others do not ({} of {} states, {})\n\n", counted(states.size()),
                         counted(space_.count()), name);
    for (std::size_t k = 0; k < states.size() && k < kExplained; ++k) {
      const State s = states[k].second;
      text_ += wrapped(fmt::format("**State {}**:", words(s)));
      for (std::size_t i = 0; i < game_.decision_makers.size(); ++i) {
        if (v->stable[i].has(s)) continue;
        for (const Temptation& temptation : temptations(*findings_.graph, answer_.ranks, form, i, s)) {
          if (temptation.deterred) continue;
          text_ += bullet(move(i, s, form, temptation) + ".");
          break;
        }
      }
      text_ += "\n";
    }
    if (states.size() > kExplained)
      text_ += fmt::format("... and {} more\n\n", counted(states.size() - kExplained));
    return;
  }
}

void GamePage::history() {
  if (findings_.graph == nullptr || !findings_.status_quo || space_.count() > kListedStates) return;
  const State start = *findings_.status_quo;
  const Evolution moves(*findings_.graph, start), gains(*findings_.graph, start, &answer_.ranks);
  text_ += fmt::format("## From where things stand: state {}\n\n", words(start));
  if (holding_.empty()) return;
  for (std::size_t k = 0; k < holding_.size() && k < kListedPaths; ++k) {
    const State s = holding_[k].first;
    if (s == start) {
      text_ += bullet(fmt::format("State {} is where things stand.", brief(s)));
    } else if (gains.moves(s) != Evolution::kNever) {
      text_ += bullet(fmt::format("State {} is reached by improvements alone, in {}: {}.", brief(s),
                                  plural(gains.moves(s), "move", "moves"), path_words(gains.path(s))));
    } else if (moves.moves(s) != Evolution::kNever) {
      text_ += bullet(
          fmt::format("State {} is reached in {}, but somebody must accept something worse on the way: {}.",
                      brief(s), plural(moves.moves(s), "move", "moves"), path_words(moves.path(s))));
    } else {
      text_ += bullet(fmt::format("State {} is out of reach from there.", brief(s)));
    }
  }
  text_ += "\n";
}

void GamePage::jumps() {
  for (const auto& [name, list] : findings_.jumps) {
    if (list.empty()) continue;
    text_ += fmt::format("## Equilibria ({}) that a coalition can leave together\n\n", name);
    for (std::size_t k = 0; k < list.size() && k < kListedPaths; ++k) {
      std::vector<std::string> members;
      for (std::size_t i = 0; i < game_.decision_makers.size(); ++i)
        if ((list[k].coalition >> i & 1U) != 0) members.push_back(who(i));
      text_ += bullet(
          fmt::format("{} can go together from state {} to state {}, which holds as well and is better "
                      "for each of them.",
                      listed(members), words(list[k].from), words(list[k].to)));
    }
    text_ += "\n";
  }
}

void GamePage::inverse() {
  if (!findings_.wish) return;
  text_ += fmt::format("## What would make state {} hold\n\n", words(*findings_.wish));
  const std::string wish = brief(*findings_.wish);
  for (const auto& inverse : findings_.inverse)
    for (std::size_t i = 0; i < inverse.by_dm.size(); ++i) {
      if (!inverse.by_dm[i]) {
        text_ +=
            bullet(fmt::format("{}, for {}: not worked out (too large, or stopped).", inverse.name, who(i)));
        continue;
      }
      const auto& answer = *inverse.by_dm[i];
      if (answer.conditions.empty()) {
        text_ += bullet(fmt::format("{}, for {}: {}.", inverse.name, who(i),
                                    answer.complete ? "no preference of its own would do"
                                                    : "no condition was found before the limit"));
        continue;
      }
      if (answer.places == 0) {
        text_ += bullet(fmt::format("{}: it holds for {} as things are.", inverse.name, who(i)));
        continue;
      }
      std::vector<std::string> sets;
      for (std::size_t c = 0; c < answer.conditions.size() && c < kListedConditions; ++c) {
        std::vector<std::string> states;
        for (const State s : answer.conditions[c]) states.push_back(brief(s));
        sets.push_back(listed(states));
      }
      text_ += bullet(
          fmt::format("{}: {} would have to find none better than {} of: {}{}. The closest to its ranking: "
                      "{} rises by {}.",
                      inverse.name, who(i), wish, fmt::join(sets, "; or of: "),
                      answer.conditions.size() > kListedConditions
                          ? fmt::format("; or {} other sets", answer.conditions.size() - kListedConditions)
                          : "",
                      wish, plural(answer.places, "place", "places")));
    }
  text_ += joint_inverse_text(game_, space_, findings_) + "\n";
}

}  // namespace

std::string state_words(const GraphGame& game, const Space& space, State state) {
  const std::string number = std::to_string(space.number(state));
  if (!game.states.empty() && !game.states[state].label.empty())
    return fmt::format("{} ({})", number, inert_name(game.states[state].label));
  if (game.issues.empty() || !space.has_levels()) return number;
  std::vector<std::string> taken;
  for (std::size_t k = 0; k < game.issues.size(); ++k) {
    const int level = space.level(state, k);
    if (level <= 0) continue;
    const std::string name =
        inert_name(game.issues[k].name.empty() ? fmt::format("option {}", k) : game.issues[k].name);
    taken.push_back(level == 1 ? name : fmt::format("{} {}", name, level));
  }
  return fmt::format("{} ({})", number,
                     taken.empty() ? "no option taken" : fmt::format("{}", fmt::join(taken, "; ")));
}

std::string stability_text(const std::string& title, const GraphGame& game, const Space& space,
                           const Answer& answer, const StabilityFindings& findings) {
  return markdown(GamePage(title, game, space, answer, findings).write());
}

}  // namespace parley::report
