"""The labels are read once and kept by the catalogue's version."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import labels
from catalogue.models import CatalogueVersion
from catalogue.services import raise_version

pytestmark = pytest.mark.django_db


def statements() -> int:
    with CaptureQueriesContext(connection) as asked:
        labels.read()
    return len(asked)


def test_a_version_that_moved_is_asked_for_twice_and_then_once():
    raise_version()
    labels.read()
    assert statements() == 1
    raise_version()
    assert [statements(), statements(), statements()] == [2, 1, 1]


def test_a_catalogue_without_a_version_costs_one_statement_whatever_was_kept_before():
    raise_version()
    labels.read()
    CatalogueVersion.objects.all().delete()
    assert [statements(), statements(), statements()] == [2, 1, 1]
