// SPDX-License-Identifier: MIT
#include "language/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "account/implied.hpp"
#include "language/checks.hpp"
#include "language/files.hpp"
#include "language/limits.hpp"
#include "language/patches.hpp"
#include "language/rows.hpp"
#include "language/sources.hpp"
#include "language/value.hpp"
#include "language/yaml.hpp"

namespace parley::language {
namespace {

using account::Account;
using account::Row;

/// One reading: drafts of files, then the base account, then everything that is laid over it.
class Reader {
 public:
  Reader(Reading& reading, const Control& control)
      : reading_(reading), report_(reading.diagnostics, control) {}

  void run(const std::vector<SourceFile>& files, const ReadOptions& options) {
    for (const SourceFile& file : files) read_file(file);
    assemble();
    if (drafts_.empty() || fatal_) return;
    rivals_refused_ = too_many_rivals();  // before anything that takes long
    alternatives();
    check_account(reading_.base, heads_, report_);
    check_words(reading_.base, nullptr, report_);
    check_questions(reading_.base, report_);
    check_patches();
    rivals();
    check_parts();
    quotes(options);
    report_.count_repeats();
    if (broken_yaml_) drop_consequences();
  }

 private:
  struct Pending {
    std::size_t row;  // index into the base account's rows
    Place place;
    std::vector<Setting> settings;
  };

  void read_file(const SourceFile& file) {
    const auto number = static_cast<std::uint32_t>(reading_.files.size());
    reading_.files.push_back(file.name);
    reading_.texts.push_back(file.text);
    report_.keep_going();
    YamlText yaml = read_yaml(file.text, number);
    broken_yaml_ = broken_yaml_ || !yaml.diagnostics.empty();
    for (const Diagnostic& diagnostic : yaml.diagnostics) report_.add_again(diagnostic);
    if (yaml.root.kind == YamlNode::Kind::nothing && !yaml.diagnostics.empty()) return;
    drafts_.push_back(rows_of(yaml.root, number, report_));
  }

  /// Where YAML was broken, rows are missing, and names that seem unknown may well stand in them.
  void drop_consequences() {
    static const std::array<const Code*, 7> kConsequences = {
        &code::unknown_name, &code::unknown_source, &code::unknown_row,      &code::unknown_account,
        &code::implied_name, &code::near_duplicate, &code::under_alternative};
    std::erase_if(reading_.diagnostics, [](const Diagnostic& diagnostic) {
      return std::any_of(kConsequences.begin(), kConsequences.end(),
                         [&](const Code* code) { return code->text() == diagnostic.code; });
    });
  }

  void assemble() {
    Account& base = reading_.base;
    base.files = reading_.files;
    std::size_t rows = 0;
    for (FileDraft& draft : drafts_) {
      rows += draft.rows.size();
      if (rows > kRows) {
        report_.add(code::too_many_rows,
                    draft.rows.empty() ? Place{draft.file, 1, 1, 1} : draft.rows.back().place,
                    fmt::format("the account has more than {} rows", kRows), "split it");
        fatal_ = true;
        return;
      }
    }
    for (FileDraft& draft : drafts_) {
      if (draft.revises) continue;
      header(draft);
      for (account::Field& head : draft.heads) heads_.push_back(head);
      merge(draft);
    }
    header_complete();
    for (Row& implied : account::implied_rows(base)) base.rows.push_back(std::move(implied));
  }

  void header(const FileDraft& draft) {
    Account& base = reading_.base;
    version(draft);
    const auto once = [&](const std::optional<account::Value>& value, std::string& target, const char* what) {
      if (!value) return;
      if (!target.empty() && target != value->text)
        report_.add(code::account_twice, value->place,
                    fmt::format("another file of this account gives the {} as `{}`", what, target),
                    "give it once; a file with a rival account says `revises: NAME`");
      if (target.empty()) target = value->text;
    };
    once(draft.name, base.name, "name");
    once(draft.title, base.title, "title");
    if (!draft.clock.empty() && !base.clock.empty())
      report_.add(code::account_twice, draft.clock[0].key_place,
                  "another file of this account gives a clock too", "give it once");
    if (base.clock.empty()) base.clock = draft.clock;
    if (draft.without)
      report_.add(code::unknown_key, draft.without->place, "`without:` belongs into a rival account",
                  "delete the rows instead, or add `revises: NAME` to the file");
  }

  void version(const FileDraft& draft) {
    if (!draft.version) return;
    if (draft.version->text != "1")
      report_.add(code::unknown_version, draft.version->place,
                  fmt::format("this program reads version 1 of the language, not {}", draft.version->text),
                  "write `parley: 1`");
  }

  void header_complete() {
    const auto base =
        std::find_if(drafts_.begin(), drafts_.end(), [](const FileDraft& d) { return !d.revises; });
    if (base == drafts_.end() || broken_yaml_) return;  // only rivals, or something worse has been said
    const auto any = [&](auto what) { return std::any_of(drafts_.begin(), drafts_.end(), what); };
    if (!any([](const FileDraft& d) { return !d.revises && !d.empty; })) return;
    if (!any([](const FileDraft& d) { return d.versioned || d.named || !d.rows.empty(); }))
      one_unknown_block();
    if (!any([](const FileDraft& d) { return !d.revises && d.versioned; }))
      report_.add(code::not_an_account, {base->file, 1, 1, 1}, "no file of the account says `parley: 1`",
                  "begin the file with `parley: 1`");
    if (!any([](const FileDraft& d) { return !d.revises && d.named; }))
      report_.add(code::not_an_account, {base->file, 1, 1, 1}, "the account has no name",
                  "add `account: NAME` at the top");
  }

  /// Where nothing at all is of an account, one of the keys that are not is enough.
  void one_unknown_block() {
    std::size_t unknown = 0;
    const auto again = [&](const Diagnostic& d) {
      return d.code == code::unknown_key.text() && ++unknown > 1;
    };
    std::erase_if(reading_.diagnostics, again);
    for (Diagnostic& d : reading_.diagnostics)
      if (d.code == code::unknown_key.text() && unknown > 1)
        d.message += fmt::format(", and {} more of its keys are none either", unknown - 1);
  }

  void merge(FileDraft& draft) {
    Account& base = reading_.base;
    std::size_t next = 0;
    for (std::size_t i = 0; i < draft.rows.size(); ++i) {
      Row& row = draft.rows[i];
      AlternativeDraft* alternative = nullptr;
      while (next < draft.alternatives.size() && draft.alternatives[next].row < i) ++next;
      if (next < draft.alternatives.size() && draft.alternatives[next].row == i)
        alternative = &draft.alternatives[next];
      const auto [known, fresh] = ids_.emplace(row.id, row.place);
      if (!fresh) {
        const Place& first = known->second;
        report_.add(code::duplicate_id, row.place, fmt::format("the id `{}` stands twice", row.id),
                    fmt::format("the first one is in {}, line {}; delete or rename one of them",
                                reading_.files[first.file], first.line));
        continue;
      }
      if (row.concept_name == "alternatives")
        pending_.push_back(
            {base.rows.size(), row.place,
             alternative != nullptr ? std::move(alternative->settings) : std::vector<Setting>{}});
      base.rows.push_back(std::move(row));
    }
  }

  void alternatives() {
    if (pending_.empty()) return;
    const std::size_t rows = reading_.base.rows.size();
    if (pending_.size() > kAlternatives || pending_.size() * rows > kPatchedRows) {
      report_.add(code::too_many_rows, pending_.back().place, too_many("alternatives", pending_.size(), rows),
                  "split the account, or leave readings out");
      pending_.clear();
      return;
    }
    const Account before = reading_.base;
    const Names names(before);
    for (const Pending& each : pending_)
      reading_.alternatives.push_back(
          patch_of(reading_.base.rows[each.row], each.settings, before, names, report_));
  }

  /// Readings and rivals are each the whole account once more.
  static std::string too_many(const char* what, std::size_t count, std::size_t rows) {
    return fmt::format("{} {} of {} rows each: at most {} {}, and at most {} rows in all of them together",
                       count, what, rows, kAlternatives, what, kPatchedRows);
  }

  /// Each alternative laid over the base must leave an account without new faults.
  void check_patches() {
    const KnownMessages known(reading_.diagnostics);
    for (const account::Patch& patch : reading_.alternatives)
      if (!patch.edits.empty() && !report_.full())
        check_patched(reading_.base, patch, patch.edits.front().place,
                      fmt::format("under the alternative `{}`", patch.id), {}, known, report_);
  }

  /// Of too many rivals none is laid over the account.
  [[nodiscard]] bool too_many_rivals() {
    std::size_t count = 0;
    const FileDraft* last = nullptr;
    for (const FileDraft& draft : drafts_)
      if (draft.revises) ++count, last = &draft;
    if (last == nullptr) return false;
    const std::size_t rows = reading_.base.rows.size() * (1 + pending_.size());
    if (count <= kAlternatives && count * rows <= kPatchedRows) return false;
    report_.add(code::too_many_rows, last->revises->place, too_many("rival accounts", count, rows),
                "each has every reading of the account; split the account, or leave rivals or readings out");
    return true;
  }

  void rivals() {
    if (rivals_refused_) return;
    std::unordered_set<std::string> seen = {reading_.base.name};
    const Names names(reading_.base);
    const KnownMessages known(reading_.diagnostics);
    for (const FileDraft& draft : drafts_) {
      if (!draft.revises) continue;
      version(draft);
      const bool here = draft.revises->text == reading_.base.name;
      if (!here && draft.name && draft.name->text == draft.revises->text) {
        report_.add(
            code::unknown_account, draft.revises->place,
            fmt::format("the account `{}` revises itself", draft.name->text),
            "`revises:` names the account that this one is laid over; delete the line where there is none");
        continue;
      }
      if (!here) {
        report_.add(code::unknown_account, draft.revises->place,
                    fmt::format("there is no account `{}` here to revise", draft.revises->text),
                    reading_.base.name.empty() ? "give the folder that holds both files"
                                               : fmt::format("the account is `{}`", reading_.base.name));
        continue;
      }
      if (!draft.name || !seen.insert(draft.name->text).second) {
        report_.add(code::account_twice, draft.name ? draft.name->place : draft.revises->place,
                    "a rival account needs a name of its own", "add `account: NAME`");
        continue;
      }
      account::Patch patch = rival_of(draft, reading_.base, names, report_);
      if (!report_.full())
        check_patched(reading_.base, patch, draft.name->place,
                      fmt::format("under the rival account `{}`", patch.id), draft.heads, known, report_);
      check_words(reading_.base, &patch, report_);
      reading_.rivals.push_back(std::move(patch));
    }
  }

  /// Each reading of each rival writes the conditions out once more.
  void check_parts() {
    const std::size_t columns = (1 + reading_.alternatives.size()) * (1 + reading_.rivals.size());
    if (columns < 2 || report_.full()) return;
    const double parts = parts_in(reading_.base, Names(reading_.base));
    if (parts * static_cast<double>(columns) <= static_cast<double>(kPatchedParts)) return;
    const auto& patches = reading_.rivals.empty() ? reading_.alternatives : reading_.rivals;
    report_.add(
        code::condition_too_large,
        patches.back().edits.empty() ? Place{0, 1, 1, 1} : patches.back().edits.front().place,
        fmt::format("conditions of {:.0f} parts, written out, in {} readings and rivals: the limit is {} "
                    "parts together",
                    parts, columns, kPatchedParts),
        "smaller conditions, or fewer readings");
  }

  void quotes(const ReadOptions& options) {
    for (const auto& [id, path] : options.source_texts) {
      if (const Row* row = reading_.base.find(id); options.control.stopped()) {
        report_.add(code::quotes_not_compared, row == nullptr ? Place{0, 1, 1, 1} : row->place,
                    fmt::format("the quotes of `{}` were not compared: the reading was stopped before", id),
                    "a longer --time-limit");
        continue;
      }
      const Row* row = reading_.base.find(id);
      std::string why;
      const auto text = file_text(path, why);
      if (row == nullptr || row->concept_name != "sources") {
        report_.add(code::unknown_source, {0, 1, 1, 1}, fmt::format("the account has no source `{}`", id),
                    "give --source ID=PATH with the id of a row of `sources:`");
      } else if (!text) {
        report_.add(code::cannot_read, row->place,
                    fmt::format("the text of the source `{}` cannot be read: {}", id, why));
      } else {
        check_quotes(*row, *text, origins(), report_);
      }
    }
  }

  /// Everything that cites sources: rows of the account and of its rivals, and heads of files and blocks.
  [[nodiscard]] std::vector<const account::Field*> origins() const {
    std::vector<const account::Field*> fields;
    const auto add = [&](const auto& list) {
      for (const account::Field& field : list) fields.push_back(&field);
    };
    add(heads_);
    for (const Row& row : reading_.base.rows) add(row.origin_fields);
    for (const FileDraft& draft : drafts_)
      if (draft.revises) {
        add(draft.heads);
        for (const Row& row : draft.rows) add(row.origin_fields);
      }
    return fields;
  }

  Reading& reading_;
  Report report_;
  std::vector<FileDraft> drafts_;
  std::vector<account::Field> heads_;
  std::unordered_map<std::string, Place> ids_;
  std::vector<Pending> pending_;
  bool broken_yaml_ = false, fatal_ = false, rivals_refused_ = false;
};

void finish(Reading& reading) {
  for (Diagnostic& diagnostic : reading.diagnostics)
    if (diagnostic.file.empty() && diagnostic.place.file < reading.files.size())
      diagnostic.file = reading.files[diagnostic.place.file];
  std::stable_sort(reading.diagnostics.begin(), reading.diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tuple(a.place.file, a.place.line, a.place.column) <
                            std::tuple(b.place.file, b.place.line, b.place.column);
                   });
}

}  // namespace

bool Reading::ok() const {
  return std::none_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Reading read_account(const std::filesystem::path& path, const ReadOptions& options) {
  Reading reading;
  Report report(reading.diagnostics);
  std::vector<Diagnostic> unread;
  const std::vector<SourceFile> files = files_of(path, reading.files, report, unread);
  if (reading.ok()) {
    reading.files.clear();
    Reader(reading, options.control).run(files, options);
  }
  finish(reading);
  reading.diagnostics.insert(reading.diagnostics.begin(), unread.begin(), unread.end());
  return reading;
}

Reading read_texts(const std::vector<std::pair<std::string, std::string>>& named_texts,
                   const ReadOptions& options) {
  Reading reading;
  Report report(reading.diagnostics);
  std::vector<SourceFile> files;
  std::size_t bytes = 0;
  for (const auto& [name, text] : named_texts) {
    bytes += text.size();
    if (!check_size(name, text.size(), bytes, reading.files, report)) break;
    files.push_back({name, text});
  }
  if (reading.ok()) {
    reading.files.clear();
    Reader(reading, options.control).run(files, options);
  }
  finish(reading);
  return reading;
}

std::optional<account::Value> read_value(const account::FieldSpec& field, const std::string& text,
                                         Place place, std::vector<Diagnostic>& diagnostics) {
  Report report(diagnostics);
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.text = text;
  node.place = place;
  const bool collection = !text.empty() && (text.front() == '[' || text.front() == '{');
  if (collection) {
    constexpr std::uint32_t kBefore = 3;  // "v: " stands before the text
    YamlText yaml = read_yaml("v: " + text, place.file);
    for (Diagnostic& diagnostic : yaml.diagnostics) {
      diagnostic.place = place;
      diagnostics.push_back(diagnostic);
    }
    if (!yaml.diagnostics.empty() || yaml.root.items.empty()) return std::nullopt;
    node = yaml.root.items[0];
    const auto move = [&](auto&& self, YamlNode& each) -> void {
      each.place.column += place.column - 1 - kBefore;
      each.place.line = place.line;
      for (YamlNode& key : each.keys) self(self, key);
      for (YamlNode& item : each.items) self(self, item);
    };
    move(move, node);
  }
  return value_of(field, node, report);
}

}  // namespace parley::language
