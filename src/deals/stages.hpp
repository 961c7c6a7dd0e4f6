// SPDX-License-Identifier: MIT
// Dominance dynamic programming over the issues. A partial package is what has been chosen so far; its state
// is what the rest must know of it: the node that each half-read rule is at, and which marked constraints it
// broke. Within a state only undominated utilities are kept, since the same continuation is open to all
// (Nemhauser and Ullmann 1969).
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "deals/pareto.hpp"
#include "deals/paths.hpp"
#include "deals/tables.hpp"
#include "deals/watch.hpp"

namespace parley::deals {

enum class Use : std::uint8_t {
  ignored,  ///< as if it were not there
  hard,     ///< packages that break it are left out
  marked,   ///< packages that break it are kept apart (constraints only)
};

struct Ask {
  std::vector<Use> constraints;          ///< per constraint of the problem
  std::vector<Use> reservations;         ///< per party: ignored or hard
  std::size_t most_entries = 4'000'000;  ///< of one stage; passed, the run gives up
};

/// With tables of no party, every state has one entry, and `paths` counts the packages that satisfy the
/// rules.
template <class Number>
class Stages {
 public:
  /// One undominated utility vector of a final state.
  struct End {
    std::vector<int> broken;  ///< marked constraints, ascending
    const Number* utility;    ///< capped, parties in order
    std::uint32_t entry;      ///< for `paths`
  };

  Stages(const Plan& plan, const Tables<Number>& tables, const Ask& ask, const Watch& watch)
      : plan_(plan), tables_(tables), ask_(ask), watch_(watch), n_(tables.parties), paths_(plan) {
    for (const auto& cap : tables.cap) strict_.push_back(!cap);
    if (std::find(strict_.begin(), strict_.end(), false) == strict_.end()) strict_.clear();
    collect_rules();
    bound_rest();
  }

  /// False where it gave up: too many entries, or told to stop.
  bool run() {
    if (!start()) return true;
    for (std::size_t p = 0; p < plan_.sizes.size(); ++p)
      if (!advance(p)) return false;
    return true;
  }

  /// Undominated within their own set of broken constraints only.
  [[nodiscard]] std::vector<End> ends() const {
    std::vector<End> result;
    for (const auto& [key, range] : states_) {
      std::vector<int> broken;
      for (std::size_t b = 0; b < marked_.size(); ++b)
        if ((static_cast<std::uint32_t>(key[b / 32]) >> (b % 32)) & 1U) broken.push_back(marked_[b]);
      for (std::uint32_t e = range.first; e < range.second; ++e) result.push_back({broken, utility(e), e});
    }
    return result;
  }

  [[nodiscard]] const Paths& paths() const { return paths_; }

 private:
  using Key =
      std::vector<std::int32_t>;  ///< broken marked constraints, 32 to a word; then a node per open rule
  using Range = std::pair<std::uint32_t, std::uint32_t>;

  struct Rule {
    const Diagram* diagram;
    int bit = -1;   ///< of a marked constraint
    int term = -1;  ///< index into plan.terms
  };
  /// A rule at one position: where its node stands in the key before and after; -1 = not yet, no longer.
  struct Step {
    int rule, from, to;
  };
  struct Source {
    Range entries;
    std::uint32_t option;
    std::vector<int> gained;  ///< terms that came true
  };

  void collect_rules() {
    for (std::size_t c = 0; c < plan_.constraints.size(); ++c) {
      if (ask_.constraints[c] == Use::ignored) continue;
      const bool mark = ask_.constraints[c] == Use::marked;
      rules_.push_back({&plan_.constraints[c], mark ? static_cast<int>(marked_.size()) : -1, -1});
      if (mark) marked_.push_back(static_cast<int>(c));
    }
    for (std::size_t t = 0; t < plan_.terms.size() && n_ > 0; ++t)
      rules_.push_back({&plan_.terms[t].diagram, -1, static_cast<int>(t)});
    words_ = (marked_.size() + 31) / 32;
    // Which rules are read at each position, and where their nodes stand in the key.
    std::vector<int> slot(rules_.size(), -1);
    for (std::size_t p = 0; p < plan_.sizes.size(); ++p) {
      std::vector<Step> steps;
      int next = static_cast<int>(words_);
      for (std::size_t r = 0; r < rules_.size(); ++r) {
        const Diagram& d = *rules_[r].diagram;
        const int position = static_cast<int>(p);
        if (d.first < 0 || d.first > position || d.last < position) continue;
        const int to = d.last > position ? next++ : -1;
        steps.push_back({static_cast<int>(r), slot[r], to});
        slot[r] = to;
      }
      steps_.push_back(std::move(steps));
    }
  }

  /// The most and the least that the issues and terms after each position can add.
  void bound_rest() {
    const std::size_t stages = plan_.sizes.size();
    most_.assign((stages + 1) * n_, Number(0));
    least_.assign((stages + 1) * n_, Number(0));
    for (std::size_t p = stages; p-- > 0;)
      for (std::size_t i = 0; i < n_; ++i) {
        Number high = tables_.worth[p].empty() ? Number(0) : tables_.worth[p][i], low = high;
        for (std::size_t o = i; o < tables_.worth[p].size(); o += n_) {
          high = std::max(high, tables_.worth[p][o]);
          low = std::min(low, tables_.worth[p][o]);
        }
        most_[p * n_ + i] = most_[(p + 1) * n_ + i] + high;
        least_[p * n_ + i] = least_[(p + 1) * n_ + i] + low;
      }
    for (std::size_t t = 0; t < plan_.terms.size() && n_ > 0; ++t)
      for (int p = 0; p <= plan_.terms[t].diagram.first; ++p) add_bounds(static_cast<int>(t), p);
  }

  void add_bounds(int term, int position) {
    const Number& value = tables_.term[static_cast<std::size_t>(term)];
    const std::size_t at = static_cast<std::size_t>(position) * n_ +
                           static_cast<std::size_t>(plan_.terms[static_cast<std::size_t>(term)].party);
    (value > 0 ? most_ : least_)[at] += value;
  }

  /// Rules that hold or fail whatever is chosen, and the one empty package. False: nothing can satisfy them.
  bool start() {
    Key key(words_, 0);
    std::vector<Number> utility(n_, Number(0));
    for (const Rule& rule : rules_) {
      const bool fails = rule.diagram->root == Diagram::kFalse;
      if (rule.term >= 0) {
        if (rule.diagram->root == Diagram::kTrue) gain(rule.term, utility.data());
      } else if (fails && rule.bit < 0) {
        return false;
      } else if (fails) {
        mark(key, rule.bit);
      }
    }
    if (!settle(utility.data(), most_.data(), least_.data())) return false;
    utilities_ = std::move(utility);
    states_[key] = {0, 1};
    return true;
  }

  void gain(int term, Number* utility) const {
    utility[static_cast<std::size_t>(plan_.terms[static_cast<std::size_t>(term)].party)] +=
        tables_.term[static_cast<std::size_t>(term)];
  }

  static void mark(Key& key, int bit) {
    auto& word = key[static_cast<std::size_t>(bit) / 32];
    word = static_cast<std::int32_t>(static_cast<std::uint32_t>(word) | (1U << (bit % 32)));
  }

  /// Reads the option in every rule; false where a hard constraint fails.
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

  /// What is still open to a state after `position`: rows of most_ and least_ plus its half-read terms.
  void bounds_of(const Key& key, std::size_t position, Number* most, Number* least) const {
    std::copy_n(most_.begin() + static_cast<std::ptrdiff_t>((position + 1) * n_), n_, most);
    std::copy_n(least_.begin() + static_cast<std::ptrdiff_t>((position + 1) * n_), n_, least);
    for (const Step& step : steps_[position]) {
      const Rule& rule = rules_[static_cast<std::size_t>(step.rule)];
      if (rule.term < 0 || step.to < 0 || key[static_cast<std::size_t>(step.to)] == Diagram::kFalse) continue;
      const Number& value = tables_.term[static_cast<std::size_t>(rule.term)];
      const auto party = static_cast<std::size_t>(plan_.terms[static_cast<std::size_t>(rule.term)].party);
      (value > 0 ? most : least)[party] += value;
    }
  }

  /// Cuts what is sure to pass the cap; false where a hard reservation is out of reach.
  bool settle(Number* utility, const Number* most, const Number* least) const {
    for (std::size_t i = 0; i < n_; ++i) {
      if (tables_.cap[i] && utility[i] > *tables_.cap[i] - least[i]) utility[i] = *tables_.cap[i] - least[i];
      if (ask_.reservations[i] == Use::hard && tables_.floor[i] && utility[i] + most[i] < *tables_.floor[i])
        return false;
    }
    return true;
  }

  bool advance(std::size_t position) {
    std::map<Key, std::vector<Source>> targets;
    Key next;
    std::vector<int> gained;
    for (const auto& [key, range] : states_)
      for (std::uint32_t o = 0; o < static_cast<std::uint32_t>(plan_.sizes[position]); ++o)
        if (read(key, position, o, next, gained)) targets[next].push_back({range, o, gained});
    paths_.begin_stage();
    std::map<Key, Range> states;
    std::vector<Number> kept;
    std::uint32_t entries = 0;
    for (const auto& [key, sources] : targets) {
      const std::uint32_t before = entries;
      if (!fill(key, sources, position, kept, entries)) return false;
      if (entries > before) states[key] = {before, entries};
    }
    states_ = std::move(states);
    utilities_ = std::move(kept);
    return true;
  }

  /// The undominated partial packages of one target state, appended to `kept`.
  bool fill(const Key& key, const std::vector<Source>& sources, std::size_t position,
            std::vector<Number>& kept, std::uint32_t& entries) {
    std::vector<Number> most(n_), least(n_), shift(n_);
    bounds_of(key, position, most.data(), least.data());
    candidates_.clear();
    origins_.clear();
    for (const Source& source : sources) {
      if (watch_.stop()) return false;
      std::copy_n(tables_.worth[position].begin() + static_cast<std::ptrdiff_t>(source.option * n_), n_,
                  shift.begin());
      for (const int term : source.gained) gain(term, shift.data());
      for (std::uint32_t e = source.entries.first; e < source.entries.second; ++e) {
        const std::size_t at = candidates_.size();
        candidates_.insert(candidates_.end(), utility(e), utility(e) + n_);
        for (std::size_t i = 0; i < n_; ++i) candidates_[at + i] += shift[i];
        if (settle(candidates_.data() + at, most.data(), least.data()))
          origins_.push_back({e, source.option});
        else
          candidates_.resize(at);
      }
      if (origins_.size() > 8 * ask_.most_entries) return false;
    }
    const bool last = position + 1 == plan_.sizes.size();
    const Undominated front =
        undominated(candidates_, n_, origins_.size(), last ? std::vector<bool>{} : strict_);
    for (std::size_t s = 0; s < front.size(); ++s) {
      const Number* v = candidates_.data() + static_cast<std::size_t>(front.order[front.first[s]]) * n_;
      kept.insert(kept.end(), v, v + n_);
      for (std::uint32_t j = front.first[s]; j < front.first[s + 1]; ++j)
        paths_.add(origins_[front.order[j]]);
      paths_.end_entry();
    }
    entries += static_cast<std::uint32_t>(front.size());
    return entries <= ask_.most_entries && paths_.size() <= 8 * ask_.most_entries;
  }

  [[nodiscard]] const Number* utility(std::uint32_t entry) const {
    return utilities_.data() + static_cast<std::size_t>(entry) * n_;
  }

  const Plan& plan_;
  const Tables<Number>& tables_;
  const Ask& ask_;
  const Watch& watch_;
  std::size_t n_;
  std::vector<bool> strict_;
  std::vector<Rule> rules_;
  std::vector<int> marked_;  ///< constraint of each bit
  std::size_t words_ = 0;
  std::vector<std::vector<Step>> steps_;
  std::vector<Number> most_, least_;  ///< [position][party], before the position is taken
  std::map<Key, Range> states_;
  std::vector<Number> utilities_;
  std::vector<Number> candidates_;
  std::vector<Paths::Edge> origins_;
  Paths paths_;
};

}  // namespace parley::deals
