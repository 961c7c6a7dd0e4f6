// SPDX-License-Identifier: MIT
#include "account/naming.hpp"

#include <algorithm>
#include <cctype>

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

std::string called(const Names& names, const std::string& id) {
  const auto found = names.find(id);
  return found == names.end() ? id : found->second;
}

std::string capital(std::string sentence) {
  if (!sentence.empty())
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  return sentence;
}

}  // namespace parley::account
