"""Bringing in answers by way of a page: look, map, try, then store."""
