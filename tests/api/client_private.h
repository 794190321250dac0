/* Shared by the files of the test client; not for tests. */
#ifndef DANVAN_TESTS_API_CLIENT_PRIVATE_H
#define DANVAN_TESTS_API_CLIENT_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory that lives until the process ends. */
void *keep(size_t size);
char *keep_copy(const char *text, size_t length);
/* Is this header line one of `name`? */
bool line_names(const char *line, const char *name);

#endif
