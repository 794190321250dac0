#include "service/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* nginx names its temporary files by number. */
#define NAME_DIGITS_MIN 10
#define NAME_DIGITS_MAX 20

static void close_held(void *fd)
{
    close(*(int *)fd);
}

/* Closed with the arena, whatever happens until then. */
static int hold(struct arena *a, int fd)
{
    int *held = arena_alloc(a, sizeof *held);
    *held = fd;
    if (fd >= 0)
        arena_adopt(a, held, close_held);
    return fd;
}

/* Only the last part of the path is believed, and only digits: so it names a file of the folder
 * that the settings name, whatever it says. */
static bool file_name(struct str path, char out[NAME_DIGITS_MAX + 1])
{
    size_t from = path.len;
    while (from > 0 && path.ptr[from - 1] >= '0' && path.ptr[from - 1] <= '9')
        from--;
    size_t len = path.len - from;
    if (len < NAME_DIGITS_MIN || len > NAME_DIGITS_MAX || from == 0 || path.ptr[from - 1] != '/')
        return false;
    memcpy(out, path.ptr + from, len);
    out[len] = '\0';
    return true;
}

static const char *file_fault(const struct stat *st, uint64_t announced)
{
    if (!S_ISREG(st->st_mode))
        return "the spooled body is no regular file";
    if (st->st_uid != geteuid() || st->st_nlink != 1)
        return "the spooled body is not nginx's own";
    if (st->st_size < 0 || (uint64_t)st->st_size != announced)
        return "the spooled body is not CONTENT_LENGTH long";
    return NULL;
}

static bool refuse(struct exchange *x, struct err *e, const char *what)
{
    return err_set(e, ERR_INTERNAL, str_printf(x->arena, "%s: %s", what, strerror(errno)));
}

bool spool_open(struct exchange *x, struct spool *out, struct err *e)
{
    char name[NAME_DIGITS_MAX + 1];
    struct stat st;
    if (x->body_file.len == 0 || x->body_file_size == 0)
        return err_field(x->arena, e, ERR_INVALID, STR(""), STR("empty_file"));
    if (!file_name(x->body_file, name))
        return err_set(e, ERR_INTERNAL, STR("the spooled body has no name of nginx's"));
    int folder =
        hold(x->arena, open(x->worker->config->body_folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (folder < 0)
        return refuse(x, e, "body_folder cannot be opened");
    out->fd = hold(x->arena,
                   openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (out->fd < 0)
        return refuse(x, e, "the spooled body cannot be opened");
    if (fstat(out->fd, &st) != 0)
        return refuse(x, e, "the spooled body cannot be looked at");
    const char *fault = file_fault(&st, x->body_file_size);
    out->size = x->body_file_size;
    return fault == NULL ? true : err_set(e, ERR_INTERNAL, str_from(fault));
}

bool spool_read(void *spool, uint64_t at, void *to, size_t len)
{
    const struct spool *s = spool;
    for (size_t have = 0; have < len;) {
        ssize_t n = pread(s->fd, (char *)to + have, len - have, (off_t)(at + have));
        if (n <= 0)
            return false;
        have += (size_t)n;
    }
    return true;
}
