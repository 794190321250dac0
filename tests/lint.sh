#!/usr/bin/env bash
# Checks of the text of the project, each on one line "ok NAME" or "not ok NAME" with what is wrong
# before it. Needs nothing built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

failed=0
check() { # NAME COMMAND…: anything printed, or an exit other than 0, is a failure
  local name=$1 said status=0
  shift
  said=$("$@" 2>&1) || status=$?
  if [ $status -eq 0 ] && [ -z "$said" ]; then
    printf 'ok %s\n' "$name"
  else
    printf '%s\nnot ok %s\n' "$said" "$name"
    failed=$((failed + 1))
  fi
}

sources() { # EXTENSION…: files of the project, whether or not git is there
  local wanted=() extension
  for extension; do wanted+=(-o -name "*.$extension"); done
  find . \( -path ./var -o -path ./.git -o -name node_modules -o -path './build*' \) -prune \
    -o -type f \( "${wanted[@]:1}" \) -print
}

shell_scripts() {
  sources sh | xargs -d '\n' shellcheck -x -S warning -P SCRIPTDIR
  [ ! -e .ci/run ] || shellcheck -S warning .ci/run
}

# What people read must compare equal however it was typed.
# shellcheck disable=SC2016
text_is_nfc() {
  sources c h sql md sh conf json csv tsv | grep -v '^./tests/\(unit/json\|fuzz/corpus\)/' |
    xargs -d '\n' perl -CSD -MUnicode::Normalize=NFC -ne \
      'print "$ARGV:$.: not NFC\n" unless NFC($_) eq $_; close ARGV if eof'
}

no_trailing_space() {
  sources c h sql sh conf txt | grep -v '^./tests/\(unit/json\|fuzz/corpus\)/' |
    xargs -d '\n' grep -nE '[[:space:]]+$' /dev/null || true
}

# nginx tells a few errors by itself, in the words of app/base/err.h.
nginx_titles() {
  local slug title
  tr -d '\n\\' <app/base/err.h | tr -s ' ' >"$work/errors"
  while read -r slug; do
    while read -r title; do
      grep -qF "\"$slug\", \"$title\"" "$work/errors" || grep -qE "\"$slug\", \"[^\"]*\", \"$title\"" "$work/errors" ||
        echo "deploy/nginx: the title of $slug is not in app/base/err.h: $title"
    done < <(sed -n "/danvan_title_${slug//-/_} {/,/}/s/.*\"\(.*\)\";/\1/p" deploy/nginx/danvan-http.conf)
  done < <(sed -n 's/^location = \/problem\/\([a-z-]*\) {/\1/p' deploy/nginx/danvan-locations.conf)
}

# A server without compilers needs what each library of the build runs with.
packages_are_told() {
  local package stem
  while read -r package; do
    stem=${package%-dev}
    stem=${stem%4-openssl}
    grep -qE "[\` ]${stem}[0-9\` ]" docs/operations.md || echo "docs/operations.md: no package to run with for $package"
  done < <(sed -n '/^build_packages=(/,/)/p' deploy/lib.sh | grep -oE 'lib[a-z0-9-]+-dev' | grep -v '^libc6-dev$')
}

views_are_security_invoker() {
  perl -0777 -ne 'while (/create (?:or replace )?view\s+(\S+)([^;]*?)\bas\b/gi) {
    print "$ARGV: view $1 is not security_invoker\n" unless $2 =~ /security_invoker/i }' sql/code/*.sql
}

# A word that the catalogue lacks reaches the client without its sentence.
raised_words_are_known() {
  local word
  while read -r word; do
    grep -q "X(\"$word\"," app/http/messages.h || echo "sql/code raises $word, which app/http/messages.h does not have"
  done < <(cat sql/code/*.sql | grep -oE "constraint = '[a-z_]+'" | grep -oE "'[a-z_]+'" | tr -d "'" | sort -u)
}

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
check 'the layers of app/ hold' bash tests/lint_includes.sh
check 'shell scripts pass shellcheck' shell_scripts
check 'text is in Unicode normal form C' text_is_nfc
check 'no line ends in space' no_trailing_space
check "nginx tells errors in the service's words" nginx_titles
check 'the packages to run with are told' packages_are_told
check 'views are security_invoker' views_are_security_invoker
check 'every word that is raised has its sentence' raised_words_are_known
[ $failed -eq 0 ]
