// What an HTML text says, told tag by tag by libxml2's parser; no tree is built, so nothing grows with the nesting but a list of names.
#pragma once
#include <stddef.h>

typedef struct {
  // Pairs of name and value (which may be NULL) and a NULL; may be NULL.
  void (*start)(void *user, const char *name, const char *const *attributes);
  void (*end)(void *user, const char *name);
  void (*text)(void *user, const char *text, size_t length);
  // Asked now and then: not 0 ends the reading.
  int (*is_enough)(void *user);
} dossier_html_reader;

// UTF-8. 0 only for want of memory.
int dossier_html_read(const char *html, size_t length, const dossier_html_reader *reader, void *user);
