// SPDX-License-Identifier: MIT
// When to stop: a cancel flag (Ctrl-C or a deadline), asked often and cheaply, and where progress goes.
#pragma once
#include <atomic>
#include <functional>

namespace parley::stability {

struct Watch {
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress = {};  ///< 0..1; may be empty

  [[nodiscard]] bool stop() const { return cancel != nullptr && cancel->load(std::memory_order_relaxed); }
};

}  // namespace parley::stability
