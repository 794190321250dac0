#include "input/file_type.h"

#include <string.h>

#define HEAD_SIZE     64
#define PDF_TAIL_SIZE 1024

static const struct {
    const char *media;
    struct str endings;
} types[FILE_TYPE__MAX] = {
#define X(type, media, endings) [type] = {media, STR_INIT(endings)},
    FILE_TYPE_LIST(X)
#undef X
};

const char *file_type_media(enum file_type t)
{
    return types[t].media;
}

bool file_type_fits(enum file_type t, struct str name)
{
    struct str rest = types[t].endings;
    while (rest.len > 0) {
        struct str ending;
        str_cut(rest, ' ', &ending, &rest);
        if (name.len > ending.len &&
            str_equal_nocase(str_slice(name, name.len - ending.len, name.len), ending))
            return true;
    }
    return false;
}

static bool has_at(struct str head, size_t at, const char *bytes, size_t len)
{
    return head.len >= at + len && memcmp(head.ptr + at, bytes, len) == 0;
}
#define HAS_AT(head, at, bytes) has_at(head, at, bytes, sizeof(bytes) - 1)

/* A PDF that was cut has lost its end. */
static bool is_pdf(const struct byte_source *s, struct str head)
{
    static const char mark[] = "%%EOF";
    char tail[PDF_TAIL_SIZE];
    size_t len = s->size < sizeof tail ? (size_t)s->size : sizeof tail;
    if (!HAS_AT(head, 0, "%PDF-") || !s->read(s->state, s->size - len, tail, len))
        return false;
    return memmem(tail, len, mark, sizeof mark - 1) != NULL;
}

static bool is_png(struct str head)
{
    return HAS_AT(head, 0, "\x89PNG\r\n\x1a\n") && HAS_AT(head, 8, "\0\0\0\rIHDR");
}

/* Start of image, then a marker that may follow it. */
static bool is_jpeg(struct str head)
{
    return HAS_AT(head, 0, "\xff\xd8\xff") && head.len >= 4 && (unsigned char)head.ptr[3] >= 0xc0 &&
           (unsigned char)head.ptr[3] != 0xff;
}

static bool is_webp(const struct byte_source *s, struct str head)
{
    if (!HAS_AT(head, 0, "RIFF") || !HAS_AT(head, 8, "WEBPVP8") || head.len < 16)
        return false;
    uint64_t size = 0;
    for (size_t i = 0; i < 4; i++)
        size |= (uint64_t)(unsigned char)head.ptr[4 + i] << (8 * i);
    return size + 8 <= s->size && strchr(" LX", head.ptr[15]) != NULL && head.ptr[15] != '\0';
}

/* ISO base media: the first box names the brands; mif1 is any image, so it must also say heic. */
static bool is_heic(struct str head)
{
    if (!HAS_AT(head, 4, "ftyp") || !HAS_AT(head, 0, "\0\0\0") || head.len < 16)
        return false;
    size_t size = (unsigned char)head.ptr[3];
    if (HAS_AT(head, 8, "heic") || HAS_AT(head, 8, "heix"))
        return true;
    if (!HAS_AT(head, 8, "mif1"))
        return false;
    for (size_t at = 16; at + 4 <= size; at += 4)
        if (HAS_AT(head, at, "heic"))
            return true;
    return false;
}

bool file_type_sniff(const struct byte_source *s, enum file_type *out, const char **word)
{
    char bytes[HEAD_SIZE];
    struct str head = {bytes, s->size < sizeof bytes ? (size_t)s->size : sizeof bytes};
    *word = "unsupported_file";
    if (!s->read(s->state, 0, bytes, head.len))
        return false;
    *out = FILE_TYPE__MAX;
    if (HAS_AT(head, 0, "PK\x03\x04"))
        return zip_list_sniff(s, out, word);
    if (is_pdf(s, head))
        *out = FILE_PDF;
    else if (is_png(head))
        *out = FILE_PNG;
    else if (is_jpeg(head))
        *out = FILE_JPEG;
    else if (is_webp(s, head))
        *out = FILE_WEBP;
    else if (is_heic(head))
        *out = FILE_HEIC;
    if (*out == FILE_TYPE__MAX)
        return false;
    *word = NULL;
    return true;
}
