"""From what customers write to touchpoints, sentiment, personas and journeys.

Pure: values in, frozen records out. No web, no database, no clock, no network.
"""
