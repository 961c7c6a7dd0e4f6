// SPDX-License-Identifier: MIT
#include "foreign/genius_domain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "foreign/decimal.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

void collect_issues(const XmlNode& element, std::vector<XmlNode>& issues) {
  for (const XmlNode& child : element.children()) {
    const std::string_view name = child.name();
    if (name == "issue")
      issues.push_back(child);
    else if (name == "objective" || name == "utility_space")
      collect_issues(child, issues);
  }
}

bool read_items(const XmlFile& file, const XmlNode& element, GeniusIssue& issue, Messages& messages) {
  bool good = true;
  for (const XmlNode& item : children(element, "item")) {
    const auto value = attribute(file, item, "value", messages);
    if (!value) {
      good = false;
    } else if (!issue.places.emplace(*value, static_cast<int>(issue.items.size())).second) {
      messages.error(file.at(item), "duplicate-item",
                     fmt::format("issue `{}` has the item `{}` twice", shown(issue.name), shown(*value)));
      good = false;
    } else {
      issue.items.push_back(*value);
    }
  }
  if (good && issue.items.empty()) {
    messages.error(issue.spot, "empty-issue", fmt::format("issue `{}` has no items", shown(issue.name)));
    return false;
  }
  return good;
}

bool read_options(const XmlFile& file, const XmlNode& element, GeniusIssue& issue, Messages& messages) {
  const std::string type = issue_type(element);
  issue.integer = type == "integer";
  if (type != "integer" && type != "discrete") {
    messages.error(issue.spot, "unknown-issue-type",
                   fmt::format("issue `{}` is of type `{}`", shown(issue.name), shown(type)),
                   "known types: discrete, integer; cut a real-valued issue into items");
    return false;
  }
  if (issue.integer) {
    const auto bounds = integer_bounds(file, element, messages);
    if (!bounds) return false;
    issue.lower = bounds->lower;
    issue.upper = bounds->upper;
  } else if (!read_items(file, element, issue, messages)) {
    return false;
  }
  if (issue.integer ? static_cast<long long>(issue.upper) - issue.lower < kOptions
                    : issue.options() <= kOptions)
    return true;
  messages.error(issue.spot, "too-large",
                 fmt::format("issue `{}` has more than {} options", shown(issue.name), kOptions));
  return false;
}

std::optional<GeniusIssue> read_issue(const XmlFile& file, const XmlNode& element, Messages& messages) {
  GeniusIssue issue;
  issue.spot = file.at(element);
  const auto name = attribute(file, element, "name", messages);
  const auto index = integer_attribute(file, element, "index", messages);
  if (!name || !index) return std::nullopt;
  issue.name = *name;
  issue.index = *index;
  if (!read_options(file, element, issue, messages)) return std::nullopt;
  return issue;
}

bool no_doubles(const GeniusDomain& domain, Messages& messages) {
  std::set<std::string> names;
  bool good = true;
  for (std::size_t i = 0; i < domain.issues.size(); ++i) {
    const GeniusIssue& issue = domain.issues[i];
    if (i > 0 && domain.issues[i - 1].index == issue.index) {
      messages.error(issue.spot, "duplicate-issue", fmt::format("two issues have the index {}", issue.index));
      good = false;
    }
    if (!names.insert(issue.name).second) {
      messages.error(issue.spot, "duplicate-issue",
                     fmt::format("two issues have the name `{}`", shown(issue.name)));
      good = false;
    }
  }
  return good;
}

}  // namespace

std::optional<std::string> attribute(const XmlFile& file, const XmlNode& element, const char* name,
                                     Messages& messages) {
  const XmlAttribute found = element.attribute(name);
  if (found) return std::string(found.value());
  messages.error(file.at(element), "missing-attribute",
                 fmt::format("<{}> has no `{}`", element.name(), name));
  return std::nullopt;
}

std::optional<int> integer_attribute(const XmlFile& file, const XmlNode& element, const char* name,
                                     Messages& messages) {
  const auto text = attribute(file, element, name, messages);
  if (!text) return std::nullopt;
  const auto value = read_integer(*text);
  if (!value)
    messages.error(file.at(element), "bad-number",
                   fmt::format("`{}` of <{}> is no whole number: `{}`", name, element.name(), shown(*text)));
  return value;
}

std::optional<mpq_class> decimal_attribute(const XmlFile& file, const XmlNode& element, const char* name,
                                           Messages& messages) {
  const auto text = attribute(file, element, name, messages);
  if (!text) return std::nullopt;
  const auto value = read_decimal(*text);
  if (!value)
    messages.error(file.at(element), "bad-number",
                   fmt::format("`{}` of <{}> is no decimal number: `{}`", name, element.name(), shown(*text)),
                   text->find_first_not_of("0123456789.+-eE \t") == std::string::npos && !text->empty()
                       ? fmt::format("at most {} digits, and an exponent within {}", kDigits, kExponent)
                       : "give a number such as 0.5");
  return value;
}

std::string issue_type(const XmlNode& issue) {
  for (const char* name : {"vtype", "etype", "type"})
    if (const XmlAttribute found = issue.attribute(name)) return found.value();
  return "discrete";
}

std::optional<Bounds> integer_bounds(const XmlFile& file, const XmlNode& issue, Messages& messages) {
  const XmlNode range = issue.child("range");
  const XmlNode& holder = !issue.attribute("lowerbound") && range ? range : issue;
  const auto lower = integer_attribute(file, holder, "lowerbound", messages);
  const auto upper = integer_attribute(file, holder, "upperbound", messages);
  if (!lower || !upper) return std::nullopt;
  if (*lower <= *upper) return Bounds{*lower, *upper};
  messages.error(file.at(holder), "bad-range",
                 fmt::format("the lower bound {} is above the upper {}", *lower, *upper));
  return std::nullopt;
}

std::optional<GeniusDomain> read_domain(const XmlFile& file, Messages& messages) {
  std::vector<XmlNode> elements;
  collect_issues(file.root(), elements);
  const Spot top = file.at(file.root());
  if (elements.empty()) {
    messages.error(top, "no-issues", "the domain has no issues");
    return std::nullopt;
  }
  if (elements.size() > static_cast<std::size_t>(kIssues)) {
    messages.error(top, "too-large", fmt::format("the domain has more than {} issues", kIssues));
    return std::nullopt;
  }
  GeniusDomain domain;
  domain.file = file.path();
  for (const XmlNode& element : elements)
    if (auto issue = read_issue(file, element, messages)) domain.issues.push_back(std::move(*issue));
  if (domain.issues.size() != elements.size()) return std::nullopt;
  std::stable_sort(domain.issues.begin(), domain.issues.end(),
                   [](const GeniusIssue& a, const GeniusIssue& b) { return a.index < b.index; });
  if (!no_doubles(domain, messages)) return std::nullopt;
  for (std::size_t i = 0; i < domain.issues.size(); ++i)
    domain.position[domain.issues[i].index] = static_cast<int>(i);
  const XmlAttribute count = file.root().child("utility_space").attribute("number_of_issues");
  if (count && read_integer(count.value()) != static_cast<int>(elements.size()))
    messages.warning(
        top, "issue-count",
        fmt::format("number_of_issues says `{}`, the domain has {}", shown(count.value()), elements.size()));
  return domain;
}

std::vector<deals::Issue> as_issues(const GeniusDomain& domain) {
  std::vector<deals::Issue> issues;
  for (const GeniusIssue& issue : domain.issues) {
    deals::Issue made;
    made.name = issue.name;
    for (const std::string& item : issue.items) made.options.push_back({item, false});
    for (int x = issue.lower; issue.integer && x <= issue.upper; ++x) {
      made.options.push_back({std::to_string(x), true});
      if (x == issue.upper) break;  // upper may be the largest int
    }
    issues.push_back(std::move(made));
  }
  return issues;
}

}  // namespace parley::foreign
