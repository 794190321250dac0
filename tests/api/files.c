#include "files.h"
#include "arrange.h"
#include "client_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

struct bytes bytes_of(const void *ptr, size_t length)
{
    return (struct bytes){keep_copy(ptr, length), length};
}

struct bytes joined(struct bytes a, struct bytes b)
{
    struct bytes all = {keep(a.length + b.length + 1), a.length + b.length};
    memcpy(all.ptr, a.ptr, a.length);
    memcpy(all.ptr + a.length, b.ptr, b.length);
    return all;
}

struct bytes pdf_of(size_t size)
{
    static const char head[] = "%PDF-1.4\n";
    static const char tail[] = "\n%%EOF\n";
    struct bytes all = {keep(size + 64), size + sizeof head + sizeof tail};
    uint64_t noise = strtoull(fresh("") + 1, NULL, 16) | 1;
    for (size_t i = 0; i < all.length; i++) {
        noise = noise * 6364136223846793005ULL + 1442695040888963407ULL;
        all.ptr[i] = (char)(noise >> 56);
    }
    memcpy(all.ptr, head, sizeof head - 1);
    memcpy(all.ptr + all.length - sizeof tail + 1, tail, sizeof tail - 1);
    return all;
}

/* ---- archives ---- */

static uint32_t crc32_of(const char *p, size_t length)
{
    uint32_t crc = 0xffffffffU;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

static struct bytes little(uint64_t value, size_t count)
{
    struct bytes out = {keep(count + 1), count};
    for (size_t i = 0; i < count; i++)
        out.ptr[i] = (char)(value >> (8 * i));
    return out;
}

static void put(struct bytes *to, struct bytes more)
{
    *to = joined(*to, more);
}

/* What the local header and the directory's entry have in common, from the flags on. */
static struct bytes facts(unsigned flags, struct bytes content, uint32_t claimed,
                          size_t name_length)
{
    struct bytes f = {NULL, 0};
    f = little(flags, 2);
    put(&f, little(0, 2));          /* stored */
    put(&f, little(0x53210000, 4)); /* some time in 2021 */
    put(&f, little(crc32_of(content.ptr, content.length), 4));
    put(&f, little(content.length, 4));
    put(&f, little(claimed > 0 ? claimed : content.length, 4));
    put(&f, little(name_length, 2));
    put(&f, little(0, 2));
    return f;
}

struct bytes zip_of(const char *const *names, unsigned flags, uint32_t claimed)
{
    struct bytes out = BYTES("");
    struct bytes directory = BYTES("");
    size_t count = 0;
    for (; names[count] != NULL; count++) {
        struct bytes name = bytes_of(names[count], strlen(names[count]));
        struct bytes content = bytes_of(form("<x n='%s'/>", names[count]), 9 + name.length);
        struct bytes f = facts(flags, content, count == 0 ? claimed : 0, name.length);
        put(&directory, BYTES("PK\x01\x02\x14\0\x14\0"));
        put(&directory, f);
        put(&directory, little(0, 10)); /* comment, disk, attributes */
        put(&directory, little(out.length, 4));
        put(&directory, name);
        put(&out, BYTES("PK\x03\x04\x14\0"));
        put(&out, f);
        put(&out, name);
        put(&out, content);
    }
    size_t at = out.length;
    put(&out, directory);
    put(&out, BYTES("PK\x05\x06\0\0\0\0"));
    put(&out, little(count, 2));
    put(&out, little(count, 2));
    put(&out, little(directory.length, 4));
    put(&out, little(at, 4));
    put(&out, little(0, 2));
    return out;
}

struct bytes docx_of(void)
{
    static const char *const names[] = {"[Content_Types].xml", "_rels/.rels", "word/document.xml",
                                        NULL};
    return zip_of(names, 0, 0);
}

struct bytes xlsx_of(void)
{
    static const char *const names[] = {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
                                        "xl/worksheets/sheet1.xml", NULL};
    return zip_of(names, 0, 0);
}

/* ---- over HTTP ---- */

static size_t gather(char *data, size_t size, size_t count, void *to)
{
    struct bytes *b = to;
    char *grown = realloc(b->ptr, b->length + size * count + 1); /* amortised by the allocator */
    if (grown == NULL)
        return 0;
    memcpy(grown + b->length, data, size * count);
    b->ptr = grown;
    b->length += size * count;
    b->ptr[b->length] = '\0';
    return size * count;
}

static struct curl_slist *lines_of(const struct caller *c)
{
    struct curl_slist *lines = curl_slist_append(NULL, "Content-Type: application/octet-stream");
    if (c->cookie != NULL)
        lines = curl_slist_append(lines, form("Cookie: %s", c->cookie));
    if (c->csrf != NULL)
        lines = curl_slist_append(lines, form("X-CSRF-Token: %s", c->csrf));
    return curl_slist_append(lines, "Expect:");
}

static CURL *open_curl(const char *path, struct curl_slist *lines, struct bytes *body)
{
    CURL *curl = curl_easy_init();
    ck_assert_ptr_nonnull(curl);
    curl_easy_setopt(curl, CURLOPT_URL, form("%s%s", setting("DANVAN_TEST_URL"), path));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, gather);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 50L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    return curl;
}

static size_t gather_head(char *data, size_t size, size_t count, void *to)
{
    struct bytes *b = to;
    if (size * count > 5 && memcmp(data, "HTTP/", 5) == 0)
        b->length = 0; /* only the last answer's */
    return gather(data, size, count, to);
}

struct reply *send_file(const struct caller *c, const char *path, struct bytes content)
{
    struct bytes body = {NULL, 0};
    struct bytes head = {NULL, 0};
    struct curl_slist *lines = lines_of(c);
    CURL *curl = open_curl(path, lines, &body);
    struct reply *r = keep(sizeof *r);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, gather_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &head);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)content.length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, content.ptr);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &r->status);
    /* Refused at the first line, the rest of the body meets a closed door: the answer counts. */
    ck_assert_msg(code == CURLE_OK || (code == CURLE_SEND_ERROR && r->status > 0), "%s: %s", path,
                  curl_easy_strerror(code));
    r->headers = keep_copy(head.ptr == NULL ? "" : head.ptr, head.length);
    r->body = keep_copy(body.ptr == NULL ? "" : body.ptr, body.length);
    r->length = body.length;
    r->json = body.length > 0 ? json_tokener_parse(r->body) : NULL;
    free(body.ptr);
    free(head.ptr);
    curl_easy_cleanup(curl);
    curl_slist_free_all(lines);
    return r;
}

struct fetched fetch_file(const struct caller *c, const char *path)
{
    struct fetched f = {0};
    struct curl_slist *lines = lines_of(c);
    CURL *curl = open_curl(path, lines, &f.body);
    f.curl = (int)curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &f.status);
    curl_easy_cleanup(curl);
    curl_slist_free_all(lines);
    return f;
}

const char *upload_path(const char *kind, const char *id, const char *name)
{
    return form("/api/v1/%s/%s/evidence?name=%s", kind, id, name);
}

struct reply *attach(const struct caller *c, const char *document, const char *name,
                     struct bytes content)
{
    return send_file(c, upload_path("documents", document, name), content);
}

const char *draft(void)
{
    return make_document(as(OFFICER), "draft", NULL);
}

struct fetched content_of(const struct caller *c, const char *id)
{
    return fetch_file(c, form("/api/v1/evidence/%s/content", id));
}

size_t count_on(const struct caller *c, const char *record)
{
    const struct reply *r = get(c, "/api/v1/evidence?record=%s", record);
    ck_status(r, 200);
    return count_at(r, "/items");
}

const char *sha256_of(struct bytes content)
{
    static const char digits[] = "0123456789abcdef";
    char *hex = keep(2 * content.length + 1);
    for (size_t i = 0; i < content.length; i++) {
        hex[2 * i] = digits[(unsigned char)content.ptr[i] >> 4];
        hex[2 * i + 1] = digits[(unsigned char)content.ptr[i] & 15];
    }
    return db_text("select encode(sha256(decode($1, 'hex')), 'hex')", hex);
}
