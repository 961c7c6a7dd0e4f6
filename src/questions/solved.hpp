// SPDX-License-Identifier: MIT
// What the deals lens has answered already: readings, bindings, probes, claims and comparisons meet the same
// bargaining problems again and again, because most rows of an account never reach a given table.
#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "deals/ensemble.hpp"
#include "questions/digest.hpp"

namespace parley::questions {

/// Safe to use from many threads. Keys: the fingerprint of the problem and of everything the lens was asked.
class Solved {
 public:
  using Kept = std::shared_ptr<const deals::EnsembleAnswer>;
  [[nodiscard]] Kept find(const Fingerprint& key) const;
  /// Answers about very large tables are not kept.
  void keep(const Fingerprint& key, const deals::EnsembleAnswer& answer);
  [[nodiscard]] int met() const;  ///< how often `find` found something

 private:
  static constexpr std::size_t kMostPackages = 2'000;  ///< of a table whose answer is kept
  static constexpr std::size_t kMostKept = 2'000;      ///< answers; then all are dropped
  mutable std::mutex lock_;
  mutable int met_ = 0;
  std::map<Fingerprint, Kept> answers_;
};

}  // namespace parley::questions
