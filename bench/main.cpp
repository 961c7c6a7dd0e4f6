// SPDX-License-Identifier: MIT
// One line for each benchmark: its time, and where it has a baseline how many times faster than that it is.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

namespace {

struct Unit {
  double seconds;
  const char* name;
};

std::string duration(double seconds) {
  constexpr std::array<Unit, 5> kUnits{{{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}, {1e-12, "ps"}}};
  for (const Unit& unit : kUnits)
    if (seconds >= unit.seconds) return fmt::format("{:.3g} {}", seconds / unit.seconds, unit.name);
  return fmt::format("{:.3g} ps", seconds * 1e12);
}

class Reporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override {
    (void)context;
    fmt::print("{:<40} {:>10} {:>10} {:>8}   (of single rounds)\n", "benchmark", "time", "baseline", "ratio");
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) report(run);
    std::fflush(stdout);
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void report(const Run& run) {
    // The library appends how it was told to time: "zone/64/iterations:1/manual_time" is zone/64.
    const std::string whole = run.benchmark_name(), name = whole.substr(0, whole.find("/iterations:"));
    if (run.error_occurred) {
      failed_ = true;
      fmt::print("{:<40} FAILED: {}\n", name, run.error_message);
      return;
    }
    const double seconds = run.real_accumulated_time / static_cast<double>(run.iterations);
    fmt::print("{:<40} {:>10}", name, duration(seconds));
    if (const auto baseline = run.counters.find("baseline"); baseline != run.counters.end()) {
      fmt::print(" {:>10} {:>8.3g}   ({:.3g} to {:.3g})", duration(baseline->second.value),
                 run.counters.at("ratio").value, run.counters.at("least").value,
                 run.counters.at("most").value);
    }
    // Timed by itself, once: on a busy machine the processor's time says more.
    else if (run.cpu_accumulated_time > 0)
      fmt::print("   {} of the processor's time",
                 duration(run.cpu_accumulated_time / static_cast<double>(run.iterations)));
    if (const auto bytes = run.counters.find("bytes"); bytes != run.counters.end())
      fmt::print("   {:.0f} bytes a state", bytes->second.value);
    // Times of single items are also given as a rate.
    if (run.counters.contains("per_item")) fmt::print("   {:.2g} a second", 1 / seconds);
    if (const auto points = run.counters.find("points"); points != run.counters.end())
      fmt::print("   frontier of {:.0f} points", points->second.value);
    fmt::print("\n");
  }

  bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Reporter reporter;
  if (benchmark::RunSpecifiedBenchmarks(&reporter) == 0) return 2;
  return reporter.failed() ? 1 : 0;
}
