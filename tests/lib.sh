# shellcheck shell=bash disable=SC2034,SC2154,SC2120
# What the layers of tests/run.sh stand on: counting, and one installation of the sanitizer build on a
# cluster, a socket and a port of its own, in a folder that goes away. Sourced; uses deploy/lib.sh,
# so that tests start the servers the way deploy/run.sh does.
# shellcheck source=../deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../deploy/lib.sh"

passed_all=0 failed_all=0 # of the run
passed=0 failed=0         # of the layer

count_ok() {
  passed=$((passed + ${1:-1}))
}
# count_failed TEXT [LOG]: the end of the log tells why.
count_failed() {
  failed=$((failed + 1))
  say "FAILED: $1"
  [ -z "${2:-}" ] || [ ! -s "$2" ] || tail -n "${3:-40}" -- "$2" | sed 's/^/    /'
}

# count_checks NAME LOG STATUS: by the closing line of libcheck ("90%: Checks: 10, Failures: 1,
# Errors: 0"); a program that has none counts as one test.
count_checks() {
  local name=$1 log=$2 status=$3 checks=0 wrong=0 line
  while read -r line; do
    [[ $line =~ Checks:\ ([0-9]+),\ Failures:\ ([0-9]+),\ Errors:\ ([0-9]+) ]] || continue
    checks=$((checks + BASH_REMATCH[1]))
    wrong=$((wrong + BASH_REMATCH[2] + BASH_REMATCH[3]))
  done < <(grep -a 'Checks: ' "$log" || true)
  passed=$((passed + checks - wrong))
  failed=$((failed + wrong))
  if [ "$status" -ne 0 ] && [ "$wrong" -eq 0 ]; then
    count_failed "$name ended with $status" "$log"
  elif [ "$wrong" -gt 0 ]; then
    say "FAILED: $name, $wrong of $checks"
    # libcheck tells each failed test on a line file:line:F:case:test
    grep -aE ':[EFS]:|ERROR: |runtime error|failed: ' "$log" | head -n 60 | sed 's/^/    /' || true
  elif [ "$checks" -eq 0 ]; then
    count_ok
  fi
}

# run_checks SECONDS PROGRAM: first with all its tests in one process: a fork per test costs a sanitizer build
# up to a second, and the tests of api their sign-ins. What fails so, or wants its forks (a test that must
# abort), tells its result with them.
run_checks() {
  local log status=0
  log=$logs/$(basename "$2").log
  CK_FORK=no timeout --kill-after=10 "$1" "$2" >"$log" 2>&1 </dev/null || {
    timeout --kill-after=10 "$1" "$2" >"$log" 2>&1 </dev/null || status=$?
  }
  printf '%s\n' $status >"${log%.log}.status"
}

# run_programs SECONDS PROGRAM…: side by side, as many as there are processors; counted in order.
run_programs() {
  local seconds=$1 program
  shift
  # In a shell of its own, which has no servers among its jobs to wait for.
  (
    for program; do
      while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || true; done
      run_checks "$seconds" "$program" &
    done
    wait
  ) 2>/dev/null
  for program; do
    count_program "$program"
  done
}
count_program() {
  local name
  name=$(basename "$1")
  count_checks "$name" "$logs/$name.log" "$(cat "$logs/$name.status")"
}

# run_program NAME SECONDS COMMAND…
run_program() {
  local name=$1 seconds=$2 status=0 log
  shift 2
  log=$logs/$name.log
  timeout --kill-after=10 "$seconds" "$@" >"$log" 2>&1 </dev/null || status=$?
  count_checks "$name" "$log" "$status"
}

# count_tap NAME LOG STATUS: pgTAP's own lines, and that as many came as were planned.
count_tap() {
  local name=$1 log=$2 status=$3 good bad planned
  good=$(grep -c '^ok ' "$log" || true)
  bad=$(grep -c '^not ok ' "$log" || true)
  planned=$(sed -n 's/^1\.\.\([0-9]*\)$/\1/p' "$log" | tail -n 1)
  passed=$((passed + good))
  failed=$((failed + bad))
  if [ "$bad" -gt 0 ]; then
    say "FAILED: $name, $bad of $((good + bad))"
    grep -A12 '^not ok ' "$log" | grep -v '^ok ' | head -n 80 | sed 's/^/    /' || true
  fi
  if [ "$status" -ne 0 ]; then
    count_failed "$name ended with $status" "$log"
  elif [ "$((good + bad))" -ne "${planned:-0}" ]; then
    count_failed "$name ran $((good + bad)) of ${planned:-0} planned tests" "$log"
  fi
}

free_port() {
  local port
  for port in $(shuf -i 20000-29999 -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { say "$port" && return 0; }
  done
  fail 'no free port'
}

# --- the installation under test -------------------------------------------------------------------
installation='' # its folder, once there is one
port=''

# copy_of TEMPLATE DATABASE…
copy_of() {
  local template=$1 database
  shift
  for database; do
    PGOPTIONS="-c client_min_messages=warning" psql -Xq -d "$(cluster_dsn postgres)" -c "drop database if exists $database" \
      -c "create database $database template $template" || return 1
  done
}

# Cluster, schema and demonstration accounts; danvan_fresh stays as it is then, to be copied.
installation_make() {
  [ -z "$installation" ] || return 0
  sanitizer_build || return 1
  installation=$work/installation
  state_enter "$installation"
  cp "$build/app/danvan" danvan
  # A crash of the machine may cost this cluster; nothing else is different.
  cluster_make 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'
  cluster_start
  demo_passwords ./danvan
  "$danvan_root/deploy/schema.sh" "$(cluster_dsn)" --demo demo-hashes.tsv >"$logs/schema.log" 2>&1 || {
    count_failed 'deploy/schema.sh' "$logs/schema.log"
    installation=''
    return 1
  }
  demo_accounts "$(cluster_dsn)"
  copy_of danvan danvan_fresh
}

# Service and nginx on it.
installation_start() {
  installation_make || return 1
  [ -z "$port" ] || return 0
  port=$(free_port)
  service_configure "peer_user = $service_user,$(id -un)" 'workers = 4' 'maintenance_s = 5'
  service_start ./danvan
  nginx_configure "$port"
  nginx_start
  wait_until 30 is_ready "$port" || {
    count_failed 'the service does not get ready' log/danvan.log
    return 1
  }
  export DANVAN_TEST_URL=http://127.0.0.1:$port
  export DANVAN_TEST_SOCKET=$installation/run/danvan/danvan.sock
  export DANVAN_TEST_DSN="host=$installation/run/postgresql port=5432 user=postgres dbname=danvan"
  export DANVAN_TEST_ACCOUNTS=$installation/demo-accounts.tsv
}

# What the sanitizers said of the service since the last call.
sanitizer_reports() {
  local log=$installation/log/danvan.log
  [ -n "$installation" ] && [ -e "$log" ] || return 0
  if grep -aqE 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$log"; then
    # each fault once, and the first with its stack
    { grep -aE 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$log" | sed 's/^==[0-9]*==//' | sort | uniq -c | sort -rn | head -n 20
      grep -aE -m 1 -A40 'ERROR: (Address|Leak)Sanitizer' "$log" || true; } >"$logs/sanitizers.log"
    count_failed 'a sanitizer reports a fault of the service' "$logs/sanitizers.log" 80
  else
    count_ok
  fi
}

installation_stop() {
  [ -n "$installation" ] || return 0
  cd "$installation" || return 0
  nginx_stop
  service_stop
  cluster_stop
}

# --- building ----------------------------------------------------------------------------------------
build='' # of the sanitizer preset
sanitizer_build() {
  [ -z "$build" ] || return 0
  if (cd "$danvan_root" && cmake --preset sanitize && cmake --build --preset sanitize) >"$logs/build.log" 2>&1; then
    build=$danvan_root/var/build-sanitize
  else
    count_failed 'the build' "$logs/build.log" 60
    return 1
  fi
}
