"""Personas: described types of customer, each with the evidence for it."""
