// SPDX-License-Identifier: MIT
#include "language/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>
#include <utility>

#include "expression/characters.hpp"
#include "expression/parse.hpp"
#include "expression/tokens.hpp"

namespace parley::language {
namespace {

using account::FieldSpec;
using account::Shape;
using account::Value;

using Read = std::optional<Value>;

/// One field: what every shape's reader needs to say in its messages.
class FieldReader {
 public:
  FieldReader(const FieldSpec& field, Report& report) : field_(field), report_(report) {}

  Read read(Shape shape, const YamlNode& node) {
    if (node.kind == YamlNode::Kind::broken) return std::nullopt;
    if (node.kind == YamlNode::Kind::nothing) {
      report_.add(code::empty_value, node.place, fmt::format("`{}` has no value", field_.name), example());
      return std::nullopt;
    }
    switch (shape) {
      case Shape::names:
      case Shape::conditions:
        return list(shape, node);
      case Shape::options:
      case Shape::entries:
        return map(shape, node);
      default:
        return scalar(shape, node);
    }
  }

 private:
  /// "low mid high" -> "low, mid, high" where several names stand in place of a list; else empty.
  static std::string words_as_list(const std::string& text) {
    std::istringstream stream(text);
    std::string word, list;
    std::size_t words = 0;
    for (; stream >> word; ++words) {
      if (!expression::is_name(word) || expression::is_reserved(word)) return "";
      list += (words == 0 ? "" : ", ") + word;
    }
    return words > 1 ? list : "";
  }
  [[nodiscard]] std::string example() const {
    return fmt::format("for example: `{}: {}`", field_.name, field_.example);
  }

  Read refuse(const Code& code, Place place, std::string message, std::string hint = "") {
    report_.add(code, place, std::move(message), hint.empty() ? example() : std::move(hint));
    return std::nullopt;
  }

  static Value made(Shape shape, const YamlNode& node) {
    Value value;
    value.shape = shape;
    value.text = folded(node.text);
    value.place = node.place;
    return value;
  }

  Read scalar(Shape shape, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::scalar)
      return refuse(code::wrong_shape, node.place,
                    fmt::format("`{}` takes {}, found a {}", field_.name, shape_words(shape),
                                node.kind == YamlNode::Kind::list ? "list" : "map"));
    Value value = made(shape, node);
    if (value.text.empty())
      return refuse(code::empty_value, node.place, fmt::format("`{}` has no value", field_.name));
    switch (shape) {
      case Shape::text:
        return value;
      case Shape::word:
        return word(std::move(value));
      case Shape::flag:
        return flag(std::move(value));
      case Shape::number:
      case Shape::quantity:
      case Shape::estimate:
        return quantity(shape, std::move(value));
      case Shape::name:
        return name(node, std::move(value));
      case Shape::phrase:
      case Shape::condition:
        return expression(shape, node, std::move(value));
      case Shape::order:
        return order(node, std::move(value));
      default:
        return std::nullopt;
    }
  }

  Read word(Value value) {
    if (std::find(field_.words.begin(), field_.words.end(), value.text) != field_.words.end()) return value;
    const std::vector<std::string> words(field_.words.begin(), field_.words.end());
    return refuse(code::bad_word, value.place,
                  fmt::format("`{}` is no word of `{}`", value.text, field_.name),
                  did_you_mean(value.text, words, "one of " + word_list(words)));
  }

  Read flag(Value value) {
    if (value.text == "yes" || value.text == "no") return value;
    return refuse(code::bad_flag, value.place,
                  fmt::format("`{}` takes yes or no, found `{}`", field_.name, value.text));
  }

  Read quantity(Shape shape, Value value) {
    std::string why;
    value.quantity = expression::read_quantity(value.text, &why);
    if (shape == Shape::number) {
      const auto& q = value.quantity;
      if (q && !q->no_low && !q->no_high && q->low == q->high && q->words.empty()) return value;
      return refuse(code::bad_number, value.place,
                    fmt::format("`{}` takes a number, found `{}`", field_.name, value.text));
    }
    if (value.quantity) return value;
    if (shape == Shape::estimate && expression::is_name(value.text) && !expression::is_reserved(value.text))
      return value;  // the id of an assumption
    return refuse(code::bad_quantity, value.place, std::move(why));
  }

  Read name(const YamlNode& node, Value value) {
    // A level that the issue is at: whether there is such a level is asked where the levels are known.
    const bool present = field_.name == "now" && expression::is_name(value.text);
    if (field_.refers == account::to_nothing && !present) {
      if (field_.name == "account") beside_ = {"absent", "present"};  // words for levels, and no names
      if (!check_new_name(node, false, report_, beside_)) return std::nullopt;
      return value;
    }
    if (present) return value;
    if (expression::is_name(value.text) && !expression::is_reserved(value.text)) return value;
    if ((field_.refers & account::to_relation) != 0) return subject(node, std::move(value));
    const bool list = value.text.find(',') != std::string::npos;
    return refuse(code::bad_name, value.place, fmt::format("`{}` is no name", value.text),
                  list ? fmt::format("write a list: [{}]", value.text) : name_hint(value.text));
  }

  /// `recognises(saudi, israel)` where a variable is named.
  Read subject(const YamlNode& node, Value value) {
    auto parsed = expression::parse_subject(node.text);
    if (!parsed.subject) {
      add_problems(node, parsed.problems);
      return std::nullopt;
    }
    expression::Tree tree;
    tree.subject = std::move(*parsed.subject);
    tree.place = tree.subject.place;
    value.text = expression::to_text(tree.subject);
    keep(node, std::move(tree), value);
    return value;
  }

  Read expression(Shape shape, const YamlNode& node, Value value) {
    const bool conditional = field_.name == "if" || field_.name == "only_if";
    if (shape == Shape::condition && conditional && value.text == "unstated") return value;
    auto parsed =
        shape == Shape::phrase ? expression::parse_phrase(node.text) : expression::parse_condition(node.text);
    if (!parsed.tree) {
      add_problems(node, parsed.problems);
      return std::nullopt;
    }
    keep(node, std::move(*parsed.tree), value);
    return value;
  }

  static void keep(const YamlNode& node, expression::Tree tree, Value& value) {
    expression::each_place(tree, [&](Place& place) {
      if (place.line != 0) place = node.at(place.column - 1, place.length);
    });
    value.tree = std::make_shared<const expression::Tree>(std::move(tree));
  }

  void add_problems(const YamlNode& node, const std::vector<expression::Problem>& problems) {
    for (const auto& problem : problems) {
      const bool limit = problem.kind == expression::Problem::Kind::limit;
      report_.add(limit ? code::expression_limit : code::bad_expression,
                  node.at(problem.offset, problem.length), problem.message, problem.hint);
    }
  }

  static std::string order_hint(const expression::Token& token) {
    const std::string strange =
        token.kind == expression::Token::Kind::strange ? expression::strange_words(token.text) : "";
    if (strange.empty()) return "write the best first: `a > b = c`";
    // What is at least as good, or other, is said of no two levels of an order.
    for (const char* sign : {"; write `>=`", "; write `<=`", "; write `is not`"})
      if (const auto at = strange.find(sign); at != std::string::npos)
        return strange.substr(0, at) + "; write the best first, with `>` or `=` between: `a > b = c`";
    return strange;
  }

  /// a > b = c > d
  Read order(const YamlNode& node, Value value) {
    const auto tokens = expression::tokens_of(node.text);
    std::size_t at = 0;
    value.tiers.emplace_back();
    while (true) {
      const auto& first = tokens[at];
      if (first.kind != expression::Token::Kind::word || !expression::is_name(first.text) ||
          expression::is_reserved(first.text))
        return refuse(code::bad_order, node.at(first.offset, std::max(first.length, 1U)),
                      first.kind == expression::Token::Kind::end
                          ? "a name is missing at the end of the order"
                          : fmt::format("expected a name, found `{}`", first.text),
                      order_hint(first));
      const std::size_t begin = at++;
      if (tokens[at].text == "(")
        while (tokens[at].kind != expression::Token::Kind::end && tokens[at++].text != ")") {
        }
      add_order_item(node, tokens, begin, at, value);
      const auto& sign = tokens[at];
      if (sign.kind == expression::Token::Kind::end) return value;
      if (sign.text != ">" && sign.text != "=")
        return refuse(code::bad_order, node.at(sign.offset, sign.length),
                      fmt::format("expected `>` or `=`, found `{}`", sign.text), order_hint(sign));
      if (sign.text == ">") value.tiers.emplace_back();
      ++at;
    }
  }

  static void add_order_item(const YamlNode& node, const std::vector<expression::Token>& tokens,
                             std::size_t begin, std::size_t end, Value& value) {
    Value item;
    item.shape = Shape::name;
    for (std::size_t i = begin; i < end; ++i)
      item.text += tokens[i].text + (tokens[i].text == "," ? " " : "");
    const auto& last = tokens[end - 1];
    item.place = node.at(tokens[begin].offset, last.offset + last.length - tokens[begin].offset);
    value.tiers.back().push_back(item.text);
    value.items.push_back(std::move(item));
  }

  Read list(Shape shape, const YamlNode& node) {
    const Shape inner = shape == Shape::names ? Shape::name : Shape::condition;
    Value value = made(shape, node);
    value.text.clear();
    if (node.kind == YamlNode::Kind::map)
      return refuse(code::wrong_shape, node.place,
                    fmt::format("`{}` takes {}, found a map", field_.name, shape_words(shape)));
    const bool single = node.kind == YamlNode::Kind::scalar;
    if (const std::string words = single && inner == Shape::name ? words_as_list(node.text) : "";
        !words.empty())
      return refuse(code::bad_name, node.place, fmt::format("`{}` cannot be a name", folded(node.text)),
                    fmt::format("write a list: [{}]", words));
    bool good = true;
    const std::size_t count = single ? 1 : node.items.size();
    for (const YamlNode& item : node.items) beside_.push_back(folded(item.text));
    for (std::size_t i = 0; i < count; ++i) {
      auto item = read(inner, single ? node : node.items[i]);
      good = good && item.has_value();
      if (item) value.items.push_back(std::move(*item));
    }
    if (!good) return std::nullopt;
    return value;
  }

  Read map(Shape shape, const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map)
      return refuse(code::wrong_shape, node.place,
                    fmt::format("`{}` takes {}, found a {}", field_.name, shape_words(shape),
                                node.kind == YamlNode::Kind::list ? "list" : "text"));
    Value value = made(shape, node);
    value.text.clear();
    bool good = true;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      value.keys.push_back(folded(node.keys[i].text));
      value.key_places.push_back(node.keys[i].place);
      auto item = shape == Shape::options ? option(node.items[i]) : entry(node.items[i]);
      good = good && item.has_value();
      if (item) value.items.push_back(std::move(*item));
    }
    if (!good) return std::nullopt;
    return value;
  }

  /// The level in `{programme: ended}`.
  Read option(const YamlNode& node) {
    const FieldSpec level{field_.name, Shape::name, field_.doc, field_.example, false, account::to_row};
    return FieldReader(level, report_).read(Shape::name, node);
  }

  /// A value of the inner shape, or {is: value, from: ..., assumed: ...}.
  Read entry(const YamlNode& node) {
    FieldSpec inner{field_.name, field_.inner, field_.doc, field_.example};
    inner.refers = account::to_row;  // what it refers to is looked up later, by what the key names
    const bool dressed =
        node.kind == YamlNode::Kind::map && field_.inner != Shape::options && node.find("is") != nullptr;
    if (!dressed) return FieldReader(inner, report_).read(field_.inner, node);
    auto value = FieldReader(inner, report_).read(field_.inner, *node.find("is"));
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& key = node.keys[i].text;
      if (key == "is") continue;
      if (key != "from" && key != "assumed") {
        refuse(code::unknown_field, node.keys[i].place, fmt::format("an entry has no field `{}`", key),
               "an entry takes `is`, `from` and `assumed`");
        value.reset();
        continue;
      }
      const FieldSpec names{key, Shape::names, "", "art.S19", false, account::to_row};
      const auto origin = FieldReader(names, report_).read(Shape::names, node.items[i]);
      if (!origin) value.reset();
      if (!origin || !value) continue;
      for (const Value& item : origin->items)
        (key == "from" ? value->from : value->assumed).push_back(item.text);
    }
    return value;
  }

  const FieldSpec& field_;
  Report& report_;
  std::vector<std::string> beside_;  ///< names of the list that is read, and those that hints have offered
};

}  // namespace

std::optional<Value> value_of(const FieldSpec& field, const YamlNode& node, Report& report) {
  return FieldReader(field, report).read(field.shape, node);
}

std::string bounds_words(account::Takes takes) {
  switch (takes) {
    case account::Takes::share:
      return ", 0 to 100 %";
    case account::Takes::not_negative:
      return ", not below 0";
    case account::Takes::belief:
      return ", 0 to 100 % unless it is about a quantity";
    case account::Takes::anything:
      break;
  }
  return "";
}

std::string shape_words(Shape shape) {
  switch (shape) {
    case Shape::text:
      return "a text";
    case Shape::word:
      return "one of its words";
    case Shape::flag:
      return "yes or no";
    case Shape::number:
      return "a number";
    case Shape::quantity:
      return "a quantity";
    case Shape::name:
      return "one name";
    case Shape::names:
      return "a list of names";
    case Shape::estimate:
      return "a quantity or an assumption";
    case Shape::phrase:
      return "a level, or words such as `at least` and a level";
    case Shape::condition:
      return "a condition";
    case Shape::conditions:
      return "a list of conditions";
    case Shape::options:
      return "a map of variables to levels";
    case Shape::order:
      return "an order such as `a > b = c`";
    case Shape::entries:
      return "a map";
  }
  return "a value";
}

std::string folded(std::string_view text) {
  std::string result;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !result.empty();
    } else {
      if (blank) result += ' ';
      blank = false;
      result += c;
    }
  }
  return result;
}

}  // namespace parley::language
