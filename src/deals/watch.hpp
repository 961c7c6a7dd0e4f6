// SPDX-License-Identifier: MIT
// When to stop: the caller's cancel flag and time limit, asked often and cheaply.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

#include "deals/solve.hpp"
#include "expression/control.hpp"

namespace parley::deals {

/// Of a piece of work that is dropped when the watch says stop; it never leaves the lens.
using parley::Stopped;

inline constexpr double kLateWork = 2e6;  ///< some 20 ms

class Watch {
 public:
  /// `polls`: says stop when asked for the so manieth time, so that a test can stop a run anywhere; negative:
  /// never for that reason. `late_work`: what a search may spend after that, in numbers looked at.
  explicit Watch(const Options& options, std::int64_t polls = -1, double late_work = kLateWork)
      : options_(options), start_(std::chrono::steady_clock::now()), late_work_(late_work), polls_(polls) {}

  /// True from the moment when the time limit has passed or the caller has cancelled. May be called by any
  /// thread.
  [[nodiscard]] bool stop() const {
    if (stopped_.load(std::memory_order_relaxed)) return true;
    const bool cancelled = options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed);
    const bool polled = polls_.load(std::memory_order_relaxed) >= 0 && polls_.fetch_sub(1) <= 0;
    if (!cancelled && !polled && !(options_.time_limit > 0 && seconds() > options_.time_limit)) return false;
    stopped_.store(true, std::memory_order_relaxed);
    return true;
  }

  [[nodiscard]] double late_work() const { return late_work_; }

  /// Has it said stop?
  [[nodiscard]] bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

  void check() const {
    if (stop()) throw Stopped{};
  }

  /// Passes on how much of the work is done; from the calling thread only.
  void progress(double done) const {
    if (options_.progress) options_.progress(done);
  }

 private:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

  const Options& options_;
  std::chrono::steady_clock::time_point start_;
  double late_work_;
  mutable std::atomic<bool> stopped_{false};
  mutable std::atomic<std::int64_t> polls_;
};

/// Asks the watch once in kTicks small steps of work; without a watch never.
class Ticker {
 public:
  explicit Ticker(const Watch* watch = nullptr) : watch_(watch) {}
  void tick(std::uint32_t steps = 1) {
    done_ += steps;
    if (done_ < kTicks) return;
    done_ = 0;
    if (watch_ != nullptr) watch_->check();
  }

 private:
  static constexpr std::uint32_t kTicks = 4096;
  const Watch* watch_;
  std::uint32_t done_ = 0;
};

}  // namespace parley::deals
