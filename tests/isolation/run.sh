#!/usr/bin/env bash
# Interleavings of two officers' transactions, told by PostgreSQL's own isolation tester.
#
#   tests/isolation/run.sh DSN     DSN: superuser's, of a copy that may be spoiled
#
# NAME.spec holds sessions, steps and permutations; NAME.expected what must come of each, written from
# the rules and not from a run. Of the tester's output only this is compared: which permutation, which
# step waited and when it went on, errors, and rows of the steps named check….
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
dsn=${1:?the DSN of a copy}
tester=$(find /usr/lib/postgresql/*/lib/pgxs/src/test/isolation -name isolationtester 2>/dev/null | sort -V | tail -n 1)
[ -n "$tester" ] || { echo 'no isolationtester: install postgresql-client-15' >&2 && exit 1; }

transcript() {
  awk '
    /^starting permutation:/ { if (n++) print ""; print "permutation" substr($0, 22); step = ""; next }
    /^step [a-z0-9_]+: / || /^step [a-z0-9_]+:$/ {
      step = $2; sub(/:$/, "", step)
      rows = 0
      if ($0 ~ /<\.\.\. completed>$/) print step " goes on"
    }
    /<waiting \.\.\.>$/ { print step " waits"; next }
    /^step / { next }
    /^ERROR: / { sub(/^ERROR: +/, ""); print step " is refused: " $0; next }
    step ~ /^check/ && /^-[-+]*$/ { rows = 1; next }
    step ~ /^check/ && /\|/ { if (rows) { gsub(/ *\| */, " | "); sub(/^ +/, ""); sub(/ +$/, ""); print step ": " $0 } next }
    step ~ /^check/ && rows && NF && !/^\([0-9]+ rows?\)$/ { sub(/^ +/, ""); sub(/ +$/, ""); print step ": " $0 }
  '
}

passed=0 failed=0
psql -Xq -v ON_ERROR_STOP=1 -d "$dsn" -f "$here/setup.sql" >/dev/null
for spec in "$here"/*.spec; do
  name=$(basename "$spec" .spec)
  if ! timeout 120 "$tester" "$dsn" <"$spec" >"/tmp/isolation.$$" 2>&1; then
    echo "FAILED: $name did not run" && tail -n 20 "/tmp/isolation.$$"
    failed=$((failed + 1))
  elif transcript <"/tmp/isolation.$$" | diff -u "$here/$name.expected" - >"/tmp/isolation.diff.$$"; then
    count=$(grep -c '^permutation' "$here/$name.expected")
    echo "ok $name, $count permutations"
    passed=$((passed + count))
  else
    echo "FAILED: $name" && cat "/tmp/isolation.diff.$$"
    failed=$((failed + 1))
  fi
  rm -f "/tmp/isolation.$$" "/tmp/isolation.diff.$$"
done
echo "isolation: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
