#include "imports.h"

#include <string.h>
#include <time.h>

const char *import_path(const char *name, const char *more)
{
    return form("/api/v1/imports?kind=ratings&name=%s%s", name, more);
}

struct reply *send_text(const struct caller *c, const char *more, const char *text)
{
    return send_file(c, import_path("xep-loai.csv", more), bytes_of(text, strlen(text)));
}

/* Until the job runner has done with it. */
struct reply *wait_for(const struct caller *c, const char *id)
{
    struct reply *r = NULL;
    for (int i = 0; i < TRIES; i++) {
        r = get(c, "/api/v1/imports/%s", id);
        ck_status(r, 200);
        const char *status = text_at(r, "/status");
        if (strcmp(status, "queued") != 0 && strcmp(status, "running") != 0)
            return r;
        nanosleep(&(struct timespec){.tv_nsec = 200000000L}, NULL);
    }
    ck_abort_msg("the import does not end: %s", r->body);
    return r;
}

struct reply *run(const struct caller *c, const char *more, const char *text, const char *status)
{
    struct reply *r = send_text(c, more, text);
    ck_status(r, 202);
    r = wait_for(c, text_at(r, "/id"));
    ck_assert_msg(strcmp(text_at(r, "/status"), status) == 0, "not %s: %s", status, r->body);
    return r;
}

void ck_error(const struct caller *c, const char *id, const char *cell, const char *word,
              const char *value)
{
    const struct reply *r = get(c, "/api/v1/import-errors?import=%s&limit=200", id);
    ck_status(r, 200);
    int i = find_item(r, "cell", cell);
    ck_assert_msg(i >= 0, "nothing at %s: %s", cell, r->body);
    ck_assert_str_eq(text_at(r, form("/items/%d/word", i)), word);
    if (value != NULL)
        ck_assert_str_eq(text_at(r, form("/items/%d/value", i)), value);
}

void forget(int year)
{
    db_do("delete from app.rating where year = $1::integer", form("%d", year));
}

int64_t rated(int year)
{
    return db_int("select count(*) from app.rating where year = $1::integer", form("%d", year));
}

const char *left_job(const char *status, int tries, const char *text)
{
    return db_text(form("with j as (insert into app.import_job (kind, unit_id, created_by, "
                        "membership_id, file_name, format,"
                        " size, sha256, status, try_count)"
                        " select 'ratings', m.unit_id, m.user_id, m.id, 'left.csv', 'csv', %zu, "
                        "sha256(''), '%s', %d"
                        " from app.membership as m join app.user_account as u on u.id = m.user_id"
                        " where u.login = '" PROVINCE "' limit 1 returning id)"
                        " insert into app.import_piece (job_id, number, bytes) select j.id, 0, "
                        "convert_to($1, 'UTF8') from j"
                        " returning job_id",
                        strlen(text), status, tries),
                   text);
}
