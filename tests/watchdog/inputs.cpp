// SPDX-License-Identifier: MIT
#include "watchdog/inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

namespace parley::testing {
namespace {

namespace fs = std::filesystem;
using Uses = std::vector<std::vector<std::string>>;

const Uses kOfAccounts = {{"check"},
                          {"check", "--strict"},
                          {"run"},
                          {"deals"},
                          {"stability"},
                          {"consistency"},
                          {"ask"},
                          {"ask", "--if", "i0 is high"},
                          {"show"},
                          {"show", "--ledger"},
                          {"show", "--framed", "deals"},
                          {"sensitivity", "--of", "t.zone"},
                          {"compare"}};

/// A list of rows, one a line: text(0), text(1), ...
std::string rows(const std::string& block, int n, const std::function<std::string(int)>& text) {
  std::string all = block + ":\n";
  for (int k = 0; k < n; ++k) all += "  " + text(k) + "\n";
  return all;
}

std::string head(int issues = 2, int levels = 2) {
  std::string words;
  for (int l = 0; l < levels; ++l)
    words += (l == 0 ? "low" : l == levels - 1 ? ", high" : ", l" + std::to_string(l));
  std::string text =
      "parley: 1\naccount: x\nfrom: ex\nsources: {ex: {title: t, standpoint: exercise}}\n"
      "actors: {a0: actor 0, a1: actor 1}\n" +
      rows("issues", issues, [&](int k) {
        return "i" + std::to_string(k) + ": {settled_by: [a0, a1], levels: [" + words + "], now: low}";
      });
  text += "talks: {t: {parties: [a0, a1], issues: [";
  for (int k = 0; k < std::min(issues, 10); ++k) text += (k == 0 ? "i" : ", i") + std::to_string(k);
  return text +
         "]}}\npreferences:\n  p0: {by: a0, on: i0, wants: more}\n  p1: {by: a1, on: i1, wants: less}\n";
}

std::string number(int k) { return std::to_string(k); }

/// Mechanisms one behind the other: what one package leads to takes as many rounds.
std::string chain(int n) {
  return head(10, 3) + rows("quantities", n, [](int k) { return "v" + number(k) + ": {label: value}"; }) +
         rows("mechanisms", n, [](int k) {
           const std::string cause = k == 0 ? "i0" : "v" + number(k - 1);
           return "m" + number(k) + ": {cause: " + cause + ", raises: [v" + number(k) + "]}";
         });
}

std::string threats(int n) {
  return head(4, 4) + rows("commitments", n, [](int k) {
           const std::string one = number(k % 4), other = number((k + 1) % 4);
           return "c" + number(k) + ": {by: a" + number(k % 2) + ", kind: threat, will: i" + one +
                  " is high, if: i" + other + " is low, carried_out: 10% to 60%}";
         });
}

std::string undeclared(int n) {
  return head() + rows("mechanisms", n, [](int k) {
           return "m" + number(k) + ": {cause: n" + number(k) + ", raises: [n" + number(k) + "_b]}";
         });
}

std::string unknown(int n) {
  return head() + rows("positions", n, [](int k) {
           return "s" + number(k) + ": {by: b" + number(k) + ", on: i0, insists: is high}";
         });
}

std::string positions(int n) {
  return head() + rows("positions", n, [](int k) {
           return "s" + number(k) + ": {by: a" + number(k % 2) + ", on: i" + number(k / 2 % 2) +
                  ", asks: is high}";
         });
}

std::string issues(int n) { return head(n); }

std::string claims(int n) {
  return head(4, 4) + rows("claims", n, [](int k) {
           const std::string what = k % 2 == 0 ? "entails: i" : "possible: i";
           return "c" + number(k) + ": {" + what + number(k % 4) + " is high}";
         });
}

std::string readings(int n) {
  return head(6, 4) + rows("alternatives", n, [](int k) {
           return "r" + number(k) + ": {reading: reading " + number(k) + ", set: {p0.wants: less}}";
         });
}

/// Outcomes that name outcomes: each twice as large as the one before.
std::string nested(int n) {
  return head() + rows("outcomes", n, [](int k) {
           if (k == 0) return std::string("o0: i0 is high");
           return "o" + number(k) + ": o" + number(k - 1) + " and not o" + number(k - 1);
         });
}

std::string ways(int members) {
  std::string names;
  for (int k = 0; k < members; ++k) names += (k == 0 ? "" : ", ") + ("g" + number(k));
  return "parley: 1\naccount: x\nfrom: ex\nsources: {ex: {title: t, standpoint: exercise}}\nactors: [a0, "
         "a1, " +
         names + "]\ngroups: {g: {surely: [" + names +
         "]}}\nrelations: {r: {who: g, whom: g, levels: [absent, signed]}}\n"
         "issues: {i0: {settled_by: [a0, a1], levels: [low, high], now: low}}\n"
         "talks: {t: {parties: [a0, a1], issues: [i0]}}\n"
         "outcomes: {o: \"r(at least " +
         number(std::max(2, members / 2)) + " of g, any g) is signed\"}\n" +
         "mechanisms: {m: {cause: o, raises: [i0]}}\n";
}

std::string genius_domain(int issues) {
  std::string text = "<negotiation_template><utility_space><objective>";
  for (int k = 1; k <= issues; ++k)
    text += "<issue index=\"" + number(k) + "\" name=\"n" + number(k) +
            "\" vtype=\"discrete\"><item value=\"x\"/><item value=\"y\"/></issue>";
  return text + "</objective></utility_space></negotiation_template>";
}

std::string genius_profile(int issues, int party) {
  std::string text = "<utility_space><objective>";
  for (int k = 1; k <= issues; ++k)
    text += "<issue index=\"" + number(k) + "\" name=\"n" + number(k) +
            "\" vtype=\"discrete\"><item value=\"x\" evaluation=\"" + number(1 + (k * 7 + party * 3) % 11) +
            "\"/><item value=\"y\" evaluation=\"" + number(1 + (k * 5 + party) % 13) + "\"/></issue>";
  for (int k = 1; k <= issues; ++k)
    text += "<weight index=\"" + number(k) + "\" value=\"" + (issues == 1 ? "1" : "0.001") + "\"/>";
  return text + "</objective></utility_space>";
}

std::string conflict(int makers) {
  std::string options, dms;
  for (int k = 0; k < makers; ++k) {
    options += (k == 0 ? "" : ",") + ("{\"name\": \"o" + number(k) + "\"}");
    dms += (k == 0 ? "" : ",") + ("{\"name\": \"d" + number(k) + "\", \"options\": [" + number(k) +
                                  "], \"preferences\": [" + number(k) + "]}");
  }
  return "{\"options\": [" + options + "], \"decisionMakers\": [" + dms + "]}";
}

class Writer {
 public:
  Writer(std::string folder, double size) : folder_(std::move(folder)), size_(size) {}

  std::vector<HostileInput> list;

  /// `most` at size 1, and never fewer than `least`.
  [[nodiscard]] int scaled(int most, int least = 2) const {
    return std::max(least, static_cast<int>(most * size_));
  }
  void account(const std::string& name, const std::string& text) {
    write(name + ".yaml", text);
    list.push_back({name, folder_ + "/" + name + ".yaml", kOfAccounts});
  }
  void add(const std::string& name, const std::string& path, Uses uses) {
    list.push_back({name, folder_ + "/" + path, std::move(uses)});
  }
  void write(const std::string& name, const std::string& text) const {
    const fs::path path = fs::path(folder_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
  double size_;
};

void write_accounts(Writer& w) {
  w.account("chain", chain(w.scaled(400, 20)));
  w.account("threats", threats(w.scaled(200, 12)));
  w.account("undeclared", undeclared(w.scaled(9'000)));
  w.account("unknown", unknown(w.scaled(15'000)));
  w.account("positions", positions(w.scaled(9'000)));
  w.account("issues", issues(w.scaled(9'000, 10)));
  w.account("claims", claims(w.scaled(1'000, 5)));
  w.account("readings", readings(w.scaled(490, 5)));
  w.account("nested", nested(w.scaled(40, 12)));
  w.account("ways", ways(16));
  w.account("ways-too-many", ways(w.scaled(200, 30)));
}

void write_rivals(Writer& w) {
  w.write("rivals/base.yaml", positions(w.scaled(5'000, 10)));
  const int rivals = w.scaled(90, 3);
  for (int k = 0; k < rivals; ++k)
    w.write("rivals/r" + number(k) + ".yaml",
            "parley: 1\naccount: rival" + number(k) +
                "\nrevises: x\nfrom: ex\npreferences: {p0: {by: a0, on: i0, wants: "
                "less}}\n");
  w.add("rivals", "rivals", kOfAccounts);
}

void write_source(Writer& w) {
  std::string text, quotes;
  const int lines = w.scaled(200'000, 100);
  for (int k = 1; k <= lines; ++k)
    text += "S" + number(k) + " word" + number(k) + " and some more of it here\n";
  for (int k = 1; k <= 300; ++k)
    quotes += (k == 1 ? "" : ", ") + ("S" + number(k) + ": \"word" + number(k * 3) + " and none of it\"");
  w.write("source.txt", text);
  std::string account = head();
  account.replace(account.find("standpoint: exercise"), 20, "standpoint: exercise, quotes: {" + quotes + "}");
  w.write("quoted.yaml", account);
  w.add("quoted", "quoted.yaml", {{"check", "--source", "ex=" + w.folder() + "/source.txt"}});
}

void write_foreign(Writer& w) {
  const int issues = w.scaled(1'000, 8), parties = w.scaled(100, 3);
  w.write("wide/d.xml", genius_domain(issues));
  for (int p = 0; p < 2; ++p) w.write("wide/p" + number(p) + ".xml", genius_profile(issues, p));
  w.add("genius of many issues", "wide", {{"deals"}});
  w.write("many/d.xml", genius_domain(12));
  for (int p = 0; p < parties; ++p) w.write("many/p" + number(p) + ".xml", genius_profile(12, p));
  w.add("genius of many parties", "many", {{"deals"}});
  w.write("many.gmcr", conflict(w.scaled(24, 4)));
  w.add("conflict", "many.gmcr", {{"stability"}, {"import"}, {"check"}});
  std::string matrix = "$ ScenarioWizard 4.0\nx\n", zeros;
  const int descriptors = w.scaled(40, 4);
  for (int d = 0; d < descriptors; ++d) matrix += "&D" + number(d) + "\n -a\n -b\n -c\n";
  matrix += "#\n#\n";
  for (int r = 0; r < 3 * descriptors; ++r) {
    for (int c = 0; c < 3 * descriptors; ++c)
      matrix += (c == 0 ? "" : ",") + (r / 3 == c / 3 ? "0" : number((r * 7 + c * 5) % 7 - 3));
    matrix += "\n";
  }
  w.write("many.scw", matrix + "#\n");
  w.add("matrix", "many.scw", {{"consistency"}, {"consistency", "--option", "spread=1"}, {"check"}});
}

void write_odd(Writer& w) {
  w.write("odd/empty.yaml", "");
  w.write("odd/zero.yaml", std::string("parley: 1\naccount: x\0\n", 22));
  w.write("odd/deep.yaml", "parley: 1\nclaims: " + std::string(50'000, '['));
  w.write("odd/bytes.yaml", "\xFF\xFE\xFF");
  for (const char* name : {"empty", "zero", "deep", "bytes", "missing"})
    w.add(std::string("odd ") + name, std::string("odd/") + name + ".yaml", kOfAccounts);
}

}  // namespace

std::vector<HostileInput> hostile_inputs(const std::string& folder, double size) {
  Writer writer(folder, size);
  write_accounts(writer);
  write_rivals(writer);
  write_source(writer);
  write_foreign(writer);
  write_odd(writer);
  return writer.list;
}

}  // namespace parley::testing
