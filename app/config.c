#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 4096

enum setting_type { SETTING_TEXT, SETTING_INT, SETTING_MODE, SETTING_LEVEL, SETTING_SECURE };

struct setting {
    enum setting_type type;
    const char *name;
    size_t offset;
    const char *fallback;
    long least;
    long most;
    const char *doc;
};

static const struct setting settings[] = {
#define X(type, name, fallback, least, most, doc) \
    {SETTING_##type, #name, offsetof(struct config, name), fallback, least, most, doc},
    SETTING_LIST(X)
#undef X
};
#define SETTING_COUNT (sizeof settings / sizeof *settings)

static const struct {
    const char *word;
    enum cookie_secure value;
} secure_words[] = {{"auto", COOKIE_AUTO}, {"always", COOKIE_ALWAYS}, {"never", COOKIE_NEVER}};

static const char *const level_words[] = {"debug", "info", "warning", "error"};

static bool parse_number(const char *text, int base, long least, long most, int *out)
{
    char *end = NULL;
    errno = 0;
    long value = strtol(text, &end, base);
    if (errno != 0 || end == text || *end != '\0' || value < least || value > most)
        return false;
    *out = (int)value;
    return true;
}

static bool set_text(const struct setting *s, const char *text, char **out)
{
    size_t len = strlen(text);
    if (len < (size_t)s->least || len > (size_t)s->most)
        return false;
    char *copy = strdup(text);
    if (copy == NULL)
        return false;
    free(*out);
    *out = copy;
    return true;
}

static bool set_secure(const char *text, enum cookie_secure *out)
{
    for (size_t i = 0; i < sizeof secure_words / sizeof *secure_words; i++) {
        if (strcmp(text, secure_words[i].word) == 0) {
            *out = secure_words[i].value;
            return true;
        }
    }
    return false;
}

static bool set_value(struct config *c, const struct setting *s, const char *text)
{
    void *member = (char *)c + s->offset;
    switch (s->type) {
    case SETTING_TEXT:
        return set_text(s, text, member);
    case SETTING_INT:
        return parse_number(text, 10, s->least, s->most, member);
    case SETTING_MODE:
        return parse_number(text, 8, s->least, s->most, member);
    case SETTING_LEVEL:
        return log_level_from(str_from(text), member);
    case SETTING_SECURE:
        return set_secure(text, member);
    }
    return false;
}

/* What may stand there, for the fault and the documents. */
static void print_allowed(const struct setting *s, FILE *out)
{
    switch (s->type) {
    case SETTING_TEXT:
        fprintf(out, "text of %ld to %ld bytes", s->least, s->most);
        break;
    case SETTING_INT:
        fprintf(out, "%ld to %ld", s->least, s->most);
        break;
    case SETTING_MODE:
        fprintf(out, "octal, %04lo to %04lo", (unsigned long)s->least, (unsigned long)s->most);
        break;
    case SETTING_LEVEL:
        for (size_t i = 0; i < sizeof level_words / sizeof *level_words; i++)
            fprintf(out, "%s%s", i == 0 ? "" : ", ", level_words[i]);
        break;
    case SETTING_SECURE:
        for (size_t i = 0; i < sizeof secure_words / sizeof *secure_words; i++)
            fprintf(out, "%s%s", i == 0 ? "" : ", ", secure_words[i].word);
        break;
    }
}

static bool apply(struct config *c, const struct setting *s, const char *text, const char *from,
                  FILE *faults)
{
    if (set_value(c, s, text))
        return true;
    /* Not the value itself: a DSN may hold a password. */
    fprintf(faults, "%s: %s: not allowed; must be ", from, s->name);
    print_allowed(s, faults);
    fputc('\n', faults);
    return false;
}

static const struct setting *find_setting(const char *name)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t len = strlen(text);
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    return text;
}

/* One line "name = value"; a value may hold '=' and '#', so a comment begins the line. */
static bool apply_line(struct config *c, char *line, const char *from, FILE *faults)
{
    char *text = trim(line);
    if (*text == '\0' || *text == '#')
        return true;
    char *equals = strchr(text, '=');
    if (equals == NULL) {
        fprintf(faults, "%s: a line must read name = value\n", from);
        return false;
    }
    *equals = '\0';
    const char *name = trim(text);
    const struct setting *s = find_setting(name);
    if (s == NULL) {
        fprintf(faults, "%s: there is no setting \"%s\"\n", from, name);
        return false;
    }
    return apply(c, s, trim(equals + 1), from, faults);
}

static bool apply_file(struct config *c, const char *path, FILE *faults)
{
    char line[LINE_MAX_BYTES];
    bool is_good = true;
    FILE *in = fopen(path, "re");
    if (in == NULL) {
        fprintf(faults, "%s: %s\n", path, strerror(errno));
        return false;
    }
    for (int number = 1; fgets(line, sizeof line, in) != NULL; number++) {
        char from[LINE_MAX_BYTES];
        snprintf(from, sizeof from, "%s:%d", path, number);
        is_good = apply_line(c, line, from, faults) && is_good;
    }
    if (ferror(in)) {
        fprintf(faults, "%s: cannot be read\n", path);
        is_good = false;
    }
    fclose(in);
    return is_good;
}

static void env_name(const struct setting *s, char *out, size_t size)
{
    snprintf(out, size, "DANVAN_%s", s->name);
    for (char *p = out; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
}

static bool apply_environment(struct config *c, FILE *faults)
{
    bool is_good = true;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char name[64];
        env_name(&settings[i], name, sizeof name);
        const char *value = getenv(name);
        if (value != NULL)
            is_good = apply(c, &settings[i], value, name, faults) && is_good;
    }
    return is_good;
}

/* Each deadline must end before the one around it, so that the inner one gives the answer. */
static bool check_order(const struct config *c, FILE *faults)
{
    bool is_good = true;
    if (c->lock_timeout_ms >= c->statement_timeout_ms) {
        fputs("lock_timeout_ms must be shorter than statement_timeout_ms\n", faults);
        is_good = false;
    }
    if (c->statement_timeout_ms >= c->request_deadline_ms) {
        fputs("statement_timeout_ms must be shorter than request_deadline_ms\n", faults);
        is_good = false;
    }
    if (c->file_deadline_ms < c->request_deadline_ms) {
        fputs("file_deadline_ms must not be shorter than request_deadline_ms\n", faults);
        is_good = false;
    }
    if (c->public_origin[0] != '\0' && strncmp(c->public_origin, "https://", 8) != 0 &&
        strncmp(c->public_origin, "http://", 7) != 0) {
        fputs("public_origin must begin with https:// or http://\n", faults);
        is_good = false;
    }
    return is_good;
}

bool config_load(struct config *out, const char *path, FILE *faults)
{
    bool is_good = true;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        is_good = apply(out, &settings[i], settings[i].fallback, "default", faults) && is_good;
    if (path != NULL)
        is_good = apply_file(out, path, faults) && is_good;
    is_good = apply_environment(out, faults) && is_good;
    return check_order(out, faults) && is_good;
}

void config_free(struct config *c)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (settings[i].type == SETTING_TEXT) {
            char **member = (char **)(void *)((char *)c + settings[i].offset);
            free(*member);
            *member = NULL;
        }
}

void config_print_markdown(FILE *out)
{
    fputs("| Setting | Environment | Default | Allowed | Meaning |\n|---|---|---|---|---|\n", out);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *s = &settings[i];
        char name[64];
        env_name(s, name, sizeof name);
        fprintf(out, "| `%s` | `%s` | %s%s%s | ", s->name, name, *s->fallback == '\0' ? "" : "`",
                *s->fallback == '\0' ? "(empty)" : s->fallback, *s->fallback == '\0' ? "" : "`");
        print_allowed(s, out);
        fprintf(out, " | %s |\n", s->doc);
    }
}
