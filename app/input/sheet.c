#include "input/sheet.h"

#include <stdio.h>
#include <string.h>

#define HEAD_SIZE 512
#define STEP_SIZE 16384

bool sheet_refuse(struct sheet_fault *fault, const char *word, uint32_t row, const char *detail)
{
    if (fault->word == NULL) {
        fault->word = word;
        fault->row = row;
        snprintf(fault->detail, sizeof fault->detail, "%s", detail == NULL ? "" : detail);
        size_t len = strlen(fault->detail); /* not cut within a character */
        while (len > 0 && !str_is_utf8((struct str){fault->detail, len}))
            fault->detail[--len] = '\0';
    }
    return false;
}

void column_letters(uint32_t column, char out[8])
{
    char turned[8];
    size_t count = 0;
    for (uint32_t n = column + 1; n > 0 && count < 7; n = (n - 1) / 26)
        turned[count++] = (char)('A' + (n - 1) % 26);
    for (size_t i = 0; i < count; i++)
        out[i] = turned[count - 1 - i];
    out[count] = '\0';
}

static bool begins(struct str head, const char *bytes, size_t len)
{
    return head.len >= len && memcmp(head.ptr, bytes, len) == 0;
}
#define BEGINS(head, bytes) begins(head, bytes, sizeof(bytes) - 1)

/* Excel encrypts a workbook as a stream of this name in a compound file, the container of .xls. */
static bool is_encrypted(const struct byte_source *s)
{
    static const char mark[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    char bytes[STEP_SIZE + sizeof mark];
    for (uint64_t at = 0; at < s->size; at += STEP_SIZE) {
        uint64_t left = s->size - at;
        size_t len = left < sizeof bytes ? (size_t)left : sizeof bytes;
        if (!s->read(s->state, at, bytes, len))
            return false;
        if (memmem(bytes, len, mark, sizeof mark - 1) != NULL)
            return true;
    }
    return false;
}

/* Text of some sort: no NUL, and none of the marks of what is text but no table. */
static const char *text_fault(struct str head)
{
    if (BEGINS(head, "\xff\xfe") || BEGINS(head, "\xfe\xff"))
        return "wide_encoding";
    if (memchr(head.ptr, '\0', head.len) != NULL)
        return "not_a_table";
    if (BEGINS(head, "%PDF-") || BEGINS(head, "\x89PNG") || BEGINS(head, "{\\rtf"))
        return "not_a_table";
    size_t at = BEGINS(head, "\xef\xbb\xbf") ? 3 : 0;
    while (at < head.len && strchr(" \t\r\n", head.ptr[at]) != NULL)
        at++;
    /* HTML or XML that calls itself .xls: a common lie of exports */
    return at < head.len && head.ptr[at] == '<' ? "not_a_table" : NULL;
}

bool sheet_sniff(const struct byte_source *s, enum sheet_format *out, const char **word)
{
    char bytes[HEAD_SIZE];
    struct str head = {bytes, s->size < sizeof bytes ? (size_t)s->size : sizeof bytes};
    enum file_type type = FILE_TYPE__MAX;
    *word = "empty_file";
    if (head.len == 0 || !s->read(s->state, 0, bytes, head.len))
        return false;
    if (BEGINS(head, "PK\x03\x04")) {
        *out = SHEET_XLSX;
        if (!file_type_sniff(s, &type, word)) {
            if (strcmp(*word, "unsupported_file") == 0)
                *word = "not_a_table";
            return false;
        }
        *word = type == FILE_XLSX ? NULL : "not_a_table";
        return *word == NULL;
    }
    *out = SHEET_CSV;
    if (BEGINS(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
        *word = is_encrypted(s) ? "encrypted_file" : "old_excel_file";
    else
        *word = text_fault(head);
    return *word == NULL;
}

bool sheet_read(const struct byte_source *s, enum sheet_format format,
                const struct sheet_options *options, const struct sheet_sink *sink,
                struct sheet_fault *fault)
{
    return format == SHEET_CSV ? csv_read(s, options, sink, fault)
                               : xlsx_read(s, options, sink, fault);
}
