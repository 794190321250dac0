/* XLSX (ECMA-376, transitional and strict): the archive is opened where it lies, through its
 * source. */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "input/xlsx.h"

/* libzip's view of a byte_source. */
struct reading {
    const struct byte_source *source;
    uint64_t at;
    zip_error_t error;
};

static zip_int64_t serve(void *state, void *data, zip_uint64_t len, zip_source_cmd_t command)
{
    struct reading *r = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        r->at = 0;
        return 0;
    case ZIP_SOURCE_READ: {
        uint64_t left = r->source->size - r->at;
        size_t wanted = (size_t)(len < left ? len : left);
        if (wanted > 0 && !r->source->read(r->source->state, r->at, data, wanted)) {
            zip_error_set(&r->error, ZIP_ER_READ, 0);
            return -1;
        }
        r->at += wanted;
        return (zip_int64_t)wanted;
    }
    case ZIP_SOURCE_SEEK: {
        zip_int64_t to =
            zip_source_seek_compute_offset(r->at, r->source->size, data, len, &r->error);
        if (to < 0)
            return -1;
        r->at = (uint64_t)to;
        return 0;
    }
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)r->at;
    case ZIP_SOURCE_STAT: {
        zip_stat_t *st = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, len, &r->error);
        if (st == NULL)
            return -1;
        zip_stat_init(st);
        st->size = r->source->size;
        st->valid |= ZIP_STAT_SIZE;
        return (zip_int64_t)sizeof *st;
    }
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&r->error, data, len);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                              ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, -1);
    default:
        zip_error_set(&r->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static struct zip *open_archive(struct reading *r)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_function_create(serve, r, &error);
    if (source == NULL)
        return NULL;
    struct zip *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive == NULL)
        zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

bool xlsx_read(const struct byte_source *s, const struct sheet_options *options,
               const struct sheet_sink *sink, struct sheet_fault *fault)
{
    struct reading r = {.source = s};
    struct xlsx_book *b = calloc(1, sizeof *b);
    bool is_good = false;
    *fault = (struct sheet_fault){.word = NULL};
    zip_error_init(&r.error);
    if (b == NULL) {
        is_good = sheet_refuse(fault, "no_memory", 0, NULL);
    } else if (!zip_check(s)) {
        is_good = sheet_refuse(fault, "unsafe_archive", 0, NULL);
    } else {
        b->fault = fault;
        b->archive = open_archive(&r);
        is_good = b->archive != NULL ? xlsx_book_open(b, options->sheet)
                                     : sheet_refuse(fault, "damaged_file", 0, NULL);
        if (options->is_1904 != NULL)
            *options->is_1904 = b->is_1904;
        is_good = is_good && xlsx_sheet_read(b, sink, fault);
        if (b->archive != NULL)
            zip_discard(b->archive);
        xlsx_book_close(b);
    }
    zip_error_fini(&r.error);
    free(b);
    return is_good;
}
