// SPDX-License-Identifier: MIT
// The utility of a nonlinear Genius profile: hyper-rectangles over integer issues.
#pragma once
#include <vector>

#include "deals/problem.hpp"
#include "foreign/genius_domain.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {

/// Fills the party's terms (value = weights * utility / maxutility) and its cap (1). A rectangle with
/// INCLUDES holds when every bound does, one with EXCLUDES when some bound does not, one without bounds
/// always. `utility` = the <utility> elements that were found (one is expected). Errors go to `messages`.
void read_rectangles(const XmlFile& file, const GeniusDomain& domain, const std::vector<XmlNode>& utility,
                     deals::Party& party, std::uint64_t& values_left, Messages& messages);

}  // namespace parley::foreign
