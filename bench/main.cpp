// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <vector>

namespace {

/// The usual console table; remembers whether a benchmark failed, which the library itself does not tell.
class Reporter : public benchmark::ConsoleReporter {
 public:
  Reporter() : ConsoleReporter(static_cast<OutputOptions>(OO_ColorTabular)) {}
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) failed_ = failed_ || run.error_occurred;
    ConsoleReporter::ReportRuns(runs);
  }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Reporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return reporter.failed() ? 1 : 0;
}
