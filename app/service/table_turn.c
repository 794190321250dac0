#include "service/table_turn.h"

#include "base/turns.h"

#define WAIT_FOR_TURN_US ((int64_t)2000000)

static struct turns turns = {.fd = -1};
/* Whoever waits holds a worker that does nothing: one at a time, and only where another is left for
 * small requests. */
static struct turns waits = {.fd = -1};

bool table_turn_init(int at_once, int workers)
{
    return turns_open(&turns, "danvan-tables", at_once) &&
           turns_open(&waits, "danvan-table-waits", workers > at_once + 1 ? 1 : 0);
}

static void give_back(void *turn)
{
    turns_give_back(&turns, *(int *)turn);
}

static bool take(int *turn)
{
    int place = 0;
    if (turns_take(&turns, 0, turn))
        return true;
    if (!turns_take(&waits, 0, &place))
        return false;
    bool is_taken = turns_take(&turns, WAIT_FOR_TURN_US, turn);
    turns_give_back(&waits, place);
    return is_taken;
}

bool table_turn_take(struct arena *a, struct err *e)
{
    int *turn = arena_alloc(a, sizeof *turn);
    if (!take(turn)) {
        e->retry_after = 5;
        return err_set(e, ERR_UNAVAILABLE, STR("no turn to make a long table"));
    }
    arena_adopt(a, turn, give_back);
    return true;
}
