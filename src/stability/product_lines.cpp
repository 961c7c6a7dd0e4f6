// SPDX-License-Identifier: MIT
#include "stability/product_lines.hpp"

#include <algorithm>
#include <bit>

namespace parley::stability {
namespace {

constexpr std::size_t kSublinePairs = 1 << 20;  // of one decision maker

std::uint32_t gather(std::uint32_t value, std::uint32_t mask) {
  std::uint32_t result = 0;
  for (int at = 0; mask != 0; mask &= mask - 1, ++at) result |= (value >> std::countr_zero(mask) & 1U) << at;
  return result;
}

}  // namespace

Fields fields_of(const GraphGame& game) {
  Fields fields;
  fields.shift.assign(game.issues.size(), 0);
  fields.width.assign(game.issues.size(), 0);
  const int n = static_cast<int>(game.decision_makers.size());
  int next = 0;
  std::size_t last = 0;
  for (int owner = 0; owner <= n; ++owner) {
    fields.owner_shift.push_back(next);
    for (std::size_t k = 0; k < game.issues.size(); ++k) {
      if ((game.issues[k].owner < 0 ? n : game.issues[k].owner) != owner) continue;
      const auto levels = static_cast<unsigned>(game.issues[k].levels);
      fields.shift[k] = next;
      fields.width[k] = std::bit_width(levels - 1);
      fields.in_file_order = fields.in_file_order && k >= last && std::has_single_bit(levels);
      last = k;
      next += fields.width[k];
    }
    fields.owner_width.push_back(next - fields.owner_shift.back());
  }
  fields.bits = next;
  return fields;
}

std::optional<Mover> mover_of(const GraphGame& game, const Fields& fields, std::size_t dm) {
  Mover mover;
  mover.shift = fields.owner_shift[dm];
  mover.width = fields.owner_width[dm];
  std::uint32_t mask = 0;
  std::vector<std::size_t> one_way;
  for (std::size_t k = 0; k < game.issues.size(); ++k) {
    if (game.issues[k].owner != static_cast<int>(dm) || game.issues[k].direction == Direction::both) continue;
    one_way.push_back(k);
    mask |= ((std::uint32_t{1} << fields.width[k]) - 1) << (fields.shift[k] - mover.shift);
  }
  mover.sublines = std::uint32_t{1} << std::popcount(mask);
  mover.room = std::uint32_t{1} << (mover.width - std::popcount(mask));
  if (static_cast<std::uint64_t>(mover.sublines) * mover.sublines > 16 * kSublinePairs) return std::nullopt;
  const std::uint32_t choices = std::uint32_t{1} << mover.width;
  mover.subline.resize(choices);
  std::vector<std::uint32_t> sample(mover.sublines);
  for (std::uint32_t b = choices; b-- > 0;) sample[mover.subline[b] = gather(b, mask)] = b;
  mover.from.resize(mover.sublines);
  mover.to.resize(mover.sublines);
  std::size_t pairs = 0;
  for (std::uint32_t a = 0; a < mover.sublines; ++a)
    for (std::uint32_t b = 0; b < mover.sublines; ++b) {
      const bool allowed = std::all_of(one_way.begin(), one_way.end(), [&](std::size_t k) {
        const int at = fields.shift[k] - mover.shift;
        const std::uint32_t field = (std::uint32_t{1} << fields.width[k]) - 1;
        const std::uint32_t x = sample[a] >> at & field, y = sample[b] >> at & field;
        return game.issues[k].direction == Direction::up ? x <= y : x >= y;
      });
      if (!allowed) continue;
      mover.to[a].push_back(b);
      mover.from[b].push_back(a);
      if (++pairs > kSublinePairs) return std::nullopt;
    }
  return mover;
}

}  // namespace parley::stability
