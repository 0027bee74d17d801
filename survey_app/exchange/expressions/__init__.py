"""Conditions, and texts that depend on them, as other formats write them."""
