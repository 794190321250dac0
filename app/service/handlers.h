/* The operations that are no resource: signing in and out, one's own account, health, metrics. Each
 * is a row of one table with what the OpenAPI file says of it. */
#ifndef DANVAN_SERVICE_HANDLERS_H
#define DANVAN_SERVICE_HANDLERS_H

#include "resource/openapi.h"
#include "service/exchange.h"

enum handler_access {
    OPEN_TO_ALL,   /* no claim is made, whatever the request shows */
    NEEDS_SIGN_IN, /* a token that reads well; PostgreSQL checks it in the handler's transaction */
    INTERNAL_ONLY  /* only where nginx says so (DANVAN_INTERNAL=1); else it is not there */
};

struct handler {
    enum http_method method;
    const char *path; /* below /api/v1; {id} stands for one segment */
    enum handler_access access;
    /* Fills x->response. */
    bool (*run)(struct exchange *x, struct err *e);
    struct openapi_operation doc; /* method and path are taken from above */
};

const struct handler *handler_list(size_t *count);
/* The rows for openapi_make; internal handlers are left out. */
struct openapi_operation *handler_operations(struct arena *a, size_t *count);

/* {id} must be a uuid, or it names nothing: told before anything costly is done. */
bool handler_check_id(const struct exchange *x, struct err *e);

/* handlers_health.c */
/* What is made once for all requests; false: memory is short. The supervisor calls it before it
 * forks; without, the first request that asks makes it. */
NODISCARD bool handlers_prepare(void);
bool handle_health(struct exchange *x, struct err *e);
bool handle_ready(struct exchange *x, struct err *e);
bool handle_openapi(struct exchange *x, struct err *e);
bool handle_metrics(struct exchange *x, struct err *e);
/* handlers_session.c */
bool handle_session_open(struct exchange *x, struct err *e);
bool handle_session_get(struct exchange *x, struct err *e);
bool handle_session_close(struct exchange *x, struct err *e);
bool handle_session_switch(struct exchange *x, struct err *e);
/* handlers_me.c */
bool handle_me_get(struct exchange *x, struct err *e);
bool handle_me_password(struct exchange *x, struct err *e);
bool handle_totp_set(struct exchange *x, struct err *e);
bool handle_totp_confirm(struct exchange *x, struct err *e);
bool handle_totp_clear(struct exchange *x, struct err *e);
bool handle_notices_read_all(struct exchange *x, struct err *e);
/* handlers_admin.c */
bool handle_user_reset_password(struct exchange *x, struct err *e);
bool handle_session_revoke(struct exchange *x, struct err *e);
bool handle_api_token_create(struct exchange *x, struct err *e);
/* handlers_evidence.c */
bool handle_evidence_of_progress_entry(struct exchange *x, struct err *e);
bool handle_evidence_of_report(struct exchange *x, struct err *e);
bool handle_evidence_of_document(struct exchange *x, struct err *e);
bool handle_evidence_of_meeting(struct exchange *x, struct err *e);
bool handle_evidence_content(struct exchange *x, struct err *e);
/* handlers_import.c */
bool handle_import_upload(struct exchange *x, struct err *e);
bool handle_import_template(struct exchange *x, struct err *e);

#endif
