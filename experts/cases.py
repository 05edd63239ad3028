"""A profile for the directory as a kind of Case: what the reviewer reads, and what approving it does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from core.prepared import Prepared
from experts import notices, reading
from experts.choices import RevisionState, Shown
from experts.models import ProfileRevision
from experts.questions import REFERENCES, SHOWN
from experts.services.people.profiles import KIND, close, current_revision, open_next_round, publish_profile
from review.kinds import Against, CaseKind, ReviewField, register

# of the newest revision in each case, what the queue names it by
NEWEST = Prepared(
    "SELECT DISTINCT ON (case_id) case_id, base_id FROM experts_profilerevision WHERE case_id = ANY(%s) "
    "ORDER BY case_id, number DESC"
)


class ProfileCase(CaseKind):
    """Somebody asks to stand in the directory of experts, or corrects what stands there."""

    key = KIND
    label = gettext_lazy("Profile of an expert")
    icon = "person"
    can_ask = True
    is_about_opener = True
    approve_label = gettext_lazy("Approve and publish")
    letter_label = gettext_lazy("Letter to the person")
    question_label = gettext_lazy("Question to the person")
    waits_label = gettext_lazy("The person has the questions. The case comes back when they answer.")

    verbs = {
        "consented": gettext_lazy("%(who)s consented to stand in the directory"),
        "submit": gettext_lazy("%(who)s sent the profile to the OAS"),
        "published": gettext_lazy("%(who)s published the profile"),
        "shown": gettext_lazy("%(who)s changed which fields are shown"),
        "paused": gettext_lazy("%(who)s took a pause"),
        "resumed": gettext_lazy("%(who)s came back from a pause"),
        "confirmed": gettext_lazy("%(who)s confirmed the profile"),
        "silent": gettext_lazy("The profile left the list: nobody confirmed it"),
        "left": gettext_lazy("The person left the directory"),
    }

    # --- what there is to read
    def names(self, cases) -> dict[int, tuple[str, str]]:
        found = {pk: _name(base) for pk, base in NEWEST.rows([case.pk for case in cases])}
        return {case.pk: found.get(case.pk, (str(self.label), self.icon)) for case in cases}

    def revision(self, case) -> ProfileRevision | None:
        return self._whole(case)

    def revisions(self, case) -> list[ProfileRevision]:
        return list(_sent(case).select_related("expert", "institution").order_by("number"))

    def _whole(self, case) -> ProfileRevision | None:
        """The version under review with all that its page needs, fetched once for a case at hand; none once it was erased."""
        if "whole" not in case.__dict__:
            rows = _sent(case).select_related(
                "expert__published__institution", "expert__user", "base__institution", "institution"
            )
            case.whole = rows.order_by("-number").first()
        return case.whole

    def fields(self, case, *, against=None) -> list[ReviewField]:
        known, new = labels.read(), self._whole(case)
        if new is None:
            return []
        old = against or new.base
        before = reading.answers(old, known) if old else {}
        found = [
            _field(part.section.label, answer, before.get(answer.question.key), new.language)
            for part in reading.read(new, known)
            for answer in part.answers
        ]
        return [*found, *_of_the_record(new)]

    def against(self, case, *, against=None) -> Against:
        new = self._whole(case)
        if new is None:
            return Against()
        old, head = against or new.base, ""
        if against:
            head = _("Version %(number)s") % {"number": against.number}
        elif old:
            head = _("Published, version %(number)s") % {"number": old.number}
        words = _("Sent, version %(number)s") % {"number": new.number}
        return Against(head, words, self.public_url(case), tuple(_facts(new)))

    def approve_words(self, case) -> str:
        new = self._whole(case)
        return _("Approve and publish version %(number)s") % {"number": new.number} if new else str(self.approve_label)

    # --- what a decision does
    def approve(self, case, *, by, completion: dict) -> None:
        publish_profile(current_revision(case), by=by)

    def ask_back(self, case, *, by) -> None:
        open_next_round(case, by=by)

    def end(self, case, *, by) -> None:
        close(case, by=by)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        return case.opened_by_id == user.pk

    def people(self, case) -> list:
        newest = self._newest(case)
        return [newest.expert.user] if newest and newest.expert.user else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        if newest := self._newest(case):
            notices.tell_person(f"experts.{step}", newest, key=key, **params)

    def waits_for_institution(self, case) -> bool:
        newest = self._newest(case)
        return newest is not None and newest.state == RevisionState.DRAFT

    def _newest(self, case) -> ProfileRevision | None:
        return case.profiles.select_related("expert__user").order_by("-number").first()

    def status_url(self, case) -> tuple[str, list]:
        return ("experts:me", [])

    def public_url(self, case) -> str:
        new = self._whole(case)
        return reverse("experts:profile", args=[new.expert.slug]) if new and new.expert.is_public else ""


def _sent(case):
    return case.profiles.filter(state=RevisionState.SUBMITTED)


def _name(base_id) -> tuple[str, str]:
    return (_("Correction of a profile"), "share") if base_id else (_("New profile of an expert"), "person")


def _facts(new: ProfileRevision):
    if new.expert.user:
        yield _("From"), new.expert.user.name
        yield _("E-mail address of the account"), new.expert.user.email
    yield _("Number"), new.expert.permanent_id
    shown = ", ".join(str(Shown(name).label) for name in Shown.values if new.expert.shows(name))
    yield _("Consent to show"), shown or _("None of the fields that one may choose")


def _of_the_record(new: ProfileRevision) -> list[ReviewField]:
    """What stands beside the text: what is to be shown, and the references, which only reviewers read."""
    shown = "\n".join(str(Shown(name).label) for name in Shown.values if new.expert.shows(name))
    found = [ReviewField(SHOWN.key, "", SHOWN.name, _("Consent"), shown, shown)]
    referees = "\n".join(
        " · ".join(filter(None, (one.name, one.position, one.email, one.note))) for one in new.expert.referees.all()
    )
    if referees:
        found.append(
            ReviewField(REFERENCES.key, "", REFERENCES.name, _("Internal, erased with the decision"), "", referees)
        )
    return found


def _field(section, answer, before, language: str) -> ReviewField:
    return ReviewField(
        code=answer.question.key,
        number="",
        label=answer.question.name,
        section=str(section),
        old=before.text if before else "",
        new=answer.text,
        language=language if any(part.own for part in answer.parts) else "",
    )


register(ProfileCase())
