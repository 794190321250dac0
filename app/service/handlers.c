#include "service/handlers.h"

#include "input/file_type.h"

#define OBJECT(required, properties) \
    "{\"type\":\"object\",\"required\":[" required "],\"properties\":{" properties "}}"
#define INPUT(required, properties)                                               \
    "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[" required \
    "],\"properties\":{" properties "}}"
#define TEXT_NULL "{\"type\":[\"string\",\"null\"]}"
#define INT_NULL  "{\"type\":[\"integer\",\"null\"]}"
#define TEXT      "{\"type\":\"string\"}"
#define UUID      "{\"type\":\"string\",\"format\":\"uuid\"}"
#define MOMENT    "{\"type\":\"string\",\"format\":\"date-time\"}"
#define SECRET    "{\"type\":\"string\",\"minLength\":1,\"maxLength\":1024,\"format\":\"password\"}"

#define STATUS_SCHEMA OBJECT("\"status\"", "\"status\":" TEXT)
#define MEMBERSHIP_SCHEMA                                                                \
    OBJECT("\"id\",\"unit_id\",\"role\",\"is_acting\"",                                  \
           "\"id\":" UUID ",\"unit_id\":{\"type\":\"integer\"},\"unit_name\":" TEXT_NULL \
           ",\"role\":" TEXT ",\"is_acting\":{\"type\":\"boolean\"}")
#define ME_SCHEMA                                                                                  \
    OBJECT(                                                                                        \
        "\"id\",\"version\",\"login\",\"display_name\",\"membership_id\",\"unit_id\",\"role\","    \
        "\"scope\",\"memberships\",\"abilities\",\"today\"",                                       \
        "\"id\":" UUID ",\"version\":{\"type\":\"integer\"},\"login\":" TEXT                       \
        ",\"display_name\":" TEXT ",\"email\":" TEXT_NULL                                          \
        ",\"wants_mail\":{\"type\":\"boolean\"},\"unread_notices\":{\"type\":\"integer\"}"         \
        ",\"must_change_password\":{\"type\":\"boolean\"},\"has_totp\":{\"type\":[\"boolean\","    \
        "\"null\"]}"                                                                               \
        ",\"membership_id\":" UUID ",\"unit_id\":{\"type\":\"integer\"},\"unit_code\":" TEXT_NULL  \
        ",\"unit_name\":" TEXT_NULL ",\"area_id\":" INT_NULL ",\"area_name\":" TEXT_NULL           \
        ",\"level\":" TEXT_NULL ",\"level_name\":" TEXT_NULL ",\"line\":" TEXT_NULL                \
        ",\"line_name\":" TEXT_NULL                                                                \
        ",\"role\":{\"type\":\"string\",\"enum\":[\"viewer\",\"officer\",\"leader\",\"admin\"]}"   \
        ",\"scope\":" TEXT ",\"memberships\":{\"type\":\"array\",\"items\":" MEMBERSHIP_SCHEMA "}" \
        ",\"abilities\":{\"type\":\"array\",\"items\":" TEXT "}"                                   \
        ",\"today\":{\"type\":\"string\",\"format\":\"date\"},\"created_at\":" MOMENT              \
        ",\"updated_at\":" MOMENT)
#define SESSION_SCHEMA                                                          \
    OBJECT("\"scope\",\"membership_id\",\"must_change_password\",\"user\"",     \
           "\"csrf_token\":" TEXT ",\"scope\":" TEXT ",\"membership_id\":" UUID \
           ",\"must_change_password\":{\"type\":\"boolean\"},\"user\":" ME_SCHEMA)
#define LOGIN_SCHEMA                                                                               \
    INPUT("\"login\",\"password\"",                                                                \
          "\"login\":{\"type\":\"string\",\"maxLength\":200},\"password\":" SECRET                 \
          ",\"code\":{\"type\":\"string\",\"maxLength\":20,\"description\":\"One-time code, when " \
          "the account has a second factor\"}")
#define SWITCH_SCHEMA   INPUT("\"membership_id\"", "\"membership_id\":" UUID)
#define PASSWORD_SCHEMA INPUT("\"current\",\"new\"", "\"current\":" SECRET ",\"new\":" SECRET)
#define CURRENT_SCHEMA  INPUT("\"current\"", "\"current\":" SECRET)
#define CODE_SCHEMA     INPUT("\"code\"", "\"code\":{\"type\":\"string\",\"pattern\":\"^[0-9]{6}$\"}")
#define TOTP_SCHEMA \
    OBJECT("\"secret\",\"otpauth_uri\"", "\"secret\":" TEXT ",\"otpauth_uri\":" TEXT)
#define RESET_SCHEMA OBJECT("\"password\"", "\"password\":" TEXT)
#define TOKEN_INPUT_SCHEMA \
    INPUT(                 \
        "\"name\"",        \
        "\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":120},\"expires_at\":" MOMENT)
#define TOKEN_SCHEMA                                                                 \
    OBJECT("\"id\",\"version\",\"name\",\"membership_id\",\"expires_at\",\"token\"", \
           "\"id\":" UUID ",\"version\":{\"type\":\"integer\"},\"name\":" TEXT       \
           ",\"user_id\":" UUID ",\"membership_id\":" UUID ",\"created_at\":" MOMENT \
           ",\"expires_at\":" MOMENT ",\"token\":" TEXT)

#define NAME_PARAMETER                                                                          \
    "{\"name\":\"name\",\"in\":\"query\",\"required\":true,\"description\":\"The file's name, " \
    "with the "                                                                                 \
    "ending of its type\",\"schema\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200}}"
#define EVIDENCE_SCHEMA         "{\"$ref\":\"#/components/schemas/evidence\"}"
#define BINARY_SCHEMA           "{\"type\":\"string\",\"format\":\"binary\"}"
#define IF_NONE_MATCH_PARAMETER "{\"$ref\":\"#/components/parameters/if_none_match\"}"
#define NOT_MODIFIED_RESPONSE   "\"304\":{\"$ref\":\"#/components/responses/not_modified\"}"
#define KIND_PARAMETER                                                                             \
    "{\"name\":\"kind\",\"in\":\"query\",\"required\":true,\"description\":\"What the rows are\"," \
    "\"schema\":{\"type\":\"string\"}}"
#define ID_PARAMETER(id, of) \
    "{\"name\":\"" id "\",\"in\":\"query\",\"description\":\"" of "\",\"schema\":" UUID "}"
#define SWITCH_PARAMETER(id, of)                                  \
    "{\"name\":\"" id "\",\"in\":\"query\",\"description\":\"" of \
    "\",\"schema\":{\"type\":\"boolean\"}}"
#define IMPORT_PARAMETERS                                                                                            \
    KIND_PARAMETER "," NAME_PARAMETER "," SWITCH_PARAMETER("dry_run", "Without: true, everything "                   \
                                                                      "is checked and nothing "                      \
                                                                      "written") "," SWITCH_PARAMETER(               \
        "converts_legacy",                                                                                           \
        "true: text in TCVN3 or VNI is converted, not refused") ","                                                  \
                                                                "{\"name\":\"sheet\",\"in\":"                        \
                                                                "\"query\",\"description\":\"The "                   \
                                                                "worksheet; without: the first "                     \
                                                                "that is "                                           \
                                                                "visible\",\"schema\":{\"type\":"                    \
                                                                "\"string\",\"maxLength\":31}}"                      \
                                                                "," ID_PARAMETER("course", "The "                    \
                                                                                           "cours"                   \
                                                                                           "e "                      \
                                                                                           "that "                   \
                                                                                           "the "                    \
                                                                                           "rows "                   \
                                                                                           "belon"                   \
                                                                                           "g to") "," ID_PARAMETER( \
                                                                    "plan",                                          \
                                                                    "The plan that the rows "                        \
                                                                    "belong to") "," ID_PARAMETER("period",          \
                                                                                                  "The period that the rows belong to")
#define IMPORT_SCHEMA           "{\"$ref\":\"#/components/schemas/import\"}"
#define X(type, media, endings) "\"" media "\":{\"schema\":" BINARY_SCHEMA "},"
#define FILE_CONTENT            FILE_TYPE_LIST(X) "\"application/octet-stream\":{\"schema\":" BINARY_SCHEMA "}"
#define UPLOAD(route, tag_name, what, function)                                                 \
    {                                                                                           \
        HTTP_POST, "/" tag_name "/{id}/evidence", NEEDS_SIGN_IN, function,                      \
        {                                                                                       \
            .name = route, .tag = "evidence", .summary = "Attach a file to " what,              \
            .description =                                                                      \
                "The body is the file itself: PDF, PNG, JPEG, WebP, HEIC, DOCX or XLSX, told "  \
                "from its content; up to 50 MiB, 20 files a record. 201 with the new file, or " \
                "200 with the one the unit attached before, when the content is the same.",     \
            .request_schema = BINARY_SCHEMA, .request_type = "application/octet-stream",        \
            .parameters = NAME_PARAMETER, .status = 201, .response_schema = EVIDENCE_SCHEMA,    \
            .more_responses = "\"200\":{\"description\":\"Attached before\",\"content\":{"      \
                              "\"application/json\":{\"schema\":" EVIDENCE_SCHEMA "}}}",        \
            ERRORS(ERR_INVALID, ERR_CSRF, ERR_FORBIDDEN, ERR_NOT_FOUND, ERR_CONFLICT)           \
        }                                                                                       \
    }

#define ERRORS(...)                                 \
    .errors = (const enum err_code[]){__VA_ARGS__}, \
    .error_count = sizeof((const enum err_code[]){__VA_ARGS__}) / sizeof(enum err_code)
#define BODY_ERRORS ERR_BAD_JSON, ERR_MEDIA_TYPE, ERR_INVALID, ERR_CSRF

static const struct handler handlers[] = {
    {HTTP_GET,
     "/health",
     OPEN_TO_ALL,
     handle_health,
     {.name = "health",
      .tag = "service",
      .summary = "Is the process there?",
      .status = 200,
      .response_schema = STATUS_SCHEMA}},
    {HTTP_GET,
     "/ready",
     OPEN_TO_ALL,
     handle_ready,
     {.name = "ready",
      .tag = "service",
      .summary = "Can requests be served, with the database?",
      .status = 200,
      .response_schema = STATUS_SCHEMA}},
    {HTTP_GET,
     "/openapi.json",
     OPEN_TO_ALL,
     handle_openapi,
     {.name = "openapi",
      .tag = "service",
      .summary = "This document",
      .status = 200,
      .response_schema = "{\"type\":\"object\"}",
      .response_type = "application/vnd.oai.openapi+json"}},
    {HTTP_GET, "/metrics", INTERNAL_ONLY, handle_metrics, {.name = "metrics"}},
    {HTTP_POST,
     "/session",
     OPEN_TO_ALL,
     handle_session_open,
     {.name = "session.open",
      .tag = "session",
      .summary = "Sign in",
      .description =
          "Sets the session cookie. `csrf_token` must be sent as X-CSRF-Token with every "
          "unsafe method. An account with a second factor is answered `totp-required` "
          "until `code` is given.",
      .request_schema = LOGIN_SCHEMA,
      .status = 201,
      .response_schema = SESSION_SCHEMA,
      ERRORS(BODY_ERRORS, ERR_BAD_LOGIN, ERR_TOTP_REQUIRED, ERR_FORBIDDEN, ERR_THROTTLED)}},
    {HTTP_GET,
     "/session",
     NEEDS_SIGN_IN,
     handle_session_get,
     {.name = "session.get",
      .tag = "session",
      .summary = "The current session",
      .status = 200,
      .response_schema = SESSION_SCHEMA}},
    {HTTP_DELETE,
     "/session",
     NEEDS_SIGN_IN,
     handle_session_close,
     {.name = "session.close",
      .tag = "session",
      .summary = "Sign out",
      .status = 204,
      ERRORS(ERR_CSRF, ERR_FORBIDDEN)}},
    {HTTP_POST,
     "/session/switch",
     NEEDS_SIGN_IN,
     handle_session_switch,
     {.name = "session.switch",
      .tag = "session",
      .summary = "Act for another of one's memberships",
      .description = "Answers a new cookie and a new csrf_token; the old ones end.",
      .request_schema = SWITCH_SCHEMA,
      .status = 200,
      .response_schema = SESSION_SCHEMA,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN)}},
    {HTTP_DELETE,
     "/sessions/{id}",
     NEEDS_SIGN_IN,
     handle_session_revoke,
     {.name = "sessions.revoke",
      .tag = "sessions",
      .summary = "End a session",
      .status = 204,
      ERRORS(ERR_CSRF, ERR_FORBIDDEN, ERR_NOT_FOUND)}},
    {HTTP_GET,
     "/me",
     NEEDS_SIGN_IN,
     handle_me_get,
     {.name = "me.get",
      .tag = "me",
      .summary = "Who I am, what I act as, what I may do",
      .status = 200,
      .response_schema = ME_SCHEMA}},
    {HTTP_POST,
     "/me/password",
     NEEDS_SIGN_IN,
     handle_me_password,
     {.name = "me.password",
      .tag = "me",
      .summary = "Change one's password",
      .description = "At least 15 characters, or 8 with a second factor. All other sessions end.",
      .request_schema = PASSWORD_SCHEMA,
      .status = 204,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN, ERR_THROTTLED)}},
    {HTTP_POST,
     "/me/totp",
     NEEDS_SIGN_IN,
     handle_totp_set,
     {.name = "me.totp.set",
      .tag = "me",
      .summary = "Make a secret for one-time codes",
      .description = "It counts once a code made with it was confirmed.",
      .request_schema = CURRENT_SCHEMA,
      .status = 201,
      .response_schema = TOTP_SCHEMA,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN, ERR_CONFLICT, ERR_THROTTLED)}},
    {HTTP_POST,
     "/me/totp/confirm",
     NEEDS_SIGN_IN,
     handle_totp_confirm,
     {.name = "me.totp.confirm",
      .tag = "me",
      .summary = "Switch one-time codes on",
      .request_schema = CODE_SCHEMA,
      .status = 204,
      ERRORS(BODY_ERRORS, ERR_CONFLICT)}},
    {HTTP_DELETE,
     "/me/totp",
     NEEDS_SIGN_IN,
     handle_totp_clear,
     {.name = "me.totp.clear",
      .tag = "me",
      .summary = "Switch one-time codes off",
      .request_schema = CURRENT_SCHEMA,
      .status = 204,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN, ERR_THROTTLED)}},
    {HTTP_POST,
     "/notices/read-all",
     NEEDS_SIGN_IN,
     handle_notices_read_all,
     {.name = "notices.read-all",
      .tag = "notices",
      .summary = "Mark the whole inbox as read by me",
      .status = 204,
      ERRORS(ERR_CSRF, ERR_FORBIDDEN)}},
    {HTTP_POST,
     "/users/{id}/reset-password",
     NEEDS_SIGN_IN,
     handle_user_reset_password,
     {.name = "users.reset-password",
      .tag = "users",
      .summary = "Make a one-time password",
      .description = "Shown once. It opens reading and its own change, nothing else; the account's "
                     "sessions and its second factor end.",
      .status = 200,
      .response_schema = RESET_SCHEMA,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN, ERR_NOT_FOUND)}},
    {HTTP_POST,
     "/api-tokens",
     NEEDS_SIGN_IN,
     handle_api_token_create,
     {.name = "api-tokens.create",
      .tag = "api-tokens",
      .summary = "Make an API token",
      .description = "`token` is shown once. It acts as its maker does now.",
      .request_schema = TOKEN_INPUT_SCHEMA,
      .status = 201,
      .response_schema = TOKEN_SCHEMA,
      ERRORS(BODY_ERRORS, ERR_FORBIDDEN)}},
    UPLOAD("progress-entries.evidence", "progress-entries", "a progress entry",
           handle_evidence_of_progress_entry),
    UPLOAD("reports.evidence", "reports", "a report", handle_evidence_of_report),
    UPLOAD("documents.evidence", "documents", "a document", handle_evidence_of_document),
    UPLOAD("meetings.evidence", "meetings", "a meeting", handle_evidence_of_meeting),
    {HTTP_GET,
     "/evidence/{id}/content",
     NEEDS_SIGN_IN,
     handle_evidence_content,
     {.name = "evidence.content",
      .tag = "evidence",
      .summary = "The file itself",
      .description = "With its own media type, as an attachment under its name. The ETag is the "
                     "SHA-256. A fault on the way cuts the connection: compare Content-Length.",
      .parameters = IF_NONE_MATCH_PARAMETER,
      .status = 200,
      .response_content = FILE_CONTENT,
      .more_responses = NOT_MODIFIED_RESPONSE}},
    {HTTP_POST,
     "/imports",
     NEEDS_SIGN_IN,
     handle_import_upload,
     {.name = "imports.create",
      .tag = "imports",
      .summary = "Send a CSV or XLSX file to be imported",
      .description =
          "The body is the file itself, up to 50 MiB. Answers the import, which is run as soon as "
          "those before it are done: follow it by GET /imports/{id}. Unless dry_run is false, "
          "nothing is written. Takes an Idempotency-Key.",
      .request_schema = BINARY_SCHEMA,
      .request_type = "application/octet-stream",
      .parameters = IMPORT_PARAMETERS,
      .status = 202,
      .response_schema = IMPORT_SCHEMA,
      ERRORS(ERR_INVALID, ERR_CSRF, ERR_FORBIDDEN, ERR_CONFLICT, ERR_IN_FLIGHT, ERR_KEY_REUSED)}},
    {HTTP_GET,
     "/imports/template",
     NEEDS_SIGN_IN,
     handle_import_template,
     {.name = "imports.template",
      .tag = "imports",
      .summary = "A file with the header of a kind, to fill in under",
      .parameters = KIND_PARAMETER,
      .status = 200,
      .response_schema = TEXT,
      .response_type = "text/csv"}},
};
#undef X

const struct handler *handler_list(size_t *count)
{
    *count = sizeof handlers / sizeof *handlers;
    return handlers;
}

struct openapi_operation *handler_operations(struct arena *a, size_t *count)
{
    size_t all = sizeof handlers / sizeof *handlers;
    struct openapi_operation *out = arena_alloc_array(a, all, sizeof *out);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        if (handlers[i].access == INTERNAL_ONLY)
            continue;
        out[*count] = handlers[i].doc;
        out[*count].method = http_method_name(handlers[i].method);
        out[*count].path = handlers[i].path;
        out[*count].is_public = handlers[i].access == OPEN_TO_ALL;
        (*count)++;
    }
    return out;
}
