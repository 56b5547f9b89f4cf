// A mail that came in, taken apart by GMime: its headers as they stand, and its parts as a list. Every text and every run of bytes
// handed out is the caller's, to be given back with `dossier_mail_release`; a text that is not there is NULL.
#pragma once
#include <stddef.h>

typedef struct dossier_mail dossier_mail;
typedef enum { DOSSIER_LEAF, DOSSIER_MULTIPART, DOSSIER_MESSAGE } dossier_part_kind;
typedef enum { DOSSIER_FROM, DOSSIER_TO, DOSSIER_CC, DOSSIER_BCC, DOSSIER_REPLY_TO } dossier_address_kind;

// NULL where it is no mail at all.
dossier_mail *dossier_mail_read(const unsigned char *bytes, size_t length);
// The mail that the part of kind DOSSIER_MESSAGE holds.
dossier_mail *dossier_mail_within(const dossier_mail *mail, size_t part);
void dossier_mail_free(dossier_mail *mail);
void dossier_mail_release(void *text);

// The first header of that name, as it stands; folds are kept.
char *dossier_mail_header(const dossier_mail *mail, const char *name);
// The same as words (RFC 2047); bytes that name no character set are read as the one that fits best.
char *dossier_mail_words(const dossier_mail *mail, const char *name);
// 1 and seconds since 1970, or 0 where no date can be read.
int dossier_mail_date(const dossier_mail *mail, long long *seconds);

// Groups are flattened.
size_t dossier_mail_address_count(const dossier_mail *mail, dossier_address_kind kind);
char *dossier_mail_address(const dossier_mail *mail, dossier_address_kind kind, size_t index);
char *dossier_mail_address_name(const dossier_mail *mail, dossier_address_kind kind, size_t index);

// Every part is listed before the parts within it; a mail within this one is one part.
size_t dossier_mail_part_count(const dossier_mail *mail);
dossier_part_kind dossier_part_of_kind(const dossier_mail *mail, size_t part);
// The part around it, or -1.
long dossier_part_around(const dossier_mail *mail, size_t part);
// "text/plain"
char *dossier_part_type(const dossier_mail *mail, size_t part);
char *dossier_part_type_parameter(const dossier_mail *mail, size_t part, const char *name);
// "attachment", "inline"
char *dossier_part_disposition(const dossier_mail *mail, size_t part);
char *dossier_part_file_name(const dossier_mail *mail, size_t part);
// Without the angle brackets.
char *dossier_part_id(const dossier_mail *mail, size_t part);
// A leaf's content with its transfer encoding undone.
unsigned char *dossier_part_bytes(const dossier_mail *mail, size_t part, size_t *length);

// UTF-8 from the character set; each byte that says nothing in it becomes U+FFFD and counts as invalid. NULL for a set nobody knows.
char *dossier_mail_decode(const char *charset, const unsigned char *bytes, size_t count, size_t *length, size_t *invalid);
