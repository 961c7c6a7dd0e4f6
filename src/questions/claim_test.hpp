// SPDX-License-Identifier: MIT
// One claim put to one column, any rows left out: the tests behind the verdicts, private to this room.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "framing/course.hpp"
#include "questions/columns.hpp"
#include "questions/digest.hpp"

namespace parley::questions {

enum class EndAsk;
struct EndQuestion;
struct TableEnds;

struct Tested {
  enum class Status { yes, no, open, untestable } status = Status::untestable;
  std::optional<worlds::Share> share;  ///< where worlds are counted: status is then `open`, the share decides
  std::string why;
  std::set<std::string> defaults;
  /// Where a world may leave it open as well: the share of worlds in which it is false.
  std::optional<worlds::Share> against = std::nullopt;
  /// Rows that it hangs on contradict each other, or what is given cannot be: then nothing else proves it.
  bool closed = false;

  [[nodiscard]] bool yes() const { return status == Status::yes; }
  /// Names the defaults that the view took for what the formula is about.
  void take_defaults(const framing::View& view, const framing::Formula& formula,
                     const framing::Situation& situation);
  [[nodiscard]] static Tested untestable(std::string why) {
    return {Status::untestable, {}, std::move(why), {}};
  }
  [[nodiscard]] static Tested open(std::string why) { return {Status::open, {}, std::move(why), {}}; }
  [[nodiscard]] static Tested decided(bool yes, std::string why) {
    return {yes ? Status::yes : Status::no, {}, std::move(why), {}};
  }
};

/// Safe to share between threads.
class ClaimTester {
 public:
  /// `supposed`: what a what-if sets, in every test by logic and signs: the present is then what follows.
  ClaimTester(const Column& column, const SolveOptions& options, framing::Forced supposed = {});

  /// `without`: rows left out. Of tests that count worlds an `end` of -1 or +1 takes the claim's own number
  /// at the lower or upper end of its range. Once time is up every answer is `open` and says nothing.
  [[nodiscard]] Tested test(const account::Row& claim, const framing::RowSet& without = {},
                            int end = 0) const;
  /// Does the test count worlds of a bargaining table?
  [[nodiscard]] bool counts_worlds(const account::Row& claim) const;
  /// Is it about how talks end: that they fail or agree, something that takes more than one side's word at a
  /// table, or what is so where they agree? Then the tables answer it, and nothing that holds today does.
  [[nodiscard]] bool about_ends(const account::Row& claim) const;
  /// Is it about something beside the tables that rows lead to from talks which surely end one way?
  [[nodiscard]] bool led_by_ends(const account::Row& claim) const;
  /// Rows that can be left out and may bear on the claim: statements, and where things stand at present.
  [[nodiscard]] std::vector<std::string> contestable(const account::Row& claim) const;
  [[nodiscard]] const Column& column() const { return column_; }
  [[nodiscard]] const framing::Situation& situation() const { return situation_; }
  [[nodiscard]] const framing::Course& course() const { return *course_; }
  /// Of everything that a test that counts worlds is given.
  [[nodiscard]] Fingerprint table_problem(const account::Row& claim) const;
  /// The variables that the claim's conditions name, as far as they can be bound.
  [[nodiscard]] std::vector<int> about(const account::Row& claim) const;

 private:
  /// A condition of the claim, with the objective or the outcome that it names, if it is one.
  struct Bound {
    framing::Formula formula;
    std::string defined_by;
    [[nodiscard]] bool left_out(const framing::RowSet& without) const {
      return !defined_by.empty() && without.contains(defined_by);
    }
    std::vector<framing::Formula> parts;  ///< of an objective or a conjunction: what it takes
  };

  [[nodiscard]] std::optional<Bound> bound(const account::Row& claim, const char* field,
                                           std::string* why) const;
  /// What a claim says of how things are or will be, and what it takes as given.
  struct Said {
    Bound said;
    std::optional<Bound> given;
  };
  /// Nothing, and `otherwise`, where one of them cannot be read or no row says what it means.
  [[nodiscard]] std::optional<Said> said_of(const account::Row& claim, const char* field,
                                            const framing::RowSet& without, Tested& otherwise) const;
  [[nodiscard]] framing::Forced with_supposed(framing::Forced forced) const;
  [[nodiscard]] Tested decide(const account::Row& claim, const framing::RowSet& without, int end) const;
  [[nodiscard]] Tested with_unnamed(const account::Row& claim, Tested tested) const;
  [[nodiscard]] Tested entails(const account::Row& claim, const framing::RowSet& without,
                               const char* field = "entails") const;
  [[nodiscard]] Tested at_the_end(const account::Row& claim, const framing::RowSet& without,
                                  EndAsk ask) const;
  /// What is said of the ways in which the tables may end, where what is given is so. `count`: in worlds,
  /// too.
  [[nodiscard]] Tested ends(const framing::Formula& said, const framing::Formula& given,
                            const framing::RowSet& without, EndAsk ask, bool count) const;
  [[nodiscard]] Tested put_to_tables(EndQuestion question, bool count) const;
  [[nodiscard]] std::optional<std::vector<TableEnds>> tables_for(const EndQuestion& question,
                                                                 const ColumnAnswer& answer,
                                                                 Tested& otherwise) const;
  /// With a goal, a need or a cause that names how talks end.
  [[nodiscard]] Tested needed_at_ends(const Bound& need, const Bound& goal,
                                      const framing::RowSet& without) const;
  [[nodiscard]] Tested suffices_at_ends(const Bound& cause, const Bound& goal, const framing::RowSet& without,
                                        bool negated) const;
  [[nodiscard]] Tested from_ends(const Bound& cause, const Bound& goal, const framing::RowSet& without,
                                 bool negated) const;
  [[nodiscard]] Tested never_without(const Bound& need, const Bound& goal,
                                     const framing::RowSet& without) const;
  [[nodiscard]] Tested opens_or_shuts(const framing::Formula& cause, const framing::Formula& goal,
                                      const framing::RowSet& without, bool negated) const;
  [[nodiscard]] Tested shut_without(const framing::Formula& need, const framing::Formula& goal,
                                    const framing::RowSet& without) const;
  [[nodiscard]] bool bears_on_talks(const std::string& row, const framing::Formula& goal,
                                    const framing::RowSet& without) const;
  [[nodiscard]] bool may_fail_with(const Said& both, const framing::RowSet& without) const;
  [[nodiscard]] Tested led_there(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] bool names_talks(const framing::Formula& formula) const;
  [[nodiscard]] bool allows_agreement(const framing::Formula& formula) const;
  [[nodiscard]] bool at_a_table(const framing::Formula& formula) const;
  /// The field that says what a claim about how things are, may be or are likely to be is about.
  [[nodiscard]] std::string end_field(const account::Row& claim) const;
  [[nodiscard]] Tested entailed(const account::Row& claim, const framing::RowSet& without,
                                const char* field) const;
  [[nodiscard]] Tested in_any_case(const account::Row& claim, const framing::RowSet& without,
                                   const char* field) const;
  [[nodiscard]] Tested may_be(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] Tested likely(const account::Row& claim, const framing::RowSet& without, bool unlikely) const;
  [[nodiscard]] Tested by_occasions(const account::Row& claim, const framing::RowSet& without) const;
  /// What a row says to be likely where its cause holds: all of what a claim says, or its opposite.
  struct Saying {
    framing::Formula cause;
    expression::Interval odds;
    bool for_it = false;
  };
  [[nodiscard]] bool may_be_barred(const framing::Formula& said, const framing::Masks& masks,
                                   const framing::RowSet& without, const framing::Forced& forced) const;
  /// Every row left out: what holds by the levels of variables alone.
  [[nodiscard]] framing::RowSet without_any() const;
  [[nodiscard]] std::vector<Saying> sayings(const framing::Formula& said,
                                            const framing::RowSet& without) const;
  [[nodiscard]] Tested possible(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] Tested necessary(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] Tested sufficient(const account::Row& claim, const framing::RowSet& without,
                                  bool negated) const;
  [[nodiscard]] Tested needs(const framing::Formula& need, const Bound& goal,
                             const framing::RowSet& without) const;
  [[nodiscard]] Tested brings(const Bound& cause, const Bound& goal, const framing::RowSet& without) const;
  [[nodiscard]] Tested falls_short(const Bound& cause, const Bound& goal,
                                   const framing::RowSet& without) const;
  [[nodiscard]] bool ordered(const std::string& from, const std::string& to, const std::string& viewer,
                             const framing::RowSet& without) const;
  [[nodiscard]] Tested more(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] Tested matters(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] Tested takes(const account::Row& claim, const framing::RowSet& without, int end) const;
  [[nodiscard]] Tested asks_more(const account::Row& claim, const framing::RowSet& without) const;
  [[nodiscard]] std::vector<std::string> said_outright(const framing::Formula& cause,
                                                       const framing::Formula& goal,
                                                       const framing::RowSet& without) const;
  [[nodiscard]] std::optional<Tested> as_said(const framing::Formula& cause, const framing::Formula& goal,
                                              const framing::RowSet& without, bool negated) const;
  [[nodiscard]] Tested at_table(const Bound& cause, const Bound& goal, const framing::RowSet& without,
                                bool negated) const;
  [[nodiscard]] Tested needs_at_table(const Bound& need, const Bound& goal,
                                      const framing::RowSet& without) const;
  [[nodiscard]] bool on_table(const framing::Formula& formula) const;
  /// `drawn`: with worlds; otherwise what is proved alone.
  [[nodiscard]] std::shared_ptr<const ColumnAnswer> solved(const framing::RowSet& without,
                                                           const framing::Forced& forced,
                                                           bool drawn = true) const;

  Column column_;
  SolveOptions options_;
  framing::Forced supposed_;
  framing::Situation situation_;
  std::unique_ptr<framing::Course> course_;
  mutable std::mutex lock_;
  mutable std::map<std::string, std::shared_ptr<const ColumnAnswer>>
      answers_;  ///< the last few, by what was left out and forced
};

/// Fields of a claim that hold a condition; one of them may name an objective or an outcome instead.
inline constexpr const char* kConditions[] = {
    "entails", "possible", "likely", "unlikely", "given", "necessary", "sufficient", "not_sufficient", "for"};

/// The least chance that the word `likely` stands for (ICD 203).
inline const mpq_class kLikelyFrom{11, 20};

/// How likely a row with `makes_likely` or `makes_unlikely` makes what it says, where its cause holds: as it
/// says, else what the word stands for.
[[nodiscard]] expression::Interval odds_of(const framing::Situation& situation, const account::Row& row);

/// The claim's test in words; "" where it has none.
[[nodiscard]] std::string claim_words(const account::Row& claim);

/// A set of rows that makes the claim so (or, with `refuted`, not so) with all other contestable ones left
/// out, `left_out` among them, and of which none can go. Empty where not even all of them do.
[[nodiscard]] std::vector<std::string> minimal_premises(const ClaimTester& tester, const account::Row& claim,
                                                        const framing::RowSet& left_out,
                                                        bool refuted = false);

/// Rows each of which makes the claim so by itself, with all other contestable ones left out: it says the
/// same, or more.
[[nodiscard]] framing::RowSet says_the_same(const ClaimTester& tester, const account::Row& claim);

/// The account without these rows. Of a row that declares something only what it says of the present goes.
[[nodiscard]] account::Account without_rows(const account::Account& account, const framing::RowSet& rows);

/// A row that states something, so that it can be left out (a declaration only says what there is).
[[nodiscard]] bool is_statement(const account::Row& row);

}  // namespace parley::questions
