// SPDX-License-Identifier: MIT
// Accounts: any files give an account, or diagnostics that point into them; an account that is ok can be
// patched by its own alternatives and rivals, and is written as text that reads back as the same text.
#include <algorithm>

#include "fuzz/input.hpp"
#include "language/limits.hpp"
#include "language/read.hpp"
#include "language/write.hpp"

using namespace parley;
using parley::fuzz::require;

namespace {

void check_place(const language::Reading& reading, const Diagnostic& diagnostic) {
  const Place& place = diagnostic.place;
  if (place.line == 0) return;
  require(place.file < reading.texts.size(), "a diagnostic names a file", diagnostic.message);
  const std::string& text = reading.texts[place.file];
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  require(place.line <= lines, "a diagnostic points into the file", diagnostic.message);
  require(place.column >= 1, "columns count from one", diagnostic.message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const language::Reading reading = language::read_texts(fuzz::as_files(fuzz::as_text(data, size), "a.yaml"));
  require(reading.diagnostics.size() <= language::kDiagnosticsKept + 1, "diagnostics have a limit");
  for (const Diagnostic& diagnostic : reading.diagnostics) {
    require(!diagnostic.message.empty() && !diagnostic.code.empty(), "a diagnostic says what is wrong");
    check_place(reading, diagnostic);
  }
  if (!reading.ok()) {
    require(!reading.diagnostics.empty(), "no failure without a word");
    return 0;
  }
  for (const auto* patches : {&reading.alternatives, &reading.rivals})
    for (const account::Patch& patch : *patches) {
      std::vector<std::string> missing;
      (void)account::apply(reading.base, patch, &missing);
    }
  const std::string written = language::account_text(reading.base);
  const language::Reading again = language::read_texts({{"written.yaml", written}});
  require(again.ok(), "what is written can be read", written);
  require(language::account_text(again.base) == written, "and is the same", written);
  return 0;
}
