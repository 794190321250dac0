#!/usr/bin/env bash
# Speed, as ratios from one run on one machine (README.md here tells what is measured and how).
#
#   tests/perf/bench.sh
#
#   WORKERS       worker processes, and connections of either side (16)
#   SECONDS_EACH  length of one measurement (6)
#   ROUNDS        how often the two sides are measured in turn; medians are reported (5)
#   NATIONAL      scale of the national volume: 1 is 5 million assignments, 0 leaves that part out (1)
#   BENCH_VAR     folder of all state (var/bench); its cluster is made anew, the build is kept
#   BENCH_PORT    port on 127.0.0.1, and the next one (18099)
#
# Asserts nothing: it prints figures beside their bars, and writes them to $BENCH_VAR/report.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=../../deploy/lib.sh
. "$here/../../deploy/lib.sh"
umask 022
unset "${!PG@}" # a PGPORT of the caller would move the cluster

workers=${WORKERS:-16} seconds=${SECONDS_EACH:-6} rounds=${ROUNDS:-5} national=${NATIONAL:-1}
port=${BENCH_PORT:-18099}
origin=http://127.0.0.1:$port
report=report.md
binary=build/app/danvan
today=2023-06-30 # the middle of the plan: some of it late, some done, much still to come
users=(tanphu.chuyenvien dongxoai.chuyenvien tinh.chuyenvien phunu.tinh.chuyenvien)

superuser_psql() {
  psql -Xq -v ON_ERROR_STOP=1 -d "$(cluster_dsn)" "$@"
}

# --- an installation of its own ---------------------------------------------------------------------
build() {
  say "building and deploying in $state"
  if ! { cmake -S "$danvan_root" -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF &&
    cmake --build build; } >log/build.log 2>&1; then
    tail -n 40 log/build.log >&2
    fail 'the build failed'
  fi
}

install_all() {
  rm -rf pg log-sql demo-accounts.tsv demo-hashes.tsv
  mkdir -p log-sql && give "$database_user" log-sql
  # The csv log is where the service's statements are taken from.
  cluster_make 'logging_collector = on' "log_directory = '../log-sql'" "log_filename = 'statements.log'" \
    'log_destination = csvlog' 'shared_buffers = 1GB' 'maintenance_work_mem = 512MB' 'max_wal_size = 4GB'
  cluster_start
  demo_passwords "./$binary"
  "$danvan_root/deploy/schema.sh" "$(cluster_dsn)" --demo demo-hashes.tsv >log/schema.log
  demo_accounts "$(cluster_dsn)"
  # pgbench prepares before it switches roles, the service after: hence these two grants. Rights on
  # what is in the schemas are checked at execution, for both.
  superuser_psql -c 'grant usage on schema api, app to danvan_service' \
    -c "update private.installation set fixed_today = '$today'" -c 'vacuum analyze'
  service_configure "workers = $workers"
  service_start "./$binary"
  nginx_configure "$port"
  nginx_start
  wait_until 30 is_ready "$port" || fail "$origin does not answer; see $state/log"
}

stop_all() {
  stop_process run/nginx-national.pid "$state" QUIT 15
  stop_process run/national.pid "$state" TERM 15
  nginx_stop
  service_stop
  cluster_stop
}

# sign_in LOGIN: sets csrf and cookie. Once for each login: its session is copied with the database.
declare -A known_cookie known_csrf
sign_in() {
  local password body
  if [ -z "${known_cookie[$1]:-}" ]; then
    password=$(awk -F '\t' -v login="$1" '$1 == login {print $2}' demo-accounts.tsv)
    body=$(curl -fsS -c cookies.txt -H 'Content-Type: application/json' \
      -d "{\"login\":\"$1\",\"password\":\"$password\"}" "$origin/api/v1/session")
    known_csrf[$1]=$(sed -n 's/.*"csrf_token": *"\([^"]*\)".*/\1/p' <<<"$body")
    known_cookie[$1]=$(awk '/danvan_session/ {print $6 "=" $7}' cookies.txt)
  fi
  csrf=${known_csrf[$1]} cookie=${known_cookie[$1]}
  export BENCH_COOKIE=$cookie BENCH_CSRF=$csrf
}

# --- exactly the service's statements -------------------------------------------------------------------
set_logging() { # on | off
  if [ "$1" = on ]; then
    superuser_psql -c "alter system set log_statement = 'all'" -c 'alter system set log_parameter_max_length = -1'
  else
    superuser_psql -c 'alter system reset log_statement' -c 'alter system reset log_parameter_max_length'
  fi
  superuser_psql -c 'select pg_reload_conf()' >/dev/null
  sleep 0.5
}

# capture SCRIPT COMMAND…: what one run of the command makes the service send, as a pgbench script.
# The command was run before, often enough for every worker: so nothing is prepared in it.
capture() {
  local script=$1 before
  shift
  set_logging on
  before=$(wc -c <log-sql/statements.csv)
  "$@"
  sleep 0.5
  set_logging off
  tail -c +$((before + 1)) log-sql/statements.csv |
    superuser_psql -v script="$state/$script" -f "$here/statements.sql" >/dev/null
}

get_list() {
  curl -fsS -o answer.json -H "Cookie: $cookie" "$list_url"
}

# --- the two sides; each prints: rate p50_us p99_us refused ---------------------------------------------
run_wrk() { # CONNECTIONS THREADS SCRIPT URL
  wrk -c "$1" -t "$2" -d "${seconds}s" --timeout 10s -s "$here/$3" "$4" |
    awk '/^rate/ {print $2, $4, $6, $8}'
}

# pgbench's connections are new each time and spend their first second on planning, which the
# service's workers have behind them: it runs two seconds longer, and only what begins after those is
# counted, from its own log.
run_pgbench() { # CONNECTIONS SCRIPT [DATABASE]
  local dsn arguments
  dsn=$(cluster_dsn "${3:-danvan}" | sed 's/user=postgres/user=danvan_service/')
  mapfile -t arguments < <(grep . "$2.args" | sed 's/^/-D/')
  rm -f pgbench-log.*
  pgbench -n -M prepared -c "$1" -j "$(($1 < 2 ? 1 : 2))" -T "$((seconds + 2))" -l --log-prefix=pgbench-log \
    -f "$2" "${arguments[@]}" "$dsn" >pgbench.out 2>pgbench.err || { tail -n 20 pgbench.err >&2 && fail 'pgbench failed'; }
  # client, transaction, latency in µs, script, time of the end in s and µs
  cat pgbench-log.* | awk '{printf "%.6f %d\n", $5 + $6 / 1e6 - $3 / 1e6, $3}' | sort -n |
    awk 'NR == 1 {from = $1 + 2}
      $1 >= from {print $2; n++; if ($1 + $2 / 1e6 > to) to = $1 + $2 / 1e6}
      END {printf "rate %.1f\n", n / (to - from)}' | sort -n |
    awk '/^rate/ {rate = $2; next} {v[++n] = $1} END {print rate, v[int(n * 0.5) + 1], v[int(n * 0.99) + 1], 0}'
}

# --- what a request costs each of the three, in µs of processor time ---------------------------------------
family() { # PID_FILE: the process and its children
  local root
  read -r root <"$1"
  say "$root"
  pgrep -P "$root" || true
}
cpu_ticks() {
  local file
  for file in run/nginx.pid run/danvan.pid pg/postmaster.pid; do
    family $file | sed 's|.*|/proc/&/stat|' | xargs cat 2>/dev/null | awk '{s += $14 + $15} END {printf "%d ", s}'
  done
}
cpu_cost() { # COMMAND…: a measurement
  local line before
  before=$(cpu_ticks)
  line=$("$@")
  awk -v n="$(cut -d' ' -f1 <<<"$line")" -v s="$seconds" -v tick="$(getconf CLK_TCK)" \
    -v a="$before" -v b="$(cpu_ticks)" 'BEGIN {
      split(a, x, " "); split(b, y, " ")
      for (i = 1; i <= 3; i++) c[i] = (y[i] - x[i]) * 1e6 / tick / (n * s)
      printf "nginx %.0f µs, service %.0f µs, PostgreSQL %.0f µs", c[1], c[2], c[3]}'
}

# --- the report ---------------------------------------------------------------------------------------------
tell() {
  printf '%s\n' "$*" | tee -a $report
}
median() { # COLUMN FILE
  awk -v c="$1" '{print $c}' "$2" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}
median_ratio() { # FILE FILE: of column 1, round by round
  paste "$1" "$2" | awk '{print $1 / $5}' | sort -n | awk '{v[NR] = $1} END {printf "%.2f", v[int((NR + 1) / 2)]}'
}
compare() { # NAME A-FILE B-FILE
  tell "| $1 | $(median 1 "$2")/s, p50 $(median 2 "$2") µs, p99 $(median 3 "$2") µs" \
    "| $(median 1 "$3")/s, p50 $(median 2 "$3") µs, p99 $(median 3 "$3") µs" \
    "| $(awk '{s += $4} END {print s}' "$2") | $(median_ratio "$2" "$3") | 0.60 |"
}

# --- a: the list -----------------------------------------------------------------------------------------------
measure_list() {
  local i
  sign_in tinh.chuyenvien
  for ((i = 0; i < workers * 4; i++)); do get_list; done
  capture list.pgb get_list
  list_bytes=$(wc -c <answer.json)
  run_wrk "$workers" 2 list.lua "$list_url" >/dev/null
  list_cost=$(cpu_cost run_wrk "$workers" 2 list.lua "$list_url")
  : >list-a.txt && : >list-b.txt
  for ((i = 0; i < rounds; i++)); do
    run_wrk "$workers" 2 list.lua "$list_url" >>list-a.txt
    run_pgbench "$workers" list.pgb >>list-b.txt
  done
}

# --- b: one progress write ---------------------------------------------------------------------------------------
# Every connection of either side owns an assignment that the officer's unit leads, and reports 40 and
# 60 % in turn, with the version of the moment and a key of its own.
write_version() {
  superuser_psql -At -c "select version from app.assignment where id = '$write_id'"
}
write_once() { # KEY PROGRESS
  curl -fsS -o answer.json -X POST -H "Cookie: $cookie" -H "X-CSRF-Token: $csrf" \
    -H 'Content-Type: application/json' -H "If-Match: \"$(write_version)\"" -H "Idempotency-Key: $1" \
    -d "{\"status\":\"in_progress\",\"progress\":$2,\"note\":\"Đã thực hiện theo kế hoạch.\"}" \
    "$origin/api/v1/assignments/$write_id/progress"
}

# The names of the variables whose value matches.
variables_like() { # REGULAR-EXPRESSION
  sed -nE "s/^(s[0-9]+p[0-9]+)=$1\$/\1/p" write-one.pgb.args
}
rename_variables() { # NEW-NAME OLD-NAMES: in the script on standard input; '' keeps it with a prefix
  local old expression=''
  for old in $2; do expression+="s/:$old([^0-9]|\$)/:${1:-other$old}\1/g;"; done
  sed -E "$expression"
}

make_write_script() { # VERSION-SENT
  local script
  script=$(rename_variables own_id "$(variables_like "$write_id")" <write-one.pgb |
    rename_variables own_version "$(variables_like "$1")" |
    rename_variables own_key "$(variables_like bench-capture)")
  {
    printf '%s\n' '\if :is_new' \
      'select id as own_id, version as own_version from public.bench_own where client = :client_id \gset' \
      '\set is_new 0' '\endif' '\set own_key random(1, 9000000000000000000)' '\if :own_version % 2 = 0'
    printf '%s\n' "$script" '\else'
    rename_variables '' "$(variables_like '.*"progress": *60.*')" <<<"$script"
    printf '%s\n' '\endif' '\set own_version :own_version + 1'
  } >write.pgb
  {
    cat write-one.pgb.args
    say is_new=1
    sed -nE 's/^(s[0-9]+p[0-9]+)=(.*"progress": *)60(.*)$/other\1=\240\3/p' write-one.pgb.args
  } >write.pgb.args
}

# Lines 2 … of all-ids.txt are the service's, the rest pgbench's; their versions as they stand now.
note_versions() {
  local ids
  ids=$(sed -n "2,$((workers + 1))p" all-ids.txt | sed "s/.*/'&'/" | paste -sd,)
  superuser_psql -At -F ' ' -c "select id, version from app.assignment where id in ($ids) order by id" >ids.txt
  superuser_psql -c 'update public.bench_own as o set version = a.version from app.assignment as a where a.id = o.id'
}

measure_write() {
  local i sent
  sign_in tinh.chuyenvien
  superuser_psql -At -c "
    select a.id from app.assignment as a
    join app.membership as m on m.unit_id = a.lead_unit_id
    join app.user_account as u on u.id = m.user_id and u.login = 'tinh.chuyenvien'
    where a.status in ('not_started', 'in_progress') order by a.id limit $((2 * workers + 1))" >all-ids.txt
  [ "$(wc -l <all-ids.txt)" -gt $((2 * workers)) ] || fail 'too few assignments to report on'
  read -r write_id <all-ids.txt
  for ((i = 0; i < workers * 4; i++)); do write_once "warm-$i" $((40 + i % 2 * 20)); done
  sent=$(write_version)
  capture write-one.pgb write_once bench-capture 60
  make_write_script "$sent"
  superuser_psql -c 'create table public.bench_own (client int primary key, id uuid, version int)' \
    -c 'grant select on public.bench_own to danvan_service'
  tail -n +$((workers + 2)) all-ids.txt | awk '{print NR - 1 "\t" $1}' |
    superuser_psql -c 'copy public.bench_own (client, id) from stdin'
  export BENCH_IDS=$state/ids.txt BENCH_RUN=cost
  note_versions
  write_cost=$(cpu_cost run_wrk "$workers" "$workers" progress.lua "$origin")
  : >write-a.txt && : >write-b.txt
  for ((i = 0; i < rounds; i++)); do
    note_versions
    BENCH_RUN=round-$i run_wrk "$workers" "$workers" progress.lua "$origin" >>write-a.txt
    run_pgbench "$workers" write.pgb >>write-b.txt
  done
}

tell_memory() {
  local pid
  for pid in $(family run/danvan.pid); do cat "/proc/$pid/smaps_rollup"; done |
    awk -v n="$(family run/danvan.pid | wc -l)" '/^Rss/ {r += $2} /^Pss:/ {p += $2} END {
      printf "Memory of the service, %d processes: PSS %.1f MB (RSS added up: %.1f MB); goal 40 MB.\n", n, p / 1024, r / 1024}' |
    tee -a $report
}

# --- plan 36 alone against national volume ---------------------------------------------------------------------------
# Two databases side by side, two services, two nginx: so that both are measured in turn, on a machine
# that may be slower in one minute than in the next.
start_national() {
  service_stop
  psql -Xq -v ON_ERROR_STOP=1 -d "$(cluster_dsn postgres)" -c 'create database danvan_national template danvan'
  PGHOST=/proc/$$/cwd/run/postgresql PGPORT=5432 PGUSER=postgres PGDATABASE=danvan_national SCALE=$national \
    "$here/load_national.sh" >log/national.log
  superuser_psql -c checkpoint
  service_configure 'workers = 2'
  service_start "./$binary"
  (
    umask 077
    sed 's|dbname=danvan |dbname=danvan_national |; s|danvan\.sock|national.sock|' danvan.conf >national.conf
  )
  give "$service_user" national.conf
  as_user "$service_user" setsid "./$binary" --config national.conf </dev/null >>log/national-service.log 2>&1 9>&- &
  printf '%s\n' "$!" >run/national.pid
  sed "s|danvan\.sock|national.sock|; s|run/nginx\.pid|run/nginx-national.pid|; s|:$port|:$((port + 1))|" \
    nginx/nginx.conf >nginx/national.conf
  nginx -p . -c nginx/national.conf -e log/nginx-national.log -q 9>&-
  wait_until 30 is_ready $((port + 1)) || fail 'the second service does not answer'
}

measure_user() { # LOGIN: one connection, through nginx and in SQL alone
  local i file a b c d
  sign_in "$1"
  for ((i = 0; i < 16; i++)); do get_list && curl -fsS -o answer.json -H "Cookie: $cookie" "$national_url"; done
  capture "$1.pgb" get_list
  for file in alone-http national-http alone-sql national-sql; do : >"$file.txt"; done
  for ((i = 0; i < rounds; i++)); do
    run_wrk 1 1 list.lua "$list_url" >>alone-http.txt
    run_wrk 1 1 list.lua "$national_url" >>national-http.txt
    run_pgbench 1 "$1.pgb" danvan >>alone-sql.txt
    run_pgbench 1 "$1.pgb" danvan_national >>national-sql.txt
  done
  a=$(median 2 alone-http.txt) b=$(median 2 national-http.txt)
  c=$(median 2 alone-sql.txt) d=$(median 2 national-sql.txt)
  tell "| $1 | $a | $b | $(awk "BEGIN {printf \"%.2f\", $b / $a}") | $c | $d | $(awk "BEGIN {printf \"%.2f\", $d / $c}") | 2 |"
}

measure_national() {
  local login path
  national_url=${list_url/:$port/:$((port + 1))}
  for login in "${users[@]}"; do sign_in "$login"; done
  say "loading national volume, scale $national"
  start_national
  tell '' && tell "National volume: $(psql -XAt -d "$(cluster_dsn danvan_national)" -c "
    select (select count(*) from app.assignment) || ' assignments, ' || (select count(*) from app.unit) || ' units, '
      || pg_size_pretty(pg_database_size(current_database()))")."
  seconds=$((seconds < 3 ? seconds : 3))
  tell '' && tell '| list of 20, p50 µs, one connection | plan 36, http | national, http | ratio | plan 36, SQL | national, SQL | ratio | bar |'
  tell '|---|---|---|---|---|---|---|---|'
  for login in "${users[@]}"; do measure_user "$login"; done
  tell '' && tell '| province, national volume, one connection | p50 µs | p99 µs | refused | bar |' && tell '|---|---|---|---|---|'
  sign_in tinh.chuyenvien
  for path in overview assignment-totals 'assignments?overdue=true' 'assignments?status=in_progress' \
    'assignments?relation=lead' 'assignments?q=ke%20hoach' assignment-counts; do
    run_wrk 1 1 list.lua "${national_url%/assignments*}/$path" >one.txt
    tell "| /$path | $(median 2 one.txt) | $(median 3 one.txt) | $(median 4 one.txt) |" \
      "$(case $path in overview) echo 50000 ;; assignment-totals) echo 20000 ;; esac) |"
  done
  for login in dongxoai.chuyenvien tanphu.chuyenvien; do
    sign_in "$login"
    run_wrk 1 1 list.lua "${national_url%/assignments*}/overview" >one.txt
    tell "| /overview as $login | $(median 2 one.txt) | $(median 3 one.txt) | $(median 4 one.txt) | 50000 |"
  done
}

main() {
  local program
  for program in wrk pgbench psql curl nginx cmake; do
    command -v $program >/dev/null || fail "$program is missing"
  done
  state_enter "${BENCH_VAR:-$danvan_root/var/bench}"
  exec 9>run/lock
  flock -n 9 || fail "another bench works on $state"
  trap stop_all EXIT
  stop_all
  build
  install_all
  list_url="$origin/api/v1/assignments?sort=due_on&limit=20"
  : >$report
  tell "$(date +%F), $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)," \
    "all on one machine; $workers workers, $rounds rounds of $seconds s, medians."
  measure_list
  measure_write
  tell '' && tell '| measured | service through nginx | pgbench, same SQL | refused | ratio | bar |'
  tell '|---|---|---|---|---|---|'
  compare "list of 20 ($list_bytes bytes)" list-a.txt list-b.txt
  compare 'progress write' write-a.txt write-b.txt
  tell '' && tell "Processor time of a list: $list_cost. Of a progress write: $write_cost."
  tell_memory
  [ "$national" = 0 ] || measure_national
  say "report: $state/$report"
}
# One block: bash reads a script as it runs, and must not be given another half of it.
main "$@"
exit
