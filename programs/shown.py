"""What the page of a public record reads: the record with its text and its institution."""

from core.wide import Wide
from network.models import Institution
from programs.models import Project, ProjectRevision

_PROJECT = Wide(
    "programs_project p JOIN programs_projectrevision r ON r.id = p.published_id "
    "LEFT JOIN network_institution i ON i.id = r.institution_id",
    p=Project, r=ProjectRevision, i=Institution,
)  # fmt: skip


def public_project(slug: str) -> Project | None:
    """With its published text and the institution that this names; None if it is not public."""
    found = next(iter(_PROJECT.rows("WHERE p.slug = %s", slug)), None)
    if found is None or not found["p"].is_public:
        return None
    project = found["p"]
    project.published, project.published.institution = found["r"], found["i"]
    project.published.project = project
    return project
