"""Content of the demonstration."""
