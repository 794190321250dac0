#!/usr/bin/env bash
# Faults, made on the test installation that DANVAN_TEST_URL, _SOCKET, _DSN and _ACCOUNTS name (see
# tests/api/client.h): the database goes away, workers are killed under load, the service is told to
# end with a request in hand. Leaves the installation running as it found it.
#
#   tests/fault/run.sh [NAME…]     all, or the faults named (the functions fault_NAME below)
#
# Ends with libcheck's closing line.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=../../deploy/lib.sh
. "$root/deploy/lib.sh"
: "${DANVAN_TEST_URL:?}" "${DANVAN_TEST_SOCKET:?}" "${DANVAN_TEST_DSN:?}" "${DANVAN_TEST_ACCOUNTS:?}"

url=$DANVAN_TEST_URL/api/v1
accounts=$(readlink -f "$DANVAN_TEST_ACCOUNTS")
state_enter "$(dirname "$(dirname "$(dirname "$(readlink -f "$DANVAN_TEST_SOCKET")")")")"
work=$(mktemp -d)
checks=0 failures=0
trap 'rm -rf "$work"' EXIT

check() { # TEXT COMMAND…
  checks=$((checks + 1))
  local text=$1
  shift
  if "$@"; then
    return 0
  fi
  failures=$((failures + 1))
  printf '%s: failed: %s\n' "${FUNCNAME[1]}" "$text"
}

sql() {
  psql -XqAt -d "$(cluster_dsn)" -c "$1"
}

master_pid() {
  cat run/danvan.pid
}
worker_pids() {
  local pid child
  pid=$(master_pid)
  # the job runner is no worker
  for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
    [ "$(cat "/proc/$child/comm" 2>/dev/null)" = danvan-jobs ] || printf '%s ' "$child"
  done
}

sign_in() { # LOGIN: cookie jar and CSRF token in $work
  local password
  password=$(awk -F'\t' -v login="$1" '$1 == login { print $2 }' "$accounts")
  curl -sS -c "$work/jar" -o "$work/session" -H 'Content-Type: application/json' \
    -d "{\"login\":\"$1\",\"password\":\"$password\"}" "$url/session"
  csrf=$(sed -n 's/.*"csrf_token" *: *"\([^"]*\)".*/\1/p' "$work/session")
  [ -n "$csrf" ]
}
# ask PATH [curl options]: prints the status; the body goes to $work/body, headers to $work/head
ask() {
  local path=$1
  shift
  curl -sS -b "$work/jar" -o "$work/body" -D "$work/head" -w '%{http_code}' --max-time 20 \
    -H "X-CSRF-Token: $csrf" "$@" "$url$path" || echo 000
}
answers() { # STATUS PATH [curl options]
  local wanted=$1
  shift
  [ "$(ask "$@")" = "$wanted" ]
}
is_problem() { # SLUG: the last answer was this problem+json
  grep -qi '^content-type: application/problem+json' "$work/head" && grep -qF "\"/errors/$1\"" "$work/body"
}
seconds_since() {
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { print to - from }'
}
less_than() {
  awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'
}

# The database goes away and comes back: said plainly meanwhile, and healed without a restart.
fault_database_away() {
  local pids from
  pids=$(worker_pids)
  cluster_stop
  check 'health answers without a database' answers 200 /health
  check 'ready says no' answers 503 /ready
  check 'ready is problem+json' is_problem unavailable
  from=$EPOCHREALTIME
  check 'a list is 503' answers 503 '/documents?limit=1'
  check 'the list is problem+json' is_problem unavailable
  check 'it says when to come back' grep -qi '^retry-after: [0-9]' "$work/head"
  check 'and within 5 s' less_than "$(seconds_since "$from")" 5
  check 'a sign-in is 503' answers 503 /session -H 'Content-Type: application/json' -d '{"login":"tinh.xem","password":"x"}'
  check 'no word of PostgreSQL' eval '! grep -qiE "postgres|connect|socket|libpq" "$work/body"'
  cluster_start
  from=$EPOCHREALTIME
  check 'ready again' wait_until 10 answers 200 /ready
  check 'a list again' wait_until 10 answers 200 '/documents?limit=1'
  check 'within 5 s' less_than "$(seconds_since "$from")" 5
  check 'by the same workers' test "$(worker_pids)" = "$pids"
}

# Every backend is ended: the next request of each worker must not show it.
fault_backends_ended() {
  local i
  sql "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'danvan_service'" >/dev/null
  for i in $(seq 1 "$(worker_pids | wc -w)"); do
    check "read $i" answers 200 '/documents?limit=1'
  done
}

lock_is_held() {
  [ "$(sql "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted
    and relation = 'app.document'::regclass")" = 1 ]
}

# A statement waits for a lock longer than it may: a clear 503 in time, and the worker lives on.
fault_lock_held() {
  local pids from holder
  pids=$(worker_pids)
  psql -Xq -d "$(cluster_dsn)" -c 'begin; lock table app.document in access exclusive mode; select pg_sleep(9)' >/dev/null &
  holder=$!
  check 'the lock is held' wait_until 5 lock_is_held
  from=$EPOCHREALTIME
  check 'the waiting request is 503' answers 503 '/documents?limit=1'
  check 'told by the service' eval 'is_problem timeout || is_problem unavailable'
  check 'before nginx gives up' less_than "$(seconds_since "$from")" 12
  check 'others are served meanwhile' answers 200 '/levels'
  wait "$holder" || true
  check 'and afterwards' answers 200 '/documents?limit=1'
  check 'no worker died' test "$(worker_pids)" = "$pids"
}

# TERM while a request is in hand: it is finished, then the service ends, and nginx says so.
fault_term_drains() {
  local binary holder slow master
  master=$(master_pid)
  binary=./$(realpath --relative-to=. "/proc/$master/exe")
  psql -Xq -d "$(cluster_dsn)" -c 'begin; lock table app.document in access exclusive mode; select pg_sleep(2)' >/dev/null &
  holder=$!
  wait_until 5 lock_is_held || true
  (curl -sS -b "$work/jar" -o /dev/null -w '%{http_code}' "$url/documents?limit=1" >"$work/slow") &
  slow=$!
  sleep 0.5
  kill -TERM "$master"
  wait "$slow" || true
  check 'the request in hand was answered' test "$(cat "$work/slow")" = 200
  check 'the service ended' wait_until 10 eval "! kill -0 $master 2>/dev/null || grep -q '^State:.Z' /proc/$master/status"
  wait "$holder" || true
  check 'nginx says 503' answers 503 /health
  check 'as problem+json' is_problem unavailable
  rm -f run/danvan.pid
  service_start "$binary"
  check 'back after a start' wait_until 10 answers 200 '/documents?limit=1'
}

ticks() {
  sql 'select count(*) from public.tick_slowly'
}
# Reorganisations take longer than any request may: the service waits for them all the same, and the
# rest of the maintenance comes after them. (PostgreSQL goes on with what nobody waits for, so that
# the rows alone would not tell.)
fault_slow_tick() {
  local binary lines
  binary=./$(realpath --relative-to=. "/proc/$(master_pid)/exe")
  sql "create table public.tick_slowly (done integer);
    alter function private.reorganisation_tick() rename to reorganisation_tick_itself;
    create function private.reorganisation_tick() returns integer language plpgsql security definer set search_path = '' as \$\$
      declare done constant integer := private.reorganisation_tick_itself();
      begin
        perform pg_sleep(3);
        insert into public.tick_slowly values (done);
        return done;
      end \$\$;
    grant execute on function private.reorganisation_tick() to danvan_service"
  sql "insert into private.login_throttle (key, failure_count, last_failure_at) values ('old', 1, now() - interval '2 days')"
  service_stop
  lines=$(wc -l <log/danvan.log)
  (
    export DANVAN_LOCK_TIMEOUT_MS=500 DANVAN_STATEMENT_TIMEOUT_MS=1000 DANVAN_REQUEST_DEADLINE_MS=1500 DANVAN_MAINTENANCE_S=2
    service_start "$binary"
  )
  wait_until 10 answers 200 /ready || true
  check 'a tick of 3 s goes through' wait_until 20 eval '[ "$(ticks)" -gt 0 ]'
  check 'what is due afterwards is done' wait_until 10 eval "[ \"\$(sql \"select count(*) from private.login_throttle where key = 'old'\")\" = 0 ]"
  check 'and was waited for' eval "! tail -n +$((lines + 1)) log/danvan.log | grep -q event=reorganisation_failed"
  service_stop
  sql "drop function private.reorganisation_tick();
    alter function private.reorganisation_tick_itself() rename to reorganisation_tick;
    drop table public.tick_slowly"
  service_start "$binary"
}

newest_import() {
  sql "select concat_ws(' ', j.status, j.problem) from app.import_job as j order by j.created_at desc limit 1"
}
# Reading a file takes longer than an import may: it is given up, and says so.
fault_slow_import() {
  local binary
  binary=./$(realpath --relative-to=. "/proc/$(master_pid)/exe")
  # ten inserts a batch of rows, 0.3 s each; the file has eight batches
  sql "create function public.put_slowly() returns trigger language plpgsql as \$\$ begin perform pg_sleep(0.3); return null; end \$\$;
    create trigger put_slowly after insert on private.import_row for each statement execute function public.put_slowly()"
  service_stop
  (
    export DANVAN_IMPORT_DEADLINE_MS=10000
    service_start "$binary"
  )
  wait_until 10 answers 200 /ready || true
  awk 'BEGIN { print "unit_code,year,scale,grade,rated_on,note"; while (n++ < 4000) print "x,2003,five_grades,good,," }' >"$work/rows.csv"
  check 'the file is taken' answers 202 '/imports?kind=ratings&name=rows.csv' -X POST -H 'Content-Type: text/csv' --data-binary "@$work/rows.csv"
  check 'reading it is given up' wait_until 25 eval '[ "$(newest_import)" = "failed took_too_long" ]'
  check 'soon after the 10 s' less_than "$(sql "select extract(epoch from finished_at - started_at)
    from app.import_job order by created_at desc limit 1")" 16
  check 'and no row of it stays' test "$(sql 'select count(*) from private.import_row')" = 0
  service_stop
  sql 'drop function public.put_slowly() cascade'
  service_start "$binary"
}

# Workers are killed at once after they start: the master neither spins nor gives up.
fault_crash_loop() {
  local until_at born=0 pid seen=' '
  until_at=$((SECONDS + 5))
  while [ $SECONDS -lt $until_at ]; do
    for pid in $(worker_pids); do
      case $seen in *" $pid "*) ;; *) born=$((born + 1)) seen="$seen$pid " ;; esac
      kill -KILL "$pid" 2>/dev/null || true
    done
    sleep 0.02
  done
  say "crash_loop: $born workers in 5 s"
  check "backs off ($born workers in 5 s)" test "$born" -lt 200
  check 'recovers by itself' wait_until 30 answers 200 '/documents?limit=1'
  check 'the master is the same' service_is_running
}

# Writes under killing: what was acknowledged is there once, and nothing twice. A worker is killed
# every half second for 15 s; the writer repeats each request under its key until it is answered, as
# the outcome of a lost answer is unknown.
fault_killed_under_load() {
  local stamp writer pid until_at kills=0 missing doubled acknowledged
  stamp=$(date +%s%N)
  : >"$work/ledger"
  touch "$work/go_on"
  (
    n=0
    while [ -e "$work/go_on" ] && [ $n -lt 3000 ]; do
      n=$((n + 1))
      subject="Sổ cái $stamp-$n"
      for _ in 1 2 3 4 5 6 7 8; do
        code=$(curl -sS -b "$work/jar" -o /dev/null -w '%{http_code}' --max-time 10 -H "X-CSRF-Token: $csrf" \
          -H 'Content-Type: application/json' -H "Idempotency-Key: $stamp-$n" \
          -d "{\"kind\":\"plan\",\"issuer\":\"Ban Dân vận\",\"subject\":\"$subject\"}" "$url/documents" 2>/dev/null || true)
        case $code in 201) echo "$subject" >>"$work/ledger" && break ;; esac
        sleep 0.1
      done
    done
  ) &
  writer=$!
  until_at=$((SECONDS + 15))
  while [ $SECONDS -lt $until_at ]; do
    for pid in $(worker_pids); do
      kill -KILL "$pid" 2>/dev/null && kills=$((kills + 1))
      break
    done
    sleep 0.5
  done
  rm "$work/go_on"
  wait "$writer" || true
  acknowledged=$(wc -l <"$work/ledger")
  sql "select subject from app.document where subject like 'Sổ cái $stamp-%'" >"$work/kept"
  missing=$(sort "$work/ledger" | comm -23 - <(sort "$work/kept") | wc -l)
  doubled=$(sort "$work/kept" | uniq -d | wc -l)
  say "killed_under_load: $kills kills, $acknowledged acknowledged, $missing missing, $doubled doubled"
  check 'writes went on' test "$acknowledged" -ge 10
  check 'none missing' test "$missing" -eq 0
  check 'none doubled' test "$doubled" -eq 0
  check 'all workers are back' wait_until 30 answers 200 '/documents?limit=1'
}

all=(backends_ended database_away lock_held slow_tick slow_import term_drains killed_under_load crash_loop)
[ $# -gt 0 ] || set -- "${all[@]}"
sign_in dongxoai.chuyenvien || fail 'the service does not let the test in'
for name in "$@"; do
  "fault_$name"
  # A fault may have lasted longer than what follows it can bear.
  wait_until 30 answers 200 /ready || fail "the installation did not come back after $name"
done

passed=$((checks - failures))
printf '%d%%: Checks: %d, Failures: %d, Errors: 0\n' $((100 * passed / checks)) "$checks" "$failures"
[ "$failures" -eq 0 ]
