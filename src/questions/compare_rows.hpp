// SPDX-License-Identifier: MIT
// Two accounts row by row: what one has and the other has not, and how the rest differs field by field.
#pragma once
#include <string>
#include <vector>

#include "account/account.hpp"

namespace parley::questions {

/// A field of a row or of its origin (`from`, `assumed`, `says`, `via`, `status`); in words, empty where one
/// side has none.
struct FieldDifference {
  std::string field, a, b;
};

struct RowDifference {
  enum class Kind {
    added,    ///< only in B
    dropped,  ///< only in A
    changed,  ///< says something else
    origin    ///< says the same from another source, or in another name
  } kind = Kind::changed;
  std::string id, concept_name;
  std::vector<FieldDifference> fields;  ///< of changed and origin, by name
};

/// What an account says and another does not, by row id. Rows that the program made are left out: they follow
/// from the others. Exchanging A and B exchanges `added` with `dropped` and the sides of every field.
[[nodiscard]] std::vector<RowDifference> row_differences(const account::Account& a,
                                                         const account::Account& b);

/// A value in one line, as one would write it.
[[nodiscard]] std::string value_words(const account::Value& value);

/// A with B's version of some of the rows that differ (`taken`: indices into `differences`), and of every row
/// of B alone that those name: a position needs the issue that it is on.
class Blend {
 public:
  Blend(const account::Account& a, const account::Account& b, const std::vector<RowDifference>& differences);
  [[nodiscard]] account::Account take(const std::vector<int>& taken) const;
  /// Rows of B alone that come along, without those taken by name and without assumptions, speakers and
  /// sources; sorted.
  [[nodiscard]] std::vector<std::string> with(const std::vector<int>& taken) const;

  /// The differences in the order of what their rows say in A and in B: no choice among them hangs on a name.
  [[nodiscard]] std::vector<int> by_content() const;

 private:
  [[nodiscard]] std::vector<const account::Row*> needed(const std::vector<int>& taken) const;
  const account::Account& a_;
  const account::Account& b_;
  const std::vector<RowDifference>& differences_;
};

}  // namespace parley::questions
