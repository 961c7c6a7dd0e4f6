// SPDX-License-Identifier: MIT
// The writer of one game of an account as JSON, private to this room: stability_account_json.cpp (situations
// and what the game is), stability_account_now_json.cpp (the present, against the zone, each side's view).
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "questions/stability.hpp"

namespace parley::report {

/// "all", "none", or null where orders alone do not decide it.
[[nodiscard]] nlohmann::ordered_json proved_json(int proved);

class GameWriter {
 public:
  GameWriter(const questions::GameAnswer& answer, std::size_t listed)
      : a_(answer), game_(answer.game), words_(answer.level_words), listed_(listed) {}

  [[nodiscard]] nlohmann::ordered_json game() const;

 private:
  using Json = nlohmann::ordered_json;
  using Counts = std::vector<int>;
  [[nodiscard]] Json focus() const;
  [[nodiscard]] Json equilibria() const;
  [[nodiscard]] Json stable() const;
  [[nodiscard]] Json now() const;
  [[nodiscard]] Json against() const;
  [[nodiscard]] Json misperception() const;
  [[nodiscard]] Json levels(std::size_t state) const;
  [[nodiscard]] Json silent() const;  ///< ids of those who are
  [[nodiscard]] Json ratification() const;
  [[nodiscard]] Json open() const;  ///< the same, with what they are silent on
  /// From `least` to `most` worlds: a share where the two are one, and otherwise bounds.
  [[nodiscard]] Json between(int least, int most, int of) const;
  [[nodiscard]] Json per_mover(const Counts& least, const Counts& most, int of) const;
  [[nodiscard]] Json per_mover(const Counts& counts, int of) const { return per_mover(counts, counts, of); }
  /// Shares of worlds whose own number may be open; then they are, too.
  [[nodiscard]] Json of_those(const Counts& least, const Counts& most, int of, int of_at_most) const;
  /// Of those whose share is open.
  [[nodiscard]] Json bounds(const std::vector<std::string>& names, const Counts& least, const Counts& most,
                            int of) const;
  /// States with the largest counts, none without any, the first of equals first.
  [[nodiscard]] std::vector<std::size_t> most(const Counts& least, const Counts& at_most) const;
  [[nodiscard]] std::vector<bool> worth_listing() const;

  const questions::GameAnswer& a_;
  const framing::AccountGame& game_;
  const std::vector<std::vector<std::string>>& words_;
  std::size_t listed_;
};

}  // namespace parley::report
