"""What every test may ask for: reference data, institutions, the people of the design, signed-in browsers."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from network.choices import InstitutionKind, Role
from network.idempotency import new_key
from network.models import Institution
from tests import factories, pristine


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the reference data, loaded once; a test that commits leaves it as it found it.

    Where our role may not set the guards of the tables aside, TRUNCATE cleans up, which the record of events refuses: that
    one guard sleeps here (a test about it wakes it: ALTER TABLE review_event ENABLE TRIGGER event_no_truncate).
    """
    with django_db_blocker.unblock():
        quickly = pristine.may_set_guards_aside()
        if quickly and pristine.is_kept():
            pristine.bring_back()
        call_command("load_reference", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE review_event DISABLE TRIGGER event_no_truncate")
        if quickly:
            pristine.keep()
    tidy = pristine.bring_back if quickly else pristine.flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: tidy())
        yield


@pytest.fixture(autouse=True)
def _english():
    """No test speaks the language of the page that another one asked for last."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _empty_cache(request):
    """No test sees what another one left in the cache."""
    cache.clear()


# --- institutions ------------------------------------------------------------------------------------
@pytest.fixture
def ministry_cl(db):
    return factories.institution("CL", name="Ministerio del Trabajo (demostración)")


@pytest.fixture
def agency_cl(ministry_cl):
    """Its submissions are endorsed by the ministry's coordinator."""
    return factories.institution(
        "CL", InstitutionKind.AGENCY, name="Agencia de Formación (demostración)", endorsed_by=ministry_cl
    )


@pytest.fixture
def ministry_br(db):
    return factories.institution("BR", name="Ministério do Trabalho (demonstração)")


@pytest.fixture
def oas(db):
    return factories.institution(None, InstitutionKind.INTERNATIONAL, name="Organization of American States")


# --- people --------------------------------------------------------------------------------------------
@pytest.fixture
def ana(agency_cl):
    """Officer of the Chilean agency."""
    return factories.person("ana@demo.example", name="Ana Rojas", roles=[(Role.OFFICER, agency_cl)])


@pytest.fixture
def luis(agency_cl):
    """Ana's colleague."""
    return factories.person("luis@demo.example", name="Luis Pardo", roles=[(Role.OFFICER, agency_cl)])


@pytest.fixture
def carla(ministry_cl):
    """Coordinator of the Chilean ministry."""
    return factories.person("carla@demo.example", name="Carla Muñoz", roles=[(Role.COORDINATOR, ministry_cl)])


@pytest.fixture
def victor(ministry_br):
    """Officer of the Brazilian ministry."""
    return factories.person("victor@demo.example", name="Víctor Almeida", roles=[(Role.OFFICER, ministry_br)])


@pytest.fixture
def bruno(oas):
    """Reviewer."""
    return factories.person("bruno@demo.example", name="Bruno Díaz", roles=[(Role.REVIEWER, oas)])


@pytest.fixture
def diana(oas):
    """Network administrator."""
    return factories.person("diana@demo.example", name="Diana Silva", roles=[(Role.ADMINISTRATOR, oas)])


@pytest.fixture
def teo(db):
    """Table editor, at the ILO, which keeps the Table."""
    ilo = Institution.objects.get(key="I054")
    return factories.person("teo@demo.example", name="Teo Lindgren", roles=[(Role.TABLE_EDITOR, ilo)])


@pytest.fixture
def pablo(db):
    """Partner, of COSATE."""
    cosate = factories.institution(None, InstitutionKind.WORKERS, name="COSATE")
    return factories.person("pablo@demo.example", name="Pablo Ortiz", roles=[(Role.PARTNER, cosate)])


# --- browsers ------------------------------------------------------------------------------------------
@pytest.fixture
def client_of(db):
    """A client signed in as the person: client_of(ana).get(...)."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def form_key():
    """A new form key: client.post(url, {**data, "form_key": form_key()})."""
    return new_key
