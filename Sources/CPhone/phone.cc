#include "include/phone.h"
#include <string>
// Filled in below by the phone feature.
int dossier_phone_placeholder(void) { return 0; }
