"""From which constituency somebody takes part: by the institution in which they hold a role."""

from network.constituency import Constituency, of_kind, speaks_through


def standing_of(user) -> tuple[str, object | None]:
    """(constituency, institution) of a person now: an expert is among the others and for nobody; neither without a role."""
    if institution := next((row.institution for row in speaks_through(user)), None):
        return of_kind(institution.kind).value, institution
    return Constituency.OTHERS.value if user.memberships_now else "", None
