// SPDX-License-Identifier: MIT
// Alternatives and rival accounts as patches.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "account/account.hpp"
#include "language/codes.hpp"
#include "language/rows.hpp"

namespace parley::language {

/// A field of a row set to what the node says, as edits: `row.field`, the value read by that field's parser.
/// A field of a group of which one can hold takes the others away. Empty when something is wrong (reported).
/// `shown` receives the value as the alternative's row keeps it.
std::vector<account::Edit> edits_of(const Setting& setting, const account::Account& account, Report& report,
                                    account::Value* shown = nullptr);

/// The patch of an alternative's row; completes `set` of the row (keys and typed values).
account::Patch patch_of(account::Row& alternative, const std::vector<Setting>& settings,
                        const account::Account& account, Report& report);

/// The patch of a rival file over the base account: rows added or replaced, rows of `without:` dropped.
account::Patch rival_of(const FileDraft& rival, const account::Account& base, Report& report);

}  // namespace parley::language
