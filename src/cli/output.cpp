// SPDX-License-Identifier: MIT
#include "cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <nlohmann/json.hpp>

#include "report/diagnostics.hpp"

namespace parley::cli {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Printed write_all(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(descriptor, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno == EPIPE ? Printed::reader_gone : Printed::failed;
    done += static_cast<std::size_t>(n);
  }
  return Printed::whole;
}

}  // namespace

std::string json_object(const std::string& command, const Outcome& outcome) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  object["schema"] = command.empty() ? "parley/1" : fmt::format("parley.{}/1", command);
  if (outcome.answer) object.update(*outcome.answer);
  object["diagnostics"] = report::diagnostics_json(outcome.diagnostics);
  return report::visible_json(object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
         "\n";
}

Printed print(const std::string& text) { return write_all(STDOUT_FILENO, text); }

int exit_after(Printed printed, int exit) {
  if (printed == Printed::whole) return exit;
  return printed == Printed::reader_gone ? kReaderGone : kEnvironment;
}

void complain(const std::string& line) { (void)write_all(STDERR_FILENO, line); }

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) == 1), began_(now()), last_(began_) {}

void Progress::show(double share) {
  const std::lock_guard<std::mutex> hold(mutex_);
  const double time = now();
  if (!terminal_ || time - last_ < 0.5 || share <= 0) return;
  last_ = time;
  shown_ = true;
  const double left = share < 1 ? (time - began_) * (1 - share) / share : 0;
  complain(fmt::format("\r{:3.0f} % done, about {:.0f} s left \033[K", 100 * share, left));
}

void Progress::done() {
  if (shown_) complain("\r\033[K");
  shown_ = false;
}

}  // namespace parley::cli
