// SPDX-License-Identifier: MIT
// Whoever asks for an answer may stop the work on it: Ctrl-C and time limits travel down as one small value.
// Work whose length depends on the size of its input asks it in its loops.
#pragma once
#include <atomic>
#include <functional>

namespace parley {

/// Thrown where work was stopped and has nothing to hand back. Whoever has a part of an answer catches it and
/// gives that part, marked as incomplete. It never leaves a command.
struct Stopped {};

/// Copies ask the same token. Both pointers may be null; what they point to outlives every copy.
class Control {
 public:
  Control() = default;
  /// `stop`: set by anybody, from any thread; `progress`: takes the share that is done, 0..1.
  Control(const std::atomic<bool>* stop,
          const std::function<void(double)>* progress = nullptr)  // NOLINT: a flag is one
      : stop_(stop), progress_(progress) {}

  /// One relaxed load: may be asked in every round of a loop.
  [[nodiscard]] bool stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  void check() const {
    if (stopped()) throw Stopped{};
  }
  void report(double done) const {
    if (progress_ != nullptr && *progress_) (*progress_)(done);
  }
  /// For work that takes the flag alone.
  [[nodiscard]] const std::atomic<bool>* token() const { return stop_; }

 private:
  const std::atomic<bool>* stop_ = nullptr;
  const std::function<void(double)>* progress_ = nullptr;
};

}  // namespace parley
