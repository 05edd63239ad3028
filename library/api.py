"""The library in the API."""

from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import as_data, schema_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import text
from library.entries import KEY
from library.exporting import COLUMNS, items


class Literature(RecordList):
    """Items of the library."""

    kind = KEY

    @list_schema("literature", "Items of the library.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class LiteratureItem(RecordDetail):
    """One item, as the JSON download holds it."""

    kind = KEY

    @extend_schema(
        operation_id="literature_item",
        summary="One item of the library, whole.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "L")), "Its permanent number.", where="path"
            ),
            *COMMON,
        ],
        responses=answers(schema_of(COLUMNS), 404, 410),
        tags=["records"],
    )
    def get(self, request, permanent_id: str):
        return super().get(request, permanent_id)

    def find(self, permanent_id: str) -> dict | None:
        found = next(items([int(permanent_id[2:])], names.read()), None)
        return as_data(found, COLUMNS) if found else None
