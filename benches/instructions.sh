#!/usr/bin/env bash
# Counts the instructions of each step on the bundled corpus, and the bytes it copies, with valgrind, and
# prints the change against those kept in benches/instructions.txt. Bytes copied are those that memcpy and
# its like move; copies of a few bytes are instructions of their own and not counted. A count hardly hangs on what else the machine does: from run to
# run parse, annotate and index differ by 0.3 %, search by 2 %. It does hang on the compiler (what is
# compiled together with what shifts a count by up to 3 % though its own code is the same), and on which
# instructions the processor knows, so save and compare on one machine. Takes 50 s of a processor.
#
#   benches/instructions.sh           prints
#   benches/instructions.sh --save    keeps the counts, for the next change to be compared with
#
# ONRECORD names another program than the one of this tree. Needs valgrind; fails only where a step does, never for a count.
set -euo pipefail
cd "$(dirname "$0")/.."
kept=benches/instructions.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

[ -n "${ONRECORD:-}" ] || cargo build --release --locked --quiet
program=${ONRECORD:-target/release/onrecord}
export RAYON_NUM_THREADS=1
# One of what `index` would start itself again to set (src/cli/memory.rs): valgrind follows no other program.
export MALLOC_ARENA_MAX=2

# A line for the text of each story of the corpus, as `annotate` reads them.
"$program" parse --threads 1 corpus 2>/dev/null |
  python3 -c 'import json, sys
for line in sys.stdin:
    story = json.loads(line)
    print(json.dumps({"id": story.get("path"), "text": story.get("body", ""), "title": story.get("title", "")}))' \
  >"$scratch/texts"
"$program" index --threads 1 corpus --index "$scratch/index" --published 2025-12-31 2>/dev/null

# Runs a command that reads $input under a tool; its exit code 2 (some files of the corpus hold no story)
# is none.
under() {
  local status=0
  valgrind "$@" <"${input:-/dev/null}" >/dev/null 2>"$scratch/said" || status=$?
  [ "$status" -le 2 ] || { cat "$scratch/said" >&2; return 1; }
}

# The instructions of a command, and the bytes it copies.
counted() {
  under --tool=callgrind --callgrind-out-file=/dev/null "$@"
  sed -n 's/.*Collected : //p' "$scratch/said"
  under --tool=dhat --mode=copy --dhat-out-file=/dev/null "$@"
  sed -n 's/.*Total: *\([0-9,]*\) bytes.*/\1/p' "$scratch/said" | tr -d ,
}

{
  echo parse $(counted "$program" parse --threads 1 corpus)
  echo annotate $(input="$scratch/texts" counted "$program" annotate)
  echo index $(counted "$program" index --threads 1 corpus --index "$scratch/again")
  echo search $(counted "$program" search --index "$scratch/index" 'speaker:vane "port strike"')
} >"$scratch/counts"

# The change of a count against the one before, if there is any.
change() {
  [ -n "$2" ] && awk "BEGIN { printf \"%+.2f %%\", ($1 / $2 - 1) * 100 }" || echo new
}

while read -r step instructions copied; do
  read -r _ before copied_before < <(grep "^$step " "$kept" 2>/dev/null || echo)
  printf '%-10s %12d instructions %10s  %11d bytes copied %10s\n' "$step" \
    "$instructions" "$(change "$instructions" "${before:-}")" \
    "$copied" "$(change "$copied" "${copied_before:-}")"
done <"$scratch/counts"

[ "${1:-}" != --save ] || cp "$scratch/counts" "$kept"
