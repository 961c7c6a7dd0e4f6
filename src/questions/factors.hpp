// SPDX-License-Identifier: MIT
// What an answer may hang on besides evidence: named assumptions with their ranges, ranges written into rows,
// defaults that framing draws, and choices of framing.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "questions/lens_answers.hpp"

namespace parley::questions {

struct Factor {
  enum class Kind {
    range,    ///< a number between two ends
    backing,  ///< an assumption without a range: it holds, or the rows that rest on it are left out
    choice    ///< an option of framing, set to another of its words
  } kind = Kind::range;
  std::string id;     ///< "as_attack_believed", "us_threat.carried_out", "default:consequences", ...
  std::string words;  ///< what it is
  std::string owner, would_know;
  mpq_class low = 0, high = 1;  ///< of a range; shares are fractions
  std::string unit;
  std::vector<std::string> rows;                        ///< that read it
  std::function<void(Variant&, const mpq_class&)> set;  ///< of a range: to the value; of the others: flips it
  bool alone = false;  ///< a reading or a rival account: never one of several moves
};

/// A reading of the account as a choice, and a rival account instead of it.
[[nodiscard]] Factor reading_factor(const account::Patch& alternative);
[[nodiscard]] Factor account_factor(const account::Account& rival);

/// In the order of their ids. Ranges of one point are no factors.
[[nodiscard]] std::vector<Factor> factors_of(const Variant& base);

/// An end of a range in words: "1 %", "12 months".
[[nodiscard]] std::string value_words(const Factor& factor, const mpq_class& value);

/// Rows taken out in place.
void leave_out(account::Account& account, const std::vector<std::string>& rows);

/// Without some rows; a row that names them stays and says what is left of it.
[[nodiscard]] account::Account without(const account::Account& account, const std::vector<std::string>& rows);

/// Without rows that no lens reads (sources, notes ...) and without remarks: what is copied many times.
/// Shares the answers of the whole account.
[[nodiscard]] Variant lean(const account::Account& account, const framing::Options& framing);

/// Does the row say something that may be otherwise? The others say who, what and where.
[[nodiscard]] bool contestable(const account::Row& row);

/// Where a row comes from: a source's sentence, an assumption, both, or neither (rows of the program).
enum class RestsOn { evidence, assumption, both, neither };
[[nodiscard]] RestsOn ground_of(const account::Row& row);

}  // namespace parley::questions
