/* The document: operations by path, and the components they refer to. */
#include "resource/openapi.h"

#include "resource/openapi_text.h"

/* One operation, of a resource or written by hand. */
struct entry {
    const char *path;
    const char *method; /* lower case */
    const struct resource *resource;
    const struct command *command;
    enum resource_verb verb;
    const struct openapi_operation *handler;
};

struct entries {
    struct arena *arena;
    struct entry *list;
    size_t count;
};

/* Handlers come first, here as in the router: what they take is theirs. */
static void add(struct entries *all, struct entry e)
{
    size_t size = sizeof e;
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(str_from(all->list[i].path), str_from(e.path)) &&
            str_equal(str_from(all->list[i].method), str_from(e.method)))
            return;
    all->list = arena_grow(all->arena, all->list, all->count * size, (all->count + 1) * size);
    all->list[all->count++] = e;
}

static void add_resource(struct entries *all, const struct resource *r)
{
    const char *list = str_printf(all->arena, "/%.*s", STR_ARG(r->name)).ptr;
    const char *item = str_printf(all->arena, "/%.*s/{id}", STR_ARG(r->name)).ptr;
    if (r->can & CAN_LIST)
        add(all, (struct entry){list, "get", r, NULL, VERB_LIST, NULL});
    if (r->can & CAN_CREATE)
        add(all, (struct entry){list, "post", r, NULL, VERB_CREATE, NULL});
    if ((r->can & CAN_BULK) && (r->can & CAN_UPDATE))
        add(all, (struct entry){list, "patch", r, NULL, VERB_BULK_UPDATE, NULL});
    if (r->can & CAN_GET)
        add(all, (struct entry){item, "get", r, NULL, VERB_GET, NULL});
    if (r->can & CAN_UPDATE)
        add(all, (struct entry){item, "patch", r, NULL, VERB_UPDATE, NULL});
    if (r->can & CAN_DELETE)
        add(all, (struct entry){item, "delete", r, NULL, VERB_DELETE, NULL});
    for (size_t i = 0; i < r->command_count; i++) {
        const struct command *c = &r->commands[i];
        const char *path = str_printf(all->arena, "%s/%.*s", item, STR_ARG(c->name)).ptr;
        add(all, (struct entry){path, "post", r, c, VERB_COMMAND, NULL});
    }
}

static const char *lower(struct arena *a, const char *text)
{
    char *copy = str_cstr(a, str_from(text));
    for (char *p = copy; *p != '\0'; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return copy;
}

static const char *summary_of(struct arena *a, const struct entry *e)
{
    static const char *const forms[VERB__MAX] = {
        [VERB_LIST] = "List: %s",         [VERB_GET] = "Read one: %s",
        [VERB_CREATE] = "Create: %s",     [VERB_UPDATE] = "Change one: %s",
        [VERB_DELETE] = "Delete one: %s", [VERB_BULK_UPDATE] = "Change many, all or nothing: %s",
    };
    if (e->command != NULL)
        return e->command->title_en;
    struct str head;
    struct str tail;
    str_cut(str_from(forms[e->verb]), '%', &head, &tail);
    return str_printf(a, "%.*s%s", STR_ARG(head), e->resource->title_en).ptr;
}

static bool has_body(const struct entry *e)
{
    if (e->handler != NULL)
        return e->handler->request_schema != NULL;
    return e->verb != VERB_LIST && e->verb != VERB_GET && e->verb != VERB_DELETE;
}

static bool needs_version(const struct entry *e)
{
    if (e->handler != NULL)
        return e->handler->needs_version;
    if (e->command != NULL)
        return e->command->needs_version;
    return (e->verb == VERB_UPDATE || e->verb == VERB_DELETE) && resource_has_version(e->resource);
}

static bool is_safe(const struct entry *e)
{
    return str_equal(str_from(e->method), STR("get"));
}

static bool is_item(const struct entry *e)
{
    return str_find(str_from(e->path), '{', 0) < str_from(e->path).len;
}

static void put_sort(struct text *t, const struct resource *r)
{
    json_open(t, NULL, '{');
    json_put(t, "name", "sort");
    json_put(t, "in", "query");
    json_put_str(t, "description",
                 str_printf(t->arena, "With a minus before it: from last to first. Without: %s%.*s",
                            r->sorts_down ? "-" : "", STR_ARG(r->sorts[0].name)));
    json_open(t, "schema", '{');
    json_put(t, "type", "string");
    json_open(t, "enum", '[');
    for (size_t i = 0; i < r->sort_count; i++) {
        json_put_str(t, NULL, r->sorts[i].name);
        json_put_str(t, NULL, str_printf(t->arena, "-%.*s", STR_ARG(r->sorts[i].name)));
    }
    json_close(t, ']');
    json_close(t, '}');
    json_close(t, '}');
}

static void put_id(struct text *t, const struct entry *e)
{
    bool is_int = e->resource != NULL && e->resource->id_kind == ID_INT;
    json_open(t, NULL, '{');
    json_put(t, "name", "id");
    json_put(t, "in", "path");
    json_put_raw(t, "required", "true");
    json_put_raw(t, "schema",
                 is_int ? "{\"type\":\"integer\",\"minimum\":0}"
                        : "{\"type\":\"string\",\"format\":\"uuid\"}");
    json_close(t, '}');
}

static void put_parameters(struct text *t, const struct entry *e)
{
    json_open(t, "parameters", '[');
    if (is_item(e))
        put_id(t, e);
    json_put_ref(t, NULL, "parameters", "accept_language");
    if (e->handler == NULL && e->verb == VERB_LIST) {
        for (size_t i = 0; i < e->resource->filter_count; i++)
            openapi_filter(t, &e->resource->filters[i]);
        put_sort(t, e->resource);
        json_put_ref(t, NULL, "parameters", "limit");
        json_put_ref(t, NULL, "parameters", "cursor");
        json_put_ref(t, NULL, "parameters", "prefer");
    }
    if (e->handler == NULL && e->verb == VERB_GET && resource_has_days(e->resource))
        json_put_ref(t, NULL, "parameters", "as_of");
    if (e->handler == NULL && is_safe(e))
        json_put_ref(t, NULL, "parameters", "if_none_match");
    if (!is_safe(e))
        json_put_ref(t, NULL, "parameters", "csrf_token");
    bool is_disclosure = e->command != NULL && e->command->is_disclosure;
    if (e->handler == NULL && !is_safe(e) && !is_disclosure)
        json_put_ref(t, NULL, "parameters", "dry_run");
    if (needs_version(e))
        json_put_ref(t, NULL, "parameters", "if_match");
    if (e->handler == NULL && str_equal(str_from(e->method), STR("post")) && !is_disclosure)
        json_put_ref(t, NULL, "parameters", "idempotency_key");
    if (e->handler != NULL && e->handler->parameters != NULL)
        json_put_raw(t, NULL, e->handler->parameters);
    json_close(t, ']');
}

static void put_schema_ref(struct text *t, const char *singular, const char *suffix)
{
    json_put_ref(t, "schema", "schemas", str_printf(t->arena, "%s%s", singular, suffix).ptr);
}

/* One, or in an array many. */
static void put_one_or_many(struct text *t, const char *one, const char *many, bool only_many)
{
    json_open(t, "schema", '{');
    if (!only_many) {
        json_open(t, "oneOf", '[');
        json_put_ref(t, NULL, "schemas", one);
        json_open(t, NULL, '{');
    }
    json_put(t, "type", "array");
    json_put_ref(t, "items", "schemas", many);
    json_put_int(t, "minItems", 1);
    json_put_int(t, "maxItems", 500);
    if (!only_many) {
        json_close(t, '}');
        json_close(t, ']');
    }
    json_close(t, '}');
}

static void put_request(struct text *t, const struct entry *e)
{
    const struct resource *r = e->resource;
    if (!has_body(e))
        return;
    json_open(t, "requestBody", '{');
    json_put_raw(t, "required", e->command != NULL ? "false" : "true");
    json_open_content(t, e->handler != NULL && e->handler->request_type != NULL
                             ? e->handler->request_type
                             : "application/json");
    if (e->handler != NULL)
        json_put_raw(t, "schema", e->handler->request_schema);
    else if (e->command != NULL)
        put_schema_ref(t, r->singular,
                       str_printf(t->arena, "_%.*s", STR_ARG(e->command->name)).ptr);
    else if (e->verb == VERB_BULK_UPDATE)
        put_one_or_many(t, NULL, str_printf(t->arena, "%s_bulk_update", r->singular).ptr, true);
    else if (e->verb == VERB_CREATE && (r->can & CAN_BULK)) {
        const char *create = str_printf(t->arena, "%s_create", r->singular).ptr;
        put_one_or_many(t, create, create, false);
    } else {
        put_schema_ref(t, r->singular, e->verb == VERB_CREATE ? "_create" : "_update");
    }
    json_close(t, '}');
    json_close(t, '}');
    json_close(t, '}');
}

static void put_answer_schema(struct text *t, const struct entry *e)
{
    const struct resource *r = e->resource;
    const char *item = openapi_has_detail(r) ? "_detail" : "";
    if (e->verb == VERB_LIST) {
        put_schema_ref(t, r->singular, "_list");
    } else if (e->verb == VERB_BULK_UPDATE) {
        json_put_ref(t, "schema", "schemas", "bulk_result");
    } else if (e->command != NULL && e->command->answers_json) {
        json_put_raw(t, "schema", "{\"type\":\"object\"}");
    } else if (e->verb == VERB_CREATE && (r->can & CAN_BULK)) {
        json_open(t, "schema", '{');
        json_open(t, "oneOf", '[');
        json_put_ref(t, NULL, "schemas", str_printf(t->arena, "%s%s", r->singular, item).ptr);
        json_put_ref(t, NULL, "schemas", "bulk_result");
        json_close(t, ']');
        json_close(t, '}');
    } else {
        put_schema_ref(t, r->singular, item);
    }
}

static void put_answer_headers(struct text *t, const struct entry *e, int status)
{
    json_open(t, "headers", '{');
    if (status != 204)
        json_put_ref(t, "ETag", "headers", "etag");
    if (status == 201)
        json_put_ref(t, "Location", "headers", "location");
    if (e->verb == VERB_LIST) {
        json_put_ref(t, "Link", "headers", "link");
        json_put_ref(t, "Preference-Applied", "headers", "preference_applied");
    }
    if (str_equal(str_from(e->method), STR("post")))
        json_put_ref(t, "Idempotency-Replayed", "headers", "idempotency_replayed");
    json_put_ref(t, "Content-Language", "headers", "content_language");
    json_close(t, '}');
}

static void put_resource_answer(struct text *t, const struct entry *e, int status,
                                const char *description)
{
    json_open(t, str_printf(t->arena, "%d", status).ptr, '{');
    json_put(t, "description", description);
    put_answer_headers(t, e, status);
    if (status != 204) {
        json_open_content(t, "application/json");
        put_answer_schema(t, e);
        json_close(t, '}');
        if (e->verb == VERB_LIST) {
            json_put_raw(t, "text/csv", "{\"schema\":{\"type\":\"string\"}}");
            json_put_raw(t, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                         "{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}");
        }
        json_close(t, '}');
    }
    json_close(t, '}');
}

static void put_handler_answer(struct text *t, const struct openapi_operation *h)
{
    json_open(t, str_printf(t->arena, "%d", h->status).ptr, '{');
    json_put(t, "description", h->summary);
    if (h->response_content != NULL) {
        json_open(t, "content", '{');
        json_put_raw(t, NULL, h->response_content);
        json_close(t, '}');
    } else if (h->response_schema != NULL) {
        json_open_content(t, h->response_type != NULL ? h->response_type : "application/json");
        json_put_raw(t, "schema", h->response_schema);
        json_close(t, '}');
        json_close(t, '}');
    }
    json_close(t, '}');
    if (h->more_responses != NULL)
        json_put_raw(t, NULL, h->more_responses);
}

/* Which errors an operation may answer, by their statuses. */
static bool answers_status(const struct entry *e, int status)
{
    switch (status) {
    case 400:
    case 401:
    case 403:
    case 406:
    case 429:
    case 500:
    case 503:
        return true;
    case 404:
        return is_item(e) || e->handler == NULL;
    case 409:
    case 422:
        return !is_safe(e);
    case 413:
    case 415:
        return has_body(e);
    case 412:
        return !is_safe(e) && is_item(e);
    case 428:
        return needs_version(e);
    default:
        return false;
    }
}

static bool handler_adds(const struct entry *e, int status)
{
    for (size_t i = 0; e->handler != NULL && i < e->handler->error_count; i++)
        if (err_kind(e->handler->errors[i])->status == status)
            return true;
    return false;
}

static void put_answers(struct text *t, const struct entry *e)
{
    json_open(t, "responses", '{');
    if (e->handler != NULL) {
        put_handler_answer(t, e->handler);
    } else if (e->verb == VERB_DELETE) {
        put_resource_answer(t, e, 204, "Done");
    } else {
        put_resource_answer(t, e, 200,
                            e->verb == VERB_CREATE ? "Dry run: what would be made" : "Done");
        if (e->verb == VERB_CREATE)
            put_resource_answer(t, e, 201, "Created");
        if (is_safe(e))
            json_put_ref(t, "304", "responses", "not_modified");
    }
    for (size_t i = 0; openapi_statuses[i] != 0; i++) {
        int status = openapi_statuses[i];
        if (answers_status(e, status) || handler_adds(e, status))
            json_put_ref(t, str_printf(t->arena, "%d", status).ptr, "responses",
                         str_printf(t->arena, "problem_%d", status).ptr);
    }
    json_close(t, '}');
}

static void put_operation(struct text *t, const struct entry *e)
{
    const struct openapi_operation *h = e->handler;
    json_open(t, e->method, '{');
    json_open(t, "tags", '[');
    json_put_str(t, NULL, h != NULL ? str_from(h->tag) : e->resource->name);
    json_close(t, ']');
    json_put(t, "operationId",
             h != NULL            ? h->name
             : e->command != NULL ? e->command->route_name
                                  : e->resource->route_names[e->verb]);
    json_put(t, "summary", h != NULL ? h->summary : summary_of(t->arena, e));
    json_put(t, "description",
             h != NULL            ? h->description
             : e->command != NULL ? e->command->doc
                                  : NULL);
    if (e->command != NULL) {
        json_put(t, "x-title-vi", e->command->title_vi);
        json_put(t, "x-title-en", e->command->title_en);
    }
    if (h != NULL && h->is_public)
        json_put_raw(t, "security", "[]");
    put_parameters(t, e);
    put_request(t, e);
    put_answers(t, e);
    json_close(t, '}');
}

static void put_paths(struct text *t, const struct entries *all)
{
    json_open(t, "paths", '{');
    for (size_t i = 0; i < all->count; i++) {
        struct str path = str_from(all->list[i].path);
        bool is_told = false;
        for (size_t k = 0; k < i && !is_told; k++)
            is_told = str_equal(str_from(all->list[k].path), path);
        if (is_told)
            continue;
        json_open(t, all->list[i].path, '{');
        for (size_t k = i; k < all->count; k++)
            if (str_equal(str_from(all->list[k].path), path))
                put_operation(t, &all->list[k]);
        json_close(t, '}');
    }
    json_close(t, '}');
}

static void put_tags(struct text *t)
{
    size_t count = 0;
    const struct resource *const *all = resource_all(&count);
    json_open(t, "tags", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(t, NULL, '{');
        json_put_str(t, "name", all[i]->name);
        json_put(t, "description", all[i]->doc != NULL ? all[i]->doc : all[i]->title_en);
        json_put(t, "x-title-vi", all[i]->title_vi);
        json_put(t, "x-title-en", all[i]->title_en);
        json_close(t, '}');
    }
    json_close(t, ']');
}

struct str openapi_make(struct arena *a, const struct openapi_operation *handlers,
                        size_t handler_count)
{
    struct entries all = {.arena = a};
    struct text t = {.arena = a};
    size_t count = 0;
    const struct resource *const *resources = resource_all(&count);
    for (size_t i = 0; i < handler_count; i++)
        add(&all, (struct entry){handlers[i].path, lower(a, handlers[i].method), NULL, NULL,
                                 VERB__MAX, &handlers[i]});
    for (size_t i = 0; i < count; i++)
        add_resource(&all, resources[i]);
    json_open(&t, NULL, '{');
    json_put(&t, "openapi", "3.1.0");
    json_put_raw(
        &t, "info",
        "{\"title\":\"danvan\",\"version\":\"1\",\"description\":\"Runs a party committee's action "
        "plan: who must do what by when, and what each unit reports back.\"}");
    json_put_raw(&t, "servers", "[{\"url\":\"/api/v1\"}]");
    json_put_raw(&t, "security", "[{\"session\":[]},{\"token\":[]}]");
    put_tags(&t);
    put_paths(&t, &all);
    openapi_components(&t);
    json_close(&t, '}');
    return json_pretty(a, text_str(&t));
}
