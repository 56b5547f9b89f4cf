#include "bound.h"

#include <strings.h>

// GMime reads headers of addresses the moment it meets them: a group within a group within a group by recursion, and a list in a time
// that grows with its square. 100,000 of either end the program or stop it for minutes. What is beyond any real list of recipients is
// blanked before GMime sees it, in the headers of mails within mails too.
enum { most_colons = 200, longest_list = 8 * 1024, most_in_all = 64 * 1024 };

static const char *const names[] = {"From", "To", "Cc", "Bcc", "Sender", "Reply-To"};

// Bytes of the name and its colon, or 0.
static size_t name_length(const unsigned char *line, size_t left) {
  for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
    size_t length = 0;
    while (names[at][length]) length++;
    if (left <= length || strncasecmp((const char *)line, names[at], length) != 0) continue;
    while (length < left && (line[length] == ' ' || line[length] == '\t')) length++;
    if (length < left && line[length] == ':') return length + 1;
  }
  return 0;
}

void dossier_bound_addresses(unsigned char *mail, size_t length) {
  size_t all = 0, at = 0;
  while (at < length) {
    size_t colons = 0, count = 0, name = name_length(mail + at, length - at);
    at += name;
    // To the end of the line, and of those that go on with it.
    for (; at < length; at++) {
      if (mail[at] == '\n') {
        if (!name || at + 1 >= length || (mail[at + 1] != ' ' && mail[at + 1] != '\t')) break;
        continue;
      }
      if (!name || mail[at] == '\r') continue;
      if (mail[at] == ':') colons++;
      if (++count > 1024) all++;
      if (colons > most_colons || count > longest_list || all > most_in_all) mail[at] = ' ';
    }
    at++;
  }
}
