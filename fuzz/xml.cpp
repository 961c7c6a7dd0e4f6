// SPDX-License-Identifier: MIT
// XML: a tree or one error with its place; what the check lets through the parser of trees takes, whole.
#include "foreign/xml.hpp"

#include "foreign/xml_text.hpp"
#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::as_text(data, size));
  foreign::Messages messages;
  const auto file = foreign::XmlFile::read("x.xml", text, messages);
  const auto diagnostics = messages.take();
  if (!file) {
    require(diagnostics.size() == 1, "one error", text);
    require(diagnostics[0].message != "this is no well-formed XML", "the check says what is wrong", text);
    return 0;
  }
  require(diagnostics.empty(), "no error where a tree is", text);
  require(static_cast<bool>(file->root()), "a tree has a root", text);
  require(file->at(file->root()).place.line >= 1, "and the root a place", text);
  require(foreign::root_element(text) == file->root().name(), "which is found without parsing", text);
  return 0;
}
