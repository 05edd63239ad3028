"""The directory of experts in the API: what each person shows to everybody."""

from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import as_data, schema_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import text
from experts.entries import KEY
from experts.exporting.columns import COLUMNS, items


class Experts(RecordList):
    """Experts of the network."""

    kind = KEY

    @list_schema("experts", "Experts of the network.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class Expert(RecordDetail):
    """One expert, as the JSON download holds them."""

    kind = KEY

    @extend_schema(
        operation_id="expert",
        summary="One expert of the network, as far as the person shows it.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "E")), "Their permanent number.", where="path"
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
