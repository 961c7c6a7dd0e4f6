// SPDX-License-Identifier: MIT
#include "questions/factors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "framing/stability.hpp"
#include "questions/names_in.hpp"

namespace parley::questions {
namespace {

using account::Account;
using account::Row;
using account::Value;

/// Fields whose numbers framing reads.
constexpr std::array kNumbers = {"carried_out", "intended", "believed", "strength", "weights", "worth"};

/// Rows of these concepts are read by no lens.
constexpr std::array kUnread = {"sources", "notes", "alternatives", "tensions", "speakers"};

/// Rows that say something that may be otherwise.
constexpr std::array kContestable = {"positions",  "preferences", "saliences", "reservations", "commitments",
                                     "mechanisms", "orderings",   "beliefs",   "objectives"};

/// "makes likely" without a number (rules.cpp).
const mpq_class kLikelyLow(11, 20), kLikelyHigh(19, 20);

bool is_range(const Value& value) {
  return value.quantity && !value.quantity->unknown && !value.quantity->no_low && !value.quantity->no_high &&
         value.quantity->low < value.quantity->high;
}

Value point(const mpq_class& x, const std::string& unit) {
  Value value;
  value.shape = account::Shape::estimate;
  value.quantity.emplace();
  value.quantity->low = value.quantity->high = x;
  value.quantity->unit = unit;
  value.quantity->text = value.text = expression::number_text(x);
  return value;
}

Row* row_of(Variant& variant, const std::string& id) {
  for (Row& row : variant.rows.rows)
    if (row.id == id) return &row;
  return nullptr;
}

/// Sets a field of a row, or one entry of it, to a point.
void set_field(Variant& variant, const std::string& id, const std::string& name, int entry,
               const mpq_class& x, const std::string& unit) {
  Row* row = row_of(variant, id);
  if (row == nullptr) return;
  for (auto& field : row->fields) {
    if (field.name != name) continue;
    if (entry < 0)
      field.value = point(x, unit);
    else
      field.value.items[static_cast<std::size_t>(entry)] = point(x, unit);
    return;
  }
  account::Field field;
  field.name = name;
  field.value = point(x, unit);
  row->fields.push_back(std::move(field));
}

class Maker {
 public:
  explicit Maker(const Variant& base) : base_(base) {
    for (const Row& row : base.rows.rows)
      for (const auto& name : names_of(row)) readers_[name].push_back(row.id);
  }

  std::vector<Factor> make() {
    for (const Row& row : base_.rows.rows) {
      if (row.concept_name == "assumptions")
        assumption(row);
      else
        numbers(row);
    }
    consequences();
    choices();
    std::stable_sort(list_.begin(), list_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return std::move(list_);
  }

 private:
  void assumption(const Row& row) {
    const auto readers = readers_.find(row.id);
    if (readers == readers_.end()) return;
    Factor factor;
    factor.id = row.id;
    factor.words = row.text("is");
    factor.owner = row.text("owner");
    factor.would_know = row.text("would_know");
    factor.rows = readers->second;
    const Value* range = row.value("range");
    if (range != nullptr && is_range(*range)) {
      factor.low = range->quantity->low;
      factor.high = range->quantity->high;
      factor.unit = range->quantity->unit;
      factor.set = [id = row.id, unit = factor.unit](Variant& variant, const mpq_class& x) {
        set_field(variant, id, "range", -1, x, unit);
      };
      list_.push_back(std::move(factor));
      return;
    }
    if (range != nullptr) return;
    factor.kind = Factor::Kind::backing;
    std::vector<std::string> backed;
    for (const Row& each : base_.rows.rows)
      // A claim that rests on it constrains nothing.
      if (each.concept_name != "claims" &&
          std::count(each.origin.assumed.begin(), each.origin.assumed.end(), row.id) > 0)
        backed.push_back(each.id);
    if (backed.empty()) return;
    factor.rows = backed;
    factor.set = [backed](Variant& variant, const mpq_class&) { leave_out(variant.rows, backed); };
    list_.push_back(std::move(factor));
  }

  void numbers(const Row& row) {
    for (const auto& field : row.fields) {
      if (std::find(kNumbers.begin(), kNumbers.end(), field.name) == kNumbers.end()) continue;
      if (is_range(field.value)) number(row, field.name, -1, field.value, "");
      for (std::size_t i = 0; i < field.value.items.size() && i < field.value.keys.size(); ++i)
        if (is_range(field.value.items[i]))
          number(row, field.name, static_cast<int>(i), field.value.items[i], "." + field.value.keys[i]);
    }
    if (const Value* floor = row.value("is");
        row.concept_name == "reservations" && floor != nullptr && is_range(*floor))
      number(row, "is", -1, *floor, "");
    for (const auto& [field, word] :
         {std::pair{"makes_likely", "likely"}, std::pair{"makes_unlikely", "unlikely"}})
      if (row.value(field) != nullptr && row.value("strength") == nullptr)
        fill(row, fmt::format("default:{}:", word), "strength", kLikelyLow, kLikelyHigh,
             fmt::format("how {0} {1} makes what it makes {0}, which no row says", word, row.id));
    if (row.concept_name == "commitments" && row.condition("if") != nullptr &&
        row.value("carried_out") == nullptr)
      fill(row, "default:carried_out:", "carried_out", 0, 1,
           "how likely " + row.id + " is carried out, which no row says");
  }

  void number(const Row& row, const std::string& field, int entry, const Value& value,
              const std::string& key) {
    Factor factor;
    factor.id = row.id + "." + field + key;
    factor.words = fmt::format("{}{} of {}", field, key.empty() ? "" : " of " + key.substr(1), row.id);
    factor.low = value.quantity->low;
    factor.high = value.quantity->high;
    factor.unit = value.quantity->unit;
    factor.rows = {row.id};
    factor.set = [id = row.id, field, entry, unit = factor.unit](Variant& variant, const mpq_class& x) {
      set_field(variant, id, field, entry, x, unit);
    };
    list_.push_back(std::move(factor));
  }

  void fill(const Row& row, const std::string& prefix, const std::string& field, const mpq_class& low,
            const mpq_class& high, std::string words) {
    Factor factor;
    factor.id = prefix + row.id;
    factor.words = std::move(words);
    factor.owner = "framing";
    factor.low = low;
    factor.high = high;
    factor.unit = "%";
    factor.rows = {row.id};
    factor.set = [id = row.id, field](Variant& variant, const mpq_class& x) {
      set_field(variant, id, field, -1, x, "%");
    };
    list_.push_back(std::move(factor));
  }

  /// Where rows give somebody's weights, they take the place of the default: does anybody go by it?
  [[nodiscard]] bool goes_by_the_default() const {
    const framing::Situation situation = framing::make_situation(base_.rows, base_.framing);
    const expression::Interval range{base_.framing.consequences_low, base_.framing.consequences_high};
    const auto limited = [&](const deals::OrdinalParty& party) {
      bool issue = false, consequence = false;
      for (const auto& stake : party.stakes) (stake.consequence ? consequence : issue) = true;
      return issue && consequence && party.consequence_block == range;
    };
    std::vector<framing::Framed> tables;
    for (const Row* row : situation.of("talks"))
      if (auto framed = framing::frame_deals(situation, row->id)) tables.push_back(std::move(*framed));
    std::vector<const framing::Framed*> pointers;
    for (const framing::Framed& framed : tables) {
      // A table that is too large to frame says nothing of weights.
      if (framed.ensemble.parties.empty()) return true;
      for (const auto& party : framed.ensemble.parties)
        if (limited(party.order)) return true;
      pointers.push_back(&framed);
    }
    for (const auto& game : framing::frame_stability(situation, pointers, {}))
      for (const auto& player : game.players)
        if (limited(player.extra)) return true;
    return false;
  }

  void consequences() {
    if (base_.framing.consequences_low >= base_.framing.consequences_high || !goes_by_the_default()) return;
    Factor factor;
    factor.id = "default:consequences";
    factor.words = "how much what a package leads to weighs beside the issues themselves";
    factor.owner = "framing";
    factor.low = base_.framing.consequences_low;
    factor.high = base_.framing.consequences_high;
    factor.unit = "%";
    factor.set = [](Variant& variant, const mpq_class& x) {
      variant.framing.consequences_low = variant.framing.consequences_high = x;
    };
    list_.push_back(std::move(factor));
  }

  void choices() {
    const auto add = [&](const char* name, std::string framing::Options::* member, const char* word,
                         const char* other, const char* words) {
      const std::string set = base_.framing.*member == word ? other : word;
      Factor factor;
      factor.kind = Factor::Kind::choice;
      factor.id = fmt::format("option:{}={}", name, set);
      factor.words = words;
      factor.owner = "framing";
      factor.set = [member, set](Variant& variant, const mpq_class&) { variant.framing.*member = set; };
      list_.push_back(std::move(factor));
    };
    using framing::Options;
    add("no_deal", &Options::no_deal, "outlook", "status_quo", "what a party compares a package with");
    add("between", &Options::between, "nearer", "stated",
        "whether levels nearer to a wanted level are taken to be better");
    add("threats", &Options::threats, "lifted", "literal",
        "whether an agreement that its maker signs lifts a threat");
    add("groups", &Options::groups, "surely", "perhaps", "whether a group includes its possible members");
  }

  const Variant& base_;
  std::map<std::string, std::vector<std::string>> readers_;
  std::vector<Factor> list_;
};

/// A rival with the claims of the account that asks: a claim that it puts to another test is another
/// question.
Account asked_as(const Account& asking, Account rival) {
  for (Row& row : rival.rows)
    if (const Row* own = row.concept_name == "claims" ? asking.find(row.id) : nullptr; own != nullptr)
      row = *own;
  return rival;
}

}  // namespace

Factor reading_factor(const account::Patch& alternative) {
  Factor factor;
  factor.kind = Factor::Kind::choice;
  factor.id = "reading:" + alternative.id;
  factor.alone = true;
  factor.words = alternative.because.empty() ? "another reading of the account" : alternative.because;
  for (const auto& edit : alternative.edits) factor.rows.push_back(edit.row);
  factor.set = [alternative](Variant& variant, const mpq_class&) {
    variant.rows = account::apply(variant.rows, alternative);
  };
  return factor;
}

Factor account_factor(const Account& rival) {
  Factor factor;
  factor.kind = Factor::Kind::choice;
  factor.id = "account:" + rival.name;
  factor.alone = true;
  factor.words = rival.title.empty() ? "a rival account instead of this one" : rival.title;
  factor.set = [rows = lean(rival, {}).rows](Variant& variant, const mpq_class&) {
    variant.rows = asked_as(variant.rows, rows);
  };
  return factor;
}

std::vector<Factor> factors_of(const Variant& base) { return Maker(base).make(); }

std::string value_words(const Factor& factor, const mpq_class& exact) {
  const double value = exact.get_d();
  const bool share = factor.unit == "%" || (factor.unit.empty() && factor.low >= 0 && factor.high <= 1);
  if (share) return fmt::format("{:.3g} %", 100 * value);
  return factor.unit.empty() ? fmt::format("{:.3g}", value) : fmt::format("{:.3g} {}s", value, factor.unit);
}

void leave_out(Account& account, const std::vector<std::string>& rows) {
  const std::set<std::string> gone(rows.begin(), rows.end());
  std::erase_if(account.rows, [&](const Row& row) { return gone.contains(row.id); });
}

Account without(const Account& account, const std::vector<std::string>& rows) {
  Account copy = account;
  leave_out(copy, rows);
  return copy;
}

Variant lean(const Account& account, const framing::Options& framing) {
  Variant variant{account, framing};
  std::erase_if(variant.rows.rows, [](const Row& row) {
    return std::find(kUnread.begin(), kUnread.end(), row.concept_name) != kUnread.end();
  });
  for (Row& row : variant.rows.rows) {
    row.origin_fields.clear();
    row.origin.inventory.clear();
    row.origin.departs.clear();
    row.origin.because.clear();
    row.origin.note.clear();
    std::erase_if(row.fields, [](const account::Field& field) { return field.name == "quote"; });
  }
  return variant;
}

bool contestable(const Row& row) {
  return std::find(kContestable.begin(), kContestable.end(), row.concept_name) != kContestable.end();
}

RestsOn ground_of(const Row& row) {
  if (row.origin.from.empty() && row.origin.assumed.empty()) return RestsOn::neither;
  if (row.origin.from.empty()) return RestsOn::assumption;
  return row.origin.assumed.empty() ? RestsOn::evidence : RestsOn::both;
}

}  // namespace parley::questions
