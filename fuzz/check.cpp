// SPDX-License-Identifier: MIT
// The whole of `check`: files to an account, its situation, problems, worlds and proofs, to the page. Small
// worlds; what takes its time is cut by the limits of the input.
#include "questions/check.hpp"

#include <nlohmann/json.hpp>

#include "fuzz/input.hpp"
#include "language/read.hpp"
#include "report/check_page.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const language::Reading reading = language::read_texts(fuzz::as_files(fuzz::as_text(data, size), "a.yaml"));
  if (!reading.ok()) return 0;
  questions::RunOptions options;
  options.solve.draws = 4;
  options.solve.threads = 1;
  std::vector<questions::AccountInput> inputs = {{reading.base, reading.alternatives}};
  for (const account::Patch& rival : reading.rivals)
    inputs.push_back({account::apply(reading.base, rival), {}});
  auto by_account = nlohmann::ordered_json::object();
  for (const auto& input : inputs)
    by_account[input.account.name] = report::check_json(questions::check(input, options));
  const std::string page = report::check_page({{"by_account", by_account}});
  require(page.find("## Account") != std::string::npos, "check has a page", page);
  return 0;
}
