// SPDX-License-Identifier: MIT
// A conflict imported: the account that is written is one, by the judgement of the language, whatever the
// names in the file.
#include "foreign/conflict.hpp"
#include "foreign/import_conflict.hpp"
#include "fuzz/input.hpp"
#include "language/read.hpp"
#include "language/value.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kImported = 64;  // states
  const std::string text(fuzz::as_text(data, size));
  const auto reading = foreign::read_conflict_text("conflict.gmcr", text);
  if (!reading.ok() || reading.space->count() > kImported) return 0;
  const std::string title = text.substr(0, 40);
  const auto imported = foreign::conflict_account(reading.game, *reading.space,
                                                  foreign::id_of(title, "imported", &language::is_free_id),
                                                  title, &language::is_free_id);
  if (!imported) {
    require(!imported.error().empty(), "a refusal says why", text);
    return 0;
  }
  const auto account = language::read_texts({{"imported.yaml", imported->text}});
  require(account.ok(), account.diagnostics.empty() ? "an account" : account.diagnostics.front().message,
          imported->text);
  return 0;
}
