// SPDX-License-Identifier: MIT
// The words of a command line, one a line: a request within its bounds, or a message of the house.
#include "cli/arguments.hpp"

#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const cli::Command command = [] {
    cli::Command c;
    c.name = "deals";
    c.usage = "FILE";
    c.flags = {{"source", "ID=PATH", "", true}, {"strict", "", "", false}};
    c.options = {{"binding", "insists|presses", ""}, {"parties", "a,b", ""}};
    return c;
  }();
  std::vector<std::string> words(1);
  for (const char c : fuzz::as_text(data, size)) {
    if (c == '\n')
      words.emplace_back();
    else
      words.back() += c;
  }
  const auto request = cli::read_arguments(command, words);
  if (!request) {
    require(!request.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  require(request->files.size() == 1 && !request->files[0].empty(), "one file");
  require(request->draws >= 1 && request->threads >= 0 && request->time_limit >= 0, "numbers in range");
  return 0;
}
