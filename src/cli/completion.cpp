// SPDX-License-Identifier: MIT
#include "cli/completion.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "expression/nearest.hpp"

namespace parley::cli {
namespace {

/// A text within single quotes, for any of the shells; signs that their lists give a meaning are left out.
std::string quoted(const std::string& text, const std::string& without = "'\\") {
  std::string result = "'";
  for (const char c : text)
    if (without.find(c) == std::string::npos) result += c;
  return result + "'";
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return names;
}

std::vector<std::string> flag_words(const Command& command) {
  std::vector<std::string> words;
  for (const Flag& flag : flags_of(command)) words.push_back("--" + flag.name);
  words.emplace_back("-o");
  return words;
}

std::vector<std::string> option_words(const Command& command) {
  std::vector<std::string> words;
  for (const NamedOption& option : command.options) words.push_back(option.name + "=");
  return words;
}

/// What stands where a FILE stands: the names of shells for `completion`, files otherwise.
std::vector<std::string> fixed_words(const Command& command) {
  if (command.name == "completion") return completion_shells();
  return {};
}

std::string bash() {
  std::string cases;
  for (const Command& command : commands())
    cases +=
        fmt::format("    {}) flags='{}' options='{}' words='{}' ;;\n", command.name,
                    joined(flag_words(command)), joined(option_words(command)), joined(fixed_words(command)));
  std::string values;
  for (const Command& command : commands())
    for (const Flag& flag : flags_of(command))
      if (!flag.words.empty())
        values +=
            fmt::format("    {}:--{}) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\"); return ;;\n",
                        command.name, flag.name, joined(flag.words));
  return fmt::format(R"sh(# bash completion for parley, made by `parley completion bash`
_parley() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} flags='' options='' words=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '{} help --help --version' -- "$word")
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}    help) words='{}' ;;
  esac
  case ${{COMP_WORDS[1]}}:$before in
{}    *:--option)
      compopt -o nospace 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
      return ;;
    *:--seed | *:--draws | *:--threads | *:--time-limit | *:--memory-limit) return ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word")
  elif [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}}
complete -F _parley parley
)sh",
                     joined(command_names()), cases, joined(command_names()), values);
}

/// One line of zsh's _arguments for a flag.
std::string zsh_flag(const Command& command, const Flag& flag) {
  static const std::string without = "'\\[]:`";
  std::string spec = (flag.repeatable ? "*--" : "--") + flag.name + "[";
  for (const char c : flag.help)
    if (without.find(c) == std::string::npos) spec += c;
  spec += "]";
  if (flag.name == "option")
    spec += ":NAME=VALUE:(" + joined(option_words(command)) + ")";
  else if (!flag.words.empty())
    spec += ":" + flag.value + ":(" + joined(flag.words) + ")";
  else if (!flag.value.empty())
    spec += ":" + flag.value + ":" + (flag.name == "output" ? "_files" : "");
  return "'" + spec + "'";
}

std::string zsh() {
  std::string list, cases;
  for (const Command& command : commands()) {
    list += "    " + quoted(command.name + ":" + command.summary) + "\n";
    cases += fmt::format("    {})\n      _arguments \\\n", command.name);
    for (const Flag& flag : flags_of(command)) cases += "        " + zsh_flag(command, flag) + " \\\n";
    cases += "        '-o[also write the answer to PATH]:PATH:_files' \\\n";
    const auto words = fixed_words(command);
    cases += words.empty() ? "        '*:file:_files' ;;\n" : "        '*:word:(" + joined(words) + ")' ;;\n";
  }
  return fmt::format(R"sh(#compdef parley
# zsh completion for parley, made by `parley completion zsh`
_parley() {{
  local -a commands
  commands=(
{}  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{}  esac
}}
if [[ $funcstack[1] == _parley ]]; then
  _parley "$@"
else
  compdef _parley parley
fi
)sh",
                     list, cases);
}

std::string fish() {
  std::string text = "# fish completion for parley, made by `parley completion fish`\n";
  for (const Command& command : commands())
    text += fmt::format("complete -c parley -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                        quoted(command.summary));
  for (const Command& command : commands()) {
    const std::string where =
        fmt::format("complete -c parley -n '__fish_seen_subcommand_from {}'", command.name);
    for (const Flag& flag : flags_of(command)) {
      text += fmt::format("{} -l {}", where, flag.name);
      if (flag.name == "output") text += " -s o";
      if (flag.name == "option")
        text += fmt::format(" -x -a '{}'", joined(option_words(command)));
      else if (!flag.words.empty())
        text += fmt::format(" -x -a '{}'", joined(flag.words));
      else if (!flag.value.empty())
        text += flag.name == "output" ? " -r -F" : " -x";
      text += " -d " + quoted(flag.help) + "\n";
    }
    if (const auto words = fixed_words(command); !words.empty())
      text += fmt::format("{} -f -a '{}'\n", where, joined(words));
  }
  return text;
}

}  // namespace

const std::vector<std::string>& completion_shells() {
  static const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  return shells;
}

std::optional<std::string> completion_script(const std::string& shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return std::nullopt;
}

Outcome run_completion(const Request& request, const Session&) {
  const std::string& shell = request.files.front();
  const auto script = completion_script(shell);
  if (!script) {
    const auto near = expression::nearest(shell, completion_shells());
    return failure(kBadUsage, "unknown-shell", fmt::format("there is no completion for `{}`", shell),
                   near ? fmt::format("did you mean {}?", *near)
                        : fmt::format("known: {}", fmt::join(completion_shells(), ", ")));
  }
  Outcome outcome;
  outcome.text = *script;
  outcome.answer = std::make_shared<nlohmann::ordered_json>();
  *outcome.answer = {{"shell", shell}, {"script", *script}};
  return outcome;
}

}  // namespace parley::cli
