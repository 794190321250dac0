/* Every setting of danvan: one table gives name, type, default, limits, environment name and the
 * sentence in docs/operations.md. Read once at start; const afterwards.
 *
 * A setting comes from its default, then the file of --config (name = value, # begins a comment),
 * then the environment (DANVAN_ and the name in capitals); the last one counts. */
#ifndef DANVAN_CONFIG_H
#define DANVAN_CONFIG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/log.h"
#include "base/str.h"

enum cookie_secure { COOKIE_AUTO, COOKIE_ALWAYS, COOKIE_NEVER };

/* X(type, name, default, least, most, what it is for). Types: TEXT, INT, MODE (octal), LEVEL,
 * SECURE. */
#define SETTING_LIST(X)                                                                           \
    X(TEXT, dsn, "host=/run/postgresql dbname=danvan user=danvan_service", 1, 2000,               \
      "PostgreSQL connection string or URI; several hosts may be listed.")                        \
    X(TEXT, listen, "/run/danvan/danvan.sock", 1, 107, "Unix socket for nginx.")                  \
    X(MODE, socket_mode, "0660", 0600, 0777, "Permissions of the socket.")                        \
    X(TEXT, socket_group, "", 0, 32, "Group of the socket; empty: the service's own.")            \
    X(TEXT, peer_user, "www-data", 0, 200,                                                        \
      "Users whose processes may connect (nginx's workers), comma-separated; the service's own "  \
      "user always may.")                                                                         \
    X(INT, workers, "4", 1, 256, "Worker processes; each holds one PostgreSQL connection.")       \
    X(INT, backlog, "1024", 16, 65535, "Connections the kernel keeps waiting for a free worker.") \
    X(INT, connect_timeout_ms, "1000", 100, 30000,                                                \
      "How long one attempt to reach a PostgreSQL host may take.")                                \
    X(INT, lock_timeout_ms, "3000", 100, 60000, "How long a statement waits for a lock.")         \
    X(INT, statement_timeout_ms, "5000", 100, 60000, "How long one statement may run.")           \
    X(INT, request_deadline_ms, "10000", 200, 120000,                                             \
      "How long one request may take in all; nginx's fastcgi_read_timeout must be longer.")       \
    X(INT, gate_deadline_ms, "1000", 50, 10000,                                                   \
      "How long a connection may take to bring its whole request.")                               \
    X(INT, send_timeout_ms, "10000", 100, 60000, "How long nginx may refuse to read an answer.")  \
    X(INT, arena_kib, "16384", 1024, 1048576, "Memory that one request may take, in KiB.")        \
    X(TEXT, body_folder, "/var/lib/nginx/danvan", 1, 400,                                         \
      "Folder where nginx leaves uploaded files (its client_body_temp_path).")                    \
    X(TEXT, work_folder, "/run/danvan", 1, 400,                                                   \
      "Folder of the service's own, best in memory, for the parts of a workbook in the making.")  \
    X(INT, file_mib, "50", 1, 50,                                                                 \
      "Largest file taken, in MiB; nginx's client_max_body_size must be as large.")               \
    X(INT, file_deadline_ms, "60000", 1000, 600000,                                               \
      "How long a request with a file may take in all; nginx's fastcgi_read_timeout must be "     \
      "longer there.")                                                                            \
    X(INT, import_deadline_ms, "600000", 10000, 3600000,                                          \
      "How long reading one import may take, and then checking and writing it.")                  \
    X(INT, import_memory_mib, "768", 256, 65536,                                                  \
      "Address space that the process which reads imports may take, in MiB.")                     \
    X(INT, hashes_at_once, "2", 1, 64,                                                            \
      "Password hashes computed at the same moment, over all workers (64 MiB each).")             \
    X(INT, tables_at_once, "2", 1, 64,                                                            \
      "Lists of more than 200 rows as CSV or XLSX made at the same moment, over all workers (up " \
      "to 100 MiB each).")                                                                        \
    X(INT, maintenance_s, "60", 1, 86400, "Seconds between runs of private.maintain().")          \
    X(TEXT, public_origin, "", 0, 200,                                                            \
      "Origin that browsers see, such as https://danvan.example; empty: from the Host header.")   \
    X(SECURE, secure_cookie, "auto", 0, 0,                                                        \
      "auto: the cookie is Secure when the request came by HTTPS; always; never.")                \
    X(LEVEL, log_level, "info", 0, 0, "debug, info, warning or error.")

#define CONFIG_MEMBER_TEXT   char *
#define CONFIG_MEMBER_INT    int
#define CONFIG_MEMBER_MODE   int
#define CONFIG_MEMBER_LEVEL  enum log_level
#define CONFIG_MEMBER_SECURE enum cookie_secure

struct config {
#define X(type, name, fallback, least, most, doc) CONFIG_MEMBER_##type name;
    SETTING_LIST(X)
#undef X
};

/* path: the file of --config, or NULL. Every fault is written to `faults`, one a line; false when
 * there was any. *out must be freed either way. */
NODISCARD bool config_load(struct config *out, const char *path, FILE *faults);
void config_free(struct config *c);
/* The table for the documents. */
void config_print_markdown(FILE *out);

#endif
