#include "html.h"

#include <libxml/HTMLparser.h>
#include <pthread.h>
#include <string.h>

typedef struct {
  const dossier_html_reader *reader;
  void *user;
} reading;

static pthread_once_t once = PTHREAD_ONCE_INIT;

// libxml2 must be initialised once before threads use it.
static void start_library(void) { xmlInitParser(); }

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  reading *now = context;
  now->reader->start(now->user, (const char *)name, (const char *const *)attributes);
}

static void on_end(void *context, const xmlChar *name) {
  reading *now = context;
  now->reader->end(now->user, (const char *)name);
}

static void on_text(void *context, const xmlChar *text, int length) {
  reading *now = context;
  if (length > 0) now->reader->text(now->user, (const char *)text, (size_t)length);
}

// libxml2 compares each attribute of a tag with those before it: 300,000 of them take a minute. After so many words a tag that says
// nothing is put between: where it ends, any tag ends that is still open. Preferably in a text, where it changes nothing.
// Odd, so that of two quotes it comes after the closing one every other time.
enum { most_words = 4001 };
static const char nothing[] = "<wbr></wbr>";

// The end of the next piece to read; `words` counts on from piece to piece.
static size_t piece_end(const char *html, size_t at, size_t length, size_t *words, int *is_text) {
  const size_t longest = 16 * 1024;
  size_t end = at;
  while (end < length && end - at < longest) {
    char next = html[end++];
    if (next == '<' || next == '>') *is_text = next == '>';
    if (next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\f' || next == '"' || next == '\'') ++*words;
    if (*words >= (*is_text ? most_words : 2 * most_words)) break;
  }
  return end;
}

int dossier_html_read(const char *html, size_t length, const dossier_html_reader *reader, void *user) {
  pthread_once(&once, start_library);
  reading now = {reader, user};
  htmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_text;
  htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, &now, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!parser) return 0;
  // The character set has been seen to: what the text says of it no longer holds.
  htmlCtxtUseOptions(
    parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  size_t at = 0, words = 0;
  int is_text = 1;
  while (at < length && !reader->is_enough(user)) {
    size_t end = piece_end(html, at, length, &words, &is_text);
    htmlParseChunk(parser, html + at, (int)(end - at), 0);
    at = end;
    if (words < (is_text ? most_words : 2 * most_words)) continue;
    htmlParseChunk(parser, nothing, sizeof nothing - 1, 0);
    words = 0;
  }
  if (!reader->is_enough(user)) htmlParseChunk(parser, html, 0, 1);
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  parser->myDoc = NULL;
  htmlFreeParserCtxt(parser);
  return 1;
}
