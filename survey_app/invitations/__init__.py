"""Asking people to take part: personal links, mail, reminders, opting out."""
