"""What people do in the forums."""
