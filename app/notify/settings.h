/* Every setting of danvan-notify, one table like config.h. From the default, then the file of
 * --config, then the environment (DANVAN_NOTIFY_ and the name in capitals). */
#ifndef DANVAN_NOTIFY_SETTINGS_H
#define DANVAN_NOTIFY_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

/* X(type, name, default, least, most, what it is for). Types: TEXT, INT. */
#define NOTIFY_SETTING_LIST(X)                                                                   \
    X(INT, enabled, "0", 0, 1, "1: mails are sent; 0: it says that it is off, and ends.")        \
    X(TEXT, dsn, "host=/run/postgresql dbname=danvan user=danvan_mailer", 1, 2000,               \
      "PostgreSQL connection string or URI.")                                                    \
    X(TEXT, smtp_url, "smtp://localhost:25", 8, 300,                                             \
      "smtp://host:port, or smtps://host:port for TLS from the first byte.")                     \
    X(INT, smtp_starttls, "1", 0, 1,                                                             \
      "1: with smtp://, nothing is sent before STARTTLS succeeded; 0: in clear, for a relay on " \
      "this machine.")                                                                           \
    X(TEXT, smtp_from, "", 0, 200, "Sender's address; must be set to send.")                     \
    X(TEXT, smtp_user, "", 0, 200, "Name to sign in to the server with; empty: none.")           \
    X(TEXT, smtp_password_file, "", 0, 300, "File with the password on its first line.")         \
    X(INT, smtp_timeout_s, "30", 1, 300, "How long one mail may take.")                          \
    X(TEXT, base_url, "", 0, 200,                                                                \
      "Put before a notice's path, such as https://danvan.example/api/v1; empty: no link.")      \
    X(INT, batch, "20", 1, 200, "Mails taken from the queue at once.")                           \
    X(INT, poll_s, "30", 1, 3600, "Seconds between looks at an empty queue.")

#define NOTIFY_MEMBER_TEXT char *
#define NOTIFY_MEMBER_INT  int

struct settings {
#define X(type, name, fallback, least, most, doc) NOTIFY_MEMBER_##type name;
    NOTIFY_SETTING_LIST(X)
#undef X
};

/* Every fault goes to `faults`, one a line; false when there was any. *out must be freed either
 * way. */
NODISCARD bool settings_load(struct settings *out, const char *path, FILE *faults);
void settings_free(struct settings *s);
void settings_print_markdown(FILE *out);

#endif
