#include "base/err.h"

#include "base/arena.h"

static const struct err_kind kinds[ERR__MAX] = {
#define X(code, status, slug, en, vi) [code] = {(status), (slug), (en), (vi)},
    ERR_LIST(X)
#undef X
};

const struct err_kind *err_kind(enum err_code code)
{
    /* A code out of range is our own fault, and must still give an answer. */
    return (unsigned)code < ERR__MAX ? &kinds[code] : &kinds[ERR_INTERNAL];
}

/* Leaves the other members alone: reason, detail and the rest may be set before or after. */
bool err_set(struct err *e, enum err_code code, struct str cause)
{
    e->code = code;
    e->cause = cause;
    return false;
}

bool err_field(struct arena *a, struct err *e, enum err_code code, struct str pointer,
               struct str word)
{
    struct field_err *f = arena_alloc(a, sizeof *f);
    f->pointer = pointer;
    f->code = word;
    if (e->last == NULL)
        e->fields = f;
    else
        e->last->next = f;
    e->last = f;
    e->code = code;
    return false;
}
