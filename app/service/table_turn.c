#include "service/table_turn.h"

#include "base/turns.h"

#define WAIT_FOR_TURN_US ((int64_t)2000000)

static struct turns turns = {.fd = -1};

bool table_turn_init(int at_once)
{
    return turns_open(&turns, "danvan-tables", at_once);
}

static void give_back(void *turn)
{
    turns_give_back(&turns, *(int *)turn);
}

bool table_turn_take(struct arena *a, struct err *e)
{
    int *turn = arena_alloc(a, sizeof *turn);
    if (!turns_take(&turns, WAIT_FOR_TURN_US, turn)) {
        e->retry_after = 5;
        return err_set(e, ERR_UNAVAILABLE, STR("no turn to make a long table"));
    }
    arena_adopt(a, turn, give_back);
    return true;
}
