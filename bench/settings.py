"""Settings of the benchmark: those of a public installation that bear on time, a database and a cache prefix of its own.

Plain http and no second factor, since the client is a program on the same machine; neither costs or saves a query.
"""

from inla.settings.local import *  # noqa: F403
from inla.settings.local import BASE_DIR, CACHES, DATABASES, LOGGING

DEBUG = False
STATIC_ROOT = str(BASE_DIR / "static")
DEMO = False
REQUIRE_MFA = False
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SERVER_DATABASE = DATABASES["default"]["NAME"]
DATABASES["default"]["NAME"] = "inla_bench"
CACHES["default"]["KEY_PREFIX"] = "inla-bench"
LOGGING["root"]["level"] = "WARNING"
API_REQUESTS_A_MINUTE = 10**9  # one visitor asks for all; that it is counted costs what it costs
