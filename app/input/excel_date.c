#include <math.h>
#include <stdio.h>

#include "input/xlsx.h"

#define SECONDS_A_DAY 86400
/* Days from 1970-01-01: to 1899-12-31, to 1904-01-01, and the last day that Excel knows. */
#define EPOCH_1900 (-25568)
#define EPOCH_1904 (-24107)
#define LAST_DAY   2932896 /* 9999-12-31 */
#define LEAP_BUG   60

/* Civil from days (proleptic Gregorian), after Hinnant's well-known derivation. */
static void civil(int64_t day, int *y, int *m, int *d)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *d = (int)(doy - (153 * mp + 2) / 5 + 1);
    *m = (int)(mp < 10 ? mp + 3 : mp - 9);
    *y = (int)(yoe + era * 400 + (*m <= 2));
}

bool excel_date(double serial, bool is_1904, char out[32])
{
    if (!isfinite(serial) || serial < 0 || serial > LAST_DAY + 60000.0)
        return false;
    int64_t seconds = llround(serial * SECONDS_A_DAY);
    int64_t day = seconds / SECONDS_A_DAY;
    int64_t rest = seconds % SECONDS_A_DAY;
    int64_t since = 0;
    int y;
    int m;
    int d;
    if (is_1904)
        since = EPOCH_1904 + day;
    else if (day == LEAP_BUG || day == 0) /* 29 February 1900; and a time without a day */
        return false;
    else
        since = EPOCH_1900 + (day < LEAP_BUG ? day : day - 1);
    if (since > LAST_DAY)
        return false;
    civil(since, &y, &m, &d);
    if (rest == 0)
        snprintf(out, 32, "%04d-%02d-%02d", y, m, d);
    else
        snprintf(out, 32, "%04d-%02d-%02d %02d:%02d:%02d", y, m, d, (int)(rest / 3600),
                 (int)(rest / 60 % 60), (int)(rest % 60));
    return true;
}
