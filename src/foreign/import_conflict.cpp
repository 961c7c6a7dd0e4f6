// SPDX-License-Identifier: MIT
#include "foreign/import_conflict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>

#include "stability/ranks.hpp"

namespace parley::foreign {
namespace {

using stability::Direction;
using stability::GraphGame;
using stability::Space;
using stability::State;

constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kMostLevels = 20;  // of one issue of an account

/// Words that no id may be.
constexpr std::array<std::string_view, 36> kTaken = {
    "yes",   "no",   "on",      "off",      "true",   "false",  "null",    "none",   "y",
    "n",     "and",  "or",      "not",      "unless", "ever",   "for",     "is",     "at",
    "least", "most", "more",    "less",     "than",   "rises",  "falls",   "failed", "every",
    "any",   "of",   "unknown", "unstated", "whole",  "author", "analyst", "file",   "nature"};

/// The conflict as issues with owners, whatever form it came in.
struct Form {
  std::vector<stability::Issue> issues;
  std::vector<std::vector<int>> states;        ///< levels of each state
  std::vector<stability::Pattern> impossible;  ///< what cannot be
};

bool differ_only_in_own(const Form& form, std::size_t dm, State s, State t) {
  for (std::size_t k = 0; k < form.issues.size(); ++k) {
    const int a = form.states[s][k], b = form.states[t][k];
    if (a == b) continue;
    const stability::Issue& issue = form.issues[k];
    if (issue.owner != static_cast<int>(dm)) return false;
    if (issue.direction == Direction::up && b < a) return false;
    if (issue.direction == Direction::down && b > a) return false;
  }
  return s != t;
}

std::string number(const GraphGame& game, State s) { return std::to_string(game.states[s].number); }

/// Do joint changes of own issues, and nothing else, make the arcs?
std::string misfit(const GraphGame& game, const Form& form) {
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm) {
    std::set<std::pair<State, State>> arcs;
    for (const auto& arc : game.moves[dm]) arcs.insert({arc.from, arc.to});
    for (State s = 0; s < form.states.size(); ++s)
      for (State t = 0; t < form.states.size(); ++t) {
        const bool moves = arcs.contains({s, t}), said = differ_only_in_own(form, dm, s, t);
        if (moves == said) continue;
        return fmt::format(
            "the moves of {} are not the joint changes of options of its own: from {} to {} there is {}",
            game.decision_makers[dm], number(game, s), number(game, t),
            moves ? "a move, and the options say that there is none"
                  : "no move, and the options say that there is one");
      }
  }
  return "";
}

/// Who changes each issue, and in which directions.
std::string find_owners(const GraphGame& game, Form& form) {
  for (std::size_t k = 0; k < form.issues.size(); ++k) {
    stability::Issue& issue = form.issues[k];
    bool up = false, down = false;
    int owner = -1;
    for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm)
      for (const auto& arc : game.moves[dm]) {
        const int a = form.states[arc.from][k], b = form.states[arc.to][k];
        if (a == b) continue;
        if (owner >= 0 && owner != static_cast<int>(dm))
          return fmt::format("`{}` is changed by more than one decision maker", issue.name);
        owner = static_cast<int>(dm);
        up = up || b > a;
        down = down || b < a;
      }
    if (owner >= 0) issue.owner = owner;
    issue.direction = up == down ? Direction::both : up ? Direction::up : Direction::down;
  }
  return "";
}

/// A graph without options: each decision maker has one issue, whose levels are what the others' moves leave
/// as it is.
void make_coordinates(const GraphGame& game, Form& form) {
  const std::size_t n = game.states.size();
  form.states.assign(n, {});
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm) {
    std::vector<std::size_t> head(n);
    std::iota(head.begin(), head.end(), std::size_t{0});
    const auto find = [&](std::size_t s) {
      while (head[s] != s) s = head[s];
      return s;
    };
    for (std::size_t other = 0; other < game.decision_makers.size(); ++other)
      if (other != dm)
        for (const auto& arc : game.moves[other]) {
          const std::size_t a = find(arc.from), b = find(arc.to);
          head[std::max(a, b)] = std::min(a, b);
        }
    std::map<std::size_t, int> level;
    for (std::size_t s = 0; s < n; ++s)
      form.states[s].push_back(level.emplace(find(s), static_cast<int>(level.size())).first->second);
    form.issues.push_back({fmt::format("choice of {}", game.decision_makers[dm]), static_cast<int>(dm),
                           std::max(2, static_cast<int>(level.size())), Direction::both});
  }
}

/// Vectors of levels that are no state, each a pattern of its own.
std::string find_impossible(Form& form) {
  std::set<std::vector<int>> there(form.states.begin(), form.states.end());
  if (there.size() < form.states.size())
    return "two states have the same options: there are no words for what tells them apart";
  double product = 1;
  for (const auto& issue : form.issues) product *= issue.levels;
  if (product - static_cast<double>(there.size()) > static_cast<double>(kMostImportedBans))
    return fmt::format("more than {} combinations of options are no state", kMostImportedBans);
  std::vector<int> levels(form.issues.size(), 0);
  for (;;) {
    if (!there.contains(levels)) {
      stability::Pattern pattern;
      for (std::size_t k = 0; k < levels.size(); ++k) pattern.push_back({static_cast<int>(k), levels[k]});
      form.impossible.push_back(std::move(pattern));
    }
    std::size_t k = 0;
    while (k < levels.size() && ++levels[k] == form.issues[k].levels) levels[k++] = 0;
    if (k == levels.size()) return "";
  }
}

tl::expected<Form, std::string> form_of(const GraphGame& game, const Space& space) {
  Form form;
  if (game.option_form()) {
    form.issues = game.issues;
    form.impossible = game.infeasible;
    for (State s = 0; s < space.count(); ++s) {
      form.states.emplace_back();
      for (std::size_t k = 0; k < game.issues.size(); ++k) form.states.back().push_back(space.level(s, k));
    }
    return form;
  }
  const bool options =
      !game.issues.empty() && std::all_of(game.states.begin(), game.states.end(), [&](const auto& state) {
        return state.levels.size() == game.issues.size() &&
               std::none_of(state.levels.begin(), state.levels.end(), [](int l) { return l < 0; });
      });
  if (!game.issues.empty() && !options)
    return tl::make_unexpected(
        "some states do not say all options: there are no words for states that count as one");
  if (options) {
    form.issues = game.issues;
    for (const auto& state : game.states) form.states.push_back(state.levels);
    if (std::string wrong = find_owners(game, form); !wrong.empty())
      return tl::make_unexpected(std::move(wrong));
  } else {
    make_coordinates(game, form);
  }
  if (std::string wrong = find_impossible(form); !wrong.empty()) return tl::make_unexpected(std::move(wrong));
  if (std::string wrong = misfit(game, form); !wrong.empty()) return tl::make_unexpected(std::move(wrong));
  return form;
}

/// What the language has no words for.
std::string unsayable(const GraphGame& game, const Space& space) {
  if (!game.merged.empty()) return "there are no words for states that count as one";
  for (const auto& unseen : game.not_perceived)
    if (!unseen.empty()) return "there are no words for states that a decision maker does not perceive";
  for (std::size_t i = 0; i < game.preferences.size(); ++i) {
    if (!game.preferences[i].complete())
      return fmt::format(
          "the preferences of {} are not all known: an order that is left out would be unknown "
          "in every world, which is not the same",
          game.decision_makers[i]);
    if (!game.preferences[i].bands.empty())
      return fmt::format("there are no words for the strength of {}'s preferences", game.decision_makers[i]);
  }
  if (space.count() > kMostImportedStates)
    return fmt::format("{} states: whole orders are said one outcome each for at most {}", space.count(),
                       kMostImportedStates);
  return "";
}

class Writer {
 public:
  Writer(const GraphGame& game, const Space& space, Form form)
      : game_(game), space_(space), form_(std::move(form)) {}

  tl::expected<ImportedAccount, std::string> write(const std::string& account, const std::string& title);

 private:
  std::string word(std::size_t issue, int level) const {
    return form_.issues[issue].levels == 2 ? (level == 0 ? "absent" : "taken")
                                           : fmt::format("level-{}", level + 1);
  }
  std::string condition(const stability::Pattern& pattern, std::size_t from, std::size_t to) const;
  std::string states_and_orders() const;
  std::string issues() const;
  std::string bans() const;
  std::string unique(const std::string& words, const std::string& otherwise);
  static std::string quoted(const std::string& words);

  const GraphGame& game_;
  const Space& space_;
  Form form_;
  ImportedAccount out_;
  std::set<std::string> used_;
  std::vector<std::vector<stability::Rank>> ranks_;
};

std::string Writer::quoted(const std::string& words) {
  std::string text = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') text += '\\';
    text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return text + "\"";
}

std::string Writer::unique(const std::string& words, const std::string& otherwise) {
  std::string id = id_of(words, otherwise);
  while (!used_.insert(id).second) id += "_";
  return id;
}

std::string Writer::condition(const stability::Pattern& pattern, std::size_t from, std::size_t to) const {
  std::vector<std::string> parts;
  for (std::size_t l = from; l < to; ++l) {
    const auto issue = static_cast<std::size_t>(pattern[l].issue);
    parts.push_back(fmt::format("{} is {}", out_.issues[issue], word(issue, pattern[l].level)));
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

std::string Writer::issues() const {
  std::string text = "issues:\n";
  std::vector<int> now;
  if (const auto present = game_.has_status_quo ? space_.find(game_.status_quo) : std::nullopt)
    now = form_.states[*present];
  for (std::size_t k = 0; k < form_.issues.size(); ++k) {
    const stability::Issue& issue = form_.issues[k];
    std::vector<std::string> levels;
    for (int l = 0; l < issue.levels; ++l) levels.push_back(word(k, l));
    if (issue.direction == Direction::down) std::reverse(levels.begin(), levels.end());
    text += fmt::format("  {}:\n    is: {}\n    chosen_by: {}\n    levels: [{}]\n", out_.issues[k],
                        quoted(issue.name), out_.actors[static_cast<std::size_t>(issue.owner)],
                        fmt::join(levels, ", "));
    if (!now.empty()) text += fmt::format("    now: {}\n", word(k, now[k]));
    if (issue.direction != Direction::both) text += "    never_falls: yes\n";
  }
  return text;
}

/// A pattern of several literals: the last cannot be where the others are. Of one: it never can.
std::string Writer::bans() const {
  std::string text;
  for (std::size_t n = 0; n < form_.impossible.size(); ++n) {
    const auto& pattern = form_.impossible[n];
    if (pattern.empty()) continue;
    std::string cause = condition(pattern, 0, pattern.size() - 1);
    if (cause.empty()) {
      const auto issue = static_cast<std::size_t>(pattern[0].issue);
      std::vector<std::string> any;
      for (int l = 0; l < form_.issues[issue].levels; ++l) any.push_back(word(issue, l));
      cause = fmt::format("{} is {}", out_.issues[issue], fmt::join(any, " or "));
    }
    text += fmt::format("  impossible_{}: {{cause: {}, rules_out: {}}}\n", n + 1, cause,
                        condition(pattern, pattern.size() - 1, pattern.size()));
  }
  return text.empty() ? "" : "mechanisms:\n" + text;
}

/// Every state is an outcome; "at least as good as rank k" is one, too; and who wants all of these to happen
/// has exactly this order, whatever it weighs: going down a rank loses one, and gains none.
std::string Writer::states_and_orders() const {
  std::string outcomes, wants;
  std::vector<std::string> names;
  for (State s = 0; s < form_.states.size(); ++s) {
    names.push_back(fmt::format("s_{}", s));
    stability::Pattern pattern;
    for (std::size_t k = 0; k < form_.issues.size(); ++k)
      pattern.push_back({static_cast<int>(k), form_.states[s][k]});
    outcomes += fmt::format("  {}: {{when: {}, is: state {}}}\n", names.back(),
                            condition(pattern, 0, pattern.size()), space_.number(s));
  }
  for (std::size_t i = 0; i < ranks_.size(); ++i) {
    const stability::Rank last = *std::max_element(ranks_[i].begin(), ranks_[i].end());
    for (stability::Rank r = 0; r < last; ++r) {
      std::vector<std::string> good;
      for (State s = 0; s < names.size(); ++s)
        if (ranks_[i][s] <= r) good.push_back(names[s]);
      const std::string id = fmt::format("good_{}_{}", i + 1, r + 1);
      outcomes += fmt::format("  {}: {{when: {}, is: rank {} or better for {}}}\n", id,
                              fmt::join(good, " or "), r + 1, out_.actors[i]);
      wants +=
          fmt::format("  want_{}_{}: {{by: {}, on: {}, wants: happens}}\n", i + 1, r + 1, out_.actors[i], id);
    }
    for (std::size_t k = 0; k < out_.issues.size(); ++k)
      wants += fmt::format("  only_{}_{}: {{by: {}, on: {}, indifferent: yes}}\n", i + 1, k + 1,
                           out_.actors[i], out_.issues[k]);
  }
  return "outcomes:\n" + outcomes + "preferences:\n" + wants;
}

tl::expected<ImportedAccount, std::string> Writer::write(const std::string& account,
                                                         const std::string& title) {
  for (std::size_t k = 0; k < form_.issues.size(); ++k) {
    if (form_.issues[k].owner < 0)
      return tl::make_unexpected(fmt::format(
          "nobody owns `{}`: what nobody decides stays as it is in an account", form_.issues[k].name));
    if (form_.issues[k].levels > static_cast<int>(kMostLevels))
      return tl::make_unexpected(
          fmt::format("`{}` has more than {} levels", form_.issues[k].name, kMostLevels));
  }
  for (std::size_t i = 0; i < game_.decision_makers.size(); ++i) {
    auto ranks = stability::ranks_of(game_, space_, i);
    if (!ranks) return tl::make_unexpected(std::move(ranks.error()));
    ranks_.push_back(std::move(*ranks));
    out_.actors.push_back(unique(game_.decision_makers[i], fmt::format("dm_{}", i + 1)));
  }
  // Numbered, so that the focus has them in the order of the file.
  const auto digits = std::to_string(form_.issues.size()).size();
  for (std::size_t k = 0; k < form_.issues.size(); ++k) {
    std::string place = std::to_string(k + 1);
    place.insert(0, digits - place.size(), '0');
    out_.issues.push_back(
        unique(fmt::format("o{}_{}", place, id_of(form_.issues[k].name, "option")), "o" + place));
  }
  out_.has_present = game_.has_status_quo;
  std::string text = fmt::format(
      "# SPDX-License-Identifier: MIT\n# Imported by `parley import`. Whole orders over states are said by "
      "outcomes that "
      "hold one another\n# (docs/foreign-formats.md, \"Imported accounts\"); their numbers are those of the "
      "file.\n"
      "parley: 1\naccount: {}\ntitle: {}\nsources: {{file: {{title: {}, standpoint: document}}}}\nfrom: "
      "file\nactors:\n",
      account, quoted(title), quoted(title));
  for (std::size_t i = 0; i < out_.actors.size(); ++i)
    text += fmt::format("  {}: {}\n", out_.actors[i], quoted(game_.decision_makers[i]));
  out_.text = text + issues() + bans() + states_and_orders();
  return out_;
}

}  // namespace

std::string id_of(const std::string& words, const std::string& otherwise) {
  std::string id;
  for (const char c : words) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
    if (letter || digit)
      id += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    else if (!id.empty() && id.back() != '_')
      id += '_';
    if (id.size() == kLongestWord) break;
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  const bool usable = !id.empty() && id[0] >= 'a' && id[0] <= 'z' &&
                      std::find(kTaken.begin(), kTaken.end(), id) == kTaken.end();
  return usable ? id : otherwise;
}

tl::expected<ImportedAccount, std::string> conflict_account(const GraphGame& game, const Space& space,
                                                            const std::string& account,
                                                            const std::string& title) {
  if (std::string why = unsayable(game, space); !why.empty()) return tl::make_unexpected(std::move(why));
  auto form = form_of(game, space);
  if (!form) return tl::make_unexpected(std::move(form.error()));
  return Writer(game, space, std::move(*form)).write(account, title);
}

}  // namespace parley::foreign
