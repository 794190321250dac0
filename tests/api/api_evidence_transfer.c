/* Files on their way: whole or not at all, in flat memory, and none that a client names by path. */
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "arrange.h"
#include "fastcgi.h"
#include "files.h"
#include "schema.h"

static size_t spooled_count(void)
{
    char *folder = form("%s", setting("DANVAN_TEST_SOCKET"));
    *strstr(folder, "/danvan/danvan.sock") = '\0';
    DIR *d = opendir(form("%s/nginx-body", folder));
    ck_assert_ptr_nonnull(d);
    size_t count = 0;
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d))
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

/* nginx takes a file away a moment after its answer. */
static void ck_spool_empty(void)
{
    for (int i = 0; i < 100 && spooled_count() > 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    ck_assert_uint_eq(spooled_count(), 0);
}

/* Most memory that any worker has had at once, in KiB. */
static long peak_of_workers(void)
{
    pid_t workers[64];
    size_t count = service_workers(workers, 64);
    long most = 0;
    for (size_t i = 0; i < count; i++) {
        char line[256];
        FILE *file = fopen(form("/proc/%d/status", (int)workers[i]), "r");
        ck_assert_ptr_nonnull(file);
        while (fgets(line, sizeof line, file) != NULL) {
            long kib = 0;
            if (sscanf(line, "VmHWM: %ld", &kib) == 1 && kib > most)
                most = kib;
        }
        fclose(file);
    }
    return most;
}

/* From now on the peak is that of what comes: a sign-in has taken 64 MiB for a moment. */
static void forget_peaks(void)
{
    pid_t workers[64];
    size_t count = service_workers(workers, 64);
    for (size_t i = 0; i < count; i++) {
        FILE *file = fopen(form("/proc/%d/clear_refs", (int)workers[i]), "w");
        ck_assert_ptr_nonnull(file);
        fputs("5", file);
        ck_assert_int_eq(fclose(file), 0);
    }
}

/* The address sanitizer keeps what was freed for a while, 256 MiB of it unless told otherwise. */
static bool is_sanitized(void)
{
    char line[512];
    bool is = false;
    FILE *file = fopen(form("/proc/%d/maps", (int)service_pid()), "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL)
        is = is || strstr(line, "libasan") != NULL;
    fclose(file);
    return is;
}

START_TEST(the_largest_file_goes_through_in_flat_memory)
{
    const char *d = draft();
    struct bytes content = pdf_of(50 * MIB - 64);
    ck_status(attach(as(OFFICER), d, "nho.pdf", pdf_of(600 * 1024)),
              201); /* what warming up takes */
    forget_peaks();
    long before = peak_of_workers();
    const struct reply *made = attach(as(OFFICER), d, "lon.pdf", content);
    ck_status(made, 201);
    ck_assert_str_eq(text_at(made, "/sha256"), sha256_of(content));
    struct fetched f = content_of(as(OFFICER), text_at(made, "/id"));
    ck_assert_int_eq(f.curl, 0);
    ck_assert_uint_eq(f.body.length, content.length);
    ck_assert_int_eq(memcmp(f.body.ptr, content.ptr, content.length), 0);
    /* Out of the request's arena it would be refused above 16 MiB; whole in memory it is 50. */
    if (!is_sanitized())
        ck_assert_int_lt(peak_of_workers() - before, 4096);
    ck_status(del(as(OFFICER), form("/api/v1/evidence/%s", text_at(made, "/id")), 1), 204);
    ck_spool_empty();
}
END_TEST

static int connect_to_nginx(void)
{
    const char *port = strrchr(setting("DANVAN_TEST_URL"), ':');
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)atoi(port + 1)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

START_TEST(an_upload_that_breaks_off_leaves_nothing)
{
    const struct caller *c = as(OFFICER);
    const char *d = draft();
    struct bytes content = pdf_of(900000);
    const char *head =
        form("POST %s HTTP/1.1\r\nHost: x\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n"
             "Content-Length: %zu\r\n\r\n",
             upload_path("documents", d, "a.pdf"), c->cookie, c->csrf, content.length);
    int fd = connect_to_nginx();
    ck_assert_int_eq(send(fd, head, strlen(head), MSG_NOSIGNAL), (ssize_t)strlen(head));
    ck_assert_int_gt(send(fd, content.ptr, content.length / 2, MSG_NOSIGNAL), 0);
    for (int i = 0; i < 100 && spooled_count() == 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    ck_assert_uint_eq(spooled_count(), 1);
    close(fd);
    ck_spool_empty();
    ck_assert_uint_eq(count_on(c, d), 0);
}
END_TEST

START_TEST(a_download_that_fails_on_the_way_does_not_look_whole)
{
    const char *d = draft();
    struct bytes content = pdf_of(3 * MIB);
    const char *id = text_at(attach(as(OFFICER), d, "a.pdf", content), "/id");
    db_do("delete from app.evidence_piece where evidence_id = $1::uuid and number = 7", id);
    struct fetched f = content_of(as(OFFICER), id);
    /* told at once: the client does not wait for the rest until it gives up */
    ck_assert_msg(f.curl == CURLE_PARTIAL_FILE || f.curl == CURLE_RECV_ERROR,
                  "a cut file: %s, %ld, %zu bytes", curl_easy_strerror((CURLcode)f.curl), f.status,
                  f.body.length);
    ck_assert_uint_lt(f.body.length, content.length);
    /* the worker goes on, and what fails before the first byte is told */
    db_do("delete from app.evidence_piece where evidence_id = $1::uuid and number = 0", id);
    ck_problem(get(as(OFFICER), "/api/v1/evidence/%s/content", id), 500, "internal");
    ck_status(get(as(OFFICER), "/api/v1/evidence/%s", id), 200);
}
END_TEST

/* ---- the parameter that names the file ---- */

START_TEST(a_client_cannot_name_a_file_to_read)
{
    const char *d = draft();
    const char *path = upload_path("documents", d, "a.pdf");
    const struct reply *r = ask(as(OFFICER), "POST", path, NULL, "DANVAN-BODY-FILE: /etc/passwd",
                                "Danvan_Body_File: /etc/passwd", "Content-Length: 0", NULL);
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "", "empty_file");
    ck_field(send_file(as(OFFICER), form("%s&DANVAN_BODY_FILE=/etc/passwd", path), pdf_of(100)),
             "?DANVAN_BODY_FILE", "unknown_parameter");
    /* Elsewhere a body is a body. */
    ck_problem(send_file(as(OFFICER), "/api/v1/documents", pdf_of(100)), 415,
               "unsupported-media-type");
}
END_TEST

static struct packet packet;
static char answer[65536];

/* As nginx would ask, but with this path: what it names is never looked at outside the folder. */
static void ck_path_refused(const char *document, const char *file)
{
    const struct caller *c = as(OFFICER);
    unsigned char params[4096];
    size_t length = 0;
    const char *uri = upload_path("documents", document, "a.pdf");
    length = pair_put(params, length, "REQUEST_METHOD", "POST");
    length = pair_put(params, length, "REQUEST_URI", uri);
    length = pair_put(params, length, "QUERY_STRING", "name=a.pdf");
    length = pair_put(params, length, "REMOTE_ADDR", "127.0.0.1");
    length = pair_put(params, length, "HTTP_COOKIE", c->cookie);
    length = pair_put(params, length, "HTTP_X_CSRF_TOKEN", c->csrf);
    length = pair_put(params, length, "CONTENT_LENGTH", "12");
    length = pair_put(params, length, "DANVAN_BODY_FILE", file);
    packet.length = 0;
    packet_begin(&packet, 1, 1, false);
    packet_record(&packet, FCGI_PARAMS, 1, params, length);
    packet_record(&packet, FCGI_PARAMS, 1, NULL, 0);
    packet_record(&packet, FCGI_STDIN, 1, NULL, 0);
    memset(answer, 0, sizeof answer);
    size_t got = service_talk(&packet, answer, sizeof answer - 1, 10, false);
    ck_assert_msg(got > 8 && memmem(answer, got, "Status: 500", 11) != NULL, "%s: %zu bytes %.400s",
                  file, got, answer + 8);
}

START_TEST(a_path_of_another_shape_opens_nothing)
{
    const char *d = draft();
    char *spool = form("%s", setting("DANVAN_TEST_SOCKET"));
    *strstr(spool, "/danvan/danvan.sock") = '\0';
    const char *outside = form("%s/0000000042", spool);
    FILE *file = fopen(outside, "w");
    ck_assert_ptr_nonnull(file);
    fputs("%PDF-1.4%%EOF", file);
    fclose(file);
    const char *link = form("%s/nginx-body/0999999998", spool);
    unlink(link);
    bool has_link = symlink(outside, link) == 0;
    const char *paths[] = {"/etc/passwd",
                           "../0000000042",
                           "run/nginx-body/../0000000042",
                           "run/nginx-body/0999999998",
                           "0000000042",
                           "/0000000042",
                           "run/nginx-body/12",
                           "run/nginx-body/0000000042/",
                           "/"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        ck_path_refused(d, paths[i]);
    if (has_link)
        unlink(link);
    unlink(outside);
    ck_assert_uint_eq(count_on(as(OFFICER), d), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("evidence on its way");
    TCase *t = new_case(s, "whole or not at all");
    tcase_set_timeout(t, 180);
    tcase_add_test(t, the_largest_file_goes_through_in_flat_memory);
    tcase_add_test(t, an_upload_that_breaks_off_leaves_nothing);
    tcase_add_test(t, a_download_that_fails_on_the_way_does_not_look_whole);
    tcase_add_test(t, a_client_cannot_name_a_file_to_read);
    tcase_add_test(t, a_path_of_another_shape_opens_nothing);
    return run_suite(s);
}
