"""Telling addresses elsewhere what happened: signed, patiently, and only that."""
