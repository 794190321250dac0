#include "notify/smtp.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

struct smtp {
    CURL *curl;
    const struct settings *settings;
    char *from;
    char password[256];
    char error[CURL_ERROR_SIZE];
};

struct upload {
    struct str left;
};

static size_t give(char *out, size_t size, size_t count, void *data)
{
    struct upload *u = data;
    size_t n = size * count < u->left.len ? size * count : u->left.len;
    memcpy(out, u->left.ptr, n);
    u->left = str_slice(u->left, n, u->left.len);
    return n;
}

static bool read_password(const char *path, char *out, size_t size)
{
    FILE *in = fopen(path, "re");
    bool is_good = in != NULL && fgets(out, (int)size, in) != NULL &&
                   (strpbrk(out, "\r\n") != NULL || feof(in)); /* no half of a password */
    if (in != NULL)
        fclose(in);
    if (is_good)
        out[strcspn(out, "\r\n")] = '\0';
    return is_good && out[0] != '\0';
}

static bool set_up(struct smtp *m)
{
    const struct settings *s = m->settings;
    CURL *c = m->curl;
    bool is_good =
        curl_easy_setopt(c, CURLOPT_URL, s->smtp_url) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_MAIL_FROM, m->from) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_USE_SSL,
                         s->smtp_starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE) ==
            CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)s->smtp_timeout_s) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)s->smtp_timeout_s) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_READFUNCTION, give) == CURLE_OK &&
        curl_easy_setopt(c, CURLOPT_ERRORBUFFER, m->error) == CURLE_OK;
    if (is_good && s->smtp_user[0] != '\0')
        is_good = curl_easy_setopt(c, CURLOPT_USERNAME, s->smtp_user) == CURLE_OK &&
                  curl_easy_setopt(c, CURLOPT_PASSWORD, m->password) == CURLE_OK;
    return is_good;
}

struct smtp *smtp_open(const struct settings *s, const char **why)
{
    struct smtp *m = calloc(1, sizeof *m);
    *why = "out of memory";
    if (m == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(m);
        return NULL;
    }
    m->settings = s;
    m->curl = curl_easy_init();
    bool is_good = m->curl != NULL && asprintf(&m->from, "<%s>", s->smtp_from) > 0;
    if (is_good && s->smtp_user[0] != '\0' &&
        !read_password(s->smtp_password_file, m->password, sizeof m->password)) {
        *why = "smtp_password_file cannot be read, or is empty";
        is_good = false;
    } else if (is_good && !set_up(m)) {
        *why = "libcurl does not take the settings";
        is_good = false;
    }
    if (is_good)
        return m;
    smtp_close(m);
    return NULL;
}

void smtp_close(struct smtp *m)
{
    if (m == NULL)
        return;
    curl_easy_cleanup(m->curl);
    curl_global_cleanup();
    explicit_bzero(m->password, sizeof m->password);
    free(m->from);
    free(m);
}

/* A refusal is the server's word on this mail (MAIL, RCPT, DATA); all else is the server's state.
 */
static enum smtp_result result_of(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return SMTP_SENT;
    case CURLE_SEND_ERROR: /* what libcurl makes of a refused RCPT or MAIL */
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UPLOAD_FAILED:
        return SMTP_REFUSED;
    default:
        return SMTP_AWAY;
    }
}

enum smtp_result smtp_send(struct smtp *m, struct arena *a, struct str to, struct str message,
                           struct str *why)
{
    struct upload upload = {.left = message};
    struct str bracketed = str_printf(a, "<%.*s>", STR_ARG(to));
    struct curl_slist *to_list = curl_slist_append(NULL, str_cstr(a, bracketed));
    long reply = 0;
    m->error[0] = '\0';
    *why = STR("out of memory");
    if (to_list == NULL)
        return SMTP_AWAY;
    CURLcode code = CURLE_FAILED_INIT;
    if (curl_easy_setopt(m->curl, CURLOPT_MAIL_RCPT, to_list) == CURLE_OK &&
        curl_easy_setopt(m->curl, CURLOPT_READDATA, &upload) == CURLE_OK)
        code = curl_easy_perform(m->curl);
    curl_easy_getinfo(m->curl, CURLINFO_RESPONSE_CODE, &reply);
    *why = str_printf(a, "%s (server's last word: %ld)",
                      m->error[0] != '\0' ? m->error : curl_easy_strerror(code), reply);
    curl_easy_setopt(m->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to_list);
    return result_of(code);
}
