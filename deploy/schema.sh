#!/usr/bin/env bash
# Brings a database to the schema and data of this checkout, in one transaction: all of it or nothing.
#
#   deploy/schema.sh DSN [--demo PASSWORD_HASH_TSV [--demo-year | --demo-history]] [--territory NAME] [--force]
#
# DSN is a libpq connection string or URI of a superuser (row security is forced on every table, so
# only a superuser can load data). In order:
#
#   sql/roles.sql             each time; creates what is missing
#   sql/migrations/*.sql      once each, as danvan_owner. The SHA-256 of each is kept in
#                             private.schema_migration: a migration that was applied and then edited
#                             is refused, and so is a database that knows more than this checkout
#   sql/data/reference/*.sql  each time, as the superuser
#   sql/code/*.sql            each time, as danvan_owner
#   sql/data/NAME/*.sql       each time, as the superuser (default: binh-phuoc)
#   sql/data/demo/*.sql       with --demo: reads pg_temp.demo_password (login, password_hash), filled
#                             from the TSV
#   sql/data/demo-year/*.sql  with --demo-year: a year of reporting on top of it, loaded once
#   sql/data/demo-history/*.sql  with --demo-history, which includes --demo-year: from the end of that year
#                             to May 2026, through the reorganisations of 2025; loaded once
#
# A file may change its role for itself; it is set anew before each file. Nothing is run when the
# last deployment had the very same files (private.deployment); --force runs it all the same.
set -euo pipefail
export LC_ALL=C PGAPPNAME=danvan-deploy PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning"

usage() {
  sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0"
}
fail() {
  printf 'schema.sh: %s\n' "$*" >&2
  exit 1
}

dsn='' demo_tsv='' is_demo_year=no is_demo_history=no territory=binh-phuoc is_forced=no
while [ $# -gt 0 ]; do
  case $1 in
    --demo) demo_tsv=${2:?--demo needs the password hashes} && shift 2 ;;
    --demo-year) is_demo_year=yes && shift ;;
    --demo-history) is_demo_year=yes is_demo_history=yes && shift ;;
    --territory) territory=${2:?--territory needs a name} && shift 2 ;;
    --force) is_forced=yes && shift ;;
    -h | --help) usage && exit 0 ;;
    -*) fail "unknown option $1" ;;
    *) [ -z "$dsn" ] || fail 'one DSN only'
      dsn=$1 && shift ;;
  esac
done
[ -n "$dsn" ] || { usage >&2 && exit 2; }
[ "$is_demo_year" = no ] || [ -n "$demo_tsv" ] || fail '--demo-year and --demo-history stand on --demo'
if [ -n "$demo_tsv" ]; then
  [ -r "$demo_tsv" ] || fail "cannot read $demo_tsv"
  demo_tsv=$(realpath -- "$demo_tsv")
  # shellcheck disable=SC2016
  ! grep -qvP '^[a-z0-9][a-z0-9._-]*\t\$argon2id\$[^\t\\]+$' "$demo_tsv" ||
    fail "$demo_tsv: each line must be login, tab, Argon2id string"
fi
cd "$(dirname "$(realpath -- "${BASH_SOURCE[0]}")")/.."
[ -d "sql/data/$territory" ] || fail "no territory sql/data/$territory"

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

shopt -s nullglob
migrations=(sql/migrations/*.sql)
reference=(sql/data/reference/*.sql)
code=(sql/code/*.sql)
data=("sql/data/$territory"/*.sql)
demo=()
[ -z "$demo_tsv" ] || demo=(sql/data/demo/*.sql)
[ "$is_demo_year" = no ] || demo+=(sql/data/demo-year/*.sql)
[ "$is_demo_history" = no ] || demo+=(sql/data/demo-history/*.sql)
shopt -u nullglob

checksum() {
  sha256sum -- "$1" | cut -d' ' -f1
}

# One digest over names and contents, whatever goes into a deployment (helper files too: \copy, \ir).
digest() {
  local folders=(sql/migrations sql/code sql/data/reference "sql/data/$territory") folder
  [ -z "$demo_tsv" ] || folders+=(sql/data/demo)
  [ "$is_demo_year" = no ] || folders+=(sql/data/demo-year)
  [ "$is_demo_history" = no ] || folders+=(sql/data/demo-history)
  for folder in "${folders[@]}"; do
    [ ! -d "$folder" ] || find "$folder" -type f -print0
  done | sort -z | xargs -0 sha256sum -- sql/roles.sql deploy/schema.sh >"$work/files"
  [ -z "$demo_tsv" ] || sha256sum <"$demo_tsv" >>"$work/files"
  checksum "$work/files"
}

query() {
  psql -XqAt -v ON_ERROR_STOP=1 -d "$dsn" -c "$1"
}

version=$(query 'show server_version_num') || fail 'no connection to the database'
# Below these, row security leaks through statistics or cached plans (CVE-2024-10976, CVE-2025-8713).
if [ "$version" -lt 150014 ] || { [ "$version" -ge 160000 ] && [ "$version" -lt 160010 ]; } ||
  { [ "$version" -ge 170000 ] && [ "$version" -lt 170006 ]; }; then
  fail "PostgreSQL $version is too old: 15.14, 16.10, 17.6 or newer is needed"
fi
[ "$(query 'select rolsuper from pg_catalog.pg_roles where rolname = current_user')" = t ] ||
  fail 'the DSN must be that of a superuser: row security binds everybody else, and data is loaded'
[ "$(query 'show server_encoding')" = UTF8 ] || fail 'the database must be in UTF8'

digest=$(digest)
if [ "$is_forced" = no ] &&
  [ "$(query "select to_regclass('private.deployment') is not null")" = t ] &&
  [ "$(query 'select digest from private.deployment order by id desc limit 1')" = "$digest" ]; then
  echo 'schema: up to date'
  exit 0
fi

# --- the script -----------------------------------------------------------------------------------
script=$work/deploy.sql
emit() {
  printf '%s\n' "$@" >>"$script"
}
# emit_file ROLE FILE: what a file sets for itself ends with it.
emit_file() {
  case $2 in *[\'\\]*) fail "file name with a quote: $2" ;; esac
  emit '' 'reset role;' '\set ON_ERROR_STOP on'
  [ "$1" = superuser ] || emit "set local role $1;"
  emit "\\set danvan_file '$2'" "\\i '$2'"
}

cat >"$script" <<'SQL'
set local lock_timeout = '10s';
set local statement_timeout = '15min';
set local idle_in_transaction_session_timeout = '1min';
set local search_path = pg_catalog, public;
-- One deployment at a time; the second waits, and then finds it done or refused.
select pg_catalog.pg_advisory_xact_lock(4660301) \g /dev/null
SQL
emit_file superuser sql/roles.sql
cat >>"$script" <<'SQL'
reset role;
create table if not exists private.schema_migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
);
create table if not exists private.deployment (
    id bigint generated always as identity primary key,
    digest text not null,
    has_demo boolean not null,
    deployed_at timestamptz not null default now(),
    deployed_by name not null default session_user
);
alter table private.schema_migration owner to danvan_owner;
alter table private.deployment owner to danvan_owner;
alter table private.schema_migration enable row level security, force row level security;
alter table private.deployment enable row level security, force row level security;
comment on table private.schema_migration is 'Migrations applied, with the SHA-256 of the file; written by deploy/schema.sh';
comment on table private.deployment is 'Each deployment, with one digest of all its files; written by deploy/schema.sh';

create temporary table schema_file (name text primary key, checksum text not null) on commit drop;
SQL
for file in "${migrations[@]}"; do
  emit "insert into pg_temp.schema_file values ('$(basename "$file" .sql)', '$(checksum "$file")');"
done
cat >>"$script" <<'SQL'
do $$
declare
    wrong text;
begin
    select string_agg(m.name, ', ' order by m.name) into wrong
    from private.schema_migration as m join pg_temp.schema_file as f using (name)
    where m.checksum <> f.checksum;
    if wrong is not null then
        raise exception 'migrations changed after they were applied: %', wrong
            using hint = 'A released migration is never edited: write a new one.';
    end if;
    select string_agg(m.name, ', ' order by m.name) into wrong
    from private.schema_migration as m left join pg_temp.schema_file as f using (name)
    where f.name is null;
    if wrong is not null then
        raise exception 'the database knows migrations that this checkout lacks: %', wrong
            using hint = 'Deploy the newer checkout.';
    end if;
    select string_agg(f.name, ', ' order by f.name) into wrong
    from pg_temp.schema_file as f
    where not exists (select from private.schema_migration as m where m.name = f.name)
        and f.name < (select max(m.name) from private.schema_migration as m);
    if wrong is not null then
        raise exception 'new migrations numbered before applied ones: %', wrong
            using hint = 'Migrations go forward only: give them the next numbers.';
    end if;
end;
$$;
SQL
for file in "${migrations[@]}"; do
  name=$(basename "$file" .sql)
  emit '' "select not exists (select from private.schema_migration where name = '$name') as is_new \\gset" \
    '\if :is_new' "\\echo 'schema: migration $name'"
  emit_file danvan_owner "$file"
  emit 'reset role;' \
    "insert into private.schema_migration (name, checksum) select name, checksum from pg_temp.schema_file where name = '$name';" \
    '\endif'
done
for file in "${reference[@]}"; do emit_file superuser "$file"; done
for file in "${code[@]}"; do emit_file danvan_owner "$file"; done
for file in "${data[@]}"; do emit_file superuser "$file"; done
if [ -n "$demo_tsv" ]; then
  emit '' 'reset role;' \
    'create temporary table demo_password (login text primary key, password_hash text not null) on commit drop;' \
    'copy pg_temp.demo_password from stdin;'
  cat -- "$demo_tsv" >>"$script"
  emit '\.'
  for file in "${demo[@]}"; do emit_file superuser "$file"; done
fi
emit '' 'reset role;' \
  "insert into private.deployment (digest, has_demo) values ('$digest', $([ -n "$demo_tsv" ] && echo true || echo false));"

# psql -1 wraps it all; an error anywhere ends it and rolls everything back.
if ! psql -Xq1 -v ON_ERROR_STOP=1 -d "$dsn" -f "$script" >"$work/out" 2>"$work/err"; then
  grep '^schema:' "$work/out" >&2 || true
  sed "s|^psql:$work/deploy.sql:|schema.sh: deploy script line |; s|^psql:||" "$work/err" >&2
  fail 'nothing was changed: the transaction was rolled back'
fi
cat "$work/err" >&2
grep '^schema:' "$work/out" || true
printf 'schema: deployed; %d new of %d migrations, %d code files, %d reference files, %d files of %s, %d demonstration files\n' \
  "$(grep -c '^schema: migration' "$work/out" || true)" "${#migrations[@]}" "${#code[@]}" \
  "${#reference[@]}" "${#data[@]}" "$territory" "${#demo[@]}"
query 'analyze'
