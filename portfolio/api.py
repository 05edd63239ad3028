"""The Portfolio in the API: exactly what its public pages show; no contact's name or address."""

from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import as_data, schema_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import text
from portfolio.entries import KEY
from portfolio.exporting.rows import PUBLIC, items


class Programmes(RecordList):
    """Consolidated programmes."""

    kind = KEY

    @list_schema("programmes", "Consolidated programmes of the Portfolio.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class Programme(RecordDetail):
    """One programme, as a visitor's JSON download holds it."""

    kind = KEY

    @extend_schema(
        operation_id="programme",
        summary="One consolidated programme, whole.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "P")), "Its permanent number.", where="path"
            ),
            *COMMON,
        ],
        responses=answers(schema_of(PUBLIC), 404, 410),
        tags=["records"],
    )
    def get(self, request, permanent_id: str):
        return super().get(request, permanent_id)

    def find(self, permanent_id: str) -> dict | None:
        found = next(items([int(permanent_id[2:])], names.read()), None)
        return as_data(found, PUBLIC) if found else None
