"""Question sets as data, their published versions and the waves that field them."""
