// SPDX-License-Identifier: MIT
#include "stability/product.hpp"

#include <algorithm>
#include <bit>

#include "stability/product_lines.hpp"

namespace parley::stability {
namespace {

constexpr int kMostBits = 26;            // of a vector of levels
constexpr std::size_t kSmall = 1 << 16;  // vectors: fits whatever share of them is feasible

/// `Small` holds a choice of any decision maker, and one more than the number of its choices.
template <class Small>
class Product {
 public:
  Product(const GraphGame& game, const Space& space, const Rankings& ranks, Fields fields)
      : space_(space), ranks_(ranks), fields_(std::move(fields)), n_(game.decision_makers.size()) {
    codes_ = std::size_t{1} << fields_.bits;
    same_ = space.whole() && fields_.in_file_order;
    if (!same_) place(game);
    bool reversible = fields_.owner_width.back() == 0;
    for (const Issue& issue : game.issues) reversible = reversible && issue.direction == Direction::both;
    closed_form_ = reversible && codes_ == space.count();
    local_.assign(codes_ * n_, 0);
    for (std::size_t dm = 0; dm < n_; ++dm) sort_lines(*mover_of(game, fields_, dm), dm);
    value_.assign(codes_, 0);
    seen_ = Bits(codes_);
  }

  void solve(const ConceptSet& concepts, Individual& result, const Watch& watch);

 private:
  struct Entry {
    Small choice, rank;  // rank within the line, from 1
  };
  struct Mark {
    Small left = 0;  // states of the subline in front of the mark
    Small last = 0;  // rank of the last of them; 0 where there is none
  };
  struct Rows {
    Mover mover;
    std::vector<Entry> entries;  // sublines x room, best first
    std::vector<Mark> full, marks;
  };

  void place(const GraphGame& game);
  void sort_lines(Mover mover, std::size_t dm);
  [[nodiscard]] State state_at(Code code) const { return same_ ? code : state_[code]; }
  [[nodiscard]] Code code_of(State s) const { return same_ ? s : code_[s]; }
  [[nodiscard]] Rank rank(std::size_t dm, Code code) const { return ranks_[dm][state_at(code)]; }

  void order_states(std::size_t dm);
  bool flood_ranks(std::size_t dm, bool improvements, const Watch& watch);
  bool flood_escapes(std::size_t dm, bool improvements, const Watch& watch);
  void start();
  template <bool kAll>
  void reach(std::size_t dm, Code root, Rank value);
  template <bool kAll>
  void scan(Rows& rows, std::size_t subline, Code y, Small bound);
  void worst_of_slab(std::size_t dm);
  void best_of_worst(std::size_t dm);
  void find_escapes(std::size_t dm);
  void judge(std::size_t dm, bool nash, Bits& stable);
  bool values(std::size_t dm, Concept named, const Watch& watch);

  const Space& space_;
  const Rankings& ranks_;
  Fields fields_;
  std::size_t n_, codes_ = 0;
  bool same_ = false, closed_form_ = false;
  std::vector<Code> code_;    // of each state (empty: the same)
  std::vector<State> state_;  // of each feasible code
  std::vector<Small> local_;  // codes x decision makers: rank within the line, from 1; 0 = not feasible
  std::vector<Rows> rows_;
  std::vector<Rank> value_;   // V of each code
  std::vector<Rank> escape_;  // e_i of each subline of the focal decision maker
  std::vector<Code> order_, stack_;
  std::vector<Rank> reached_;
  Bits seen_;
};

template <class Small>
void Product<Small>::place(const GraphGame& game) {
  code_.resize(space_.count());
  state_.assign(codes_, 0);
  for (State s = 0; s < space_.count(); ++s) {
    Code code = 0;
    for (std::size_t k = 0; k < game.issues.size(); ++k)
      code |= static_cast<Code>(space_.level(s, k)) << fields_.shift[k];
    code_[s] = code;
    state_[code] = s;
  }
}

template <class Small>
void Product<Small>::sort_lines(Mover mover, std::size_t dm) {
  Rows rows;
  const std::size_t lines = codes_ >> mover.width, sublines = lines * mover.sublines;
  rows.entries.resize(sublines * mover.room);
  rows.full.resize(sublines);
  Bits feasible(codes_, same_);
  if (!same_)
    for (const Code code : code_) feasible.add(code);
  std::vector<std::pair<Rank, Code>> line;
  for (std::size_t l = 0; l < lines; ++l) {
    const Code base = mover.some_state(static_cast<Code>(l));
    line.clear();
    for (Code b = 0; b >> mover.width == 0; ++b)
      if (feasible.has(mover.with(base, b))) line.emplace_back(rank(dm, mover.with(base, b)), b);
    std::sort(line.begin(), line.end());
    Small local = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i == 0 || line[i].first != line[i - 1].first) ++local;
      const Code b = line[i].second;
      local_[mover.with(base, b) * n_ + dm] = local;
      const std::size_t sub = l * mover.sublines + mover.subline[b];
      rows.entries[sub * mover.room + rows.full[sub].left] = {static_cast<Small>(b), local};
      rows.full[sub] = {static_cast<Small>(rows.full[sub].left + 1), local};
    }
  }
  rows.mover = std::move(mover);
  rows_.push_back(std::move(rows));
}

template <class Small>
void Product<Small>::start() {
  seen_.clear();
  for (Rows& rows : rows_) rows.marks = rows.full;
}

/// Takes the states behind the mark that are worse than `bound` (for `kAll`: all that are left).
template <class Small>
template <bool kAll>
void Product<Small>::scan(Rows& rows, std::size_t subline, Code y, Small bound) {
  Mark& mark = rows.marks[subline];
  const Entry* entries = rows.entries.data() + subline * rows.mover.room;
  while (kAll ? mark.left > 0 : mark.last > bound) {
    --mark.left;
    mark.last = mark.left > 0 ? entries[mark.left - 1].rank : Small{0};
    const Code x = rows.mover.with(y, entries[mark.left].choice);
    if (seen_.has(x)) continue;
    seen_.add(x);
    stack_.push_back(x);
    __builtin_prefetch(&local_[x * n_]);
  }
}

template <class Small>
template <bool kAll>
void Product<Small>::reach(std::size_t dm, Code root, Rank value) {
  seen_.add(root);
  stack_.push_back(root);
  while (!stack_.empty()) {
    const Code y = stack_.back();
    stack_.pop_back();
    value_[y] = value;
    for (std::size_t j = 0; j < n_; ++j) {
      Rows& rows = rows_[j];
      if (j == dm || rows.mover.width == 0) continue;
      const std::size_t line = static_cast<std::size_t>(rows.mover.line(y)) * rows.mover.sublines;
      if (rows.mover.sublines == 1) {
        scan<kAll>(rows, line, y, local_[y * n_ + j]);
        continue;
      }
      for (const std::uint32_t sub : rows.mover.from[rows.mover.subline[rows.mover.choice(y)]])
        scan<kAll>(rows, line + sub, y, local_[y * n_ + j]);
    }
  }
}

/// Feasible codes from the worst rank to the best.
template <class Small>
void Product<Small>::order_states(std::size_t dm) {
  const std::vector<Rank>& ranks = ranks_[dm];
  reached_.assign(space_.count() + 1, 0);
  for (const Rank r : ranks) ++reached_[r];
  Rank before = 0;
  for (std::size_t r = reached_.size(); r-- > 0;) {
    const Rank here = reached_[r];
    reached_[r] = before;
    before += here;
  }
  order_.resize(space_.count());
  for (State s = 0; s < space_.count(); ++s) order_[reached_[ranks[s]]++] = code_of(s);
  std::vector<Rank>().swap(reached_);
}

template <class Small>
bool Product<Small>::flood_ranks(std::size_t dm, bool improvements, const Watch& watch) {
  order_states(dm);
  start();
  for (std::size_t at = 0; at < order_.size(); ++at) {
    if (at % 65536 == 0 && watch.stop()) return false;
    const Code y = order_[at];
    if (seen_.has(y)) continue;
    if (improvements)
      reach<false>(dm, y, rank(dm, y));
    else
      reach<true>(dm, y, rank(dm, y));
  }
  return true;
}

template <class Small>
void Product<Small>::find_escapes(std::size_t dm) {
  const Rows& rows = rows_[dm];
  const Mover& mover = rows.mover;
  escape_.assign(rows.full.size(), UINT32_MAX);
  for (std::size_t f = 0; f < rows.full.size(); ++f) {
    if (rows.full[f].left == 0) continue;
    const std::size_t line = f / mover.sublines;
    const Code base = mover.some_state(static_cast<Code>(line));
    for (const std::uint32_t sub : mover.to[f % mover.sublines]) {
      const std::size_t g = line * mover.sublines + sub;
      if (rows.full[g].left == 0) continue;
      const Code best = mover.with(base, rows.entries[g * mover.room].choice);
      escape_[f] = std::min(escape_[f], rank(dm, best));
    }
  }
}

template <class Small>
bool Product<Small>::flood_escapes(std::size_t dm, bool improvements, const Watch& watch) {
  const Rows& rows = rows_[dm];
  const Mover& mover = rows.mover;
  std::vector<std::pair<Rank, Code>> order;  // sublines, worst escape first
  for (std::size_t f = 0; f < rows.full.size(); ++f)
    if (rows.full[f].left > 0) order.emplace_back(~escape_[f], static_cast<Code>(f));
  std::sort(order.begin(), order.end());
  start();
  std::size_t count = 0;
  for (const auto& [inverted, f] : order) {
    if (++count % 4096 == 0 && watch.stop()) return false;
    const Code base = mover.some_state(f / mover.sublines);
    for (std::size_t p = 0; p < rows.full[f].left; ++p) {
      const Code y = mover.with(base, rows.entries[std::size_t{f} * mover.room + p].choice);
      if (seen_.has(y)) continue;
      if (improvements)
        reach<false>(dm, y, ~inverted);
      else
        reach<true>(dm, y, ~inverted);
    }
  }
  return true;
}

/// GMR where everything is feasible and reversible: the others reach whatever keeps dm's own choice.
template <class Small>
void Product<Small>::worst_of_slab(std::size_t dm) {
  const Mover& mover = rows_[dm].mover;
  std::vector<Rank> worst(std::size_t{1} << mover.width, 0);
  for (Code s = 0; s < codes_; ++s) {
    Rank& at = worst[mover.choice(s)];
    at = std::max(at, rank(dm, s));
  }
  for (Code s = 0; s < codes_; ++s) value_[s] = worst[mover.choice(s)];
}

/// SMR there: what the others choose is all that matters, and they can choose anything.
template <class Small>
void Product<Small>::best_of_worst(std::size_t dm) {
  (void)dm;
  value_.assign(codes_, *std::max_element(escape_.begin(), escape_.end()));
}

template <class Small>
bool Product<Small>::values(std::size_t dm, Concept named, const Watch& watch) {
  switch (named) {
    case Concept::nash:
      break;
    case Concept::gmr:
      if (!closed_form_) return flood_ranks(dm, false, watch);
      worst_of_slab(dm);
      break;
    case Concept::seq:
      return flood_ranks(dm, true, watch);
    case Concept::smr:
      find_escapes(dm);
      if (!closed_form_) return flood_escapes(dm, false, watch);
      best_of_worst(dm);
      break;
    case Concept::ssym:
      find_escapes(dm);
      return flood_escapes(dm, true, watch);
  }
  return true;
}

/// s is stable iff no strictly better x in reach has V(x) < rank(s): along each pair of sublines, both
/// sorted, with the smallest V among what is strictly better so far.
template <class Small>
void Product<Small>::judge(std::size_t dm, bool nash, Bits& stable) {
  const Rows& rows = rows_[dm];
  const Mover& mover = rows.mover;
  for (std::size_t f = 0; f < rows.full.size(); ++f) {
    const std::size_t size = rows.full[f].left;
    if (size == 0) continue;
    const std::size_t line = f / mover.sublines;
    const Code base = mover.some_state(static_cast<Code>(line));
    const Entry* own = rows.entries.data() + f * mover.room;
    std::uint64_t unstable_word = 0;
    std::vector<bool> unstable(size > 64 ? size : 0);
    for (const std::uint32_t sub : mover.to[f % mover.sublines]) {
      const std::size_t g = line * mover.sublines + sub;
      const Entry* other = rows.entries.data() + g * mover.room;
      const std::size_t others = rows.full[g].left;
      Rank least = UINT32_MAX;
      for (std::size_t p = 0, q = 0; p < size; ++p) {
        for (; q < others && other[q].rank < own[p].rank; ++q)
          if (!nash) least = std::min(least, value_[mover.with(base, other[q].choice)]);
        const bool falls = q > 0 && (nash || least < rank(dm, mover.with(base, own[p].choice)));
        if (!falls) continue;
        if (size > 64)
          unstable[p] = true;
        else
          unstable_word |= std::uint64_t{1} << p;
      }
    }
    for (std::size_t p = 0; p < size; ++p)
      if (!(size > 64 ? unstable[p] : (unstable_word >> p & 1U) != 0))
        stable.add(state_at(mover.with(base, own[p].choice)));
  }
}

template <class Small>
void Product<Small>::solve(const ConceptSet& concepts, Individual& result, const Watch& watch) {
  std::size_t done = 0;
  for (std::size_t c = 0; c < kConcepts; ++c) {
    auto& stable = result.stable[c];
    stable.clear();
    if (!concepts[c]) continue;
    for (std::size_t dm = 0; dm < n_; ++dm) {
      const auto named = static_cast<Concept>(c);
      if (watch.stop() || !values(dm, named, watch)) {
        stable.clear();
        return;
      }
      stable.emplace_back(space_.count());
      judge(dm, named == Concept::nash, stable.back());
      if (watch.progress) watch.progress(static_cast<double>(++done) / static_cast<double>(kConcepts * n_));
    }
  }
}

}  // namespace

bool fits_product(const GraphGame& game, const Space& space) {
  if (!game.option_form() || !space.plain()) return false;
  for (const auto& hidden : game.not_perceived)
    if (!hidden.empty()) return false;
  const Fields fields = fields_of(game);
  if (fields.bits > kMostBits) return false;
  const std::size_t codes = std::size_t{1} << fields.bits;
  if (codes > kSmall && codes > 4 * space.count()) return false;
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm)
    if (!mover_of(game, fields, dm)) return false;
  return true;
}

void solve_product(const GraphGame& game, const Space& space, const Rankings& ranks,
                   const ConceptSet& concepts, Individual& result, const Watch& watch) {
  const Fields fields = fields_of(game);
  int widest = 0;
  for (std::size_t dm = 0; dm < game.decision_makers.size(); ++dm)
    widest = std::max(widest, fields.owner_width[dm]);
  if (widest <= 7)
    Product<std::uint8_t>(game, space, ranks, fields).solve(concepts, result, watch);
  else if (widest <= 15)
    Product<std::uint16_t>(game, space, ranks, fields).solve(concepts, result, watch);
  else
    Product<std::uint32_t>(game, space, ranks, fields).solve(concepts, result, watch);
}

}  // namespace parley::stability
