"""Lists of entries, permanent addresses, the site map."""
