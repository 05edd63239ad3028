"""One world for all tests of the walk: it takes a while to build, and nothing that is asked of it stays."""

import logging
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.world import World


@contextmanager
def undone():
    """Everything inside happens in one transaction that is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """People of every role, things of two countries; every request is undone after its answer (tests.access.walk.ask)."""
    settings = override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("files")), ACCOUNT_RATE_LIMITS=False)
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is wanted here
    with django_db_blocker.unblock(), settings, undone():
        yield World()
    logging.disable(logging.NOTSET)
