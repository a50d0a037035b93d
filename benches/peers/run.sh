#!/usr/bin/env bash
# Runs onrecord and what is used instead of it on the same stories, in turn, and writes the tables of
# benches/README.md. Usage: run.sh [STORIES [SLOW_STORIES [ROUNDS]]]
#
# STORIES (100000) are made by `onrecord bench --generate`; peers of which a story takes a hundred times
# longer get SLOW_STORIES (10000) of them, and onrecord the same beside them. PEERS names the folder of
# install.sh, SCRATCH one for stories and indexes (about 20 times the text), which is deleted at the end;
# ONRECORD another program than the one of this tree.
set -euo pipefail
cd "$(dirname "$0")/../.."
stories=${1:-100000} slow=${2:-10000} rounds=${3:-4}
scratch=${SCRATCH:-$(mktemp -d)}
trap 'rm -rf "$scratch"' EXIT

[ -n "${ONRECORD:-}" ] || cargo build --release --locked
ONRECORD=${ONRECORD:-target/release/onrecord}
for count in "$stories" "$slow"; do
  [ -d "$scratch/$count" ] && continue
  "$ONRECORD" bench --generate "$count" "$scratch/$count/lines"
  "$ONRECORD" bench --generate "$count" "$scratch/$count/files" --shape text
done
# The Python of the system: Xapian's binding belongs to it.
/usr/bin/python3 benches/peers/race.py --onrecord "$ONRECORD" --peers "${PEERS:-/tmp/onrecord-peers}" \
  --scratch "$scratch" --stories "$stories" --slow "$slow" --rounds "$rounds" --page benches/README.md
