"""One world for all tests of the walk: it takes a while to build, and nothing that is asked of it stays."""

import logging
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState

from tests.access.world import World


@contextmanager
def undone():
    """Everything inside happens in one transaction that is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def built(blocker, folder):
    """A world, until the tests that asked for it are over."""
    settings = override_settings(MEDIA_ROOT=str(folder), ACCOUNT_RATE_LIMITS=False)
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is wanted here
    plain = pytest.MonkeyPatch()
    plain.setattr(Template, "_render", _TestState.saved_data.template_render)  # nobody asks which templates were used
    with blocker.unblock(), settings, undone():
        yield World()
    plain.undo()
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """People of every role, things of two countries; every request is undone after its answer (tests.access.walk.ask)."""
    with built(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made
