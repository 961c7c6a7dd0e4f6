// SPDX-License-Identifier: MIT
// The long run: random accounts through the whole program, each told twice, under other names and in another
// order.
// `./dev twins` starts it. Failing seeds are kept as files: the account in both tellings, and what was found.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>

#include "accounts/facts.hpp"
#include "worlds/parallel.hpp"

using namespace parley;

namespace {

struct Settings {
  std::uint64_t accounts = 200, seed = 1;
  int draws = 40, threads = 0;
  std::uint64_t whole_every =
      10;  ///< every so manieth account goes through `run`, a comparison and sensitivity
  std::string keep = "build/twins";
};

bool read_number(std::string_view text, auto& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_settings(int count, char** words, Settings& settings) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view flag = words[i], value = words[i + 1];
    const bool known = flag == "--accounts"  ? read_number(value, settings.accounts)
                       : flag == "--seed"    ? read_number(value, settings.seed)
                       : flag == "--draws"   ? read_number(value, settings.draws)
                       : flag == "--threads" ? read_number(value, settings.threads)
                       : flag == "--whole"   ? read_number(value, settings.whole_every)
                       : flag == "--keep"    ? (settings.keep = value, true)
                                             : false;
    if (!known) return false;
  }
  return count % 2 == 1;
}

void keep(const Settings& settings, std::uint64_t seed, const testing::Dispute& dispute,
          const std::vector<std::string>& found) {
  const auto folder = std::filesystem::path(settings.keep) / std::to_string(seed);
  std::error_code error;
  std::filesystem::create_directories(folder / "told", error);
  std::filesystem::create_directories(folder / "retold", error);
  std::ofstream(folder / "found.txt") << fmt::format("{}\n", fmt::join(found, "\n"));
  const auto telling =
      seed % 2 == 0 ? testing::turned_round(dispute, seed) : testing::misnamed(dispute, seed);
  for (const auto& [name, text] : testing::told(dispute, testing::as_it_is(dispute)))
    std::ofstream(folder / "told" / name) << text;
  for (const auto& [name, text] : testing::told(dispute, telling))
    std::ofstream(folder / "retold" / name) << text;
}

/// "telling: proved t.zone: ..." -> "telling: proved": what is counted by kind.
std::string kind_of(const std::string& found) {
  return found.substr(0, found.find(' ', found.find(": ") + 2));
}

}  // namespace

int main(int count, char** words) {
  Settings settings;
  if (!read_settings(count, words, settings)) {
    std::fputs("twins [--accounts N] [--seed N] [--draws N] [--threads N] [--whole EVERY] [--keep FOLDER]\n",
               stderr);
    return 2;
  }
  std::mutex lock;
  std::map<std::string, std::size_t> kinds;
  std::atomic<std::uint64_t> failing = 0, done = 0;
  worlds::parallel_for(static_cast<std::int64_t>(settings.accounts),
                       [&](std::int64_t i) {
                         const std::uint64_t seed = settings.seed + static_cast<std::uint64_t>(i);
                         testing::Choices choices(seed);
                         const auto dispute = testing::random_dispute(choices);
                         testing::FactsOptions options;
                         options.draws = settings.draws;
                         options.whole = settings.whole_every > 0 && seed % settings.whole_every == 0;
                         const auto found = testing::put_through(dispute, seed, options);
                         ++done;
                         if (found.empty()) return;
                         ++failing;
                         const std::lock_guard guard(lock);
                         for (const auto& each : found) ++kinds[kind_of(each)];
                         keep(settings, seed, dispute, found);
                       },
                       {settings.threads, nullptr, [&](double share) {
                          const std::lock_guard guard(lock);
                          std::fprintf(stderr, "\r%3.0f %%, %llu failing ", 100 * share,
                                       static_cast<unsigned long long>(failing.load()));
                        }});
  fmt::print("\n{} accounts, seeds {} to {}: {} with a contradiction or a difference\n", done.load(),
             settings.seed, settings.seed + settings.accounts - 1, failing.load());
  for (const auto& [kind, times] : kinds) fmt::print("  {:6} {}\n", times, kind);
  if (failing > 0) fmt::print("kept under {}\n", settings.keep);
  return failing > 0 ? 1 : 0;
}
