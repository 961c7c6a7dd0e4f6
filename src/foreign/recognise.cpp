// SPDX-License-Identifier: MIT
#include "foreign/recognise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "foreign/conflict.hpp"
#include "foreign/genius.hpp"
#include "foreign/json.hpp"
#include "foreign/scenario_wizard.hpp"
#include "foreign/slurp.hpp"
#include "foreign/text.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {
namespace {

namespace fs = std::filesystem;

bool has_part(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string lower_ending(const fs::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending;
}

ForeignKind unread(std::string what) { return {std::move(what), "", ""}; }

std::optional<ForeignKind> genius_kind(const fs::path& path) {
  const Genius genius = recognise_genius(path);
  if (genius == Genius::none) return std::nullopt;
  std::error_code error;
  if (fs::is_directory(path, error) && holds_account(path)) return std::nullopt;
  ForeignKind kind{"a Genius problem", "deals", missing_of_genius(path)};
  if (genius == Genius::domain) kind.what = "a Genius domain, one file of a Genius problem";
  if (genius == Genius::profile) kind.what = "a Genius profile, one file of a Genius problem";
  if (genius == Genius::profiles) kind.what = "a Genius problem without its domain";
  if (genius == Genius::folder && !kind.hint.empty()) kind.what = "a Genius domain without its profiles";
  return kind;
}

std::optional<ForeignKind> json_kind(std::string_view text) {
  if (const std::string schema = own_schema(text); !schema.empty())
    return ForeignKind{
        fmt::format("an answer of Parley itself ({})", schema), "",
        "no command of Parley reads answers; give the account or problem that it was made from"};
  for (const char* key : {"\"LinearAdditiveUtilitySpace\"", "\"issuesValues\"", "\"issueUtilities\"",
                          "\"SAOPSettings\"", "\"SHAOPSettings\"", "\"MOPACSettings\"", "\"LearnSettings\""})
    if (has_part(text, key)) return unread("a file of GeniusWeb");
  if (has_part(text, "\"__python_class__\"") || has_part(text, "\"negmas")) return unread("a file of NegMAS");
  if (has_part(text, "\"constraints\"") && has_part(text, "\"red_line\""))
    return ForeignKind{"the constraints of a Genius problem, one file of its folder", "deals", ""};
  return unread("a file in JSON of no kind that Parley knows");
}

std::optional<ForeignKind> xml_kind(std::string_view text) {
  const std::string_view root = root_element(text);
  if (root == "html" || root == "HTML") return unread("a page in HTML");
  if (root == "Scenario" &&
      (has_part(text, "smpSchema") || has_part(text, "<ModelParameters") || has_part(text, "<Actors")))
    return unread("a scenario of the KTAB toolkit (spatial bargaining)");
  if (root.starts_with("gambit:") || has_part(text.substr(0, 2'000), "gambit"))
    return unread("a game of Gambit");
  if (root == "gte") return unread("a game of Game Theory Explorer");
  if (root == "negotiation_sessions" || has_part(root, "Tournament"))
    return unread("the settings of a Genius tournament");
  return unread("a file in XML of no kind that Parley knows");
}

/// Lines that NegMAS writes at the left margin, and an account never.
bool of_negmas(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("parley:")) return false;
    const bool typed =
        line.starts_with("type:") || line.starts_with("__python_class__:") || line.starts_with("!");
    if (typed && (has_part(line, "UtilityFunction") || has_part(line, "UFun") ||
                  has_part(line, "OutcomeSpace") || has_part(line, "negmas")))
      return true;
  }
  // A domain: issues as a list of maps with `values`.
  const bool list =
      has_part(text, "issues:\n- ") || has_part(text, "issues:\r\n- ") || has_part(text, "issues:\n  - ");
  return list && has_part(text, "values:") && !has_part(text, "settled_by");
}

/// The second line names the columns.
bool of_ktab(std::string_view text) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return false;
  std::string second(text.substr(line + 1, 40));
  second.erase(std::remove(second.begin(), second.end(), ' '), second.end());
  return second.starts_with("Actor,Description,");
}

std::optional<ForeignKind> text_kind(std::string_view text, const std::string& ending) {
  struct Start {
    std::string_view begins, ending, what;
  };
  static constexpr std::array<Start, 19> kStarts = {
      {{"NFG ", ".nfg", "a game of Gambit in strategic form"},
       {"EFG ", ".efg", "a game of Gambit in extensive form"},
       {"", ".agg", "an action-graph game of Gambit"},
       {"", ".gbt", "a game of Gambit"},
       {"%PDF", ".pdf", "a PDF file"},
       {"PK\x03\x04", "", "a packed file (zip, or of an office program)"},
       {"\x1f\x8b", "", "a packed file (gzip)"},
       {"7z\xBC\xAF", "", "a packed file (7z)"},
       {"\x89PNG", "", "an image"},
       {"\xFF\xD8\xFF", "", "an image"},
       {"GIF8", "", "an image"},
       {"\x7F"
        "ELF",
        "", "a program"},
       {"\xD0\xCF\x11\xE0", "", "a file of an office program"},
       {"SQLite format 3", "", "a data base"},
       {"", ".xlsx", "a table of an office program"},
       {"", ".docx", "a text of an office program"},
       {"", ".md", "a text in Markdown"},
       {"", ".rtf", "a text of an office program"},
       {"", ".csv", ""}}};
  // What says that it is an account is one, whatever its file is called.
  if (text.starts_with("parley:") || has_part(text, "\nparley:")) return std::nullopt;
  if (of_ktab(text)) return unread("a scenario of the KTAB toolkit (spatial bargaining)");
  for (const Start& start : kStarts) {
    const bool by_start = !start.begins.empty() && text.starts_with(start.begins);
    const bool by_name = !start.ending.empty() && ending == start.ending;
    if ((by_start || by_name) && !start.what.empty()) return unread(std::string(start.what));
  }
  if (of_negmas(text)) return unread("a file of NegMAS");
  if (ending == ".csv") return unread("a table with commas");
  return std::nullopt;
}

}  // namespace

std::optional<ForeignKind> recognise_foreign(const fs::path& path) {
  if (auto genius = genius_kind(path)) return genius;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  if (recognise_conflict(path)) return ForeignKind{"a conflict in JSON", "stability", ""};
  const std::string start = start_of_file(path);
  std::string_view text = without_mark(start);
  const std::string ending = lower_ending(path);
  if (recognise_scenario_wizard(path.string()) || ending == ".scw")
    return ForeignKind{"a cross-impact matrix", "consistency", ""};
  if (is_solution_set(text))
    return ForeignKind{
        "a list of solutions of ScenarioWizard", "",
        "no command of Parley reads it; `parley consistency` works out the solutions of a matrix "
        "(.scw)"};
  const std::size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view body = text.substr(first);
  // An account may be written in braces, too; JSON puts its keys in quotation marks.
  if (body.starts_with('{') || body.starts_with('[')) {
    const std::size_t next = std::min(body.find_first_not_of(" \t\r\n", 1), body.size());
    const bool json = ending == ".json" || (next < body.size() && body[next] == '"');
    const bool account = has_part(body, "\"parley\"") && own_schema(body).empty();
    auto kind = json && !account ? json_kind(body) : std::nullopt;
    if (kind && kind->command == "deals") kind->hint = missing_of_genius(path);
    return kind;
  }
  if (body.starts_with('<')) return xml_kind(body);
  return text_kind(text, ending);
}

std::optional<ForeignInside> foreign_inside(const fs::path& folder) {
  constexpr std::size_t kMostLooked = 200;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && files.size() < kMostLooked;
       entry.increment(error))
    if (entry->path().filename().string().front() != '.') files.push_back(entry->path());
  std::sort(files.begin(), files.end());
  std::optional<ForeignInside> any;
  for (const fs::path& file : files)
    if (auto kind = recognise_foreign(file)) {
      if (!kind->command.empty()) return ForeignInside{file, std::move(*kind)};
      if (!any || (any->kind.hint.empty() && !kind->hint.empty()))
        any = ForeignInside{file, std::move(*kind)};
    }
  return any;
}

ForeignParts foreign_parts(const fs::path& folder) {
  constexpr std::size_t kMostLooked = 200;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && files.size() < kMostLooked;
       entry.increment(error)) {
    const std::string ending = lower_ending(entry->path());
    if ((ending == ".yaml" || ending == ".yml") && entry->path().filename().string().front() != '.')
      files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  ForeignParts parts;
  for (const fs::path& file : files) {
    auto kind = recognise_foreign(file);
    if (kind)
      parts.files.push_back({file, std::move(*kind)});
    else
      ++parts.others;
  }
  return parts;
}

}  // namespace parley::foreign
