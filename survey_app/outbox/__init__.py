"""What happened and has yet to be told: one row, written with what it tells of."""
