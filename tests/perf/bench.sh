#!/usr/bin/env bash
# Speed, as ratios from one run on one machine (README.md here tells what is measured and how).
#
#   tests/perf/bench.sh
#
#   WORKERS   worker processes, and connections of either side (16)
#   SECONDS_EACH  length of one measurement (6)
#   ROUNDS    how often A and B are measured in turn; medians are reported (5)
#   NATIONAL  scale of the national volume: 1 is 5 million assignments, 0 leaves that part out (1)
#   BENCH_VAR folder of all state (var/bench); its cluster is made anew, the build is kept
#   BENCH_PORT port on 127.0.0.1 (18099)
#
# Asserts nothing: it prints figures and bars, and writes them to $BENCH_VAR/report.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=deploy/lib.sh
. "$here/../../deploy/lib.sh"
umask 022
unset "${!PG@}" # a PGPORT of the caller would move the cluster

workers=${WORKERS:-16} seconds=${SECONDS_EACH:-6} rounds=${ROUNDS:-5} national=${NATIONAL:-1}
port=${BENCH_PORT:-18099}
origin=http://127.0.0.1:$port
# Mid-plan: some of it late, some done, much still to come.
today=2023-06-30

for program in wrk pgbench psql curl nginx cmake; do
  command -v $program >/dev/null || fail "$program is missing"
done

state_enter "${BENCH_VAR:-$danvan_root/var/bench}"
exec 9>run/lock
flock -n 9 || fail "another bench works on $state"
# shellcheck disable=SC2317
stop_all() {
  nginx_stop
  service_stop
  cluster_stop
}
trap stop_all EXIT
stop_all

superuser_psql() {
  psql -Xq -v ON_ERROR_STOP=1 -d "$(cluster_dsn)" "$@"
}

# --- an installation of its own ------------------------------------------------------------------------
say "building and deploying in $state"
if ! { cmake -S "$danvan_root" -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF &&
  cmake --build build; } >log/build.log 2>&1; then
  tail -n 40 log/build.log >&2
  fail "the build failed"
fi
binary=build/app/danvan
rm -rf pg demo-accounts.tsv demo-hashes.tsv log/postgresql*
# The log that the statements are taken from; the service's connections alone write it, on demand.
cluster_make 'logging_collector = on' "log_directory = '../log-sql'" "log_filename = 'statements.log'" \
  'log_destination = csvlog' 'shared_buffers = 1GB' 'maintenance_work_mem = 512MB' 'max_wal_size = 4GB'
mkdir -p log-sql && give "$database_user" log-sql
rm -f log-sql/*
cluster_start
demo_passwords "./$binary"
"$danvan_root/deploy/schema.sh" "$(cluster_dsn)" --demo demo-hashes.tsv >log/schema.log
demo_accounts "$(cluster_dsn)"
# pgbench prepares before it switches roles; the service after. Rights are checked at execution.
superuser_psql -c 'grant usage on schema api, app to danvan_service' \
  -c "update private.installation set fixed_today = '$today'" -c 'vacuum analyze'
service_configure "workers = $workers"
service_start "./$binary"
nginx_configure "$port"
nginx_start
wait_until 30 is_ready "$port" || fail "$origin does not answer; see $state/log"

# --- one user: cookie and csrf token in cookie, csrf ------------------------------------------------------
sign_in() { # LOGIN
  local password body
  password=$(awk -F '\t' -v login="$1" '$1 == login {print $2}' demo-accounts.tsv)
  body=$(curl -fsS -c cookies.txt -H 'Content-Type: application/json' \
    -d "{\"login\":\"$1\",\"password\":\"$password\"}" "$origin/api/v1/session")
  csrf=$(sed -n 's/.*"csrf_token": *"\([^"]*\)".*/\1/p' <<<"$body")
  cookie=$(awk '/danvan_session/ {print $6 "=" $7}' cookies.txt)
}

# --- exactly its statements -------------------------------------------------------------------------------
# capture SCRIPT CURL-ARGUMENT…: the statements of one request as a pgbench script. A second request
# of the same kind is logged, so that no PREPARE is among them; which worker gets it is left to chance.
capture() {
  local script=$1 before
  shift
  for _ in $(seq $((workers * 4))); do curl -fsS -o /dev/null "$@"; done
  superuser_psql -c "alter system set log_statement = 'all'" \
    -c 'alter system set log_parameter_max_length = -1' -c 'select pg_reload_conf()' >/dev/null
  sleep 1
  before=$(wc -c <log-sql/statements.csv)
  curl -fsS -o answer.json "$@"
  sleep 0.3
  superuser_psql -c 'alter system reset all' -c 'select pg_reload_conf()' >/dev/null
  tail -c +$((before + 1)) log-sql/statements.csv |
    superuser_psql -v script="$state/$script" -f "$here/statements.sql" >/dev/null
}

# --- the two sides ----------------------------------------------------------------------------------------
# Each prints: rate p50_us p99_us refused
run_wrk() { # CONNECTIONS THREADS SCRIPT URL
  wrk -c "$1" -t "$2" -d "${seconds}s" --timeout 10s -s "$here/$3" "$4" |
    awk '/^rate/ {print $2, $4, $6, $8}'
}

# pgbench's connections are new each time and spend their first second on planning: it runs two
# seconds longer, and only what ends after those is counted, from its own log.
run_pgbench() { # CONNECTIONS SCRIPT
  rm -f pgbench-log.*
  mapfile -t arguments < <(grep . "$2.args" | sed 's/^/-D/')
  pgbench -n -M prepared -c "$1" -j "$(($1 < 2 ? 1 : 2))" -T "$((seconds + 2))" -l --log-prefix=pgbench-log \
    -f "$2" "${arguments[@]}" "$(cluster_dsn | sed 's/user=postgres/user=danvan_service/')" \
    >pgbench.out 2>pgbench.err || { tail -n 20 pgbench.err >&2 && fail "pgbench failed"; }
  # client, transaction, latency in µs, script, time of the end in s and µs
  cat pgbench-log.* | awk '{printf "%.6f %d\n", $5 + $6 / 1e6 - $3 / 1e6, $3}' | sort -n |
    awk 'NR == 1 {from = $1 + 2} $1 + $2 / 1e6 >= from {print $2; n++; if ($1 + $2 / 1e6 > to) to = $1 + $2 / 1e6}
      END {printf "rate %.1f\n", n / (to - from)}' | sort -n |
    awk '/^rate/ {rate = $2; next} {v[++n] = $1} END {print rate, v[int(n * 0.5) + 1], v[int(n * 0.99) + 1], 0}'
}

# What a request costs each of the three, in µs of processor time: a figure that other work on the
# machine does not spoil.
family() { # PID_FILE
  local root
  read -r root <"$1"
  say "$root"
  pgrep -P "$root" || true
}
cpu_ticks() { # PID_FILE: of the process and its children
  family "$1" | sed 's|.*|/proc/&/stat|' | xargs cat 2>/dev/null | awk '{s += $14 + $15} END {print s}'
}
cpu_cost() { # COMMAND…: runs a measurement and tells what each request of it cost
  local line before after
  before="$(cpu_ticks run/nginx.pid) $(cpu_ticks run/danvan.pid) $(cpu_ticks pg/postmaster.pid)"
  line=$("$@")
  after="$(cpu_ticks run/nginx.pid) $(cpu_ticks run/danvan.pid) $(cpu_ticks pg/postmaster.pid)"
  awk -v n="$(cut -d' ' -f1 <<<"$line")" -v s="$seconds" -v tick="$(getconf CLK_TCK)" \
    -v a="$before" -v b="$after" 'BEGIN {split(a, x); split(b, y); for (i = 1; i <= 3; i++) c[i] = (y[i] - x[i]) * 1e6 / tick / (n * s)
      printf "nginx %.0f µs, service %.0f µs, PostgreSQL %.0f µs\n", c[1], c[2], c[3]}'
}

median() { # COLUMN FILE
  awk -v c="$1" '{print $c}' "$2" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

report=report.md
{
  say "# Speed, $(date +%F)" ''
  say "$(nproc) cores, $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), all on one machine; $workers workers, $rounds rounds of $seconds s; medians." ''
} >$report
row() {
  printf '| %s | %s | %s | %s | %s | %s |\n' "$@" | tee -a $report
}
compare() { # NAME BAR: from a.txt (service) and b.txt (pgbench)
  local a b
  a=$(median 1 a.txt) b=$(median 1 b.txt)
  row "$1" "$a/s, p50 $(median 2 a.txt) µs, p99 $(median 3 a.txt) µs" \
    "$b/s, p50 $(median 2 b.txt) µs, p99 $(median 3 b.txt) µs" \
    "$(awk '{s += $4} END {print s}' a.txt)" \
    "$(paste a.txt b.txt | awk '{print $1 / $5}' | sort -n | awk '{v[NR] = $1} END {printf "%.2f", v[int((NR + 1) / 2)]}')" "$2"
}
header() {
  say '' | tee -a $report
  row "$@"
  row --- --- --- --- --- ---
}

# --- a: the list; b: one progress write ------------------------------------------------------------------
say "list"
sign_in tinh.chuyenvien
list_url="$origin/api/v1/assignments?sort=due_on&limit=20"
capture list.pgb -H "Cookie: $cookie" "$list_url"
export BENCH_COOKIE=$cookie BENCH_CSRF=$csrf BENCH_RUN BENCH_IDS=$state/ids.txt
list_size=$(wc -c <answer.json)
run_wrk "$workers" 2 list.lua "$list_url" >/dev/null # warm
list_cost=$(cpu_cost run_wrk "$workers" 2 list.lua "$list_url")
: >list-a.txt && : >list-b.txt
for _ in $(seq "$rounds"); do
  run_wrk "$workers" 2 list.lua "$list_url" >>list-a.txt
  run_pgbench "$workers" list.pgb >>list-b.txt
done

say "progress"
# Assignments that this officer's unit leads and may report on, one for each connection of each side.
superuser_psql -At -F ' ' -c "
  select a.id, a.version from app.assignment as a
  join app.membership as m on m.unit_id = a.lead_unit_id
  join app.user_account as u on u.id = m.user_id
  where u.login = 'tinh.chuyenvien' and a.status in ('not_started', 'in_progress')
  order by a.id limit $((2 * workers + 1))" >all-ids.txt
[ "$(wc -l <all-ids.txt)" -gt "$((2 * workers))" ] || fail 'too few assignments to report on'
read -r write_id _ <all-ids.txt
progress_version() {
  superuser_psql -At -c "select version from app.assignment where id = '$write_id'"
}
# The captured request, again and again with the version of the moment.
write_args=(-X POST -H "Cookie: $cookie" -H "X-CSRF-Token: $csrf" -H 'Content-Type: application/json')
write_once() { # KEY PROGRESS
  curl -fsS -o answer.json "${write_args[@]}" -H "If-Match: \"$(progress_version)\"" -H "Idempotency-Key: $1" \
    -d "{\"status\":\"in_progress\",\"progress\":$2,\"note\":\"Đã thực hiện theo kế hoạch.\"}" \
    "$origin/api/v1/assignments/$write_id/progress"
}
capture_write() { # SCRIPT
  local i before
  for i in $(seq $((workers * 4))); do write_once "warm-$RANDOM-$i" $((40 + i % 2 * 20)); done
  superuser_psql -c "alter system set log_statement = 'all'" \
    -c 'alter system set log_parameter_max_length = -1' -c 'select pg_reload_conf()' >/dev/null
  sleep 1
  before=$(wc -c <log-sql/statements.csv)
  write_once bench-capture 60
  sleep 0.3
  superuser_psql -c 'alter system reset all' -c 'select pg_reload_conf()' >/dev/null
  tail -c +$((before + 1)) log-sql/statements.csv |
    superuser_psql -v script="$state/$1" -f "$here/statements.sql" >/dev/null
}
capture_write write-one.pgb
# Each pgbench client owns an assignment, as each wrk thread does, and counts its version itself. Its
# script is the captured one twice, reporting 40 and 60 in turn: else nothing would change.
variable_of() { # VALUE: the variables that carried it
  sed -n "s/^\(s[0-9]*p[0-9]*\)=$1\$/\1/p" write-one.pgb.args
}
superuser_psql -c 'create table if not exists public.bench_own (client int primary key, id uuid, version int)' \
  -c 'grant select on public.bench_own to danvan_service'
tail -n +$((workers + 2)) all-ids.txt | awk '{print NR - 1 "\t" $1 "\t" $2}' |
  superuser_psql -c 'copy public.bench_own from stdin'
version_sent=$(($(progress_version) - 1))
make_write_script() {
  local v script
  script=$(cat write-one.pgb)
  for v in $(variable_of "$write_id"); do script=${script//":$v;"/":own_id;"}; script=$(sed -E "s/:$v([^0-9]|\$)/:own_id\1/g" <<<"$script"); done
  for v in $(variable_of "$version_sent"); do script=$(sed -E "s/:$v([^0-9]|\$)/:own_version\1/g" <<<"$script"); done
  for v in $(variable_of bench-capture); do script=$(sed -E "s/:$v([^0-9]|\$)/:own_key\1/g" <<<"$script"); done
  cat <<'SCRIPT'
\if :is_new
select id as own_id, version as own_version from public.bench_own where client = :client_id \gset
\set is_new 0
\endif
\set own_key random(1, 9000000000000000000)
\if :own_version % 2 = 0
SCRIPT
  printf '%s\n' "$script" '\else'
  # the same with the other figure
  say "$script" | sed -E "$(sed -n 's/^\(s[0-9]*p[0-9]*\)=\(.*"progress": *60.*\)$/s,:\1([^0-9]|$),:other\1\\1,g/p' write-one.pgb.args | paste -sd ';')"
  printf '%s\n' '\endif' '\set own_version :own_version + 1'
}
make_write_script >write.pgb
{
  cat write-one.pgb.args
  sed -n 's/^\(s[0-9]*p[0-9]*\)=\(.*"progress": *\)60\(.*\)$/other\1=\240\3/p' write-one.pgb.args
  say is_new=1
} >write.pgb.args
: >write-a.txt && : >write-b.txt
prepare_write() { # what either side left the versions at
  superuser_psql -At -F ' ' -c "select id, version from app.assignment where id in ($(
    sed -n "2,$((workers + 1))p" all-ids.txt | sed "s/ .*//; s/.*/'&'/" | paste -sd,)) order by id" >ids.txt
  superuser_psql -c 'update public.bench_own as o set version = a.version from app.assignment as a where a.id = o.id'
}
prepare_write
write_cost=$(BENCH_RUN=c-$RANDOM cpu_cost run_wrk "$workers" "$workers" progress.lua "$origin")
for round in $(seq "$rounds"); do
  prepare_write
  BENCH_RUN=r$round-$RANDOM run_wrk "$workers" "$workers" progress.lua "$origin" >>write-a.txt
  run_pgbench "$workers" write.pgb >>write-b.txt
done

header measured service 'pgbench, same SQL' refused ratio bar
cp list-a.txt a.txt && cp list-b.txt b.txt
compare "list of 20 ($list_size bytes)" '>= 0.60'
cp write-a.txt a.txt && cp write-b.txt b.txt
compare 'progress write' '>= 0.60'

say '' "A list costs: $list_cost." "A progress write costs: $write_cost." | tee -a $report

# --- memory -----------------------------------------------------------------------------------------------
{
  say ''
  for pid in $(family run/danvan.pid); do cat "/proc/$pid/smaps_rollup"; done |
    awk -v n="$(family run/danvan.pid | wc -l)" '/^Rss/ {r += $2} /^Pss:/ {p += $2}
      END {printf "Memory of the service (%d processes): PSS %.1f MB, RSS %.1f MB; goal: PSS < 40 MB\n", n, p / 1024, r / 1024}'
} | tee -a $report

# --- plan 36 alone against national volume -----------------------------------------------------------------
users=(tanphu.chuyenvien dongxoai.chuyenvien tinh.chuyenvien phunu.tinh.chuyenvien)
measure_users() { # PREFIX: one connection, through nginx and in SQL alone
  local login
  for login in "${users[@]}"; do
    sign_in "$login"
    export BENCH_COOKIE=$cookie
    capture "$1-$login.pgb" -H "Cookie: $cookie" "$list_url"
    : >"$1-$login-http.txt" && : >"$1-$login-sql.txt"
    for _ in 1 2 3; do
      run_wrk 1 1 list.lua "$list_url" >>"$1-$login-http.txt"
      run_pgbench 1 "$1-$login.pgb" >>"$1-$login-sql.txt"
    done
  done
}
if [ "$national" != 0 ]; then
  seconds=$((seconds < 4 ? seconds : 4))
  say '' "plan 36 alone"
  measure_users alone
  say "loading national volume, scale $national"
  service_stop
  PGHOST=/proc/$$/cwd/run/postgresql PGPORT=5432 PGUSER=postgres PGDATABASE=danvan SCALE=$national \
    "$here/load_national.sh" | tee log/national.log
  superuser_psql -c checkpoint
  service_start "./$binary"
  wait_until 30 is_ready "$port"
  measure_users national
  header 'list of 20, p50 µs' 'plan 36 alone: http' 'sql' "national: http" 'sql' 'ratio http, sql (bar <= 2)'
  for login in "${users[@]}"; do
    a=$(median 2 "alone-$login-http.txt") b=$(median 2 "alone-$login-sql.txt")
    c=$(median 2 "national-$login-http.txt") d=$(median 2 "national-$login-sql.txt")
    row "$login" "$a" "$b" "$c" "$d" "$(awk -v a="$a" -v b="$b" -v c="$c" -v d="$d" 'BEGIN {printf "%.2f, %.2f", c / a, d / b}')"
  done
  header 'counts, national, p50 µs' http bar '' '' ''
  sign_in tinh.chuyenvien
  export BENCH_COOKIE=$cookie
  for path in assignment-totals 'assignments?overdue=true' 'assignments?status=in_progress' 'assignments?relation=lead'; do
    run_wrk 1 1 list.lua "$origin/api/v1/$path" >one.txt
    row "$path, province" "$(cut -d' ' -f2 one.txt)" "$([ $path = assignment-totals ] && echo '< 20000')" "refused $(cut -d' ' -f4 one.txt)" '' ''
  done
fi
say '' "report: $state/$report"
