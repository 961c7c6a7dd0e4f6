// SPDX-License-Identifier: MIT
#include "cli/last_words.hpp"

#include <fmt/format.h>
#include <gmp.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <thread>

#include "cli/command.hpp"
#include "cli/memory.hpp"
#include "report/diagnostics.hpp"
#include "report/markdown.hpp"

namespace parley::cli {
namespace {

/// A sentence for standard error, what goes to standard output, and the exit code: all made beforehand.
struct Ending {
  std::string complaint, output;
  int exit = kOk;
};

Ending exhausted, no_room, too_late, stopped;  // NOLINT: filled before any thread starts, read-only after
/// Who speaks: nobody yet, the command with its answer, or the one who ends the program.
enum class Speaker { nobody, command, ending };
std::atomic<Speaker> speaker{Speaker::nobody};  // NOLINT: one program, one standard output

/// False where not all of it could be written.
bool write_out(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(descriptor, text.data() + done, text.size() - done);
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

/// Takes the word; false where somebody else has it.
bool take_the_word(Speaker who) {
  Speaker before = Speaker::nobody;
  return speaker.compare_exchange_strong(before, who) || before == who;
}

/// Nothing where the command is speaking already: it ends by itself.
void end_with(const Ending& words) {
  if (!take_the_word(Speaker::ending)) return;
  write_out(STDERR_FILENO, words.complaint);
  const bool printed = write_out(STDOUT_FILENO, words.output);
  ::_exit(printed ? words.exit : errno == EPIPE ? kReaderGone : kEnvironment);
}

/// While the answer goes out nothing more is said on standard output.
[[noreturn]] void out_of_memory() {
  Speaker before = Speaker::nobody;
  if (!speaker.compare_exchange_strong(before, Speaker::ending) && before == Speaker::ending)
    for (;;) ::pause();  // another thread is ending the program
  const Ending& words = address_space_is_short() ? no_room : exhausted;
  write_out(STDERR_FILENO, words.complaint);
  if (before == Speaker::nobody) write_out(STDOUT_FILENO, words.output);
  ::_exit(words.exit);
}

void* gmp_allocate(std::size_t bytes) {
  void* memory = std::malloc(bytes);  // NOLINT: what GMP asks for
  if (memory == nullptr) out_of_memory();
  return memory;
}

void* gmp_reallocate(void* old, std::size_t, std::size_t bytes) {
  void* memory = std::realloc(old, bytes);  // NOLINT: what GMP asks for
  if (memory == nullptr) out_of_memory();
  return memory;
}

void gmp_free(void* memory, std::size_t) { std::free(memory); }  // NOLINT: what GMP asks for

Ending words_of(const std::string& command, bool json, const char* severity, const char* code,
                const std::string& message, const std::string& hint, int exit) {
  Ending words;
  words.exit = exit;
  words.complaint = fmt::format("parley: {}: {} [{}]\n", severity, message, code);
  if (!hint.empty()) words.complaint += fmt::format("  hint: {}\n", hint);
  if (json && exit != kEnvironment) words.complaint.clear();  // with --json only errors go to standard error
  if (json)
    words.output =
        nlohmann::ordered_json{{"schema", "parley." + command + "/1"},
                               {"complete", false},
                               {"diagnostics", nlohmann::ordered_json::array({{{"file", ""},
                                                                               {"line", 0},
                                                                               {"column", 0},
                                                                               {"severity", severity},
                                                                               {"code", code},
                                                                               {"message", message},
                                                                               {"hint", hint}}})}}
            .dump() +
        "\n";
  return words;
}

/// The thread that looks at the clock.
class Watch {
 public:
  Watch(const std::atomic<bool>& interrupted, double seconds)
      : interrupted_(interrupted), seconds_(seconds), thread_([this] { look(); }) {}
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    {
      const std::lock_guard guard(lock_);
      end_ = true;
    }
    ended_.notify_all();
    thread_.join();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static double since(Clock::time_point then) {
    return std::chrono::duration<double>(Clock::now() - then).count();
  }

  void look() {
    const auto began = Clock::now();
    double interrupted_at = -1;
    std::unique_lock guard(lock_);
    while (!end_) {
      ended_.wait_for(guard, std::chrono::milliseconds(20));
      const double now = since(began);
      if (interrupted_at < 0 && interrupted_.load()) interrupted_at = now;
      if (speaker.load() != Speaker::nobody) continue;  // the answer is going out
      if (interrupted_at >= 0 && now > interrupted_at + kGrace) end_with(stopped);
      if (seconds_ > 0 && now > seconds_ + kGrace) end_with(too_late);
    }
  }

  const std::atomic<bool>& interrupted_;
  const double seconds_;
  std::mutex lock_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

std::optional<Watch> watching;  // NOLINT: one command, one watch

}  // namespace

LastWords::LastWords(const Facts& facts) {
  const auto& [command, json, memory_limit, system_limit, output] = facts;
  const std::string smaller = "a smaller problem, fewer --draws, --threads 1, or a larger ";
  const bool systems = system_limit > 0 && (memory_limit == 0 || system_limit < memory_limit);
  no_room =
      words_of(command, json, "error", "out-of-memory",
               fmt::format("this takes more memory than the system allows the program ({}, set by `ulimit`)",
                           size_words(system_limit)),
               smaller + "`ulimit -v`; --memory-limit does not help here", kEnvironment);
  const std::string of = memory_limit > 0 ? fmt::format(" of {}", size_words(memory_limit)) : "";
  exhausted = words_of(command, json, "error", "out-of-memory",
                       fmt::format("this takes more than the memory limit{}", of), smaller + "--memory-limit",
                       kEnvironment);
  if (systems) exhausted = no_room;
  const std::string kept =
      output.empty() ? "" : fmt::format("`{}` stays as it was", report::printable(output));
  too_late = words_of(command, json, "warning", "time-limit",
                      "the time limit ended the work before any part of the answer was finished",
                      fmt::format("a longer --time-limit, fewer --draws, or a smaller account{}",
                                  kept.empty() ? "" : "; " + kept),
                      kOk);
  stopped = words_of(command, json, "warning", "stopped",
                     "stopped by Ctrl-C before any part of the answer was finished", kept, kStopped);
  if (!json)
    too_late.output =
        "The time limit ended the work before any part of the answer was finished.\n" +
        (output.empty() ? ""
                        : fmt::format("Nothing was written: {} stays as it was.\n", report::as_text(output)));
  speaker = Speaker::nobody;
  std::set_new_handler(out_of_memory);
  mp_set_memory_functions(gmp_allocate, gmp_reallocate, gmp_free);
}

void LastWords::watch(const std::atomic<bool>& interrupted, double seconds) {
  try {
    watching.emplace(interrupted, seconds);
  } catch (const std::system_error&) {  // no thread to be had: work still looks at the clock itself
  }
}

LastWords::~LastWords() {
  watching.reset();
  std::set_new_handler(nullptr);
}

void LastWords::answer_goes_out() {
  if (take_the_word(Speaker::command)) return;
  for (;;) ::pause();  // the program is being ended
}

}  // namespace parley::cli
