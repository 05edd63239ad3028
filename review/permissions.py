"""Who may act on a case. Who may see one is CaseQuerySet.visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from network.choices import Role
from network.models import Membership, User
from review import kinds


def may_act(user, case) -> Decision:
    """Reviewers within their themes and administrators, never on a case of an institution they belong to."""
    if kinds.of(case).entrusts(case, user):
        return YES
    if not user.is_reviewer:
        return no(_("Only reviewers and network administrators work on cases."))
    themes = user.review_themes
    if themes is not None and case.themes and not themes.intersection(case.themes):
        return no(_("You review other themes than those of this case."))
    if case.institution_id and case.institution_id in {m.institution_id for m in user.memberships_now}:
        return no(_("Nobody decides on a case of an institution to which they belong."))
    if kinds.of(case).concerns(case, user):
        return no(_("Nobody decides on a case about themselves."))
    return YES


def may_act_on_open(user, case) -> Decision:
    """The same, and the case has no decision yet."""
    if not case.is_open:
        return no(_("This case has had its decision."))
    return may_act(user, case)


def reviewers(case=None) -> list[User]:
    """Those who may act on the case (on any case, without one), by name. One query."""
    rows = Membership.objects.current().select_related("user", "institution").filter(user__is_active=True)
    staff = rows.filter(user__in=User.objects.holding(Role.REVIEWER, Role.ADMINISTRATOR)).order_by(
        "user__name", "user_id"
    )
    people: dict[int, User] = {}
    for row in staff:
        user = people.setdefault(row.user_id, row.user)
        user.__dict__.setdefault("memberships_now", []).append(row)
    return [user for user in people.values() if case is None or may_act(user, case)]


def reviewer_names() -> list[tuple[str, str]]:
    """Id and name of everyone who works on cases, for the lists of choice."""
    staff = User.objects.holding(Role.REVIEWER, Role.ADMINISTRATOR).order_by("name", "pk")
    return [(str(pk), name) for pk, name in staff.values_list("pk", "name")]
