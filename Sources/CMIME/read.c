#include "read.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "start.h"

// A mail of more parts or addresses than these is no letter; what comes after them is not looked at.
enum { most_parts = 500, most_addresses = 500 };

typedef struct {
  GMimeObject *object;
  long around;
} part;

struct dossier_mail {
  GMimeMessage *message;
  GMimeParserOptions *options;
  GPtrArray *addresses[DOSSIER_REPLY_TO + 1];
  part parts[most_parts];
  size_t part_count;
};

void dossier_mail_release(void *text) { g_free(text); }

// What bytes may be that name no character set: the one the mail's text names, then those of the languages at hand.
static GMimeParserOptions *options_with(const char *first) {
  const char *charsets[] = {"utf-8", "windows-1251", "iso-8859-2", "iso-8859-1", NULL, NULL};
  if (first && g_ascii_strcasecmp(first, "us-ascii") != 0) {
    memmove(charsets + 2, charsets + 1, 3 * sizeof *charsets);
    charsets[1] = first;
  }
  GMimeParserOptions *options = g_mime_parser_options_new();
  g_mime_parser_options_set_fallback_charsets(options, charsets);
  return options;
}

// Without recursion: a mail may be nested as deep as its sender likes.
static void list_parts(dossier_mail *mail) {
  GMimeObject *body = g_mime_message_get_mime_part(mail->message);
  if (!body) return;
  GArray *waiting = g_array_new(FALSE, FALSE, sizeof(part));
  part next = {body, -1};
  g_array_append_val(waiting, next);
  while (waiting->len > 0 && mail->part_count < most_parts) {
    next = g_array_index(waiting, part, waiting->len - 1);
    g_array_set_size(waiting, waiting->len - 1);
    long index = (long)mail->part_count;
    mail->parts[mail->part_count++] = next;
    if (!GMIME_IS_MULTIPART(next.object)) continue;
    for (int child = g_mime_multipart_get_count((GMimeMultipart *)next.object) - 1; child >= 0; child--) {
      part within = {g_mime_multipart_get_part((GMimeMultipart *)next.object, child), index};
      if (within.object) g_array_append_val(waiting, within);
    }
  }
  g_array_free(waiting, TRUE);
}

static void add_mailbox(GPtrArray *list, InternetAddress *address) {
  if (INTERNET_ADDRESS_IS_MAILBOX(address) && list->len < most_addresses) g_ptr_array_add(list, g_object_ref(address));
}

static void add_addresses(dossier_mail *mail, GPtrArray *list, const char *name) {
  GMimeHeaderList *headers = g_mime_object_get_header_list((GMimeObject *)mail->message);
  int count = g_mime_header_list_get_count(headers);
  for (int at = 0; at < count && list->len < most_addresses; at++) {
    GMimeHeader *header = g_mime_header_list_get_header_at(headers, at);
    const char *raw = header ? g_mime_header_get_raw_value(header) : NULL;
    if (!raw || g_ascii_strcasecmp(g_mime_header_get_name(header), name) != 0) continue;
    InternetAddressList *read = internet_address_list_parse(mail->options, raw);
    if (!read) continue;
    for (int item = 0; item < internet_address_list_length(read); item++) {
      InternetAddress *address = internet_address_list_get_address(read, item);
      add_mailbox(list, address);
      if (!INTERNET_ADDRESS_IS_GROUP(address)) continue;
      InternetAddressList *members = internet_address_group_get_members((InternetAddressGroup *)address);
      for (int member = 0; members && member < internet_address_list_length(members); member++)
        add_mailbox(list, internet_address_list_get_address(members, member));
    }
    g_object_unref(read);
  }
}

// The mail takes over the message.
static dossier_mail *take(GMimeMessage *message) {
  dossier_mail *mail = calloc(1, sizeof *mail);
  if (!mail) {
    g_object_unref(message);
    return NULL;
  }
  mail->message = message;
  list_parts(mail);
  const char *charset = NULL;
  for (size_t at = 0; at < mail->part_count && !charset; at++)
    charset = g_mime_object_get_content_type_parameter(mail->parts[at].object, "charset");
  mail->options = options_with(charset);
  static const char *const names[] = {"From", "To", "Cc", "Bcc", "Reply-To"};
  for (int kind = DOSSIER_FROM; kind <= DOSSIER_REPLY_TO; kind++) {
    mail->addresses[kind] = g_ptr_array_new_with_free_func(g_object_unref);
    add_addresses(mail, mail->addresses[kind], names[kind]);
  }
  return mail;
}

dossier_mail *dossier_mail_read(const unsigned char *bytes, size_t length) {
  dossier_gmime_start();
  if (length > G_MAXUINT / 2) return NULL;
  GByteArray *copy = g_byte_array_sized_new(length);
  g_byte_array_append(copy, bytes, length);
  dossier_bound_addresses(copy->data, copy->len);
  // The stream takes the copy over.
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(copy);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeParserOptions *options = options_with(NULL);
  GMimeMessage *message = g_mime_parser_construct_message(parser, options);
  g_mime_parser_options_free(options);
  g_object_unref(parser);
  g_object_unref(stream);
  return message ? take(message) : NULL;
}

static const part *at(const dossier_mail *mail, size_t index) {
  return index < mail->part_count ? &mail->parts[index] : NULL;
}

dossier_mail *dossier_mail_within(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  if (!found || !GMIME_IS_MESSAGE_PART(found->object)) return NULL;
  GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)found->object);
  return message ? take(g_object_ref(message)) : NULL;
}

void dossier_mail_free(dossier_mail *mail) {
  if (!mail) return;
  for (int kind = DOSSIER_FROM; kind <= DOSSIER_REPLY_TO; kind++) g_ptr_array_unref(mail->addresses[kind]);
  g_mime_parser_options_free(mail->options);
  g_object_unref(mail->message);
  free(mail);
}

static const char *raw_header(const dossier_mail *mail, const char *name) {
  GMimeHeaderList *headers = g_mime_object_get_header_list((GMimeObject *)mail->message);
  GMimeHeader *header = g_mime_header_list_get_header(headers, name);
  return header ? g_mime_header_get_raw_value(header) : NULL;
}

char *dossier_mail_header(const dossier_mail *mail, const char *name) { return g_strdup(raw_header(mail, name)); }

char *dossier_mail_words(const dossier_mail *mail, const char *name) {
  const char *raw = raw_header(mail, name);
  if (!raw) return NULL;
  char *unfolded = g_mime_utils_header_unfold(raw);
  char *words = g_mime_utils_header_decode_text(mail->options, unfolded);
  g_free(unfolded);
  return words;
}

int dossier_mail_date(const dossier_mail *mail, long long *seconds) {
  const char *raw = raw_header(mail, "Date");
  GDateTime *date = raw ? g_mime_utils_header_decode_date(raw) : NULL;
  if (!date) return 0;
  *seconds = g_date_time_to_unix(date);
  g_date_time_unref(date);
  return 1;
}

size_t dossier_mail_address_count(const dossier_mail *mail, dossier_address_kind kind) { return mail->addresses[kind]->len; }

char *dossier_mail_address(const dossier_mail *mail, dossier_address_kind kind, size_t index) {
  if (index >= mail->addresses[kind]->len) return NULL;
  return g_strdup(internet_address_mailbox_get_addr(g_ptr_array_index(mail->addresses[kind], index)));
}

char *dossier_mail_address_name(const dossier_mail *mail, dossier_address_kind kind, size_t index) {
  if (index >= mail->addresses[kind]->len) return NULL;
  return g_strdup(internet_address_get_name(g_ptr_array_index(mail->addresses[kind], index)));
}

size_t dossier_mail_part_count(const dossier_mail *mail) { return mail->part_count; }

dossier_part_kind dossier_part_of_kind(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  if (found && GMIME_IS_MULTIPART(found->object)) return DOSSIER_MULTIPART;
  return found && GMIME_IS_MESSAGE_PART(found->object) ? DOSSIER_MESSAGE : DOSSIER_LEAF;
}

long dossier_part_around(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  return found ? found->around : -1;
}

char *dossier_part_type(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  GMimeContentType *type = found ? g_mime_object_get_content_type(found->object) : NULL;
  // "text" alone is what some send for plain text, and GMime takes for bytes (RFC 2045, 5.2 has it read as text).
  const char *raw = found ? g_mime_object_get_header(found->object, "Content-Type") : NULL;
  if (type && raw && g_ascii_strncasecmp(raw, "text", 4) == 0 && !g_mime_content_type_is_type(type, "text", "*")) return g_strdup("text/plain");
  return type ? g_mime_content_type_get_mime_type(type) : NULL;
}

char *dossier_part_type_parameter(const dossier_mail *mail, size_t index, const char *name) {
  const part *found = at(mail, index);
  return found ? g_strdup(g_mime_object_get_content_type_parameter(found->object, name)) : NULL;
}

char *dossier_part_disposition(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  return found ? g_strdup(g_mime_object_get_disposition(found->object)) : NULL;
}

char *dossier_part_file_name(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  return found && GMIME_IS_PART(found->object) ? g_strdup(g_mime_part_get_filename((GMimePart *)found->object)) : NULL;
}

char *dossier_part_id(const dossier_mail *mail, size_t index) {
  const part *found = at(mail, index);
  return found ? g_strdup(g_mime_object_get_content_id(found->object)) : NULL;
}

unsigned char *dossier_part_bytes(const dossier_mail *mail, size_t index, size_t *length) {
  *length = 0;
  const part *found = at(mail, index);
  if (!found || !GMIME_IS_PART(found->object)) return NULL;
  GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)found->object);
  if (!content) return NULL;
  GMimeStream *stream = g_mime_stream_mem_new();
  GByteArray *bytes = g_byte_array_new();
  g_mime_stream_mem_set_byte_array((GMimeStreamMem *)stream, bytes);
  g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_object_unref(stream);
  *length = bytes->len;
  return g_byte_array_free(bytes, FALSE);
}

char *dossier_mail_decode(const char *charset, const unsigned char *bytes, size_t count, size_t *length, size_t *invalid) {
  dossier_gmime_start();
  iconv_t converter = iconv_open("UTF-8", g_mime_charset_iconv_name(charset));
  *length = *invalid = 0;
  if (converter == (iconv_t)-1) return NULL;
  GString *text = g_string_sized_new(count + count / 2);
  char *from = (char *)bytes, room[4096];
  while (count > 0) {
    char *to = room;
    size_t left = sizeof room;
    size_t result = iconv(converter, &from, &count, &to, &left);
    int why = errno;
    g_string_append_len(text, room, to - room);
    if (result != (size_t)-1 || why == E2BIG) continue;
    // A byte that says nothing, or a character cut short by the end.
    g_string_append(text, "\xEF\xBF\xBD");
    ++*invalid;
    if (count > 0) from++, count--;
  }
  iconv_close(converter);
  *length = text->len;
  return g_string_free(text, FALSE);
}
