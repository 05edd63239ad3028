"""Settings of the test suite: real Postgres and broker, quick password hash, mails kept in memory."""

from .local import *  # noqa: F403
from .local import DATA_DIR, TEMPLATES

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO = False
REQUIRE_MFA = False
MEDIA_ROOT = str(DATA_DIR / "test-files")
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
WHITENOISE_AUTOREFRESH = True  # look for a file when it is asked for: each test client would list them all before
WHITENOISE_MAX_AGE = 60
DATABASES["default"]["OPTIONS"]["options"] += " -c statement_timeout=60000 -c lock_timeout=60000"  # noqa: F405 - on a busy machine
CACHES = {  # one Redis, another prefix, so that a running portal is not disturbed
    "default": {**CACHES["default"], "KEY_PREFIX": "inla-test"},  # noqa: F405
}
