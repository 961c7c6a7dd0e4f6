// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "account/implied.hpp"
#include "language/checks.hpp"
#include "language/patches.hpp"

namespace parley::language {
namespace {

constexpr std::size_t kMostLeft =
    5;  // faults that one patch leaves elsewhere; the rest follow from the same edit

std::string key_of(const Diagnostic& d) {
  return fmt::format("{}|{}|{}|{}|{}", d.code, d.place.file, d.place.line, d.place.column, d.message);
}

bool within(const expression::Tree& tree, Place place) {
  if (tree.place == place || tree.subject.place == place) return true;
  const auto same = [&](const auto& each) { return each.place == place; };
  Place name = tree.subject.place;
  name.length = static_cast<std::uint32_t>(tree.subject.name.size());
  return name == place || std::any_of(tree.operands.begin(), tree.operands.end(), same) ||
         std::any_of(tree.subject.arguments.begin(), tree.subject.arguments.end(), same) ||
         std::any_of(tree.parts.begin(), tree.parts.end(),
                     [&](const auto& part) { return within(part, place); });
}

bool within(const account::Value& value, Place place) {
  if (value.place == place || (value.tree && within(*value.tree, place))) return true;
  if (std::find(value.key_places.begin(), value.key_places.end(), place) != value.key_places.end())
    return true;
  return std::any_of(value.items.begin(), value.items.end(),
                     [&](const auto& item) { return within(item, place); });
}

/// Does the patch write what stands at the place? Added rows stand in a file of their own.
bool writes(const account::Patch& patch, Place place) {
  return std::any_of(patch.edits.begin(), patch.edits.end(), [&](const account::Edit& edit) {
    if (edit.kind == account::Edit::Kind::add_row) return edit.place.file == place.file;
    return edit.kind == account::Edit::Kind::set_field && within(edit.value, place);
  });
}

}  // namespace

KnownMessages::KnownMessages(std::span<const Diagnostic> diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) keys_.insert(key_of(diagnostic));
}

bool KnownMessages::contains(const Diagnostic& diagnostic) const {
  return keys_.contains(key_of(diagnostic));
}

void check_patched(const account::Account& base, const account::Patch& patch, Place place,
                   const std::string& where, std::span<const account::Field> heads,
                   const KnownMessages& known, Report& report) {
  report.keep_going();
  account::Account patched = account::apply(base, patch);
  for (account::Row& implied : account::implied_rows(patched)) patched.rows.push_back(std::move(implied));
  std::vector<Diagnostic> found;
  Report laid_over(found, report);
  check_account(patched, heads, laid_over);
  std::size_t left = 0;
  for (const Diagnostic& diagnostic : found) {
    if (known.contains(diagnostic)) continue;
    if (writes(patch, diagnostic.place)) {
      report.add_again(diagnostic);
    } else if (diagnostic.severity == Severity::error && ++left <= kMostLeft) {
      report.add(code::under_alternative, place, fmt::format("{}: {}", where, diagnostic.message),
                 fmt::format("the row that then fails is in {}, line {}", base.files[diagnostic.place.file],
                             diagnostic.place.line));
    }
  }
}

}  // namespace parley::language
