"""JSON Schema of what the API answers, drawn from the models and dataclasses that hold it."""

from dataclasses import fields
from typing import get_args

from django.contrib.postgres.fields import ArrayField
from django.db import models

INTEGER = {"type": "integer"}
BOOLEAN = {"type": "boolean"}


def text(**more) -> dict:
    return {"type": "string", **more}


def nullable(schema: dict) -> dict:
    return {**schema, "nullable": True}


def listed(items: dict | None = None) -> dict:
    return {"type": "array", "items": items or text()}


def record(**properties: dict) -> dict:
    """An object that has all of these, and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


DAY = text(format="date")
ADDRESS = text(format="uri")
PARTIAL = text(description="YYYY, YYYY-MM or YYYY-MM-DD, as exact as known; empty: not known.")


def of_field(field: models.Field) -> dict:
    """The schema of a column's value."""
    schema = _plain(field)
    return nullable(schema) if field.null else schema


def _plain(field: models.Field) -> dict:
    if isinstance(field, models.ForeignKey):
        return _plain(field.target_field)
    if isinstance(field, ArrayField):
        return listed(_plain(field.base_field))
    if isinstance(field, models.BooleanField):
        return BOOLEAN
    if isinstance(field, models.IntegerField):
        return INTEGER
    return DAY if isinstance(field, models.DateField) else text()


def of_line(line: type) -> dict:
    """The schema of a line of a repeated part (core.lines.Line)."""
    return record(**{one.name: _of_type(one.type) for one in fields(line)})


def _of_type(type_: type) -> dict:
    kinds = get_args(type_) or (type_,)
    schema = INTEGER if int in kinds else text()
    return nullable(schema) if type(None) in kinds else schema
