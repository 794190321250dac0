#include "base/turns.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define LOOK_EVERY_NS 10000000L

bool turns_open(struct turns *t, const char *name, int count)
{
    t->count = count;
    t->fd = memfd_create(name, MFD_CLOEXEC);
    return t->fd >= 0;
}

static bool set_lock(const struct turns *t, short type, int turn)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = turn, .l_len = 1};
    return fcntl(t->fd, F_SETLK, &lock) == 0;
}

bool turns_take(const struct turns *t, int64_t wait_us, int *turn)
{
    int64_t until = clock_us() + wait_us;
    for (;;) {
        for (int i = 0; i < t->count; i++) {
            if (set_lock(t, F_WRLCK, i)) {
                *turn = i;
                return true;
            }
        }
        if (clock_us() >= until)
            return false;
        nanosleep(&(struct timespec){.tv_nsec = LOOK_EVERY_NS}, NULL);
    }
}

void turns_give_back(const struct turns *t, int turn)
{
    (void)set_lock(t, F_UNLCK, turn);
}
