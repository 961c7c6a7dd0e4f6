// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace parley::cli {

Outcome run_account_deals(const Request& request, const Session&) {
  return failure(kBadInput, "unknown-format", "this is no problem that `parley deals` can read yet",
                 "a folder with a Genius negotiation_template and utility_space files is one",
                 request.files.front());
}

}  // namespace parley::cli
