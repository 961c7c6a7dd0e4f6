// SPDX-License-Identifier: MIT
// Work over world indices on several threads. What each call of the body writes must depend only on its
// index; the result is then the same for any number of threads.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>

namespace parley::worlds {

struct Parallel {
  int threads = 0;                            ///< 0 = all cores; never changes an answer
  const std::atomic<bool>* cancel = nullptr;  ///< set by anybody: no further index is begun
  std::function<void(double done)>
      progress;  ///< share of the indices done, 0..1, never falling; one call at a time,
                 ///< from any thread, at most a hundred in all; may be empty
};

/// Calls body(i) exactly once for each i of 0 .. count-1, in no fixed order. True when all were called; false
/// when cancelled. Where bodies throw, the exception of the smallest index that threw is thrown again here.
bool parallel_for(std::int64_t count, const std::function<void(std::int64_t)>& body,
                  const Parallel& options = {});

}  // namespace parley::worlds
