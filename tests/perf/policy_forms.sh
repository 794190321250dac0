#!/bin/sh
# Measures the forms of row policy side by side on a database with national volume (see
# load_national.sh); changes nothing in it. ROUNDS timed runs of each cell; EXPLAIN=1 prints plans.
#
#   PGHOST=… PGPORT=… PGDATABASE=… PGUSER=<superuser> tests/perf/policy_forms.sh
set -eu
cd "$(dirname "$0")"
exec psql -X -q -v rounds="${ROUNDS:-21}" -v explain="${EXPLAIN:-0}" -f policy_forms.sql "$@"
