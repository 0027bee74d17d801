"""Taking answers along: CSV, XLSX, SPSS and a package without loss."""
