// SPDX-License-Identifier: MIT
#include "foreign/genius_rectangles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "foreign/decimal.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

using expression::Formula;
using expression::LevelSet;

class Rectangles {
 public:
  Rectangles(const XmlFile& file, const GeniusDomain& domain, deals::Party& party, std::uint64_t& values_left,
             Messages& messages)
      : file_(file), domain_(domain), party_(party), values_left_(values_left), messages_(messages) {}

  void read(const XmlNode& utility);

 private:
  void read_function(const XmlNode& function, const mpq_class& scale);
  void read_rectangle(const XmlNode& rectangle, const mpq_class& scale);
  Formula box(const std::vector<XmlNode>& bounds);
  std::optional<Formula> bound(const XmlNode& element);
  const GeniusIssue* bounded_issue(const XmlNode& element);
  mpq_class weight(const XmlNode& element);

  const XmlFile& file_;
  const GeniusDomain& domain_;
  deals::Party& party_;
  std::uint64_t& values_left_;
  Messages& messages_;
  bool full_ = false;
};

mpq_class Rectangles::weight(const XmlNode& element) {
  if (!element.attribute("weight")) return 1;
  return decimal_attribute(file_, element, "weight", messages_).value_or(1);
}

const GeniusIssue* Rectangles::bounded_issue(const XmlNode& element) {
  const auto index = integer_attribute(file_, element, "index", messages_);
  if (!index) return nullptr;
  const auto known = domain_.position.find(*index);
  if (known == domain_.position.end()) {
    messages_.error(file_.at(element), "unknown-issue", fmt::format("the domain has no issue {}", *index));
    return nullptr;
  }
  const GeniusIssue& issue = domain_.issues[static_cast<std::size_t>(known->second)];
  if (issue.integer) return &issue;
  messages_.error(file_.at(element), "issue-mismatch",
                  fmt::format("issue `{}` is discrete; bounds are for integer issues", shown(issue.name)));
  return nullptr;
}

std::optional<Formula> Rectangles::bound(const XmlNode& element) {
  const GeniusIssue* issue = bounded_issue(element);
  const auto low = integer_attribute(file_, element, "min", messages_);
  const auto high = integer_attribute(file_, element, "max", messages_);
  if (issue == nullptr || !low || !high) return std::nullopt;
  const auto cost = 1 + static_cast<std::uint64_t>(issue->options()) / 64;
  if (cost > values_left_) {
    if (!full_) messages_.error(file_.at(element), "too-large", "the rectangles have too many bounds");
    full_ = true;
    return std::nullopt;
  }
  values_left_ -= cost;
  if (*low > *high)
    messages_.warning(file_.at(element), "empty-bound",
                      fmt::format("no number lies from {} to {}", *low, *high));
  LevelSet levels(issue->options());
  const int first = std::max(*low, issue->lower), last = std::min(*high, issue->upper);
  for (int x = first; x <= last; ++x) {
    levels.add(x - issue->lower);
    if (x == last) break;
  }
  return Formula::atom(domain_.position.at(issue->index), std::move(levels));
}

Formula Rectangles::box(const std::vector<XmlNode>& bounds) {
  std::vector<Formula> parts;
  for (const XmlNode& element : bounds)
    if (auto part = bound(element)) parts.push_back(std::move(*part));
  return Formula::all(std::move(parts));
}

void Rectangles::read_rectangle(const XmlNode& rectangle, const mpq_class& scale) {
  const auto includes = children(rectangle, "INCLUDES"), excludes = children(rectangle, "EXCLUDES");
  if (!includes.empty() && !excludes.empty()) {
    messages_.error(file_.at(rectangle), "mixed-rectangle", "a rectangle has both INCLUDES and EXCLUDES",
                    "Genius would forget the INCLUDES: write two rectangles, or one kind of bound");
    return;
  }
  if (party_.terms.size() >= static_cast<std::size_t>(kRectangles)) {
    if (!full_)
      messages_.error(file_.at(rectangle), "too-large", fmt::format("more than {} rectangles", kRectangles));
    full_ = true;
    return;
  }
  const auto utility = decimal_attribute(file_, rectangle, "utility", messages_);
  deals::Term term;
  term.when = excludes.empty() ? box(includes) : Formula::negation(box(excludes));
  term.value = utility.value_or(0) * weight(rectangle) * scale;
  party_.terms.push_back(std::move(term));
}

void Rectangles::read_function(const XmlNode& function, const mpq_class& scale) {
  const std::string aggregation = function.attribute("aggregation").value();
  if (!aggregation.empty() && aggregation != "sum") {
    messages_.error(file_.at(function), "unknown-aggregation",
                    fmt::format("the aggregation is `{}`", shown(aggregation)), "known: sum");
    return;
  }
  const mpq_class inner = scale * weight(function);
  for (const XmlNode& rectangle : children(function, "hyperRectangle")) read_rectangle(rectangle, inner);
  for (const XmlNode& nested : children(function, "ufun")) read_function(nested, inner);
}

void Rectangles::read(const XmlNode& utility) {
  const auto most = decimal_attribute(file_, utility, "maxutility", messages_);
  if (!most) return;
  if (*most <= 0) {
    messages_.error(file_.at(utility), "bad-number", "maxutility must be above 0");
    return;
  }
  const auto functions = children(utility, "ufun");
  if (functions.size() != 1) {
    messages_.error(file_.at(utility), "one-function",
                    fmt::format("<utility> has {} <ufun> at its top; it needs exactly one", functions.size()),
                    "Genius reads only the first: put the others inside it");
    return;
  }
  party_.cap = 1;
  read_function(functions.front(), 1 / *most);
}

}  // namespace

void read_rectangles(const XmlFile& file, const GeniusDomain& domain, const std::vector<XmlNode>& utility,
                     deals::Party& party, std::uint64_t& values_left, Messages& messages) {
  if (utility.size() > 1) messages.error(file.at(utility[1]), "duplicate-utility", "a second <utility>");
  Rectangles(file, domain, party, values_left, messages).read(utility.front());
}

}  // namespace parley::foreign
