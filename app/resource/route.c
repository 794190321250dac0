/* Path and method → resource, verb, id. */
#include "resource/descriptor.h"
#include "resource/value.h"

static const struct resource *find_by_name(struct str name)
{
    size_t count = 0;
    const struct resource *const *all = resource_all(&count);
    for (size_t i = 0; i < count; i++)
        if (str_equal(all[i]->name, name))
            return all[i];
    return NULL;
}

static const struct command *find_command(const struct resource *res, struct str name)
{
    for (size_t i = 0; i < res->command_count; i++)
        if (str_equal(res->commands[i].name, name))
            return &res->commands[i];
    return NULL;
}

static bool is_id(const struct resource *res, struct str id)
{
    if (res->id_kind == ID_UUID)
        return value_is_uuid(id);
    return value_check(FIELD_INT_REF, NULL, 0, id).len == 0 && id.ptr[0] != '-';
}

struct allowed {
    bool get;
    bool post;
    bool patch;
    bool delete;
};

static struct str allow_header(struct arena *a, struct allowed can)
{
    struct text t = {.arena = a};
    if (can.get)
        text_append(&t, STR("GET, HEAD"));
    if (can.post)
        text_append(&t, t.len > 0 ? STR(", POST") : STR("POST"));
    if (can.patch)
        text_append(&t, t.len > 0 ? STR(", PATCH") : STR("PATCH"));
    if (can.delete)
        text_append(&t, t.len > 0 ? STR(", DELETE") : STR("DELETE"));
    return text_str(&t);
}

static bool may(struct allowed can, enum http_method m)
{
    switch (m) {
    case HTTP_GET:
    case HTTP_HEAD:
        return can.get;
    case HTTP_POST:
        return can.post;
    case HTTP_PATCH:
        return can.patch;
    case HTTP_DELETE:
        return can.delete;
    default:
        return false;
    }
}

static struct allowed allowed_for(const struct resource *res, bool has_id,
                                  const struct command *command)
{
    unsigned can = res->can;
    if (command != NULL)
        return (struct allowed){.post = true};
    if (has_id)
        return (struct allowed){
            .get = can & CAN_GET, .patch = can & CAN_UPDATE, .delete = can & CAN_DELETE};
    return (struct allowed){.get = can & CAN_LIST,
                            .post = can & CAN_CREATE,
                            .patch = (can & CAN_BULK) && (can & CAN_UPDATE)};
}

static enum resource_verb verb_of(enum http_method m, bool has_id, const struct command *command)
{
    if (command != NULL)
        return VERB_COMMAND;
    switch (m) {
    case HTTP_POST:
        return VERB_CREATE;
    case HTTP_PATCH:
        return has_id ? VERB_UPDATE : VERB_BULK_UPDATE;
    case HTTP_DELETE:
        return VERB_DELETE;
    default:
        return has_id ? VERB_GET : VERB_LIST;
    }
}

/* Cuts "name[/id[/command]]"; false when there is more, or an empty piece. */
static bool cut_path(struct str path, struct str *name, struct str *id, struct str *command)
{
    struct str rest;
    bool has_id = str_cut(path, '/', name, &rest);
    bool has_command = str_cut(rest, '/', id, &rest);
    *command = rest;
    return name->len > 0 && (!has_id || id->len > 0) && (!has_command || rest.len > 0) &&
           str_find(rest, '/', 0) == rest.len;
}

bool resource_find(const struct http_request *r, struct resource_route *out, struct str *allow,
                   struct arena *a, struct err *e)
{
    struct str path = r->path;
    struct str name;
    struct str id;
    struct str word;
    *out = (struct resource_route){0};
    *allow = STR("");
    if (!str_starts(path, STR("/api/v1/")))
        return err_set(e, ERR_NOT_FOUND, STR("no such path"));
    path = str_slice(path, sizeof "/api/v1/" - 1, path.len);
    if (!cut_path(path, &name, &id, &word))
        return err_set(e, ERR_NOT_FOUND, STR("no such path"));
    const struct resource *res = find_by_name(name);
    if (res == NULL || (id.len > 0 && !is_id(res, id)))
        return err_set(e, ERR_NOT_FOUND, STR("no such resource"));
    const struct command *command = word.len > 0 ? find_command(res, word) : NULL;
    if (word.len > 0 && command == NULL)
        return err_set(e, ERR_NOT_FOUND, STR("no such command"));
    struct allowed can = allowed_for(res, id.len > 0, command);
    if (!may(can, r->method)) {
        *allow = allow_header(a, can);
        if (allow->len == 0)
            return err_set(e, ERR_NOT_FOUND, STR("nothing here"));
        return err_set(e, ERR_METHOD, STR("method"));
    }
    out->resource = res;
    out->command = command;
    out->verb = verb_of(r->method, id.len > 0, command);
    out->id = id;
    out->name = command != NULL ? command->route_name : res->route_names[out->verb];
    return true;
}
