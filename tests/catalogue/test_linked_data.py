"""JSON-LD in pages: it can be read, says what the page says, and no text of it becomes markup."""

import json
import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client, address: str) -> dict:
    blocks = BLOCK.findall(client.get(address).content.decode())
    assert len(blocks) == 1
    return json.loads(blocks[0])


def test_a_programme_is_a_government_service_of_its_country(client):
    program = factories.published_program(title="Inspección móvil", themes=["LAB-1"], language="es")
    data = data_of(client, f"/en/portfolio/{program.slug}/")
    assert (data["@type"], data["identifier"], data["name"]) == (
        "GovernmentService",
        program.permanent_id,
        "Inspección móvil",
    )
    assert data["areaServed"] == [{"@type": "Country", "name": "Chile", "identifier": "CL"}]
    assert data["category"] == ["Labour legislation"]
    assert data["@id"].endswith(f"/id/{program.permanent_id}")
    assert data["subjectOf"]["inLanguage"] == "es" and data["subjectOf"]["url"].endswith(
        f"/en/portfolio/{program.slug}/"
    )


def test_a_record_of_the_table_says_its_type(client):
    project = factories.project(source="https://example.org/source", type_id="POL")
    assert data_of(client, f"/es/programs/{project.slug}/")["serviceType"] == "Política"


def test_a_title_cannot_end_the_block(client):
    title = '</script><script>alert("x")</script><!-- & \u2028'
    program = factories.published_program(title=title, description=title)
    page = client.get(f"/en/portfolio/{program.slug}/").content.decode()
    assert "<script>alert" not in page and "<!--" not in page
    assert data_of(client, f"/en/portfolio/{program.slug}/")["name"] == title


@pytest.mark.parametrize("key", ["portfolio", "programs"])
def test_a_catalogue_is_a_data_set_with_its_downloads(client, key):
    data = data_of(client, f"/en/{key}/")
    assert data["@type"] == ["Dataset", "dcat:Dataset"]
    for download in data.get("distribution", []):
        address = download["contentUrl"]
        assert client.get(address.removeprefix(address.split("/en/")[0])).status_code == 200


def test_the_landing_page_is_a_catalogue_of_all(client):
    data = data_of(client, "/en/")
    listed = [each["url"].split("/en/")[1] for each in data["dataset"]]
    assert listed[:3] == ["portfolio/", "programs/", "experts/"]


def test_what_is_kept_from_the_public_is_kept_from_machines(client):
    program = factories.published_program(
        contact_name="Ana Rojas", contact_email="ana@example.org", contact_telephone="+56 2 1"
    )
    page = client.get(f"/en/portfolio/{program.slug}/").content.decode()
    for secret in ("Ana Rojas", "ana@example.org", "+56 2 1"):
        assert secret not in BLOCK.findall(page)[0]
