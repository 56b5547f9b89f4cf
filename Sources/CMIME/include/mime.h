// The few calls of GMime that Dossier needs, behind handles of its own, so that no macro of GObject reaches Swift.
#pragma once
#include <stddef.h>

typedef struct dossier_mime dossier_mime;

dossier_mime *dossier_mime_new(void);
void dossier_mime_free(dossier_mime *mime);

void dossier_mime_from(dossier_mime *mime, const char *name, const char *address);
void dossier_mime_to(dossier_mime *mime, const char *name, const char *address);
void dossier_mime_subject(dossier_mime *mime, const char *subject);
// Seconds since 1970 and seconds east of Greenwich.
void dossier_mime_date(dossier_mime *mime, long long seconds, int offset);
// Without the angle brackets.
void dossier_mime_message_id(dossier_mime *mime, const char *id);
// ASCII only: for headers that are no text for people.
void dossier_mime_header(dossier_mime *mime, const char *name, const char *value);
// The same said twice, as plain text and as HTML; UTF-8. HTML may be NULL.
void dossier_mime_body(dossier_mime *mime, const char *text, size_t text_length, const char *html, size_t html_length);

// The whole message with CRLF line ends. The bytes live as long as the message and until the next call.
const unsigned char *dossier_mime_bytes(dossier_mime *mime, size_t *length);
