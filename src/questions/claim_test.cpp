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

}  // namespace

void Tested::take_defaults(const framing::View& view, const Formula& f, const framing::Situation& s) {
  for (const int v : expression::touched(f)) {
    const std::string& id = s.variables[static_cast<std::size_t>(v)].id;
    if (view.still.contains(id)) defaults.insert("default:still:" + id);
    if (view.alone.contains(id)) defaults.insert("default:alone:" + id);
  }
}

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
    if (const Row* row = situation_.row(tree->subject.name);
        row != nullptr && (row->concept_name == "objectives" || row->concept_name == "outcomes"))
      result.defined_by = row->id;
  result.parts =
      result.formula.kind == Formula::Kind::all ? result.formula.parts : std::vector<Formula>{result.formula};
  return result;
}

std::optional<ClaimTester::Said> ClaimTester::said_of(const Row& claim, const char* field,
                                                      const RowSet& without, Tested& otherwise) const {
  std::string why;
  auto said = bound(claim, field, &why);
  std::optional<Bound> given;
  if (said && claim.value("given") != nullptr) given = bound(claim, "given", &why);
  if (!said || (claim.value("given") != nullptr && !given)) {
    otherwise = Tested::untestable(why);
    return std::nullopt;
  }
  if (said->left_out(without)) {
    otherwise = Tested::open("no row says what it means");
    return std::nullopt;
  }
  return Said{std::move(*said), std::move(given)};
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

/// What is at present, or where `given` is made to hold. Of what is likely only what rows lead to follows:
/// that it stands where it stands is no forecast.
Tested ClaimTester::entails(const Row& claim, const RowSet& without, const char* field) const {
  std::string why;
  Tested otherwise;
  const auto both = said_of(claim, field, without, otherwise);
  if (!both) return otherwise;
  const auto& [said, given] = *both;
  std::vector<Formula> ways = {Formula::constant(true)};
  if (given) {
    if (!course_->possible(given->formula, course_->anything(), without))
      return Tested::open("what is given is ruled out itself");
    ways = ways_of(given->formula);
  }
  const std::string_view asked = field;
  const bool anew = asked == "likely" || asked == "unlikely";
  std::vector<Tested> each;
  for (const Formula& way : ways) {
    auto forced = way.kind == Formula::Kind::constant ? std::optional<Forced>(Forced{})
                                                      : forced_by(situation_, way, false, &why);
    if (!forced) return Tested::untestable(why);
    *forced = with_supposed(std::move(*forced));
    Change change{*forced, without, {}};
    change.anew = anew;
    if (anew) change.fresh = expression::touched(said.formula);
    const framing::View view = course_->view(change);
    const bool can = course_->possible(said.formula, view.masks, without, *forced),
               can_not = course_->possible(Formula::negation(said.formula), view.masks, without, *forced);
    if (!can && !can_not) return Tested::open("the rows about it contradict each other");
    Tested tested = can && can_not ? Tested::open("the account leaves it open")
                    : can          ? Tested::decided(true, "it follows from the rows")
                                   : Tested::decided(false, "the rows say otherwise");
    // What is brought about sets aside the rows that say when it comes about; these may say that it never is
    // without the other.
    if (!can && way.kind != Formula::Kind::constant &&
        !course_->possible(Formula::all({way, Formula::negation(said.formula)}), course_->anything(),
                           without))
      tested = Tested::open("rows say that the one is never without the other, and not that it brings it");
    tested.take_defaults(view, said.formula, situation_);
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
  Tested otherwise;
  const auto both = said_of(claim, "possible", without, otherwise);
  if (!both) return otherwise;
  const auto& [said, given] = *both;
  if (!given) {
    if (!course_->possible(said.formula, course_->anything(), without))
      return Tested::decided(false, "rows rule it out");
    if (course_->grounded(said.formula, {{}, without, {}}))
      return Tested::decided(true, "rows say that it is so or may come about, and none rules it out");
    Change any_odds{{}, without, {}};
    any_odds.any_odds = true;
    if (course_->grounded(said.formula, any_odds))
      return Tested::open(
          "a row says that it may come about, and its odds may be 0 %, which is as if no row did");
    return Tested::open("nothing rules it out, and no row says that it may come about");
  }
  Tested all = Tested::decided(true, "rows lead from the one to the other, and none rules it out");
  for (const Formula& way : ways_of(given->formula)) {
    if (!course_->possible(way, course_->anything(), without))
      return Tested::open("what is given is ruled out itself");
    if (!course_->possible(Formula::all({way, said.formula}), course_->anything(), without))
      return Tested::decided(false, "rows rule out that both hold");
    const auto forced = forced_by(situation_, way, false, nullptr);
    if (!forced || !course_->grounded(said.formula, {*forced, without, {}}))
      all = Tested::open("no row leads from the one to the other");
  }
  // How talks end need lead to nothing: what surely is so then may be so.
  if (all.yes() || !names_talks(given->formula)) return all;
  Tested sure = entails(claim, without, "possible");
  if (sure.yes()) sure.why = "where the one is so the other is, and none rules it out";
  return sure.yes() ? sure : all;
}

}  // namespace parley::questions
