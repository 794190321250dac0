/* danvan: reads the command line and the settings, then serves, or prints what was asked for. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "config.h"
#include "http/json.h"
#include "http/messages.h"
#include "resource/descriptor.h"
#include "resources/registry.h"
#include "service/handlers.h"
#include "service/supervisor.h"
#include "service/worker.h"

#ifndef DANVAN_VERSION
#define DANVAN_VERSION "0"
#endif
#define PRINT_CAP ((size_t)64 * 1024 * 1024)

enum task {
    TASK_SERVE,
    TASK_CONFIG = 'c',
    TASK_CHECK_CONFIG = 256,
    TASK_SETTINGS_MD,
    TASK_ERRORS_MD,
    TASK_OPENAPI,
    TASK_DESCRIPTORS,
    TASK_HASH_PASSWORD,
    TASK_PASSWORD,
    TASK_VERSION,
    TASK_HELP
};

static const struct option options[] = {
    {"config", required_argument, NULL, TASK_CONFIG},
    {"check-config", no_argument, NULL, TASK_CHECK_CONFIG},
    {"settings-md", no_argument, NULL, TASK_SETTINGS_MD},
    {"errors-md", no_argument, NULL, TASK_ERRORS_MD},
    {"openapi", no_argument, NULL, TASK_OPENAPI},
    {"descriptors", no_argument, NULL, TASK_DESCRIPTORS},
    {"hash-password", no_argument, NULL, TASK_HASH_PASSWORD},
    {"password", no_argument, NULL, TASK_PASSWORD},
    {"version", no_argument, NULL, TASK_VERSION},
    {"help", no_argument, NULL, TASK_HELP},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "danvan [--config FILE]      serve until TERM (HUP renews the workers)\n"
    "danvan --check-config       say every fault of the settings; status 0 when there is none\n"
    "danvan --settings-md        the settings as a table\n"
    "danvan --errors-md          the error answers as a table\n"
    "danvan --openapi            the OpenAPI document\n"
    "danvan --descriptors        the resources' fields, tab-separated\n"
    "danvan --hash-password      for each password on standard input, its hash\n"
    "danvan --password           a random one-time password\n"
    "danvan --version\n";

static void print_errors(FILE *out)
{
    size_t count = 0;
    const struct message *words = message_list(&count);
    fputs("| Status | Type | English | Tiếng Việt |\n|---|---|---|---|\n", out);
    for (int i = 0; i < ERR__MAX; i++) {
        const struct err_kind *kind = err_kind((enum err_code)i);
        fprintf(out, "| %d | `/errors/%s` | %s | %s |\n", kind->status, kind->slug, kind->title_en,
                kind->title_vi);
    }
    fputs("\n| Word in `reason` or `errors[].code` | English | Tiếng Việt |\n|---|---|---|\n", out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "| `%.*s` | %s | %s |\n", STR_ARG(words[i].word), words[i].english,
                words[i].vietnamese);
}

/* Passwords are compared as NFC, in which json_parse leaves those of requests. */
static bool hash_lines(struct arena *a)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    bool is_good = true;
    while (is_good && (len = getline(&line, &size, stdin)) > 0) {
        struct err e = {.code = ERR_INTERNAL};
        struct str hash;
        struct str password = {line, (size_t)len};
        if (str_ends(password, STR("\n")))
            password.len--;
        is_good = str_is_utf8(password) && password_hash(a, json_nfc(a, password), &hash, &e);
        if (is_good)
            printf("%.*s\n", STR_ARG(hash));
        arena_reset(a);
    }
    free(line);
    return is_good;
}

static void print_openapi(struct arena *a)
{
    size_t count = 0;
    struct openapi_operation *operations = handler_operations(a, &count);
    struct str document = openapi_make(a, operations, count);
    fwrite(document.ptr, 1, document.len, stdout);
}

static void print_descriptors(struct arena *a)
{
    struct text t = {.arena = a};
    descriptor_dump(&t);
    fwrite(t.ptr, 1, t.len, stdout);
}

/* What needs no settings. */
static int print_task(int task)
{
    struct arena *a = arena_open(PRINT_CAP);
    bool is_good = a != NULL && password_init(1);
    if (!is_good)
        fputs("danvan: out of memory\n", stderr);
    else if (task == TASK_SETTINGS_MD)
        config_print_markdown(stdout);
    else if (task == TASK_ERRORS_MD)
        print_errors(stdout);
    else if (task == TASK_OPENAPI)
        print_openapi(a);
    else if (task == TASK_DESCRIPTORS)
        print_descriptors(a);
    else if (task == TASK_HASH_PASSWORD)
        is_good = hash_lines(a);
    else if (task == TASK_PASSWORD)
        printf("%.*s\n", STR_ARG(password_make(a)));
    else if (task == TASK_VERSION)
        puts("danvan " DANVAN_VERSION);
    else
        fputs(help, stdout);
    arena_close(a);
    return is_good && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* What config_load cannot know: whether the words mean something on this machine. */
static bool check_meaning(const struct config *config, FILE *faults)
{
    struct peers peers;
    char why[200];
    bool is_good = true;
    if (!peers_read(config->peer_user, &peers, why, sizeof why)) {
        fprintf(faults, "peer_user: there is no user \"%s\"\n", why);
        is_good = false;
    }
    if (!db_check_dsn(config->dsn, why, sizeof why)) {
        fprintf(faults, "dsn: %s\n", why);
        is_good = false;
    }
    return is_good;
}

static int serve(const char *path, bool only_checks)
{
    struct config config;
    bool is_good = config_load(&config, path, stderr);
    is_good = check_meaning(&config, stderr) && is_good;
    int status = is_good ? EXIT_SUCCESS : EXIT_FAILURE;
    if (is_good && !only_checks) {
        log_set_level(config.log_level);
        status = supervisor_run(&config);
    }
    config_free(&config);
    return status;
}

int main(int argc, char **argv)
{
    const char *path = NULL;
    int task = TASK_SERVE;
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == TASK_CONFIG)
            path = optarg;
        else
            task = option;
    }
    if (task == '?' || optind < argc) {
        fputs(help, stderr);
        return 2;
    }
    resources_install();
    if (task == TASK_SERVE || task == TASK_CHECK_CONFIG)
        return serve(path, task == TASK_CHECK_CONFIG);
    return print_task(task);
}
