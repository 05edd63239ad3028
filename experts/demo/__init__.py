"""Invented experts of the demonstration, all marked as such."""
