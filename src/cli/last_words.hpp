// SPDX-License-Identifier: MIT
// What is said when a command cannot end by itself: it ran out of memory, or it did not look at the clock or
// at Ctrl-C in time. Whatever the other threads are doing, one sentence goes out and the program ends;
// nothing is allocated on the way.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>

namespace parley::cli {

/// How long work may take to notice that it should end (seconds): then it is ended.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr double kGrace = 8;  // everything is several times slower there
#else
inline constexpr double kGrace = 0.75;
#endif

class LastWords {
 public:
  /// What the sentences name.
  struct Facts {
    std::string command;
    bool json = false;
    std::uint64_t memory_limit = 0;  ///< bytes; 0: none was set
    std::uint64_t system_limit = 0;  ///< bytes that the system allows at most (`ulimit`); 0: no limit
    std::string output;              ///< where the answer was to go beside standard output; "": nowhere
  };
  /// Call before any thread starts; there is one at a time. Running out of memory (operator new, GMP) from
  /// now on ends the program with exit code 3 and a sentence that names the limit that was in the way.
  explicit LastWords(const Facts& facts);
  /// Ends the program once `seconds` (0: never) and the grace are over, with exit code 0 and the statement
  /// that nothing was finished; and once `interrupted` has been set for as long as the grace, with exit code
  /// 130. Where no thread can be started there is no such watch.
  void watch(const std::atomic<bool>& interrupted, double seconds);
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;
  ~LastWords();

  /// Call before the answer goes out, to a file or to standard output: from now on nothing is ended any more.
  /// Where the program is being ended already this does not return.
  static void answer_goes_out();
};

}  // namespace parley::cli
