/* From PostgreSQL's report of a failure to danvan's: one table, no libpq, so that tests can hold it
 * against every code. PostgreSQL's own words go to the log only: they may describe a row of another
 * unit. Functions of ours raise 'DV4xx' with a catalogue word as CONSTRAINT and a field as COLUMN.
 */
#ifndef DANVAN_DB_SQLSTATE_H
#define DANVAN_DB_SQLSTATE_H

#include "base/arena.h"
#include "base/err.h"

/* The parts of a report (PQresultErrorField); empty where absent. */
struct sqlstate_report {
    struct str sqlstate;
    struct str message;
    struct str detail;
    struct str hint;
    struct str table;
    struct str column;
    struct str constraint;
};

enum sqlstate_action {
    SQLSTATE_GIVE_UP,  /* an answer to the request: ask no more */
    SQLSTATE_RETRY,    /* lost a race: the same transaction may pass now */
    SQLSTATE_RECONNECT /* the connection, or what it has prepared, is no longer good */
};

/* Fills *e and says whether asking again can help. What is in *e lives in the arena. */
enum sqlstate_action sqlstate_map(struct arena *a, const struct sqlstate_report *r, struct err *e);

#endif
