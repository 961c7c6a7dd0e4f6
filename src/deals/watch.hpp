// SPDX-License-Identifier: MIT
// When to stop: the caller's cancel flag and time limit, asked often and cheaply.
#pragma once
#include <atomic>
#include <chrono>

#include "deals/solve.hpp"

namespace parley::deals {

class Watch {
 public:
  explicit Watch(const Options& options) : options_(options), start_(std::chrono::steady_clock::now()) {}

  /// True from the moment when the time limit has passed or the caller has cancelled. May be called by any
  /// thread.
  [[nodiscard]] bool stop() const {
    if (stopped_.load(std::memory_order_relaxed)) return true;
    const bool cancelled = options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed);
    if (!cancelled && !(options_.time_limit > 0 && seconds() > options_.time_limit)) return false;
    stopped_.store(true, std::memory_order_relaxed);
    return true;
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
  mutable std::atomic<bool> stopped_{false};
};

}  // namespace parley::deals
