"""Interviews: transcripts, their speakers and turns, and their import."""
