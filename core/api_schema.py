"""Words of the OpenAPI document: parameters and errors that many addresses share."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from core.api import LANG, PROBLEM, Page
from core.jsonschema import listed, text

ANY_TEXT = "^[^\\x00]*$"  # an address holds no NUL


class ReadSchema(AutoSchema):
    """The page for browsers is no part of the document."""

    def map_renderers(self, attribute: str):
        return [one for one in super().map_renderers(attribute) if one != Page.media_type and one != Page.format]


def parameter(
    name: str, schema: dict, description: str, *, many: bool = False, where: str = "query"
) -> OpenApiParameter:
    """A parameter; `many`: it may be repeated."""
    return OpenApiParameter(
        name,
        listed(schema) if many else schema,
        where,
        description=description,
        required=where == "path",
        explode=True if many else None,
        style="form" if many else None,
    )


PROBLEM_DETAILS = {
    "type": "object",
    "properties": {
        "type": text(),
        "title": text(),
        "status": {"type": "integer"},
        "detail": text(),
        "errors": {"type": "object", "additionalProperties": listed()},
    },
    "required": ["type", "status", "detail"],
}
MEANT = {
    400: "A parameter cannot be understood; `errors` names it.",
    404: "There is nothing at this address.",
    406: "The address answers in JSON and HTML only.",
    410: "The record was retired by its ministry.",
    429: "Too many requests from this address; `Retry-After` says when to ask again.",
}


def answers(schema: dict, *problems: int, description: str = "") -> dict:
    """Responses of a reading address: the answer, 304, and the problems it may have."""
    return {
        200: OpenApiResponse(schema, description=description),
        (304, "application/json"): OpenApiResponse(description="What the asker has (`If-None-Match`) still stands."),
        **{
            (code, PROBLEM): OpenApiResponse(PROBLEM_DETAILS, description=MEANT[code])
            for code in sorted({400, 406, 429, *problems})
        },
    }


LANGUAGE = parameter(
    LANG, text(enum=["en", "es", "pt", "fr"]), "Language of labels and sentences; else that of Accept-Language."
)
FORMAT = parameter("format", text(enum=["json"]), "JSON, whatever Accept says.")
COMMON = [LANGUAGE, FORMAT]
