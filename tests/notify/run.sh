#!/usr/bin/env bash
# danvan-notify against a real SMTP server (python3-aiosmtpd), on the test installation that
# DANVAN_TEST_DSN and _SOCKET name. DANVAN_TEST_NOTIFY is the program.
#
# Ends with libcheck's closing line.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=../../deploy/lib.sh
. "$root/deploy/lib.sh"
: "${DANVAN_TEST_SOCKET:?}" "${DANVAN_TEST_NOTIFY:?}"
notify=$(readlink -f "$DANVAN_TEST_NOTIFY")
state_enter "$(dirname "$(dirname "$(dirname "$(readlink -f "$DANVAN_TEST_SOCKET")")")")"
work=$(mktemp -d)
checks=0 failures=0 peer='' mailer=''

clean_up() {
  [ -z "$peer" ] || kill "$peer" 2>/dev/null || true
  [ -z "$mailer" ] || kill -KILL "$mailer" 2>/dev/null || true
  sql "delete from app.notice where once_key like 'mail test %'" >/dev/null || true
  sql "update app.user_account set email = null, wants_mail = false where id = '$user'" >/dev/null || true
  rm -rf "$work"
}
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
  psql -XqAt -v ON_ERROR_STOP=1 -d "$(cluster_dsn)" -c "$1"
}
user=$(sql "select id from app.user_account where login = 'dongxoai.chuyenvien'")
user_name=$(sql "select display_name from app.user_account where id = '$user'")
unit=$(sql "select unit_id from app.membership where user_id = '$user' and role = 'officer'")
other=$(sql "select id from app.unit where code = 'kdv-25195'")
trap clean_up EXIT

free_port() {
  local candidate
  for candidate in $(shuf -i 20000-29999 -n 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { say "$candidate" && return 0; }
  done
}
smtp_port=$(free_port)
peer_listens() {
  (exec 3<>"/dev/tcp/127.0.0.1/$smtp_port") 2>/dev/null
}
peer_start() {
  /usr/bin/python3 "$root/tests/notify/smtp_peer.py" "$smtp_port" "$work/mails" >"$work/peer.log" 2>&1 &
  peer=$!
  wait_until 20 peer_listens || { cat "$work/peer.log" && fail 'the SMTP server does not start'; }
}
peer_stop() {
  kill "$peer"
  wait "$peer" 2>/dev/null || true
  peer=''
}
settings() { # LINE…
  printf '%s\n' 'dsn = host=/proc/self/cwd/run/postgresql port=5432 dbname=danvan user=danvan_mailer' \
    "smtp_url = smtp://127.0.0.1:$smtp_port" 'smtp_starttls = 0' 'smtp_from = danvan@example.vn' \
    'base_url = https://danvan.example.vn/api/v1' 'smtp_timeout_s = 20' 'poll_s = 1' 'enabled = 1' "$@" >"$work/conf"
}
once() {
  "$notify" --config "$work/conf" --once 2>"$work/log"
}
# told KEY [ADDRESS]: one notice of three late assignments, to the one member who takes mail.
told() {
  sql "update app.user_account set email = '${2:-can.bo@example.vn}', wants_mail = true where id = '$user'"
  sql "select private.notify_unit($unit, 'assignments_due', 'mail test $1', 'escalated',
    p_about_unit_id => $other, p_due_on => '2021-10-31', p_count => 3)" >/dev/null
}
queue() { # EXPRESSION of the one row
  sql "select $1 from private.mail as q"
}
mail_count() {
  [ ! -e "$work/mails" ] || wc -l <"$work/mails"
}
start_over() {
  sql 'delete from private.mail' && rm -f "$work/mails"
}
field() { # NAME of the last mail
  tail -n 1 "$work/mails" | jq -r ".$1"
}
due_now() {
  sql "update private.mail set next_try_at = now()"
}

is_off() {
  settings 'enabled = 0'
  start_over && told off
  check 'ends well' "$notify" --config "$work/conf" 2>"$work/log"
  check 'says so' grep -q 'off' "$work/log"
  check 'touches nothing' test "$(queue "concat(q.status, q.attempt_count)")" = queued0
  printf 'dsn = x\n' >"$work/conf"
  check 'is off without a word' "$notify" --config "$work/conf" 2>"$work/log"
}

bad_settings() {
  local line
  for line in 'enabled = 2' 'enabled = yes' 'smtp_url = http://127.0.0.1' 'smtp_from = không' 'smtp_from = a@b c@d' \
    'smtp_user = x' 'unknown = 1' 'no equals' 'batch = 0' 'poll_s = 99999'; do
    settings "$line"
    check "refuses: $line" eval '! "$notify" --config "$work/conf" --check-config 2>"$work/log"'
    check "says why: $line" test -s "$work/log"
  done
  settings 'smtp_user = x' "smtp_password_file = $work/conf"
  check 'refuses a password in clear' eval '! "$notify" --config "$work/conf" --check-config 2>"$work/log"'
  check 'says why' grep -q 'never goes in clear' "$work/log"
  settings 'smtp_user = x' "smtp_password_file = $work/conf" 'smtp_starttls = 1'
  check 'takes it under TLS' "$notify" --config "$work/conf" --check-config
  settings
  check 'takes good ones' "$notify" --config "$work/conf" --check-config
  check 'refuses a line break from the environment' \
    eval '! DANVAN_NOTIFY_SMTP_FROM=$(printf "a@b\nc") "$notify" --config "$work/conf" --check-config 2>/dev/null'
}

sends_once() {
  settings && start_over
  local name notice
  name=$(sql "select name from app.unit_version where unit_id = $other and valid_to is null")
  told once
  notice=$(sql "select id from app.notice where once_key = 'mail test once'")
  check 'works' once
  check 'one mail came' test "$(mail_count)" = 1
  check 'subject' test "$(field subject)" = "$name: 3 nhiệm vụ đã quá hạn (hạn 31/10/2021)"
  check 'first line of the body' test "$(field body | head -n 1)" = "$name: 3 nhiệm vụ đã quá hạn (hạn 31/10/2021). Đề nghị đôn đốc đơn vị thực hiện."
  check 'link' grep -qF "https://danvan.example.vn/api/v1/assignments?unit=$other&due_after=2021-10-30&due_before=2021-11-01" <<<"$(field body)"
  check 'addressee' test "$(field to)" = can.bo@example.vn
  check 'envelope' test "$(field 'envelope_to | join(",")') $(field envelope_from)" = 'can.bo@example.vn danvan@example.vn'
  check 'name' test "$(field to_name)" = "$(sql "select display_name from app.user_account where id = '$user'")"
  check 'Message-ID' test "$(field message_id)" = "<$notice.$user@example.vn>"
  check 'said to be automatic' test "$(field auto_submitted)" = auto-generated
  check 'text in UTF-8' test "$(field type)" = 'text/plain utf-8'
  check 'short lines' test "$(field longest_line)" -le 78
  check 'no defect' test "$(field 'defects | length')" = 0
  check 'these headers alone' test "$(field 'headers | join(" ")')" = 'auto-submitted content-transfer-encoding content-type date from message-id mime-version subject to'
  check 'date of now' test "$(($(date +%s) - $(date -d "$(field date)" +%s)))" -lt 60
  check 'marked' test "$(queue "concat_ws(' ', q.status, q.attempt_count, q.sent_at is not null)")" = 'sent 1 t'
  due_now
  check 'runs again' once
  check 'sends nothing again' test "$(mail_count)" = 1
}

# What is stored by hand, past every check: nothing of it may begin a header.
injects_nothing() {
  settings && start_over
  sql "update app.user_account set display_name = E'Cán\r\nBcc: lạ@example.vn' where id = '$user'"
  told inject
  check 'works' once
  check 'one mail came' test "$(mail_count)" = 1
  check 'no header of the name' test "$(field 'headers | index("bcc")')" = null
  check 'to one address' test "$(field 'envelope_to | length')" = 1
  sql "update app.user_account set display_name = '$user_name' where id = '$user'"
  start_over && told inject2 'a,b@example.vn>' && due_now
  once || true
  check 'an address that is more than one is refused' test "$(queue q.status) $(mail_count)" = 'queued '
  check 'saying so' test "$(queue q.last_error)" = 'the address is not one that mail is sent to'
}

# One refused address does not stop the others; it is tried again later.
refused_address() {
  settings && start_over
  told refused refused@example.vn
  told good
  sql "insert into private.mail (notice_id, user_id) select n.id, u.id from app.notice as n, app.user_account as u
    where n.once_key = 'mail test good' and u.login = 'dongxoai.lanhdao' on conflict do nothing"
  sql "update app.user_account set email = 'refused.2@example.vn', wants_mail = true where login = 'dongxoai.lanhdao'"
  sql "update private.mail set next_try_at = now() - interval '1 minute' where user_id <> '$user'"
  once || true
  check 'both mails of the other came' test "$(mail_count)" = 2
  check 'the refused one waits a minute' test "$(sql "select concat_ws(' ', status, attempt_count,
    next_try_at between now() + interval '50 seconds' and now() + interval '61 seconds', last_error ~ '550')
    from private.mail where user_id <> '$user'")" = 'queued 1 t t'
  sql "update app.user_account set email = null, wants_mail = false where login = 'dongxoai.lanhdao'"
  start_over && told busy busy@example.vn
  once || true
  check 'refused after its text: queued' test "$(queue "concat_ws(' ', q.status, q.attempt_count)")" = 'queued 1'
  sql "update app.user_account set email = 'can.bo@example.vn' where id = '$user'"
  due_now
  check 'tried again' once
  check 'and sent' test "$(queue "concat_ws(' ', q.status, q.attempt_count)") $(mail_count)" = 'sent 2 1'
}

server_down() {
  settings 'smtp_timeout_s = 3' && start_over
  peer_stop
  told down
  sql "insert into private.mail (notice_id, user_id) select n.id, q.user_id from app.notice as n, private.mail as q
    where n.once_key like 'mail test %' on conflict do nothing"
  local waiting
  waiting=$(sql 'select count(*) from private.mail')
  check 'says that it did not work' eval '! once'
  check 'one tried and backs off' test "$(sql "select count(*) from private.mail where status = 'queued' and attempt_count = 1 and next_try_at > now()")" = 1
  check 'the others put back untried' test "$(sql "select count(*) from private.mail where status = 'queued' and attempt_count = 0 and next_try_at <= now()")" = $((waiting - 1))
  peer_start
  due_now
  check 'works when it is back' once
  check 'all sent' test "$(sql "select count(*) from private.mail where status = 'sent'") $(mail_count)" = "$waiting $waiting"
}

# Killed after the server took the mail and before that was written down: sent again under the same
# Message-ID, once the lease is over and not before.
crash_between() {
  settings && start_over
  told crash slow@example.vn
  "$notify" --config "$work/conf" 2>"$work/log" &
  mailer=$!
  check 'the server has it' wait_until 20 test -s "$work/mails"
  kill -KILL "$mailer"
  wait "$mailer" 2>/dev/null || true
  mailer=''
  check 'still in hand' test "$(queue q.status)" = sending
  sql "update app.user_account set email = 'can.bo@example.vn' where id = '$user'"
  check 'another run' once
  check 'does not touch it' test "$(mail_count)" = 1
  sql "update private.mail set next_try_at = next_try_at - interval '10 minutes'"
  check 'after the lease' once
  check 'it goes out' test "$(queue q.status) $(mail_count)" = 'sent 2'
  check 'under the same Message-ID' test "$(jq -r .message_id "$work/mails" | sort -u | wc -l)" = 1
}

# TERM: the mail in hand is finished, the rest is given back, the program ends.
term_drains() {
  settings 'batch = 50' && start_over
  told term
  "$notify" --config "$work/conf" 2>"$work/log" &
  mailer=$!
  check 'sends by itself' wait_until 20 test -s "$work/mails"
  told term2
  check 'and goes on' wait_until 20 eval '[ "$(mail_count)" = 2 ]'
  kill -TERM "$mailer"
  local status=0
  wait "$mailer" || status=$?
  mailer=''
  check 'ends well' test $status = 0
  check 'leaves nothing in hand' test "$(sql "select count(*) from private.mail where status = 'sending'")" = 0
}

database_away() {
  settings && start_over
  told away
  sql "alter role danvan_mailer nologin"
  check 'says so' eval '! once'
  check 'in its log' grep -q queue_unreachable "$work/log"
  sql "alter role danvan_mailer login"
  check 'and works when it is back' once
  check 'sent' test "$(queue q.status)" = sent
}

all=(is_off bad_settings sends_once injects_nothing refused_address server_down crash_between term_drains database_away)
[ $# -gt 0 ] || set -- "${all[@]}"
peer_start
sql 'delete from private.mail'
for name; do
  "$name"
  ! grep -aE 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$work/log" || failures=$((failures + 1))
done
passed=$((checks - failures))
printf '%d%%: Checks: %d, Failures: %d, Errors: 0\n' $((100 * passed / checks)) "$checks" "$failures"
[ "$failures" -eq 0 ]
