// SPDX-License-Identifier: MIT
#include "cli/front.hpp"

int main(int argc, char** argv) {
  return parley::cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
