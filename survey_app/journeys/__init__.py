"""Journey maps: phases across, touchpoints in them, evidence in every cell."""
