// SPDX-License-Identifier: MIT
#include "foreign/genius_profile.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "foreign/decimal.hpp"
#include "foreign/genius_rectangles.hpp"
#include "foreign/limits.hpp"

namespace parley::foreign {
namespace {

/// An issue as the profile writes it.
struct Written {
  XmlNode element;
  XmlNode holder;  ///< the objective that it stands in, where its weight stands too
};

class Profile {
 public:
  Profile(const XmlFile& file, const GeniusDomain& domain, const std::string& leave_out, Messages& messages)
      : file_(file), domain_(domain), leave_out_(leave_out), messages_(messages) {}

  std::optional<deals::Party> read(const std::string& name, std::uint64_t& values_left);

 private:
  void collect(const XmlNode& holder);
  void collect_issue(const XmlNode& element, const XmlNode& holder);
  void check_name(const XmlNode& element, const GeniusIssue& issue);
  void collect_weights(const XmlNode& holder);
  void read_additive(deals::Party& party);
  std::optional<mpq_class> weight_of(const GeniusIssue& issue, const Written& written);
  std::vector<mpq_class> values_of(const GeniusIssue& issue, const XmlNode& element);
  std::vector<mpq_class> discrete_values(const GeniusIssue& issue, const XmlNode& element);
  std::vector<mpq_class> integer_values(const GeniusIssue& issue, const XmlNode& element);
  std::vector<std::optional<mpq_class>> evaluations(const GeniusIssue& issue, const XmlNode& element);
  void check_type(const GeniusIssue& issue, const XmlNode& element);
  void check_weights(const mpq_class& sum);
  void tell_blanks();
  void tell_missing();
  [[nodiscard]] std::string or_leave_out(const std::string& what) const;
  void read_reservation(deals::Party& party);
  void read_discount();
  [[nodiscard]] std::vector<XmlNode> at_top(std::string_view name) const;

  const XmlFile& file_;
  const GeniusDomain& domain_;
  const std::string& leave_out_;
  Messages& messages_;
  std::vector<XmlNode> blanks_;  ///< items whose evaluation is missing, `null` or empty
  std::vector<const GeniusIssue*> unsaid_;
  std::vector<std::pair<const GeniusIssue*, XmlNode>> unweighted_;
  std::map<int, Written> issues_;   ///< by index
  std::map<int, XmlNode> weights_;  ///< by index
  std::map<int, XmlNode> objectives_;
};

/// What programs write where nobody has filled a number in.
bool is_blank_number(const std::string& text) {
  std::string small;
  for (const char c : text)
    if (c != ' ' && c != '\t') small += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return small.empty() || small == "null" || small == "nan" || small == "none" || small == "?";
}

std::vector<std::string> issue_names(const GeniusDomain& domain) {
  std::vector<std::string> names;
  for (const GeniusIssue& issue : domain.issues) names.push_back(issue.name);
  return names;
}

void Profile::check_name(const XmlNode& element, const GeniusIssue& issue) {
  const std::string name = element.attribute("name").value();
  if (name.empty() || name == issue.name) return;
  const auto names = issue_names(domain_);
  const std::string message = fmt::format("issue {} is `{}` here and `{}` in the domain", issue.index,
                                          shown(name), shown(issue.name));
  // A name that belongs to another issue means that the numbers do not fit; a name of no issue is a spelling.
  if (std::find(names.begin(), names.end(), name) != names.end())
    messages_.error(file_.at(element), "issue-mismatch", message, "issues are matched by their index");
  else
    messages_.warning(file_.at(element), "issue-name", message, "issues are matched by their index");
}

void Profile::collect_issue(const XmlNode& element, const XmlNode& holder) {
  const auto index = integer_attribute(file_, element, "index", messages_);
  if (!index) return;
  const auto known = domain_.position.find(*index);
  if (known == domain_.position.end()) {
    messages_.error(
        file_.at(element), "unknown-issue",
        fmt::format("the domain has no issue {} (`{}`)", *index, shown(element.attribute("name").value())),
        messages_.hint(element.attribute("name").value(), issue_names(domain_)));
    return;
  }
  check_name(element, domain_.issues[static_cast<std::size_t>(known->second)]);
  if (!issues_.emplace(*index, Written{element, holder}).second)
    messages_.error(file_.at(element), "duplicate-issue",
                    fmt::format("issue {} stands here a second time", *index));
}

void Profile::collect_weights(const XmlNode& holder) {
  for (const XmlNode& weight : children(holder, "weight")) {
    const auto index = integer_attribute(file_, weight, "index", messages_);
    if (index && !weights_.emplace(*index, weight).second)
      messages_.error(file_.at(weight), "duplicate-weight",
                      fmt::format("a second weight for index {}", *index));
  }
}

void Profile::collect(const XmlNode& holder) {
  collect_weights(holder);
  for (const XmlNode& child : holder.children()) {
    const std::string_view name = child.name();
    if (name == "issue") {
      collect_issue(child, holder);
    } else if (name == "objective") {
      if (const auto index = read_integer(child.attribute("index").value()))
        objectives_.emplace(*index, child);
      collect(child);
    }
  }
}

std::optional<mpq_class> Profile::weight_of(const GeniusIssue& issue, const Written& written) {
  const auto found = weights_.find(issue.index);
  if (found == weights_.end() || found->second.parent() != written.holder) {
    unweighted_.emplace_back(&issue, written.element);
    return std::nullopt;
  }
  auto weight = decimal_attribute(file_, found->second, "value", messages_);
  if (weight && *weight < 0)
    messages_.warning(file_.at(found->second), "negative-weight",
                      fmt::format("the weight of issue `{}` is below 0", shown(issue.name)));
  return weight;
}

void Profile::check_type(const GeniusIssue& issue, const XmlNode& element) {
  const std::string type = issue_type(element);
  if (type != (issue.integer ? "integer" : "discrete"))
    messages_.error(file_.at(element), "issue-mismatch",
                    fmt::format("issue `{}` is `{}` here and {} in the domain", shown(issue.name),
                                shown(type), issue.integer ? "integer" : "discrete"));
}

std::vector<std::optional<mpq_class>> Profile::evaluations(const GeniusIssue& issue, const XmlNode& element) {
  std::vector<std::optional<mpq_class>> given(issue.items.size());
  std::vector<bool> seen(issue.items.size(), false);
  for (const XmlNode& item : children(element, "item")) {
    const auto value = attribute(file_, item, "value", messages_);
    if (!value) continue;
    const auto known = issue.places.find(*value);
    if (known == issue.places.end()) {
      messages_.error(
          file_.at(item), "unknown-item",
          fmt::format("issue `{}` has no item `{}` in the domain", shown(issue.name), shown(*value)),
          messages_.hint(*value, issue.items));
      continue;
    }
    const auto place = static_cast<std::size_t>(known->second);
    if (seen[place])
      messages_.error(
          file_.at(item), "duplicate-item",
          fmt::format("item `{}` of issue `{}` stands here a second time", shown(*value), shown(issue.name)));
    seen[place] = true;
    if (const XmlAttribute found = item.attribute("evaluation"); !found || is_blank_number(found.value())) {
      blanks_.push_back(item);
      given[place] = 1;  // so that nothing is said of what follows from it
      continue;
    }
    given[place] = decimal_attribute(file_, item, "evaluation", messages_);
  }
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (!seen[i])
      messages_.error(
          file_.at(element), "missing-item",
          fmt::format("issue `{}` gives no evaluation of `{}`", shown(issue.name), shown(issue.items[i])));
  return given;
}

std::vector<mpq_class> Profile::discrete_values(const GeniusIssue& issue, const XmlNode& element) {
  std::vector<mpq_class> values;
  for (const auto& given : evaluations(issue, element)) values.push_back(given.value_or(0));
  const mpq_class best = *std::max_element(values.begin(), values.end());
  if (best <= 0) {
    messages_.warning(file_.at(element), "no-positive-evaluation",
                      fmt::format("no evaluation of issue `{}` is above 0: each of its options is worth 0",
                                  shown(issue.name)));
    std::fill(values.begin(), values.end(), mpq_class(0));
    return values;
  }
  if (*std::min_element(values.begin(), values.end()) < 0)
    messages_.warning(file_.at(element), "negative-evaluation",
                      fmt::format("an evaluation of issue `{}` is below 0", shown(issue.name)));
  for (mpq_class& value : values) value /= best;
  return values;
}

std::vector<mpq_class> Profile::integer_values(const GeniusIssue& issue, const XmlNode& element) {
  const auto count = static_cast<std::size_t>(issue.options());
  const XmlNode evaluator = element.child("evaluator");
  if (!evaluator) {
    messages_.warning(
        file_.at(element), "no-evaluator",
        fmt::format("issue `{}` has no evaluator: each of its options is worth 0", shown(issue.name)));
    return std::vector<mpq_class>(count);
  }
  const std::string kind = evaluator.attribute("ftype").value();
  if (!kind.empty() && kind != "linear")
    messages_.error(file_.at(evaluator), "unknown-evaluator",
                    fmt::format("the evaluator of issue `{}` is `{}`", shown(issue.name), shown(kind)),
                    "known: linear");
  const auto slope = decimal_attribute(file_, evaluator, "slope", messages_);
  const auto offset = decimal_attribute(file_, evaluator, "offset", messages_);
  Bounds bounds{issue.lower, issue.upper};
  if (element.attribute("lowerbound") || element.child("range"))
    bounds = integer_bounds(file_, element, messages_).value_or(bounds);
  if (bounds.lower != issue.lower || bounds.upper != issue.upper)
    messages_.warning(file_.at(element), "range-mismatch",
                      fmt::format("issue `{}` runs from {} to {} here and from {} to {} in the domain",
                                  shown(issue.name), bounds.lower, bounds.upper, issue.lower, issue.upper),
                      "the value is counted from the lower bound of the profile");
  std::vector<mpq_class> values(count);
  if (!slope || !offset) return values;
  for (std::size_t i = 0; i < count; ++i) {
    const mpz_class steps = mpz_class(issue.lower) - bounds.lower + static_cast<unsigned long>(i);
    mpq_class value = *offset + *slope * mpq_class(steps);
    values[i] = std::clamp(value, mpq_class(0), mpq_class(1));
  }
  return values;
}

std::vector<mpq_class> Profile::values_of(const GeniusIssue& issue, const XmlNode& element) {
  check_type(issue, element);
  return issue.integer ? integer_values(issue, element) : discrete_values(issue, element);
}

/// One message for all evaluations that nobody has filled in.
void Profile::tell_blanks() {
  if (blanks_.empty()) return;
  const XmlAttribute found = blanks_.front().attribute("evaluation");
  const std::string value = found.value(), item = shown(blanks_.front().attribute("value").value());
  const std::string what =
      !found ? fmt::format("`{}` has no `evaluation`", item)
      : value.find_first_not_of(" \t") == std::string::npos
          ? fmt::format("the evaluation of `{}` is empty", item)
          : fmt::format("the evaluation of `{}` is `{}`, which is no number", item, shown(value));
  messages_.error(file_.at(blanks_.front()), found ? "bad-number" : "missing-attribute",
                  what + (blanks_.size() == 1 ? ""
                                              : fmt::format(", and {} more of this profile are not filled in",
                                                            blanks_.size() - 1)),
                  or_leave_out("give a number"));
}

/// One message for all issues on which the profile says nothing, and one for all without a weight.
void Profile::tell_missing() {
  if (!unsaid_.empty()) {
    constexpr std::size_t kNamed = 20;
    std::vector<std::string> names;
    for (const GeniusIssue* issue : unsaid_)
      if (names.size() < kNamed) names.push_back(fmt::format("{} (`{}`)", issue->index, shown(issue->name)));
    const std::string more =
        unsaid_.size() > kNamed ? fmt::format(" and {} more", unsaid_.size() - kNamed) : "";
    messages_.error(file_.at(file_.root()), "missing-issue",
                    fmt::format("the profile says nothing about issue{} {}{}", unsaid_.size() == 1 ? "" : "s",
                                fmt::join(names, ", "), more),
                    or_leave_out(""));
  }
  if (unweighted_.empty()) return;
  const auto& [issue, element] = unweighted_.front();
  messages_.error(file_.at(element), "missing-weight",
                  fmt::format("issue `{}` has no weight{}", shown(issue->name),
                              unweighted_.size() == 1 ? ""
                                                      : fmt::format(", and {} more of this profile have none",
                                                                    unweighted_.size() - 1)),
                  or_leave_out(fmt::format(
                      "add <weight index=\"{}\" value=\"...\"/> beside it; 0 is a weight", issue->index)));
}

/// What to do, or how to go on without this party.
std::string Profile::or_leave_out(const std::string& what) const {
  return leave_out_.empty() ? what : what.empty() ? leave_out_ : what + "; or " + leave_out_;
}

void Profile::check_weights(const mpq_class& sum) {
  const mpq_class tolerance(1, 1'000'000'000);
  if (abs(sum - 1) > tolerance)
    messages_.warning(
        file_.at(file_.root()), "weights-sum",
        fmt::format("the weights add up to {:.12g}, not 1; they are used as they are", sum.get_d()));
  for (const auto& [index, weight] : weights_) {
    if (issues_.contains(index)) continue;
    const bool of_objective = objectives_.contains(index);
    const auto value = read_decimal(weight.attribute("value").value());
    if (of_objective && value && *value == 1) continue;
    messages_.warning(file_.at(weight), "weight-ignored",
                      of_objective
                          ? fmt::format("the weight of objective {} is ignored, as Genius ignores it", index)
                          : fmt::format("the weight with index {} belongs to no issue", index));
  }
}

void Profile::read_additive(deals::Party& party) {
  mpq_class sum;
  for (const GeniusIssue& issue : domain_.issues) {
    const auto found = issues_.find(issue.index);
    if (found == issues_.end()) {
      unsaid_.push_back(&issue);
      continue;
    }
    const mpq_class weight = weight_of(issue, found->second).value_or(0);
    sum += weight;
    std::vector<mpq_class> worth = values_of(issue, found->second.element);
    for (mpq_class& value : worth) value *= weight;
    party.worth.push_back(std::move(worth));
  }
  tell_blanks();
  tell_missing();
  // What is missing makes the sum wrong.
  if (unsaid_.empty() && unweighted_.empty()) check_weights(sum);
}

std::vector<XmlNode> Profile::at_top(std::string_view name) const {
  std::vector<XmlNode> found = children(file_.root(), name);
  for (const XmlNode& objective : children(file_.root(), "objective")) {
    const auto inner = children(objective, name);
    found.insert(found.end(), inner.begin(), inner.end());
  }
  return found;
}

void Profile::read_reservation(deals::Party& party) {
  const auto found = at_top("reservation");
  if (found.empty()) return;
  if (found.size() > 1)
    messages_.error(file_.at(found[1]), "duplicate-reservation", "a second reservation value");
  party.reservation = decimal_attribute(file_, found.front(), "value", messages_);
}

void Profile::read_discount() {
  for (const XmlNode& discount : at_top("discount_factor")) {
    const std::string text = discount.attribute("value").value();
    const auto value = read_decimal(text);
    if (value && *value == 1) continue;
    messages_.warning(
        file_.at(discount), "discount-ignored",
        fmt::format("the discount factor `{}` is ignored: utilities do not shrink with time", shown(text)));
  }
}

std::optional<deals::Party> Profile::read(const std::string& name, std::uint64_t& values_left) {
  deals::Party party;
  party.id = name;
  party.reservation_id = "reservation:" + name;
  const std::size_t errors = messages_.errors();
  collect(file_.root());
  if (messages_.errors() > errors) return std::nullopt;
  if (const auto utility = at_top("utility"); !utility.empty()) {
    read_rectangles(file_, domain_, utility, party, values_left, messages_);
  } else if (std::string_view(file_.root().attribute("type").value()) == "nonlinear") {
    messages_.error(file_.at(file_.root()), "missing-utility",
                    "a nonlinear profile needs a <utility> with rectangles");
  } else {
    std::uint64_t values = 0;
    for (const GeniusIssue& issue : domain_.issues) values += static_cast<std::uint64_t>(issue.options());
    if (values > values_left) {
      messages_.error(file_.at(file_.root()), "too-large",
                      fmt::format("the parties together give more than {} values to options", kTableValues));
      return std::nullopt;
    }
    values_left -= values;
    read_additive(party);
  }
  read_reservation(party);
  read_discount();
  if (messages_.errors() > errors) return std::nullopt;
  return party;
}

}  // namespace

std::optional<deals::Party> read_profile(const XmlFile& file, const GeniusDomain& domain,
                                         const std::string& party, const std::string& leave_out,
                                         std::uint64_t& values_left, Messages& messages) {
  return Profile(file, domain, leave_out, messages).read(party, values_left);
}

}  // namespace parley::foreign
