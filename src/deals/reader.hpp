// SPDX-License-Identifier: MIT
// Reading a package option by option: what each active rule makes of it, and what is still open.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "deals/tables.hpp"

namespace parley::deals {

enum class Use : std::uint8_t {
  ignored,  ///< as if it were not there
  hard,     ///< packages that break it are left out
  marked,   ///< packages that break it are kept apart (constraints only)
};

struct Ask {
  std::vector<Use> constraints;   ///< per constraint of the problem
  std::vector<Use> reservations;  ///< per party: ignored or hard
};

/// Everything hard.
[[nodiscard]] inline Ask ask_all(const BargainProblem& problem) {
  return {std::vector<Use>(problem.constraints.size(), Use::hard),
          std::vector<Use>(problem.parties.size(), Use::hard)};
}

/// A state of reading: broken marked constraints, 32 to a word; then a node per rule that is half read.
using Key = std::vector<std::int32_t>;

struct HashKey {
  std::size_t operator()(const Key& key) const {
    std::size_t seed = key.size();
    for (const std::int32_t k : key) {
      seed = (seed ^ static_cast<std::uint32_t>(k)) * 0x9e3779b97f4a7c15ULL;
      seed ^= seed >> 29;
    }
    return seed;
  }
};

/// Terms of parties that have no column in the tables are left out.
template <class Number>
class Reader {
 public:
  Reader(const Plan& plan, const Tables<Number>& tables, const Ask& ask)
      : plan_(plan), tables_(tables), n_(tables.parties) {
    for (std::size_t c = 0; c < plan.constraints.size(); ++c) {
      if (ask.constraints[c] == Use::ignored) continue;
      const bool mark = ask.constraints[c] == Use::marked;
      rules_.push_back({&plan.constraints[c], mark ? static_cast<int>(marked_.size()) : -1, -1});
      if (mark) marked_.push_back(static_cast<int>(c));
    }
    for (std::size_t t = 0; t < plan.terms.size(); ++t)
      if (tables.column[static_cast<std::size_t>(plan.terms[t].party)] >= 0)
        rules_.push_back({&plan.terms[t].diagram, -1, static_cast<int>(t)});
    words_ = (marked_.size() + 31) / 32;
    place_rules();
    bound_rest();
  }

  /// The state before the first issue, and what rules that hold whatever is chosen pay; false: nothing can
  /// satisfy.
  bool start(Key& key, std::vector<Number>& utility) const {
    key.assign(words_, 0);
    utility.assign(n_, Number(0));
    for (const Rule& rule : rules_) {
      const bool fails = rule.diagram->root == Diagram::kFalse;
      if (rule.term >= 0) {
        if (rule.diagram->root == Diagram::kTrue) pay(rule.term, utility.data());
      } else if (fails && rule.bit < 0) {
        return false;
      } else if (fails) {
        mark(key, rule.bit);
      }
    }
    return true;
  }

  /// Reads `option` at `position` in every rule: the next state, and the terms that came true. False where a
  /// hard constraint fails.
  bool read(const Key& key, std::size_t position, std::uint32_t option, Key& next,
            std::vector<int>& gained) const {
    next.assign(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(words_));
    gained.clear();
    for (const Step& step : steps_[position]) {
      const Rule& rule = rules_[static_cast<std::size_t>(step.rule)];
      int node = step.from < 0 ? rule.diagram->root : key[static_cast<std::size_t>(step.from)];
      node = rule.diagram->step(node, static_cast<int>(position), static_cast<int>(option));
      if (rule.term >= 0) {
        // A term that has been paid goes on as one that failed: there is nothing more to know of it.
        if (node == Diagram::kTrue) gained.push_back(rule.term), node = Diagram::kFalse;
      } else if (node == Diagram::kFalse) {
        if (rule.bit < 0) return false;
        mark(next, rule.bit);
        node = Diagram::kTrue;
      }
      if (step.to >= 0) next.push_back(node);
    }
    return true;
  }

  void pay(int term, Number* utility) const {
    utility[column_of(term)] += tables_.term[static_cast<std::size_t>(term)];
  }

  /// The most and the least that may still come, per party, in state `key` before `position` is read. With
  /// position 0 the key is that of `start`.
  void rest(const Key& key, std::size_t position, Number* most, Number* least) const {
    std::copy_n(most_.begin() + static_cast<std::ptrdiff_t>(position * n_), n_, most);
    std::copy_n(least_.begin() + static_cast<std::ptrdiff_t>(position * n_), n_, least);
    if (position == 0) return;
    for (const Step& step : steps_[position - 1]) {
      const Rule& rule = rules_[static_cast<std::size_t>(step.rule)];
      if (rule.term < 0 || step.to < 0 || key[static_cast<std::size_t>(step.to)] == Diagram::kFalse) continue;
      const Number& value = tables_.term[static_cast<std::size_t>(rule.term)];
      (value > 0 ? most : least)[column_of(rule.term)] += value;
    }
  }

  /// The same for any state: what `rest` gives is not more, and not less.
  void rest_of_any(std::size_t position, Number* most, Number* least) const {
    std::copy_n(most_.begin() + static_cast<std::ptrdiff_t>(position * n_), n_, most);
    std::copy_n(least_.begin() + static_cast<std::ptrdiff_t>(position * n_), n_, least);
    if (position == 0) return;
    for (const Step& step : steps_[position - 1]) {
      const Rule& rule = rules_[static_cast<std::size_t>(step.rule)];
      if (rule.term < 0 || step.to < 0) continue;
      const Number& value = tables_.term[static_cast<std::size_t>(rule.term)];
      (value > 0 ? most : least)[column_of(rule.term)] += value;
    }
  }

  /// How many rules are read at all.
  [[nodiscard]] std::size_t rules() const { return rules_.size(); }

  /// The part of `most` that is the same in every state: the issues from `position` on, and the terms that
  /// none of the issues before touches.
  [[nodiscard]] const Number* most(std::size_t position) const { return most_.data() + position * n_; }

  /// The marked constraints that state `key` has broken, ascending.
  [[nodiscard]] std::vector<int> broken(const Key& key) const {
    std::vector<int> result;
    for (std::size_t b = 0; b < marked_.size(); ++b)
      if ((static_cast<std::uint32_t>(key[b / 32]) >> (b % 32)) & 1U) result.push_back(marked_[b]);
    return result;
  }

 private:
  struct Rule {
    const Diagram* diagram;
    int bit = -1;   ///< of a marked constraint
    int term = -1;  ///< index into plan.terms
  };
  /// A rule at one position: where its node stands in the key before and after; -1 = not yet, no longer.
  struct Step {
    int rule, from, to;
  };

  static void mark(Key& key, int bit) {
    auto& word = key[static_cast<std::size_t>(bit) / 32];
    word = static_cast<std::int32_t>(static_cast<std::uint32_t>(word) | (1U << (bit % 32)));
  }

  [[nodiscard]] std::size_t column_of(int term) const {
    const auto party = static_cast<std::size_t>(plan_.terms[static_cast<std::size_t>(term)].party);
    return static_cast<std::size_t>(tables_.column[party]);
  }

  void place_rules() {
    std::vector<int> slot(rules_.size(), -1);
    for (int p = 0; p < static_cast<int>(plan_.sizes.size()); ++p) {
      std::vector<Step> steps;
      int next = static_cast<int>(words_);
      for (std::size_t r = 0; r < rules_.size(); ++r) {
        const Diagram& d = *rules_[r].diagram;
        if (d.first < 0 || d.first > p || d.last < p) continue;
        const int to = d.last > p ? next++ : -1;
        steps.push_back({static_cast<int>(r), slot[r], to});
        slot[r] = to;
      }
      steps_.push_back(std::move(steps));
    }
  }

  /// Rows of most_ and least_: what the issues from each position on can add, and the terms that none before
  /// touches.
  void bound_rest() {
    const std::size_t stages = plan_.sizes.size();
    most_.assign((stages + 1) * n_, Number(0));
    least_.assign((stages + 1) * n_, Number(0));
    for (std::size_t p = stages; p-- > 0;)
      for (std::size_t i = 0; i < n_; ++i) {
        const std::vector<Number>& row = tables_.worth[p];
        Number high = row.empty() ? Number(0) : row[i], low = high;
        for (std::size_t o = i; o < row.size(); o += n_) {
          high = std::max(high, row[o]);
          low = std::min(low, row[o]);
        }
        most_[p * n_ + i] = most_[(p + 1) * n_ + i] + high;
        least_[p * n_ + i] = least_[(p + 1) * n_ + i] + low;
      }
    for (const Rule& rule : rules_) {
      if (rule.term < 0) continue;
      const Number& value = tables_.term[static_cast<std::size_t>(rule.term)];
      for (int p = 0; p <= rule.diagram->first; ++p)
        (value > 0 ? most_ : least_)[static_cast<std::size_t>(p) * n_ + column_of(rule.term)] += value;
    }
  }

  const Plan& plan_;
  const Tables<Number>& tables_;
  std::size_t n_;
  std::vector<Rule> rules_;
  std::vector<int> marked_;  ///< constraint of each bit
  std::size_t words_ = 0;
  std::vector<std::vector<Step>> steps_;
  std::vector<Number> most_, least_;
};

}  // namespace parley::deals
