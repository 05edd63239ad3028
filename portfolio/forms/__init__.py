"""Forms of the ministry's side."""
