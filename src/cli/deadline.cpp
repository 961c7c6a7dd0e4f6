// SPDX-License-Identifier: MIT
#include "cli/deadline.hpp"

#include <chrono>

namespace parley::cli {

Deadline::Deadline(const std::atomic<bool>* cancel, double seconds) : cancel_(cancel) {
  if (seconds <= 0) return;
  using Clock = std::chrono::steady_clock;
  constexpr double kLongest = 1e9;  // seconds; far beyond any session, and safe to add to a clock
  const auto until = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
                                        seconds < kLongest ? seconds : kLongest));
  thread_ = std::thread([this, until] {
    std::unique_lock guard(lock_);
    while (!end_ && !stop_) {
      ended_.wait_for(guard, std::chrono::milliseconds(20));
      const bool cancelled = cancel_ != nullptr && cancel_->load();
      expired_ = !cancelled && Clock::now() >= until;
      stop_ = cancelled || expired_;
    }
  });
}

Deadline::~Deadline() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard guard(lock_);
    end_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

}  // namespace parley::cli
