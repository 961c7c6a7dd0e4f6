// SPDX-License-Identifier: MIT
// Names that mechanisms use and no row declares.
#pragma once
#include <vector>

#include "account/account.hpp"

namespace parley::account {

/// A name that a mechanism first uses - raised, lowered or moved, or a cause that stands alone, rises or
/// falls - declares a quantity of unknown unit and range. One row of `quantities` each, `made` = true, with
/// the origin and the place of its first use, in order of first use. A name that any row has as its id is not
/// implied.
[[nodiscard]] std::vector<Row> implied_rows(const Account& account);

}  // namespace parley::account
