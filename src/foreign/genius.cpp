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

/// The files of a folder by what they are.
struct Folder {
  std::vector<const GeniusFile*> domains, profiles, others;
  const GeniusFile* constraints = nullptr;
};

std::string party_of(const std::string& name) {
  return has_xml_name(name) ? name.substr(0, name.size() - 4) : name;
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
  bool select(const Folder& folder);
  void read_parties(const Folder& folder, const GeniusDomain& domain);
  GeniusReading result();

  std::string where_;
  const GeniusOptions& options_;
  Messages messages_;
  GeniusReading reading_;
  std::vector<std::string> names_;  ///< of all profiles
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
    else
      messages_.note({other->path, {}}, "file-ignored",
                     "this is neither a negotiation_template nor a utility_space");
  }
  if (folder.domains.empty()) messages_.error(spot, "no-domain", "the folder holds no negotiation_template");
  if (folder.domains.size() > 1)
    messages_.error(
        {folder.domains[1]->path, {}}, "two-domains",
        fmt::format("the folder holds a second negotiation_template beside {}", folder.domains[0]->name),
        "keep one domain and its profiles in a folder");
  if (folder.profiles.empty())
    messages_.error(spot, "no-profiles", "the folder holds a domain but no profile",
                    "each party is an XML file whose root is <utility_space>");
  if (folder.profiles.size() > static_cast<std::size_t>(kParties))
    messages_.error(spot, "too-large", fmt::format("the folder holds more than {} profiles", kParties));
  return messages_.ok();
}

bool FolderReader::select(const Folder& folder) {
  for (const GeniusFile* profile : folder.profiles) names_.push_back(party_of(profile->name));
  for (std::size_t i = 1; i < names_.size(); ++i)
    if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(i), names_[i]) !=
        names_.begin() + static_cast<std::ptrdiff_t>(i))
      messages_.error({folder.profiles[i]->path, {}}, "duplicate-party",
                      fmt::format("a second profile is called `{}`", shown(names_[i])));
  std::vector<bool> in(names_.size(), !options_.parties);
  if (options_.parties) {
    for (const std::string& wanted : *options_.parties) {
      const auto found = std::find(names_.begin(), names_.end(), party_of(wanted));
      if (found != names_.end()) {
        in[static_cast<std::size_t>(found - names_.begin())] = true;
        continue;
      }
      reading_.unknown_party = true;
      messages_.error({where_, {}}, "unknown-party", fmt::format("there is no party `{}`", shown(wanted)),
                      messages_.hint(wanted, names_));
    }
  }
  int seat = 0;
  for (const bool seated : in) seats_.push_back(seated ? seat++ : -1);
  return messages_.ok();
}

void FolderReader::read_parties(const Folder& folder, const GeniusDomain& domain) {
  std::uint64_t values_left = kTableValues;
  for (std::size_t i = 0; i < folder.profiles.size(); ++i) {
    if (seats_[i] < 0) continue;
    const auto file = XmlFile::read(folder.profiles[i]->path, folder.profiles[i]->text, messages_);
    if (!file) continue;
    if (auto party = read_profile(*file, domain, names_[i], values_left, messages_))
      reading_.problem.parties.push_back(std::move(*party));
  }
}

GeniusReading FolderReader::read(const Folder& folder) {
  if (!usable(folder) || !select(folder)) return result();
  const auto file = XmlFile::read(folder.domains.front()->path, folder.domains.front()->text, messages_);
  const auto domain = file ? read_domain(*file, messages_) : std::nullopt;
  if (!domain) return result();
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
                 kind == Genius::domain ? "this is a Genius domain without its profiles"
                                        : "this is one party's Genius profile without its domain",
                 "give the folder that holds the negotiation_template and the utility_space files");
  GeniusReading reading;
  reading.diagnostics = messages.take();
  return reading;
}

/// An account that happens to have somebody's profile beside it is still an account.
bool holds_yaml(const std::filesystem::path& folder) {
  std::error_code error;
  std::size_t seen = 0;
  for (std::filesystem::directory_iterator entry(folder, error), end;
       !error && entry != end && seen < kFolderEntries; entry.increment(error), ++seen) {
    const auto ending = entry->path().extension();
    if (ending == ".yaml" || ending == ".yml") return true;
  }
  return false;
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

Genius recognise_genius(const std::filesystem::path& path) {
  const auto kind = [](const std::string& start) {
    const std::string_view root = root_element(start);
    if (root == "negotiation_template") return Genius::domain;
    return root == "utility_space" ? Genius::profile : Genius::none;
  };
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return kind(start_of_file(path));
  bool profiles = false;
  for (const std::filesystem::path& file : xml_files(path)) {
    const Genius found = kind(start_of_file(file));
    if (found == Genius::domain) return Genius::folder;
    profiles = profiles || found == Genius::profile;
  }
  return profiles && !holds_yaml(path) ? Genius::profiles : Genius::none;
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
