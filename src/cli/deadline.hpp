// SPDX-License-Identifier: MIT
// `--time-limit` for work that only knows a cancel token.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace parley::cli {

/// Passes on a cancel token and, where `seconds` is above 0, also sets its own once they are over.
class Deadline {
 public:
  Deadline(const std::atomic<bool>* cancel, double seconds);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  [[nodiscard]] const std::atomic<bool>* token() const { return thread_.joinable() ? &stop_ : cancel_; }
  /// The time was up, and nobody had cancelled.
  [[nodiscard]] bool expired() const { return expired_; }

 private:
  const std::atomic<bool>* cancel_;
  std::atomic<bool> stop_{false}, expired_{false};
  std::mutex lock_;
  std::condition_variable ended_;
  bool end_ = false;
  std::thread thread_;
};

}  // namespace parley::cli
