// SPDX-License-Identifier: MIT
// What is well-formed XML here, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "foreign/limits.hpp"
#include "foreign/xml.hpp"
#include "foreign/xml_parse.hpp"

namespace parley::foreign {
namespace {

using ::testing::HasSubstr;

TEST(XmlText, TakesWhatXmlAllows) {
  const std::vector<std::string> good = {
      "<a/>",
      "<?xml version='1.0'?>\n<!-- x -->\n<a></a>\n<!-- y --><?z?>\n",
      "<a b='1' c = \"2\"\n d='>'/>",
      "<a b='\"' c=\"'\"/>",
      "<a>x &amp; y &#65; &#x1F600; &lt;</a>",
      "<a><![CDATA[ <b> & ]]></a>",
      "<a:b.c-d_1><\xC3\xA9/></a:b.c-d_1 >",
      "<a><b/>\t<b></b></a>",
  };
  for (const std::string& text : good) {
    XmlTree tree;
    const auto fault = parse_xml(text, tree);
    EXPECT_FALSE(fault) << text << (fault ? fault->message : "");
    Messages messages;
    EXPECT_TRUE(XmlFile::read("x", text, messages)) << text;
    EXPECT_TRUE(messages.take().empty()) << text;
  }
}

TEST(XmlText, TheRootIsFoundWithoutParsing) {
  EXPECT_EQ(root_element("<?xml version='1.0'?>\n<!-- x -->\n<a b='c'/>"), "a");
  EXPECT_EQ(root_element("<!-->x --><a/>"), "a");  // what opens a comment does not close it
  EXPECT_EQ(root_element("<?>?><a/>"), "a");
  EXPECT_EQ(root_element("<!-- x"), "");
}

TEST(XmlText, RefusesTheRestWithItsPlace) {
  struct Case {
    std::string text, code;
    unsigned line, column;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"", "bad-xml", 1, 1, "no element"},
      {"<!-- only -->", "bad-xml", 1, 1, "no element"},
      {"x<a/>", "bad-xml", 1, 1, "in front of the first element"},
      {"<a/>\nx", "bad-xml", 2, 1, "behind the end of the root element"},
      {"<a/>\n <b/>", "bad-xml", 2, 2, "behind the end of the root element"},
      {"<a/></a>", "bad-xml", 1, 5, ""},
      {"<a><b></a></b>", "bad-xml", 1, 7, "</a> stands where </b> was expected"},
      {"<a>\n<b>", "bad-xml", 2, 1, "<b> is never closed"},
      {"<a\n b='1' b='2'/>", "duplicate-attribute", 2, 8, "`b` stands twice"},
      {"<a b=1/>", "bad-xml", 1, 6, "no quotation marks"},
      {"<a b/>", "bad-xml", 1, 5, ""},
      {"<a b='1/>", "bad-xml", 1, 1, "never ends"},
      {"<a b='<'/>", "bad-xml", 1, 7, "`<` stands inside a tag"},
      {"<a b='&x;'/>", "unknown-entity", 1, 7, "`&x;` is no entity"},
      {"<a>&nbsp;</a>", "unknown-entity", 1, 4, "`&nbsp;`"},
      {"<a>&#0;&#xD800;</a>", "unknown-entity", 1, 4, "`&#0;`"},
      {"<a>\x01</a>", "bad-xml", 1, 4, "a control character"},
      {"<a><!-- x", "bad-xml", 1, 4, "never ends"},
      {"<? version='1.0'?><a/>", "bad-xml", 1, 3, ""},
      {"<a><![CDATA[", "bad-xml", 1, 4, "CDATA section"},
      {"<![CDATA[]]><a/>", "bad-xml", 1, 1, ""},
      {"<a", "bad-xml", 1, 1, "never ends"},
      {"<a>< b/></a>", "bad-xml", 1, 4, "begins no tag"},
      {"<1/>", "bad-xml", 1, 1, "begins no tag"},
      {"<!DOCTYPE a>\n<a/>", "document-type", 1, 1, "document types"},
      {"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>", "document-type", 2, 1,
       "entities"},
      {"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document-type", 1, 1, "entities"},
  };
  for (const Case& c : cases) {
    Messages messages;
    EXPECT_FALSE(XmlFile::read("x.xml", c.text, messages)) << c.text;
    const auto diagnostics = messages.take();
    ASSERT_EQ(diagnostics.size(), 1U) << c.text;
    EXPECT_EQ(diagnostics[0].code, c.code) << c.text;
    EXPECT_EQ(diagnostics[0].place.line, c.line) << c.text;
    EXPECT_EQ(diagnostics[0].place.column, c.column) << c.text;
    EXPECT_THAT(diagnostics[0].message, HasSubstr(c.message));
  }
}

TEST(XmlText, LimitsAreNamed) {
  const auto fault = [](const std::string& text) {
    XmlTree tree;
    return parse_xml(text, tree);
  };
  std::string deep, close;
  for (int i = 0; i < kDepth; ++i) deep += "<a>", close += "</a>";
  EXPECT_FALSE(fault(deep + close));
  EXPECT_EQ(fault(deep + "<a/>" + close)->code, "too-deep");
  std::string many;
  for (std::size_t i = 0; i < kAttributes; ++i) many += " a" + std::to_string(i) + "=''";
  EXPECT_FALSE(fault("<a" + many + "/>"));
  EXPECT_EQ(fault("<a" + many + " b=''/>")->code, "too-large");
}

/// Nested entities that would fill any memory are refused where they are declared.
TEST(XmlText, EntitiesNeverGrow) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY e0 'ha'>";
  for (int i = 1; i < 40; ++i)
    bomb += "<!ENTITY e" + std::to_string(i) + " '&e" + std::to_string(i - 1) + ";&e" +
            std::to_string(i - 1) + ";'>";
  Messages messages;
  EXPECT_FALSE(XmlFile::read("x", bomb + "]><a>&e39;</a>", messages));
  EXPECT_EQ(messages.take().at(0).code, "document-type");
}

TEST(XmlText, ATreeHasItsElementsAndPlaces) {
  Messages messages;
  const auto file = XmlFile::read("x", "<a n='1'>\n  <b x='&lt;\n&#233;'/>text<c/>\n  <b/></a>", messages);
  ASSERT_TRUE(file);
  const XmlNode root = file->root();
  EXPECT_EQ(root.name(), "a");
  EXPECT_EQ(root.attribute("n").value(), "1");
  EXPECT_FALSE(root.attribute("m"));
  ASSERT_EQ(root.children().size(), 3U);
  const auto found = children(root, "b");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].attribute("x").value(), "< \xC3\xA9");
  EXPECT_EQ(found[1].parent(), root);
  EXPECT_EQ(root.child("c"), root.children()[1]);
  EXPECT_FALSE(root.child("d"));
  EXPECT_FALSE(root.child("d").attribute("x"));
  EXPECT_EQ(file->at(found[0]).place.line, 2U);
  EXPECT_EQ(file->at(found[1]).place.line, 4U);
  EXPECT_EQ(file->at(found[1]).place.column, 3U);
}

/// What other programs read past: one repair, at its place, with a warning; places behind it stay.
TEST(XmlRepairs, EachIsNamedAtItsPlace) {
  struct Case {
    std::string text, value;
    unsigned line, column;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"<a>\n<b v='Oil & gas'/>\n<c/></a>", "Oil & gas", 2, 11, "a lone `&`"},
      {"<a>\n<b v='AT&T'/>\n<c/></a>", "AT&T", 2, 9, "a lone `&`"},
      {"<a>\n<b v='R&D;'/>\n<c/></a>", "", 0, 0, ""},  // looks like an entity: no repair
      {"<a>\n<b v='&'/>\n<c/></a>", "&", 2, 7, "a lone `&`"},
      {"<a>\n<b u='1'v='x'/>\n<c/></a>", "x", 2, 9, "a blank was expected"},
      {"\n<?xml version='1.0'?><a>\n<b v='x'/>\n<c/></a>", "x", 2, 1, "very beginning"},
      {"<a>\n<b v='caf\xE9'/>\n<c/></a>", "caf\xC3\xA9", 2, 10, "ISO-8859-1"},
      {"<?xml version='1.0' encoding='UTF-8'?><a>\n<b v='\x93x\x94'/>\n<c/></a>", "\xE2\x80\x9Cx\xE2\x80\x9D",
       2, 7, "ISO-8859-1"},
  };
  for (const Case& c : cases) {
    Messages messages;
    const auto file = XmlFile::read("x", c.text, messages);
    const auto said = messages.take();
    ASSERT_EQ(said.size(), 1U) << c.text;
    if (c.line == 0) {
      EXPECT_FALSE(file);
      EXPECT_EQ(said[0].code, "unknown-entity");
      continue;
    }
    ASSERT_TRUE(file) << c.text << said[0].message;
    EXPECT_EQ(said[0].severity, Severity::warning);
    EXPECT_EQ(said[0].code, "repaired");
    EXPECT_THAT(said[0].message, HasSubstr(c.message));
    EXPECT_EQ(said[0].place.line, c.line) << c.text;
    EXPECT_EQ(said[0].place.column, c.column) << c.text;
    EXPECT_EQ(file->root().child("b").attribute("v").value(), c.value) << c.text;
    const unsigned last = c.text[0] == '\n' ? 4 : 3;
    EXPECT_EQ(file->at(file->root().child("c")).place.line, last) << c.text;
    EXPECT_EQ(file->at(file->root().child("c")).place.column, 1U) << c.text;
  }
}

TEST(XmlRepairs, SeveralInOneFileUpToALimit) {
  const auto read = [](std::size_t slips) {
    std::string text = "<a>";
    for (std::size_t i = 0; i < slips; ++i) text += "<b v='x & y'/>";
    Messages messages;
    const auto file = XmlFile::read("x", text + "<c/></a>", messages);
    const auto said = messages.take();
    if (file) {
      EXPECT_EQ(file->at(file->root().child("c")).place.column, 4 + 14 * slips);
    }
    return std::pair(file.has_value(), said);
  };
  EXPECT_EQ(read(3).second.size(), 3U);
  const auto [whole, said] = read(40);
  EXPECT_TRUE(whole);
  ASSERT_EQ(said.size(), 5U);
  EXPECT_THAT(said[3].message, ::testing::Not(HasSubstr("more")));
  EXPECT_THAT(said[4].message, HasSubstr("and 35 more such slips"));
  EXPECT_TRUE(read(kRepairs).first);
  EXPECT_FALSE(read(kRepairs + 1).first);
}

}  // namespace
}  // namespace parley::foreign
