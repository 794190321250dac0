/* A command: the one call of its SQL function. Roles and states are checked there. */
#include "resource/operation.h"

void command_plan(struct arena *a, const struct operation *op, struct db_stmt *out)
{
    struct str *params = arena_alloc_array(a, 3, sizeof *params);
    const char *id_type = op->resource->id_kind == ID_UUID ? "uuid" : "integer";
    params[0] = op->id;
    if (op->version > 0)
        params[1] = str_printf(a, "%lld", (long long)op->version);
    params[2] = op->body;
    *out = (struct db_stmt){
        .sql = str_printf(a, "select %s($1::%s, $2::integer, $3::jsonb)", op->command->function,
                          id_type),
        .params = params,
        .param_count = 3,
    };
}
