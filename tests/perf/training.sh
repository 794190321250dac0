#!/usr/bin/env bash
# How long training coverage of a province takes, through nginx and in SQL alone: see README.md, Training.
#
#   DANVAN_URL=http://127.0.0.1:8080 DANVAN_DSN='…' DANVAN_ACCOUNTS=demo-accounts.tsv tests/perf/training.sh [REQUESTS [ROUNDS]]
#
# A running release build (deploy/run.sh) with the demonstration and training.sql loaded, its superuser's DSN and its
# accounts. Each round asks 25 times for everything, one request after the other on one connection; of five rounds
# the least median is told too, for machines that others use; so is the CPU that PostgreSQL spent on one request, which
# they touch little. Asserts nothing: it prints the figures, in ms.
set -euo pipefail
requests=${1:-25} rounds=${2:-5}
api=$DANVAN_URL/api/v1
login=tinh.chuyenvien
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

sql() {
  psql -XqAt -v ON_ERROR_STOP=1 -d "$DANVAN_DSN" "$@"
}

plan=$(sql -c "select p.id from app.plan as p where p.number = '36-KH/BDVTU'")
password=$(awk -F '\t' -v login=$login '$1 == login {print $2}' "$DANVAN_ACCOUNTS")
jq -n --arg login $login --arg password "$password" '{$login, $password}' |
  curl -fsS -c "$work/jar" -o "$work/session" -H 'Content-Type: application/json' -d @- "$api/session"

# Milliseconds of CPU of the service's connections so far (the kernel tells hundredths of a second).
cpu_spent() {
  sql -c "select 10 * sum(s.part[14]::bigint + s.part[15]::bigint) from pg_stat_activity as a
    cross join lateral (select string_to_array(pg_read_file('/proc/' || a.pid || '/stat'), ' ') as part) as s
    where a.usename = 'danvan_service'"
}

# through_nginx NAME RESOURCE QUERY: milliseconds of each request; adds to $work/NAME-cpu
through_nginx() {
  local i before name=$1
  shift
  before=$(cpu_spent)
  for i in $(seq "$requests"); do
    [ "$i" = 1 ] || echo next
    printf 'url = "%s"\noutput = "%s"\nwrite-out = "%%{time_total}\\n"\ncookie = "%s"\nfail\n' \
      "$api/$1?plan=$plan&year=2025&as_of=2025-06-01$2" "$work/body" "$work/jar"
  done | curl -sS -K - | awk '{ print $1 * 1000 }'
  echo $((($(cpu_spent) - before) / requests)) >>"$work/$name-cpu"
}

# in_sql FUNCTION ARGUMENT: the same of the function alone, as the account
in_sql() {
  {
    cat <<SQL
select s.token_hash as token from app.session as s
join app.user_account as a on a.id = s.user_id
where a.login = '$login' and s.revoked_at is null
order by s.created_at desc limit 1 \\gset
begin;
set local session authorization danvan_service;
-- as the service: the right to begin is looked at before the role is the scope's
select from (select set_config('role', 'danvan_province_write', true) as role offset 0) as r
cross join lateral private.begin_request(r.role, :'token', 'session', 'perf', null);
\\timing on
SQL
    for _ in $(seq "$requests"); do echo "select * from api.$1('$plan', 2025, null, '2025-06-01'$2) \\g /dev/null"; done
    printf '%s\n' '\timing off' 'rollback;'
  } | sql | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
}

# told NAME: median, worst and least median of the rounds in "$work/NAME.*"
told() {
  local file
  for file in "$work/$1".*; do sort -n "$file" | sed -n "$(((requests + 1) / 2))p"; done | sort -n >"$work/medians"
  cat "$work/$1".* | sort -n | awk -v name="$1" -v least="$(head -n 1 "$work/medians")" '
    { t[NR] = $1 } END { printf "%-30s median %6.1f  worst %6.1f  least median %6.1f\n", name, t[int((NR + 1) / 2)], t[NR], least }'
}

names=()
for by in level unit line position area; do names+=("coverage-$by-nginx" "coverage-$by-sql"); done
names+=(due-nginx due-sql)
for round in $(seq "$rounds"); do
  for by in level unit line position area; do
    through_nginx "coverage-$by" training-coverage "&by=$by" >"$work/coverage-$by-nginx.$round"
    in_sql training_coverage ", '$by'" >"$work/coverage-$by-sql.$round"
  done
  through_nginx due training-due '' >"$work/due-nginx.$round"
  in_sql training_due '' >"$work/due-sql.$round"
done
for name in "${names[@]}"; do told "$name"; done
for name in coverage-{level,unit,line,position,area} due; do
  awk -v name="$name" '{ sum += $1 } END { printf "%-30s CPU %6.1f\n", name "-postgresql", sum / NR }' "$work/$name-cpu"
done
