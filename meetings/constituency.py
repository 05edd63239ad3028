"""From which constituency somebody takes part: by the institution in which they hold a role."""

from network.constituency import of_kind


def standing_of(user) -> tuple[str, object | None]:
    """(constituency, institution) of a person now; neither without a role."""
    institution = next((row.institution for row in user.memberships_now), None)
    return (of_kind(institution.kind).value if institution else "", institution)
