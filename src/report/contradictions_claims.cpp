// SPDX-License-Identifier: MIT
// Claims about how talks end against the tables of the same account, and against each other. Every table may
// fail; it may agree on a package that is acceptable to all in some drawn world. A condition is read as far
// as its words name talks, issues at a level and named packages: whatever else is in it stays unknown.
#include <fmt/format.h>

#include <map>
#include <set>

#include "expression/parse.hpp"
#include "report/contradictions_parts.hpp"

namespace parley::report {
namespace {

using expression::Node;
using expression::Tree;
using expression::Verb;

/// What is known of an end: of talks whether they agreed, of issues a level, of named packages nothing else.
struct KnownEnd {
  std::map<std::string, bool> agreed;
  std::map<std::string, std::string> levels;
  std::set<std::string> packages;
};

std::optional<bool> reads(const Tree& tree, const KnownEnd& end) {
  if (tree.node == Node::negation) {
    const auto inner = reads(tree.parts.at(0), end);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (tree.node == Node::all || tree.node == Node::any) {
    const bool settles = tree.node == Node::any;
    bool known = true;
    for (const Tree& part : tree.parts) {
      const auto one = reads(part, end);
      if (one == settles) return settles;
      known = known && one.has_value();
    }
    return known ? std::optional(!settles) : std::nullopt;
  }
  if (tree.node != Node::comparison || !tree.subject.arguments.empty()) return std::nullopt;
  const std::string& name = tree.subject.name;
  if (const auto talks = end.agreed.find(name); talks != end.agreed.end()) {
    if (tree.verb == Verb::agreed || tree.verb == Verb::holds) return talks->second;
    if (tree.verb == Verb::failed) return !talks->second;
    return std::nullopt;
  }
  if (tree.verb == Verb::holds && end.packages.contains(name)) return true;
  const auto level = end.levels.find(name);
  if (level == end.levels.end() || (tree.verb != Verb::is && tree.verb != Verb::is_not)) return std::nullopt;
  bool in = false;
  for (const auto& operand : tree.operands) in = in || operand.text == level->second;
  return in == (tree.verb == Verb::is);
}

/// A claim as its test says it.
struct SaidClaim {
  enum class Kind { entails, possible, likely, unlikely } kind = Kind::entails;
  std::string words;
  std::optional<Tree> said, given;
  bool proved = false;
  std::string verdict;
};

std::optional<SaidClaim> said_claim(const AnswerJson& claim) {
  SaidClaim result;
  result.words = claim.value("test", "");
  result.proved = yes(claim, "proved");
  result.verdict = claim.value("with_own_rows", "");
  if (const auto at = result.words.rfind(", given "); at != std::string::npos) {
    result.given = expression::parse_condition(result.words.substr(at + 8)).tree;
    result.words.resize(at);
    if (!result.given) return std::nullopt;
  }
  constexpr std::pair<std::string_view, SaidClaim::Kind> kEndings[] = {
      {" is possible", SaidClaim::Kind::possible},
      {" is likely", SaidClaim::Kind::likely},
      {" is unlikely", SaidClaim::Kind::unlikely}};
  for (const auto& [ending, kind] : kEndings)
    if (result.words.ends_with(ending)) {
      result.words.resize(result.words.size() - ending.size());
      result.kind = kind;
      break;
    }
  result.said = expression::parse_condition(result.words).tree;
  if (!result.said) return std::nullopt;
  return result;
}

/// An end that the tables show: some tables' ends are known, with the share of worlds in which it is there.
struct ShownEnd {
  KnownEnd known;
  std::string path;                 ///< of what shows it
  std::optional<double> share, of;  ///< of a package
  std::string talks;                ///< where the package is acceptable to all
  bool always = false;              ///< by proof this table has no other end; of the others nothing is known
};

class AgainstTables {
 public:
  AgainstTables(const AnswerJson& column, const std::string& path) {
    const AnswerJson* tables = member(column, "tables");
    if (tables == nullptr || !tables->is_object()) return;
    for (const auto& [talks, table] : tables->items()) talks_.insert(talks);
    KnownEnd failed;
    for (const auto& talks : talks_) failed.agreed[talks] = false;
    ends_.push_back({failed, below(path, "tables"), {}, {}, "", false});
    for (const auto& [talks, table] : tables->items())
      if (table.is_object() && member(table, "zone") != nullptr)
        read_table(talks, table, below(below(path, "tables"), talks));
  }
  void look(const std::string& path, const AnswerJson& json, Clashes& clashes) const;

 private:
  void read_table(const std::string& talks, const AnswerJson& table, const std::string& path);
  /// This table agrees and the others fail, on top of what is known of the package.
  void add_package(const std::string& talks, const AnswerJson& package, KnownEnd known, std::string path);

  std::set<std::string> talks_;
  std::vector<ShownEnd> ends_;
};

void AgainstTables::add_package(const std::string& talks, const AnswerJson& package, KnownEnd known,
                                std::string path) {
  const AnswerJson* inside = member(package, "in_zone");
  const auto share = inside == nullptr ? std::nullopt : number(*inside, "share");
  if (!share || *share <= kRounding) return;
  for (const auto& other : talks_) known.agreed[other] = other == talks;
  ends_.push_back({std::move(known), std::move(path), share, number(*inside, "of"), talks, false});
}

void AgainstTables::read_table(const std::string& talks, const AnswerJson& table, const std::string& path) {
  const AnswerJson& zone = table["zone"];
  if (yes(zone, "proved") && !yes(zone, "possible")) {
    KnownEnd failed;
    failed.agreed[talks] = false;
    ends_.push_back({failed, below(path, "zone"), {}, {}, talks, true});
  }
  add_package(talks, {{"in_zone", zone}}, {}, below(path, "zone"));
  for (const char* key : {"best", "ranked"}) {
    const AnswerJson* list = member(table, key);
    for (std::size_t i = 0; list != nullptr && list->is_array() && i < list->size(); ++i) {
      const AnswerJson* options = member((*list)[i], "options");
      if (options == nullptr || !options->is_object()) continue;
      KnownEnd known;
      for (const auto& [issue, level] : options->items())
        if (level.is_string()) known.levels[issue] = level.get<std::string>();
      add_package(talks, (*list)[i], std::move(known), below(below(path, key), i));
    }
  }
  if (const AnswerJson* packages = member(table, "packages"); packages != nullptr && packages->is_object())
    for (const auto& [id, package] : packages->items()) {
      KnownEnd known;
      known.packages.insert(id);
      if (package.is_object())
        add_package(talks, package, std::move(known), below(below(path, "packages"), id));
    }
}

/// A proof against one end: one that a table has beside others, or the only one that it has.
const char* denied(const SaidClaim& claim, const ShownEnd& end, bool said, bool counted) {
  using Kind = SaidClaim::Kind;
  const bool entailed = claim.verdict == "entailed", fails = claim.verdict == "fails";
  if (!claim.proved) return nullptr;
  if (claim.kind == Kind::possible) {
    if (fails && said) return "a claim is not possible by proof, and a table has an end with it";
    if (entailed && !said && end.always) return "a claim is possible by proof, and no end of a table has it";
    return nullptr;
  }
  // What a row says to be likely, or unlikely, is no proof about every end: then nothing is counted.
  if (claim.kind != Kind::entails && !counted) return nullptr;
  const bool so = claim.kind == Kind::unlikely ? !said : said;
  if (entailed && !so)
    return "a claim follows by proof however the talks end, and a table has an end without it";
  if (fails && so) return "a claim is refuted however the talks end, and a table has an end with it";
  return nullptr;
}

void AgainstTables::look(const std::string& path, const AnswerJson& json, Clashes& clashes) const {
  const auto claim = said_claim(json);
  if (!claim) return;
  const auto share = number(json, "share"), of = number(json, "of");
  for (const ShownEnd& end : ends_) {
    const auto said = reads(*claim->said, end.known),
               given = claim->given ? reads(*claim->given, end.known) : std::optional(true);
    const auto clash = [&](const char* words) {
      clashes.add("claim-against-table", {path, end.path}, words);
    };
    if (said && given == true)
      if (const char* words = denied(*claim, end, *said, share.has_value()); words != nullptr) clash(words);
    // Of the same worlds: those in which a package with it is acceptable to all are among those counted.
    if (claim->given || claim->proved || !share || !end.share || !of || of != end.of) continue;
    KnownEnd alone = end.known;  // what the other tables do is open
    alone.agreed = {{end.talks, true}};
    if (claim->kind == SaidClaim::Kind::possible && reads(*claim->said, alone) == true &&
        *share < *end.share - kRounding)
      clash("a claim is possible in fewer worlds than a package with it is acceptable to all in");
    if (claim->kind == SaidClaim::Kind::entails && said == false && *share > 1 - *end.share + kRounding)
      clash("a claim is so in more worlds than those without an acceptable package that lacks it");
  }
}

/// What two claims on the same condition cannot both be.
void look_at_pair(const SaidClaim& one, const std::string& one_path, const SaidClaim& other,
                  const std::string& other_path, Clashes& clashes) {
  using Kind = SaidClaim::Kind;
  if (one.given || other.given) return;  // what is given sets rows aside, each kind of claim in its own way
  const bool same = one.words == other.words,
             opposed = one.words == "not " + other.words || one.words == "not (" + other.words + ")";
  const auto is = [](const SaidClaim& claim, Kind kind, const char* verdict) {
    return claim.kind == kind && claim.proved && claim.verdict == verdict;
  };
  const auto clash = [&](const char* words) {
    clashes.add("claim-against-claim", {one_path, other_path}, words);
  };
  if (same && is(one, Kind::entails, "entailed") && is(other, Kind::possible, "fails"))
    clash("one claim follows by proof, and that it is possible is refuted");
  if (same && is(one, Kind::likely, "entailed") && is(other, Kind::unlikely, "entailed"))
    clash("one thing is likely by proof, and unlikely");
  if (!opposed) return;
  if (is(one, Kind::entails, "entailed") && is(other, Kind::entails, "entailed"))
    clash("a claim and its contrary both follow by proof");
  const auto refuted = [&](const SaidClaim& claim) {
    return is(claim, Kind::possible, "fails") || is(claim, Kind::entails, "fails");
  };
  if (refuted(one) && refuted(other)) clash("a claim and its contrary are both refuted");
}

}  // namespace

void look_at_ends(const AnswerJson& account, const std::string& path, Clashes& clashes) {
  const AnswerJson* claims = member(account, "claims");
  if (claims == nullptr || !claims->is_object()) return;
  std::vector<std::pair<std::string, SaidClaim>> said;
  for (const auto& [id, claim] : claims->items())
    if (claim.is_object())
      if (auto one = said_claim(claim)) said.emplace_back(below(below(path, "claims"), id), std::move(*one));
  for (const auto& [one_path, one] : said)
    for (const auto& [other_path, other] : said)
      if (one_path != other_path) look_at_pair(one, one_path, other, other_path, clashes);
  const AnswerJson* columns = member(account, "by_alternative");
  const AnswerJson* base = columns == nullptr ? nullptr : member(*columns, "base");
  if (base == nullptr) return;
  const AgainstTables tables(*base, below(below(path, "by_alternative"), "base"));
  for (const auto& [id, claim] : claims->items())
    if (claim.is_object() && yes(claim, "about_ends"))
      tables.look(below(below(path, "claims"), id), claim, clashes);
}

}  // namespace parley::report
