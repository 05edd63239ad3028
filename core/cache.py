"""A cache that a page can do without: with Redis gone, reads miss and writes are dropped, and the log says so."""

import logging

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(method: str, missing):
    def call(self, *args, **kwargs):
        try:
            return getattr(super(ForgivingRedisCache, self), method)(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache %s skipped: %s", method, type(error).__name__)
            default = kwargs.get("default", args[1] if method == "get" and len(args) > 1 else None)
            return default if method == "get" else missing

    call.__name__ = method
    return call


class KeptClients(RedisCacheClient):
    """One client for each pool: Django makes one a call, which takes longer than most of what it is asked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = self._client(connection_pool=pool)
        return self._clients[pool]


class ForgivingRedisCache(RedisCache):
    """Redis, or nothing: no page depends on it."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = KeptClients

    get = _forgiving("get", None)
    get_many = _forgiving("get_many", {})
    set = _forgiving("set", None)
    set_many = _forgiving("set_many", [])
    add = _forgiving("add", True)
    delete = _forgiving("delete", False)
    incr = _forgiving("incr", 0)
    touch = _forgiving("touch", False)
    has_key = _forgiving("has_key", False)

    def count(self, key: str, seconds: int) -> int:
        """Count one more under a key that is forgotten after so many seconds: one round trip, a second one the first time."""
        try:
            key = self.make_and_validate_key(key)
            client = self._cache.get_client(key, write=True)
            counted = client.incr(key)
            if counted == 1:
                client.expire(key, seconds)
            return counted
        except (RedisError, OSError) as error:
            logger.warning("cache count skipped: %s", type(error).__name__)
            return 0
