"""XLSForm: the spreadsheet that ODK, Kobo and others read."""
