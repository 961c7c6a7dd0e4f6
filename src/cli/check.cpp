// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "cli/account_input.hpp"
#include "cli/commands.hpp"

namespace parley::cli {

Outcome run_check(const Request& request, const Session&) {
  AccountFile file = read_account_file(request);
  return std::move(file.outcome);
}

}  // namespace parley::cli
