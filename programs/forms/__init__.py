"""Forms of the Table."""
