// SPDX-License-Identifier: MIT
// Sections of the page, private to this room.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/layout.hpp"

namespace parley::report {

using Json = nlohmann::ordered_json;

/// One account's part of the results, with what sentences need to cite.
struct Account {
  std::string name;
  const Json& data;
  [[nodiscard]] const Json& base() const { return data.at("by_alternative").at("base"); }
};

/// A member, or an empty object where it is missing; refers into `object`.
[[nodiscard]] const Json& part(const Json& object, const char* name);

[[nodiscard]] std::vector<Account> accounts_of(const Json& results);

/// "62 % (59 to 65)"
[[nodiscard]] std::string percent(const Json& share);
[[nodiscard]] std::string percent(double share);
/// "certain", "excluded", "possible, not certain" - by orders alone - and whether that is proved.
[[nodiscard]] std::string by_orders(const Json& zone);
/// "iran_agenda (S19)"
[[nodiscard]] std::string cite(const Account& account, const std::string& row);
[[nodiscard]] std::string cite(const Account& account, const Json& rows);
/// "iran insists on agenda: nuclear-only"
[[nodiscard]] std::string words(const Account& account, const std::string& row);
/// "us alone (38 %), iran alone (12 %)"
[[nodiscard]] std::string openers(const Json& column, std::size_t most,
                                  const char* which = "openers_by_limits");

[[nodiscard]] std::string section_follows(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_comparisons(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_claims(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_collisions(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_packages(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_orders(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_silence(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_islands(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_self_tests(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_limits(const Json& results, const std::vector<Account>& accounts);

}  // namespace parley::report
