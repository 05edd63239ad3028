"""Pages of live rooms."""
