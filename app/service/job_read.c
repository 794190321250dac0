/* A file into staging rows: header, legacy text, types; every fault is told by its cell, and rows
 * go to PostgreSQL in batches, so that neither grows with the file. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "input/cell_type.h"
#include "input/legacy.h"
#include "service/job_batch.h"

#define BATCH_ROWS  500
#define BATCH_BYTES ((size_t)4 << 20)
/* Beyond, nobody corrects cell by cell; PostgreSQL keeps no more either (import_errors_most). */
#define FAULTS_MOST 20000
/* Signs too weak by themselves, this many in one file, are none any more. */
#define WEAK_ENOUGH 3

struct reading {
    struct job *job;
    struct header header;
    bool has_header;
    bool is_8bit;
    bool is_1904;
    size_t strong[3]; /* by legacy_kind: cells that gave themselves away, without a font's help */
    size_t weak[3];
    enum legacy_kind file_kind; /* converting: what the file is written in */
    struct batch_of batch;
    uint32_t done;
    uint32_t last_row;
    struct job_outcome outcome;
    struct cell cells[SHEET_COLUMNS_MAX]; /* cleaned */
    const char *words[SHEET_COLUMNS_MAX]; /* a fault of the cell as text; NULL: none */
    struct str shown[SHEET_COLUMNS_MAX];  /* what the fault shows of it */
};

static void add_fault(struct reading *r, uint32_t row, struct str column, struct str word,
                      struct str value)
{
    batch_fault(&r->batch, row, column, word, value);
    r->job->fault_count++;
}

static bool flush(struct reading *r)
{
    return batch_send(&r->batch, r->job, r->done, &r->outcome);
}

/* ---- text of a cell ---- */

/* Converted, or told. */
static const char *take_legacy(struct reading *r, struct cell *cell, struct str *shown)
{
    struct arena *a = r->job->arena;
    struct legacy_finding f = legacy_find(cell->text, cell->font);
    bool has_font = cell->font != FONT_PLAIN;
    bool in_capitals = cell->font == FONT_TCVN3_CAPITALS;
    bool is_taken = f.kind != LEGACY_NONE && (has_font || f.is_strong);
    if (f.kind != LEGACY_NONE && !has_font) {
        size_t *seen = f.is_strong ? r->strong : r->weak;
        seen[f.kind]++;
        is_taken = is_taken || r->strong[f.kind] > 0 || r->weak[f.kind] >= WEAK_ENOUGH ||
                   f.kind == r->file_kind;
    }
    if (!is_taken && !has_font && legacy_is_doubtful(cell->text) && r->file_kind != LEGACY_NONE) {
        if (!r->is_8bit && f.kind == LEGACY_NONE) {
            *shown = str_printf(a, "?: %.*s", STR_ARG(cell->text));
            return "legacy_encoding"; /* may be right as it stands, may be not */
        }
        is_taken = true;
    }
    if (!is_taken)
        return r->is_8bit && legacy_is_doubtful(cell->text) ? "bad_encoding" : NULL;
    enum legacy_kind kind = has_font || r->file_kind == LEGACY_NONE ? f.kind : r->file_kind;
    struct str right = legacy_convert(a, kind, in_capitals, cell->text);
    if (r->job->converts_legacy) {
        cell->text = right;
        return NULL;
    }
    *shown = str_printf(a, "%s: %.*s", legacy_word(kind), STR_ARG(right));
    return "legacy_encoding";
}

/* Copies the row's cells, cleaned. Cells of nothing but white space are left out. */
static size_t clean_row(struct reading *r, const struct sheet_row *row)
{
    struct arena *a = r->job->arena;
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct cell *c = &r->cells[count];
        struct str text = STR("");
        *c = row->cells[i];
        r->words[count] = NULL;
        r->shown[count] = STR("");
        if (c->kind == CELL_FAULT) {
            r->words[count++] = str_cstr(a, c->text);
            continue;
        }
        if (c->kind == CELL_TEXT && str_is_utf8(c->text))
            r->words[count] = take_legacy(r, c, &r->shown[count]);
        const char *word = cell_text_clean(a, c->text, &text);
        r->words[count] = r->words[count] == NULL ? word : r->words[count];
        c->text = r->job->format == SHEET_CSV ? cell_text_undefuse(text) : text;
        if (r->shown[count].len == 0)
            r->shown[count] = text;
        count += text.len > 0 || r->words[count] != NULL;
    }
    return count;
}

/* ---- a row's cells as the columns of the kind ---- */

static void add_row(struct reading *r, uint32_t number, size_t count)
{
    const struct import_kind *k = r->job->kind;
    struct str *values = arena_alloc_array(r->job->arena, k->column_count, sizeof *values);
    bool *has_fault = arena_alloc_array(r->job->arena, k->column_count, sizeof *has_fault);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        int column = r->header.columns[r->cells[i].column];
        const char *word = r->words[i];
        char letters[8];
        if (column == HEADER_IGNORED)
            continue;
        if (column == HEADER_NONE) {
            column_letters(r->cells[i].column, letters);
            add_fault(r, number, str_copy(r->job->arena, str_from(letters)),
                      STR("column_without_header"), r->shown[i]);
            continue;
        }
        known++;
        if (word == NULL)
            word = job_cell(r->job->arena, k, (size_t)column, &r->cells[i], r->is_1904,
                            &values[column]);
        if (word == NULL)
            continue;
        values[column] = STR("");
        has_fault[column] = true;
        add_fault(r, number, k->columns[column].name, str_from(word), r->shown[i]);
    }
    if (known == 0) /* beside the table, not in it */
        return;
    for (size_t i = 0; i < k->column_count; i++) {
        if (k->columns[i].is_required && values[i].len == 0 && !has_fault[i])
            add_fault(r, number, k->columns[i].name, STR("required"), STR(""));
        batch_cell(&r->batch, values[i]);
    }
    batch_row(&r->batch, number);
    r->done++;
}

/* ---- the header ---- */

static void put_places(struct reading *r, struct text *json)
{
    const struct import_kind *k = r->job->kind;
    bool is_first = true;
    text_byte(json, '{');
    for (uint32_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        char letters[8];
        if (r->header.columns[i] < 0)
            continue;
        column_letters(i, letters);
        text_printf(json, "%s\"%.*s\":\"%s\"", is_first ? "" : ",",
                    STR_ARG(k->columns[r->header.columns[i]].name), letters);
        is_first = false;
    }
    text_byte(json, '}');
}

/* Every fault of the header at once. */
static void tell_header_faults(struct reading *r)
{
    const struct header *h = &r->header;
    const struct import_kind *k = r->job->kind;
    bool *is_there = arena_alloc_array(r->job->keep, k->column_count, sizeof *is_there);
    char letters[8];
    for (uint32_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        column_letters(i, letters);
        struct str address = str_copy(r->job->keep, str_from(letters));
        if (h->unknown[i].len > 0)
            add_fault(r, h->first_row, address, STR("unknown_header"), h->unknown[i]);
        if (h->columns[i] < 0)
            continue;
        if (is_there[h->columns[i]])
            add_fault(r, h->first_row, address, STR("doubled_header"),
                      k->columns[h->columns[i]].name);
        is_there[h->columns[i]] = true;
    }
    for (size_t i = 0; i < k->column_count; i++)
        if (k->columns[i].is_required && !is_there[i])
            add_fault(r, h->first_row, STR(""), STR("missing_column"), k->columns[i].name);
}

/* Data begins, or the file ends. False: it makes no sense to read on. */
static bool end_header(struct reading *r)
{
    struct job *j = r->job;
    struct text json = {.arena = j->keep};
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows = NULL;
    r->has_header = true;
    if (r->header.first_row == 0) {
        r->outcome = (struct job_outcome){.end = JOB_REFUSED, .problem = STR("no_header")};
        return false;
    }
    tell_header_faults(r);
    put_places(r, &json);
    const struct str params[] = {j->id, j->try_number, text_str(&json)};
    if (!job_statement(j, j->keep, "select private.import_columns($1, $2, $3)", params, 3, &rows,
                       &e)) {
        r->outcome = job_outcome_of(j->keep, &e, JOB_FAILED);
        return false;
    }
    if (!str_equal(db_value(rows, 0, 0), STR("t"))) {
        r->outcome.end = JOB_LOST;
        return false;
    }
    if (j->fault_count > 0) {
        if (flush(r))
            r->outcome = (struct job_outcome){.end = JOB_REFUSED, .problem = STR("bad_header")};
        return false;
    }
    return true;
}

/* ---- rows as they come ---- */

static bool on_row(void *state, const struct sheet_row *row)
{
    struct reading *r = state;
    if (!job_may_go_on(r->job, &r->outcome))
        return false;
    size_t count = clean_row(r, row);
    if (count == 0)
        return true;
    if (!r->has_header) {
        struct sheet_row cleaned = {row->number, r->cells, count};
        if (header_take(r->job->arena, &r->header, &cleaned)) {
            batch_reset(&r->batch, r->job->arena); /* no row waits yet */
            return true;
        }
        if (!end_header(r))
            return false;
    }
    add_row(r, row->number, count);
    if (r->job->fault_count >= FAULTS_MOST) {
        if (flush(r))
            r->outcome =
                (struct job_outcome){.end = JOB_REFUSED, .problem = STR("too_many_faults")};
        return false;
    }
    bool is_full = r->batch.rows >= BATCH_ROWS || r->batch.fault_rows.count >= BATCH_ROWS ||
                   arena_used(r->job->arena) > BATCH_BYTES;
    return !is_full || flush(r);
}

/* A first pass, where conversion is asked for: what is the file written in? */
static bool on_survey(void *state, const struct sheet_row *row)
{
    struct reading *r = state;
    if (!job_may_go_on(r->job, &r->outcome))
        return false;
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *c = &row->cells[i];
        if (c->kind != CELL_TEXT || c->font != FONT_PLAIN || !str_is_utf8(c->text))
            continue;
        struct legacy_finding f = legacy_find(c->text, FONT_PLAIN);
        if (f.kind != LEGACY_NONE)
            (f.is_strong ? r->strong : r->weak)[f.kind]++;
    }
    return true;
}

static enum legacy_kind most_likely(const struct reading *r)
{
    enum legacy_kind best = LEGACY_NONE;
    size_t most = 0;
    for (enum legacy_kind k = LEGACY_TCVN3; k <= LEGACY_VNI; k++) {
        size_t points = 10 * r->strong[k] + r->weak[k];
        if (points > most && (r->strong[k] > 0 || r->weak[k] >= WEAK_ENOUGH)) {
            best = k;
            most = points;
        }
    }
    return best;
}

static size_t name_columns(const struct job *j, struct header_name **out)
{
    const struct resource *res = j->kind->resource;
    size_t columns = j->kind->column_count;
    struct header_name *names =
        arena_alloc_array(j->keep, columns + res->field_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < columns; i++) {
        const struct field *f = field_find(res->fields, res->field_count, j->kind->columns[i].name);
        names[count++] = (struct header_name){
            .name = j->kind->columns[i].name,
            .title_vi = f != NULL ? str_from(f->title_vi) : j->kind->columns[i].name,
            .title_en = f != NULL ? str_from(f->title_en) : j->kind->columns[i].name,
            .column = (int)i};
    }
    for (size_t i = 0; i < res->field_count; i++) {
        const struct field *f = &res->fields[i];
        bool is_column = false;
        for (size_t k = 0; k < columns; k++)
            is_column = is_column || str_equal(f->name, j->kind->columns[k].name);
        if (!is_column)
            names[count++] = (struct header_name){f->name, str_from(f->title_vi),
                                                  str_from(f->title_en), HEADER_IGNORED};
    }
    *out = names;
    return count;
}

static bool read_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct job *j = state;
    if (at > j->size || len > j->size - at)
        return false;
    memcpy(to, j->file + at, len);
    return true;
}

struct job_outcome job_read(struct job *j)
{
    const struct byte_source source = {read_memory, j, j->size};
    struct reading *r = arena_alloc(j->keep, sizeof *r);
    struct header_name *names = NULL;
    struct sheet_fault fault = {.word = NULL};
    struct sheet_options options = {
        .sheet = j->sheet, .is_8bit = &r->is_8bit, .is_1904 = &r->is_1904};
    struct sheet_sink survey = {on_survey, r};
    struct sheet_sink rows = {on_row, r};
    r->job = j;
    j->read_until_us = clock_us() + (int64_t)j->start->config->import_deadline_ms * 1000;
    size_t count = name_columns(j, &names);
    header_begin(&r->header, j->keep, names, count);
    batch_reset(&r->batch, j->arena);
    bool is_good = true;
    if (j->converts_legacy) {
        is_good = sheet_read(&source, j->format, &options, &survey, &fault);
        r->file_kind = most_likely(r);
        memset(r->strong, 0, sizeof r->strong);
        memset(r->weak, 0, sizeof r->weak);
    }
    if (r->outcome.end == JOB_DONE)
        is_good = is_good && sheet_read(&source, j->format, &options, &rows, &fault);
    if (r->outcome.end != JOB_DONE)
        return r->outcome;
    if (!is_good) {
        struct str detail = str_copy(j->keep, str_from(fault.detail));
        if (fault.row > 0)
            detail = str_printf(j->keep, "%u %.*s", fault.row, STR_ARG(detail));
        return (struct job_outcome){JOB_REFUSED, str_from(fault.word), str_trim(detail)};
    }
    if (!r->has_header && !end_header(r))
        return r->outcome;
    if (r->done == 0 && r->batch.fault_rows.count == 0)
        return (struct job_outcome){JOB_REFUSED, STR("no_rows"), STR("")};
    (void)flush(r);
    return r->outcome;
}
