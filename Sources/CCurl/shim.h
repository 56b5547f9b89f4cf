#pragma once
#include <stddef.h>
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take any kind of argument, which Swift cannot say: one function for each kind.
typedef size_t (*dossier_curl_reader)(char *buffer, size_t size, size_t count, void *user);

static inline CURLcode dossier_curl_set_long(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode dossier_curl_set_text(CURL *curl, CURLoption option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode dossier_curl_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode dossier_curl_set_reader(CURL *curl, dossier_curl_reader reader, void *user) {
  CURLcode code = curl_easy_setopt(curl, CURLOPT_READFUNCTION, reader);
  return code == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_READDATA, user) : code;
}
// What the server says comes here, line by line; without a writer curl prints it.
static inline CURLcode dossier_curl_set_header_reader(CURL *curl, dossier_curl_reader reader, void *user) {
  CURLcode code = curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, reader);
  return code == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_HEADERDATA, user) : code;
}
static inline CURLcode dossier_curl_response_code(CURL *curl, long *code) {
  return curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, code);
}
static inline CURLcode dossier_curl_set_writer(CURL *curl, dossier_curl_reader writer, void *user) {
  CURLcode code = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, writer);
  return code == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_WRITEDATA, user) : code;
}
static curl_socket_t dossier_curl_no_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)user, (void)purpose, (void)address;
  return CURL_SOCKET_BAD;
}
// What follows happens on a connection there is, or not at all.
static inline CURLcode dossier_curl_connect_no_more(CURL *curl) {
  return curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, dossier_curl_no_socket);
}
// Connections made for what was done last.
static inline CURLcode dossier_curl_connects(CURL *curl, long *count) {
  return curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, count);
}
