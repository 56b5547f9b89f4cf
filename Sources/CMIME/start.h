// GMime must be initialised once before any use.
#pragma once

void dossier_gmime_start(void);
