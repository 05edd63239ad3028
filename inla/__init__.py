"""Composes the portal: settings, addresses, task queue. Nothing imports it."""

from inla.celery import app as celery_app

__all__ = ["celery_app"]
