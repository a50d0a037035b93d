#!/usr/bin/env bash
# Installs what onrecord is measured beside, from the ordinary package managers. What cannot be had is
# left out; the table says so. Usage: install.sh [DIR]   (DIR: where tantivy-cli and Lucene go)
set -uo pipefail
peers=${1:-/tmp/onrecord-peers}
mkdir -p "$peers/lucene"

root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
left_out() { echo "left out: $1" >&2; }

# The Python of the system, with its SQLite and Xapian; omindex is in xapian-omega.
have() {
  [ -e "$1" ] || command -v "$1" >/dev/null || root apt-get install -y -q --no-install-recommends "$2" >/dev/null ||
    left_out "$2"
}
have /usr/bin/python3 python3
have /usr/lib/python3/dist-packages/xapian python3-xapian
have omindex xapian-omega
have recollindex recollcmd
have rg ripgrep
have javac default-jdk-headless

# Without --locked: one of the versions that its lock names no longer builds.
[ -x "$peers/bin/tantivy" ] ||
  nice cargo install -q tantivy-cli --root "$peers" || left_out tantivy-cli

# Lucene by Maven; else from a Python package that carries its classes.
if ! ls "$peers"/lucene/*.jar >/dev/null 2>&1; then
  mvn -q -B dependency:copy -Dartifact=org.apache.lucene:lucene-core:9.12.0 \
    "-DoutputDirectory=$peers/lucene" >/dev/null 2>&1 ||
    { python3 -m pip install -q --no-deps --target "$peers/pip" pyserini==0.24.0 2>/dev/null &&
      mv "$peers"/pip/pyserini/resources/jars/*.jar "$peers/lucene/"; } || left_out Lucene
fi
if ls "$peers"/lucene/*.jar >/dev/null 2>&1; then
  javac -nowarn -cp "$peers/lucene/*" -d "$peers/lucene" "$(dirname "$0")/LuceneIndex.java" ||
    left_out "Lucene (its classes do not fit)"
fi
