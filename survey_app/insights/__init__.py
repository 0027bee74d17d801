"""The bridge: rows to the analysis, mentions and factors stored, corrections kept."""
