#include "notify/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "notify/message.h"

#define LINE_MAX_BYTES 4096

enum kind { KIND_TEXT, KIND_INT };

static const struct entry {
    enum kind kind;
    const char *name;
    size_t offset;
    const char *fallback;
    long least;
    long most;
    const char *doc;
} entries[] = {
#define X(type, name, fallback, least, most, doc) \
    {KIND_##type, #name, offsetof(struct settings, name), fallback, least, most, doc},
    NOTIFY_SETTING_LIST(X)
#undef X
};
#define ENTRY_COUNT (sizeof entries / sizeof *entries)

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++)
        if (iscntrl((unsigned char)*text))
            return true;
    return false;
}

static bool set_text(const struct entry *n, const char *text, char **member)
{
    size_t len = strlen(text);
    if (len < (size_t)n->least || len > (size_t)n->most || has_control(text))
        return false;
    char *copy = strdup(text);
    if (copy == NULL)
        return false;
    free(*member);
    *member = copy;
    return true;
}

static bool set_int(const struct entry *n, const char *text, int *member)
{
    int64_t value = 0;
    if (!str_to_int(str_from(text), &value) || value < n->least || value > n->most)
        return false;
    *member = (int)value;
    return true;
}

/* The fault does not show the value: a DSN may hold a password. */
static bool apply(struct settings *s, const struct entry *n, const char *text, const char *from,
                  FILE *faults)
{
    void *member = (char *)s + n->offset;
    if (n->kind == KIND_TEXT ? set_text(n, text, member) : set_int(n, text, member))
        return true;
    fprintf(faults, "%s: %s: not allowed; must be %s%ld to %ld%s\n", from, n->name,
            n->kind == KIND_TEXT ? "text of " : "", n->least, n->most,
            n->kind == KIND_TEXT ? " bytes" : "");
    return false;
}

static bool apply_line(struct settings *s, struct str line, const char *from, FILE *faults)
{
    struct str name;
    struct str value;
    char text[LINE_MAX_BYTES];
    line = str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return true;
    if (!str_cut(line, '=', &name, &value)) {
        fprintf(faults, "%s: a line must read name = value\n", from);
        return false;
    }
    name = str_trim(name);
    value = str_trim(value);
    snprintf(text, sizeof text, "%.*s", STR_ARG(value));
    for (size_t i = 0; i < ENTRY_COUNT; i++)
        if (str_equal(name, str_from(entries[i].name)))
            return apply(s, &entries[i], text, from, faults);
    fprintf(faults, "%s: there is no setting \"%.*s\"\n", from, STR_ARG(name));
    return false;
}

static bool apply_file(struct settings *s, const char *path, FILE *faults)
{
    char line[LINE_MAX_BYTES];
    char from[LINE_MAX_BYTES];
    bool is_good = true;
    FILE *in = fopen(path, "re");
    if (in == NULL) {
        fprintf(faults, "%s: %s\n", path, strerror(errno));
        return false;
    }
    for (int number = 1; fgets(line, sizeof line, in) != NULL; number++) {
        line[strcspn(line, "\r\n")] = '\0';
        snprintf(from, sizeof from, "%s:%d", path, number);
        is_good = apply_line(s, str_from(line), from, faults) && is_good;
    }
    fclose(in);
    return is_good;
}

static void env_name(const struct entry *n, char *out, size_t size)
{
    snprintf(out, size, "DANVAN_NOTIFY_%s", n->name);
    for (char *p = out; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
}

/* What must fit together before anything is sent. */
static bool check(const struct settings *s, FILE *faults)
{
    bool is_good = true;
    if (strncmp(s->smtp_url, "smtp://", 7) != 0 && strncmp(s->smtp_url, "smtps://", 8) != 0) {
        fputs("smtp_url must begin with smtp:// or smtps://\n", faults);
        is_good = false;
    }
    if (s->enabled && !message_address_is_plain(str_from(s->smtp_from))) {
        fputs("smtp_from must be a plain address\n", faults);
        is_good = false;
    }
    if (s->smtp_user[0] != '\0' && s->smtp_password_file[0] == '\0') {
        fputs("smtp_user needs smtp_password_file\n", faults);
        is_good = false;
    }
    if (s->smtp_user[0] != '\0' && s->smtp_starttls == 0 &&
        strncmp(s->smtp_url, "smtps://", 8) != 0) {
        fputs("smtp_user needs smtps:// or smtp_starttls = 1: a password never goes in clear\n",
              faults);
        is_good = false;
    }
    return is_good;
}

bool settings_load(struct settings *out, const char *path, FILE *faults)
{
    bool is_good = true;
    char name[64];
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < ENTRY_COUNT; i++)
        is_good = apply(out, &entries[i], entries[i].fallback, "default", faults) && is_good;
    if (path != NULL)
        is_good = apply_file(out, path, faults) && is_good;
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        env_name(&entries[i], name, sizeof name);
        const char *value = getenv(name);
        if (value != NULL)
            is_good = apply(out, &entries[i], value, name, faults) && is_good;
    }
    return is_good && check(out, faults);
}

void settings_free(struct settings *s)
{
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        if (entries[i].kind != KIND_TEXT)
            continue;
        char **member = (char **)(void *)((char *)s + entries[i].offset);
        free(*member);
        *member = NULL;
    }
}

void settings_print_markdown(FILE *out)
{
    fputs("| Setting | Environment | Default | Allowed | Meaning |\n|---|---|---|---|---|\n", out);
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        const struct entry *n = &entries[i];
        char name[64];
        env_name(n, name, sizeof name);
        const char *tick = *n->fallback == '\0' ? "" : "`";
        fprintf(out, "| `%s` | `%s` | %s%s%s | %s%ld to %ld%s | %s |\n", n->name, name, tick,
                *n->fallback == '\0' ? "(empty)" : n->fallback, tick,
                n->kind == KIND_TEXT ? "text of " : "", n->least, n->most,
                n->kind == KIND_TEXT ? " bytes" : "", n->doc);
    }
}
