// SPDX-License-Identifier: MIT
#include "questions/claims.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "questions/claims_parts.hpp"
#include "questions/self_tests.hpp"
#include "worlds/parallel.hpp"

namespace parley::questions {
namespace {

using account::Row;
using framing::RowSet;
using Status = Tested::Status;
using V = ClaimVerdict;

constexpr int kAblationDraws = 200;  ///< worlds for each row that is tried out of a table

}  // namespace

Asker::Asker(const std::vector<AccountInput>& accounts, const ClaimOptions& options)
    : accounts_(accounts), options_(options) {
  for (const AccountInput& input : accounts) {
    Testers testers{input.account.name, {}};
    SolveOptions each = options.solve;
    each.threads = 1;  // columns go side by side
    for (const Column& column : columns_of(input.account, input.alternatives, options.framing))
      testers.columns.emplace_back(column.alternative, std::make_unique<ClaimTester>(column, each));
    testers_.push_back(std::move(testers));
  }
  Column empty{accounts.front().account.name,    "placebo", "", false, options.framing,
               placebo(accounts.front().account)};
  placebo_ = std::make_unique<ClaimTester>(empty, options.solve);
  SolveOptions quick = options.solve;
  quick.draws = std::min(quick.draws, kAblationDraws);
  quick.threads = 1;
  quick.prove = false;  // both sides of each comparison are counted
  quick_ = std::make_unique<ClaimTester>(base().column(), quick);
  SolveOptions exact = options.solve;
  exact.draws = 0;
  exact_ = std::make_unique<ClaimTester>(base().column(), exact);
  const auto add = [&](const char* id, account::Account rows) {
    Column column = base().column();
    column.rows = std::move(rows);
    self_tests_.emplace_back(id, std::make_unique<ClaimTester>(column, quick));
  };
  const account::Account& account = accounts.front().account;
  add("widening:x2", widened(account, 2));
  add("widening:x4", widened(account, 4));
  add("rewriting", rewritten(account));
  add("permutation", permuted(account, options.solve.seed));
}

V Asker::verdict(const Testers& testers, const Row& claim, const RowSet& own,
                 std::map<std::string, ClaimResult>* columns) const {
  const bool counts = testers.columns.front().second->counts_worlds(claim);
  std::vector<ClaimResult> results(testers.columns.size());
  worlds::parallel_for(static_cast<std::int64_t>(results.size()),
                       [&](std::int64_t i) {
                         const auto& [id, tester] = testers.columns[static_cast<std::size_t>(i)];
                         ClaimResult& result = results[static_cast<std::size_t>(i)];
                         result = result_of(tester->test(claim), options_.holds);
                         // Tables are worked out anew without the claim's own rows only for the account as it
                         // is written.
                         if (!stands(result.verdict) || (counts && id != "base")) return;
                         // A reading may say itself what the account as it is written leaves open.
                         const RowSet here =
                             id != "base" && !counts && own.empty() ? own_of(*tester, claim) : own;
                         if (!here.empty() && !stands(verdict_of(tester->test(claim, here), options_.holds)))
                           result.verdict = V::asserted;
                       },
                       {options_.solve.threads, options_.solve.cancel, {}});
  std::map<std::string, ClaimResult> with;
  for (std::size_t i = 0; i < results.size(); ++i) with[testers.columns[i].first] = results[i];
  if (columns != nullptr) *columns = with;
  if (with.at("base").verdict == V::asserted) return V::asserted;
  return over_columns(with);
}

ClaimAnswer Asker::one(const Row& claim) {
  ClaimAnswer answer;
  answer.id = claim.id;
  answer.quote = claim.text("quote");
  answer.by = claim.text("by").empty() ? claim.origin.says : claim.text("by");
  answer.test = claim_words(claim);
  answer.rests_on = claim.names("rests_on");
  if (claim.value("lasts") != nullptr)
    answer.not_tested.push_back("how long it lasts: rows give no rates of change");
  if (claim.value("not_tested") != nullptr) answer.not_tested.push_back(claim.text("not_tested"));
  const Tested tested = base().test(claim);
  answer.base = result_of(tested, options_.holds);
  answer.about_ends = base().about_ends(claim);
  answer.defaults.assign(tested.defaults.begin(), tested.defaults.end());
  if (answer.base.verdict != V::not_testable) {
    const RowSet own = own_of(base(), claim);
    answer.own_rows.assign(own.begin(), own.end());
    const Tested without = own.empty() ? tested : base().test(claim, own);
    answer.without = verdict_of(without, options_.holds);
    if (base().about_ends(claim) && answer.base.proved)
      find_end_premises(claim, tested.yes() && without.yes() ? own : RowSet{}, tested, answer);
    else if (base().counts_worlds(claim) && !tested.closed)
      find_decisive_rows(claim, answer);
    else if (tested.yes())
      answer.premises = minimal_premises(base().led_by_ends(claim) ? *exact_ : base(), claim,
                                         without.yes() ? own : RowSet{});
    if (tested.yes() && !base().counts_worlds(claim))
      find_guards(claim, without.yes() ? own : RowSet{}, answer);
    if (tested.status == Status::open && !tested.share) find_settling(claim, answer);
    if (!tested.closed) find_flips(claim, answer);
    const auto all = placebo_->contestable(claim);
    const Tested bare = placebo_->test(claim, RowSet(all.begin(), all.end()));
    answer.self_tests["as_it_is"] = verdict_of(quick_->test(claim), options_.holds);
    for (const auto& [id, tester] : self_tests_)
      answer.self_tests[id] = verdict_of(tester->test(claim), options_.holds);
    answer.placebo = bare.status != Status::untestable &&
                     verdict_of(bare, options_.holds) == answer.base.verdict &&
                     answer.base.verdict != V::undetermined;
  }
  const RowSet own(answer.own_rows.begin(), answer.own_rows.end());
  answer.verdict = verdict(testers_.front(), claim, own, &answer.by_alternative);
  answer.alone = answer.verdict;
  for (std::size_t a = 0; a < testers_.size(); ++a) {
    const std::string& name = testers_[a].account;
    if (a == 0) {
      answer.by_account[name] = answer.verdict;
      continue;
    }
    const Row& rival = row_in(a, claim);
    answer.by_account[name] = verdict(testers_[a], rival, own_of(testers_[a], rival), nullptr);
    if (const std::string words = claim_words(rival); words != answer.test) answer.test_in[name] = words;
  }
  return answer;
}

/// What a rival says of the claim is what it is asked.
const Row& Asker::row_in(std::size_t account, const Row& claim) const {
  const Row* said = accounts_[account].account.find(claim.id);
  return said != nullptr && said->concept_name == "claims" ? *said : claim;
}

/// Each account has verdicts of its own, and each of its claims takes the weakest of those that it rests on
/// there, also of claims that nobody else makes.
void Asker::inherit_in(std::size_t account, std::vector<ClaimAnswer>& list) const {
  const std::string& name = testers_[account].account;
  const auto& base = accounts_.front().account;
  std::map<std::string, std::pair<V, const Row*>> known;
  for (const ClaimAnswer& answer : list)
    known[answer.id] = {answer.by_account.at(name), &row_in(account, *base.find(answer.id))};
  std::vector<std::string> open;
  for (const auto& [id, claim] : known) open.push_back(id);
  for (std::size_t at = 0; at < open.size(); ++at)
    for (const auto& id : known.at(open[at]).second->names("rests_on")) {
      const Row* row = accounts_[account].account.find(id);
      if (row == nullptr) row = base.find(id);
      if (row == nullptr || row->concept_name != "claims" || known.contains(id)) continue;
      known[id] = {verdict(testers_[account], *row, own_of(testers_[account], *row), nullptr), row};
      open.push_back(id);
    }
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& [id, claim] : known)
      for (const auto& other : claim.second->names("rests_on"))
        if (const auto found = known.find(other); found != known.end() && found->second.first < claim.first) {
          claim.first = found->second.first;
          changed = true;
        }
  }
  for (ClaimAnswer& answer : list) {
    if (stopped() && account > 0)
      answer.by_account.erase(name);  // what was cut short is no verdict
    else
      answer.by_account[name] = known.at(answer.id).first;
  }
}

/// A stop came before it was known what the claims of an account rest on: a rival then has no verdict, and of
/// the account as written those stay that rest on nothing else.
void Asker::leave_out_unheard(std::size_t account, std::vector<ClaimAnswer>& list) const {
  if (account > 0)
    for (ClaimAnswer& answer : list) answer.by_account.erase(testers_[account].account);
  else
    std::erase_if(list, [](const ClaimAnswer& answer) { return !answer.rests_on.empty(); });
}

/// A claim takes the weakest verdict of those that it rests on.
void Asker::inherit(std::vector<ClaimAnswer>& list) {
  std::map<std::string, ClaimAnswer*> by_id;
  for (ClaimAnswer& answer : list) by_id[answer.id] = &answer;
  for (bool changed = true; changed;) {
    changed = false;
    for (ClaimAnswer& answer : list)
      for (const auto& id : answer.rests_on)
        if (const auto found = by_id.find(id);
            found != by_id.end() && found->second->verdict < answer.verdict) {
          answer.verdict = found->second->verdict;
          answer.inherited_from = id;
          changed = true;
        }
  }
}

std::vector<ClaimAnswer> Asker::all() {
  std::vector<const Row*> claims = accounts_.front().account.of("claims");
  // Those that a named claim rests on are worked out with it.
  std::set<std::string> wanted(options_.only.begin(), options_.only.end());
  for (bool grown = !wanted.empty(); grown;) {
    grown = false;
    for (const Row* row : claims)
      if (wanted.contains(row->id))
        for (const auto& id : row->names("rests_on")) grown = wanted.insert(id).second || grown;
  }
  if (!wanted.empty()) std::erase_if(claims, [&](const Row* row) { return !wanted.contains(row->id); });
  std::vector<ClaimAnswer> list;
  for (const Row* claim : claims) {
    if (stopped()) break;
    try {
      ClaimAnswer answer = one(*claim);
      if (stopped()) break;  // what was cut short is no verdict
      list.push_back(std::move(answer));
    } catch (const Stopped&) {
      break;
    }
    if (options_.progress)
      options_.progress(static_cast<double>(list.size()) / static_cast<double>(claims.size()));
  }
  inherit(list);
  for (std::size_t a = 0; a < accounts_.size(); ++a) {
    try {
      inherit_in(a, list);
    } catch (const Stopped&) {
      leave_out_unheard(a, list);
    }
  }
  if (!options_.only.empty())
    std::erase_if(list, [&](const ClaimAnswer& answer) {
      return std::find(options_.only.begin(), options_.only.end(), answer.id) == options_.only.end();
    });
  return list;
}

std::vector<ClaimAnswer> ask(const std::vector<AccountInput>& accounts, const ClaimOptions& options) {
  if (accounts.empty()) return {};
  try {
    return Asker(accounts, options).all();
  } catch (const Stopped&) {  // before the first claim
    return {};
  }
}

std::map<std::string, std::vector<ClaimAnswer>> own_claims(const std::vector<AccountInput>& accounts,
                                                           const ClaimOptions& options) {
  std::map<std::string, std::vector<ClaimAnswer>> list;
  for (std::size_t a = 1; a < accounts.size(); ++a) {
    ClaimOptions own = options;
    own.only.clear();
    for (const Row* row : accounts[a].account.of("claims"))
      if (accounts.front().account.find(row->id) == nullptr) own.only.push_back(row->id);
    if (own.only.empty()) continue;
    const std::vector<AccountInput> alone = {accounts[a]};
    try {
      list[accounts[a].account.name] = Asker(alone, own).all();
    } catch (const Stopped&) {
      break;
    }
  }
  return list;
}

}  // namespace parley::questions
