"""Projects of Taguette (.sqlite3), read only."""
