"""A text for the knowledge base as a kind of Case: what the reviewer reads, and what approving it does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue import labels
from experts import advice_notices as notices
from experts.choices import RevisionState
from experts.models import AdviceRequest, AnswerRevision
from experts.services import answers
from experts.services.answers.publishing import check_consent
from experts.services.answers.texts import KIND
from network.choices import ASKING_ROLES
from review.kinds import Against, CaseKind, ReviewField, register


class AnswerCase(CaseKind):
    """A question with its answer, to which both sides agreed. The OAS reads the text, and neither name."""

    key = KIND
    label = gettext_lazy("Text for the knowledge base")
    icon = "question"
    can_ask = True
    approve_label = gettext_lazy("Approve and publish")

    verbs = {  # who of the two sides did what is not told to those who decide
        "opened": gettext_lazy("The case was opened"),
        "answer": gettext_lazy("Both sides agreed anew, and the next round came in"),
        "withdraw": gettext_lazy("The case ended: consent was taken back"),
        "question_answered": gettext_lazy("One of the two sides answered a question"),
        "drafted": gettext_lazy("The text was drafted from the question and its answer"),
        "text_changed": gettext_lazy("One of the two sides changed the text"),
        "agreed_requester": gettext_lazy("Whoever asked agreed to the text"),
        "agreed_expert": gettext_lazy("The expert agreed to the text"),
        "submit": gettext_lazy("Both sides agreed: the text went to the OAS"),
        "published": gettext_lazy("%(who)s published the text"),
        "consent_withdrawn": gettext_lazy("Consent was taken back: the text left the knowledge base"),
    }

    # --- what there is to read
    def revision(self, case) -> AnswerRevision:
        if "kept_text" not in case.__dict__:
            sent = case.answers.filter(state=RevisionState.SUBMITTED)
            case.kept_text = sent.select_related("answer__published", "country").latest("number")
        return case.kept_text

    def revisions(self, case) -> list[AnswerRevision]:
        return list(case.answers.filter(state=RevisionState.SUBMITTED).order_by("number"))

    def fields(self, case, *, against=None) -> list[ReviewField]:
        new, known = self.revision(case), labels.read()
        old = _texts(against, known) if against else {}
        return [
            ReviewField(code, "", str(label), str(self.label), old.get(code, ""), text,
                        new.language if code in ("title", "question", "reply") else "")
            for (code, label), text in zip(FIELDS, _texts(new, known).values(), strict=True)
        ]  # fmt: skip

    def against(self, case, *, against=None) -> Against:
        words = _("Proposed, version %(number)s") % {"number": self.revision(case).number}
        head = _("Version %(number)s") % {"number": against.number} if against else ""
        return Against(head, words, self.public_url(case), (
            (_("Agreed"), _("Whoever asked and the expert both agreed to this text. Their names are not shown to you.")),
        ))  # fmt: skip

    # --- what a decision does
    def before_approve(self, case, *, by) -> None:
        check_consent(answers.current_revision(case))

    def approve(self, case, *, by, completion: dict) -> None:
        answers.publish(answers.current_revision(case), by=by)

    def ask_back(self, case, *, by) -> None:
        answers.open_next_round(case, by=by)

    def end(self, case, *, by) -> None:
        answers.close_case(case, by=by)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        request = self._request(case)
        if request is None:
            return False
        sides = {request.requester_id, request.expert.user_id if request.expert else None}
        return user.pk in sides or request.institution_id in user.institutions_as(*ASKING_ROLES)

    def people(self, case) -> list:
        request = self._request(case)
        return [*notices.asking_side(request), *notices.experts_side(request)] if request else []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        request = self._request(case)
        if request:
            notices.tell(
                f"answer_{step}", request, self.people(case), by=by, key=key or f"experts.answer_{step}:{case.pk}:{case.version}",
                url_name="experts:kept_text", case=case.reference, **params,
            )  # fmt: skip

    def waits_for_institution(self, case) -> bool:
        return case.answers.latest("number").is_draft

    def _request(self, case):
        """The request behind the text, by the stream: a case is asked whom it concerns before the text points at it."""
        if "asked_for" not in case.__dict__:
            rows = AdviceRequest.objects.select_related("requester", "institution", "expert__user")
            case.asked_for = rows.filter(kept=int(case.stream.partition(":")[2])).first()
        return case.asked_for

    def status_url(self, case) -> tuple[str, list]:
        request = self._request(case)
        return ("experts:kept_text", [request.pk]) if request else ("home:desk", [])

    def public_url(self, case) -> str:
        answer = self.revision(case).answer
        return reverse("experts:answer", args=[answer.slug]) if answer.is_public and answer.slug else ""


FIELDS = (
    ("title", gettext_lazy("Title")),
    ("question", gettext_lazy("Question")),
    ("reply", pgettext_lazy("reply", "Answer")),
    ("themes", gettext_lazy("Theme")),
    ("country", gettext_lazy("Country")),
)


def _texts(revision, known) -> dict[str, str]:
    country = known.country.get(revision.country_id or "")
    return {
        "title": revision.title,
        "question": revision.question,
        "reply": revision.reply,
        "themes": "\n".join(known.theme[code].label for code in revision.themes if code in known.theme),
        "country": country.label if country else "",
    }


register(AnswerCase())
