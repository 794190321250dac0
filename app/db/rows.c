/* Rows as the rest of danvan sees them: a PGresult behind an opaque name. */
#include "db/pipe.h"

static const PGresult *result_of(const struct db_rows *r)
{
    return (const PGresult *)(const void *)r;
}

size_t db_row_count(const struct db_rows *r)
{
    return r == NULL ? 0 : (size_t)PQntuples(result_of(r));
}

size_t db_column_count(const struct db_rows *r)
{
    return r == NULL ? 0 : (size_t)PQnfields(result_of(r));
}

struct str db_column_name(const struct db_rows *r, size_t column)
{
    return str_from(PQfname(result_of(r), (int)column));
}

struct str db_value(const struct db_rows *r, size_t row, size_t column)
{
    const PGresult *res = result_of(r);
    if (PQgetisnull(res, (int)row, (int)column))
        return (struct str){NULL, 0};
    return (struct str){PQgetvalue(res, (int)row, (int)column),
                        (size_t)PQgetlength(res, (int)row, (int)column)};
}
