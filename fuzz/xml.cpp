// SPDX-License-Identifier: MIT
// XML: a tree or one error with its place; repairs are warned of one by one, and what is repaired is
// well-formed.
#include "foreign/xml.hpp"

#include <algorithm>

#include "foreign/limits.hpp"
#include "foreign/xml_parse.hpp"
#include "fuzz/input.hpp"

using namespace parley;
using parley::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::as_text(data, size));
  foreign::Messages messages;
  const auto file = foreign::XmlFile::read("x.xml", text, messages);
  const auto diagnostics = messages.take();
  const auto errors = std::count_if(diagnostics.begin(), diagnostics.end(),
                                    [](const Diagnostic& d) { return d.severity == Severity::error; });
  require(errors == (file ? 0 : 1), "a tree or one error", text);
  require(diagnostics.size() <= foreign::kRepairs + 2, "repairs have a limit", text);
  for (const Diagnostic& diagnostic : diagnostics) {
    require(!diagnostic.message.empty(), "a message says what is wrong", text);
    require(diagnostic.severity == Severity::error || diagnostic.code == "repaired", "a warning is a repair",
            text);
  }
  if (!file) return 0;
  foreign::XmlTree tree;
  require(!diagnostics.empty() || !foreign::parse_xml(foreign::without_mark(text), tree) ||
              text.find("ncoding") != std::string::npos,
          "without a repair the text itself is well-formed", text);
  require(static_cast<bool>(file->root()), "a tree has a root", text);
  require(file->at(file->root()).place.line >= 1, "and the root a place", text);
  if (diagnostics.empty())
    require(foreign::root_element(text) == file->root().name() || text.find("ncoding") != std::string::npos,
            "which is found without parsing", text);
  for (const foreign::XmlNode& child : file->root().children())
    require(child.parent() == file->root() && child.offset() > file->root().offset(), "children follow",
            text);
  return 0;
}
