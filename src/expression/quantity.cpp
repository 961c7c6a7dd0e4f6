// SPDX-License-Identifier: MIT
#include "expression/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "expression/characters.hpp"
#include "expression/nearest.hpp"

namespace parley::expression {
namespace {

constexpr std::size_t kLongestQuantity = 200;
constexpr std::size_t kMostUnitWords = 4;

struct LikelihoodWord {
  std::string_view words;
  std::string_view standard;
  int low, high;  ///< in per cent
};
/// US Intelligence Community Directive 203 (2015): both of its rows of words.
constexpr std::array<LikelihoodWord, 14> kLikelihood = {{
    {"almost no chance", "almost no chance", 1, 5},
    {"remote", "almost no chance", 1, 5},
    {"very unlikely", "very unlikely", 5, 20},
    {"highly improbable", "very unlikely", 5, 20},
    {"unlikely", "unlikely", 20, 45},
    {"improbable", "unlikely", 20, 45},
    {"roughly even chance", "roughly even chance", 45, 55},
    {"roughly even odds", "roughly even chance", 45, 55},
    {"likely", "likely", 55, 80},
    {"probable", "likely", 55, 80},
    {"very likely", "very likely", 80, 95},
    {"highly probable", "very likely", 80, 95},
    {"almost certain", "almost certain", 95, 99},
    {"nearly certain", "almost certain", 95, 99},
}};

const LikelihoodWord* likelihood(std::string_view words) {
  for (const LikelihoodWord& entry : kLikelihood)
    if (entry.words == words) return &entry;
  return nullptr;
}

/// Small letters, single blanks; a strange blank (as in front of % in good printing) is a blank, and none
/// stands in front of %.
std::string lower_folded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (static_cast<unsigned char>(c) >= 0x80)
      if (const auto [point, width] = decode(text, at); width > 0 && strange_blank(point)) {
        c = ' ';
        at += width - 1;
      }
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      if (c == '%' && result.size() > 1 && result.back() == ' ') result.pop_back();
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

mpq_class share(int percent) {
  mpq_class value(percent, 100);
  value.canonicalize();
  return value;
}

std::string joined_words(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += (i == from ? "" : " ") + words[i];
  return text;
}

/// "5", "-0.5", "1,000", "30%", "1/3"; `percent` says whether a % stood behind it.
std::optional<mpq_class> number(std::string_view word, bool& percent) {
  percent = !word.empty() && word.back() == '%';
  if (percent) word.remove_suffix(1);
  if (word.find('/') != std::string_view::npos && word.find(',') == std::string_view::npos)
    return exact_number(word);
  if (!word.empty() && word.front() == '+') word.remove_prefix(1);
  std::string digits;
  std::size_t since_comma = 0;
  bool comma = false, point = false;
  for (const char c : word) {
    if (c == ',') {
      if (point || digits.empty() || digits == "-" || (comma && since_comma != 3)) return std::nullopt;
      if (!comma && since_comma > 3) return std::nullopt;
      comma = true;
      since_comma = 0;
      continue;
    }
    if (c == '.') {
      if (point || (comma && since_comma != 3)) return std::nullopt;
      point = true;
    } else if (c >= '0' && c <= '9') {
      if (!point) ++since_comma;
    } else if (!(c == '-' && digits.empty())) {
      return std::nullopt;
    }
    digits += c;
  }
  if (comma && since_comma != 3) return std::nullopt;
  return exact_number(digits);
}

std::string standard_unit(const std::string& word) {
  for (const std::string unit : {"day", "week", "month", "year"})
    if (word == unit || word == unit + "s") return unit;
  return word;
}

/// Days in a unit of time, a year of the Julian calendar (365.25 days) and a twelfth of it.
std::optional<mpq_class> days(std::string_view unit) {
  if (unit == "day") return mpq_class(1);
  if (unit == "week") return mpq_class(7);
  if (unit == "month") return mpq_class(487, 16);
  if (unit == "year") return mpq_class(1461, 4);
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view text, std::string* why) : why_(why), words_(words_of(lower_folded(text))) {
    quantity_.text = std::string(text);
  }

  std::optional<Quantity> run() {
    if (words_.empty())
      return fail("a quantity is expected here, such as `5`, `30% to 40%` or `more than 70%`");
    if (const std::string strange = strange_sign(); !strange.empty())
      return fail(fmt::format("`{}` is no quantity: {}", quantity_.text, strange));
    words_for_percent();
    if (single_word()) return quantity_;
    bool wrong = false;
    if (likelihood_words(wrong)) return quantity_;
    if (wrong) return std::nullopt;
    return range();
  }

 private:
  std::optional<Quantity> fail(std::string message) {
    if (why_ != nullptr) *why_ = std::move(message);
    return std::nullopt;
  }

  /// A dash, a full-width digit and the like, where a plain one was meant; letters and signs of units pass.
  std::string strange_sign() const {
    for (const std::string& word : words_)
      for (std::size_t at = 0; at < word.size();) {
        const auto [point, width] = decode(word, at);
        const auto meant = width < 2 ? std::nullopt : plain(point);
        const bool letters =
            meant && !meant->empty() && std::isalpha(static_cast<unsigned char>((*meant)[0]));
        if (meant && *meant == "-" && (at > 0 || width == word.size()))
          return fmt::format("here stands {}; a range is written with `to`, as in `5% to 6%`",
                             character_words(point));
        if (point == 0x2264 || point == 0x2265)
          return fmt::format("here stands {}; write `at {} ...`", character_words(point),
                             point == 0x2264 ? "most" : "least");
        if (meant && !letters) return strange_words(std::string_view(word).substr(at));
        at += std::max<std::size_t>(width, 1);
      }
    return "";
  }

  /// "5 percent" and "5 per cent" are "5%".
  void words_for_percent() {
    for (std::size_t i = 1; i < words_.size(); ++i) {
      bool percent = false;
      const bool two = i + 1 < words_.size() && words_[i] == "per" && words_[i + 1] == "cent";
      if ((!two && words_[i] != "percent") || !number(words_[i - 1], percent) || percent) continue;
      words_[i - 1] += '%';
      words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(i),
                   words_.begin() + static_cast<std::ptrdiff_t>(i + (two ? 2 : 1)));
    }
  }

  bool single_word() {
    if (words_.size() != 1) return false;
    using Trend = Quantity::Trend;
    quantity_.unknown = words_[0] == "unknown";
    if (words_[0] == "rising") quantity_.trend = Trend::rising;
    if (words_[0] == "falling") quantity_.trend = Trend::falling;
    if (words_[0] == "steady") quantity_.trend = Trend::steady;
    if (quantity_.unknown || quantity_.trend != Trend::none) quantity_.no_low = quantity_.no_high = true;
    return quantity_.unknown || quantity_.trend != Trend::none;
  }

  /// "likely", "unlikely to likely", "between unlikely and likely"; `wrong`: these are likelihood words, and
  /// they make no range.
  bool likelihood_words(bool& wrong) {
    const std::string whole = joined_words(words_, 0, words_.size());
    const LikelihoodWord* low = likelihood(whole);
    const LikelihoodWord* high = low;
    if (low == nullptr) {
      const bool between = words_.front() == "between";
      const std::string joint = between ? " and " : " to ";
      const std::string_view ends =
          std::string_view(whole).substr(between ? std::min<std::size_t>(8, whole.size()) : 0);
      const auto middle = ends.find(joint);
      if (middle == std::string_view::npos) return false;
      const std::string_view first = ends.substr(0, middle), second = ends.substr(middle + joint.size());
      low = likelihood(first);
      high = likelihood(second);
      if (low == nullptr && high == nullptr) return false;
      wrong = low == nullptr || high == nullptr;
      if (wrong) {
        const std::string known(low != nullptr ? first : second), other(low != nullptr ? second : first);
        fail(
            fmt::format("`{}` is a likelihood word and `{}` is none; a range has two of them, or two numbers",
                        known, other) +
            near_likelihood(other));
        return false;
      }
    }
    if (low->low > high->low) {
      fail("the range is reversed: its first end is above its second");
      wrong = true;
      return false;
    }
    quantity_.low = share(low->low);
    quantity_.high = share(high->high);
    quantity_.unit = "%";
    quantity_.words = std::string(low->standard);
    if (low->standard != high->standard) quantity_.words += " to " + std::string(high->standard);
    return true;
  }

  /// "; did you mean `likely`?", or nothing.
  static std::string near_likelihood(const std::string& words) {
    std::vector<std::string> known;
    for (const LikelihoodWord& entry : kLikelihood) known.emplace_back(entry.words);
    const auto near = nearest(words, known);
    return near ? fmt::format("; did you mean `{}`?", *near) : "";
  }

  std::optional<Quantity> range() {
    bool percent_low = false, percent_high = false;
    const bool lower = take({"more", "than"}) || take({"over"}) || take({"above"});
    const bool upper = !lower && (take({"less", "than"}) || take({"under"}) || take({"below"}));
    const bool from = !lower && !upper && take({"at", "least"});
    const bool up_to = !lower && !upper && !from && (take({"at", "most"}) || take({"up", "to"}));
    const bool one_sided = lower || upper || from || up_to;
    const bool between = !one_sided && take({"between"});
    const auto first = next_number(percent_low);
    if (!first) return no_number();
    quantity_.low = quantity_.high = *first;
    if (lower || from) quantity_.no_high = true;
    if (upper || up_to) quantity_.no_low = true;
    quantity_.low_open = lower;
    quantity_.high_open = upper;
    const std::string_view joint = between ? "and" : "to";
    if (!one_sided) take_first_unit(joint);
    if (!one_sided && take({joint})) {
      const auto second = next_number(percent_high);
      if (!second) return no_number();
      quantity_.high = *second;
      if (percent_low && !percent_high)
        return fail("the first end of the range is in % and the second is not");
    } else if (between) {
      return fail("`between` needs two numbers: `between 30% and 40%`");
    }
    return finish(percent_low || percent_high);
  }

  std::optional<Quantity> finish(bool percent) {
    if (!unit(percent)) return std::nullopt;
    if (!first_unit_.empty()) {
      const auto first = days(first_unit_), second = days(quantity_.unit);
      if (!second)
        return fail(fmt::format("the first end of the range is in {}s and the second is not", first_unit_));
      if (first_unit_ != quantity_.unit) quantity_.low *= *first / *second;
    }
    if (percent) {
      quantity_.low /= 100;
      quantity_.high /= 100;
    }
    if (quantity_.low > quantity_.high && !quantity_.no_low && !quantity_.no_high)
      return fail("the range is reversed: its first end is above its second");
    return quantity_;
  }

  /// "6 months to 3 years": the first end may have a unit of time of its own; it is turned into the second's.
  void take_first_unit(std::string_view joint) {
    if (at_ + 1 >= words_.size() || words_[at_ + 1] != joint || !days(standard_unit(words_[at_]))) return;
    first_unit_ = standard_unit(words_[at_++]);
  }

  bool unit(bool& percent) {
    std::string unit;
    for (std::size_t count = 0; at_ < words_.size(); ++at_, ++count) {
      const std::string& word = words_[at_];
      bool ignored = false;
      if (word == "-") {
        fail("a range is written with `to`, as in `5% to 6%`");
        return false;
      }
      if (count == kMostUnitWords || number(word, ignored)) {
        fail(fmt::format("`{}` is not understood after the number", word));
        return false;
      }
      unit += (unit.empty() ? "" : " ") + standard_unit(word);
    }
    if (unit == "per cent" || unit == "percent" || unit == "%") {
      unit.clear();
      percent = true;
    }
    if (percent && !unit.empty()) {
      fail(fmt::format("`{}` is not understood after a share in %", unit));
      return false;
    }
    quantity_.unit = percent ? "%" : unit;
    return true;
  }

  std::optional<Quantity> no_number() {
    if (at_ >= words_.size()) return fail("a number is expected at the end");
    const std::string& word = words_[at_];
    bool ignored = false;
    if (const auto dash = word.find('-', 1);
        dash != std::string::npos && number(std::string_view(word).substr(dash + 1), ignored))
      return fail(fmt::format("`{}` is no number; write a range as `{} to {}`", word, word.substr(0, dash),
                              word.substr(dash + 1)));
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSigns = {
        {{">=", "at least"}, {"<=", "at most"}, {">", "more than"}, {"<", "less than"}}};
    for (const auto& [sign, words] : kSigns)
      if (word.starts_with(sign)) return fail(fmt::format("`{}` is no number; write `{} ...`", word, words));
    return fail(fmt::format("`{}` is no number and no likelihood word", word) +
                near_likelihood(joined_words(words_, at_, words_.size())));
  }

  std::optional<mpq_class> next_number(bool& percent) {
    if (at_ >= words_.size()) return std::nullopt;
    const auto value = number(words_[at_], percent);
    if (value) ++at_;
    return value;
  }

  bool take(std::initializer_list<std::string_view> wanted) {
    if (at_ + wanted.size() > words_.size()) return false;
    std::size_t i = at_;
    for (const std::string_view word : wanted)
      if (words_[i++] != word) return false;
    at_ = i;
    return true;
  }

  std::string* why_;
  std::vector<std::string> words_;
  std::size_t at_ = 0;
  std::string first_unit_;
  Quantity quantity_;
};

}  // namespace

std::optional<Quantity> read_quantity(std::string_view text, std::string* why) {
  if (text.size() > kLongestQuantity) {
    if (why != nullptr) *why = fmt::format("a quantity has at most {} characters", kLongestQuantity);
    return std::nullopt;
  }
  return Reader(text, why).run();
}

}  // namespace parley::expression
