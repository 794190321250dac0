#!/usr/bin/env bash
# Everything on a bare Debian 12, as root or as a user with sudo: packages, build, a private
# PostgreSQL cluster, schema and data, the service, nginx on 127.0.0.1. Run again, it brings up to
# date what is not.
#
#   deploy/run.sh             start; ends by printing the address and the demonstration logins
#   deploy/run.sh --no-demo   start without demonstration data; asks for the first administrator's
#                             login (or takes DANVAN_ADMIN_LOGIN) and prints a one-time password
#   deploy/run.sh status      what runs, where; exit 3 unless all runs and is ready
#   deploy/run.sh stop        stop it all
#   deploy/run.sh psql …      psql as the superuser of this installation
#
#   DANVAN_VAR     folder of all state (default: var in the checkout). With another one and another
#                  port, a second installation runs beside the first
#   DANVAN_PORT    port on 127.0.0.1 (default: the last one used, or 8080)
#   DATABASE_URL   a database of your own, as its superuser, instead of the private cluster
#
# Nothing outside the state folder is touched, but for the packages.
set -euo pipefail
# shellcheck source=deploy/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
umask 022

usage() {
  sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

command=start is_demo=''
case ${1:-} in
  '') ;;
  --no-demo) is_demo=no ;;
  stop | status) command=$1 ;;
  psql) command=psql && shift && psql_arguments=("$@") && set -- ;;
  -h | --help) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
esac
[ $# -le 1 ] || { usage >&2 && exit 2; }

state_folder=$(realpath -m -- "${DANVAN_VAR:-$danvan_root/var}")
if [ "$command" != start ]; then
  [ -d "$state_folder/run" ] || { say "nothing is installed in $state_folder" && exit 3; }
fi
# First of all: the packages make the users that own the folders.
[ "$command" != start ] || packages_install "${build_packages[@]}" "${server_packages[@]}"
state_enter "$state_folder"
case $command in start | stop)
  exec 9>run/lock
  flock -n 9 || fail "another ${0##*/} works on $state"
  ;;
esac

# --- what the last run chose -----------------------------------------------------------------------
remembered() {
  [ ! -r settings ] || sed -n "s/^$1=//p" settings
}
port=${DANVAN_PORT:-$(remembered port)}
port=${port:-8080}
if ! [[ $port =~ ^[0-9]{1,5}$ ]] || [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
  fail "no port: $port"
fi
was_demo=$(remembered demo)
if [ -n "$is_demo" ] && [ "$was_demo" = yes ]; then
  fail "$state holds demonstration data; DANVAN_VAR names a folder for an installation without"
fi
is_demo=${is_demo:-${was_demo:-yes}}

database=$([ -n "${DATABASE_URL:-}" ] && echo own || echo private)
if [ "$command" = start ] && [ "$(remembered database)" != "" ] && [ "$(remembered database)" != "$database" ]; then
  fail "the last run here used $(remembered database | sed 's/own/the database of DATABASE_URL/; s/private/the private cluster/'): do the same, or choose another DANVAN_VAR"
fi

superuser_dsn() {
  if [ -n "${DATABASE_URL:-}" ]; then
    printf '%s' "$DATABASE_URL"
  else
    cluster_dsn
  fi
}
superuser_psql() {
  psql -Xq -v ON_ERROR_STOP=1 -d "$(superuser_dsn)" "$@"
}

print_state() {
  local is_all_well=yes
  if [ -n "${DATABASE_URL:-}" ]; then
    say 'database: DATABASE_URL'
  elif cluster_is_running; then
    say "database: running, process $(head -n 1 pg/postmaster.pid)"
  else
    say 'database: stopped' && is_all_well=no
  fi
  if service_is_running; then
    say "service:  running, process $(cat run/danvan.pid)"
  else
    say 'service:  stopped' && is_all_well=no
  fi
  if nginx_is_running; then
    say "nginx:    running, process $(cat run/nginx.pid), http://127.0.0.1:$port/"
  else
    say 'nginx:    stopped' && is_all_well=no
  fi
  if [ $is_all_well = yes ] && is_ready "$port" 2>/dev/null; then
    say 'ready:    yes'
  else
    say 'ready:    no' && is_all_well=no
  fi
  say "logs:     $state/log/"
  [ $is_all_well = yes ] || return 3
}

case $command in
  status)
    print_state
    exit
    ;;
  stop)
    nginx_stop
    service_stop
    cluster_stop
    say 'stopped'
    exit
    ;;
  psql)
    # Not exec: the connection goes through this shell's current directory.
    psql -d "$(superuser_dsn)" ${psql_arguments[@]+"${psql_arguments[@]}"}
    exit
    ;;
esac

printf 'port=%s\ndemo=%s\ndatabase=%s\n' "$port" "$is_demo" "$database" >settings

# --- build ----------------------------------------------------------------------------------------------
binary=build/app/danvan
build() {
  local before=none after
  [ ! -x $binary ] || before=$(sha256sum <$binary)
  if ! { cmake -S "$danvan_root" -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF &&
    cmake --build build; } >log/build.log 2>&1; then
    tail -n 40 log/build.log >&2
    fail "the build failed; see $state/log/build.log"
  fi
  after=$(sha256sum <$binary)
  if [ "$before" = "$after" ]; then say 'build: up to date'; else say 'build: done'; fi
}
build

# --- database -----------------------------------------------------------------------------------------
if [ -z "${DATABASE_URL:-}" ]; then
  # shellcheck disable=SC2119
  cluster_make
  if cluster_is_running; then say 'database: running'; else say 'database: starting'; fi
  cluster_start
fi

schema_arguments=()
if [ "$is_demo" = yes ]; then
  demo_passwords "./$binary"
  schema_arguments=(--demo demo-hashes.tsv --demo-year)
fi
schema_said=$("$danvan_root/deploy/schema.sh" "$(superuser_dsn)" ${schema_arguments[@]+"${schema_arguments[@]}"})
say "$schema_said"
if [ "$is_demo" = yes ]; then demo_accounts "$(superuser_dsn)"; fi

# Where the database is somebody else's, the service signs in with a password of its own.
service_dsn() {
  local password
  [ -n "${DATABASE_URL:-}" ] || return 0
  if [ -n "${DANVAN_SERVICE_URL:-}" ]; then
    printf 'dsn = %s\n' "$DANVAN_SERVICE_URL"
    return
  fi
  if [ ! -s service-password ]; then
    (umask 077 && "./$binary" --password >service-password)
    superuser_psql -v password="$(cat service-password)" \
      <<<"alter role danvan_service password :'password';" >&2
  fi
  password=$(cat service-password)
  case $DATABASE_URL in
    postgres://* | postgresql://*)
      sed -E "s#^(postgres(ql)?://)([^@/]*@)?#dsn = \1danvan_service:$password@#" <<<"$DATABASE_URL"
      ;;
    *) printf 'dsn = %s user=danvan_service password=%s\n' "$DATABASE_URL" "$password" ;;
  esac
}

# --- the first administrator ----------------------------------------------------------------------------
first_admin() {
  local login=${DANVAN_ADMIN_LOGIN:-} password made
  [ "$(superuser_psql -At -c "select exists (select from app.membership where role = 'admin')")" = f ] || return 0
  if [ -z "$login" ]; then
    [ -t 0 ] || fail 'who is the first administrator? Set DANVAN_ADMIN_LOGIN'
    read -rp "Login of the first administrator: " login
  fi
  [[ $login =~ ^[a-z0-9][a-z0-9._-]{1,59}$ ]] ||
    fail "a login is 2 to 60 of a-z 0-9 . _ - and begins with a letter or digit, not: $login"
  password=$("./$binary" --password)
  made=$(superuser_psql -At -v login="$login" -v name="${DANVAN_ADMIN_NAME:-$login}" \
    -v password_hash="$(printf '%s' "$password" | "./$binary" --hash-password)" \
    -f "$danvan_root/deploy/first_admin.sql")
  first_admin_said="first administrator of ${made#created:unit=}: $login, one-time password $password"
  say "$first_admin_said" # at once: nobody can read it later
}
first_admin_said=''
if [ "$is_demo" = no ]; then first_admin; fi

# --- service and nginx ------------------------------------------------------------------------------------
configuration=$(service_dsn)
service_configure ${configuration:+"$configuration"}
# As it was when the service started: another binary, setting or schema needs another start.
stamp=$(cat $binary danvan.conf | sha256sum)
if service_is_running; then
  if [ "$stamp" = "$(cat run/danvan.stamp 2>/dev/null)" ] && [[ $schema_said == *'up to date'* ]]; then
    say 'service: running'
  else
    say 'service: restarting'
    service_stop
  fi
else
  say 'service: starting'
fi
service_start "./$binary"
printf '%s\n' "$stamp" >run/danvan.stamp

nginx_configure "$port"
stamp=$(cat nginx/*.conf | sha256sum)
if nginx_is_running && [ "$stamp" = "$(cat run/nginx.stamp 2>/dev/null)" ]; then
  say 'nginx: running'
else
  if nginx_is_running; then say 'nginx: reloading'; else say 'nginx: starting'; fi
  nginx_start
  printf '%s\n' "$stamp" >run/nginx.stamp
fi

wait_until 30 is_ready "$port" || {
  tail -n 5 log/danvan.log log/nginx-error.log log/postgresql.log >&2 2>/dev/null || true
  fail "http://127.0.0.1:$port/api/v1/ready does not answer; logs: $state/log/"
}

printf '\n'
say "danvan answers at http://127.0.0.1:$port/api/v1/"
if [ -n "$first_admin_said" ]; then say "$first_admin_said"; fi
if [ "$is_demo" = yes ]; then
  say "demonstration logins (also in $state/demo-accounts.tsv):"
  awk -F '\t' '{printf "%-26s  %-24s  %-10s  %-7s  %s\n", $1, $2, $4, $5, $3}' demo-accounts.tsv
fi
