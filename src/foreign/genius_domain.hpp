// SPDX-License-Identifier: MIT
// The domain of a Genius folder: the file whose root is `negotiation_template`. Semantics:
// docs/foreign-formats.md.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "deals/problem.hpp"
#include "foreign/messages.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {

/// An issue as the domain declares it. Options: the items in file order, or the numbers lower .. upper.
struct GeniusIssue {
  int index = 0;  ///< the number that profiles and rectangles refer to
  std::string name;
  bool integer = false;
  int lower = 0, upper = 0;                     ///< of an integer issue
  std::vector<std::string> items;               ///< of a discrete issue
  std::unordered_map<std::string, int> places;  ///< item -> its position; of a discrete issue
  Spot spot;

  [[nodiscard]] int options() const { return integer ? upper - lower + 1 : static_cast<int>(items.size()); }
};

/// The issues of all objectives, nested or not, in order of their index.
struct GeniusDomain {
  std::string file;
  std::vector<GeniusIssue> issues;
  std::map<int, int> position;  ///< index -> position in `issues`
};

/// Nothing when the domain cannot be used; `messages` then says why.
[[nodiscard]] std::optional<GeniusDomain> read_domain(const XmlFile& file, Messages& messages);

[[nodiscard]] std::vector<deals::Issue> as_issues(const GeniusDomain& domain);

// Shared with the profiles.

/// An attribute as text; nothing (and an error) when the element has none of that name.
[[nodiscard]] std::optional<std::string> attribute(const XmlFile& file, const XmlNode& element,
                                                   const char* name, Messages& messages);
[[nodiscard]] std::optional<int> integer_attribute(const XmlFile& file, const XmlNode& element,
                                                   const char* name, Messages& messages);
[[nodiscard]] std::optional<mpq_class> decimal_attribute(const XmlFile& file, const XmlNode& element,
                                                         const char* name, Messages& messages);
/// `discrete`, `integer` or whatever else vtype, etype or type says (the first that is there); discrete by
/// default.
[[nodiscard]] std::string issue_type(const XmlNode& issue);
/// The bounds of an integer issue, as attributes or in a <range> child.
struct Bounds {
  int lower = 0, upper = 0;
};
[[nodiscard]] std::optional<Bounds> integer_bounds(const XmlFile& file, const XmlNode& issue,
                                                   Messages& messages);

}  // namespace parley::foreign
