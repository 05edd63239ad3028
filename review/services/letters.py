"""The letter to the institution, drafted from questions and grades in the language of the case."""

from django.utils.translation import gettext as _

from core.languages import speaking
from review import kinds
from review.choices import Criterion, Grade
from review.models import Case

APPROVE, DECLINE = "approve", "decline"


def draft_letter(case: Case, decision: str) -> str:
    """A letter that the reviewer goes on writing. Reasons of grades never enter it: they stay inside the OAS."""
    with speaking(case.language or "en"):
        about = {"title": case.title, "reference": case.reference}
        if decision == APPROVE:
            parts = [_("The Organization of American States has approved “%(title)s” (%(reference)s).") % about]
        else:
            parts = [
                _(
                    "The Organization of American States has read “%(title)s” (%(reference)s) and has decided not to approve it."
                )
                % about
            ]
        criteria = _criteria(case, decision)
        parts += [_thanks(case), criteria]
        parts.append(
            _("We thank you for sharing your experience with the other countries of the network.")
            if decision == APPROVE
            else _again(bool(criteria))
        )
    return "\n\n".join(part for part in parts if part)


def _again(names_points: bool) -> str:
    if names_points:
        return _("You may present it again once these points have changed. We are glad to answer your questions.")
    return _("You may present it again. We are glad to answer your questions.")


def _thanks(case) -> str:
    """For the answers of the rounds that came back: what was asked last may be open still."""
    answered = {q.field for q in case.questions.all() if q.sent_at and q.has_come_back(case)}
    if not answered:
        return ""
    names = [f.label for f in kinds.of(case).fields(case) if f.code in answered]
    if not names:
        return _("Thank you for answering our questions.")
    return _("Thank you for answering our questions on these points:") + "\n" + _list(names)


def _criteria(case, decision: str) -> str:
    weak = (Grade.NOT_MET, Grade.NO_EVIDENCE) if decision == DECLINE else (Grade.PARTLY, Grade.NO_EVIDENCE)
    given = {g.criterion: g.grade for g in case.grades.all()}
    names = [str(label) for code, label in Criterion.choices if given.get(code) in weak]
    if not names:
        return ""
    if decision == DECLINE:
        return _("We did not find enough in the form on these criteria of the Portfolio:") + "\n" + _list(names)
    return _("When you next correct the text, more on these criteria would help your colleagues:") + "\n" + _list(names)


def _list(names: list[str]) -> str:
    return "\n".join(f"- {name}" for name in names)
