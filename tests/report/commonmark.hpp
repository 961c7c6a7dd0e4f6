// SPDX-License-Identifier: MIT
// What a reader of CommonMark makes of a page: its blocks, and whether anything in it is live. A small
// scanner of its own, and beside it cmark, the reference program, where the machine has it.
#pragma once
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace parley::testing {

/// Without the last line of a report, which is a comment of Parley's own.
inline std::string without_seal(std::string text) {
  const std::size_t seal = text.find("<!-- written by parley; ");
  return seal == std::string::npos ? text : text.substr(0, seal);
}

/// The text with what a backslash escapes, and what stands in code, as `x`: only markup that lives is left.
inline std::string without_inert(const std::string& page) {
  std::string text;
  for (std::size_t at = 0; at < page.size(); ++at) {
    if (page[at] == '\\' && at + 1 < page.size() &&
        std::ispunct(static_cast<unsigned char>(page[at + 1])) != 0) {
      text += "xx";
      ++at;
    } else if (page[at] == '`') {
      std::size_t begin = at;
      while (begin < page.size() && page[begin] == '`') ++begin;
      const std::string fence = page.substr(at, begin - at);
      const std::size_t end = page.find(fence, begin);
      if (end == std::string::npos || end > page.find("\n\n", begin)) return text + "` without an end";
      text += std::string(end + fence.size() - at, 'x');
      at = end + fence.size() - 1;
    } else {
      text += page[at];
    }
  }
  return text;
}

/// What lives in a page and never may: HTML, links, images, addresses, definitions of links.
inline std::vector<std::string> live_markup(const std::string& page) {
  const std::string text = without_inert(without_seal(page));
  std::vector<std::string> found;
  const auto note = [&](std::size_t at) { found.push_back(text.substr(at, 40)); };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto next = static_cast<unsigned char>(rest.size() > 1 ? rest[1] : ' ');
    if (rest[0] == '<' && (std::isalpha(next) != 0 || next == '/' || next == '!' || next == '?')) note(at);
    if (rest.starts_with("](") || rest.starts_with("![") || rest.starts_with("://") ||
        rest.starts_with("www."))
      note(at);
    if (rest[0] == '[' && (at == 0 || text[at - 1] == '\n'))
      if (const std::size_t close = rest.find(']');
          close != std::string_view::npos && rest.substr(close, 2) == "]:")
        note(at);
  }
  return found;
}

/// How many cells each line of a table has.
inline std::vector<int> table_cells(const std::string& page) {
  std::vector<int> cells;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = std::min(page.find('\n', at), page.size());
    if (page[at] == '|') {
      int bars = 0;  // those in code count, unless they are escaped
      for (std::size_t i = at; i < end; ++i) {
        if (page[i] == '\\')
          ++i;
        else if (page[i] == '|')
          ++bars;
      }
      cells.push_back(bars - 1);
    }
    at = end + 1;
  }
  return cells;
}

inline bool has_cmark() { return std::system("command -v cmark >/dev/null 2>&1") == 0; }

/// What cmark makes of a page, as XML; empty where something failed.
inline std::string cmark_xml(const std::string& page) {
  std::string name = (std::filesystem::temp_directory_path() / "parley-page-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  const std::string text = without_seal(page);
  if (file < 0 || ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) return "";
  ::close(file);
  std::string xml;
  if (FILE* pipe = ::popen(("cmark -t xml " + name).c_str(), "r")) {
    std::array<char, 4096> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) xml.append(part.data(), n);
    ::pclose(pipe);
  }
  ::unlink(name.c_str());
  return xml;
}

/// The blocks of a page as cmark reads it ("heading level=\"2\"", "list", "item", ...) and everything that
/// lives in it. Tables are no part of CommonMark: table_cells() counts them.
struct Blocks {
  std::vector<std::string> blocks, live;
};
inline Blocks cmark_blocks(const std::string& page) {
  Blocks result;
  const std::string xml = cmark_xml(page);
  for (std::size_t at = 0; (at = xml.find('<', at)) != std::string::npos; ++at) {
    const std::string tag = xml.substr(at + 1, xml.find_first_of(">", at) - at - 1);
    const std::string kind = tag.substr(0, tag.find_first_of(" /", 1));
    if (kind == "html_inline" || kind == "html_block" || kind == "link" || kind == "image")
      result.live.push_back(xml.substr(at, 80));
    else if (kind == "heading" || kind == "list" || kind == "item" || kind == "block_quote" ||
             kind == "code_block" || kind == "thematic_break")
      result.blocks.push_back(kind == "heading" ? tag : kind);
  }
  return result;
}

/// The paragraphs of a page as its reader sees them: text, words in code between backticks, and `<TAG>` for
/// everything else.
inline std::vector<std::string> cmark_paragraphs(const std::string& page) {
  const std::string xml = cmark_xml(page);
  const auto plain = [](std::string text) {
    for (const auto& [entity, sign] :
         {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&quot;", "\""}, std::pair{"&amp;", "&"}})
      for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at)
        text.replace(at, std::string(entity).size(), sign);
    return text;
  };
  std::vector<std::string> list;
  for (std::size_t at = xml.find("<document"); (at = xml.find('<', at + 1)) != std::string::npos;) {
    const std::size_t close = xml.find('>', at);
    const std::string tag = xml.substr(at + 1, close - at - 1), kind = tag.substr(0, tag.find(' '));
    if (kind == "paragraph") {
      list.emplace_back();
      continue;
    }
    if (list.empty() || kind[0] == '/') continue;
    const std::string content = plain(xml.substr(close + 1, xml.find('<', close) - close - 1));
    if (kind == "text")
      list.back() += content;
    else if (kind == "code")
      list.back() += "`" + content + "`";
    else if (kind == "softbreak")
      list.back() += " ";
    else
      list.back() += "<" + kind + ">";
  }
  return list;
}

}  // namespace parley::testing
