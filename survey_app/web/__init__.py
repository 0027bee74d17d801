"""The frame: base pages, macros, error pages, filters, static files."""
