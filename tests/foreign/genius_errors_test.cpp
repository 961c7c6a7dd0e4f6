// SPDX-License-Identifier: MIT
// Folders that do not fit together, and hostile ones: every one ends in messages that name file and line.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "foreign/folder.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::heads;
using testing::read_small;
using testing::read_texts;
using testing::replaced;
using ::testing::SizeIs;
using testing::small_domain;
using testing::small_profile;

struct Case {
  const char* from;
  const char* to;
  const char* head;
};

TEST(GeniusErrors, AProfileThatDoesNotFitItsDomainIsToldWhere) {
  const std::vector<Case> cases = {
      {"value=\"red\" ", "value=\"rde\" ", "error unknown-item talks/a.xml:4:1"},
      {"<item index=\"1\" value=\"red\" evaluation=\"1\"/>\n", "", "error missing-item talks/a.xml:3:1"},
      {"value=\"red\" ", "value=\"green\" ", "error duplicate-item talks/a.xml:5:1"},
      {" evaluation=\"1\"", "", "error missing-attribute talks/a.xml:4:1"},
      {"evaluation=\"1\"", "evaluation=\"NaN\"", "error bad-number talks/a.xml:4:1"},
      {"evaluation=\"1\"", "evaluation=\"1e999\"", "error bad-number talks/a.xml:4:1"},
      {"issue index=\"2\"", "issue index=\"4\"", "error unknown-issue talks/a.xml:7:1"},
      {"issue index=\"2\"", "issue index=\"1\"", "error duplicate-issue talks/a.xml:7:1"},
      {"issue index=\"2\"", "issue index=\"two\"", "error bad-number talks/a.xml:7:1"},
      {"issue index=\"2\"", "issue", "error missing-attribute talks/a.xml:7:1"},
      {"name=\"size\"", "name=\"colour\"", "error issue-mismatch talks/a.xml:7:1"},
      {"name=\"size\"", "name=\"Size\"", "warning issue-name talks/a.xml:7:1"},
      {"name=\"size\" vtype=\"discrete\"", "name=\"size\" vtype=\"integer\"",
       "error issue-mismatch talks/a.xml:7:1"},
      {"<weight index=\"2\" value=\"0.3\"/>", "", "error missing-weight talks/a.xml:7:1"},
      {"<weight index=\"2\" value=\"0.3\"/>", "<weight index=\"1\" value=\"0.3\"/>",
       "error duplicate-weight talks/a.xml:15:1"},
      {"<weight index=\"2\" value=\"0.3\"/>", "<weight index=\"2\" value=\"inf\"/>",
       "error bad-number talks/a.xml:15:1"},
      {"<weight index=\"2\"", "<weight index=\"9\" value=\"0\"/><weight index=\"2\"",
       "warning weight-ignored talks/a.xml:15:1"},
      {"<weight index=\"2\" value=\"0.3\"/>", "<weight index=\"2\" value=\"-0.3\"/>",
       "warning negative-weight talks/a.xml:15:1"},
      {"ftype=\"linear\"", "ftype=\"triangular\"", "error unknown-evaluator talks/a.xml:12:1"},
      {"slope=\"0.4\"", "slope=\"x\"", "error bad-number talks/a.xml:12:1"},
      {"<evaluator slope=\"0.4\" offset=\"0.3\" ftype=\"linear\"/>", "",
       "warning no-evaluator talks/a.xml:11:1"},
      {"upperbound=\"3\"", "upperbound=\"0\"", "error bad-range talks/a.xml:11:1"},
      {"<reservation value=\"0.25\"/>", "<reservation value=\"Infinity\"/>",
       "error bad-number talks/a.xml:18:1"},
      {"<reservation value=\"0.25\"/>", "<reservation/>", "error missing-attribute talks/a.xml:18:1"},
      {"<reservation value=\"0.25\"/>", "<reservation value=\"0\"/><reservation value=\"1\"/>",
       "error duplicate-reservation talks/a.xml:18:25"},
      {"</objective>", "</objectiv>", "error bad-xml talks/a.xml:17:1"},
  };
  for (const Case& c : cases) {
    const GeniusReading reading = read_small(replaced(small_profile(), c.from, c.to));
    EXPECT_THAT(heads(reading), Contains(c.head)) << c.to;
    EXPECT_EQ(reading.ok(), std::string(c.head).rfind("warning", 0) == 0) << c.to;
  }
}

TEST(GeniusErrors, TheNearestNameIsOffered) {
  const GeniusReading reading = read_small(replaced(small_profile(), "value=\"green\"", "value=\"gren\""));
  EXPECT_EQ(reading.diagnostics.at(0).hint, "did you mean `green`?");
  EXPECT_THAT(reading.diagnostics.at(0).message, HasSubstr("`colour` has no item `gren`"));
}

TEST(GeniusErrors, ABrokenDomainIsToldWhere) {
  const std::vector<Case> cases = {
      {"value=\"green\"", "value=\"red\"", "error duplicate-item talks/d.xml:6:1"},
      {"issue index=\"2\"", "issue index=\"1\"", "error duplicate-issue talks/d.xml:8:1"},
      {"name=\"size\"", "name=\"colour\"", "error duplicate-issue talks/d.xml:8:1"},
      {" name=\"size\"", "", "error missing-attribute talks/d.xml:8:1"},
      {"vtype=\"integer\"", "vtype=\"real\"", "error unknown-issue-type talks/d.xml:12:1"},
      {"upperbound=\"3\"", "upperbound=\"0\"", "error bad-range talks/d.xml:12:1"},
      {"upperbound=\"3\"", "upperbound=\"10001\"", "error too-large talks/d.xml:12:1"},
      {"upperbound=\"3\"", "upperbound=\"2147483647\"", "error too-large talks/d.xml:12:1"},
      {"lowerbound=\"1\" upperbound=\"3\"", "lowerbound=\"-2147483648\" upperbound=\"2147483647\"",
       "error too-large talks/d.xml:12:1"},
      {"lowerbound=\"1\" upperbound=\"3\"", "lowerbound=\"99999999999\" upperbound=\"3\"",
       "error bad-number talks/d.xml:12:1"},
      {"number_of_issues=\"3\"", "number_of_issues=\"4\"", "warning issue-count talks/d.xml:1:1"},
  };
  for (const Case& c : cases) {
    const GeniusReading reading =
        read_texts({{"d.xml", replaced(small_domain(), c.from, c.to)}, {"a.xml", small_profile()}});
    EXPECT_THAT(heads(reading), Contains(c.head)) << c.to;
  }
  EXPECT_THAT(heads(read_texts({{"d.xml", "<negotiation_template/>"}, {"a.xml", small_profile()}})),
              ElementsAre("error no-issues talks/d.xml:1:1"));
  EXPECT_TRUE(read_texts({{"d.xml", replaced(small_domain(), "lowerbound=\"1\" upperbound=\"3\"",
                                             "lowerbound=\"2147483645\" upperbound=\"2147483647\"")},
                          {"a.xml", replaced(small_profile(), "lowerbound=\"1\" upperbound=\"3\"", "")}})
                  .ok());
}

TEST(GeniusErrors, SeveralProfilesAreAllToldInOneRun) {
  const GeniusReading reading = read_texts({{"d.xml", small_domain()},
                                            {"a.xml", replaced(small_profile(), "\"red\"", "\"blue\"")},
                                            {"b.xml", replaced(small_profile(), "\"large\"", "\"huge\"")},
                                            {"c.xml", "<utility_space><objective"}});
  EXPECT_THAT(heads(reading), Contains("error unknown-item talks/a.xml:4:1"));
  EXPECT_THAT(heads(reading), Contains("error missing-item talks/a.xml:3:1"));
  EXPECT_THAT(heads(reading), Contains("error unknown-item talks/b.xml:9:1"));
  EXPECT_THAT(heads(reading), Contains(HasSubstr("error bad-xml talks/c.xml:1:")));
}

TEST(GeniusErrors, FoldersThatLackSomethingSaySo) {
  EXPECT_THAT(heads(read_texts({{"d.xml", small_domain()}})), ElementsAre("error no-profiles talks:0:0"));
  EXPECT_THAT(heads(read_texts({{"a.xml", small_profile()}})), ElementsAre("error no-domain talks:0:0"));
  EXPECT_THAT(
      heads(read_texts({{"d.xml", small_domain()}, {"e.xml", small_domain()}, {"a.xml", small_profile()}})),
      ElementsAre("error two-domains talks:0:0"));
  EXPECT_THAT(
      heads(read_texts({{"d.xml", small_domain()}, {"a.xml", small_profile()}, {"a.XML", small_profile()}})),
      ElementsAre("error duplicate-party talks/a.xml:0:0"));
  EXPECT_THAT(heads(read_texts({})), SizeIs(2));
}

TEST(GeniusErrors, ManyErrorsAreCounted) {
  std::string items;
  for (int i = 0; i < 500; ++i) items += "<item value=\"u" + std::to_string(i) + "\" evaluation=\"1\"/>\n";
  const GeniusReading reading = read_small(replaced(small_profile(), "<item index=\"1\" value=\"red\"",
                                                    items + "<item index=\"1\" value=\"red\""));
  EXPECT_EQ(reading.diagnostics.size(), kErrors + 1);
  EXPECT_EQ(reading.diagnostics.back().code, "more-messages");
  EXPECT_THAT(reading.diagnostics.back().message, HasSubstr("400 more"));
}

GeniusReading with_profile(const std::string& text) {
  return read_texts({{"d.xml", small_domain()}, {"a.xml", text}});
}

TEST(GeniusHostile, NoTextOfXmlIsTrusted) {
  std::string deep = "<utility_space>";
  for (int i = 0; i < 100'000; ++i) deep += "<objective>";
  for (int i = 0; i < 100'000; ++i) deep += "</objective>";
  EXPECT_THAT(heads(with_profile(deep + "</utility_space>")),
              ElementsAre(HasSubstr("error too-deep talks/a.xml:1:")));
  EXPECT_THAT(heads(with_profile("<utility_space>" + std::string(3'000'000, '<'))),
              ElementsAre(HasSubstr("error bad-xml talks/a.xml:1:")));
  std::string marks = "<utility_space>";
  for (int i = 0; i < 2'100'000; ++i) marks += "<a/><b/>";
  EXPECT_THAT(heads(with_profile(marks + "</utility_space>")),
              ElementsAre("error too-large talks/a.xml:0:0"));
  EXPECT_THAT(heads(with_profile("<utility_space>" + std::string(kFileBytes, ' ') + "</utility_space>")),
              ElementsAre("error too-large talks/a.xml:0:0"));
}

TEST(GeniusHostile, DocumentTypesAreRefused) {
  const std::string laughs = R"(<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY file SYSTEM "file:///etc/passwd">]>
)";
  EXPECT_THAT(
      heads(with_profile(laughs + replaced(small_profile(), "name=\"size\"", "name=\"&lol2;&file;\""))),
      ElementsAre("error document-type talks/a.xml:2:1"));
}

TEST(GeniusHostile, EncodingsAreUtf8OrDeclared) {
  const std::string bom = "\xEF\xBB\xBF";
  EXPECT_TRUE(read_texts({{"d.xml", bom + small_domain()}, {"a.xml", bom + small_profile()}}).ok());
  const auto both = [](const std::string& declaration, const std::string& name) {
    return read_texts({{"d.xml", declaration + replaced(small_domain(), "red", name)},
                       {"a.xml", declaration + replaced(small_profile(), "red", name)}});
  };
  const GeniusReading latin = both("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n", "rouge fonc\xE9");
  ASSERT_TRUE(latin.ok());
  EXPECT_EQ(latin.problem.issues.at(0).options.at(0).name, "rouge fonc\xC3\xA9");
  EXPECT_EQ(both("", "fonc\xC3\xA9").problem.issues.at(0).options.at(0).name, "fonc\xC3\xA9");
  // Bytes that are no UTF-8 in a file that names no other encoding are Latin-1, as Genius takes them.
  for (const char* odd : {"fonc\xE9", "\xC0\xAF", "\xF5\x80\x80\x80", "\x80"}) {
    const GeniusReading guessed = both("", odd);
    EXPECT_TRUE(guessed.ok()) << odd;
    const std::string column = odd[0] == 'f' ? "28" : "24";
    EXPECT_THAT(heads(guessed), ElementsAre("warning repaired talks/d.xml:5:" + column,
                                            HasSubstr("warning repaired talks/a.xml:4:")))
        << odd;
  }
  EXPECT_EQ(both("", "fonc\xE9").problem.issues.at(0).options.at(0).name, "fonc\xC3\xA9");
  EXPECT_THAT(heads(both("", std::string(1, '\0'))), ElementsAre("error wrong-encoding talks/d.xml:5:24"));
  const std::string utf16("\xFF\xFE<\0u\0", 6);
  EXPECT_THAT(heads(read_texts({{"d.xml", small_domain()}, {"a.xml", utf16}})),
              Contains("error wrong-encoding talks/a.xml:0:0"));
}

TEST(GeniusHostile, TablesThatASmallFileAsksForAreBounded) {
  std::string domain = "<negotiation_template><utility_space><objective>";
  std::string profile = "<utility_space><objective>";
  for (int i = 1; i <= 1000; ++i) {
    const std::string issue = "<issue index=\"" + std::to_string(i) + "\" name=\"i" + std::to_string(i) +
                              "\" vtype=\"integer\" lowerbound=\"1\" upperbound=\"10000\">";
    domain += issue + "</issue>";
    profile += issue + "<evaluator slope=\"0.0001\" offset=\"0\"/></issue>";
    profile += "<weight index=\"" + std::to_string(i) + "\" value=\"0.001\"/>";
  }
  EXPECT_THAT(heads(read_texts({{"d.xml", domain + "</objective></utility_space></negotiation_template>"},
                                {"a.xml", profile + "</objective></utility_space>"}})),
              ElementsAre("error too-large talks/a.xml:1:1"));
  domain += "<issue index=\"1001\" name=\"x\"><item value=\"y\"/></issue>";
  EXPECT_THAT(heads(read_texts({{"d.xml", domain + "</objective></utility_space></negotiation_template>"},
                                {"a.xml", profile + "</objective></utility_space>"}})),
              ElementsAre("error too-large talks/d.xml:1:1"));
}

TEST(GeniusHostile, RectanglesAreBounded) {
  const std::string domain =
      "<negotiation_template><utility_space><objective><issue index=\"1\" name=\"i\" vtype=\"integer\" "
      "lowerbound=\"1\" "
      "upperbound=\"10000\"/></objective></utility_space></negotiation_template>";
  const std::string open = "<utility_space><objective><utility maxutility=\"1\"><ufun>";
  const std::string close = "</ufun></utility></objective></utility_space>";
  std::string many;
  for (int i = 0; i < kRectangles + 5; ++i) many += "<hyperRectangle utility=\"1\"/>";
  EXPECT_THAT(heads(read_texts({{"d.xml", domain}, {"a.xml", open + many + close}})),
              ElementsAre(HasSubstr("too-large")));
  std::string bounds;
  for (int i = 0; i < 40'000; ++i) bounds += "<INCLUDES index=\"1\" min=\"1\" max=\"9\"/>";
  EXPECT_THAT(heads(read_texts({{"d.xml", domain},
                                {"a.xml", open + "<hyperRectangle utility=\"1\">" + bounds +
                                              "</hyperRectangle>" + close}})),
              ElementsAre(HasSubstr("too-large")));
}

class GeniusOnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "parley-test-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    here = name;
  }
  void TearDown() override { std::filesystem::remove_all(here); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(here / name, std::ios::binary) << text;
  }

  std::filesystem::path here;
};

TEST_F(GeniusOnDisk, IsRecognisedByContent) {
  EXPECT_EQ(recognise_genius(here), Genius::none);
  EXPECT_EQ(recognise_genius(here / "missing"), Genius::none);
  EXPECT_EQ(recognise_genius("/dev/zero"), Genius::none);
  write("a.xml", small_profile());
  write("a.yaml", "parley: 1\n");
  EXPECT_EQ(recognise_genius(here), Genius::none);
  std::filesystem::remove(here / "a.yaml");
  EXPECT_EQ(recognise_genius(here), Genius::profiles);
  write("x.txt", small_domain());
  EXPECT_EQ(recognise_genius(here), Genius::profiles);
  write("d.xml",
        "\xEF\xBB\xBF <?xml version='1.0'?>\n<!-- <utility_space> -->\n<!DOCTYPE x [<!ENTITY a 'b'>]>\n" +
            small_domain());
  EXPECT_EQ(recognise_genius(here), Genius::folder);
  EXPECT_EQ(recognise_genius(here / "d.xml"), Genius::domain);
  EXPECT_EQ(recognise_genius(here / "a.xml"), Genius::profile);
  EXPECT_THAT(heads(read_genius(here)),
              ElementsAre("warning repaired " + (here / "d.xml").string() + ":1:2",
                          "error document-type " + (here / "d.xml").string() + ":3:1"));
}

TEST_F(GeniusOnDisk, ABrokenDomainIsStillRecognised) {
  write("d.xml", "<negotiation_template>\n<utility_space>");
  EXPECT_EQ(recognise_genius(here), Genius::folder);
  write("a.xml", small_profile());
  EXPECT_THAT(heads(read_genius(here)),
              ElementsAre(HasSubstr("error bad-xml " + (here / "d.xml").string() + ":2:")));
}

/// A file and its UTF-16 twins are the same problem.
TEST_F(GeniusOnDisk, Utf16IsRead) {
  const auto wide = [](const std::string& text, bool little, bool mark) {
    std::string bytes = !mark ? "" : little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : text) {
      bytes += little ? c : '\0';
      bytes += little ? '\0' : c;
    }
    return bytes;
  };
  for (const bool little : {true, false})
    for (const bool mark : {true, false}) {
      write("d.xml",
            wide("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n" + small_domain(), little, mark && little));
      write("a.xml", wide((mark ? "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n" : "") + small_profile(),
                          little, mark));
      EXPECT_EQ(recognise_genius(here), Genius::folder);
      const GeniusReading reading = read_genius(here);
      EXPECT_THAT(heads(reading), ElementsAre());
      ASSERT_EQ(reading.problem.parties.size(), 1U);
      EXPECT_EQ(reading.problem.parties[0].worth, read_small(small_profile()).problem.parties[0].worth);
    }
  write("a.xml", wide(small_profile(), true, true) + "x");
  EXPECT_THAT(heads(read_genius(here)), ElementsAre(HasSubstr("error wrong-encoding")));
}

TEST_F(GeniusOnDisk, ALoneFileSaysWhatIsMissing) {
  write("d.xml", small_domain());
  const GeniusReading reading = read_genius(here / "d.xml");
  ASSERT_THAT(reading.diagnostics, SizeIs(1));
  EXPECT_EQ(reading.diagnostics[0].code, "folder-needed");
  EXPECT_THAT(reading.diagnostics[0].hint, HasSubstr("the profiles are missing"));
}

TEST_F(GeniusOnDisk, FoldersAndLinksCalledXmlAreSkipped) {
  write("d.xml", small_domain());
  write("a.xml", small_profile());
  std::filesystem::create_directory(here / "b.xml");
  std::filesystem::create_symlink(here / "nowhere", here / "c.xml");
  std::filesystem::create_symlink("/dev/zero", here / "e.xml");
  const GeniusReading reading = read_genius(here);
  EXPECT_TRUE(reading.ok());
  EXPECT_EQ(reading.problem.parties.size(), 1U);
}

TEST_F(GeniusOnDisk, ConstraintsThatCannotBeReadAreAnError) {
  write("d.xml", small_domain());
  write("a.xml", small_profile());
  std::filesystem::create_directory(here / "constraints.json");
  EXPECT_THAT(heads(read_genius(here)), ElementsAre(HasSubstr("error cannot-read")));
}

}  // namespace
}  // namespace parley::foreign
