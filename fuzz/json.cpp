// SPDX-License-Identifier: MIT
// JSON: a value or one error with its place; what is taken is what an independent reader takes, too.
#include "foreign/json.hpp"

#include <nlohmann/json.hpp>

#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::as_text(data, size));
  foreign::Messages messages;
  const auto value = foreign::read_json("x.json", text, messages);
  const auto diagnostics = messages.take();
  if (!value) {
    require(diagnostics.size() == 1, "one error", text);
    require(diagnostics[0].place.line >= 1 && diagnostics[0].place.column >= 1, "an error has a place", text);
    return 0;
  }
  require(diagnostics.empty(), "no error where a value is", text);
  const auto theirs = nlohmann::json::parse(text, nullptr, false);
  // A number beyond a double is refused over there.
  require(!theirs.is_discarded() || text.find_first_of("eE") != std::string::npos || text.size() > 300,
          "an independent reader takes it", text);
  if (value->is(foreign::Json::Kind::array) && !theirs.is_discarded())
    require(theirs.is_array() && theirs.size() == value->items.size(), "the same list", text);
  if (value->is(foreign::Json::Kind::object) && !theirs.is_discarded())
    require(theirs.is_object() && theirs.size() == value->items.size(), "the same keys", text);
  return 0;
}
