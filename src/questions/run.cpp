// SPDX-License-Identifier: MIT
#include "questions/run.hpp"

#include <algorithm>
#include <set>

#include "questions/solved.hpp"

namespace parley::questions {
namespace {

constexpr const char* kBindings[] = {"insists", "presses", "none"};
constexpr int kSteps =
    7;  ///< columns and findings, bindings, silence, salience and reach, self-tests, stability, ledger

/// What a comparison within `run` may cost; `parley compare` has no such limits.
constexpr int kMostExplained = 16, kMostTried = 300;

class Runner {
 public:
  Runner(const std::vector<AccountInput>& accounts, const RunOptions& options)
      : accounts_(accounts), options_(options) {
    options_.solve.solved = std::make_shared<Solved>();
    patch_ = options_.solve;
    patch_.draws = std::min(options.patch_draws, options.solve.draws);
  }
  Run run();

 private:
  AccountRun one(const AccountInput& input, std::size_t at);
  void look_further(const AccountInput& input, AccountRun& result, std::size_t at);
  void bindings(const AccountInput& input, AccountRun& result);
  void pressed(const AccountInput& input, AccountRun& result);
  void enter(AccountRun& result, std::size_t at);
  void find(AccountRun& result) const;
  void claims();
  void hold(AccountRun& result, std::size_t at);
  [[nodiscard]] bool stopped() const {
    return options_.solve.cancel != nullptr && options_.solve.cancel->load();
  }
  std::function<void(std::size_t, std::size_t)> step(std::size_t account, int step) const {
    return [this, account, step](std::size_t done, std::size_t of) {
      if (!options_.progress) return;
      const double part = of == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(of);
      options_.progress((static_cast<double>(account) + (step + part) / kSteps) /
                        static_cast<double>(accounts_.size()));
    };
  }
  void count(const ColumnAnswer& column) {
    for (const TableAnswer& table : column.tables) {
      if (!table.framed.too_large.empty()) continue;
      ++run_.problems;
      run_.worlds += table.answer.worlds;
    }
  }

  const std::vector<AccountInput>& accounts_;
  RunOptions options_;
  SolveOptions patch_;
  Run run_;
};

void Runner::bindings(const AccountInput& input, AccountRun& result) {
  for (const char* binding : kBindings) {
    if (options_.framing.binding == binding) {
      result.bindings.emplace_back(binding, result.columns.front());
      continue;
    }
    Column column{input.account.name, "base", "as it is written", false, options_.framing, input.account};
    column.options.binding = binding;
    result.bindings.emplace_back(binding, solve(column, options_.solve));
    count(result.bindings.back().second);
  }
}

/// A reading may change little while only insisting binds and much once pressing does.
void Runner::pressed(const AccountInput& input, AccountRun& result) {
  if (options_.framing.binding != "insists") return;
  framing::Options options = options_.framing;
  options.binding = "presses";
  result.pressed = solve_all(columns_of(input.account, input.alternatives, options), patch_);
  drop_unsolved(result.pressed);
  for (const auto& column : result.pressed) count(column);
}

void Runner::find(AccountRun& result) const {
  std::vector<Column> readings;
  for (std::size_t i = 1; i < result.columns.size(); ++i) readings.push_back(result.columns[i].column);
  result.findings = findings_of(result.columns.front().column, readings, {true, options_.solve.cancel});
  result.found = result.findings.complete;
}

/// Which situations hold, in every reading that was solved.
void Runner::hold(AccountRun& result, std::size_t at) {
  std::vector<Column> columns;
  std::vector<const ColumnAnswer*> solved;
  for (const ColumnAnswer& answer : result.columns) {
    columns.push_back(answer.column);
    solved.push_back(&answer);
  }
  StabilityAsk ask;
  ask.solve = options_.solve;
  ask.reading_concepts = {true, false, false, true, false};  // Nash and seq: what the page says of readings
  const auto report = step(at, 5);
  result.stability = stability_of(columns, solved, ask, patch_.draws,
                                  [&](double done) { report(static_cast<std::size_t>(1000 * done), 1000); });
  if (stopped()) result.stability.clear();
  std::set<const GameAnswer*> counted;
  for (const StabilityAnswer& answer : result.stability)
    for (const auto& game : answer.games)
      if (counted.insert(game.get()).second) {
        ++run_.games;
        run_.game_worlds += game->worlds;
      }
}

AccountRun Runner::one(const AccountInput& input, std::size_t at) {
  AccountRun result;
  result.account = input.account;
  result.columns =
      solve_all(columns_of(input.account, input.alternatives, options_.framing), options_.solve, step(at, 0));
  drop_unsolved(result.columns);
  for (const auto& column : result.columns) count(column);
  if (result.columns.empty() || result.columns.front().column.alternative != "base") return result;
  try {
    look_further(input, result, at);
  } catch (const Stopped&) {  // what is not marked as done is missing
  }
  return result;
}

/// Everything beyond the columns, step by step.
void Runner::look_further(const AccountInput& input, AccountRun& result, std::size_t at) {
  const ColumnAnswer& base = result.columns.front();
  if (stopped()) return;
  find(result);
  if (stopped()) return;
  bindings(input, result);
  pressed(input, result);
  std::vector<const ColumnAnswer*> all;
  for (const auto& column : result.columns) all.push_back(&column);
  for (const auto& [word, column] : result.bindings) all.push_back(&column);
  result.reach = reach_of(all);
  result.reached = true;
  step(at, 1)(1, 1);
  if (stopped()) return;
  result.silence = probe_silence(base, patch_);
  if (stopped()) result.silence.clear();
  run_.problems += static_cast<int>(2 * result.silence.size());
  run_.worlds += static_cast<std::int64_t>(2 * result.silence.size()) * patch_.draws;
  step(at, 2)(1, 1);
  if (stopped()) return;
  result.salience = probe_salience(base);
  result.probed = true;
  step(at, 3)(1, 1);
  if (stopped()) return;
  SolveOptions quick = patch_;
  quick.prove = true;
  result.self_tests = self_tests(base, quick, step(at, 4));
  result.tested = !stopped();
  if (!result.tested) result.self_tests.clear();
  run_.problems += static_cast<int>(result.self_tests.size()) + 1;
  run_.worlds += static_cast<std::int64_t>(result.self_tests.size() + 1) * patch_.draws;
  if (!stopped()) hold(result, at);
  if (!stopped()) enter(result, at);
}

void Runner::claims() {
  ClaimOptions options;
  options.framing = options_.framing;
  options.solve = options_.solve;
  run_.claims = ask(accounts_, options);
  run_.claimed = !stopped();
  if (!run_.claimed) run_.claims.clear();
}

/// The ledger of the base account; of a rival, where it parts from the base.
void Runner::enter(AccountRun& result, std::size_t at) {
  const auto progress = [this, at](double done) { step(at, 6)(static_cast<std::size_t>(1000 * done), 1000); };
  if (run_.accounts.empty()) {
    result.ledger = ledger_of(result.account, {options_.framing, patch_, progress, kAsksLittle});
    result.entered = result.ledger.complete;
    return;
  }
  CompareOptions options;
  options.framing = options_.framing;
  options.solve = patch_;
  options.most_explained = kMostExplained;
  options.most_tried = kMostTried;
  options.most_work = kMostLedgerWork;
  options.sources = kAsksLittle;
  options.progress = progress;
  result.against = compare(run_.accounts.front().account, result.account, options);
  if (!result.against->complete) result.against.reset();
}

Run Runner::run() {
  run_.options = options_;
  // Of the account as written every answer says whether it was reached, also when nothing was.
  for (std::size_t i = 0; i < accounts_.size() && (i == 0 || !stopped()); ++i) {
    AccountRun account = one(accounts_[i], i);
    // Without its base an account has no page.
    if (!account.columns.empty() && account.columns.front().column.alternative == "base")
      run_.accounts.push_back(std::move(account));
  }
  if (!run_.accounts.empty() && !stopped()) claims();
  run_.stopped = stopped();
  return std::move(run_);
}

}  // namespace

Run run(const std::vector<AccountInput>& accounts, const RunOptions& options) {
  return Runner(accounts, options).run();
}

}  // namespace parley::questions
