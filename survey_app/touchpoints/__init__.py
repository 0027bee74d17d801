"""Touchpoints and phases as this organisation uses them."""
