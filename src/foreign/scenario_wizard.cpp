// SPDX-License-Identifier: MIT
#include "foreign/scenario_wizard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>

#include "foreign/limits.hpp"
#include "foreign/messages.hpp"
#include "foreign/names.hpp"
#include "foreign/slurp.hpp"
#include "foreign/text.hpp"

namespace parley::foreign {
namespace {

using consistency::Balances;

constexpr int kDecimals = 6;  // of a judgement
constexpr std::string_view kFirstWord = "$ ScenarioWizard";

struct Line {
  std::string_view text;  // without line end
  std::uint32_t number = 0;
};

/// Sections end with a line that is `#` alone; later ones start with `# ` and end with such a line as well.
using Section = std::vector<Line>;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::vector<Section> sections_of(const std::string& text) {
  std::vector<Section> sections(1);
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    // Lines end with LF, CR LF, or CR alone.
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line(text.data() + at, end - at);
    ++number;
    at = end + (text.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    if (trimmed(line) == "#")
      sections.emplace_back();
    else
      sections.back().push_back({line, number});
  }
  return sections;
}

/// A judgement in units of 10^-kDecimals: [+-] digits [. digits]. Nothing for anything else.
std::optional<std::int64_t> judgement(std::string_view word) {
  word = trimmed(word);
  const bool minus = word.starts_with('-');
  if (minus || word.starts_with('+')) word.remove_prefix(1);
  std::int64_t value = 0;
  int decimals = -1, digits = 0;
  for (const char c : word) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || decimals == kDecimals || ++digits > 15) return std::nullopt;
    value = 10 * value + (c - '0');
    if (decimals >= 0) ++decimals;
  }
  if (digits == 0) return std::nullopt;
  for (int k = std::max(decimals, 0); k < kDecimals; ++k) {
    if (value > INT64_MAX / 10) return std::nullopt;
    value *= 10;
  }
  return minus ? -value : value;
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> list;
  for (std::size_t from = 0;;) {
    const auto comma = line.find(',', from);
    list.push_back(line.substr(from, comma == std::string_view::npos ? comma : comma - from));
    if (comma == std::string_view::npos) return list;
    from = comma + 1;
  }
}

/// Older files are Latin-1: where a name is no UTF-8 its bytes are taken as such.
std::string as_utf8(std::string_view name) {
  if (first_bad_byte(name) == std::string_view::npos) return std::string(name);
  std::string text;
  for (const char byte : name) {
    const auto c = static_cast<unsigned char>(byte);
    if (c < 0x80) {
      text += byte;
    } else {
      text += static_cast<char>(0xC0 | (c >> 6));
      text += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return text;
}

class MatrixReader {
 public:
  MatrixReader(const std::string& text, const std::string& file)
      : file_(file), sections_(sections_of(text)) {}

  ScenarioWizardReading read() {
    ScenarioWizardReading result;
    descriptors();
    if (messages_.ok()) sizes();
    if (messages_.ok()) matrix();
    result.problem = std::move(problem_);
    result.diagnostics = messages_.take();
    return result;
  }

 private:
  Spot at(std::uint32_t line, std::size_t column = 1) const {
    return {file_, {0, line, static_cast<std::uint32_t>(column), 0}};
  }
  void descriptors();
  std::string given_name(std::string_view written, std::uint32_t line, const char* what, std::size_t number,
                         std::unordered_set<std::string>& taken);
  void descriptor(const Line& line);
  void variant(const Line& line);
  void sizes();
  void matrix();
  void row(const Line& line, std::size_t n);

  std::string file_;
  std::vector<Section> sections_;
  Messages messages_;
  Balances problem_;
  std::vector<std::uint32_t> lines_;  // of each descriptor
  std::unordered_set<std::string> taken_descriptors_, taken_variants_;
};

/// The format goes by place: names that are missing, twice there or cannot be shown are made up.
std::string MatrixReader::given_name(std::string_view written, std::uint32_t line, const char* what,
                                     std::size_t number, std::unordered_set<std::string>& taken) {
  MadeName made = made_name(as_utf8(written), fmt::format("{} {}", what, number), taken);
  if (!made.why.empty())
    messages_.warning(
        at(line), "name-changed",
        fmt::format("this {} {}: it is called `{}` in the answer", what, made.why, shown(made.name)));
  return std::move(made.name);
}

void MatrixReader::descriptor(const Line& line) {
  problem_.descriptors.push_back({given_name(trimmed(line.text.substr(1)), line.number, "descriptor",
                                             problem_.descriptors.size() + 1, taken_descriptors_),
                                  {}});
  taken_variants_.clear();
  lines_.push_back(line.number);
}

void MatrixReader::variant(const Line& line) {
  if (problem_.descriptors.empty()) {
    messages_.error(at(line.number), "unexpected-line", "a variant in front of the first descriptor",
                    "a descriptor's line starts with &");
    return;
  }
  auto& variants = problem_.descriptors.back().variants;
  variants.push_back(given_name(trimmed(trimmed(line.text).substr(1)), line.number, "variant",
                                variants.size() + 1, taken_variants_));
}

void MatrixReader::descriptors() {
  const Section& head = sections_.front();
  if (head.empty() || !head.front().text.starts_with(kFirstWord)) {
    messages_.error(at(1), "not-scenario-wizard", "this is no ScenarioWizard file",
                    "its first line is `$ ScenarioWizard` and a version");
    return;
  }
  std::size_t variants = 0;
  for (std::size_t i = 1; i < head.size() && messages_.errors() < kErrors; ++i) {
    const std::string_view text = trimmed(head[i].text);
    if (text.starts_with('&'))
      descriptor({text, head[i].number});
    else if (text.starts_with('-') && (!problem_.descriptors.empty() || i > 1))
      variant(head[i]);
    else if (!text.empty() && !problem_.descriptors.empty())
      messages_.error(at(head[i].number), "unexpected-line",
                      fmt::format("`{}` is neither a descriptor nor a variant", shown(text)),
                      "a descriptor's line starts with &, a variant's with -");
    if (++variants > 4 * consistency::kMostVariants) break;
  }
  if (problem_.descriptors.empty() && messages_.ok())
    messages_.error(at(2), "missing-descriptors", "no descriptor is named here",
                    "a descriptor's line starts with &, a variant's with -");
}

void MatrixReader::sizes() {
  for (std::size_t d = 0; d < problem_.descriptors.size(); ++d) {
    const std::size_t n = problem_.descriptors[d].variants.size();
    if (n == 0)
      messages_.error(at(lines_[d]), "missing-variants",
                      fmt::format("the descriptor `{}` has no variant", shown(problem_.descriptors[d].name)));
    if (n > consistency::kMostVariantsOfOne)
      messages_.error(
          at(lines_[d]), "too-large",
          fmt::format("{} variants of one descriptor; at most {}", n, consistency::kMostVariantsOfOne));
  }
  if (problem_.variants() > consistency::kMostVariants)
    messages_.error(
        at(lines_.front()), "too-large",
        fmt::format("{} variants in all; at most {}", problem_.variants(), consistency::kMostVariants));
}

void MatrixReader::row(const Line& line, std::size_t n) {
  const auto words = cells(line.text);
  if (words.size() != n) {
    messages_.error(at(line.number), "bad-row",
                    fmt::format("{} numbers in this row; the variants ask for {}", words.size(), n));
    problem_.scores.resize(problem_.scores.size() + n, 0);
    return;
  }
  for (const auto& word : words) {
    const auto value = judgement(word);
    if (!value || std::abs(*value) > consistency::kMostScore) {
      messages_.error(at(line.number, static_cast<std::size_t>(word.data() - line.text.data()) + 1),
                      "bad-number", fmt::format("`{}` is no judgement", shown(trimmed(word))),
                      "a number of at most six decimals between -1000 and 1000");
      problem_.scores.push_back(0);
    } else {
      problem_.scores.push_back(*value);
    }
  }
}

void MatrixReader::matrix() {
  const std::size_t n = problem_.variants();
  // The matrix is the first later section whose lines are rows of judgements.
  std::size_t found = 0;
  for (std::size_t s = 1; s < sections_.size() && found == 0; ++s) {
    for (const Line& line : sections_[s])
      if (const auto words = cells(line.text); !trimmed(line.text).empty()) {
        if (judgement(words.front()) && (n == 1 || words.size() > 1)) found = s;
        break;
      }
  }
  if (found == 0) {
    messages_.error(at(lines_.back()), "missing-matrix", "no section with rows of judgements",
                    fmt::format("{} rows of {} numbers with commas between them", n, n));
    return;
  }
  std::size_t rows = 0;
  std::uint32_t last = 0;
  for (const Line& line : sections_[found]) {
    if (trimmed(line.text).empty()) continue;
    last = line.number;
    if (++rows <= n) row(line, n);
  }
  if (rows != n)
    messages_.error(at(last), "bad-matrix",
                    fmt::format("the matrix has {} rows; the variants ask for {}", rows, n));
  problem_.scores.resize(n * n, 0);
  // Whole judgements stay whole numbers: the scale is as small as it can be.
  problem_.scale = 1'000'000;
  while (problem_.scale > 1 && std::all_of(problem_.scores.begin(), problem_.scores.end(),
                                           [](std::int64_t x) { return x % 10 == 0; })) {
    for (auto& x : problem_.scores) x /= 10;
    problem_.scale /= 10;
  }
  std::size_t kept = 0;
  for (std::size_t s = found + 1; s < sections_.size(); ++s) kept += sections_[s].empty() ? 0 : 1;
  if (kept > 0)
    messages_.note(at(last + 1), "sections-unread",
                   fmt::format("{} section{} after the matrix (notes, texts, settings) are not read", kept,
                               kept == 1 ? "" : "s"));
}

}  // namespace

bool ScenarioWizardReading::ok() const {
  return std::none_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; });
}

bool recognise_scenario_wizard(const std::string& path) {
  const std::string start = start_of_file(path);
  return without_mark(start).starts_with(kFirstWord) && !is_solution_set(start);
}

bool is_solution_set(std::string_view start) {
  start = without_mark(start);
  if (!start.starts_with(kFirstWord)) return false;
  const std::size_t line = std::min(start.find_first_of("\r\n"), start.size());
  const std::size_t second = std::min(start.find_first_not_of("\r\n", line), start.size());
  return start.substr(second).starts_with("Solution set");
}

ScenarioWizardReading read_scenario_wizard_text(const std::string& text, const std::string& file) {
  return MatrixReader(std::string(without_mark(text)), file).read();
}

ScenarioWizardReading read_scenario_wizard(const std::string& path) {
  Messages messages;
  std::size_t total = 0;
  const auto text = slurp(path, total, messages);
  if (!text) return {{}, messages.take()};
  return read_scenario_wizard_text(*text, path);
}

}  // namespace parley::foreign
