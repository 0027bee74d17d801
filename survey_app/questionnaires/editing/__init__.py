"""A draft changed by forms: plain data in, plain data out; no request, no database."""
