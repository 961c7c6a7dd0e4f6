// SPDX-License-Identifier: MIT
// Sections of the page, private to this room.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "account/naming.hpp"
#include "report/layout.hpp"

namespace parley::report {

using Json = nlohmann::ordered_json;
using account::capital;

/// A member, or an empty object where it is missing; refers into `object`.
[[nodiscard]] const Json& part(const Json& object, const char* name);

/// One account's part of the results, or what it says of one of its talks, with what sentences need to cite.
struct Account {
  std::string name;
  const Json& data;
  std::string talks;  ///< empty: the only talks, or all of them
  /// What a column says of these talks.
  [[nodiscard]] const Json& table(const Json& column) const {
    return talks.empty() ? column : part(part(column, "tables"), talks.c_str());
  }
  [[nodiscard]] const Json& base() const { return table(data.at("by_alternative").at("base")); }
  /// "`author`", "`author` (talks geneva)"
  [[nodiscard]] std::string label() const;
};

/// A column with what it says of the talks of one view.
struct Reading {
  std::string id;
  const Json& column;
  const Json& table;
  [[nodiscard]] bool answered() const { return table.contains("zone"); }
};

[[nodiscard]] std::vector<Account> accounts_of(const Json& results);
/// One for each talks of each account.
[[nodiscard]] std::vector<Account> views_of(const std::vector<Account>& accounts);
[[nodiscard]] std::vector<Reading> readings_of(const Account& account, const char* which = "by_alternative");

/// "62 % (59 to 65)"; "0 to 40 % (open)" where it hangs on what somebody wants on whom there is no row
[[nodiscard]] std::string percent(const Json& share);
[[nodiscard]] std::string percent(double share);
/// Is it proved that every world has a zone, or that none has?
[[nodiscard]] bool decided(const Json& zone);
/// "all (proved)", "none (proved)", or the share: sampling adds nothing to a proof.
[[nodiscard]] std::string worlds_with(const Json& zone);
/// Was any talks of the account, as it is written, answered?
[[nodiscard]] bool answered(const Account& account);
/// Do the sampling intervals of two shares lie apart?
[[nodiscard]] bool apart(const Json& one, const Json& other);
/// "in all worlds (proved)", "in 62 % (59 to 65) of worlds"; of what results_parts.hpp calls worlds_json
[[nodiscard]] std::string worlds_words(const Json& answer);
/// "certain", "excluded", "possible, not certain" - by orders alone - and whether that is proved.
[[nodiscard]] std::string by_orders(const Json& zone);
/// What sentences call an actor: "the United States" for `us`.
[[nodiscard]] std::string called(const Account& account, const std::string& actor);
[[nodiscard]] std::vector<std::string> called(const Account& account, const Json& actors);
/// "iran_agenda (S19)"
[[nodiscard]] std::string cite(const Account& account, const std::string& row);
[[nodiscard]] std::string cite(const Account& account, const Json& rows);
/// "iran insists on agenda: nuclear-only"
[[nodiscard]] std::string words(const Account& account, const std::string& row);
/// What the self-test with the content made unknown says of whether there is a zone; null where it was not
/// asked.
struct Placebo {
  const Json* verdict = nullptr;
  int worlds = 0;
};
[[nodiscard]] Placebo placebo_zone(const Account& account);
/// "us alone 38 %; iran alone 12 %"
[[nodiscard]] std::string openers(const Account& account, const Json& column, std::size_t most,
                                  const char* which = "openers_by_limits");

/// Which part of whom must ratify what, as a list under its heading; "" where nobody must.
[[nodiscard]] std::string ratification_of(const Account& account);

/// The answers in a few lines, before all sections.
[[nodiscard]] std::string section_short(const std::vector<Account>& accounts);
inline constexpr std::size_t kMostFindings = 14;  ///< that the page prints
/// Findings that join sentences, ranked, and the audit of threats and promises.
[[nodiscard]] std::string findings_of_account(const Account& account);
/// Each threat and promise with the questions asked of it and their answers; "" where there is none.
[[nodiscard]] std::string audits_of_account(const Account& account);
[[nodiscard]] std::string section_findings(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_follows(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_comparisons(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_claims(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_collisions(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_packages(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_orders(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_stability(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_silence(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_islands(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_self_tests(const std::vector<Account>& accounts);
[[nodiscard]] std::string section_limits(const Json& results, const std::vector<Account>& accounts);

}  // namespace parley::report
