"""Reference data."""

from django.core.management import call_command

from network.models import Country, Institution
from taxonomy.models import Area, ProgramCategory, Theme


def test_everything_is_loaded_once(db):
    counts = (Area.objects.count(), Theme.objects.count(), ProgramCategory.objects.count(), Country.objects.count())
    assert counts == (6, 26, 5, 35)
    before = Institution.objects.count()
    call_command("load_reference", verbosity=0)
    assert Institution.objects.count() == before
    assert set(ProgramCategory.objects.get(code="ADM").themes.values_list("code", flat=True)) == {
        f"INS-{n}" for n in range(1, 5)
    }


def test_what_an_administrator_changed_stays_until_a_refresh(db):
    Institution.objects.filter(key="I002").update(name="Another name")
    call_command("load_reference", verbosity=0)
    assert Institution.objects.get(key="I002").name == "Another name"
    call_command("load_reference", refresh=True, verbosity=0)
    assert Institution.objects.get(key="I002").name != "Another name"


def test_names_follow_the_readers_language(db, settings):
    from core.languages import speaking

    with speaking("pt"):
        assert str(Country.objects.get(iso2="BR")) == "Brasil"
