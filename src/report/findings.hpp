// SPDX-License-Identifier: MIT
// Findings and audits as JSON. Keys: docs/command-line.md.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "questions/findings.hpp"

namespace parley::report {

/// [{`id`, `kind`, `words`, `proved`, `rows`, `sentences`, `assumed`, `joined`, `falls_without`, `not_in`}],
/// as ranked.
[[nodiscard]] nlohmann::ordered_json findings_json(const questions::Findings& findings);
/// [{`row`, `kind`, `by`, `to`, `restated`, `items` [{`question`, `verdict`, `said`, `words`, `rows`}]}]
[[nodiscard]] nlohmann::ordered_json audits_json(const questions::Findings& findings);
/// {id: {`concept`, `words`, `from`, ...}}: every row in words with its sentences, so that pages can cite.
[[nodiscard]] nlohmann::ordered_json rows_json(const account::Account& account);

}  // namespace parley::report
