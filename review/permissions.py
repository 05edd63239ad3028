"""Who may act on a case. Who may see one is CaseQuerySet.visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from network.choices import Role
from network.models import Membership, User
from review import kinds


def may_act(user, case) -> Decision:
    """Whoever holds a role of the kind, reviewers within their themes, never on a case of an institution they belong to."""
    kind = kinds.of(case)
    if kind.entrusts(case, user):
        return YES
    if not user.holds(*kind.roles):
        return no(kind.others_words)
    themes = user.review_themes if Role.REVIEWER in kind.roles else None
    if themes is not None and case.themes and not themes.intersection(case.themes):
        return no(_("You review other themes than those of this case."))
    if case.institution_id and case.institution_id in {m.institution_id for m in user.memberships_now}:
        return no(_("Nobody decides on a case of an institution to which they belong."))
    if kind.concerns(case, user):
        return no(kind.concerned_words)
    return YES


def stands_back(user, case) -> bool:
    """Whether the case is about the person's own institution or work: what is said inside the OAS about it is not for them."""
    kind = kinds.of(case)
    if kind.entrusts(case, user):
        return False
    return case.institution_id in {m.institution_id for m in user.memberships_now} or bool(kind.concerns(case, user))


def may_act_on_open(user, case) -> Decision:
    """The same, and the case has no decision yet."""
    if not case.is_open:
        return no(_("This case has had its decision."))
    return may_act(user, case)


def reviewers(case=None) -> list[User]:
    """Those who may act on the case (on any case, without one), by name. One query."""
    rows = Membership.objects.current().select_related("user", "institution").filter(user__is_active=True)
    roles = kinds.roles() if case is None else kinds.of(case).roles
    staff = rows.filter(user__in=User.objects.holding(*roles)).order_by("user__name", "user_id")
    people: dict[int, User] = {}
    for row in staff:
        user = people.setdefault(row.user_id, row.user)
        user.__dict__.setdefault("memberships_now", []).append(row)
    return [user for user in people.values() if case is None or may_act(user, case)]


def works_on_cases(user) -> bool:
    """Whether the queue holds anything for this person."""
    return user.holds(*kinds.roles())


def reviewer_names(user) -> list[tuple[str, str]]:
    """Id and name of everyone who works on the same kinds of case as this person, for the lists of choice."""
    roles = {role for kind in kinds.open_to(user) for role in kind.roles}
    staff = User.objects.holding(*roles).order_by("name", "pk")
    return [(str(pk), name) for pk, name in staff.values_list("pk", "name")]
