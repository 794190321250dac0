#!/usr/bin/env bash
# Holds the layers of app/: base ← {http, db, output, input, auth} ← resource ← resources ← service ←
# main; base and db ← notify, the mailer. A folder includes itself and what is left of it; those in braces never include one another.
# libpq belongs to db, libfcgi to service. Prints each breach; exit 1 if there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

declare -A may=(
  [base]='base'
  [http]='base http'
  [db]='base db'
  [output]='base output'
  [input]='base input'
  [auth]='base auth'
  [resource]='base http db output input auth resource'
  [resources]='base http db output input auth resource resources'
  [service]='base http db output input auth resource resources service config.h'
  [notify]='base db notify'
  [.]='base http db output input auth resource resources service config.h'
)

breaches=0
breach() {
  printf '%s\n' "$*"
  breaches=$((breaches + 1))
}

while IFS=: read -r file line included; do
  folder=$(dirname "${file#app/}")
  # Its own folder's headers may be named without the folder.
  [[ $included == */* ]] && target=${included%%/*} || target=$included
  [ -n "${may[$folder]:-}" ] || { breach "$file:$line: folder $folder has no place in the layers" && continue; }
  [ "$target" = "$included" ] && [ -e "app/$folder/$included" ] && continue
  [[ " ${may[$folder]} " == *" $target "* ]] || breach "$file:$line: $folder may not include $included"
done < <(grep -rnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"[^"]+"' app --include='*.[ch]' |
  sed -E 's/#[[:space:]]*include[[:space:]]+"([^"]+)"/\1/; s/:[[:space:]]+/:/')

while IFS=: read -r file line _; do
  breach "$file:$line: libpq outside app/db"
done < <(grep -rnE 'include.*(libpq-fe|libpq/)' app --include='*.[ch]' | grep -v '^app/db/' || true)
while IFS=: read -r file line _; do
  breach "$file:$line: libfcgi outside app/service"
done < <(grep -rnE 'include.*(fcgiapp|fcgi_stdio|fastcgi)\.h' app --include='*.[ch]' | grep -v '^app/service/' || true)

while IFS=: read -r file line _; do
  breach "$file:$line: libcurl outside app/notify"
done < <(grep -rnE 'include.*curl/' app --include='*.[ch]' | grep -v '^app/notify/' || true)

while IFS=: read -r file line _; do
  breach "$file:$line: libzip or libxml2 outside app/input"
done < <(grep -rnE 'include.*<(zip\.h|libxml/)' app --include='*.[ch]' | grep -v '^app/input/' || true)

[ $breaches -eq 0 ]
