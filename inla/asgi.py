"""The push process of live rooms, for `manage.py push`. Pages are served by inla.wsgi."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inla.settings.local")
django.setup()

from accounts.middleware import must_enrol  # noqa: E402 - the settings come first
from forums.push.app import PushApplication  # noqa: E402

application = PushApplication(refusals=(must_enrol,))
