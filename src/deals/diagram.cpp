// SPDX-License-Identifier: MIT
#include "deals/diagram.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace parley::deals {
namespace {

using expression::Formula;

/// Formulas with equal subformulas stored once and constants worked out: a formula is a number. 0 is false, 1
/// is true.
class Formulas {
 public:
  using Kind = Formula::Kind;
  struct Node {
    Kind kind = Kind::constant;
    int variable = -1;       ///< of an atom
    std::vector<int> parts;  ///< of the others, ascending; of an atom, its levels
    int earliest = -1;       ///< the variable in it that is read first
  };

  Formulas(std::span<const int> sizes, std::span<const int> position, const Watch* watch)
      : sizes_(sizes), position_(position), ticker_(watch) {
    nodes_.resize(2);
    nodes_[1].kind = Kind::constant;
  }

  int take(const Formula& f) {
    switch (f.kind) {
      case Kind::constant:
        return f.value ? 1 : 0;
      case Kind::atom: {
        std::vector<int> levels;
        const int size = sizes_[static_cast<std::size_t>(f.variable)];
        for (int level = 0; level < size; ++level)
          if (f.levels.has(level)) levels.push_back(level);
        if (levels.empty()) return 0;
        if (static_cast<int>(levels.size()) == size) return 1;
        return store(Kind::atom, f.variable, std::move(levels));
      }
      case Kind::negation:
        return negation(take(f.parts.front()));
      case Kind::all:
      case Kind::any: {
        std::vector<int> parts;
        for (const Formula& part : f.parts) parts.push_back(take(part));
        return join(f.kind, std::move(parts));
      }
    }
    return 0;
  }

  /// `formula` where `variable`, the earliest of those that are not yet given, is `option`.
  int give(int formula, int variable, int option) {
    given_.clear();
    return give_part(formula, variable, option);
  }

  [[nodiscard]] int earliest(int formula) const { return nodes_[static_cast<std::size_t>(formula)].earliest; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  int give_part(int formula, int variable, int option) {
    const auto at = static_cast<std::size_t>(formula);
    ticker_.tick(4);
    // Only formulas whose earliest variable is this one hold it: variables are given in the order of the run.
    if (formula <= 1 || nodes_[at].earliest != variable) return formula;
    if (nodes_[at].kind == Kind::atom)
      return std::binary_search(nodes_[at].parts.begin(), nodes_[at].parts.end(), option) ? 1 : 0;
    const auto known = given_.find(formula);
    if (known != given_.end()) return known->second;
    const Kind kind = nodes_[at].kind;
    std::vector<int> parts = nodes_[at].parts;
    for (int& part : parts) part = give_part(part, variable, option);
    const int result = kind == Kind::negation ? negation(parts.front()) : join(kind, std::move(parts));
    given_.emplace(formula, result);
    return result;
  }

  int negation(int part) {
    if (part <= 1) return 1 - part;
    const Node& node = nodes_[static_cast<std::size_t>(part)];
    return node.kind == Kind::negation ? node.parts.front() : store(Kind::negation, -1, {part});
  }

  int join(Kind kind, std::vector<int> parts) {
    const int neutral = kind == Kind::all ? 1 : 0;
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    if (std::binary_search(parts.begin(), parts.end(), 1 - neutral)) return 1 - neutral;
    std::erase(parts, neutral);
    if (parts.empty()) return neutral;
    return parts.size() == 1 ? parts.front() : store(kind, -1, std::move(parts));
  }

  int store(Kind kind, int variable, std::vector<int> parts) {
    const auto [entry, is_new] = known_.try_emplace({static_cast<int>(kind), variable, parts}, nodes_.size());
    if (!is_new) return static_cast<int>(entry->second);
    int earliest = variable;
    for (const int part : parts) {
      if (kind == Kind::atom) break;
      const int other = nodes_[static_cast<std::size_t>(part)].earliest;
      if (earliest < 0 || at(other) < at(earliest)) earliest = other;
    }
    size_ += parts.size() + 1;
    ticker_.tick(static_cast<std::uint32_t>(parts.size()) + 1);
    nodes_.push_back({kind, variable, std::move(parts), earliest});
    return static_cast<int>(nodes_.size() - 1);
  }

  [[nodiscard]] int at(int variable) const { return position_[static_cast<std::size_t>(variable)]; }

  std::span<const int> sizes_, position_;
  std::vector<Node> nodes_;
  std::map<std::tuple<int, int, std::vector<int>>, std::size_t> known_;
  std::unordered_map<int, int> given_;
  std::size_t size_ = 0;
  Ticker ticker_;
};

class Builder {
 public:
  Builder(std::span<const int> sizes, std::span<const int> position, const Watch* watch)
      : sizes_(sizes), position_(position), formulas_(sizes, position, watch) {
    diagram_.nodes.resize(2);
  }

  std::optional<Diagram> build(const Formula& formula) {
    diagram_.root = node(formulas_.take(formula));
    if (formulas_.size() > kResidualSize) return std::nullopt;
    for (const Diagram::Node& n : diagram_.nodes) {
      if (n.position < 0) continue;
      diagram_.first = diagram_.first < 0 ? n.position : std::min(diagram_.first, n.position);
      diagram_.last = std::max(diagram_.last, n.position);
    }
    return std::move(diagram_);
  }

 private:
  int node(int formula) {
    if (formula <= 1) return formula;
    const auto known = residuals_.find(formula);
    if (known != residuals_.end()) return known->second;
    if (formulas_.size() > kResidualSize) return Diagram::kFalse;
    const auto variable = static_cast<std::size_t>(formulas_.earliest(formula));
    std::vector<int> next;
    for (int option = 0; option < sizes_[variable]; ++option)
      next.push_back(node(formulas_.give(formula, static_cast<int>(variable), option)));
    const int result = unique(position_[variable], std::move(next));
    residuals_.emplace(formula, result);
    return result;
  }

  int unique(int position, std::vector<int> next) {
    if (std::all_of(next.begin(), next.end(), [&](int n) { return n == next.front(); })) return next.front();
    const auto [entry, is_new] =
        nodes_.try_emplace({position, next}, static_cast<int>(diagram_.nodes.size()));
    if (is_new) diagram_.nodes.push_back({position, std::move(next)});
    return entry->second;
  }

  std::span<const int> sizes_, position_;
  Diagram diagram_;
  Formulas formulas_;
  std::unordered_map<int, int> residuals_;
  std::map<std::pair<int, std::vector<int>>, int> nodes_;
};

}  // namespace

std::optional<Diagram> build_diagram(const Formula& formula, std::span<const int> sizes,
                                     std::span<const int> position, const Watch* watch) {
  return Builder(sizes, position, watch).build(formula);
}

}  // namespace parley::deals
