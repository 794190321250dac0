#!/usr/bin/env bash
# Writes the generated documents anew from a built danvan; the drift tests hold them against it.
#
#   tests/generate.sh [BINARY]               docs/openapi.json, docs/errors.md, docs/operations.md
#   tests/generate.sh --operations BINARY    prints docs/operations.md with its settings table anew
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# operations BINARY: everything between two marks is a table; danvan-notify stands beside danvan.
operations() {
  local table notify_table
  table=$("$1" --settings-md)
  notify_table=$("$(dirname "$1")/danvan-notify" --settings-md)
  table=$table notify_table=$notify_table awk '
    /^<!-- settings:/ { print; print ""; print ENVIRON["table"]; print ""; inside = 1; next }
    /^<!-- notify settings:/ { print; print ""; print ENVIRON["notify_table"]; print ""; inside = 1; next }
    /^<!-- end of / { inside = 0 }
    !inside' "$root/docs/operations.md"
}

if [ "${1:-}" = --operations ]; then
  operations "$2"
  exit
fi
binary=${1:-$root/var/build-sanitize/app/danvan}
"$binary" --openapi >"$root/docs/openapi.json"
"$binary" --errors-md >"$root/docs/errors.md"
said=$(operations "$binary")
printf '%s\n' "$said" >"$root/docs/operations.md"
