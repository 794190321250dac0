#!/usr/bin/env bash
# Writes the generated documents anew from a built danvan; the drift tests hold them against it.
#
#   tests/generate.sh [BINARY]               docs/openapi.json, docs/errors.md, docs/operations.md
#   tests/generate.sh --operations BINARY    prints docs/operations.md with its settings table anew
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# operations BINARY: everything between the two marks is the table.
operations() {
  local table
  table=$("$1" --settings-md)
  table=$table awk '/^<!-- settings:/ { print; print ""; print ENVIRON["table"]; print ""; inside = 1 }
    /^<!-- end of settings/ { inside = 0 } !inside && !/^<!-- settings:/' "$root/docs/operations.md"
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
