// SPDX-License-Identifier: MIT
#include "foreign/import_conflict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_set>

#include "expression/characters.hpp"
#include "foreign/import_form.hpp"
#include "foreign/names.hpp"
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

/// What the language has no words for.
std::string unsayable(const GraphGame& game) {
  if (game.decision_makers.size() < 2)
    return "there is one decision maker, and a game of an account has at least two sides";
  for (std::size_t i = 0; i < game.preferences.size(); ++i) {
    if (!game.preferences[i].complete())
      return fmt::format(
          "the preferences of {} are not all known: an order that is left out would be unknown "
          "in every world, which is not the same",
          game.decision_makers[i]);
    if (!game.preferences[i].bands.empty())
      return fmt::format("there are no words for the strength of {}'s preferences", game.decision_makers[i]);
  }
  return "";
}

class Writer {
 public:
  Writer(const GraphGame& game, const Space& space, ImportForm form, const UsableId& usable)
      : game_(game), space_(space), form_(std::move(form)), usable_(usable) {}

  tl::expected<ImportedAccount, std::string> write(const std::string& account, const std::string& title);

 private:
  std::string word(std::size_t issue, int level) const {
    return form_.issues[issue].levels == 2 ? (level == 0 ? "absent" : "taken")
                                           : fmt::format("level-{}", level + 1);
  }
  std::string condition(const stability::Pattern& pattern, std::size_t from, std::size_t to) const;
  std::string states_and_orders() const;
  std::string missing_moves() const;
  std::optional<stability::Pattern> box_of(const Flags& set) const;
  std::string one_by_one(const Flags& set) const;
  std::string state_words(State s) const;
  void leave_out();
  std::size_t first_vector(State s) const {
    return static_cast<std::size_t>(std::find(form_.state_of.begin(), form_.state_of.end(), s) -
                                    form_.state_of.begin());
  }
  std::string issue_name(std::size_t k) const {
    return form_.issues[k].name.empty() ? fmt::format("option {}", k) : form_.issues[k].name;
  }
  std::string issues() const;
  std::string bans() const;
  std::string unique(const std::string& words, const std::string& otherwise);
  static bool numbered(const std::string& id);
  static std::string quoted(const std::string& words);

  const GraphGame& game_;
  const Space& space_;
  ImportForm form_;
  const UsableId& usable_;
  ImportedAccount out_;
  std::set<std::string> used_;
  std::vector<std::vector<stability::Rank>> ranks_;
};

/// Between quotation marks of YAML: what accounts refuse is left out, and what is too long cut.
std::string Writer::quoted(const std::string& words) {
  std::unordered_set<std::string> none;
  std::string text = "\"";
  for (const char c : made_name(words, "without a name", none).name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

/// Ids of rows that the writer numbers are nobody's.
bool Writer::numbered(const std::string& id) {
  for (const std::string_view prefix : {"s_", "good_", "want_", "only_", "stays_", "impossible_"})
    if (id.starts_with(prefix)) return true;
  return id.size() > 1 && id[0] == 'o' && id[1] >= '0' && id[1] <= '9';
}

std::string Writer::unique(const std::string& words, const std::string& otherwise) {
  std::string id = id_of(words, otherwise, usable_);
  if (numbered(id)) id = otherwise;
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
    now = form_.vectors[first_vector(*present)];
  for (std::size_t k = 0; k < form_.issues.size(); ++k) {
    const stability::Issue& issue = form_.issues[k];
    std::vector<std::string> levels;
    for (int l = 0; l < issue.levels; ++l) levels.push_back(word(k, l));
    if (issue.direction == Direction::down) std::reverse(levels.begin(), levels.end());
    text += fmt::format("  {}:\n    is: {}\n    chosen_by: {}\n    levels: [{}]\n", out_.issues[k],
                        quoted(issue_name(k) + (form_.decided[k] ? "" : " (nobody decides it)")),
                        out_.actors[static_cast<std::size_t>(issue.owner)], fmt::join(levels, ", "));
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

/// The levels that a set of vectors has in common, where these make it out; else nothing.
std::optional<stability::Pattern> Writer::box_of(const Flags& set) const {
  const auto first = static_cast<std::size_t>(std::find(set.begin(), set.end(), true) - set.begin());
  stability::Pattern common;
  for (std::size_t k = 0; k < form_.issues.size(); ++k) {
    bool same = true;
    for (std::size_t v = 0; v < set.size(); ++v)
      same = same && (!set[v] || form_.vectors[v][k] == form_.vectors[first][k]);
    if (same) common.push_back({static_cast<int>(k), form_.vectors[first][k]});
  }
  for (std::size_t v = 0; v < set.size(); ++v)
    if (!set[v] && stability::matches(common, form_.vectors[v])) return std::nullopt;
  return common;
}

std::string Writer::one_by_one(const Flags& set) const {
  std::vector<std::string> names;
  for (std::size_t v = 0; v < set.size(); ++v)
    if (set[v]) names.push_back(fmt::format("s_{}", v));
  return fmt::format("{}", fmt::join(names, " or "));
}

/// `will V only_if C` keeps its maker from going to where C does not hold, unless V holds where it stands. So
/// with "not there" for V and "not here" for C it keeps it from going from there to here.
std::string Writer::missing_moves() const {
  // What commitments touch comes first in a focus. Where they touch all issues, or none, a focus has the
  // order of the file, and its states the file's numbers: so one row names its states.
  std::set<int> touched;
  for (const MissingMoves& row : form_.missing)
    for (const Flags* set : {&row.from, &row.to})
      if (const auto box = box_of(*set))
        for (const stability::Literal& literal : *box) touched.insert(literal.issue);
      else
        for (std::size_t k = 0; k < form_.issues.size(); ++k) touched.insert(static_cast<int>(k));
  std::string text;
  for (std::size_t n = 0; n < form_.missing.size(); ++n) {
    const MissingMoves& row = form_.missing[n];
    const auto words = [&](const Flags& set, bool names) {
      const auto box = names ? std::nullopt : box_of(set);
      return box ? condition(*box, 0, box->size()) : one_by_one(set);
    };
    text += fmt::format(
        "  stays_{}: {{by: {}, will: not ({}), only_if: not ({})}}\n", n + 1, out_.actors[row.owner],
        words(row.from, n == 0 && touched.size() < form_.issues.size()), words(row.to, false));
  }
  if (text.empty()) return "";
  return "# Moves that the conflict does not have: who stands where `will` does not hold cannot go to where "
         "`only_if` does not.\ncommitments:\n" +
         text;
}

/// Every state is an outcome; "at least as good as rank k" is one, too; and who wants all of these to happen
/// has exactly this order, whatever it weighs: going down a rank loses one, and gains none.
std::string Writer::states_and_orders() const {
  std::string outcomes, wants;
  std::vector<std::string> names;
  for (std::size_t v = 0; v < form_.vectors.size(); ++v) {
    names.push_back(fmt::format("s_{}", v));
    stability::Pattern pattern;
    for (std::size_t k = 0; k < form_.issues.size(); ++k)
      pattern.push_back({static_cast<int>(k), form_.vectors[v][k]});
    outcomes += fmt::format("  {}: {{when: {}, is: {}}}\n", names.back(),
                            condition(pattern, 0, pattern.size()), quoted(state_words(form_.state_of[v])));
  }
  for (std::size_t i = 0; i < ranks_.size(); ++i) {
    const stability::Rank last = *std::max_element(ranks_[i].begin(), ranks_[i].end());
    for (stability::Rank r = 0; r < last; ++r) {
      std::vector<std::string> good;
      for (std::size_t v = 0; v < names.size(); ++v)
        if (ranks_[i][form_.state_of[v]] <= r) good.push_back(names[v]);
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

std::string Writer::state_words(State s) const {
  std::string words = fmt::format("state {}", space_.number(s));
  if (s < game_.states.size() && !game_.states[s].label.empty()) words += ": " + game_.states[s].label;
  return words;
}

/// What the equilibria do not need, and the account does not say.
void Writer::leave_out() {
  if (!form_.without_options.empty())
    out_.left_out.push_back(
        fmt::format("the options: {}; what a side changes is one choice of it", form_.without_options));
  for (std::size_t i = 0; i < game_.not_perceived.size(); ++i)
    if (!game_.not_perceived[i].empty())
      out_.left_out.push_back(
          fmt::format("that {} does not perceive some states: its moves from and to them are left out, and "
                      "nothing more is said",
                      game_.decision_makers[i]));
  for (const auto& belief : game_.beliefs)
    out_.left_out.push_back(fmt::format("what {} takes the preferences of {} to be",
                                        game_.decision_makers[belief.by], game_.decision_makers[belief.of]));
}

tl::expected<ImportedAccount, std::string> Writer::write(const std::string& account,
                                                         const std::string& title) {
  for (const stability::Issue& issue : form_.issues)
    if (issue.levels > static_cast<int>(kMostLevels))
      return tl::make_unexpected(fmt::format("`{}` has more than {} levels", issue.name, kMostLevels));
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
    std::string id = fmt::format("o{}_{}", place, id_of(form_.issues[k].name, "option"));
    while (!used_.insert(id).second) id += "_";
    out_.issues.push_back(std::move(id));
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
  out_.text = text + issues() + bans() + missing_moves() + states_and_orders();
  leave_out();
  std::size_t product = 1;
  for (const stability::Issue& issue : form_.issues) product *= static_cast<std::size_t>(issue.levels);
  out_.needs_focus = form_.issues.size() > kMostUnnamedIssues || product > kMostUnnamedVectors;
  for (std::size_t v = 0; v < form_.vectors.size(); ++v) {
    out_.situations.push_back({{}, space_.number(form_.state_of[v])});
    for (std::size_t k = 0; k < form_.issues.size(); ++k)
      out_.situations.back().levels.push_back(word(k, form_.vectors[v][k]));
  }
  return out_;
}

}  // namespace

std::string id_of(const std::string& words, const std::string& otherwise, const UsableId& usable) {
  std::string id;
  for (const char c : expression::plain_text(words)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
    if (letter || digit)
      id += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    else if (!id.empty() && id.back() != '_')
      id += '_';
    if (id.size() == kLongestWord) break;
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  const bool good = !id.empty() && id[0] >= 'a' && id[0] <= 'z' &&
                    std::find(kTaken.begin(), kTaken.end(), id) == kTaken.end();
  return good && (!usable || usable(id)) ? id : otherwise;
}

tl::expected<ImportedAccount, std::string> conflict_account(const GraphGame& game, const Space& space,
                                                            const std::string& account,
                                                            const std::string& title,
                                                            const UsableId& usable) {
  if (std::string why = unsayable(game); !why.empty()) return tl::make_unexpected(std::move(why));
  const auto too_many = [](std::size_t states) {
    return tl::make_unexpected(fmt::format("{} states: whole orders are said one outcome each for at most {}",
                                           states, kMostImportedStates));
  };
  if (space.count() > kMostImportedStates) return too_many(space.count());
  const auto graph = stability::make_graph(game, space);
  if (!graph) return tl::make_unexpected(graph.error());
  auto form = import_form(game, space, *graph);
  if (!form) return tl::make_unexpected(std::move(form.error()));
  if (form->vectors.size() > kMostImportedStates) return too_many(form->vectors.size());
  return Writer(game, space, std::move(*form), usable).write(account, title);
}

}  // namespace parley::foreign
