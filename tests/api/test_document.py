"""The API keeps what its own OpenAPI document promises: asked by schemathesis, in a short form that is the same every time."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from forums.services import consensus
from inla.api_urls import urlpatterns
from inla.wsgi import application
from tests import factories
from tests.forums import room_factories, talk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SHORT = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _records(db, settings):
    settings.API_REQUESTS_A_MINUTE = 0
    for number, type_ in enumerate(("PRG", "TCP", "POL", "TAP")):
        factories.project(
            source="https://demo.example", title=f"Record {number}", type_id=type_, population_number=number * 900 or None,
            budget=[{"source": "A", "budgeted": "10", "executed": None, "currency": "USD", "year": 2020}],
            partners=[{"name": "B", "role": "funding", "country": "CA"}], end_year=2024 if number else None, end_month=None,
        )  # fmt: skip
    factories.published_program(
        country="CL", funding=[{"source": "F", "amount": "10", "currency": "USD", "year": None}], start_year=2008,
        evaluations=[{"kind": "internal", "year": 2020, "by": "A", "findings": "B"}],
    )  # fmt: skip
    topic = talk.topic(by=factories.person(name="Carla"), themes=["LAB-1"], countries=["CL"])
    talk.post(topic, by=factories.person(name="Luis"))
    shown = talk.proposal(topic, by=topic.author)
    consensus.take_position(shown, by=topic.author, stance="support")
    room_factories.room(topic.forum)


@pytest.fixture
def document(_records):
    """The real WSGI application, but in the transaction of the test: its connection is not closed after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


PLAIN = {"Accept-Encoding": "identity"}  # the caller of an application does not unpack


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_answer_breaks_the_document(document, mode):
    """What the document allows is answered, what it does not is refused, and all answers look as it says."""
    asked = 0
    for found in document.get_all_operations():
        operation = found.ok()

        @SHORT
        @given(operation.as_strategy(generation_mode=mode))
        def hold(case):
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=PLAIN)

        hold()
    assert asked > 50


def test_each_public_record_is_as_the_document_says(document):
    for path, key in (
        ("/projects/", "/projects/{permanent_id}/"),
        ("/programmes/", "/programmes/{permanent_id}/"),
        ("/topics/", "/topics/{permanent_id}/"),
        ("/rooms/", "/rooms/{permanent_id}/"),
    ):
        listed = document[f"/api/v1{path}"]["GET"].Case().call_and_validate(headers=PLAIN)
        rows = listed.json()["results"]
        assert rows
        for row in rows:
            one = document[f"/api/v1{key}"]["GET"].Case(path_parameters={"permanent_id": row["permanent_id"]})
            assert one.call_and_validate(headers=PLAIN).json()["title"] == row["title"]


def test_the_document_is_a_valid_one_and_names_every_value(client, _records):
    told = client.get("/api/v1/schema/").json()
    validate_schema(told)
    parameters = {one["name"]: one["schema"] for one in told["paths"]["/api/v1/projects/"]["get"]["parameters"]}
    assert len(parameters["country"]["items"]["enum"]) == 35 and "TCP" in parameters["type"]["items"]["enum"]
    assert "x-codes" not in str(told) and "kind" not in parameters
    paths = [path for path in told["paths"] if path.startswith("/api/v1/")]
    assert len(paths) == len(told["paths"]) == len(urlpatterns) - 2  # neither itself nor what takes whatever is left
