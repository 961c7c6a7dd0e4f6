// SPDX-License-Identifier: MIT
// What is well-formed XML here, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "foreign/limits.hpp"
#include "foreign/xml.hpp"
#include "foreign/xml_text.hpp"

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
    const auto fault = xml_fault(text);
    EXPECT_FALSE(fault) << text << (fault ? fault->message : "");
    Messages messages;
    EXPECT_TRUE(XmlFile::read("x", text, messages)) << text;
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
      {"<a/>\nx", "bad-xml", 2, 1, "text behind the end of the root element"},
      {"<a/>\n <b/>", "bad-xml", 2, 2, "<b> stands behind the end of the root element"},
      {"<a/></a>", "bad-xml", 1, 5, "</a> closes nothing"},
      {"<a><b></a></b>", "bad-xml", 1, 7, "</a> stands where </b> was expected"},
      {"<a>\n<b>", "bad-xml", 2, 1, "<b> is never closed"},
      {"<a\n b='1' b='2'/>", "duplicate-attribute", 2, 8, "`b` stands twice"},
      {"<a b=1/>", "bad-xml", 1, 6, "no quotation marks"},
      {"<a b/>", "bad-xml", 1, 5, "`=` was expected behind `b`"},
      {"<a b='1'c='2'/>", "bad-xml", 1, 9, "a blank was expected"},
      {"<a b='1/>", "bad-xml", 1, 6, "never closed"},
      {"<a b='<'/>", "bad-xml", 1, 6, "not closed before"},
      {"<a b='&x;'/>", "unknown-entity", 1, 7, "`&x;` is no entity"},
      {"<a>&nbsp;</a>", "unknown-entity", 1, 4, "`&nbsp;`"},
      {"<a>&#0;&#xD800;</a>", "unknown-entity", 1, 4, "`&#0;`"},
      {"<a>this & that</a>", "bad-xml", 1, 9, "a lone `&`"},
      {"<a>&", "bad-xml", 1, 4, "a lone `&`"},
      {"<a>\x01</a>", "bad-xml", 1, 4, "a control character"},
      {"<a><!-- x", "bad-xml", 1, 4, "a comment that is never closed"},
      {"<? version='1.0'?><a/>", "bad-xml", 1, 1, "without a name"},
      {"<?", "bad-xml", 1, 1, "without a name"},
      {"<?z", "bad-xml", 1, 1, "never closed"},
      {"<!-->", "bad-xml", 1, 1, "never closed"},
      {"<a><![CDATA[", "bad-xml", 1, 4, "a CDATA section that is never closed"},
      {"<![CDATA[]]><a/>", "bad-xml", 1, 1, "a declaration"},
      {"<a", "bad-xml", 1, 1, "the tag <a> never ends"},
      {"<a>< b/></a>", "bad-xml", 1, 4, "begins no tag"},
      {"<1/>", "bad-xml", 1, 1, "begins no tag"},
      {"<a></>", "bad-xml", 1, 4, "this closing tag"},
      {"<!DOCTYPE a>\n<a/>", "document-type", 1, 1, "document types"},
      {"<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a>&x;</a>", "document-type", 2, 1,
       "entities"},
      {"<!ENTITY x 'y'><a/>", "bad-xml", 1, 1, "a declaration"},
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
  std::string deep, close;
  for (int i = 0; i < kDepth; ++i) deep += "<a>", close += "</a>";
  EXPECT_FALSE(xml_fault(deep + close));
  EXPECT_EQ(xml_fault(deep + "<a/>" + close)->code, "too-deep");
  std::string many;
  for (std::size_t i = 0; i < kAttributes; ++i) many += " a" + std::to_string(i) + "=''";
  EXPECT_FALSE(xml_fault("<a" + many + "/>"));
  EXPECT_EQ(xml_fault("<a" + many + " b=''/>")->code, "too-large");
}

}  // namespace
}  // namespace parley::foreign
