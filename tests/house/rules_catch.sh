#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# .ci/house-rules accepts a small tree that keeps the rules, and names each planted fault.
set -euo pipefail
rules=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)/.ci/house-rules
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

plant() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/src/{account,logic,deals,framing}
  cat >"$tree/src/CMakeLists.txt" <<'ROOMS'
# SPDX-License-Identifier: MIT
parley_room(account)
parley_room(logic   NEEDS outside)
parley_room(deals   NEEDS
            parley_logic)   # a lens
parley_room(framing NEEDS parley_account parley_deals)
ROOMS
  printf '// SPDX-License-Identifier: MIT\n#include "logic/b.hpp"\n#include "deals/c.hpp"\n' >"$tree/src/framing/a.cpp"
}

# expect NAME WORDS: the rules now fail, and say WORDS.
expect() {
  local said
  if said=$("$rules" "$tree" 2>&1); then echo "not caught: $1"; exit 1; fi
  [[ $said == *"$2"* ]] || { echo "$1: expected \"$2\", got: $said"; exit 1; }
}

plant
"$rules" "$tree"
plant
printf '// SPDX-License-Identifier: MIT\n#include "framing/a.hpp"\n' >"$tree/src/logic/b.cpp"
expect 'an include against the arrows' 'src/logic/b.cpp:2: the room logic may not include framing'
plant
sed -i 's/parley_logic)/parley_logic parley_account)/' "$tree/src/CMakeLists.txt"
expect 'a lens that needs account' 'the lens deals needs account'
plant
sed -i 's/NEEDS outside/NEEDS parley_framing/' "$tree/src/CMakeLists.txt"
expect 'a cycle' 'logic needs framing, which is not above it'
plant
echo 'int x;' >"$tree/src/deals/c.cpp"
expect 'no licence' 'src/deals/c.cpp: no SPDX line'
