#!/usr/bin/env bash
# How 100,000 training records come in: COPY into a staging table and one validated insert, against the whole
# path of an import (upload, reading the file, check, apply), in one run on one installation.
#
#   DANVAN_URL=http://127.0.0.1:8080 DANVAN_DSN='…' DANVAN_ACCOUNTS=demo-accounts.tsv tests/perf/import.sh [ROWS]
#
# A running installation with the demonstration, its superuser's DSN and its accounts. What it makes it removes.
# Bar: not less than a third of the speed. Asserts nothing: it prints the figures.
set -euo pipefail
rows=${1:-100000}
api=$DANVAN_URL/api/v1
login=tinh.chuyenvien
work=$(mktemp -d)

sql() {
  psql -Xq -v ON_ERROR_STOP=1 -d "$DANVAN_DSN" "$@"
}

clean() {
  sql -c "delete from app.training_record where course_id in (select id from app.course where code like 'PERF-%')" \
    -c "delete from app.course where code like 'PERF-%'" -c "delete from app.staff where code like 'PERF-%'"
  rm -r "$work"
}
trap clean EXIT

arrange() {
  sql <<SQL
insert into app.staff (code, full_name, unit_id)
select 'PERF-' || n, 'Người ' || n, u.ids[1 + n % cardinality(u.ids)]
from generate_series(1, $rows / 20) as n,
    (select array_agg(u.id) as ids from app.unit as u where u.kind = 'mobilization_bloc' and u.is_active) as u;
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
select 'PERF-' || n, 'Lớp ' || n, 'mobilization_work', u.id, '2022-01-01', '2022-01-02', 'held'
from generate_series(1, 20) as n, app.unit as u where u.code = 'bdv-70';
analyze app.staff, app.course;
SQL
  {
    echo course_code,staff_code,status
    sql -Atc "copy (select c.code, s.code, 'attended' from app.course as c, app.staff as s
      where c.code like 'PERF-%' and s.code like 'PERF-%') to stdout (format csv)"
  } >"$work/rows.csv"
}

# Seconds of COPY and the insert; rolled back.
plain() {
  sql -At <<SQL
begin;
create temp table staging (course_code text, staff_code text, status text);
-- as the import: neither side pays for events of single rows
select set_config('danvan.import', 'plain', true) as without_events_of_rows \gset
select clock_timestamp() as began \gset
\copy staging from '$work/rows.csv' (format csv, header)
insert into app.training_record (course_id, staff_id, status)
select c.id, s.id, g.status
from staging as g
join app.course as c on c.code = g.course_code and c.organiser_unit_id = (select u.id from app.unit as u where u.code = 'bdv-70')
join app.staff as s on s.code = g.staff_code
where g.status in ('attended', 'absent')
    and not exists (select from app.training_record as r where r.course_id = c.id and r.staff_id = s.id);
set constraints all immediate;
select round(extract(epoch from clock_timestamp() - :'began'::timestamptz), 2);
rollback;
SQL
}

# Seconds from the first byte sent to the answer that all is written.
imported() {
  local password csrf began ended id status
  password=$(awk -F '\t' -v login=$login '$1 == login {print $2}' "$DANVAN_ACCOUNTS")
  csrf=$(jq -n --arg login $login --arg password "$password" '{$login, $password}' |
    curl -fsS -c "$work/jar" -H 'Content-Type: application/json' -d @- "$api/session" | jq -r .csrf_token)
  began=$(date +%s.%N)
  id=$(curl -fsS -b "$work/jar" -X POST -H "X-CSRF-Token: $csrf" -T "$work/rows.csv" \
    "$api/imports?kind=training_records&name=rows.csv&dry_run=false" | jq -r .id)
  while status=$(curl -fsS -b "$work/jar" "$api/imports/$id") &&
    [[ $(jq -r .status <<<"$status") =~ ^(queued|running)$ ]]; do sleep 0.2; done
  ended=$(date +%s.%N) # by this clock: finished_at is when the writing transaction began
  jq -r '"\(.status), \(.created_count) created, \(.error_count) faults"' <<<"$status" >&2
  awk -v began="$began" -v ended="$ended" 'BEGIN { printf "%.2f\n", ended - began }'
}

arrange
plain_seconds=$(plain)
import_seconds=$(imported)
awk -v rows="$rows" -v plain="$plain_seconds" -v import="$import_seconds" 'BEGIN {
  printf "%d rows: COPY and one insert %.2f s, import %.2f s; %.2f of its speed (bar 0.33)\n",
    rows, plain, import, plain / import }'
