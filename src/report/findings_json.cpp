// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "report/findings.hpp"

namespace parley::report {

using nlohmann::ordered_json;

ordered_json findings_json(const questions::Findings& findings) {
  ordered_json list = ordered_json::array();
  for (const auto& f : findings.list)
    list.push_back({{"id", f.id},
                    {"kind", questions::kind_word(f.kind)},
                    {"words", f.words},
                    {"proved", f.proved},
                    {"rows", f.rows},
                    {"sentences", f.sentences},
                    {"assumed", f.assumed},
                    {"joined", f.joined},
                    {"falls_without", f.falls_without},
                    {"not_in", f.not_in}});
  return list;
}

ordered_json audits_json(const questions::Findings& findings) {
  ordered_json list = ordered_json::array();
  for (const auto& audit : findings.audits) {
    ordered_json items = ordered_json::array();
    for (const auto& item : audit.items)
      items.push_back({{"question", item.question},
                       {"verdict", item.verdict},
                       {"said", item.said()},
                       {"words", item.words},
                       {"rows", item.rows}});
    list.push_back({{"row", audit.row},
                    {"kind", audit.kind},
                    {"by", audit.by},
                    {"to", audit.to},
                    {"restated", audit.restated},
                    {"words", audit.words},
                    {"items", items}});
  }
  return list;
}

}  // namespace parley::report
