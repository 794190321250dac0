/* Facts that several programs arrange: accounts of their own, another day, small documents. What is
 * made here bears a fresh name, so that one database serves any number of runs. */
#ifndef DANVAN_TESTS_API_ARRANGE_H
#define DANVAN_TESTS_API_ARRANGE_H

#include "client.h"

/* A new account of `unit` with one membership there; its password is that of the demonstration
 * account `like`. Returns the login. */
const char *make_account(const char *like, int unit, const char *role);
/* One more membership for the account; returns its id. */
const char *make_membership(const char *login, int unit, const char *role);
const char *user_id_of(const char *login);
/* make_account at the unit of `like`, signed in. */
struct caller *make_caller(const char *like, const char *role);

/* Forgets failed sign-ins: from one machine they all count against one address. */
void forget_failures(void);

/* The unit that a demonstration code names ("bdv-689"), by area code and kind of line. */
int unit_by(const char *area_code, const char *line_code);

/* Creates a document as the caller; returns its id, and its version in *version (may be NULL). */
const char *make_document(const struct caller *c, const char *status, int64_t *version);
/* A body for such a document; every call names a fresh subject. */
const char *document_body(const char *status);

/* A moment of RFC 3339: an API token lives a year at most. */
const char *in_thirty_days(void);

/* The plan that the demonstration data carries. */
const char *plan_36(void);

/* The plan's year 2021, or a phase over days of its own up to 31/12/2021; due for every level on
 * one day. It stands as its calendar says, so that the service's clock, which runs meanwhile, has
 * nothing to open there and makes no reports in it. Returns its id. */
const char *make_period(const char *plan, const char *kind, const char *opens_on,
                        const char *due_on, const char *locks_on);
/* What opening a period gives a unit to write, its report read by `superior` (0: nobody). */
const char *make_report(const char *period, int unit, int superior);

#endif
