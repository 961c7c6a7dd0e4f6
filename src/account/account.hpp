// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "account/row.hpp"

namespace parley::account {

/// One account: its rows in the order of the files. Ids are unique over all concepts.
struct Account {
  std::string name;  ///< the word after `account:`
  std::string title;
  std::string revises;  ///< a rival account: the base account's name
  std::vector<Field> clock;
  std::vector<Row> rows;
  std::vector<std::string> files;  ///< Place::file indexes these

  [[nodiscard]] const Row* find(std::string_view id) const;
  [[nodiscard]] std::vector<const Row*> of(std::string_view concept_name) const;
};

/// One edit by row id. A patch is a list of edits, applied in order: an alternative, a rival account, an
/// intervention, a self-test and an ablation are all patches, and nothing below knows which one runs.
struct Edit {
  enum class Kind { set_field, remove_field, remove_row, add_row } kind = Kind::set_field;
  std::string row;
  std::string field;
  Value value;  ///< of set_field: already parsed by the field's parser
  Row added;    ///< of add_row; replaces a row of the same id
  Place place;
};

struct Patch {
  std::string id;  ///< "softer_bar", "rival:pressure", "placebo"
  std::string because;
  std::vector<Edit> edits;
};

/// The patched account. Edits that name a missing row are listed in `missing` (their row ids) and skipped.
[[nodiscard]] Account apply(const Account& account, const Patch& patch,
                            std::vector<std::string>* missing = nullptr);

}  // namespace parley::account
