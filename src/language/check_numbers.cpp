// SPDX-License-Identifier: MIT
// Numbers against what their fields can mean (account::Takes), written out or behind an assumption.
#include <fmt/format.h>

#include "language/checks.hpp"

namespace parley::language {
namespace {

using account::FieldSpec;
using account::Row;
using account::Shape;
using account::Takes;
using account::Value;
using expression::Quantity;

/// Nothing where the numbers fit.
struct Misfit {
  std::string takes;      ///< "0 to 100 %"
  bool per_cent = false;  ///< with a % behind it, it would fit
};

bool within(const Quantity& q, const mpq_class& low, const mpq_class& high) {
  // A one-sided quantity has its number at both ends.
  return q.low >= low && q.high <= high && !(q.low_open && q.low == high) && !(q.high_open && q.high == low);
}

std::optional<Misfit> misfit(const Quantity& q, Takes takes) {
  if (takes == Takes::anything || q.unknown) return std::nullopt;
  const bool trend = q.trend != Quantity::Trend::none;
  if (takes == Takes::not_negative)
    return trend || q.low >= 0 ? std::nullopt : std::optional(Misfit{"nothing below 0"});
  const bool bare = !trend && q.unit.empty();
  if (!trend && (bare || q.unit == "%") && within(q, 0, 1)) return std::nullopt;
  return Misfit{"0 to 100 %", bare && within(q, 0, 100)};
}

class NumberCheck {
 public:
  NumberCheck(const Names& names, Report& report) : names_(names), report_(report) {}

  void field(const Row& row, const FieldSpec& spec, const Value& value) const {
    Takes takes = spec.takes;
    if (takes == Takes::belief) takes = about_quantity(row) ? Takes::anything : Takes::share;
    if (takes == Takes::anything) return;
    if (spec.shape != Shape::entries) {
      number(fmt::format("`{}`", spec.name), takes, value);
      return;
    }
    for (std::size_t i = 0; i < value.items.size() && i < value.keys.size(); ++i)
      number(fmt::format("`{}` of `{}`", spec.name, value.keys[i]), takes, value.items[i]);
  }

 private:
  /// A mechanism that moves something has an effect of any size; one that makes something likely, a chance.
  [[nodiscard]] bool about_quantity(const Row& row) const {
    if (row.concept_name == "mechanisms")
      return row.field("makes_likely") == nullptr && row.field("makes_unlikely") == nullptr;
    const Row* about = names_.find(row.text("about"));
    return about == nullptr || (Names::kind(*about) & account::to_quantity) != 0;
  }

  void number(const std::string& label, Takes takes, const Value& value) const {
    if (value.quantity) {
      if (const auto wrong = misfit(*value.quantity, takes))
        report_.add(code::out_of_range, value.place,
                    fmt::format("{} takes {}, found `{}`", label, wrong->takes, value.text),
                    wrong->per_cent ? fmt::format("did you mean `{}%`?", value.text) : example(takes));
      return;
    }
    const Row* assumption = names_.find(value.text);
    const Value* range = assumption == nullptr ? nullptr : assumption->value("range");
    if (range == nullptr || !range->quantity) return;
    if (const auto wrong = misfit(*range->quantity, takes))
      report_.add(code::out_of_range, value.place,
                  fmt::format("{} takes {}, and the assumption `{}` has the range `{}` (line {})", label,
                              wrong->takes, value.text, range->text, range->place.line),
                  wrong->per_cent
                      ? fmt::format("did you mean `range: {}%`?", range->text)
                      : fmt::format("change the range of `{}`, or name another assumption", value.text));
  }

  static std::string example(Takes takes) {
    return takes == Takes::share ? "write a share, such as `30% to 50%`"
                                 : "write a number that is not negative";
  }

  const Names& names_;
  Report& report_;
};

}  // namespace

void check_numbers(const account::Account& account, const Names& names, Report& report) {
  const NumberCheck check(names, report);
  for (const Row& row : account.rows) {
    const auto* spec = account::concept_of(row.concept_name);
    if (spec == nullptr || row.made) continue;
    for (const account::Field& field : row.fields)
      if (const FieldSpec* known = spec->field(field.name); known != nullptr && !report.full())
        check.field(row, *known, field.value);
  }
}

}  // namespace parley::language
