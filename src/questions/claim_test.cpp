// SPDX-License-Identifier: MIT
#include "questions/claim_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "questions/intervene.hpp"

namespace parley::questions {

using account::Row;
using expression::Tree;
using framing::Change;
using framing::Forced;
using framing::Formula;
using framing::LevelMask;
using framing::RowSet;
using Status = Tested::Status;

namespace {

constexpr const char* kStatements[] = {"positions",   "preferences", "saliences", "reservations",
                                       "commitments", "mechanisms",  "orderings", "objectives",
                                       "beliefs",     "warnings",    "history",   "outcomes"};
constexpr const char* kDeclarations[] = {"issues", "relations", "quantities", "agreements"};

bool one_of(const auto& list, const std::string& word) {
  return std::any_of(std::begin(list), std::end(list), [&](const char* each) { return word == each; });
}

bool speaks_of_time(const Tree& tree) {
  return tree.node == expression::Node::ever || tree.node == expression::Node::lasting ||
         std::any_of(tree.parts.begin(), tree.parts.end(), speaks_of_time);
}

/// Does it ask for some of a group whose members are not all named?
bool some_of_open(const Tree& tree, const framing::Situation& s) {
  return std::any_of(tree.subject.arguments.begin(), tree.subject.arguments.end(),
                     [&](const expression::Argument& argument) {
                       return (argument.quantifier == expression::Quantifier::any ||
                               argument.quantifier == expression::Quantifier::at_least) &&
                              s.open_group(argument.name);
                     }) ||
         std::any_of(tree.parts.begin(), tree.parts.end(),
                     [&](const Tree& part) { return some_of_open(part, s); });
}

/// The ways in which a condition can come about: the parts of an `or`.
std::vector<Formula> ways_of(const Formula& f) {
  if (f.kind == Formula::Kind::any) return f.parts;
  return {f};
}

void add_defaults(Tested& tested, const framing::View& view, const Formula& f, const framing::Situation& s) {
  for (const int v : expression::touched(f)) {
    const std::string& id = s.variables[static_cast<std::size_t>(v)].id;
    if (view.still.contains(id)) tested.defaults.insert("default:still:" + id);
    if (view.alone.contains(id)) tested.defaults.insert("default:alone:" + id);
  }
}

}  // namespace

bool is_statement(const Row& row) { return one_of(kStatements, row.concept_name); }

account::Account without_rows(const account::Account& account, const RowSet& rows) {
  account::Account copy = account;
  std::erase_if(copy.rows, [&](const Row& row) { return is_statement(row) && rows.contains(row.id); });
  for (Row& row : copy.rows)
    if (one_of(kDeclarations, row.concept_name) && rows.contains(row.id))
      std::erase_if(row.fields, [](const account::Field& field) { return field.name == "now"; });
  return copy;
}

ClaimTester::ClaimTester(const Column& column, const SolveOptions& options, Forced supposed)
    : column_(column),
      options_(options),
      supposed_(std::move(supposed)),
      situation_(framing::make_situation(column.rows, column.options)),
      course_(std::make_unique<framing::Course>(
          situation_, [cancel = options.cancel] { return cancel != nullptr && cancel->load(); })) {
  options_.by_world = true;
}

Forced ClaimTester::with_supposed(Forced forced) const {
  for (const auto& [v, levels] : supposed_)
    if (std::none_of(forced.begin(), forced.end(), [v = v](const auto& f) { return f.first == v; }))
      forced.emplace_back(v, levels);
  return forced;
}

std::optional<ClaimTester::Bound> ClaimTester::bound(const Row& claim, const char* field,
                                                     std::string* why) const {
  const Tree* tree = claim.condition(field);
  const auto* value = claim.value(field);
  if (tree == nullptr && value == nullptr) {
    *why = fmt::format("the claim has no `{}`", field);
    return std::nullopt;
  }
  Bound result;
  std::string reason;
  if (tree == nullptr) {
    *why = fmt::format("`{}` is no condition", field);
    return std::nullopt;
  }
  if (speaks_of_time(*tree)) {
    *why = fmt::format("{}: nothing here runs through time", value->text);
    return std::nullopt;
  }
  auto formula = framing::bind(situation_, *tree, &reason);
  if (!formula) {
    *why = fmt::format("{}: {}", value->text, reason);
    return std::nullopt;
  }
  result.formula = std::move(*formula);
  if (tree->node == expression::Node::comparison && tree->verb == expression::Verb::holds &&
      tree->subject.arguments.empty())
    if (const Row* row = situation_.account.find(tree->subject.name);
        row != nullptr && (row->concept_name == "objectives" || row->concept_name == "outcomes"))
      result.defined_by = row->id;
  result.parts =
      result.formula.kind == Formula::Kind::all ? result.formula.parts : std::vector<Formula>{result.formula};
  return result;
}

/// Members that nobody names may do what is asked of some: that none of the named does proves nothing, and
/// where it is denied, neither does that one does.
Tested ClaimTester::with_unnamed(const Row& claim, Tested tested) const {
  if (tested.status != Status::yes && tested.status != Status::no) return tested;
  bool some = false, plain = true;
  for (const char* field : kConditions)
    if (const Tree* tree = claim.condition(field); tree != nullptr && some_of_open(*tree, situation_)) {
      some = true;
      const std::string_view name = field;
      plain =
          plain && (name == "entails" || name == "possible") && tree->node == expression::Node::comparison;
    }
  if (!some || (plain && tested.status == Status::yes)) return tested;
  return Tested::open("not all members of a group that it asks about are known");
}

Tested ClaimTester::test(const Row& claim, const RowSet& without, int end) const {
  const auto stopped = [&] { return options_.cancel != nullptr && options_.cancel->load(); };
  if (stopped()) return Tested::open("time is up");
  Tested tested = with_unnamed(claim, decide(claim, without, end));
  return stopped() ? Tested::open("time is up") : tested;
}

Tested ClaimTester::decide(const Row& claim, const RowSet& without, int end) const {
  if (claim.value("not_testable") != nullptr) return Tested::untestable(claim.text("not_testable"));
  if (claim.value("likely") != nullptr) return likely(claim, without, false);
  if (claim.value("unlikely") != nullptr) return likely(claim, without, true);
  if (claim.value("likelier") != nullptr)
    return Tested::untestable(
        "it compares likelihoods, and nothing here runs through time to test rates against");
  if (claim.value("entails") != nullptr) return entailed(claim, without, "entails");
  if (claim.value("possible") != nullptr) return may_be(claim, without);
  if (claim.value("necessary") != nullptr) return necessary(claim, without);
  if (claim.value("sufficient") != nullptr) return sufficient(claim, without, false);
  if (claim.value("not_sufficient") != nullptr) return sufficient(claim, without, true);
  if (claim.value("more") != nullptr) return more(claim, without);
  if (claim.value("matters") != nullptr) return matters(claim, without);
  if (claim.value("takes") != nullptr) return takes(claim, without, end);
  if (claim.value("asks_more") != nullptr) return asks_more(claim, without);
  return Tested::untestable("the claim has no test");
}

/// What is at present, or where `given` is made to hold.
Tested ClaimTester::entails(const Row& claim, const RowSet& without, const char* field) const {
  std::string why;
  const auto said = bound(claim, field, &why);
  if (!said) return Tested::untestable(why);
  if (said->left_out(without)) return Tested::open("no row says what it means");
  std::vector<Formula> ways = {Formula::constant(true)};
  if (claim.value("given") != nullptr) {
    const auto given = bound(claim, "given", &why);
    if (!given) return Tested::untestable(why);
    if (!course_->possible(given->formula, course_->anything(), without))
      return Tested::open("what is given is ruled out itself");
    ways = ways_of(given->formula);
  }
  std::vector<Tested> each;
  for (const Formula& way : ways) {
    auto forced = way.kind == Formula::Kind::constant ? std::optional<Forced>(Forced{})
                                                      : forced_by(situation_, way, false, &why);
    if (!forced) return Tested::untestable(why);
    *forced = with_supposed(std::move(*forced));
    const framing::View view = course_->view({*forced, without, {}});
    const bool can = course_->possible(said->formula, view.masks, without, *forced),
               can_not = course_->possible(Formula::negation(said->formula), view.masks, without, *forced);
    if (!can && !can_not) return Tested::open("the rows about it contradict each other");
    Tested tested = can && can_not ? Tested::open("the account leaves it open")
                    : can          ? Tested::decided(true, "it follows from the rows")
                                   : Tested::decided(false, "the rows say otherwise");
    // What is brought about sets aside the rows that say when it comes about; these may say that it never is
    // without the other.
    if (!can && way.kind != Formula::Kind::constant &&
        !course_->possible(Formula::all({way, Formula::negation(said->formula)}), course_->anything(),
                           without))
      tested = Tested::open("rows say that the one is never without the other, and not that it brings it");
    add_defaults(tested, view, said->formula, situation_);
    each.push_back(std::move(tested));
  }
  Tested all = each.front();
  for (const Tested& one : each) {
    if (one.status != all.status) return Tested::open("it depends on which of the conditions holds");
    all.defaults.insert(one.defaults.begin(), one.defaults.end());
  }
  return all;
}

/// Rows say that it is so, or lead there, with signs and levels; where something is given, from there. That
/// nothing rules it out is no proof: it follows from nothing being said.
Tested ClaimTester::possible(const Row& claim, const RowSet& without) const {
  std::string why;
  const auto said = bound(claim, "possible", &why);
  if (!said) return Tested::untestable(why);
  if (said->left_out(without)) return Tested::open("no row says what it means");
  if (claim.value("given") == nullptr) {
    if (!course_->possible(said->formula, course_->anything(), without))
      return Tested::decided(false, "rows rule it out");
    if (course_->grounded(said->formula, {{}, without, {}}))
      return Tested::decided(true, "rows say that it is so or may come about, and none rules it out");
    return Tested::open("nothing rules it out, and no row says that it may come about");
  }
  const auto given = bound(claim, "given", &why);
  if (!given) return Tested::untestable(why);
  Tested all = Tested::decided(true, "rows lead from the one to the other, and none rules it out");
  for (const Formula& way : ways_of(given->formula)) {
    if (!course_->possible(way, course_->anything(), without))
      return Tested::open("what is given is ruled out itself");
    if (!course_->possible(Formula::all({way, said->formula}), course_->anything(), without))
      return Tested::decided(false, "rows rule out that both hold");
    const auto forced = forced_by(situation_, way, false, nullptr);
    if (!forced || !course_->grounded(said->formula, {*forced, without, {}}))
      all = Tested::open("no row leads from the one to the other");
  }
  return all;
}

/// No goal without the need, by logic alone. That without it nothing is said to bring the goal shows no need
/// (it would deny the antecedent); that the goal surely comes about without it shows that there is none.
Tested ClaimTester::needs(const Formula& need, const Bound& goal, const RowSet& without) const {
  const Formula lacking = Formula::negation(need);
  if (!course_->possible(goal.formula, course_->anything(), without))
    return Tested::open("what it is needed for is ruled out in any case");
  if (!course_->possible(Formula::all({goal.formula, lacking}), course_->anything(), without)) {
    if (!course_->possible(Formula::all({goal.formula, need}), course_->anything(), without))
      return Tested::open("rows contradict each other: no state agrees with all of them");
    return Tested::decided(true, "the one cannot be without the other");
  }
  const auto forced = forced_by(situation_, lacking, false, nullptr);
  if (!forced) return Tested::open("no row says what happens without it");
  std::vector<int> from;
  for (const auto& [v, levels] : *forced) from.push_back(v);
  // What nobody joins to the other says nothing by keeping still.
  if (!course_->joins(from, expression::touched(goal.formula), without, framing::Step::Kind::leads))
    return Tested::open("no row says what happens without it");
  const Forced all = with_supposed(*forced);
  const framing::View view = course_->view({all, without, {}});
  const bool can = course_->possible(goal.formula, view.masks, without, all),
             can_not = course_->possible(Formula::negation(goal.formula), view.masks, without, all);
  Tested tested = can && !can_not ? Tested::decided(false, "the one comes about without the other")
                  : can           ? Tested::open("it may come about without it, or not")
                        : Tested::open("without it no row brings it, and no row says that nothing else can");
  add_defaults(tested, view, goal.formula, situation_);
  return tested;
}

Tested ClaimTester::necessary(const Row& claim, const RowSet& without) const {
  std::string why;
  const auto need = bound(claim, "necessary", &why);
  const auto goal = need ? bound(claim, "for", &why) : std::nullopt;
  if (!goal) return Tested::untestable(why);
  if (goal->left_out(without) || need->left_out(without))
    return Tested::open("no row says what the goal needs");
  if (on_table(goal->formula) && on_table(need->formula)) return needs_at_table(*need, *goal, without);
  Tested all = Tested::decided(true, "");
  for (const Formula& part : need->parts) {
    const Tested one = needs(part, *goal, without);
    all.defaults.insert(one.defaults.begin(), one.defaults.end());
    all.why = one.why;
    if (one.status == Status::no || (one.status == Status::open && all.status == Status::yes))
      all.status = one.status;
    if (all.status == Status::no) break;
  }
  return all;
}

Tested ClaimTester::brings(const Bound& cause, const Bound& goal, const RowSet& without) const {
  const Formula lacking = Formula::negation(goal.formula);
  if (!course_->possible(cause.formula, course_->anything(), without))
    return Tested::open("what should suffice is ruled out itself");
  const bool alone = course_->possible(Formula::all({cause.formula, lacking}), course_->anything(), without),
             both =
                 course_->possible(Formula::all({cause.formula, goal.formula}), course_->anything(), without);
  if (!alone && !both) return Tested::open("rows contradict each other: no state agrees with all of them");
  if (!alone) return Tested::decided(true, "the one cannot be without the other");
  if (!both) return Tested::decided(false, "the one rules out the other");
  const auto forced = forced_by(situation_, cause.formula, false, nullptr);
  if (!forced) return Tested::open("no row says what follows from it");
  std::vector<int> from, rest;
  for (const auto& [v, levels] : *forced) from.push_back(v);
  for (const int v : expression::touched(goal.formula))
    if (std::find(from.begin(), from.end(), v) == from.end()) rest.push_back(v);
  const bool shared = rest.size() < expression::touched(goal.formula).size(),
             led = course_->joins(from, rest, without, framing::Step::Kind::leads);
  if (!shared && !led) return Tested::open("nothing in the account joins the two");
  const Forced all = with_supposed(*forced);
  const framing::View view = course_->view({all, without, {}});
  const bool can = course_->possible(goal.formula, view.masks, without, all),
             can_not = course_->possible(lacking, view.masks, without, all);
  Tested tested = Tested::open("rows lead there, and it may fail to come about all the same");
  if (!can && !can_not)
    tested = Tested::open("the rows about what follows from it contradict each other");
  else if (can && !can_not)
    tested = Tested::decided(true, "the one brings the other");
  else if (led && !can)
    tested = Tested::decided(false, "with the one the other does not come about");
  else if (!led)
    tested = Tested::open(rest.empty() ? "it is a part of what it should suffice for, and not the whole"
                                       : "no row leads from it to the rest of what that takes");
  add_defaults(tested, view, goal.formula, situation_);
  return tested;
}

/// Something else that the goal takes is acted on by rows, and what is said to be too little does not bring
/// it. That a thing was simply held still shows nothing.
Tested ClaimTester::falls_short(const Bound& cause, const Bound& goal, const RowSet& without) const {
  if (!course_->possible(cause.formula, course_->anything(), without))
    return Tested::open("what should not suffice is ruled out itself");
  auto forced = forced_by(situation_, cause.formula, false, nullptr);
  if (!forced) return Tested::open("no row says what follows from it");
  *forced = with_supposed(std::move(*forced));
  for (const Formula& part : goal.parts) {
    const auto touched = expression::touched(part);
    const bool own = std::all_of(touched.begin(), touched.end(), [&](int v) {
      return std::any_of(forced->begin(), forced->end(), [&](const auto& f) { return f.first == v; });
    });
    if (own) continue;
    const framing::View view = course_->view({*forced, without, touched});
    // Where other things stand is not what acts on it: conditions come below.
    framing::Masks masks = course_->anything();
    for (const int v : touched) masks[static_cast<std::size_t>(v)] = view.masks[static_cast<std::size_t>(v)];
    for (const auto& [v, levels] : *forced) masks[static_cast<std::size_t>(v)] = levels;
    Tested tested = Tested::decided(true, "something else that it takes is kept away by what acts on it");
    if (!course_->possible(part, masks, without, *forced) &&
        course_->possible(Formula::negation(part), masks, without, *forced)) {
      add_defaults(tested, view, part, situation_);
      return tested;
    }
  }
  // What somebody does only under a condition that is not met now, and that rows move from elsewhere.
  const framing::View now = course_->view({*forced, without, {}});
  for (const auto& constraint : course_->constraints()) {
    if (constraint.structure || without.contains(constraint.id)) continue;
    RowSet less = without;
    less.insert(constraint.id);
    if (course_->possible(Formula::all({goal.formula, Formula::negation(constraint.formula)}),
                          course_->anything(), less))
      for (const int v : expression::touched(constraint.formula)) {
        const auto at = static_cast<std::size_t>(v);
        const auto goal_touches = expression::touched(goal.formula);
        if (std::find(goal_touches.begin(), goal_touches.end(), v) != goal_touches.end()) continue;
        if (course_->reaching(v, less).empty() || std::popcount(now.masks[at]) != 1) continue;
        framing::Masks masks = course_->anything();
        masks[at] = now.masks[at];
        if (!course_->possible(goal.formula, masks, without))
          return Tested::decided(true,
                                 "a condition that somebody makes is not met, and this does not meet it");
      }
  }
  return Tested::open("no row says what else it takes, or none acts on it");
}

Tested ClaimTester::sufficient(const Row& claim, const RowSet& without, bool negated) const {
  std::string why;
  const auto cause = bound(claim, negated ? "not_sufficient" : "sufficient", &why);
  const auto goal = cause ? bound(claim, "for", &why) : std::nullopt;
  if (!goal) return Tested::untestable(why);
  if (goal->left_out(without) || cause->left_out(without))
    return Tested::open("no row says what the goal needs");
  if (on_table(goal->formula)) {
    if (const auto said = as_said(cause->formula, goal->formula, without, negated)) return *said;
    return at_table(*cause, *goal, without, negated);
  }
  const Tested tested = brings(*cause, *goal, without);
  if (!negated) return tested;
  if (tested.status == Status::yes) return Tested::decided(false, "it does suffice: " + tested.why);
  if (tested.status == Status::no) {
    Tested turned = tested;
    turned.status = Status::yes;
    return turned;
  }
  return falls_short(*cause, *goal, without);
}

}  // namespace parley::questions
