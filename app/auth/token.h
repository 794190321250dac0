/* Session cookies and bearer tokens: "<scope>.<secret>".
 *
 * The scope says which database role to ask under; it is a claim that PostgreSQL checks, never a
 * right. The secret is 32 random bytes in base64url; only its SHA-256 is stored. Pure functions. */
#ifndef DANVAN_AUTH_TOKEN_H
#define DANVAN_AUTH_TOKEN_H

#include "base/arena.h"
#include "base/str.h"

#define TOKEN_SECRET_LEN    43 /* base64url of 32 bytes, without padding */
#define TOKEN_SCOPE_MAX     40
#define TOKEN_COOKIE        "danvan_session"
#define TOKEN_COOKIE_SECURE "__Host-danvan_session"

struct token {
    struct str scope;  /* [a-z_], at most TOKEN_SCOPE_MAX */
    struct str secret; /* TOKEN_SECRET_LEN characters */
};

/* Fails on anything but the exact form; *out borrows from text. */
NODISCARD bool token_parse(struct str text, struct token *out);
/* The token in an Authorization header, "Bearer <token>"; false when it is of another form. */
NODISCARD bool token_from_bearer(struct str authorization, struct token *out);
struct str token_make_secret(struct arena *a);
/* "<scope>.<secret>" */
struct str token_join(struct arena *a, struct str scope, struct str secret);
/* What PostgreSQL stores: hex SHA-256 of the secret's text. */
struct str token_hash(struct arena *a, struct str secret);
/* danvan_<scope> for reading, danvan_<scope>_write for anything else. */
struct str token_role(struct arena *a, struct str scope, bool writes);

#endif
