"""The task queue. What it may lose and never loses: docs/decisions/0004-tasks-and-notices.md."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inla.settings.local")

app = Celery("inla")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
