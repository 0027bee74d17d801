"""The programming interface, its keys, and webhooks."""
