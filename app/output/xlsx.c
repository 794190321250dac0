#include "output/xlsx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "output/xlsx_text.h"

#define NOTES_SHEET    "Chú thích"
#define SHEET_NAME_MAX 31
#define CELL_CHARS_MAX 32767
#define EXACT_DIGITS   15 /* beyond, a spreadsheet's number loses digits: written as text */
#define PAPER_A4       9
#define LINE_POINTS    15
#define ROOM_LEAST     ((uint64_t)1 << 20) /* for the small parts of a workbook */
/* When it was made says the answer's Date; equal rows give equal bytes, so that their ETag is one.
 */
#define MADE_AT 315532800 /* 1980-01-01, as the entries of the archive say */

struct book {
    lxw_workbook *book;
    int fd;
    struct arena *arena;
    lxw_format *header;
    lxw_format *text;
    lxw_format *wrapped;
    lxw_format *number;
    lxw_format *money;
    lxw_format *date;
    lxw_format *timestamp;
};

static void release(void *handle)
{
    struct book *b = handle;
    if (b->book != NULL)
        lxw_workbook_free(b->book);
    if (b->fd >= 0)
        close(b->fd);
}

static lxw_format *format_of(struct book *b, const char *number_format)
{
    lxw_format *f = workbook_add_format(b->book);
    if (number_format != NULL)
        format_set_num_format(f, number_format);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    return f;
}

/* Off the text of the next column, as dates are in the middle. */
static lxw_format *number_format_of(struct book *b, const char *number_format)
{
    lxw_format *f = format_of(b, number_format);
    format_set_align(f, LXW_ALIGN_RIGHT);
    format_set_indent(f, 1);
    return f;
}

static const char *work_folder; /* const after start */

void output_xlsx_work_in(const char *folder)
{
    work_folder = folder;
}

/* The library writes the whole to a path, that of a file in memory; but before, the rows of each
 * sheet and every part of the archive to files of its own, made with mode 0600 and unlinked at
 * once. Where it may not make them it would try /tmp, which is everybody's. */
static bool open_book(struct book *b)
{
    char path[40];
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = str_cstr(b->arena, str_from(work_folder))};
    lxw_doc_properties properties = {.created = MADE_AT};
    if (work_folder == NULL || access(work_folder, W_OK | X_OK) != 0)
        return false;
    b->fd = memfd_create("danvan-xlsx", MFD_CLOEXEC);
    if (b->fd < 0)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", b->fd);
    b->book = workbook_new_opt(path, &options);
    if (b->book == NULL)
        return false;
    workbook_set_properties(b->book, &properties);
    b->header = format_of(b, "@");
    format_set_bold(b->header);
    format_set_text_wrap(b->header);
    format_set_align(b->header, LXW_ALIGN_VERTICAL_CENTER);
    b->text = format_of(b, "@"); /* stays text when somebody edits the cell */
    b->wrapped = format_of(b, "@");
    format_set_text_wrap(b->wrapped);
    b->number = number_format_of(b, NULL);
    b->money = number_format_of(b, "#,##0"); /* with the point that the reader's language has */
    b->date = format_of(b, "dd/mm/yyyy");
    format_set_align(b->date, LXW_ALIGN_CENTER);
    b->timestamp = format_of(b, "dd/mm/yyyy hh:mm:ss");
    format_set_align(b->timestamp, LXW_ALIGN_CENTER);
    return true;
}

/* ---- cells ---- */

/* s cut after the most characters a cell can hold. */
static struct str clipped(struct str s)
{
    size_t chars = 0;
    if (s.len <= CELL_CHARS_MAX)
        return s;
    for (size_t i = 0; i < s.len; i++)
        if ((s.ptr[i] & 0xc0) != 0x80 && ++chars > CELL_CHARS_MAX)
            return str_slice(s, 0, i);
    return s;
}

static void put_text(struct book *b, lxw_worksheet *sheet, size_t row, size_t column, struct str s,
                     lxw_format *format)
{
    char small[256]; /* thousands of cells: most need no memory of the request's */
    const char *text = small;
    if (s.len == 0)
        return;
    if (s.len < sizeof small) {
        memcpy(small, s.ptr, s.len);
        small[s.len] = '\0';
    } else {
        text = str_cstr(b->arena, clipped(s));
    }
    worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, text, format);
}

static void put_words(struct book *b, lxw_worksheet *sheet, size_t row, size_t column, struct str s)
{
    put_text(b, sheet, row, column, s, xlsx_text_lines(s) > 1 ? b->wrapped : b->text);
}

/* The digits of s from `at` on, `count` of them, and `after` behind them. */
static bool take_digits(struct str s, size_t at, size_t count, char after, int *out)
{
    int n = 0;
    if (s.len < at + count)
        return false;
    for (size_t i = at; i < at + count; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *out = n;
    return after == '\0' || (s.len > at + count && s.ptr[at + count] == after);
}

/* False: no day that a spreadsheet knows (infinity, before 1900); it is written as it is. */
static bool read_date(struct str s, lxw_datetime *out)
{
    return take_digits(s, 0, 4, '-', &out->year) && take_digits(s, 5, 2, '-', &out->month) &&
           take_digits(s, 8, 2, '\0', &out->day) && out->year >= 1900;
}

static bool read_timestamp(struct str s, lxw_datetime *out)
{
    int seconds = 0;
    if (s.len < 19 || !read_date(s, out) || !take_digits(s, 11, 2, ':', &out->hour) ||
        !take_digits(s, 14, 2, ':', &out->min) || !take_digits(s, 17, 2, '\0', &seconds))
        return false;
    out->sec = seconds;
    return true;
}

static bool read_number(struct str s, double *out)
{
    char text[48];
    size_t digits = 0;
    char *end = NULL;
    if (s.len >= sizeof text)
        return false;
    for (size_t i = 0; i < s.len; i++)
        digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    if (digits == 0 || digits > EXACT_DIGITS)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    *out = strtod(text, &end);
    return *end == '\0' && isfinite(*out);
}

static void put_value(struct book *b, lxw_worksheet *sheet, size_t row, size_t column,
                      enum output_type type, const struct output_note *note, struct str value)
{
    lxw_row_t r = (lxw_row_t)row;
    lxw_col_t c = (lxw_col_t)column;
    lxw_datetime when = {0};
    double number = 0;
    if (value.ptr == NULL)
        return;
    if (type == OUTPUT_NUMBER && read_number(value, &number))
        worksheet_write_number(sheet, r, c, number, note->is_money ? b->money : b->number);
    else if (type == OUTPUT_DATE && value.len == 10 && read_date(value, &when))
        worksheet_write_datetime(sheet, r, c, &when, b->date);
    else if (type == OUTPUT_TIMESTAMP && read_timestamp(value, &when))
        worksheet_write_datetime(sheet, r, c, &when, b->timestamp);
    else
        put_words(b, sheet, row, column, xlsx_text(b->arena, type, note, value));
}

/* ---- sheets ---- */

/* On paper: across, with the header on each page. */
static void set_page(lxw_worksheet *sheet)
{
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_landscape(sheet);
    worksheet_repeat_rows(sheet, 0, 0);
}

static void put_header(struct book *b, lxw_worksheet *sheet, const struct output_rows *rows,
                       const struct output_note *notes)
{
    lxw_col_t at = 0;
    size_t lines = 1;
    for (size_t c = 0; c < rows->column_count; c++) {
        if (!rows->columns[c].is_in_csv)
            continue;
        lxw_row_col_options options = {.hidden = notes[c].is_hidden};
        size_t width = xlsx_width(b->arena, rows, &notes[c], c);
        size_t needed = xlsx_title_lines(notes[c].title, width);
        lines = needed > lines && !notes[c].is_hidden ? needed : lines;
        worksheet_set_column_opt(sheet, at, at, (double)width, NULL, &options);
        at++;
    }
    /* told, for not every program finds it by itself; and before the cells, which go to the file */
    worksheet_set_row(sheet, 0, ((double)lines + 0.5) * LINE_POINTS, NULL);
    at = 0;
    for (size_t c = 0; c < rows->column_count; c++)
        if (rows->columns[c].is_in_csv)
            put_text(b, sheet, 0, at++, notes[c].title, b->header);
    worksheet_freeze_panes(sheet, 1, 0);
    if (at > 0)
        worksheet_autofilter(sheet, 0, 0, (lxw_row_t)rows->row_count, (lxw_col_t)(at - 1));
}

/* The row has the room for the cell with most lines: not every program finds it by itself. */
static void set_height(struct book *b, lxw_worksheet *sheet, const struct output_rows *rows,
                       const struct output_note *notes, size_t row)
{
    size_t lines = 1;
    for (size_t c = 0; c < rows->column_count; c++) {
        if (!rows->columns[c].is_in_csv || notes[c].is_hidden)
            continue;
        struct str value = rows->value(rows->source, row, c);
        size_t needed =
            xlsx_text_lines(xlsx_text(b->arena, rows->columns[c].type, &notes[c], value));
        lines = needed > lines ? needed : lines;
    }
    if (lines > 1) /* before the cells, as the header's */
        worksheet_set_row(sheet, (lxw_row_t)(row + 1), (double)(lines * LINE_POINTS), NULL);
}

static void put_rows(struct book *b, lxw_worksheet *sheet, const struct output_rows *rows,
                     const struct output_note *notes)
{
    put_header(b, sheet, rows, notes);
    for (size_t row = 0; row < rows->row_count; row++) {
        size_t at = 0;
        set_height(b, sheet, rows, notes, row);
        for (size_t c = 0; c < rows->column_count; c++)
            if (rows->columns[c].is_in_csv)
                put_value(b, sheet, row + 1, at++, rows->columns[c].type, &notes[c],
                          rows->value(rows->source, row, c));
    }
}

static void put_notes(struct book *b, lxw_worksheet *sheet, const struct output_rows *rows,
                      const struct output_note *notes)
{
    static const char *const heads[] = {"Khóa (API, CSV)", "Tên cột", "Ý nghĩa"};
    static const double widths[] = {28, 36, 90};
    size_t row = 1;
    for (size_t i = 0; i < 3; i++) {
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
        put_text(b, sheet, 0, i, str_from(heads[i]), b->header);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    for (size_t c = 0; c < rows->column_count; c++) {
        if (!rows->columns[c].is_in_csv)
            continue;
        size_t lines = xlsx_title_lines(notes[c].meaning, (size_t)widths[2]);
        worksheet_set_row(sheet, (lxw_row_t)row, (double)(lines * LINE_POINTS), NULL);
        put_text(b, sheet, row, 0, rows->columns[c].name, b->text);
        put_text(b, sheet, row, 1, notes[c].title, b->wrapped);
        put_text(b, sheet, row, 2, notes[c].meaning, b->wrapped);
        row++;
    }
}

/* The library does not look whether what it writes on the way was taken: of a folder that is full
 * would come a workbook that breaks off. The rows it writes once more, as a part of the archive. */
static bool is_taken(const lxw_worksheet *sheet)
{
    struct statvfs room;
    FILE *rows = sheet->optimize_tmpfile;
    if (fflush(rows) != 0 || ferror(rows) != 0 || statvfs(work_folder, &room) != 0)
        return false;
    long size = ftell(rows);
    bool is_endless = room.f_blocks == 0; /* a tmpfs without a size */
    return size >= 0 &&
           (is_endless || (uint64_t)room.f_bavail * room.f_frsize >= (uint64_t)size + ROOM_LEAST);
}

/* A sheet's name has at most 31 characters and none of these. */
static struct str sheet_name(struct arena *a, struct str title)
{
    char *name = arena_alloc(a, title.len + 1);
    size_t chars = 0;
    size_t len = 0;
    for (size_t i = 0; i < title.len; i++) {
        chars += (title.ptr[i] & 0xc0) != 0x80;
        if (chars > SHEET_NAME_MAX)
            break;
        name[len++] = (char)(strchr("[]:*?/\\'", title.ptr[i]) != NULL ? ' ' : title.ptr[i]);
    }
    return str_trim((struct str){name, len});
}

static bool read_back(struct arena *a, int fd, struct str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size <= 0)
        return false;
    size_t size = (size_t)st.st_size;
    char *bytes = arena_alloc(a, size);
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(fd, bytes + done, size - done, (off_t)done);
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    *out = (struct str){bytes, size};
    return true;
}

bool output_xlsx(struct arena *a, const struct output_rows *rows, const struct output_note *notes,
                 struct str title, struct str *out)
{
    struct book *b = arena_alloc(a, sizeof *b);
    *b = (struct book){.fd = -1, .arena = a};
    arena_adopt(a, b, release); /* closed whatever happens: allocation may jump away */
    if (!open_book(b))
        return false;
    struct str name = sheet_name(a, title);
    lxw_worksheet *first = workbook_add_worksheet(b->book, str_cstr(a, name));
    lxw_worksheet *second = workbook_add_worksheet(b->book, NOTES_SHEET);
    if (first == NULL || second == NULL)
        return false;
    set_page(first);
    set_page(second);
    worksheet_fit_to_pages(second, 1, 0); /* three columns: beside one another, over all pages */
    put_rows(b, first, rows, notes);
    put_notes(b, second, rows, notes);
    if (!is_taken(first) || !is_taken(second))
        return false;
    lxw_workbook *book = b->book;
    b->book = NULL; /* closing frees it, well done or not */
    return workbook_close(book) == LXW_NO_ERROR && read_back(a, b->fd, out);
}
