// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.hpp"

namespace parley::cli {

Outcome run_deals(const Request& request, const Session& session) {
  const std::string& file = request.files.front();
  std::error_code error;
  if (!std::filesystem::exists(file, error))
    return failure(kBadInput, "no-file", "there is no such file or folder", "", file);
  return run_account_deals(request, session);
}

}  // namespace parley::cli
