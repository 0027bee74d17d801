"""A codebook as CSV and as a workbook, both ways; Taguette's tables too."""
