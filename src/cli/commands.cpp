// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/account_input.hpp"
#include "cli/templates.hpp"

namespace parley::cli {
namespace {

Command deals() {
  Command command;
  command.name = "deals";
  command.summary = "which packages are possible, fair and stable - and why none is";
  command.usage = "FILE";
  command.details =
      "Finds every package that all parties prefer to no deal and no rule forbids (the zone of possible "
      "agreement),\n"
      "its Pareto frontier and the Nash, Kalai-Smorodinsky, egalitarian and welfare solutions. Where no "
      "package is\n"
      "left it says why: all minimal conflicts, all minimal relaxations, and the smallest equal "
      "concession.\n\n"
      "FILE is an account (a file or a folder), or a folder that holds a negotiation domain in Genius XML: "
      "a\n"
      "negotiation_template, one utility_space per party, and perhaps constraints.json "
      "(docs/foreign-formats.md).\n"
      "With --time-limit the answer may be the best so far; it then says `certified` or `complete` false.";
  command.examples = {
      {"parley deals talks/", "tables and sentences about a Genius folder"},
      {"parley deals talks/ --option parties=buyer,seller --json", "two of its parties, as JSON"},
      {"parley deals huge/ --time-limit 10 -o answer.json", "the best answer of ten seconds, kept in a file"},
  };
  command.options = framing_options();
  command.options.push_back(
      {"parties", "a,b,...",
       "foreign problems: only these parties take part; may be repeated, and a name with "
       "a comma stands in quotation marks",
       true});
  command.options.push_back(
      {"domain", "NAME", "foreign problems: the domain of a folder that holds several"});
  command.run = run_deals;
  return command;
}

Command stability() {
  Command command;
  command.name = "stability";
  command.summary = "which situations hold, for whom, and what would move them";
  command.usage = "FILE";
  command.details =
      "The graph model for conflict resolution: for every state and decision maker, is there a move to "
      "something better,\n"
      "and do the others answer it? States that hold for everybody are equilibria.\n\n"
      "FILE is an account: framing makes games of its issues, and the answer is the share of worlds in which "
      "each\nsituation holds. --focus says which issues; by default those that commitments and own choices "
      "touch. Or FILE\nis a conflict in JSON: an option-form file (.gmcr) or a conflict case "
      "(docs/foreign-formats.md).\n"
      "Concepts: nash gmr smr seq ssym (the default); sim, lh:<h>, nonmyopic; cnash cgmr csmr cseq (all "
      "coalitions);\n"
      "sgmr ssmr sseq_strong (strength of preference). docs/methods/stability.md defines them.";
  command.examples = {
      {"parley stability scenarios/us-iran-2026",
       "the founding account: does the present hold, and for whom"},
      {"parley stability crisis.yaml --focus \"sanctions, force\"", "only these issues move"},
      {"parley stability crisis.gmcr", "which states hold, and what keeps or moves the others"},
      {"parley stability crisis.gmcr --option concepts=nash,seq,cnash --json", "three concepts, as JSON"},
      {"parley stability crisis.json --option wish=8", "also: which preferences would make state 8 hold"},
  };
  command.flags = {{"focus", "ISSUES", "accounts: the issues that may move, with commas between them", true}};
  command.options = framing_options();
  command.options.push_back(
      {"nature", "held|mover", "accounts: what nobody decides stays, or moves by itself"});
  for (const NamedOption& option : std::vector<NamedOption>{
           {"concepts", "a,b,...", "which concepts, by name"},
           {"unknown", "a|b|c|d", "how unknown preferences count (default a, the strictest extension)"},
           {"sim", "each_reply|tableau", "which form of simultaneous sanctioning (default each_reply)"},
           {"lh_order", "file",
            "lh and nonmyopic with more than two decision makers: they move in file order"},
           {"status_quo", "STATE", "where things stand: what is reached from there (default: the file's)"},
           {"wish", "STATE", "inverse analysis: which preferences would make this state hold"},
       })
    command.options.push_back({option.name, option.values, "conflict files: " + option.help});
  command.run = run_stability;
  return command;
}

Command import() {
  Command command;
  command.name = "import";
  command.summary = "a foreign problem as an account to go on with";
  command.usage = "FILE";
  command.details =
      "Turns a conflict in JSON (an option-form file .gmcr, or a conflict case) into an account that `check` "
      "accepts and\nwhose `stability` has the same equilibria: decision makers become actors, options "
      "issues, "
      "infeasible patterns\nmechanisms, and each whole order outcomes that hold one another. What cannot be "
      "said "
      "is an error that says why.\nNothing is ever written over.";
  command.examples = {{"parley import crisis.gmcr -o crisis.yaml", "the account in a file"},
                      {"parley import crisis.json", "the account on standard output"}};
  command.output_help = "write the account to PATH instead of standard output";
  command.writes_output = true;
  command.solves = false;
  command.run = run_import;
  return command;
}

Command run() {
  Command command;
  command.name = "run";
  command.summary = "the main job: everything that follows from an account, on one page";
  command.usage = "FILE";
  command.details =
      "Reads an account with its alternatives and rivals, frames and solves every bargaining problem in it, "
      "and "
      "prints\n"
      "one page: what blocks an agreement and who could open one, what holds in every reading, where the "
      "named\n"
      "packages lie, what orders alone decide, what is silent and would matter, and which answers survive "
      "the "
      "self-tests.\n\n"
      "The page and its results go to a folder, whole or not at all: report.md and results.json (default "
      "parley-out/,\n"
      "replaced only if it holds an earlier result). The page is a function of results.json alone.";
  command.examples = {
      {"parley run scenarios/us-iran-2026", "the founding account"},
      {"parley run crisis.yaml -o results/", "another account, to another folder"},
      {"parley run crisis.yaml --option binding=presses", "what is pressed for binds as well"}};
  command.writes_output = true;
  command.default_output = kRunFolder;
  command.options = framing_options();
  command.run = run_run;
  return command;
}

Command check() {
  Command command;
  command.name = "check";
  command.summary =
      "is the account well formed, what does it leave open, and which input is worth having next";
  command.usage = "FILE";
  command.details =
      "Finds everything that is wrong in one run, with file, line and column. Then: how many rows reach a "
      "problem, "
      "which\n"
      "reach none and what would join them, which parties are silent on what, and the one next input worth "
      "having.";
  command.examples = {
      {"parley check crisis.yaml", "errors and gaps of an account"},
      {"parley check crisis/ --source art=article.txt", "quotes compared with the source's text"}};
  command.flags = {{"source", "ID=PATH", "the text of a source: its quotes are verified", true},
                   {"strict", "", "warnings are errors, too (exit code 1)", false}};
  command.options = framing_options();
  command.run = run_check;
  return command;
}

Command consistency() {
  Command command;
  command.name = "consistency";
  command.summary = "what follows from signs, orders and conditions alone";
  command.usage = "FILE";
  command.details =
      "From an account: which way one thing moves another and by which rows, which single unknown sign "
      "decides it, loops,\nwhat is excluded or forced whatever the weights, what shuts out what, and which "
      "combinations support themselves.\n\n"
      "FILE may also be a cross-impact matrix of ScenarioWizard (.scw): then all its consistent scenarios, "
      "and where\nsuccession leads.";
  command.examples = {
      {"parley consistency scenarios/us-iran-2026", "the founding account"},
      {"parley consistency crisis.yaml --if \"annexation is done\"", "what that would exclude and force"},
      {"parley consistency model.scw --option tolerance=1", "scenarios that are at most 1 off"}};
  command.flags = {{"if", "CONDITION", "hold this fixed", true}};
  command.options = framing_options();
  command.options.push_back(
      {"tolerance", "N", "scenarios of at most this inconsistency, such as 1 or 0.5 (0)"});
  command.options.push_back({"succession", "global | local", "matrices: how a scenario moves on (global)"});
  command.options.push_back({"spread", "N", "matrices: judgements drawn up to N off (0)"});
  command.options.push_back({"strength", "N", "accounts: judgement that a mechanism stands for (2)"});
  command.run = run_consistency;
  return command;
}

Command ask() {
  Command command;
  command.name = "ask";
  command.summary = "does the account bear out its claims, and what if something in it were otherwise";
  command.usage = "FILE [CLAIM...]";
  command.details =
      "Each claim of the account gets a verdict: entailed (it follows from other rows, by proof), holds or "
      "fails (in nearly\nall or nearly no worlds), contested (readings differ), asserted (the account says "
      "it "
      "and nothing else in it supports\nit), undetermined, or not testable here, with the reason. It names "
      "the "
      "rows that the verdict rests on.\n\n"
      "With --if it answers what would change if something were so, in every lens, over the same draws, and "
      "with --then what\nwould follow for a condition. An intervention of the account may stand in place of "
      "a "
      "condition: all its readings are\nanswered, side by side. docs/methods/claims.md defines all of it.";
  command.examples = {
      {"parley ask scenarios/us-iran-2026", "the verdict on every claim"},
      {"parley ask crisis.yaml prices_fall", "one claim"},
      {"parley ask crisis.yaml --if \"annexation is done\" --then \"statehood is established\"",
       "what an act would shut out"},
      {"parley ask scenarios/us-iran-2026 --if remove_iran", "an intervention with its readings"}};
  command.max_files = 1'000;
  command.flags = {{"if", "CONDITION", "what if this were so (an intervention)", true},
                   {"then", "CONDITION", "and does this follow?", true}};
  command.options = framing_options();
  command.options.push_back({"holds", "SHARE", "least share of worlds of what holds (0.95)"});
  command.run = run_ask;
  return command;
}

Command show() {
  Command command;
  command.name = "show";
  command.summary = "the account as Parley reads it, or the problem that a lens takes";
  command.usage = "FILE";
  command.details =
      "Writes the account back in the language, in a fixed order (comments do not survive). With --framed "
      "deals it "
      "writes\n"
      "the bargaining problem that framing makes of it: packages, limits, stakes, defaults.";
  command.examples = {
      {"parley show crisis.yaml", "the account, written back"},
      {"parley show crisis.yaml --framed deals", "the problem that the deals lens takes"},
      {"parley show crisis.yaml --ledger", "what each sentence moves, and what each answer rests on"}};
  command.flags = {{"framed", "LENS", "the problem for this lens: deals", false, {"deals"}}};
  command.flags.push_back(
      {"ledger", "", "from sentences to answers, and from answers to rows and sentences"});
  command.options = framing_options();
  command.run = run_show;
  return command;
}

Command compare() {
  Command command;
  command.name = "compare";
  command.summary = "where two accounts part: rows that differ, answers that differ, and which explain which";
  command.usage = "FILE [FILE]";
  command.max_files = 2;
  command.details =
      "Lays two accounts side by side: the rows that differ, field by field; the answers that are opposite, "
      "change\nbetween all, some and no worlds, or whose shares lie apart; for each, a smallest set of rows "
      "that explains it; and\nthe rows that differ and move nothing.\n\n"
      "With one FILE the base account is compared with each rival in its folder. A second FILE that only "
      "says "
      "what it\nrevises is laid over the first.";
  command.examples = {
      {"parley compare scenarios/us-iran-2026", "the author's account and its rival"},
      {"parley compare crisis.yaml other.yaml --json", "two files, as JSON"},
      {"parley compare crisis.yaml other.yaml --draws 200", "fewer worlds: sooner, and less sharp"}};
  command.options = framing_options();
  command.run = run_compare;
  return command;
}

Command sensitivity() {
  Command command;
  command.name = "sensitivity";
  command.summary = "which assumptions an answer hangs on, and what would have to be otherwise to reverse it";
  command.usage = "FILE --of ANSWER";
  command.details =
      "Varies every named assumption that has a range, every range written into a row, and every default and "
      "choice of\nframing: each alone at its ends, then together (Morris screening, Sobol indices), over the "
      "same worlds. Then: the\nsmallest sets of assumptions, and of rows left out, that flip the answer; how "
      "much of it rests on assumption rather\nthan on what a source says; and the one input that would "
      "narrow "
      "it most.\n\n"
      "ANSWER is the id of an answer, such as indirect.zone; without --of the answers of the account are "
      "listed.";
  command.examples = {
      {"parley sensitivity crisis.yaml", "the answers that can be asked about"},
      {"parley sensitivity scenarios/us-iran-2026 --of indirect.zone", "what a zone of agreement hangs on"},
      {"parley sensitivity crisis.yaml --of t.zone@presses --samples 256 --json", "finer, as JSON"}};
  command.flags = {
      {"of", "ANSWER", "the answer's id", false},
      {"samples", "N", "base points of the indices, a power of two from 16 to 4096 (128)", false}};
  command.options = framing_options();
  command.run = run_sensitivity;
  return command;
}

Command new_account() {
  Command command;
  command.name = "new";
  command.summary = "write a small commented account to start from";
  command.usage = "NAME";
  command.details =
      "Writes NAME.yaml: an account of an invented dispute that checks clean and runs, with a comment on "
      "every "
      "block.\n"
      "Nothing is ever written over. Templates:\n";
  for (const Template& form : templates())
    command.details += fmt::format("\n  {:<8} {}", form.name, form.about);
  command.examples = {{"parley new crisis", "crisis.yaml, the account `crisis`"},
                      {"parley new crisis --template minimal", "the fewest lines that run"},
                      {"parley new crisis -o accounts/first.yaml", "the same to another place"}};
  std::vector<std::string> names;
  for (const Template& form : templates()) names.push_back(form.name);
  command.flags = {{"template", "NAME", fmt::format("{}", fmt::join(names, " or ")), false, names}};
  command.file_word = "NAME";
  command.output_help = "write the account to PATH instead of NAME.yaml";
  command.writes_output = true;
  command.solves = command.limited = false;
  command.run = run_new;
  return command;
}

Command completion() {
  Command command;
  command.name = "completion";
  command.summary = "a script that lets your shell complete commands and flags";
  command.usage = "SHELL";
  command.details =
      "Prints the script for bash, zsh or fish. To use it in every new shell:\n\n"
      "  bash   parley completion bash > ~/.local/share/bash-completion/completions/parley\n"
      "  zsh    parley completion zsh > DIR/_parley, where DIR is a folder of your $fpath\n"
      "  fish   parley completion fish > ~/.config/fish/completions/parley.fish";
  command.examples = {{"source <(parley completion bash)", "in this shell only"}};
  command.file_word = "SHELL";
  command.solves = command.limited = false;
  command.run = run_completion;
  return command;
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {new_account(), check(),       run(),       show(),
                                             deals(),       consistency(), stability(), ask(),
                                             compare(),     sensitivity(), import(),    completion()};
  return table;
}

const Command* find_command(const std::string& name) {
  const auto& table = commands();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Command& c) { return c.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const std::vector<std::string>& planned_commands() {
  static const std::vector<std::string> names = {
      "check",       "show",    "run",      "deals",  "consistency", "stability", "forecast", "ask",
      "sensitivity", "compare", "simulate", "import", "backtest",    "serve",     "new"};
  return names;
}

}  // namespace parley::cli
