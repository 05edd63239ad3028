"""The real programmes and records that the project carries, loaded as the demonstration loads them: their texts are real."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from network.models import Institution
from portfolio import services
from portfolio.choices import SubmissionState
from portfolio.models import ConsolidatedProgram, Submission
from programs.annex import TEXT_COLUMNS
from programs.demo.loading import carry
from programs.models import Project

PUBLISHED = Path(__file__).resolve().parent.parent / "portfolio" / "demo" / "published.json"


@transaction.atomic
def load_real() -> str:
    """Publish each; answers the slug of the one with the longest texts."""
    fields = {field.name for field in Submission._meta.concrete_fields}
    longest, slug = 0, ""
    for row in json.loads(PUBLISHED.read_text(encoding="utf-8")):
        program = ConsolidatedProgram.objects.create(
            institution=Institution.objects.get(key=row["institution"]),
            country_id=row["country"],
            source=row["source"],
        )
        texts = {name: value for name, value in row.items() if name in fields}
        revision = Submission.objects.create(
            program=program,
            state=SubmissionState.SUBMITTED,
            is_open=False,
            submitted_at=datetime(2026, 1, 15, tzinfo=UTC),
            **texts,
        )
        services.publish(revision, by=None)
        length = sum(len(text) for text in texts.values() if isinstance(text, str))
        if length > longest:
            program.refresh_from_db()
            longest, slug = length, program.slug
    return slug


def load_real_table() -> str:
    """Publish the real records of the Table; answers the slug of the one with the longest texts."""
    carry()

    def length(project) -> int:
        return sum(len(text) for name in TEXT_COLUMNS if isinstance(text := getattr(project.published, name, ""), str))

    return max(Project.objects.public().select_related("published"), key=length).slug
