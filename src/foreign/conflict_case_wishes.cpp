// SPDX-License-Identifier: MIT
// The half of the conflict-case file that says what decision makers prefer, perceive and believe.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "foreign/conflict_parts.hpp"
#include "foreign/decimal.hpp"

namespace parley::foreign {
namespace {

using stability::GraphGame;
using stability::Pattern;
using stability::Rank;
using stability::State;
using Kind = Json::Kind;

class CaseWishes {
 public:
  CaseWishes(ConflictParts& parts, const Json& top, GraphGame& game, const stability::Space& space)
      : parts_(parts), top_(top), game_(game), space_(space) {}

  void read() {
    preferences();
    rest();
    hidden();
    beliefs();
  }

 private:
  void preferences();
  void preference(const Json& object, std::size_t dm);
  void weights(const Json& object, stability::Preference& preference);
  void strength(const Json& object, stability::Preference& preference);
  void rest();
  void hidden();
  void beliefs();
  std::vector<Rank> ranking(const Json& list, const std::string& whose) {
    return parts_.ranking(
        list, whose, space_.count(), [&](long long number) { return space_.find(number); },
        [&](State s) { return space_.number(s); });
  }
  std::optional<State> state_numbered(long long number, std::size_t at) {
    if (const auto found = space_.find(number)) return found;
    parts_.wrong(at, "unknown-state", fmt::format("there is no state {}", number));
    return std::nullopt;
  }

  ConflictParts& parts_;
  const Json& top_;
  GraphGame& game_;
  const stability::Space& space_;
};

/// Option weighting: the sum of the weights of the options that are taken. Exact: sums are whole numbers of
/// the smallest unit that the weights share.
void CaseWishes::weights(const Json& object, stability::Preference& preference) {
  if (!space_.has_levels()) return parts_.wrong(object.at, "missing-key", "weights need `options`");
  std::vector<mpq_class> given(game_.issues.size(), 0);
  mpz_class unit = 1, most = 0;
  for (const Json& entry : object.items) {
    const auto index = parts_.integer_text(entry.key, entry.key_at, "an option");
    const auto option = index ? parts_.option_index(*index, entry.key_at) : std::nullopt;
    if (!option) return;
    const auto weight = entry.is(Kind::number) ? read_decimal(entry.text) : std::nullopt;
    if (!weight)
      return parts_.wrong(entry.at, "bad-number",
                          fmt::format("the weight is {}; a number was expected", described(entry)));
    given[static_cast<std::size_t>(*option)] = *weight;
    unit = lcm(unit, weight->get_den());
  }
  std::vector<long long> whole;
  for (const mpq_class& weight : given) {
    const mpz_class units = weight.get_num() * (unit / weight.get_den());
    most += abs(units);
    whole.push_back(units.fits_slong_p() ? units.get_si() : 0);
  }
  if (!most.fits_slong_p())
    return parts_.wrong(object.at, "bad-number",
                        "the weights are too large, or too fine, to be added exactly");
  std::vector<long long> sums(space_.count(), 0);
  for (State s = 0; s < sums.size(); ++s)
    for (std::size_t k = 0; k < whole.size(); ++k)
      if (space_.level(s, k) == 1) sums[s] += whole[k];
  std::vector<long long> values = sums;
  std::sort(values.begin(), values.end(), std::greater<>());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (const long long sum : sums)
    preference.ranks.push_back(static_cast<Rank>(
        std::lower_bound(values.begin(), values.end(), sum, std::greater<>()) - values.begin()));
}

void CaseWishes::strength(const Json& object, stability::Preference& preference) {
  if (const Json* list = parts_.optional_member(object, "greatly_after", Kind::array)) {
    std::vector<Rank> cuts;  // the band rises behind so many entries of the ranking
    for (const Json& value : list->items) {
      const auto cut = parts_.integer(value, "an entry of `greatly_after`");
      if (!cut) return;
      if (*cut < 1 || *cut > static_cast<long long>(space_.count())) {
        parts_.wrong(
            value.at, "bad-value",
            fmt::format("`greatly_after` names entry {}; from 1 to {} are possible", *cut, space_.count()));
        return;
      }
      cuts.push_back(static_cast<Rank>(*cut));
    }
    if (preference.ranks.empty()) {
      parts_.wrong(list->at, "missing-key", "`greatly_after` needs a `ranking_best_first`");
      return;
    }
    for (const Rank rank : preference.ranks)
      preference.bands.push_back(
          static_cast<Rank>(std::count_if(cuts.begin(), cuts.end(), [&](Rank cut) { return rank >= cut; })));
  }
  const Json* pairs = parts_.optional_member(object, "unknown", Kind::array);
  if (pairs == nullptr) return;
  for (const Json& pair : pairs->items) {
    if (!pair.is(Kind::array) || pair.items.size() != 2) {
      parts_.wrong(pair.at, "wrong-type", "a pair of states was expected here");
      return;
    }
    const auto a = parts_.integer(pair.items[0], "a state"), b = parts_.integer(pair.items[1], "a state");
    const auto x = a ? state_numbered(*a, pair.items[0].at) : std::nullopt;
    const auto y = b ? state_numbered(*b, pair.items[1].at) : std::nullopt;
    if (!x || !y) return;
    if (*x != *y) preference.unknown.emplace_back(*x, *y);
  }
}

void CaseWishes::preference(const Json& object, std::size_t dm) {
  stability::Preference& preference = game_.preferences[dm];
  const std::string whose = fmt::format("`{}`", shown(game_.decision_makers[dm]));
  const Json* ranking = parts_.optional_member(object, "ranking_best_first", Kind::array);
  const Json* statements = parts_.optional_member(object, "option_statements_highest_first", Kind::array);
  const Json* weighted = parts_.optional_member(object, "option_weights", Kind::object);
  if (ranking != nullptr) {
    preference.ranks = this->ranking(*ranking, whose);
  } else if (statements != nullptr) {
    if (!space_.has_levels()) {
      parts_.wrong(statements->at, "missing-key", "statements need `options`");
      return;
    }
    for (const Json& entry : statements->items) {
      if (!entry.is(Kind::array)) {
        parts_.wrong(entry.at, "wrong-type",
                     fmt::format("a statement is {}; a list of alternatives was expected", described(entry)));
        return;
      }
      std::vector<Pattern> alternatives;
      for (const Json& part : entry.items) {
        auto pattern = parts_.pattern_of_object(part);
        if (!pattern) return;
        alternatives.push_back(std::move(*pattern));
      }
      preference.statements.push_back(ConflictParts::formula(alternatives));
    }
  } else if (weighted != nullptr) {
    weights(*weighted, preference);
  } else {
    parts_.wrong(object.at, "missing-key",
                 fmt::format("{} has no `ranking_best_first`, `option_statements_highest_first` or "
                             "`option_weights`",
                             whose));
    return;
  }
  strength(object, preference);
}

void CaseWishes::preferences() {
  const Json* all = parts_.member(top_, "preferences", Kind::object);
  if (all == nullptr) return;
  std::vector<bool> seen(game_.decision_makers.size(), false);
  for (const Json& own : all->items) {
    const auto dm = decision_maker_named(parts_, game_, own.key, own.key_at);
    if (!dm) continue;
    seen[*dm] = true;
    if (own.is(Kind::object))
      preference(own, *dm);
    else
      parts_.wrong(own.at, "wrong-type",
                   fmt::format("the preferences of `{}` are {}; an object was expected", shown(own.key),
                               described(own)));
  }
  for (std::size_t dm = 0; dm < seen.size(); ++dm)
    if (!seen[dm])
      parts_.wrong(all->at, "missing-key",
                   fmt::format("there are no preferences of `{}`", shown(game_.decision_makers[dm])));
}

void CaseWishes::rest() {
  const Json* start = top_.member("status_quo");
  if (start != nullptr && !start->is(Kind::null)) {
    const auto number = parts_.integer(*start, "`status_quo`");
    if (number && state_numbered(*number, start->at)) {
      game_.status_quo = *number;
      game_.has_status_quo = true;
    }
  }
}

/// {decision maker: [states that it does not perceive]}
void CaseWishes::hidden() {
  const Json* all = parts_.optional_member(top_, "misperceptions_states_not_perceived", Kind::object);
  if (all == nullptr) return;
  game_.not_perceived.resize(game_.decision_makers.size());
  for (const Json& own : all->items) {
    const auto dm = decision_maker_named(parts_, game_, own.key, own.key_at);
    if (!dm) return;
    if (!own.is(Kind::array)) {
      parts_.wrong(own.at, "wrong-type",
                   fmt::format("this is {}; a list of states was expected", described(own)));
      return;
    }
    for (const Json& value : own.items) {
      const auto number = parts_.integer(value, "a state");
      if (number && state_numbered(*number, value.at)) game_.not_perceived[*dm].push_back(*number);
    }
  }
}

/// {decision maker: {another: {"ranking_best_first": ...}}}: what the first takes the other to prefer.
void CaseWishes::beliefs() {
  const Json* all = parts_.optional_member(top_, "perceived_preferences", Kind::object);
  if (all == nullptr) return;
  for (const Json& own : all->items) {
    const auto by = decision_maker_named(parts_, game_, own.key, own.key_at);
    if (!by) return;
    if (!own.is(Kind::object)) {
      parts_.wrong(
          own.at, "wrong-type",
          fmt::format("this is {}; an object {{decision maker: preferences}} was expected", described(own)));
      return;
    }
    for (const Json& other : own.items) {
      const auto of = decision_maker_named(parts_, game_, other.key, other.key_at);
      if (!of) return;
      if (*of == *by || !other.is(Kind::object)) {
        parts_.wrong(other.at, "bad-value",
                     "what somebody takes the preferences of another to be was expected: an object");
        return;
      }
      const Json* list = parts_.member(other, "ranking_best_first", Kind::array);
      if (list == nullptr) return;
      game_.beliefs.push_back({*by, *of, ranking(*list, shown(other.key))});
    }
  }
}

}  // namespace

void read_case_wishes(ConflictParts& parts, const Json& top, GraphGame& game, const stability::Space& space) {
  CaseWishes(parts, top, game, space).read();
}

}  // namespace parley::foreign
