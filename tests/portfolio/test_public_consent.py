"""What a ministry lets be seen is seen, and nothing else, wherever one looks."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from catalogue import services as catalogue_services
from catalogue.facets import places as places_of
from catalogue.labels import read as read_labels
from catalogue.models import Departure, Entry, FacetBits
from core.languages import speaking
from files.models import ScanState, StoredFile
from network.choices import Role
from portfolio import services
from portfolio.models import Attachment, Submission
from tests.factories import person, published_program

pytestmark = pytest.mark.django_db
TITLE = "Quipu of skills"


def address(name: str, *args, language: str = "en") -> str:
    with speaking(language):
        return reverse(f"portfolio:{name}", args=args)


def places(program) -> dict[str, str]:
    """Every public address where the programme could show."""
    return {
        "list": address("list"),
        "list in French": address("list", language="fr"),
        "filtered": address("list") + "?country=CL",
        "searched": address("list") + "?q=quipu",
        "search page": "/en/search/?q=quipu",
        "feed": address("feed"),
        "csv": address("export", "csv"),
        "json": address("export", "json"),
        "feed of everything": "/en/search/feed/",
        "country": "/en/countries/CL/",
        "area": "/en/areas/LAB/",
        "theme": "/en/themes/LAB-6/",
        "compared": f"/en/compare/?id={program.permanent_id}",
        "site map": "/sitemap-portfolio-1.xml",
        "home": "/en/",
    }


def where_seen(client, program) -> set[str]:
    """The places that show its title or its slug (the box that repeats what was asked for does not count)."""
    seen = set()
    for name, url in places(program).items():
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if TITLE in body.decode() or program.slug in body.decode():
            seen.add(name)
    return seen


@pytest.fixture
def program(ministry_cl, carla):
    return published_program(
        ministry_cl, title=TITLE, slug="quipu-skills", language="en", themes=["LAB-6"], created_by=carla
    )


def test_a_public_programme_is_seen_everywhere(client, program):
    assert where_seen(client, program) == set(places(program))
    assert client.get(address("record", "quipu-skills")).status_code == 200


def test_a_no_to_the_registry_from_the_start_leaves_no_trace(client, ministry_cl):
    hidden = published_program(ministry_cl, title=TITLE, slug="quipu-skills", registry_consent="no")
    assert where_seen(client, hidden) == set()
    for name in ("record", "enquiry"):
        assert client.get(address(name, "quipu-skills")).status_code == 404
    assert client.get(f"/id/{hidden.permanent_id}").status_code == 404
    assert not Entry.objects.exists() and not FacetBits.objects.exists()


def test_a_consent_withdrawn_ends_at_the_next_request(client, program, carla):
    assert client.get(address("record", "quipu-skills")).status_code == 200
    where_seen(client, program)  # every page is kept now
    services.withdraw_registry_consent(program, by=carla)
    assert where_seen(client, program) == set()
    assert client.get(address("record", "quipu-skills")).status_code == 404
    assert client.get(f"/id/{program.permanent_id}").status_code == 404
    assert not Departure.objects.exists() and not FacetBits.objects.exists()
    assert client.get(address("list") + "?q=quipo").content.decode().count("quipu") == 0  # not even proposed


def test_a_missing_record_and_a_hidden_one_look_alike(client, program, carla):
    services.withdraw_registry_consent(program, by=carla)
    hidden, missing = client.get(address("record", "quipu-skills")), client.get(address("record", "never-there"))
    assert hidden.content == missing.content


def test_not_shared_is_listed_and_not_offered(client, ministry_cl):
    listed = published_program(
        ministry_cl, title=TITLE, slug="quipu-skills", sharing_commitment="no", sharing_text="SECRET PLAN"
    )
    assert "list" in where_seen(client, listed)
    page = client.get(address("record", "quipu-skills")).content.decode()
    assert "Offered for sharing" not in page and "SECRET PLAN" not in page
    assert TITLE not in client.get(address("list") + "?offered=yes").content.decode()
    rows = json.loads(b"".join(client.get(address("export", "json")).streaming_content))["programmes"]
    assert (rows[0]["offered"], rows[0]["sharing_text"]) == (False, "")
    assert not FacetBits.objects.filter(place=places_of("offered", read_labels())["yes"]).exists()


def test_what_is_not_offered_is_not_found_by_its_plan_to_share(client, program, carla):
    def found() -> bool:
        return TITLE in client.get(address("list") + "?q=zumbayllu").content.decode()

    Submission.objects.filter(pk=program.published_id).update(sharing_text="Talleres de zumbayllu")
    catalogue_services.publish("portfolio", program.pk)
    assert found()
    services.withdraw_sharing(program, by=carla)
    assert not found()
    for url in (
        address("record", "quipu-skills"),
        address("export", "json"),
        f"/api/v1/programmes/{program.permanent_id}/",
    ):
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200 and b"zumbayllu" not in body, url


def test_retired_says_so_and_leaves_every_list(client, program, carla):
    services.retire(program, by=carla, reason="Ended")
    assert where_seen(client, program) == set()
    for url in (
        address("record", "quipu-skills"),
        address("record", "quipu-skills", language="pt"),
        f"/id/{program.permanent_id}",
    ):
        response = client.get(url)
        assert response.status_code == 410
        assert TITLE in response.content.decode() and "Chile" in response.content.decode()
    assert "retired by the ministry on" in client.get(address("record", "quipu-skills")).content.decode()


def test_consent_withdrawn_after_retirement_takes_the_notice_away(client, program):
    from catalogue import services as catalogue

    type(program).objects.filter(pk=program.pk).update(retired_at=program.published_at)
    catalogue.depart("portfolio", program.pk)
    assert client.get(address("record", "quipu-skills")).status_code == 410
    catalogue.withdraw("portfolio", program.pk)
    assert client.get(address("record", "quipu-skills")).status_code == 404


def test_a_programme_from_public_sources_says_so(client, ministry_cl):
    published_program(
        ministry_cl,
        title=TITLE,
        slug="quipu-skills",
        registry_consent="",
        sharing_commitment="",
        source="https://example.org/a",
    )
    page = client.get(address("record", "quipu-skills")).content.decode()
    assert "Compiled from public sources" in page and "https://example.org/a" in page
    assert "Offered for sharing" not in page and address("enquiry", "quipu-skills") not in page
    listed = client.get(address("list")).content.decode()
    assert "From public sources</span>" in listed and "Confirmed " not in listed


CONTACT = {
    "contact_name": "Rosa Quispe", "contact_email": "rosa@ministry.example", "contact_telephone": "+56 2 2345 6789",
    "contact_fax": "+56 2 2345 0000", "contact_position": "Head of skills",
}  # fmt: skip
FOR_MEMBERS = ("Rosa Quispe", "rosa@ministry.example", "+56 2 2345 6789", "+56 2 2345 0000")


def test_the_contact_is_for_members_and_the_position_for_everyone(client, client_of, ministry_cl, pablo):
    published_program(ministry_cl, title=TITLE, slug="quipu-skills", **CONTACT)
    stranger = client_of(person())
    pages = [
        address("record", "quipu-skills"),
        *(address("export", format) for format in ("csv", "json")),
        address("feed"),
    ]

    def text(reader, url):
        response = reader.get(url)
        return (b"".join(response.streaming_content) if response.streaming else response.content).decode()

    for url in pages:
        for reader in (client, stranger):
            assert not [secret for secret in FOR_MEMBERS if secret in text(reader, url)], url
    for url in pages[:3]:
        assert "Head of skills" in text(client, url)
        assert all(secret in text(client_of(pablo), url) for secret in FOR_MEMBERS), url
    assert TITLE in text(client, pages[0])


def attach(program, name: str, **fields) -> Attachment:
    stored = StoredFile.objects.create(
        sha256=name.ljust(64, "0"), size=3, media_type="text/plain", extension="txt", storage_key=name,
        scan_state=fields.pop("scan_state", ScanState.CLEAN),
    )  # fmt: skip
    return Attachment.objects.create(
        submission=program.published, file=stored, name=f"{name}.txt", title=name, **fields
    )


def test_only_published_files_of_a_public_programme_are_listed_and_served(client, program, carla, settings):
    from django.core.files.storage import default_storage

    public, private = attach(program, "public", may_publish=True), attach(program, "private")
    waiting = attach(program, "waiting", may_publish=True, scan_state=ScanState.WAITING)
    default_storage.delete("public")
    default_storage.save("public", ContentFile(b"abc"))
    page = client.get(address("record", "quipu-skills")).content.decode()
    assert address("published_file", public.pk) in page
    assert address("published_file", private.pk) not in page and address("published_file", waiting.pk) not in page
    exported = b"".join(client.get(address("export", "json")).streaming_content).decode()
    assert address("published_file", public.pk) in exported and "private" not in exported
    assert client.get(address("published_file", private.pk)).status_code == 404
    assert client.get(address("published_file", waiting.pk)).status_code == 404
    services.withdraw_registry_consent(program, by=carla)
    assert client.get(address("published_file", public.pk)).status_code == 404


def test_a_visitor_gets_no_cookie_and_a_page_that_proxies_may_keep(client, program):
    for name, url in places(program).items():
        response = client.get(url)
        assert not response.cookies, name
    page = client.get(address("record", "quipu-skills"))
    assert "public" in page["Cache-Control"] and page["ETag"]
    assert client.get(address("record", "quipu-skills"), headers={"If-None-Match": page["ETag"]}).status_code == 304


def test_a_member_gets_a_page_that_nobody_keeps(client_of, program, ana):
    page = client_of(ana).get(address("record", "quipu-skills"))
    assert "private" in page["Cache-Control"] and "ETag" not in page
    assert Role.OFFICER in ana.roles
