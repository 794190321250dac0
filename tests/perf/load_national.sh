#!/bin/sh
# Loads national volume (63 provinces, 705 districts, 10,600 communes, 5,000,000 assignments) around
# the real province of a deployed database, and two periods of reports of all of them. Measuring
# only: never on a database that somebody uses.
#
#   PGHOST=… PGPORT=… PGDATABASE=… PGUSER=<superuser> SCALE=1 tests/perf/load_national.sh
#
# SCALE=0.02 gives a development load of 100,000 assignments.
set -eu
cd "$(dirname "$0")"
exec psql -X -q -v scale="${SCALE:-1}" -f national.sql -f national_reports.sql "$@"
