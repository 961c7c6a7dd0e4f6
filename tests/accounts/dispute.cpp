// SPDX-License-Identifier: MIT
#include "accounts/dispute.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parley::testing {
namespace {

using Names = std::vector<std::size_t>;

struct Issue {
  std::size_t name;
  std::vector<std::string> levels;
  Names movers;  ///< several: joint; one: chosen; none: nature
  [[nodiscard]] bool joint() const { return movers.size() > 1; }
};

class Drafter {
 public:
  explicit Drafter(Choices& choices) : choices_(choices) {}

  Dispute draft() {
    who();
    what();
    tables();
    wants();
    course();
    asked();
    rival();
    return std::move(dispute_);
  }

 private:
  std::size_t name(const char* stem) {
    dispute_.names.push_back(fmt::format("{}{}", stem, dispute_.names.size()));
    return dispute_.names.size() - 1;
  }
  std::size_t row(const char* block, const char* stem, std::string fields) {
    const std::size_t id = name(stem);
    dispute_.rows.push_back({block, id, std::move(fields)});
    return id;
  }
  static std::string mark(std::size_t name) { return fmt::format("<{}>", name); }
  static std::string set(const Names& names) {
    std::vector<std::string> marks;
    for (const auto each : names) marks.push_back(mark(each));
    return fmt::format("[|{}|]", fmt::join(marks, "|"));
  }
  bool some(std::size_t of) { return choices_.below(of) != 0; }  ///< most often
  bool rare(std::size_t of) { return choices_.one_in(of); }

  // ---- who, and what it is about
  void who() {
    const std::size_t n = 2 + choices_.below(2);
    for (std::size_t i = 0; i < n; ++i) actors_.push_back(row("actors", "actor", "is: a side"));
    parties_ = {actors_[0], actors_[1]};
    if (n > 2 && rare(3)) parties_.push_back(actors_[2]);
    if (rare(4)) group_ = row("groups", "group", "surely: " + set({actors_.back()}) + ", is: a group");
    if (rare(3))
      assumption_ = row("assumptions", "assumed", "is: a share, range: " + range() + ", owner: analyst");
  }

  void what() {
    const std::size_t joint = 1 + choices_.below(3), chosen = choices_.below(3);
    for (std::size_t i = 0; i < joint; ++i) issue(parties_);
    for (std::size_t i = 0; i < chosen; ++i) issue({choices_.of(actors_)});
    if (rare(3)) issue({});
    if (some(3)) quantities_.push_back(row("quantities", "quantity", "is: a number"));
    if (some(2)) quantities_.push_back(row("quantities", "quantity", "is: another number"));
    if (rare(3))
      part_ = row("parts", "part", "of: " + mark(parties_[0]) + ", ratifies: " + set({issues_[0].name}));
  }

  void issue(const Names& movers) {
    Issue made{0, {"low", "high"}, movers};
    if (choices_.below(2) == 0) made.levels = {"low", "middle", "high"};
    std::string fields = movers.size() > 1    ? "settled_by: " + set(movers)
                         : movers.size() == 1 ? "chosen_by: " + mark(movers[0])
                                              : "nature: yes";
    fields += fmt::format(", levels: [{}]", fmt::join(made.levels, ", "));
    if (some(4)) fields += ", now: " + choices_.of(made.levels);
    if (rare(8)) fields += ", never_falls: yes";
    made.name = row("issues", "issue", fields);
    issues_.push_back(made);
  }

  void tables() {
    Names joint;
    for (const auto& issue : issues_)
      if (issue.joint()) joint.push_back(issue.name);
    if (rare(4) && joint.size() < issues_.size())
      joint.push_back(issues_[joint.size()].name);  // what one side decides may be on the table
    talks_.push_back(row("talks", "talks", "parties: " + set(parties_) + ", issues: " + set(joint)));
    if (joint.size() > 1 && rare(4))  // not two tables that are alike in everything
      talks_.push_back(row("talks", "talks", "parties: " + set(parties_) + ", issues: " + set({joint[0]})));
    if (some(2)) {
      std::vector<std::string> options;
      for (const auto& issue : issues_)
        if (issue.joint() && (options.empty() || some(3)))
          options.push_back(mark(issue.name) + ": " + choices_.of(issue.levels));
      packages_.push_back(
          row("packages", "package", fmt::format("options: {{{}}}", fmt::join(options, ", "))));
    }
  }

  // ---- what each wants
  std::string range() {
    const std::size_t low = 5 * choices_.below(15);
    return fmt::format("{}% to {}%", low, low + 5 * (1 + choices_.below(5)));
  }
  std::string likelihood() {
    switch (choices_.below(5)) {
      case 0:
        return "100%";
      case 1:
        return "0%";
      case 2:
        return assumption_ != 0 ? mark(assumption_) : range();
      case 3:
        return choices_.below(2) == 0 ? "likely" : "unlikely";
      default:
        return range();
    }
  }

  std::string order_of(std::vector<std::string> things) {
    choices_.shuffle(things);
    std::string text = things[0];
    for (std::size_t i = 1; i < things.size(); ++i) text += (rare(4) ? " = " : " > ") + things[i];
    return text;
  }

  void preference(std::size_t who, const Issue& issue) {
    std::string fields = "by: " + mark(who) + ", on: " + mark(issue.name);
    const auto kind = choices_.below(6);
    if (kind == 0 && who == parties_[0]) {
      fields += ", indifferent: yes";
    } else if (kind == 1) {
      fields += choices_.below(2) == 0 ? ", wants: more" : ", wants: less";
    } else {
      const bool up = choices_.below(2) == 0;
      auto levels = issue.levels;
      if (up) std::reverse(levels.begin(), levels.end());
      const bool tie = levels.size() == 3 && rare(5);
      fields += ", order: " + (levels.size() == 2
                                   ? levels[0] + " > " + levels[1]
                                   : levels[0] + (tie ? " = " : " > ") + levels[1] + " > " + levels[2]);
      if (levels.size() == 3 && !tie && rare(3))
        fields += fmt::format(", worth: {{{}: 100%, {}: {}, {}: 0%}}", levels[0], levels[1],
                              choices_.below(2) == 0 ? "50%" : "25% to 75%", levels[2]);
    }
    row("preferences", "prefers", fields);
  }

  void position(std::size_t who, const Issue& issue) {
    static const std::vector<std::string> kStances = {"insists", "insists", "presses",
                                                      "asks",    "prefers", "refuses"};
    std::string phrase = choices_.of(issue.levels);
    if (issue.levels.size() == 3 && rare(3))
      phrase = choices_.below(2) == 0 ? "at least middle" : "at most middle";
    if (rare(8)) phrase = "not " + choices_.of(issue.levels);
    positions_.push_back(row(
        "positions", "position",
        fmt::format("by: {}, on: {}, {}: {}", mark(who), mark(issue.name), choices_.of(kStances), phrase)));
  }

  void wants() {
    for (const auto who : actors_)
      for (const auto& issue : issues_) {
        if (some(4)) preference(who, issue);
        if (rare(issue.joint() ? 4 : 12)) position(who, issue);
      }
    if (part_ != 0 && rare(2)) preference(part_, issues_[0]);
    if (part_ != 0 && rare(3)) position(part_, issues_[0]);
    if (group_ != 0 && rare(2)) position(group_, choices_.of(issues_));
    if (!packages_.empty() && rare(5))
      row("positions", "position",
          fmt::format("by: {}, on: {}, {}: whole", mark(parties_[0]), mark(packages_[0]),
                      choices_.below(2) == 0 ? "prefers" : "presses"));
    for (const auto who : parties_) {
      if (rare(2)) salience(who);
      if (rare(4)) {
        static const std::vector<std::string> kWorth = {"70%", "30%", "35%",  "50%",
                                                        "65%", "0%",  "100%", "20% to 40%"};
        row("reservations", "floor", "by: " + mark(who) + ", is: " + choices_.of(kWorth));
      }
    }
  }

  void salience(std::size_t who) {
    std::vector<std::string> things;
    for (const auto& issue : issues_) things.push_back(mark(issue.name));
    if (things.size() < 2) return;
    std::string fields = "by: " + mark(who);
    if (choices_.below(2) == 0) {
      fields += ", order: " + order_of(things);
    } else {
      // Exact weights that add up to the whole, 70 and 30 among them.
      static const std::vector<std::vector<std::string>> kWeights = {
          {"100%"},
          {"70%", "30%"},
          {"70%", "20%", "10%"},
          {"40%", "30%", "20%", "10%"},
          {"30%", "30%", "20%", "10%", "10%"},
          {"50%", "10%", "10%", "10%", "10%", "10%"}};
      const auto& weights = kWeights[std::min(things.size(), kWeights.size()) - 1];
      std::vector<std::string> parts;
      choices_.shuffle(things);
      for (std::size_t i = 0; i < std::min(things.size(), weights.size()); ++i)
        parts.push_back(things[i] + ": " + (rare(4) ? range_around(weights[i]) : weights[i]));
      fields += fmt::format(", weights: {{{}}}", fmt::join(parts, ", "));
    }
    row("saliences", "weighs", fields);
  }
  static std::string range_around(const std::string& weight) {
    const int middle = std::stoi(weight);
    return fmt::format("{}% to {}%", std::max(0, middle - 5), std::min(100, middle + 5));
  }

  // ---- what is threatened and promised, and what drives what
  std::string is(const Issue& issue) {
    const std::string level = choices_.of(issue.levels);
    if (rare(6)) return mark(issue.name) + " at least " + level;
    if (rare(8)) return mark(issue.name) + " is not " + level;
    return mark(issue.name) + " is " + level;
  }
  std::string condition() {
    switch (choices_.below(quantities_.empty() ? 6 : 7)) {
      case 0:
      case 1:
        return mark(choices_.of(talks_)) + " failed";
      case 2:
        return outcome_ != 0 ? mark(outcome_) : is(choices_.of(issues_));
      case 3:
        return is(choices_.of(issues_)) + (rare(2) ? " or " : " and ") + is(choices_.of(issues_));
      case 6:
        return mark(choices_.of(quantities_)) + (rare(2) ? " falls" : " rises");
      default:
        return is(choices_.of(issues_));
    }
  }

  void commitment() {
    const std::size_t by = choices_.of(actors_);
    std::vector<const Issue*> own;
    for (const auto& issue : issues_)
      if (issue.movers.size() == 1 && issue.movers[0] == by) own.push_back(&issue);
    std::string fields = "by: " + mark(by);
    const std::size_t to = choices_.of(actors_);
    if (to != by) fields += ", to: " + mark(to);
    const bool threat = some(3);
    fields += threat ? ", kind: threat" : ", kind: promise";
    const std::string act = is(own.empty() ? choices_.of(issues_) : *own[choices_.below(own.size())]);
    fields += (rare(6) ? ", may: " : ", will: ") + act;
    if (rare(3))
      fields += ", only_if: " + condition();
    else
      fields += ", if: " + (rare(8) ? std::string("unstated") : condition());
    if (some(2)) fields += ", carried_out: " + likelihood();
    if (rare(4) && to != by) fields += fmt::format(", believed: {{{}: {}}}", mark(to), likelihood());
    commitments_.push_back(row("commitments", "commits", fields));
  }

  void mechanism() {
    std::string fields =
        "cause: " +
        (choices_.below(3) == 0 && !quantities_.empty() ? mark(choices_.of(quantities_)) : condition());
    const auto kind = choices_.below(quantities_.empty() ? 2 : 5);
    if (kind == 0) {
      fields += (rare(4) ? ", makes_unlikely: " : ", makes_likely: ") + is(choices_.of(issues_));
      if (some(2)) fields += ", strength: " + likelihood();
    } else if (kind == 1) {
      fields += ", rules_out: " + is(choices_.of(issues_));
    } else {
      fields += (kind == 2   ? ", raises: "
                 : kind == 3 ? ", lowers: "
                             : ", moves: ") +
                set({choices_.of(quantities_)});
    }
    if (rare(6)) fields += ", latch: yes";
    mechanisms_.push_back(row("mechanisms", "drives", fields));
  }

  void course() {
    if (rare(4)) {
      const std::size_t past = row("agreements", "pact", "parties: " + set(parties_) + ", now: left");
      if (rare(2))
        row("mechanisms", "drives", "cause: " + mark(past) + " is left, rules_out: " + is(issues_[0]));
    }
    if (rare(5))
      row("history", "event",
          fmt::format("what: a year, on: 2025-06, sets: {{{}: {}}}", mark(issues_[0].name),
                      issues_[0].levels[0]));
    if (some(2)) outcome_ = row("outcomes", "outcome", "when: " + is(issues_[0]) + ", is: an outcome");
    for (std::size_t i = choices_.below(4); i > 0; --i) commitment();
    for (std::size_t i = choices_.below(5); i > 0; --i) mechanism();
    if (rare(2)) {
      std::vector<std::string> needs = {is(choices_.of(issues_))};
      if (rare(2)) needs.push_back(condition());
      row("objectives", "goal",
          fmt::format("by: {}, is: a goal, needs: [|{}|]", mark(choices_.of(actors_)),
                      fmt::join(needs, "|")));
    }
    if (quantities_.size() > 1 && rare(3))
      row("orderings", "more", fmt::format("more: {}, less: {}", mark(quantities_[0]), mark(quantities_[1])));
    if (!commitments_.empty() && rare(4))
      row("beliefs", "believes",
          fmt::format("by: {}, about: {}, believes: {}", mark(choices_.of(actors_)), mark(commitments_[0]),
                      range()));
  }

  // ---- what is asked
  void claim() {
    switch (choices_.below(9)) {
      case 7:
        row("claims", "claim", "likely: " + condition());
        break;
      case 8:
        row("claims", "claim", "unlikely: " + mark(choices_.of(talks_)) + " failed");
        break;
      case 0:
        row("claims", "claim", "entails: " + condition());
        break;
      case 1:
        row("claims", "claim", "possible: " + condition());
        break;
      case 2:
        row("claims", "claim", "sufficient: " + is(choices_.of(issues_)) + ", for: " + condition());
        break;
      case 3:
        row("claims", "claim", "necessary: " + is(choices_.of(issues_)) + ", for: " + condition());
        break;
      case 4:
        row("claims", "claim", "not_sufficient: " + is(choices_.of(issues_)) + ", for: " + condition());
        break;
      case 5:
        row("claims", "claim", "given: " + is(choices_.of(issues_)) + ", entails: " + condition());
        break;
      default:
        row("claims", "claim", "likelier: " + condition() + ", than: " + condition());
    }
  }

  void asked() {
    for (std::size_t i = choices_.below(4); i > 0; --i) claim();
    if (!positions_.empty() && rare(2))
      row("alternatives", "reading",
          "without: " + set({choices_.of(positions_)}) + ", because: another reading");
    if (!mechanisms_.empty() && rare(3))
      row("alternatives", "reading",
          "without: " + set({choices_.of(mechanisms_)}) + ", because: another reading");
  }

  void rival() {
    if (!rare(2)) return;
    const std::size_t before = dispute_.rows.size();
    position(parties_[0], issues_[0]);
    if (rare(2)) mechanism();
    dispute_.rival.assign(dispute_.rows.begin() + static_cast<std::ptrdiff_t>(before), dispute_.rows.end());
    dispute_.rows.resize(before);
  }

  Choices& choices_;
  Dispute dispute_;
  Names actors_, parties_, talks_, quantities_, packages_, positions_, commitments_, mechanisms_;
  std::vector<Issue> issues_;
  std::size_t group_ = 0, assumption_ = 0, part_ = 0, outcome_ = 0;  ///< 0: none (0 is an actor)
};

}  // namespace

Dispute random_dispute(Choices& choices) { return Drafter(choices).draft(); }

}  // namespace parley::testing
