"""A fictional Dutch shop, run through the real import and the real analysis."""
