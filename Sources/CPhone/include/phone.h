int dossier_phone_placeholder(void);
