// SPDX-License-Identifier: MIT
// How verdicts are found, private to this room.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "questions/claim_test.hpp"
#include "questions/claims.hpp"

namespace parley::questions {

[[nodiscard]] ClaimVerdict verdict_of(const Tested& tested, const mpq_class& holds);
[[nodiscard]] bool stands(ClaimVerdict verdict);
[[nodiscard]] ClaimResult result_of(const Tested& tested, const mpq_class& holds);
/// Of several readings of one account: not testable, contested, entailed, holds or fails, undetermined.
[[nodiscard]] ClaimVerdict over_columns(const std::map<std::string, ClaimResult>& columns);

class Asker {
 public:
  Asker(const std::vector<AccountInput>& accounts, const ClaimOptions& options);
  std::vector<ClaimAnswer> all();

 private:
  struct Testers {
    std::string account;
    std::vector<std::pair<std::string, std::unique_ptr<ClaimTester>>> columns;  ///< base first
  };
  [[nodiscard]] bool stopped() const {
    return options_.solve.cancel != nullptr && options_.solve.cancel->load();
  }
  ClaimAnswer one(const account::Row& claim);
  [[nodiscard]] framing::RowSet own_of(const ClaimTester& tester, const account::Row& claim) const;
  [[nodiscard]] framing::RowSet own_of(const Testers& testers, const account::Row& claim) const {
    return own_of(*testers.columns.front().second, claim);
  }
  void find_decisive_rows(const account::Row& claim, ClaimAnswer& answer) const;
  void find_end_premises(const account::Row& claim, const framing::RowSet& left_out, const Tested& tested,
                         ClaimAnswer& answer) const;
  void find_guards(const account::Row& claim, const framing::RowSet& left_out, ClaimAnswer& answer) const;
  void find_settling(const account::Row& claim, ClaimAnswer& answer) const;
  void find_flips(const account::Row& claim, ClaimAnswer& answer) const;
  [[nodiscard]] ClaimVerdict verdict(const Testers& testers, const account::Row& claim,
                                     const framing::RowSet& own,
                                     std::map<std::string, ClaimResult>* columns) const;
  [[nodiscard]] const ClaimTester& base() const { return *testers_.front().columns.front().second; }
  static void inherit(std::vector<ClaimAnswer>& list);
  void inherit_in(std::size_t account, std::vector<ClaimAnswer>& list) const;
  void leave_out_unheard(std::size_t account, std::vector<ClaimAnswer>& list) const;
  [[nodiscard]] const account::Row& row_in(std::size_t account, const account::Row& claim) const;

  const std::vector<AccountInput>& accounts_;
  const ClaimOptions& options_;
  std::vector<Testers> testers_;
  std::unique_ptr<ClaimTester> placebo_, quick_;
  std::unique_ptr<ClaimTester> exact_;  ///< proofs alone, no draws
  std::vector<std::pair<std::string, std::unique_ptr<ClaimTester>>> self_tests_;
};

}  // namespace parley::questions
