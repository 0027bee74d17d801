"""REFI-QDA: projects (.qdpx) and codebooks (.qdc) of other tools, both ways."""
