#include "include/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

int status_of(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return DOSSIER_PHONE_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return DOSSIER_PHONE_UNKNOWN_COUNTRY;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return DOSSIER_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_SHORT_NSN: return DOSSIER_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN: return DOSSIER_PHONE_TOO_LONG;
    default: return DOSSIER_PHONE_NOT_A_NUMBER;
  }
}

int status_of(PhoneNumberUtil::ValidationResult length) {
  switch (length) {
    case PhoneNumberUtil::IS_POSSIBLE: return DOSSIER_PHONE_OK;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return DOSSIER_PHONE_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return DOSSIER_PHONE_UNKNOWN_COUNTRY;
    case PhoneNumberUtil::TOO_SHORT: return DOSSIER_PHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG: return DOSSIER_PHONE_TOO_LONG;
    default: return DOSSIER_PHONE_NOT_A_NUMBER;
  }
}

template <size_t size>
bool copy(const std::string &text, char (&out)[size]) {
  if (text.size() >= size) return false;
  std::memcpy(out, text.c_str(), text.size() + 1);
  return true;
}

int parse(const char *raw, const char *region, dossier_phone *out) {
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  int status = status_of(util->Parse(raw, region, &number));
  if (status == DOSSIER_PHONE_OK) status = status_of(util->IsPossibleNumberWithReason(number));
  if (status != DOSSIER_PHONE_OK) return status;
  std::memset(out, 0, sizeof *out);
  const std::string extension = number.extension();
  number.clear_extension();
  std::string of, e164, national, international;
  util->GetRegionCodeForNumber(number, &of);
  util->Format(number, PhoneNumberUtil::E164, &e164);
  util->Format(number, PhoneNumberUtil::NATIONAL, &national);
  util->Format(number, PhoneNumberUtil::INTERNATIONAL, &international);
  // A number is valid when it is of some type; asking IsValidNumber too would match every pattern again.
  const PhoneNumberUtil::PhoneNumberType type = util->GetNumberType(number);
  out->valid = type != PhoneNumberUtil::UNKNOWN;
  out->kind = static_cast<int>(type);
  // A region such as "001" (no country's, a world-wide service) is shown as none.
  if (of.size() == 2 && of != "ZZ") copy(of, out->region);
  const bool fits = copy(e164, out->e164) && copy(national, out->national) &&
                    copy(international, out->international) && copy(extension, out->extension);
  return fits ? DOSSIER_PHONE_OK : DOSSIER_PHONE_TOO_LONG;
}

}  // namespace

extern "C" int dossier_phone_parse(const char *raw, const char *region, struct dossier_phone *out) {
  try {
    return parse(raw, region, out);
  } catch (...) {
    return DOSSIER_PHONE_FAILED;
  }
}
