# shellcheck shell=bash
# What deploy/run.sh and tests/run.sh share: packages, a private PostgreSQL cluster, the service and
# nginx, all inside one state folder. Sourced; the caller has `set -euo pipefail`.
#
# The current directory must be the state folder (state_enter). Everything is named relative to it,
# or through /proc/<pid>/cwd where a program wants an absolute path: so the servers, which run under
# users of their own, need no right to search the folders above it (a checkout in /root), and no unix
# socket meets the limit of 107 bytes for its path.
#
#   pg/ run/ log/ nginx/ danvan.conf
#
# As root: PostgreSQL runs as postgres, service and nginx's workers as www-data, the users that their
# packages make. As anybody else: all as that user.

danvan_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
PATH=$PATH:/usr/sbin:/sbin # Debian leaves them out for users; nginx is there
export LC_ALL=C.UTF-8

say() {
  printf '%s\n' "$*"
}
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

is_root() {
  [ "$(id -u)" -eq 0 ]
}
if is_root; then
  database_user=postgres
  service_user=www-data
else
  database_user=$(id -un)
  service_user=$database_user
fi

# as_user USER COMMAND…: keeps the current directory and does not fork, so that $! is the command.
as_user() {
  local user=$1
  shift
  if is_root; then
    exec setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"
  else
    exec "$@"
  fi
}

# give USER PATH…: no-op for everybody but root, who alone runs servers as others.
give() {
  local user=$1
  shift
  ! is_root || chown -- "$user:$user" "$@"
}

# --- packages -------------------------------------------------------------------------------------
# shellcheck disable=SC2034
build_packages=(gcc libc6-dev cmake ninja-build pkg-config libfcgi-dev libpq-dev libjson-c-dev
  libsodium-dev libutf8proc-dev liboath-dev libcurl4-openssl-dev libzip-dev libxml2-dev libxlsxwriter-dev)
# shellcheck disable=SC2034
server_packages=(postgresql-15 postgresql-client-15 nginx-light curl ca-certificates)

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# packages_install NAME…: those that are missing; the lists are fetched only when that fails.
packages_install() {
  local missing=() name become=()
  for name in "$@"; do
    # Any flavour of nginx does.
    [ "$name" = nginx-light ] && command -v nginx >/dev/null && continue
    is_installed "$name" || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "these packages are missing, and this is not Debian: ${missing[*]}"
  if ! is_root; then
    command -v sudo >/dev/null || fail "as root, install: ${missing[*]}"
    become=(sudo)
  fi
  say "installing: ${missing[*]}"
  packages_get || fail 'the packages could not be installed'
}

# Installs "${missing[@]}" by "${become[@]}" of packages_install. A subshell: what it must take away
# again goes even when it is interrupted.
packages_get() (
  policy=/usr/sbin/policy-rc.d
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  # The packages' own servers (PostgreSQL on 5432, nginx on 80) are not wanted here.
  if [ ! -e $policy ]; then
    trap 'rm -f "$log"; "${become[@]}" rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${become[@]}" tee $policy >/dev/null
    "${become[@]}" chmod 0755 $policy
  fi
  apt=("${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
  "${install[@]}" </dev/null >"$log" 2>&1 || { "${apt[@]}" update && "${install[@]}"; } </dev/null >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    exit 1
  }
)

# --- the state folder -------------------------------------------------------------------------------
# state_enter DIRECTORY: makes it, with the folders that every part needs, and goes there.
state_enter() {
  if ! mkdir -p -- "$1" 2>/dev/null || [ ! -w "$1" ]; then
    fail "cannot write in $1; DANVAN_VAR may name another folder for all state"
  fi
  cd -- "$1" || exit
  state=$(pwd -P)
  if [ -d pg ] && [ "$(stat -c %U pg)" != "$database_user" ]; then
    fail "$state was set up by another user (its cluster belongs to $(stat -c %U pg)): go on as that one"
  fi
  mkdir -p run/postgresql run/danvan log nginx
  chmod 0755 . run run/postgresql log nginx
  chmod 0750 run/danvan
  give "$database_user" run/postgresql
  give "$service_user" run/danvan
}

# is_running PID_FILE FOLDER: a live process of ours and not a stranger who got an old number.
is_running() {
  local pid
  [ -r "$1" ] && read -r pid <"$1" && [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$2" ]
}

# stop_process PID_FILE FOLDER SIGNAL SECONDS
stop_process() {
  local pid waited=0
  is_running "$1" "$2" || return 0
  read -r pid <"$1"
  kill -s "$3" "$pid" 2>/dev/null || true
  while [ -e "/proc/$pid" ] && [ "$waited" -lt $(($4 * 10)) ]; do
    # A child of this shell stays a zombie until it is waited for.
    [ "$(awk '{print $3}' "/proc/$pid/stat" 2>/dev/null)" != Z ] || break
    sleep 0.1
    waited=$((waited + 1))
  done
  if [ "$waited" -ge $(($4 * 10)) ]; then
    kill -s KILL "$pid" 2>/dev/null || true
  fi
}

# wait_until SECONDS COMMAND…
wait_until() {
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

# --- PostgreSQL ---------------------------------------------------------------------------------------
pg_program() {
  local folder
  for folder in /usr/lib/postgresql/{18,17,16,15}/bin; do
    [ ! -x "$folder/$1" ] || { printf '%s' "$folder/$1" && return 0; }
  done
  fail "no $1 of PostgreSQL 15 or newer"
}

# Connection string of the superuser, good as long as this shell is in the state folder.
cluster_dsn() {
  printf 'host=/proc/%s/cwd/run/postgresql port=5432 user=postgres dbname=%s' "$$" "${1:-danvan}"
}

# in_cluster PROGRAM ARGUMENT…: with the data folder as an open file, not by its path. PostgreSQL's
# programs leave the current directory and come back to it by name, so they start at /.
in_cluster() (
  program=$(pg_program "$1")
  shift
  exec 8<pg
  cd /
  as_user "$database_user" setsid --wait "$program" -D /proc/self/fd/8 "$@"
)

# Who may be whom: the service's user only the service and the mailer, the owner everybody; nobody else
# at all. Written anew for clusters that were made before a name was added.
cluster_names() {
  local names
  names=$(printf 'danvan %s %s\n' "$(id -un)" postgres "$(id -un)" danvan_service "$(id -un)" danvan_mailer \
    "$database_user" postgres "$service_user" danvan_service "$service_user" danvan_mailer | sort -u)
  [ "$names" != "$(cat pg/pg_ident.conf)" ] || return 0
  printf '%s\n' "$names" >pg/pg_ident.conf
  ! cluster_is_running || kill -HUP "$(head -n 1 pg/postmaster.pid)"
}

# cluster_make [LINE…]: a new cluster in pg/; the lines go into its configuration.
cluster_make() {
  if [ -e pg/PG_VERSION ]; then
    cluster_names
    return
  fi
  mkdir -p pg
  chmod 0700 pg
  give "$database_user" pg
  in_cluster initdb -U postgres --encoding=UTF8 --locale=C.UTF-8 --data-checksums --auth=peer \
    >/dev/null || fail 'initdb failed'
  printf 'local all all peer map=danvan\n' >pg/pg_hba.conf
  cluster_names
  cat >>pg/postgresql.conf <<'CONF'

# danvan: a private cluster, reached through one unix socket only (path from the data folder)
listen_addresses = ''
unix_socket_directories = '../run/postgresql'
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off
wal_compression = on
max_wal_size = 1GB
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'Asia/Ho_Chi_Minh'
lc_messages = 'C'
client_connection_check_interval = 5s
idle_in_transaction_session_timeout = 1min
log_line_prefix = '%m [%p] %q%u@%d %a '
log_min_duration_statement = 1s
log_lock_waits = on
# Values may be personal data: they stay out of the log.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
CONF
  [ $# -eq 0 ] || printf '%s\n' "$@" >>pg/postgresql.conf
}

cluster_is_running() {
  is_running pg/postmaster.pid "$state/pg"
}

# Starts it if need be, and makes the database.
cluster_start() {
  if ! cluster_is_running; then
    in_cluster postgres </dev/null >>log/postgresql.log 2>&1 9>&- &
    wait_until 60 pg_isready -q -d "$(cluster_dsn postgres)" || {
      tail -n 20 log/postgresql.log >&2
      fail "PostgreSQL did not start; see $state/log/postgresql.log"
    }
  fi
  [ "$(psql -XqAt -d "$(cluster_dsn postgres)" \
    -c "select count(*) from pg_catalog.pg_database where datname = 'danvan'")" = 1 ] ||
    psql -Xq -d "$(cluster_dsn postgres)" -c 'create database danvan template template0 encoding UTF8'
}

cluster_stop() {
  stop_process pg/postmaster.pid "$state/pg" INT 60
}

# --- demonstration accounts ------------------------------------------------------------------------------
demo_logins() {
  sed -n "s/^ *('\([a-z0-9.]*\)', .*, '\(viewer\|officer\|leader\|admin\)').*/\1/p" \
    "$danvan_root/sql/data/demo/10_accounts.sql"
}

# demo_passwords BINARY: before the schema. Passwords are made once and kept in demo-accounts.tsv;
# demo-hashes.tsv is what deploy/schema.sh is given of them.
demo_passwords() {
  local login password
  (
    umask 077
    demo_logins | while read -r login; do
      password=$(awk -F '\t' -v login="$login" '$1 == login {print $2}' demo-accounts.tsv 2>/dev/null || true)
      printf '%s\t%s\n' "$login" "${password:-$("$1" --password)}"
    done >demo-passwords.new
  )
  [ -s demo-passwords.new ] || fail 'sql/data/demo/10_accounts.sql: no accounts found'
  if [ -s demo-hashes.tsv ] && [ -s demo-accounts.tsv ] &&
    cmp -s <(sort demo-passwords.new) <(tail -n +2 demo-accounts.tsv | cut -f1,2 | sort); then
    rm demo-passwords.new
    return
  fi
  (
    umask 077
    paste <(cut -f1 demo-passwords.new) <(cut -f2 demo-passwords.new | "$1" --hash-password) >demo-hashes.tsv
    [ "$(grep -c argon2 demo-hashes.tsv)" -eq "$(wc -l <demo-passwords.new)" ]
  ) || fail 'the demonstration passwords could not be hashed'
}

# demo_accounts DSN: after the schema; writes the file that people read, with what the database
# knows of the accounts.
demo_accounts() {
  [ -e demo-passwords.new ] || return 0
  local facts
  # An account that was there already has the password of its day: set the one that will be told.
  {
    say 'create temporary table demo_password (login text, password_hash text);'
    say 'copy demo_password from stdin;'
    cat demo-hashes.tsv
    say '\.'
    say 'update private.credential as c set password_hash = p.password_hash from app.user_account as u'
    say 'join demo_password as p using (login) where u.id = c.user_id and c.password_hash <> p.password_hash;'
  } | psql -Xq -v ON_ERROR_STOP=1 -d "$1"
  facts=$(psql -XqAt -F $'\t' -v ON_ERROR_STOP=1 -d "$1" -c "
    select distinct on (a.login) a.login, v.name, l.code, m.role
    from app.user_account as a
    join app.membership as m on m.user_id = a.id
    join app.unit as u on u.id = m.unit_id
    join app.unit_version as v on v.unit_id = u.id
    join app.level as l on l.id = u.level_id
    order by a.login, m.valid_from, v.valid_from desc")
  (
    umask 077
    {
      printf 'login\tpassword\tunit\tlevel\trole\n'
      awk -F '\t' -v OFS='\t' 'NR == FNR {unit[$1] = $2; level[$1] = $3; role[$1] = $4; next}
        $1 in unit {print $1, $2, unit[$1], level[$1], role[$1]}' <(printf '%s\n' "$facts") demo-passwords.new
    } >demo-accounts.tsv
  )
  rm demo-passwords.new
}

# --- the service --------------------------------------------------------------------------------------
# service_configure [LINE…]: danvan.conf for this state folder; given lines come last and win.
service_configure() {
  (
    umask 077
    printf '%s\n' "# Written by ${0##*/}; every setting: docs/operations.md" \
      'dsn = host=/proc/self/cwd/run/postgresql port=5432 dbname=danvan user=danvan_service' \
      'listen = run/danvan/danvan.sock' \
      "peer_user = $service_user" \
      'body_folder = run/nginx-body' \
      'work_folder = run/danvan' \
      "$@" >danvan.conf.new
  )
  give "$service_user" danvan.conf.new
  if cmp -s danvan.conf.new danvan.conf; then
    rm danvan.conf.new
  else
    mv danvan.conf.new danvan.conf
  fi
}

service_is_running() {
  is_running run/danvan.pid "$state"
}

# service_start BINARY (path from the state folder)
service_start() {
  local binary=$1
  [[ $binary == */* ]] || binary=./$binary
  service_is_running && return 0
  as_user "$service_user" setsid "$binary" --config danvan.conf </dev/null >>log/danvan.log 2>&1 9>&- &
  printf '%s\n' "$!" >run/danvan.pid
  # The line above may be ahead of the process; and a faulty setting ends it at once.
  if ! wait_until 10 test -S run/danvan/danvan.sock || ! service_is_running; then
    tail -n 20 log/danvan.log >&2
    fail "the service did not start; see $state/log/danvan.log"
  fi
}

# It finishes the requests that it has.
service_stop() {
  stop_process run/danvan.pid "$state" TERM 15
  rm -f run/danvan.pid
}

# --- nginx ---------------------------------------------------------------------------------------------
# nginx_configure PORT
nginx_configure() {
  local user='# Runs as the user who started it.'
  ! is_root || user="user $service_user;"
  cp -- "$danvan_root"/deploy/nginx/danvan-*.conf nginx/
  sed -e "s|^@USER@\$|$user|" -e "s|@PORT@|$1|" -e 's|@SOCKET@|run/danvan/danvan.sock|' \
    "$danvan_root/deploy/nginx/site-local.conf" >nginx/nginx.conf
}

nginx_here() {
  nginx -p . -c nginx/nginx.conf -e log/nginx-error.log -q "$@"
}

nginx_is_running() {
  is_running run/nginx.pid "$state"
}

nginx_start() {
  nginx_here -t || fail 'nginx does not take its configuration'
  if nginx_is_running; then
    nginx_here -s reload
  else
    nginx_here 9>&- || fail 'nginx did not start. Is the port taken? DANVAN_PORT names another'
  fi
}

nginx_stop() {
  stop_process run/nginx.pid "$state" QUIT 15
}

is_ready() {
  curl -fsS -o /dev/null --max-time 5 "http://127.0.0.1:$1/api/v1/ready"
}
