#include "mime.h"

#include "start.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <stdlib.h>

struct dossier_mime {
  GMimeMessage *message;
  GMimeStream *written;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void) { g_mime_init(); }

void dossier_gmime_start(void) { pthread_once(&once, start); }

dossier_mime *dossier_mime_new(void) {
  dossier_gmime_start();
  dossier_mime *mime = calloc(1, sizeof *mime);
  if (mime) mime->message = g_mime_message_new(TRUE);
  return mime;
}

void dossier_mime_free(dossier_mime *mime) {
  if (!mime) return;
  if (mime->written) g_object_unref(mime->written);
  g_object_unref(mime->message);
  free(mime);
}

static void add_mailbox(dossier_mime *mime, GMimeAddressType type, const char *name, const char *address) {
  InternetAddress *mailbox = internet_address_mailbox_new(name && *name ? name : NULL, address);
  internet_address_set_charset(mailbox, "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(mime->message, type), mailbox);
  g_object_unref(mailbox);
}

void dossier_mime_from(dossier_mime *mime, const char *name, const char *address) {
  add_mailbox(mime, GMIME_ADDRESS_TYPE_FROM, name, address);
}

void dossier_mime_to(dossier_mime *mime, const char *name, const char *address) {
  add_mailbox(mime, GMIME_ADDRESS_TYPE_TO, name, address);
}

void dossier_mime_subject(dossier_mime *mime, const char *subject) {
  g_mime_message_set_subject(mime->message, subject, "utf-8");
}

void dossier_mime_date(dossier_mime *mime, long long seconds, int offset) {
  GDateTime *utc = g_date_time_new_from_unix_utc(seconds);
  if (!utc) return;
  GTimeZone *zone = g_time_zone_new_offset(offset);
  GDateTime *local = g_date_time_to_timezone(utc, zone);
  if (local) {
    g_mime_message_set_date(mime->message, local);
    g_date_time_unref(local);
  }
  g_time_zone_unref(zone);
  g_date_time_unref(utc);
}

void dossier_mime_message_id(dossier_mime *mime, const char *id) { g_mime_message_set_message_id(mime->message, id); }

void dossier_mime_header(dossier_mime *mime, const char *name, const char *value) {
  g_mime_object_set_header((GMimeObject *)mime->message, name, value, NULL);
}

static GMimePart *part(const char *subtype, const char *text, size_t length) {
  GMimePart *made = g_mime_part_new_with_type("text", subtype);
  g_mime_object_set_content_type_parameter((GMimeObject *)made, "charset", "utf-8");
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, length);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content(made, content);
  g_mime_part_set_content_encoding(made, g_mime_part_get_best_content_encoding(made, GMIME_ENCODING_CONSTRAINT_7BIT));
  // Lines of any length are plain text to us and forbidden to SMTP.
  if (g_mime_part_get_content_encoding(made) != GMIME_CONTENT_ENCODING_BASE64)
    g_mime_part_set_content_encoding(made, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_object_unref(content);
  g_object_unref(stream);
  return made;
}

void dossier_mime_body(dossier_mime *mime, const char *text, size_t text_length, const char *html, size_t html_length) {
  GMimePart *plain = part("plain", text, text_length);
  if (!html) {
    g_mime_message_set_mime_part(mime->message, (GMimeObject *)plain);
    g_object_unref(plain);
    return;
  }
  GMimePart *rich = part("html", html, html_length);
  GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
  // The last is the best: a reader shows the last it can.
  g_mime_multipart_add(both, (GMimeObject *)plain);
  g_mime_multipart_add(both, (GMimeObject *)rich);
  g_mime_message_set_mime_part(mime->message, (GMimeObject *)both);
  g_object_unref(plain);
  g_object_unref(rich);
  g_object_unref(both);
}

const unsigned char *dossier_mime_bytes(dossier_mime *mime, size_t *length) {
  if (mime->written) g_object_unref(mime->written);
  mime->written = g_mime_stream_mem_new();
  GMimeFormatOptions *options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream((GMimeObject *)mime->message, options, mime->written);
  g_mime_format_options_free(options);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)mime->written);
  *length = bytes ? bytes->len : 0;
  return bytes ? bytes->data : NULL;
}
