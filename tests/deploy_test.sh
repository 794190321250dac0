# shellcheck shell=bash disable=SC2154
# The layer "deploy" of tests/run.sh: deploy/run.sh as a reader of the README uses it, in state
# folders of its own. Sourced by run.sh.

first_var='' second_var=''

other_installations_stop() {
  local folder
  for folder in "$first_var" "$second_var"; do
    [ -z "$folder" ] || DANVAN_VAR=$folder bash "$danvan_root/deploy/run.sh" stop
  done
}

# check TEXT COMMAND…
check() {
  local text=$1
  shift
  if "$@" >"$logs/check.log" 2>&1; then count_ok; else count_failed "$text" "$logs/check.log"; fi
}
says() { # FILE TEXT…: the file holds every text
  local file=$1 text
  shift
  for text; do
    grep -qF -- "$text" "$file" || { say "missing: $text" && cat "$file" && return 1; }
  done
}
is_refused() {
  if "$@"; then return 1; fi
}
# sign_in PORT LOGIN PASSWORD
sign_in() {
  curl -fsS -H 'Content-Type: application/json' -d "{\"login\":\"$2\",\"password\":\"$3\"}" \
    "http://127.0.0.1:$1/api/v1/session"
}
process_ids() {
  cat "$1/run/danvan.pid" "$1/run/nginx.pid" <(head -n 1 "$1/pg/postmaster.pid")
}

deploy_tests() {
  local first_port second_port before accounts status login password
  unset DATABASE_URL DANVAN_ADMIN_LOGIN
  # A path that is long, with a space and a letter beyond ASCII.
  first_var="$work/cơ sở $(printf 'd%.0s' {1..100})/var"
  first_port=$(free_port)
  export DANVAN_VAR=$first_var DANVAN_PORT=$first_port

  if ! bash "$danvan_root/deploy/run.sh" >"$logs/deploy-1.log" 2>&1 </dev/null; then
    count_failed 'deploy/run.sh' "$logs/deploy-1.log"
    return 0
  fi
  count_ok
  check 'it prints address and logins' says "$logs/deploy-1.log" "http://127.0.0.1:$first_port/" tinh.lanhdao tanphu.chuyenvien
  accounts=$first_var/demo-accounts.tsv
  check 'the accounts are the owner'"'"'s alone' test "$(stat -c %a "$accounts")" = 600
  check 'their columns are as promised' test "$(head -n 1 "$accounts")" = $'login\tpassword\tunit\tlevel\trole'
  check 'there are fifteen' test "$(tail -n +2 "$accounts" | awk -F '\t' 'NF == 5 && $2 && $3 && $4 && $5' | wc -l)" -eq 15
  password=$(awk -F '\t' '$1 == "tanphu.chuyenvien" {print $2}' "$accounts")
  check 'a printed login works' sign_in "$first_port" tanphu.chuyenvien "$password"
  check 'metrics are told on this machine' curl -fsS "http://127.0.0.1:$first_port/metrics"

  before=$(process_ids "$first_var"; sha256sum "$accounts")
  check 'it runs again' bash -c '"$0" >"$1" 2>&1 </dev/null' "$danvan_root/deploy/run.sh" "$logs/deploy-2.log"
  check 'and has nothing to do' says "$logs/deploy-2.log" 'build: up to date' 'schema: up to date' 'service: running' 'nginx: running'
  check 'and leaves processes and accounts' test "$(process_ids "$first_var"; sha256sum "$accounts")" = "$before"
  run_program docs-tour 120 bash "$danvan_root/tests/docs_tour.sh"

  # beside it, without demonstration data
  second_var=$work/second
  second_port=$(free_port)
  export DANVAN_VAR=$second_var DANVAN_PORT=$second_port
  check 'without demonstration data it wants a login' bash -c '! "$0" --no-demo >"$1" 2>&1 </dev/null' "$danvan_root/deploy/run.sh" "$logs/deploy-3.log"
  check 'and says how to give it' says "$logs/deploy-3.log" DANVAN_ADMIN_LOGIN
  check 'a second installation' env DANVAN_ADMIN_LOGIN=quantri bash -c '"$0" >"$1" 2>&1 </dev/null' "$danvan_root/deploy/run.sh" "$logs/deploy-4.log"
  password=$(sed -n 's/.*one-time password \([^ ]*\)$/\1/p' "$logs/deploy-4.log" | head -n 1)
  check 'its first administrator signs in' sign_in "$second_port" quantri "$password"
  check 'it has no demonstration accounts' test ! -e "$second_var/demo-accounts.tsv"
  login=$(cd "$second_var" && bash "$danvan_root/deploy/run.sh" psql -XAtc "select string_agg(login, ' ') from app.user_account")
  check 'and nobody else' test "$login" = quantri
  check 'it stands on the clock' test "$(bash "$danvan_root/deploy/run.sh" psql -XAtc "select private.today() = (now() at time zone 'Asia/Ho_Chi_Minh')::date")" = t
  check 'its status is told' bash -c '"$0" status' "$danvan_root/deploy/run.sh"
  check 'the first runs on' curl -fsS "http://127.0.0.1:$first_port/api/v1/ready"

  # who may be whom at the socket
  if is_root; then
    check "the service's user is not the superuser" is_refused setpriv --reuid=www-data --regid=www-data --clear-groups \
      psql -XAtc 'select 1' -d "host=$second_var/run/postgresql user=postgres dbname=danvan"
    check 'a stranger is nobody' is_refused setpriv --reuid=65534 --regid=65534 --clear-groups \
      psql -XAtc 'select 1' -d "host=$second_var/run/postgresql user=danvan_service dbname=danvan"
  fi

  check 'stop' bash "$danvan_root/deploy/run.sh" stop
  status=0
  bash "$danvan_root/deploy/run.sh" status >"$logs/deploy-5.log" 2>&1 || status=$?
  check 'a stopped one says so' test "$status" -eq 3
  check 'and no process is left' test -z "$(find /proc -maxdepth 2 -name cwd -lname "$second_var*" 2>/dev/null)"
  check 'it starts again' bash -c '"$0" >"$1" 2>&1 </dev/null' "$danvan_root/deploy/run.sh" "$logs/deploy-6.log"
  check 'with the same data' sign_in "$second_port" quantri "$password"
  check 'stop again' bash "$danvan_root/deploy/run.sh" stop
  DANVAN_VAR=$first_var bash "$danvan_root/deploy/run.sh" stop >/dev/null
  first_var='' second_var=''
  unset DANVAN_VAR DANVAN_PORT
}
