// SPDX-License-Identifier: MIT
// What is wrong with rows taken together: names, kinds, levels, circles.
#pragma once
#include <span>

#include "account/account.hpp"
#include "language/codes.hpp"
#include "language/names.hpp"

namespace parley::language {

/// Everything below. `heads` are `from:`, `says:`, ... at the head of files and blocks.
void check_account(const account::Account& account, std::span<const account::Field> heads, Report& report);

void check_origins(const account::Account& account, const Names& names, std::span<const account::Field> heads,
                   Report& report);
void check_references(const account::Account& account, const Names& names, Report& report);
void check_rows(const account::Account& account, const Names& names, Report& report);
/// Numbers that their fields cannot mean: shares beyond 0 to 100 %, times below 0.
void check_numbers(const account::Account& account, const Names& names, Report& report);
void check_cycles(const account::Account& account, const Names& names, Report& report);
/// Words that a source lists as contested, outside quotes: in the rows of the account, or in those that
/// `patch` adds. (No part of check_account, which runs once for each alternative: texts may be long.)
void check_words(const account::Account& account, const account::Patch* patch, Report& report);
/// Keys of `labels` and `verbs`; `departs` without a sentence or a reason.
void check_naming(const account::Account& account, Report& report);
/// Questions of readings that are nearly the same. (No part of check_account: it compares pairs.)
void check_questions(const account::Account& account, Report& report);
/// How large conditions are once they are written out: of one, and of all together.
void check_sizes(const account::Account& account, const Names& names, Report& report);
/// Parts of all conditions of an account, written out.
[[nodiscard]] double parts_in(const account::Account& account, const Names& names);
/// Notes on names that only mechanisms use (rows with `made`).
void check_implied(const account::Account& account, Report& report);

/// One condition. `bare` = a variable may stand alone (the cause of a mechanism).
void check_condition(const expression::Tree& tree, bool bare, const Names& names, Report& report);
/// A variable with its arguments; nullptr when it is none (that is reported).
const account::Row* check_variable(const expression::Subject& subject, const Names& names, Report& report);
/// A variable named in a field: `programme` or `recognises(saudi, israel)`.
const account::Row* check_variable(const account::Value& name, const Names& names, Report& report);
/// A level of a variable.
void check_level(const account::Row& variable, const std::string& level, Place place, Report& report);
/// Verb and operands against the variable's domain.
void check_predicate(const expression::Tree& comparison, const account::Row& variable, Report& report);

/// Looks `name` up; reports unknown names and rows of the wrong kind. Nullptr then.
const account::Row* look_up(const std::string& name, Place place, unsigned refers, const Names& names,
                            Report& report);

}  // namespace parley::language
