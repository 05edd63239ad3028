"""Django's PostgreSQL, which looks at a kept connection before it asks the server whether it still answers."""
