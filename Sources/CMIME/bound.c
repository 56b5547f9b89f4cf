#include "bound.h"

#include <strings.h>

// GMime reads headers of addresses the moment it meets them: a group within a group within a group by recursion, and a list in a time
// that grows with its square. 100,000 of either end the program or stop it for minutes. What is beyond any real list of recipients is
// blanked before GMime sees it, in the headers of mails within mails too; what people wrote below the headers stays as it is.
enum { most_colons = 200, longest_list = 8 * 1024, most_in_all = 64 * 1024 };

static const char *const names[] = {"From", "To", "Cc", "Bcc", "Sender", "Reply-To"};

// What is known of the headers that are being read. It may take other lines for headers, but never headers for other lines: GMime begins
// to read headers at the start, after a boundary, which starts with two dashes, and at the start of a mail within.
typedef struct {
  int is_open, is_message, has_type, is_digest;
} block;

// Bytes of the name and its colon, or 0.
static size_t name_length(const unsigned char *line, size_t left, const char *name) {
  size_t length = 0;
  while (name[length]) length++;
  if (left <= length || strncasecmp((const char *)line, name, length) != 0) return 0;
  while (length < left && (line[length] == ' ' || line[length] == '\t')) length++;
  return length < left && line[length] == ':' ? length + 1 : 0;
}

static size_t address_name_length(const unsigned char *line, size_t left) {
  for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
    size_t length = name_length(line, left, names[at]);
    if (length) return length;
  }
  return 0;
}

// The start of what goes on after a line end, or the end.
static size_t value_end(const unsigned char *mail, size_t at, size_t length) {
  for (; at < length; at++)
    if (mail[at] == '\n' && (at + 1 >= length || (mail[at + 1] != ' ' && mail[at + 1] != '\t'))) break;
  return at;
}

// A type that does not start with a plain word and a slash may be anything, a mail too.
static void hear_type(block *headers, const unsigned char *value, size_t length) {
  size_t start = 0;
  while (start < length && (value[start] == ' ' || value[start] == '\t' || value[start] == '\r' || value[start] == '\n')) start++;
  size_t end = start;
  while (end < length && ((value[end] | 32) >= 'a' && (value[end] | 32) <= 'z')) end++;
  int is_plain = end > start && end < length && value[end] == '/';
  if (is_plain) headers->has_type = 1;
  if (!is_plain || (end - start == 7 && strncasecmp((const char *)value + start, "message", 7) == 0)) headers->is_message = 1;
  // The parts of a digest are mails unless they say otherwise (RFC 2046, 5.1.5).
  for (size_t at = start; at + 6 <= length && !headers->is_digest; at++)
    headers->is_digest = strncasecmp((const char *)value + at, "digest", 6) == 0;
}

// Blanks what is too much of one list of addresses.
static void bound_list(unsigned char *value, size_t length, size_t *all) {
  size_t colons = 0, count = 0;
  for (size_t at = 0; at < length; at++) {
    if (value[at] == '\r' || value[at] == '\n') continue;
    if (value[at] == ':') colons++;
    if (++count > 1024) ++*all;
    if (colons > most_colons || count > longest_list || *all > most_in_all) value[at] = ' ';
  }
}

void dossier_bound_addresses(unsigned char *mail, size_t length) {
  size_t all = 0, at = 0;
  block headers = {1, 0, 0, 0};
  while (at < length) {
    const unsigned char *line = mail + at;
    size_t left = length - at, name = 0;
    if (left >= 2 && line[0] == '-' && line[1] == '-') {
      // Within headers it may be a boundary or a line of no meaning: what was said before may count or not.
      headers = (block){1, headers.is_open && headers.is_message, 0, headers.is_digest};
    } else if (headers.is_open && (line[0] == '\n' || (left >= 2 && line[0] == '\r' && line[1] == '\n'))) {
      headers = (block){headers.is_message || (headers.is_digest && !headers.has_type), 0, 0, headers.is_digest};
    } else if (headers.is_open && (name = address_name_length(line, left))) {
      size_t end = value_end(mail, at + name, length);
      bound_list(mail + at + name, end - at - name, &all);
      at = end;
    } else if (headers.is_open && (name = name_length(line, left, "Content-Type"))) {
      size_t end = value_end(mail, at + name, length);
      hear_type(&headers, mail + at + name, end - at - name);
      at = end;
    }
    while (at < length && mail[at] != '\n') at++;
    at++;
  }
}
