// SPDX-License-Identifier: MIT
#include "cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace parley::testing {
namespace {

using Pipe = std::array<int, 2>;

[[noreturn]] void become_parley(const std::vector<std::string>& arguments, const RunOptions& options,
                                const Pipe& out, const Pipe& err) {
  ::signal(SIGPIPE, SIG_DFL);
  int to = out[1];
  if (!options.stdout_to.empty()) to = ::open(options.stdout_to.c_str(), O_WRONLY);
  ::dup2(to, STDOUT_FILENO);
  ::dup2(err[1], STDERR_FILENO);
  for (const int end : {out[0], out[1], err[0], err[1]}) ::close(end);
  if (options.memory_bytes > 0) {
    const rlimit limit{options.memory_bytes, options.memory_bytes};
    ::setrlimit(RLIMIT_AS, &limit);
  }
  std::vector<char*> argv = {const_cast<char*>(PARLEY_BINARY)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(PARLEY_BINARY, argv.data());
  ::_exit(127);
}

void read_both(int out, int err, Said& said) {
  std::array<pollfd, 2> ends = {pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
  std::array<char, 65536> buffer;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (::poll(ends.data(), ends.size(), -1) < 0) continue;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const ssize_t n = ::read(ends[i].fd, buffer.data(), buffer.size());
      if (n <= 0)
        ends[i].fd = -1;
      else
        (i == 0 ? said.out : said.err).append(buffer.data(), static_cast<std::size_t>(n));
    }
  }
}

}  // namespace

Said run_parley(const std::vector<std::string>& arguments, const RunOptions& options) {
  Pipe out, err;
  if (::pipe(out.data()) != 0 || ::pipe(err.data()) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) become_parley(arguments, options, out, err);
  ::close(out[1]);
  ::close(err[1]);
  if (options.close_stdout) ::close(out[0]);
  if (options.interrupt_after_ms > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(options.interrupt_after_ms));
    ::kill(child, SIGINT);
  }
  Said said;
  read_both(options.close_stdout ? -1 : out[0], err[0], said);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!options.close_stdout) ::close(out[0]);
  ::close(err[0]);
  said.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return said;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "parley-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  const std::string path = path_ + "/" + name;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace parley::testing
