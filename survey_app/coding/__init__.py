"""Coding: codebook, passages, codings, rounds, agreement."""
