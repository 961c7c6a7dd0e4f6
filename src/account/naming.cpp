// SPDX-License-Identifier: MIT
#include "account/naming.hpp"

#include <algorithm>

namespace parley::account {
namespace {

constexpr std::size_t kLongestName = 80;

}  // namespace

std::string plain(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

std::string name_of(const Account& account, const std::string& id) {
  const Row* row = account.find(id);
  std::string is = row == nullptr ? "" : row->text("is");
  is = is.substr(0, is.find_first_of(",;("));
  while (!is.empty() && is.back() == ' ') is.pop_back();
  return is.empty() || is.size() > kLongestName ? plain(id) : is;
}

}  // namespace parley::account
