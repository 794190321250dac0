#!/usr/bin/env bash
# How long what is counted over a province takes in SQL, under its role, on the volume of volume.sql: see README.md.
#
#   DANVAN_DSN='…' tests/perf/volume.sh [ROUNDS [UNIT_CODE]]
#
# DANVAN_DSN is a superuser's. An account of the unit (bdv-70: the provincial board) is made and undone; each statement is
# prepared as the service prepares it, run once, and then timed. Asserts nothing: it prints the medians, in ms.
set -euo pipefail
rounds=${1:-5} unit=${2:-bdv-70}
here=$(dirname "$(realpath -- "${BASH_SOURCE[0]}")")

statements() {
  cat <<'SQL'
outcomes_overdue	select r.*, coalesce(r.due_on, date '9999-12-31') from api.outcomes as r where (r.status = 'open' and (r.id in (select private.overdue_outcomes())) is true) and r.:key = (select private.my_scope()) order by coalesce(r.due_on, date '9999-12-31'), r.id limit 21
outcomes_overdue_count	select count(*) from api.outcomes as r where (r.status = 'open' and (r.id in (select private.overdue_outcomes())) is true) and r.:key = (select private.my_scope())
outcomes_overdue_updated	select r.*, r.updated_at from api.outcomes as r where (r.status = 'open' and (r.id in (select private.overdue_outcomes())) is true) and r.:key = (select private.my_scope()) order by r.updated_at, r.id limit 21
inspection_overview	select r.* from api.inspection_overview() as r order by r.unit_id limit 51
inspection_overview_year_ago	select r.* from api.inspection_overview(p_as_of => private.today() - 180) as r order by r.unit_id limit 51
recommendation_ages	select r.* from api.recommendation_ages('unit') as r
recommendation_ages_day	select r.* from api.recommendation_ages('unit', private.today() - 30) as r
plan_years	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36') as r
plan_years_unit	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36', 'unit') as r
plan_years_yesterday	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36', 'item', p_as_of => private.today() - 1) as r
plan_years_unit_yesterday	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36', 'unit', p_as_of => private.today() - 1) as r
plan_years_unit_half_year	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36', 'unit', p_as_of => private.today() - 180) as r
plan_years_district_half_year	select r.* from api.plan_years('017b4fe7-da80-7000-8000-000000000a36', 'district', p_as_of => private.today() - 180) as r
SQL
}

{
  cat <<SQL
begin;
\\ir $here/../sql/include/acting.sql
select pg_temp.add_user('t.perf', '$unit', 'leader') \\g /dev/null
select a.scope_code, a.scope_code || '_key' as key from app.session as s join app.membership as m on m.id = s.membership_id
join private.acting_unit as a on a.unit_id = m.unit_id where s.token_hash = 'test t.perf' \\gset
set local plan_cache_mode = force_generic_plan;
set local jit = off;
set local session authorization danvan_service;
select from (select set_config('role', 'danvan_' || :'scope_code', true) as role offset 0) as r
cross join lateral private.begin_request(r.role, 'test t.perf', 'session', 'perf', null) \\g /dev/null
SQL
  statements | while IFS=$'\t' read -r name statement; do
    printf 'prepare %s as %s;\nexecute %s \\g /dev/null\n\\timing on\n\\echo %s\n' "$name" "$statement" "$name" "$name"
    for _ in $(seq "$rounds"); do printf 'execute %s \\g /dev/null\n' "$name"; done
    printf '\\timing off\n'
  done
  echo 'rollback;'
} | psql -XqAt -v ON_ERROR_STOP=1 -d "$DANVAN_DSN" | awk -v middle="$(((rounds + 1) / 2))" '
    function told() { if (n) { asort_times(); printf "%-32s %8.1f  (%.1f to %.1f)\n", name, t[middle], t[1], t[n] } n = 0 }
    function asort_times(  i, j, x) { for (i = 2; i <= n; i++) { x = t[i]; for (j = i - 1; j > 0 && t[j] > x; j--) t[j + 1] = t[j]; t[j + 1] = x } }
    /^Time: / { t[++n] = $2; next }
    /^[a-z_]+$/ { told(); name = $0 }
    END { told() }'
