// SPDX-License-Identifier: MIT
// The watchdog: every command on every hostile input, with random time limits and Ctrl-C, and kills at random
// moments while answers are written. What must hold whatever the input: the program ends, with an exit code
// of its own, and leaves nothing behind. No test of speed: the slack is for machines that are busy.
//   parley_watchdog [--seconds N] [--size S] [--slack S] [--kills N] [--at-once N] [--seed N] [--program
//   PATH]
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "cli/program.hpp"
#include "places.hpp"
#include "watchdog/inputs.hpp"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using nlohmann::json;

struct Plan {
  double seconds = 20, size = 0.02, slack = 20;
  int kills = 10, at_once = 8;
  unsigned long seed = 1;
  std::string program = PARLEY_BINARY;
};

double since(Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); }

/// A child with its output going to pipes.
struct Child {
  pid_t pid = -1;
  int out = -1;
};

Child start(const std::string& program, const std::vector<std::string>& words) {
  std::array<int, 2> out = {};
  if (::pipe(out.data()) != 0) std::exit(3);
  Child child{::fork(), out[0]};
  if (child.pid < 0) std::exit(3);
  if (child.pid == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDERR_FILENO);
    ::close(out[0]);
    ::close(out[1]);
    std::vector<char*> argv = {const_cast<char*>(program.c_str())};
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(out[1]);
  return child;
}

struct Ended {
  int status = 0;
  double seconds = 0;
  bool hung = false;
  std::string out;
};

/// Sends `signal` after `signal_after` seconds (negative: never), and gives up after `most`.
Ended wait_for(const Child& child, int signal, double signal_after, double most) {
  const auto began = Clock::now();
  Ended ended;
  bool sent = false, open = true;
  std::array<char, 65536> part;
  while (open) {
    if (!sent && signal_after >= 0 && since(began) >= signal_after) {
      ::kill(child.pid, signal);
      sent = true;
    }
    if (since(began) > most) {
      ended.hung = true;
      ::kill(child.pid, SIGKILL);
    }
    pollfd end{child.out, POLLIN, 0};
    if (::poll(&end, 1, 5) <= 0) continue;
    const ssize_t n = ::read(child.out, part.data(), part.size());
    if (n <= 0)
      open = false;
    else
      ended.out.append(part.data(), static_cast<std::size_t>(n));
  }
  ::waitpid(child.pid, &ended.status, 0);
  ::close(child.out);
  ended.seconds = since(began);
  return ended;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line = "parley";
  for (const auto& word : words)
    line += " " + (word.find(' ') == std::string::npos ? word : "'" + word + "'");
  return line;
}

std::string text_of(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Temporary files that are still there.
std::string litter_in(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".tmp")) return name;
  }
  return "";
}

class Watchdog {
 public:
  Watchdog(const Plan& plan, std::string folder)
      : plan_(plan),
        folder_(std::move(folder)),
        inputs_(hostile_inputs(folder_ + "/in", plan.size)),
        random_(plan.seed) {
    fs::create_directories(folder_ + "/out");
  }

  int run() {
    const auto began = Clock::now();
    while (since(began) < plan_.seconds) once();
    for (int k = 0; k < plan_.kills; ++k) kill_once();
    if (plan_.at_once > 0) all_at_once();
    std::cout << runs_ << " runs of " << inputs_.size() << " inputs, " << interrupted_ << " with Ctrl-C, "
              << partial_ << " cut short; " << plan_.kills << " kills; the longest overrun was " << worst_
              << " s (" << worst_line_ << "); " << faults_ << " faults\n";
    return faults_ == 0 ? 0 : 1;
  }

 private:
  double draw(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
  std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  void fault(const std::vector<std::string>& words, const std::string& what) {
    ++faults_;
    std::cout << "FAULT: " << what << ": " << joined(words) << std::endl;
  }

  void once() {
    const HostileInput& input = inputs_[pick(inputs_.size())];
    std::vector<std::string> words = input.uses[pick(input.uses.size())];
    words.insert(words.begin() + 1, input.path);
    const bool as_json = pick(2) == 0, limited = pick(4) != 0, interrupts = !limited || pick(4) == 0;
    if (as_json) words.emplace_back("--json");
    if (pick(2) == 0) words.insert(words.end(), {"--threads", std::to_string(1 + pick(3))});
    if (words.front() != "import" && pick(3) != 0)
      words.insert(words.end(), {"--draws", std::to_string(1 + pick(200))});
    const double limit = draw(0.05, 1.5), stop = interrupts ? draw(0, 1.5) : -1;
    if (limited && words.front() != "import")
      words.insert(words.end(), {"--time-limit", std::to_string(limit)});
    const std::string target = folder_ + "/out/" + words.front();
    if (words.front() == "run" || pick(4) == 0) words.insert(words.end(), {"-o", target});
    const bool writes = words.back() == target;
    std::error_code gone;
    if (words.front() == "import") fs::remove(target, gone);
    double ends = 1e9;
    if (limited) ends = limit;
    if (stop >= 0) ends = std::min(ends, stop);
    const Ended ended = wait_for(start(plan_.program, words), SIGINT, stop, ends + 1 + plan_.slack);
    ++runs_;
    if (stop >= 0) ++interrupted_;
    judge(words, ended, ends, as_json);
    if (writes && !litter_in(folder_ + "/out").empty()) fault(words, "left " + litter_in(folder_ + "/out"));
  }

  void judge(const std::vector<std::string>& words, const Ended& ended, double ends, bool as_json) {
    if (ended.hung) return fault(words, "did not end");
    if (ended.seconds - ends > worst_) {
      worst_ = ended.seconds - ends;
      worst_line_ = joined(words);
    }
    if (WIFSIGNALED(ended.status)) {
      // Ctrl-C before the program has looked after it ends it as any other.
      if (WTERMSIG(ended.status) != SIGINT)
        fault(words, "ended by signal " + std::to_string(WTERMSIG(ended.status)));
      return;
    }
    const int code = WEXITSTATUS(ended.status);
    if (code != 0 && code != 1 && code != 2 && code != 3 && code != 130 && code != 141)
      fault(words, "exit code " + std::to_string(code));
    if (!as_json) return;
    const json object = json::parse(ended.out, nullptr, false);
    if (!object.is_object() || !object.contains("schema")) return fault(words, "no JSON object");
    for (const json& d : object.value("diagnostics", json::array())) {
      const std::string said = d.value("code", "");
      if (said == "internal-error" || said == "internal-contradiction") fault(words, said + ": " + d.dump());
      if (said == "time-limit") ++partial_;
    }
  }

  /// An answer is whole or as it was, and what is not Parley's stays, whenever it is killed.
  void kill_once() {
    const std::string account = folder_ + "/in/nested.yaml", target = folder_ + "/killed";
    const bool to_folder = pick(2) == 0;
    std::error_code error;
    fs::create_directories(target, error);
    std::ofstream(target + "/notes.md") << "mine";
    const std::string file = target + (to_folder ? "/results.json" : "/answer.json");
    const std::vector<std::string> words = {to_folder ? "run" : "deals",
                                            account,
                                            "-o",
                                            to_folder ? target : file,
                                            "--draws",
                                            "20",
                                            "--threads",
                                            "1"};
    (void)wait_for(start(plan_.program, words), SIGKILL, draw(0, 0.4), 60);
    if (fs::exists(file) && !json::parse(text_of(file), nullptr, false).is_object())
      fault(words, "half an answer after a kill");
    if (text_of(target + "/notes.md") != "mine") fault(words, "another's file was touched");
    const Ended again = wait_for(start(plan_.program, words), SIGKILL, -1, 120);
    if (!WIFEXITED(again.status) || WEXITSTATUS(again.status) != 0) fault(words, "does not run after a kill");
    if (to_folder && !litter_in(target).empty()) fault(words, "left " + litter_in(target));
  }

  void all_at_once() {
    const std::string target = folder_ + "/shared";
    const std::vector<std::string> words = {
        "run", folder_ + "/in/nested.yaml", "-o", target, "--draws", "20", "--threads", "1"};
    std::vector<Child> children;
    for (int k = 0; k < plan_.at_once; ++k) children.push_back(start(plan_.program, words));
    for (const Child& child : children) {
      const Ended ended = wait_for(child, SIGKILL, -1, 60 + 2.0 * plan_.at_once);
      const int code = WIFEXITED(ended.status) ? WEXITSTATUS(ended.status) : -1;
      if (code != 0 && code != 3) fault(words, "one of many at once ended with " + std::to_string(code));
    }
    if (!json::parse(text_of(target + "/results.json"), nullptr, false).is_object())
      fault(words, "many at once left no whole answer");
    if (!litter_in(target).empty()) fault(words, "many at once left " + litter_in(target));
  }

  Plan plan_;
  std::string folder_;
  std::vector<HostileInput> inputs_;
  std::mt19937_64 random_;
  int runs_ = 0, interrupted_ = 0, partial_ = 0, faults_ = 0;
  double worst_ = -1e9;
  std::string worst_line_;
};

bool take(Plan& plan, const std::string& flag, const std::string& value) {
  const double number = std::atof(value.c_str());
  if (flag == "--seconds")
    plan.seconds = number;
  else if (flag == "--size")
    plan.size = number;
  else if (flag == "--slack")
    plan.slack = number;
  else if (flag == "--kills")
    plan.kills = static_cast<int>(number);
  else if (flag == "--at-once")
    plan.at_once = static_cast<int>(number);
  else if (flag == "--seed")
    plan.seed = static_cast<unsigned long>(number);
  else if (flag == "--program")
    plan.program = value;
  else
    return false;
  return true;
}

}  // namespace
}  // namespace parley::testing

int main(int argc, char** argv) {
  parley::testing::Plan plan;
  for (int i = 1; i + 1 < argc; i += 2)
    if (!parley::testing::take(plan, argv[i], argv[i + 1])) {
      std::cerr << "unknown flag " << argv[i] << "\n";
      return 2;
    }
  const parley::testing::TemporaryFolder folder;
  return parley::testing::Watchdog(plan, folder.path()).run();
}
