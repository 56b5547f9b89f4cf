// Takes the sting out of headers made to hurt.
#pragma once
#include <stddef.h>

void dossier_bound_addresses(unsigned char *mail, size_t length);
