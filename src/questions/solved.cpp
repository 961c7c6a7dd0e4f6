// SPDX-License-Identifier: MIT
#include "questions/solved.hpp"

namespace parley::questions {

Solved::Kept Solved::find(const Fingerprint& key) const {
  const std::lock_guard guard(lock_);
  const auto found = answers_.find(key);
  if (found == answers_.end()) return nullptr;
  ++met_;
  return found->second;
}

void Solved::keep(const Fingerprint& key, const deals::EnsembleAnswer& answer) {
  if (answer.packages.size() > kMostPackages) return;
  auto kept = std::make_shared<const deals::EnsembleAnswer>(answer);
  const std::lock_guard guard(lock_);
  if (answers_.size() >= kMostKept) answers_.clear();
  answers_.emplace(key, std::move(kept));
}

int Solved::met() const {
  const std::lock_guard guard(lock_);
  return met_;
}

}  // namespace parley::questions
