"""What the page of a public profile reads: the record with its text and its institution, in one statement."""

from core.wide import Wide
from experts.models import Expert, ProfileRevision
from network.models import Institution

_EXPERT = Wide(
    "experts_expert e JOIN experts_profilerevision r ON r.id = e.published_id "
    "LEFT JOIN network_institution i ON i.id = r.institution_id",
    e=Expert, r=ProfileRevision, i=Institution,
)  # fmt: skip


def public_expert(slug: str) -> Expert | None:
    """With the published text and the institution that it names; None if the person is not public."""
    found = next(iter(_EXPERT.rows("WHERE e.slug = %s", slug)), None)
    if found is None or not found["e"].is_public:
        return None
    expert = found["e"]
    expert.published, expert.published.institution = found["r"], found["i"]
    expert.published.expert = expert
    return expert
