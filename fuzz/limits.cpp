// SPDX-License-Identifier: MIT
// Sizes at the limits. The bytes choose what kind of problem is made and how large each part of it is; it
// goes through reading and every lens under a small budget of time: once that is over everything ends soon,
// and what it hands back is marked as cut short.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "deals/solve.hpp"
#include "foreign/conflict.hpp"
#include "foreign/genius.hpp"
#include "fuzz/input.hpp"
#include "language/read.hpp"
#include "questions/check.hpp"
#include "questions/consistency.hpp"
#include "questions/findings.hpp"
#include "questions/stability.hpp"
#include "stability/solve.hpp"

using namespace parley;
using parley::fuzz::require;

namespace {

constexpr std::chrono::milliseconds kBudget{150};
/// Far more than anything may take after that, also under the sanitizers: it is hangs that are looked for.
constexpr std::chrono::seconds kPatience{30};

class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  int byte() { return at_ < size_ ? data_[at_++] : 0; }
  /// 0 .. most: small numbers and those near the limit are as likely.
  int size(int most) {
    const int choice = byte();
    if (choice < 64) return choice % 4;
    if (choice < 192) return std::min(most, choice);
    return most - (choice - 192) * most / 512;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

/// Sets a flag when the budget is over, and sees to it that the work then ends.
class Budget {
 public:
  Budget() : thread_([this] { count_down(); }) {}
  ~Budget() {
    {
      const std::lock_guard guard(lock_);
      done_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }
  const std::atomic<bool>* token() const { return &over_; }

 private:
  void count_down() {
    std::unique_lock guard(lock_);
    if (ended_.wait_for(guard, kBudget, [this] { return done_; })) return;
    over_ = true;
    require(ended_.wait_for(guard, kPatience, [this] { return done_; }), "work ends once its time is over");
  }
  std::atomic<bool> over_{false};
  bool done_ = false;
  std::mutex lock_;
  std::condition_variable ended_;
  std::thread thread_;
};

std::string number(int k) { return std::to_string(k); }

std::string account_of(Choices& c) {
  const int issues = 1 + c.size(12), levels = 2 + c.size(18), actors = 2 + c.size(60);
  std::string text =
      "parley: 1\naccount: x\nfrom: ex\nsources: {ex: {title: t, standpoint: exercise}}\nactors: [a0";
  for (int k = 1; k < actors; ++k) text += ", a" + number(k);
  text += "]\ngroups: {g: {surely: [a0";
  for (int k = 1; k < actors; ++k) text += ", a" + number(k);
  text += "]}}\nrelations: {r: {who: g, whom: g, levels: [absent, signed]}}\nissues:\n";
  for (int k = 0; k < issues; ++k) {
    text += "  i" + number(k) + ": {settled_by: [a0, a1], levels: [l0";
    for (int l = 1; l < levels; ++l) text += ", l" + number(l);
    text += c.byte() % 4 == 0 ? "]}\n" : "], now: l0}\n";
  }
  text += "talks: {t: {parties: [a0, a1], issues: [i0";
  for (int k = 1; k < issues; ++k) text += ", i" + number(k);
  text += "]}}\n";
  const auto block = [&](const std::string& name, int n, const auto& row) {
    if (n > 0) text += name + ":\n";
    for (int k = 0; k < n; ++k) text += "  " + row(k) + "\n";
  };
  const auto issue = [&](int k) { return "i" + number(k % issues); };
  block("preferences", c.size(2'000), [&](int k) {
    return "p" + number(k) + ": {by: a" + number(k % 2) + ", on: " + issue(k) + ", wants: more}";
  });
  block("positions", c.size(2'000), [&](int k) {
    return "s" + number(k) + ": {by: a" + number(k % actors) + ", on: " + issue(k) + ", presses: is l1}";
  });
  block("mechanisms", c.size(1'000), [&](int k) {
    return "m" + number(k) + ": {cause: " + (k == 0 ? issue(0) : "q" + number(k - 1)) + ", raises: [q" +
           number(k) + "]}";
  });
  block("commitments", c.size(300), [&](int k) {
    return "c" + number(k) + ": {by: a" + number(k % 2) + ", kind: threat, will: " + issue(k) +
           " is l1, if: " + issue(k + 1) + " is l0}";
  });
  const int least = 1 + c.size(16);
  block("outcomes", c.size(40), [&](int k) {
    return "o" + number(k) + ": \"" +
           (k == 0 ? "r(at least " + number(least) + " of g, any g) is signed"
                   : "o" + number(k - 1) + " and not o" + number(k - 1)) +
           "\"";
  });
  block("claims", c.size(200),
        [&](int k) { return "k" + number(k) + ": {entails: " + issue(k) + " is l1}"; });
  block("alternatives", c.size(500),
        [&](int k) { return "v" + number(k) + ": {reading: v, set: {i0.label: v" + number(k) + "}}"; });
  return text;
}

void ask_account(const std::string& text) {
  const Budget budget;
  const Control control(budget.token());
  language::ReadOptions read;
  read.control = control;
  language::Reading reading;
  try {
    reading = language::read_texts({{"a.yaml", text}}, read);
  } catch (const Stopped&) {
    return;
  }
  for (const Diagnostic& d : reading.diagnostics)
    require(d.severity != Severity::error || d.place.line > 0, "an error has a place", d.message);
  if (!reading.ok()) return;
  questions::RunOptions options;
  options.framing.control = control;
  options.solve.cancel = budget.token();
  options.solve.draws = options.patch_draws = 10;
  options.solve.threads = 1;
  const questions::AccountInput input{reading.base, reading.alternatives};
  const auto columns = questions::columns_of(input.account, input.alternatives, options.framing);
  (void)questions::check(input, options);
  const auto findings = questions::findings_of(columns.front(), {}, {true, budget.token()});
  questions::ConsistencyOptions consistency;
  consistency.cancel = budget.token();
  (void)questions::solve_consistency(columns.front(), consistency);
  questions::StabilityAsk ask;
  ask.solve = options.solve;
  (void)questions::stability_of(columns, {}, ask, 10, {});
  // Each step is given what is left of the budget: once it is over, the last one cannot be whole.
  const auto late = questions::findings_of(columns.front(), {}, {true, budget.token()});
  require(!late.complete || findings.complete, "what was cut short is not whole later on");
}

void ask_genius(Choices& c) {
  const int issues = 1 + c.size(1'000), parties = 1 + c.size(100), values = 2 + c.byte() % 3;
  const auto space = [&](const char* root, int party) {
    std::string text = std::string("<") + root + "><objective>";
    for (int k = 1; k <= issues; ++k) {
      text += "<issue index=\"" + number(k) + "\" name=\"n" + number(k) + "\" vtype=\"discrete\">";
      for (int v = 0; v < values; ++v)
        text += "<item value=\"v" + number(v) + "\"" +
                (party < 0 ? "/>" : " evaluation=\"" + number(1 + (k * 7 + v * 5 + party * 3) % 11) + "\"/>");
      text += "</issue>";
    }
    for (int k = 1; party >= 0 && k <= issues; ++k)
      text += "<weight index=\"" + number(k) + "\" value=\"" + number(1 + k % 5) + "\"/>";
    return text + "</objective></" + root + ">";
  };
  std::vector<foreign::GeniusFile> files = {
      {"d.xml", "f/d.xml",
       "<negotiation_template>" + space("utility_space", -1) + "</negotiation_template>"}};
  for (int p = 0; p < parties; ++p)
    files.push_back({"p" + number(p) + ".xml", "f/p" + number(p) + ".xml", space("utility_space", p)});
  const auto reading = foreign::read_genius_files("f", std::move(files));
  if (!reading.ok()) return;
  const Budget budget;
  deals::Options options;
  options.threads = 1;
  options.cancel = budget.token();
  (void)deals::solve(reading.problem, options);
}

void ask_conflict(Choices& c) {
  const int makers = 1 + c.size(20);
  std::string options, dms;
  for (int k = 0; k < makers; ++k) {
    options += (k == 0 ? "" : ",") + ("{\"name\": \"o" + number(k) + "\"}");
    dms += (k == 0 ? "" : ",") + ("{\"name\": \"d" + number(k) + "\", \"options\": [" + number(k) +
                                  "], \"preferences\": [[[" + number(c.byte() % makers) + ", \"Y\"]]]}");
  }
  const auto reading = foreign::read_conflict_text(
      "a.gmcr", "{\"options\": [" + options + "], \"decisionMakers\": [" + dms + "]}");
  if (!reading.ok()) return;
  const Budget budget;
  stability::SolveOptions asked;
  asked.watch = {budget.token(), {}};
  (void)stability::solve(reading.game, *reading.space, asked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const int kind = choices.byte() % 8;
  if (kind == 0)
    ask_genius(choices);
  else if (kind == 1)
    ask_conflict(choices);
  else
    ask_account(account_of(choices));
  return 0;
}
