"""Parts of forms that more than one app draws."""
