"""The demonstration's meetings."""
