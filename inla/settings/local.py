"""Settings of `make run` and of development: embedded or given services, plain http on this machine."""

from .base import *  # noqa: F403
from .base import DATA_DIR, env

SECRET_KEY = env("SECRET_KEY", default="only-for-this-machine-" + str(DATA_DIR))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # security keys on http://localhost
