"""People asked; what identifies them stays apart from everything they say."""
