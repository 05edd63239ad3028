"""A request for a role as a kind of Case: decided by the OAS in the queue, or by the coordinator on the members page."""

from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import MembershipRequest
from accounts.permissions import entrusted
from accounts.services import memberships, requests
from review.kinds import CaseKind, ReviewField, register


class RoleRequestCase(CaseKind):
    """Somebody asks to be officer or coordinator of an institution."""

    key = requests.KIND
    label = _("Request for a role")
    icon = "person"
    default_days = 5
    is_about_opener = True
    approve_label = _("Give the role")

    def revision(self, case):
        return MembershipRequest.objects.select_related("user", "institution").get(case=case)

    def revisions(self, case) -> list:
        return [self.revision(case)]

    def fields(self, case, *, against=None) -> list[ReviewField]:
        request = self.revision(case)
        said = (
            ("name", _("Name"), request.user.name),
            ("email", _("E-mail address"), request.user.email),
            ("institution", _("Institution"), request.institution.name),
            ("role", _("Role asked for"), request.get_role_display()),
            ("message", _("Message"), request.message),
        )
        section = str(_("The request"))
        return [
            ReviewField(code, str(number), str(label), section, "", str(text))
            for number, (code, label, text) in enumerate(said, start=1)
        ]

    def approve(self, case, *, by, completion: dict) -> None:
        request = self.revision(case)
        memberships.begin(request.user, request.role, request.institution, by=by)
        requests.close(request)

    def end(self, case, *, by) -> None:
        requests.close(self.revision(case))

    def concerns(self, case, user) -> bool:
        return case.opened_by_id == user.pk

    def entrusts(self, case, user) -> bool:
        return bool(user.institutions_as("coordinator")) and entrusted(user, self.revision(case))

    def people(self, case) -> list:
        return [case.opened_by] if case.opened_by else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if step == "approved":
            notices.tell_of_approval(self.revision(case))
        elif step == "declined":
            notices.tell_of_refusal(self.revision(case), case.letter)

    def status_url(self, case) -> tuple[str, list]:
        return ("accounts:profile", [])


def register_kinds() -> None:
    """Make the kind known to the queue."""
    register(RoleRequestCase())
