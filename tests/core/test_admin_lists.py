"""Lists of the admin: whatever an address holds, they answer."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.urls import reverse
from django.utils.functional import Promise

from core.admin import BoundedChangeList
from tests import factories

pytestmark = pytest.mark.django_db
ODD = ["nº5", "Convenio Nº190", "½", "9999", "99999", "9" * 20, "0", "-1", "x", "2026-13-45", "%00", "\0", "a b " * 700]


@pytest.mark.parametrize("value", ODD)
def test_odd_values_in_an_address_never_break_a_list(client_of, diana, value):
    factories.published_program(publish=False)
    client = client_of(diana)
    client.raise_request_exception = False
    for name, lookups in {
        "portfolio_submission": ("submitted_at__year", "submitted_at__gte", "state", "q", "p", "o"),
        "portfolio_consolidatedprogram": ("published_at__year", "is_demo__exact", "q"),
        "review_event": ("at__year", "at__gte", "at__lt", "verb", "q"),
        "files_storedfile": ("extension", "removed", "q"),
        "network_country": ("subregion", "q", "p", "o"),
        "network_institution": ("kind__exact", "country__iso2__exact", "seen", "retired", "q", "p", "o"),
        "network_user": ("is_active__exact", "language__exact", "role", "q", "p", "o"),
        "network_membership": ("role__exact", "institution__country__iso2__exact", "q", "p", "o"),
    }.items():
        there = reverse(f"admin:{name}_changelist")
        for lookup in lookups:
            status = client.get(there, {lookup: value}).status_code
            assert status in (200, 302, 400), f"{there}?{lookup}={value!r}: {status}"


def test_a_year_out_of_bounds_is_dropped_from_the_address(client_of, diana):
    there = reverse("admin:review_event_changelist")
    answer = client_of(diana).get(there, {"at__year": "99999"})
    assert (answer.status_code, answer.url) == (302, f"{there}?e=1")


def test_every_list_is_bounded():
    lists = admin.site._registry.values()
    assert [str(held) for held in lists if held.get_changelist(None) is not BoundedChangeList] == []


def test_no_list_searches_the_middle_of_words():
    """Every field that is searched says how: by its beginning, by whole words, or exactly."""
    fields = {(str(held), name) for held in admin.site._registry.values() for name in held.search_fields}
    assert {(held, name) for held, name in fields if name[0] not in "^=" and not name.endswith("__words")} == set()


def test_every_app_of_the_portal_has_a_name_that_is_translated():
    ours = [one for one in apps.get_app_configs() if Path(one.path).parent == settings.BASE_DIR and one.name != "inla"]
    assert len(ours) > 10
    assert [one.name for one in ours if not isinstance(one.verbose_name, Promise)] == []


def words_of(model, held, name: str):
    """What a column or a filter is called; a text of the code alone is in no other language than English."""
    own = getattr(held, name, None) or getattr(model, name, None)
    if name in {field.name for field in model._meta.get_fields()}:
        return model._meta.get_field(name).verbose_name
    return getattr(own.fget if isinstance(own, property) else own, "short_description", name)


def test_every_column_and_filter_of_a_list_is_called_by_words_that_are_translated():
    bare = []
    for model, held in admin.site._registry.items():
        bare += [
            f"{held}: {name}"
            for name in held.list_display
            if name != "__str__" and not isinstance(words_of(model, held, name), Promise)
        ]
        for one in held.list_filter:
            one = one[0] if isinstance(one, tuple) else one
            words = get_fields_from_path(model, one)[-1].verbose_name if isinstance(one, str) else one.title
            bare += [] if isinstance(words, Promise) else [f"{held}: filter {one}"]
    assert bare == []


def test_a_search_of_many_words_takes_the_first_and_says_so(client_of, diana):
    there = reverse("admin:network_country_changelist")
    page = client_of(diana).get(there, {"q": "Chile " * 12 + "nowhere"})
    assert "The search took the first 12 words" in page.content.decode()
    assert "1 country" in page.content.decode()


@pytest.mark.parametrize("key", ["null", "%", "../../", "\0", "9" * 30, "-1"])
def test_a_key_that_is_none_is_an_error_at_its_field(client_of, diana, ministry_cl, key):
    client = client_of(diana)
    client.raise_request_exception = False
    category = reverse("admin:taxonomy_programcategory_change", args=["OSH"])
    institution = reverse("admin:network_institution_change", args=[ministry_cl.pk])
    forms = {
        reverse("admin:network_membership_add"): {"user": key, "institution": key, "role": "officer"},
        institution: {"name": "Ministerio", "kind": "ministry", "country": key, "endorsed_by": key},
        category: {"themes": [key, "EMP-1"]},
    }
    for address, sent in forms.items():
        answer = client.post(address, sent)
        assert answer.status_code == 200 and "errorlist" in answer.text, address
