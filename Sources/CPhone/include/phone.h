// The few calls of libphonenumber that Dossier needs, behind C, so that Swift need not know C++.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

enum dossier_phone_status {
  DOSSIER_PHONE_OK = 0,
  DOSSIER_PHONE_NOT_A_NUMBER = 1,
  DOSSIER_PHONE_UNKNOWN_COUNTRY = 2,
  DOSSIER_PHONE_TOO_SHORT = 3,
  DOSSIER_PHONE_TOO_LONG = 4,
  DOSSIER_PHONE_FAILED = 5,
};

// Kinds, in libphonenumber's order; UNKNOWN is anything it does not tell.
enum dossier_phone_kind {
  DOSSIER_PHONE_FIXED_LINE = 0,
  DOSSIER_PHONE_MOBILE = 1,
  DOSSIER_PHONE_FIXED_LINE_OR_MOBILE = 2,
  DOSSIER_PHONE_TOLL_FREE = 3,
  DOSSIER_PHONE_PREMIUM_RATE = 4,
  DOSSIER_PHONE_SHARED_COST = 5,
  DOSSIER_PHONE_VOIP = 6,
  DOSSIER_PHONE_PERSONAL_NUMBER = 7,
  DOSSIER_PHONE_PAGER = 8,
  DOSSIER_PHONE_UAN = 9,
  DOSSIER_PHONE_VOICEMAIL = 10,
  DOSSIER_PHONE_UNKNOWN = 11,
};

// All texts are UTF-8 and end in NUL; formats are without the extension.
struct dossier_phone {
  int valid;
  int kind;
  char region[4];
  char e164[32];
  char national[64];
  char international[64];
  char extension[24];
};

// Reads a number as someone in `region` (ISO 3166, "ZZ" for nowhere) would type it. Fills `out` when it returns OK; a
// length that no number of its country has is not OK.
// Never throws and may be called from any thread.
int dossier_phone_parse(const char *raw, const char *region, struct dossier_phone *out);

#ifdef __cplusplus
}
#endif
