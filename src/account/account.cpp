// SPDX-License-Identifier: MIT
#include "account/account.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace parley::account {

const Row* Account::find(std::string_view id) const {
  for (const Row& row : rows)
    if (row.id == id) return &row;
  return nullptr;
}

std::vector<const Row*> Account::of(std::string_view concept_name) const {
  std::vector<const Row*> found;
  for (const Row& row : rows)
    if (row.concept_name == concept_name) found.push_back(&row);
  return found;
}

namespace {

/// Applies edits through an index by id; removed rows keep their place until the end.
class Patching {
 public:
  explicit Patching(Account account) : account_(std::move(account)), gone_(account_.rows.size(), false) {
    for (std::size_t i = 0; i < account_.rows.size(); ++i) index_.emplace(account_.rows[i].id, i);
  }

  void edit(const Edit& edit, std::vector<std::string>* missing) {
    const auto found = index_.find(edit.kind == Edit::Kind::add_row ? edit.added.id : edit.row);
    if (edit.kind == Edit::Kind::add_row) {
      add(edit.added, found);
      return;
    }
    if (found == index_.end()) {
      if (missing != nullptr) missing->push_back(edit.row);
      return;
    }
    Row& row = account_.rows[found->second];
    const auto same_name = [&](const Field& field) { return field.name == edit.field; };
    switch (edit.kind) {
      case Edit::Kind::set_field: {
        const auto field = std::find_if(row.fields.begin(), row.fields.end(), same_name);
        if (field != row.fields.end()) {
          field->value = edit.value;
        } else {
          row.fields.push_back({edit.field, edit.value, edit.place});
        }
        break;
      }
      case Edit::Kind::remove_field:
        row.fields.erase(std::remove_if(row.fields.begin(), row.fields.end(), same_name), row.fields.end());
        break;
      case Edit::Kind::remove_row:
        gone_[found->second] = true;
        index_.erase(found);
        break;
      case Edit::Kind::add_row:
        break;
    }
  }

  Account finish() && {
    std::vector<Row> kept;
    kept.reserve(account_.rows.size());
    for (std::size_t i = 0; i < account_.rows.size(); ++i)
      if (!gone_[i]) kept.push_back(std::move(account_.rows[i]));
    account_.rows = std::move(kept);
    return std::move(account_);
  }

 private:
  using Index = std::unordered_map<std::string, std::size_t>;

  void add(const Row& added, Index::iterator found) {
    if (found != index_.end()) {
      account_.rows[found->second] = added;
      return;
    }
    index_.emplace(added.id, account_.rows.size());
    account_.rows.push_back(added);
    gone_.push_back(false);
  }

  Account account_;
  std::vector<bool> gone_;
  Index index_;
};

}  // namespace

Account apply(const Account& account, const Patch& patch, std::vector<std::string>* missing) {
  Patching patching(account);
  for (const Edit& edit : patch.edits) patching.edit(edit, missing);
  return std::move(patching).finish();
}

}  // namespace parley::account
