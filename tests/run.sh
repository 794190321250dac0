#!/usr/bin/env bash
# Every test of danvan, as root or as a user with sudo: installs what they need, builds with the
# sanitizers, and ends with one line "N passed, N failed".
#
#   tests/run.sh [LAYER…]     all layers, or those named:
#
#   lint     layers of app/, shell scripts, text             no build
#   unit     tests/unit: pure functions, with libcheck
#   sql      tests/sql: schema, policies, rules, with pgTAP
#   isolation  tests/isolation: interleavings of two transactions, with PostgreSQL's isolation tester
#   api      tests/api: the running service through nginx
#   tidy     clang-tidy over app/, beside api
#   fault    tests/fault: database away, workers killed …
#   notify   danvan-notify against a local SMTP server
#   drift    generated documents are what the program prints; descriptors match the catalog
#   fuzz     tests/fuzz: DANVAN_FUZZ_SECONDS (20) for each target
#   deploy   deploy/run.sh twice, the README's tour, two installations side by side
#
# Builds stay in var/; servers and their data live in a folder that goes away. DANVAN_TEST_LOGS names
# a folder that the logs are left in.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
umask 022

all=(lint unit sql isolation api tidy notify fault drift fuzz deploy)
[ $# -gt 0 ] || set -- "${all[@]}"
for layer; do
  [[ " ${all[*]} " == *" $layer "* ]] || fail "no layer $layer; there are: ${all[*]}"
done
layers=$*

# Short, whatever TMPDIR says: sockets are made below it.
work=$(mktemp -d /tmp/danvan-test.XXXXXX)
chmod 0755 "$work"
logs=${DANVAN_TEST_LOGS:-$work/logs}
mkdir -p "$logs"
logs=$(cd "$logs" && pwd)
clean_up() {
  local status=$?
  installation_stop >/dev/null 2>&1 || true
  other_installations_stop >/dev/null 2>&1 || true
  cd /
  rm -rf -- "$work"
  exit $status
}
trap clean_up EXIT
trap 'exit 130' INT TERM

layer_lint() {
  bash "$danvan_root/tests/lint.sh" >"$logs/lint.log" 2>&1 || true
  passed=$(grep -c '^ok ' "$logs/lint.log" || true)
  failed=$(grep -c '^not ok ' "$logs/lint.log" || true)
  grep -v '^ok ' "$logs/lint.log" || true
  [ $((passed + failed)) -gt 0 ] || count_failed 'lint did not run' "$logs/lint.log"
}

# clang-tidy over each file; one is looked at again only when it, a header or the settings changed.
tidy_files() {
  local seen=$danvan_root/var/tidy
  mkdir -p "$seen"
  # shellcheck disable=SC2016
  (cd "$danvan_root" && find app -name '*.c' -print0 | sort -z | nice -n 15 xargs -0 -P "$(nproc)" -I{} bash -c '
    stamp=$3/$(cat "$1" $(find app -name "*.h" | sort) .clang-tidy | sha256sum | cut -c1-40)
    if [ -e "$stamp" ]; then echo "ok $1"; exit; fi
    if said=$(clang-tidy --quiet -p "$2" "$1" 2>/dev/null) && [ -z "$said" ]; then
      touch "$stamp"
      echo "ok $1"
    else
      printf "%s\nnot ok %s\n" "$said" "$1"
    fi' bash {} "$build" "$seen") >"$logs/tidy.log" || true
  find "$seen" -type f -mtime +7 -delete
}

# The tests of api wait for one answer after the other and leave a processor free: begun before them, tidy
# uses it. One test per file.
tidying=''
tidy_begin() {
  sanitizer_build || return 0
  tidy_files &
  tidying=$!
}
layer_tidy() {
  [ -n "$tidying" ] || tidy_begin
  [ -n "$tidying" ] || return 0
  wait "$tidying" || true
  passed=$(grep -c '^ok ' "$logs/tidy.log" || true)
  failed=$(grep -c '^not ok ' "$logs/tidy.log" || true)
  grep -vE '^ok ' "$logs/tidy.log" | head -n 150 || true
  [ $((passed + failed)) -gt 0 ] || count_failed 'clang-tidy did not run' "$logs/tidy.log"
}

layer_unit() {
  sanitizer_build || return 0
  local programs=()
  mapfile -t programs < <(find "$build/tests/unit" -maxdepth 1 -type f -name 'test_*' -executable | sort)
  run_programs 900 "${programs[@]}"
}

# tap_files PREFIX DATABASE FILE…: side by side, each processor with a copy of its own (DATABASE_0 …), since
# two tests in one database would wait for each other's rows. Told and counted by tap_count.
tap_files() {
  local prefix=$1 dsn
  dsn=$(cluster_dsn "$2")
  shift 2
  # shellcheck disable=SC2016
  (cd "$danvan_root" && printf '%s\0' "$@" |
    PGOPTIONS='-c client_min_messages=warning' xargs -0 -P "$(nproc)" --process-slot-var=slot -I{} bash -c '
      log=$1/$2-$(basename "$4" .sql) status=0
      timeout 300 psql -XqAt -v ON_ERROR_STOP=1 -d "$3_$slot" -f "$4" >"$log.log" 2>&1 || status=$?
      printf "%s\n" $status >"$log.status"' bash "$logs" "$prefix" "$dsn" {})
}
tap_count() {
  local prefix=$1 file name
  shift
  for file; do
    name=$prefix-$(basename "$file" .sql)
    count_tap "$name" "$logs/$name.log" "$(cat "$logs/$name.status" || echo 1)"
  done
}
# slots DATABASE: the names of its copies
slots() {
  seq -f "$1_%g" 0 $(($(nproc) - 1))
}

# On copies of the installed database, so that api finds its own untouched. The demonstrations load meanwhile.
layer_sql() {
  installation_make || return 0
  local files=("$danvan_root"/tests/sql/*.sql) loading
  # shellcheck disable=SC2046
  copy_of danvan_fresh $(slots danvan_sql) danvan_year danvan_year_again >"$logs/sql.log" 2>&1 || {
    count_failed 'no copy of the database' "$logs/sql.log"
    return 0
  }
  sql_demonstrations >"$logs/demonstrations.log" 2>&1 &
  loading=$!
  tap_files sql danvan_sql "${files[@]}"
  tap_count sql "${files[@]}"
  wait $loading || {
    count_failed 'the demonstrations do not load' "$logs/demonstrations.log"
    return 0
  }
  sql_year
  sql_history
}

# load_demonstration DATABASE OPTION…
load_demonstration() {
  local database=$1
  shift
  "$danvan_root/deploy/schema.sh" "$(cluster_dsn "$database")" --demo demo-hashes.tsv "$@"
}

# The year twice, and the history on top of one; one after the other, for roles are the whole cluster's.
# Deploying once more leaves the history alone.
sql_demonstrations() {
  load_demonstration danvan_year --demo-year &&
    load_demonstration danvan_year_again --demo-year &&
    copy_of danvan_year danvan_history &&
    load_demonstration danvan_history --demo-history &&
    load_demonstration danvan_history --demo-history --force
}

# The demonstration year holds against the tests' own figures, and both loads are alike.
sql_year() {
  local database files=("$danvan_root"/tests/sql/year/*.sql)
  for database in danvan_year danvan_year_again; do
    psql -Xq -v ON_ERROR_STOP=1 -d "$(cluster_dsn $database)" -f "$danvan_root/tests/demo_year_facts.sql" >"$work/$database.facts" 2>&1 || true
  done
  if [ "$(wc -l <"$work/danvan_year.facts")" -eq "$(grep -c "^select '" "$danvan_root/tests/demo_year_facts.sql")" ] && cmp -s "$work/danvan_year.facts" "$work/danvan_year_again.facts"; then
    count_ok
  else
    diff "$work/danvan_year.facts" "$work/danvan_year_again.facts" >"$logs/year.log" 2>&1 || true
    count_failed 'two loads of the demonstration year differ' "$logs/year.log"
  fi
  # shellcheck disable=SC2046
  copy_of danvan_year $(slots danvan_year) >"$logs/year.log" 2>&1 || {
    count_failed 'no copy of the demonstration year' "$logs/year.log"
    return 0
  }
  tap_files sql-year danvan_year "${files[@]}"
  tap_count sql-year "${files[@]}"
}

sql_history() {
  local files=("$danvan_root"/tests/sql/history/*.sql)
  # shellcheck disable=SC2046
  copy_of danvan_history $(slots danvan_history) >"$logs/history.log" 2>&1 || {
    count_failed 'no copy of the demonstration history' "$logs/history.log"
    return 0
  }
  tap_files sql-history danvan_history "${files[@]}"
  tap_count sql-history "${files[@]}"
}

# On a copy of its own, for it commits.
layer_isolation() {
  installation_make || return 0
  local status=0
  copy_of danvan_fresh danvan_isolation >"$logs/isolation.log" 2>&1 || {
    count_failed 'no copy of the database' "$logs/isolation.log"
    return 0
  }
  bash "$danvan_root/tests/isolation/run.sh" "$(cluster_dsn danvan_isolation)" >"$logs/isolation.log" 2>&1 || status=$?
  passed=$(sed -n 's/^isolation: \([0-9]*\) passed.*/\1/p' "$logs/isolation.log")
  failed=$(sed -n 's/^isolation:.* \([0-9]*\) failed$/\1/p' "$logs/isolation.log")
  passed=${passed:-0} failed=${failed:-0}
  if [ $status -ne 0 ] && [ "$failed" -eq 0 ]; then
    count_failed 'the isolation tester did not run' "$logs/isolation.log"
  elif [ "$failed" -gt 0 ]; then
    tail -n 80 "$logs/isolation.log"
  fi
}

layer_api() {
  installation_start || return 0
  [[ " $layers " != *" tidy "* ]] || tidy_begin
  local program
  for program in "$build"/tests/api/api_*; do
    [ -f "$program" ] || continue
    run_checks 600 "$program"
    count_program "$program"
  done
  sanitizer_reports
}

layer_fault() {
  installation_start || return 0
  run_program fault 600 bash "$danvan_root/tests/fault/run.sh"
  sanitizer_reports
}

layer_notify() {
  installation_start || return 0
  DANVAN_TEST_NOTIFY=$build/app/danvan-notify run_program notify 300 bash "$danvan_root/tests/notify/run.sh"
}

# same NAME FILE COMMAND…: the file of the project is what the program prints.
same() {
  local name=$1 file=$danvan_root/$2
  shift 2
  if ! "$@" >"$logs/drift.out" 2>"$logs/drift.err"; then
    count_failed "$name: the program does not print it" "$logs/drift.err"
  elif diff -u "$file" "$logs/drift.out" >"$logs/drift.diff" 2>&1; then
    count_ok
  else
    count_failed "$name is not up to date (tests/generate.sh writes it anew)" "$logs/drift.diff"
  fi
}

layer_drift() {
  sanitizer_build || return 0
  same 'docs/openapi.json' docs/openapi.json "$build/app/danvan" --openapi
  same 'docs/errors.md' docs/errors.md "$build/app/danvan" --errors-md
  same 'the settings in docs/operations.md' docs/operations.md bash "$danvan_root/tests/generate.sh" --operations "$build/app/danvan"
  installation_make || return 0
  local status=0
  "$build/app/danvan" --descriptors >"$work/descriptors.tsv"
  psql -XqAt -v ON_ERROR_STOP=1 -v file="$work/descriptors.tsv" -d "$(cluster_dsn danvan)" \
    -f "$danvan_root/tests/drift/descriptors.sql" >"$logs/descriptors.log" 2>&1 || status=$?
  count_tap descriptors "$logs/descriptors.log" $status
}

layer_fuzz() {
  local seconds=${DANVAN_FUZZ_SECONDS:-20} status=0
  CMAKE_GENERATOR=Ninja FUZZ_BUILD=$danvan_root/var/build-fuzz sh "$danvan_root/tests/fuzz/run.sh" "$seconds" >"$logs/fuzz.log" 2>&1 || status=$?
  passed=$(sed -n 's/^fuzz: \([0-9]*\) passed.*/\1/p' "$logs/fuzz.log")
  failed=$(sed -n 's/^fuzz:.* \([0-9]*\) failed$/\1/p' "$logs/fuzz.log")
  passed=${passed:-0} failed=${failed:-0}
  if [ $status -ne 0 ] && [ "$failed" -eq 0 ]; then
    count_failed 'fuzzing did not run' "$logs/fuzz.log"
  elif [ "$failed" -gt 0 ]; then
    tail -n 60 "$logs/fuzz.log"
  fi
}

# shellcheck source=deploy_test.sh
. "$danvan_root/tests/deploy_test.sh"
layer_deploy() {
  deploy_tests
}

# --- run ------------------------------------------------------------------------------------------------
needed=("${build_packages[@]}" "${server_packages[@]}" check libcurl4-openssl-dev postgresql-15-pgtap python3-openpyxl
  jq python3-aiosmtpd shellcheck clang clang-tidy libclang-rt-14-dev llvm)
packages_install "${needed[@]}"

for layer; do
  passed=0 failed=0 began=$SECONDS
  say "== $layer"
  cd "$danvan_root"
  [ -z "$installation" ] || cd "$installation"
  "layer_$layer"
  say "$layer: $passed passed, $failed failed ($((SECONDS - began)) s)"
  passed_all=$((passed_all + passed)) failed_all=$((failed_all + failed))
done

say "$passed_all passed, $failed_all failed"
[ "$failed_all" -eq 0 ]
