"""The Table in the API."""

from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import as_data, schema_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import text
from programs.entries import KEY
from programs.exporting.columns import COLUMNS, items


class Projects(RecordList):
    """Policies, programmes and projects of Annex I."""

    kind = KEY

    @list_schema("projects", "Records of the Table.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class Project(RecordDetail):
    """One record of the Table, as the JSON download holds it."""

    kind = KEY

    @extend_schema(
        operation_id="project",
        summary="One record of the Table, whole.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "T")), "Its permanent number.", where="path"
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
