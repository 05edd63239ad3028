"""Invented forums of the demonstration, all marked as such."""
