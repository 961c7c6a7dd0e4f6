// SPDX-License-Identifier: MIT
#include "foreign/genius.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "foreign/genius_constraints.hpp"
#include "foreign/genius_domain.hpp"
#include "foreign/genius_profile.hpp"
#include "foreign/limits.hpp"
#include "foreign/slurp.hpp"
#include "foreign/xml.hpp"

namespace parley::foreign {
namespace {

constexpr const char* kConstraintsFile = "constraints.json";
constexpr std::size_t kNamedProfiles = 20;

/// The files of a folder by what they are.
struct Folder {
  std::vector<const GeniusFile*> domains, profiles, others;
  const GeniusFile* constraints = nullptr;
};

std::string party_of(const std::string& name) {
  return has_xml_name(name) ? name.substr(0, name.size() - 4) : name;
}

/// A word of a command line, in quotation marks where the shell needs them.
std::string shell_word(const std::string& word) {
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ',' || c == '=' || c == '/';
  });
  return plain ? word : "'" + word + "'";
}

Folder sort_files(const std::vector<GeniusFile>& files) {
  Folder folder;
  for (const GeniusFile& file : files) {
    if (file.name == kConstraintsFile) folder.constraints = &file;
    if (!has_xml_name(file.name)) continue;
    const std::string_view root = root_element(file.text);
    if (root == "negotiation_template")
      folder.domains.push_back(&file);
    else if (root == "utility_space")
      folder.profiles.push_back(&file);
    else
      folder.others.push_back(&file);
  }
  return folder;
}

class FolderReader {
 public:
  FolderReader(std::string where, const GeniusOptions& options)
      : where_(std::move(where)), options_(options) {}
  GeniusReading read(const Folder& folder);

 private:
  bool usable(const Folder& folder);
  const GeniusFile* chosen_domain(const Folder& folder);
  bool select(const Folder& folder);
  void choose(const std::string& list, std::vector<bool>& in);
  std::string next_party(std::string_view& list) const;
  void leave_out_others(const Folder& folder, const GeniusFile& chosen, const GeniusDomain& domain);
  void read_parties(const Folder& folder, const GeniusDomain& domain);
  [[nodiscard]] std::string without(std::size_t party) const;
  GeniusReading result();

  std::string where_;
  const GeniusOptions& options_;
  Messages messages_;
  GeniusReading reading_;
  std::vector<std::string> names_;  ///< of all profiles
  std::vector<bool> in_;            ///< which of them take part
  std::vector<int> seats_;          ///< position among those that take part, or -1
};

bool FolderReader::usable(const Folder& folder) {
  const Spot spot{where_, {}};
  for (const GeniusFile* other : folder.others) {
    if (is_wide_text(other->text))
      messages_.error({other->path, {}}, "wrong-encoding", "the file is in UTF-16 or UTF-32",
                      "save the file as UTF-8");
    else if ((folder.domains.empty() || folder.profiles.empty()) &&
             other->text.find_first_not_of(" \t\r\n") == std::string::npos)
      messages_.error({other->path, {}}, "empty-file", "the file is empty");
    else if (other->text.find_first_not_of(" \t\r\n") == std::string::npos)
      messages_.warning({other->path, {}}, "file-ignored", "the file is empty: there is no party in it",
                        "fill it in, or remove it");
    else
      messages_.note({other->path, {}}, "file-ignored",
                     "this is neither a negotiation_template nor a utility_space");
  }
  if (folder.domains.empty()) {
    std::vector<std::string> parties;
    for (const GeniusFile* profile : folder.profiles)
      if (parties.size() < kNamedProfiles) parties.push_back(party_of(profile->name));
    messages_.error(spot, "no-domain",
                    fmt::format("the folder holds no domain{}",
                                parties.empty() ? "" : ", only profiles: " + name_list(parties)),
                    "the domain is an XML file whose root is <negotiation_template>");
  }
  if (folder.profiles.empty())
    messages_.error(spot, "no-profiles", "the folder holds a domain but no profile",
                    "each party is an XML file whose root is <utility_space>");
  if (folder.profiles.size() > static_cast<std::size_t>(kParties))
    messages_.error(spot, "too-large", fmt::format("the folder holds more than {} profiles", kParties));
  return messages_.ok();
}

/// The domain that is read: the only one, or the one that `domain` names.
const GeniusFile* FolderReader::chosen_domain(const Folder& folder) {
  std::vector<std::string> names;
  for (const GeniusFile* domain : folder.domains) names.push_back(party_of(domain->name));
  if (!options_.domain) {
    if (folder.domains.size() == 1) return folder.domains.front();
    messages_.error(
        {where_, {}}, "two-domains",
        fmt::format(
            "the folder holds {} domains: {}", names.size(),
            name_list({names.begin(), names.begin() + std::min<std::ptrdiff_t>(
                                                          20, static_cast<std::ptrdiff_t>(names.size()))})),
        fmt::format("choose one: --option domain={}", shell_word(names.front())));
    return nullptr;
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == party_of(*options_.domain)) return folder.domains[i];
  reading_.unknown_choice = true;
  messages_.error({where_, {}}, "unknown-domain",
                  fmt::format("there is no domain `{}` in the folder", shown(*options_.domain)),
                  messages_.hint(*options_.domain, names));
  return nullptr;
}

/// The next name of a list with commas, which it moves on: in quotation marks, or the longest of the known
/// names that the list goes on with, or everything up to the next comma.
std::string FolderReader::next_party(std::string_view& list) const {
  const auto skip = [&] { list.remove_prefix(std::min(list.find_first_not_of(' '), list.size())); };
  const auto ends = [](std::string_view rest) {
    const std::size_t next = rest.find_first_not_of(' ');
    return next == std::string_view::npos || rest[next] == ',';
  };
  const auto past_comma = [&] {
    skip();
    if (!list.empty()) list.remove_prefix(1);
  };
  skip();
  std::size_t longest = 0;
  for (const std::string& known : names_)
    for (const char* ending : {"", ".xml"})
      if (const std::string name = known + ending;
          name.size() > longest && list.starts_with(name) && ends(list.substr(name.size())))
        longest = name.size();
  if (longest == 0 && !list.empty() && (list[0] == '"' || list[0] == '\''))
    if (const std::size_t close = list.find(list[0], 1);
        close != std::string_view::npos && ends(list.substr(close + 1))) {
      const std::string name(list.substr(1, close - 1));
      list.remove_prefix(close + 1);
      past_comma();
      return name;
    }
  const std::size_t length = longest > 0 ? longest : std::min(list.find(','), list.size());
  std::string name(list.substr(0, length));
  list.remove_prefix(length);
  past_comma();
  while (name.ends_with(' ')) name.pop_back();
  return name;
}

void FolderReader::choose(const std::string& list, std::vector<bool>& in) {
  std::string_view rest = list;
  do {
    const bool more = !rest.empty();
    const std::string wanted = next_party(rest);
    const auto found = std::find(names_.begin(), names_.end(), party_of(wanted));
    if (found != names_.end()) {
      in[static_cast<std::size_t>(found - names_.begin())] = true;
    } else if (more) {
      reading_.unknown_choice = true;
      messages_.error({where_, {}}, "unknown-party", fmt::format("there is no party `{}`", shown(wanted)),
                      messages_.hint(wanted, names_));
    }
  } while (!rest.empty());
}

bool FolderReader::select(const Folder& folder) {
  for (const GeniusFile* profile : folder.profiles) names_.push_back(party_of(profile->name));
  for (std::size_t i = 1; i < names_.size(); ++i)
    if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(i), names_[i]) !=
        names_.begin() + static_cast<std::ptrdiff_t>(i))
      messages_.error({folder.profiles[i]->path, {}}, "duplicate-party",
                      fmt::format("a second profile is called `{}`", shown(names_[i])));
  in_.assign(names_.size(), !options_.parties);
  if (options_.parties)
    for (const std::string& list : *options_.parties) choose(list, in_);
  if (messages_.ok() && std::find(in_.begin(), in_.end(), true) == in_.end()) {
    reading_.unknown_choice = true;
    messages_.error({where_, {}}, "unknown-party", "the option `parties` names no party",
                    messages_.hint("", names_));
  }
  return messages_.ok();
}

/// Of a folder with several domains, unless the parties are named: profiles that do not fit the chosen domain
/// and fit another. One that fits none stays, so that its faults are told.
void FolderReader::leave_out_others(const Folder& folder, const GeniusFile& chosen,
                                    const GeniusDomain& domain) {
  constexpr std::size_t kMostTries = 2'000;
  if (folder.domains.size() < 2 || options_.parties) return;
  if (folder.domains.size() * folder.profiles.size() > kMostTries) return;
  const auto fits = [&](const GeniusFile& profile, const GeniusDomain& of, const std::string& party) {
    Messages quiet;
    std::uint64_t values = kTableValues;
    const auto file = XmlFile::read(profile.path, profile.text, quiet);
    return file && read_profile(*file, of, party, "", values, quiet).has_value();
  };
  std::vector<GeniusDomain> others;
  for (const GeniusFile* other : folder.domains) {
    if (other == &chosen) continue;
    Messages quiet;
    const auto file = XmlFile::read(other->path, other->text, quiet);
    if (auto read = file ? read_domain(*file, quiet) : std::nullopt) others.push_back(std::move(*read));
  }
  for (std::size_t i = 0; i < folder.profiles.size(); ++i) {
    const GeniusFile& profile = *folder.profiles[i];
    if (fits(profile, domain, names_[i])) continue;
    const auto home = std::find_if(others.begin(), others.end(), [&](const GeniusDomain& other) {
      return fits(profile, other, names_[i]);
    });
    if (home == others.end()) continue;
    in_[i] = false;
    messages_.note({profile.path, {}}, "other-domain",
                   fmt::format("this profile belongs to {} and is left out", home->file));
  }
}

/// How to go on without a party: the option that names the others.
std::string FolderReader::without(std::size_t party) const {
  constexpr std::size_t kNamed = 20;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < names_.size(); ++i)
    if (i != party && in_[i]) others.push_back(names_[i]);
  if (others.empty() || others.size() > kNamed) return "";
  std::string list;
  for (const std::string& name : others)
    list += (list.empty() ? "" : ",") + (name.find(',') == std::string::npos ? name : '"' + name + '"');
  return fmt::format("--option {} leaves the party `{}` out", shell_word("parties=" + list),
                     shown(names_[party]));
}

void FolderReader::read_parties(const Folder& folder, const GeniusDomain& domain) {
  std::uint64_t values_left = kTableValues;
  int seat = 0;
  for (const bool seated : in_) seats_.push_back(seated ? seat++ : -1);
  for (std::size_t i = 0; i < folder.profiles.size(); ++i) {
    if (seats_[i] < 0) continue;
    const auto file = XmlFile::read(folder.profiles[i]->path, folder.profiles[i]->text, messages_);
    const std::string leave_out = without(i);
    auto party =
        file ? read_profile(*file, domain, names_[i], leave_out, values_left, messages_) : std::nullopt;
    if (party) {
      reading_.problem.parties.push_back(std::move(*party));
    } else if (!leave_out.empty()) {
      messages_.note({folder.profiles[i]->path, {}}, "party-unreadable",
                     fmt::format("the profile of `{}` cannot be used as it is", shown(names_[i])), leave_out);
    }
  }
}

GeniusReading FolderReader::read(const Folder& folder) {
  if (!usable(folder)) return result();
  const GeniusFile* chosen = chosen_domain(folder);
  if (chosen == nullptr || !select(folder)) return result();
  const auto file = XmlFile::read(chosen->path, chosen->text, messages_);
  const auto domain = file ? read_domain(*file, messages_) : std::nullopt;
  if (!domain) return result();
  leave_out_others(folder, *chosen, *domain);
  reading_.problem.issues = as_issues(*domain);
  read_parties(folder, *domain);
  // Rows name parties by seat, which holds only when every profile was read.
  if (messages_.ok() && folder.constraints != nullptr)
    read_constraints(folder.constraints->path, folder.constraints->text, *domain, seats_, names_,
                     reading_.problem, messages_);
  return result();
}

GeniusReading FolderReader::result() {
  reading_.diagnostics = messages_.take();
  return std::move(reading_);
}

GeniusReading lone_file(const std::string& path, Genius kind) {
  Messages messages;
  messages.error({path, {}}, "folder-needed",
                 kind == Genius::domain ? "this is a Genius domain, one file of a Genius problem"
                                        : "this is one party's Genius profile, one file of a Genius problem",
                 missing_of_genius(path));
  GeniusReading reading;
  reading.diagnostics = messages.take();
  return reading;
}

}  // namespace

bool GeniusReading::ok() const {
  return std::none_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& d) { return d.severity == Severity::error; });
}

GeniusReading read_genius_files(const std::string& where, std::vector<GeniusFile> files,
                                const GeniusOptions& options) {
  std::sort(files.begin(), files.end(),
            [](const GeniusFile& a, const GeniusFile& b) { return a.name < b.name; });
  return FolderReader(where, options).read(sort_files(files));
}

GeniusReading read_genius(const std::filesystem::path& path, const GeniusOptions& options) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return lone_file(path.string(), recognise_genius(path));
  Messages messages;
  std::vector<std::filesystem::path> names = xml_files(path);
  if (std::filesystem::exists(path / kConstraintsFile, error)) names.push_back(path / kConstraintsFile);
  std::vector<GeniusFile> files;
  std::size_t total = 0;
  for (const std::filesystem::path& name : names) {
    auto text = slurp(name, total, messages);
    if (text) files.push_back({name.filename().string(), name.string(), std::move(*text)});
  }
  if (messages.ok()) return read_genius_files(path.string(), std::move(files), options);
  GeniusReading reading;
  reading.diagnostics = messages.take();
  return reading;
}

}  // namespace parley::foreign
