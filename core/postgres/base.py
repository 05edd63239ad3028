"""The backend that settings.DATABASES names. Everything but the look at a kept connection is Django's."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection says so on it. Where it said nothing, each request is spared a question and its answer."""

    def is_usable(self) -> bool:
        return super().is_usable() if self._said_something() else True

    def _said_something(self) -> bool:
        """Whether anything waits to be read: between two requests that is the end of the connection, or a notice."""
        if self.connection is None or self.connection.closed:
            return True
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return bool(waiting.poll(0))
