// SPDX-License-Identifier: MIT
// Alternatives and rival accounts as patches.
#pragma once
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "account/account.hpp"
#include "language/codes.hpp"
#include "language/names.hpp"
#include "language/rows.hpp"

namespace parley::language {

/// `names` are those of `account`. A field of a row set to what the node says, as edits: `row.field`, the
/// value read by that field's parser. A field of a group of which one can hold takes the others away. Empty
/// when something is wrong (reported). `shown` receives the value as the alternative's row keeps it.
std::vector<account::Edit> edits_of(const Setting& setting, const account::Account& account,
                                    const Names& names, Report& report, account::Value* shown = nullptr);

/// The patch of an alternative's row; completes `set` of the row (keys and typed values).
account::Patch patch_of(account::Row& alternative, const std::vector<Setting>& settings,
                        const account::Account& account, const Names& names, Report& report);

/// The patch of a rival file over the base account: rows added or replaced, rows of `without:` dropped.
account::Patch rival_of(const FileDraft& rival, const account::Account& base, const Names& names,
                        Report& report);

/// What was said of the base account, so that it is not said again of every account laid over it.
class KnownMessages {
 public:
  explicit KnownMessages(std::span<const Diagnostic> diagnostics);
  [[nodiscard]] bool contains(const Diagnostic& diagnostic) const;

 private:
  std::unordered_set<std::string> keys_;
};

/// The base account with the patch laid over it must have no new faults. Faults in what the patch itself
/// writes are reported where they stand; faults that it leaves in other rows, at `place`, as
/// under-alternative.
void check_patched(const account::Account& base, const account::Patch& patch, Place place,
                   const std::string& where, std::span<const account::Field> heads,
                   const KnownMessages& known, Report& report);

}  // namespace parley::language
