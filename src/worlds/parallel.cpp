// SPDX-License-Identifier: MIT
#include "worlds/parallel.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace parley::worlds {
namespace {

constexpr int kMostThreads = 256;

/// One loop, shared by its threads. Indices are given out in ascending chunks, so whatever stops the giving
/// out, all smaller indices have been begun: the smallest failing index is always among those that ran.
class Loop {
 public:
  Loop(std::int64_t count, const std::function<void(std::int64_t)>& body, const Parallel& options,
       int threads)
      : count_(count), body_(body), options_(options) {
    chunk_ = std::clamp<std::int64_t>(count / (8 * static_cast<std::int64_t>(threads)), 1, 1024);
  }

  void work() {
    while (!stopped_) {
      const std::int64_t begin = next_.fetch_add(chunk_);
      if (begin >= count_) return;
      const std::int64_t end = std::min(count_, begin + chunk_);
      for (std::int64_t i = begin; i < end; ++i) {
        if (options_.cancel != nullptr && *options_.cancel) {
          stopped_ = true;
          return;
        }
        if (!call(i)) return;
      }
      report(end - begin);
    }
  }

  bool finish() {
    if (failure_) std::rethrow_exception(failure_);
    return !stopped_;
  }

 private:
  bool call(std::int64_t i) {
    try {
      body_(i);
      return true;
    } catch (...) {
      stopped_ = true;
      const std::lock_guard<std::mutex> guard(mutex_);
      if (!failure_ || i < failed_at_) {
        failure_ = std::current_exception();
        failed_at_ = i;
      }
      return false;
    }
  }

  void report(std::int64_t done) {
    if (!options_.progress) return;
    const std::lock_guard<std::mutex> guard(mutex_);
    done_ += done;
    const auto percent = static_cast<int>(100.0 * static_cast<double>(done_) / static_cast<double>(count_));
    if (percent <= percent_) return;
    percent_ = percent;
    options_.progress(static_cast<double>(done_) / static_cast<double>(count_));
  }

  const std::int64_t count_;
  const std::function<void(std::int64_t)>& body_;
  const Parallel& options_;
  std::int64_t chunk_ = 1;
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::int64_t failed_at_ = 0, done_ = 0;
  int percent_ = 0;
};

}  // namespace

bool parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body,
                  const Parallel& options) {
  if (count <= 0) return true;
  int threads = options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  threads =
      static_cast<int>(std::clamp<std::int64_t>(threads, 1, std::min<std::int64_t>(count, kMostThreads)));
  Loop loop(count, body, options, threads);
  {
    std::vector<std::jthread> helpers;
    helpers.reserve(static_cast<std::size_t>(threads));
    try {
      for (int t = 1; t < threads; ++t) helpers.emplace_back([&loop] { loop.work(); });
    } catch (const std::system_error&) {  // no more threads to be had: those that are do the work
    }
    loop.work();
  }
  return loop.finish();
}

}  // namespace parley::worlds
