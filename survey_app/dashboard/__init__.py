"""Sentiment per touchpoint, and what came in; reads only."""
