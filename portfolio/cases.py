"""A submission of Annex II as a kind of Case: what the reviewer reads, and what approving it does."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue import labels
from catalogue.models import Entry
from core.prepared import Prepared
from portfolio import annex, notices, reading
from portfolio.choices import SubmissionState, YesNo
from portfolio.entries import KEY as ENTRY
from portfolio.forms.completing import CompletionForm
from portfolio.models import Presence, Submission
from portfolio.parts import lines
from portfolio.services import check_base, close, current_revision, open_next_round, publish, take_answer
from portfolio.services.copying import consents
from portfolio.services.submitting import KIND
from review.kinds import Against, CaseKind, Related, ReviewField, ReviewFile, Statement, register

CODES = ("themes", "categories", "populations")
HANDS = ("created_by_id", "saved_by_id", "submitted_by_id", "endorsed_by_id")
WRITERS = ArraySubquery(Presence.objects.filter(submission=OuterRef("pk")).order_by("pk").values("user"))
NEAR = 5
CORRECTIONS = Prepared("SELECT DISTINCT case_id FROM portfolio_submission WHERE case_id = ANY(%s) AND is_correction")


class SubmissionCase(CaseKind):
    """A programme presented for the Portfolio, or a correction of one."""

    key = KIND
    label = gettext_lazy("Programme")
    icon = "page"
    has_criteria = True
    can_ask = True
    drafts_letters = True
    approve_label = gettext_lazy("Approve and publish")
    concerned_words = gettext_lazy("Nobody decides on a form that they wrote, sent or endorsed themselves.")

    verbs = {
        "submit": gettext_lazy("%(who)s submitted the form to the OAS"),
        "ask_endorsement": gettext_lazy("%(who)s submitted the form for endorsement"),
        "endorse": gettext_lazy("%(who)s endorsed the form"),
        "refuse_endorsement": gettext_lazy("%(who)s returned the form without endorsing it"),
        "go_on_unendorsed": gettext_lazy("%(who)s went on without an endorsement"),
        "published": gettext_lazy("%(who)s published the programme"),
        "approved_unlisted": gettext_lazy(
            "The approved text is kept and not shown in public: the ministry does not consent"
        ),
        "presented_again": gettext_lazy("%(who)s opened a new form, to present the programme again"),
        "correction_started": gettext_lazy("%(who)s started a correction"),
        "registry_consent_withdrawn": gettext_lazy("%(who)s withdrew the consent to the registry"),
        "sharing_withdrawn": gettext_lazy("%(who)s took back the commitment to share"),
        "retired": gettext_lazy("%(who)s retired the programme"),
    }

    # --- what there is to read
    def names(self, cases) -> dict[int, tuple[str, str]]:
        corrections = {pk for (pk,) in CORRECTIONS.rows([case.pk for case in cases])}
        both = {True: (_("Correction"), "share"), False: (_("New programme"), "page")}
        return {case.pk: both[case.pk in corrections] for case in cases}

    def revision(self, case) -> Submission:
        return self._whole(case)

    def revisions(self, case) -> list[Submission]:
        rows = self._rounds(case).select_related("program__institution", "program__country").order_by("number")
        case.hands = {pk for row in rows for pk in (*(getattr(row, name) for name in HANDS), *row.writers)}
        return [row for row in rows if row.state == SubmissionState.SUBMITTED]

    def fields(self, case, *, against=None) -> list[ReviewField]:
        new = self._whole(case)
        old = against or new.program.published
        before = {} if old is None else _answers(old)
        return [_field(answer, before.get(answer.question.key), new) for answer in _answers(new).values()]

    def _whole(self, case) -> Submission:
        """The revision under review with all that its page needs, fetched once for a case at hand."""
        if "whole" not in case.__dict__:
            sent = case.submissions.filter(state=SubmissionState.SUBMITTED)
            case.whole = sent.select_related(
                "program__institution__endorsed_by",
                "program__country",
                "program__published",
                "submitted_by",
                "endorsed_by",
            ).latest("number")
            if case.whole.program.published:
                case.whole.program.published.program = case.whole.program
        return case.whole

    def against(self, case, *, against=None) -> Against:
        new = self._whole(case)
        old = against or new.program.published
        words = {"number": new.number}
        head = ""
        if against:
            head = _("Version %(number)s") % {"number": against.number}
        elif old:
            head = _("Published, version %(number)s") % {"number": old.number}
        return Against(head, _("Submitted, version %(number)s") % words, self.public_url(case), tuple(_facts(new)))

    def statements(self, case) -> dict[str, Statement]:
        said = lines(self._whole(case), "criteria")
        return {row.criterion: Statement(row.statement, row.evidence) for row in said if row.statement or row.evidence}

    def files(self, case) -> list[ReviewFile]:
        links = self._whole(case).attachments.select_related("file").filter(file__removed_at__isnull=True)
        return [
            ReviewFile(
                link.title or link.name,
                reverse("portfolio:attachment", args=[link.pk]),
                link.file.size,
                _("May be published") if link.may_publish else _("Private"),
            )
            for link in links
        ]

    def approve_words(self, case) -> str:
        revision = self._whole(case)
        words = {"number": revision.number}
        if _consent_now(revision) == YesNo.NO:
            return _("Approve version %(number)s, which is not shown in public") % words
        return _("Approve and publish version %(number)s") % words

    def related(self, case) -> list[Related]:
        known = labels.read().numbers("theme")
        themes = [known[code] for code in case.themes if code in known]
        if not themes:
            return []
        own = case.stream.partition(":")[2]
        near = Entry.objects.filter(kind=ENTRY, themes__overlap=themes).exclude(object_id=own).order_by("-updated_at")
        return [
            Related(entry.title, reverse("portfolio:record", args=[entry.slug]), entry.language, entry.institution_name)
            for entry in near[:NEAR]
        ]

    # --- what a decision does
    def completion_form(self, case, data=None) -> CompletionForm:
        new = self._whole(case)
        own = {name: list(getattr(new, name)) for name in CODES}
        return CompletionForm(data, own=own, initial=self._initial(case, own) if data is None else None)

    def _initial(self, case, own: dict) -> dict:
        """What the ministry ticked now, with what was drafted, else with what stands on the record."""
        record = self._whole(case).program
        added = {name: case.draft.get(name, _added_to(record, name)) for name in CODES}
        return {name: list(dict.fromkeys([*own[name], *added[name]])) for name in CODES}

    def before_approve(self, case, *, by) -> None:
        check_base(case)

    def approve(self, case, *, by, completion: dict) -> None:
        """Publish it under the codes that the reviewer added to the ministry's own, which stay."""
        new = current_revision(case)
        codes = {name: [*getattr(new, name), *completion[name]] for name in CODES if name in completion}
        publish(new, by=by, **{name: list(dict.fromkeys(found)) for name, found in codes.items()})

    def ask_back(self, case, *, by) -> None:
        open_next_round(case, by=by)

    def take_answer(self, case) -> bool:
        return take_answer(case)

    def end(self, case, *, by) -> None:
        close(case, by=by)

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        """Whoever opened it, or wrote, sent or endorsed one of its forms, also if they work for the OAS since."""
        return case.opened_by_id == user.pk or user.pk in self._hands(case)

    @staticmethod
    def _rounds(case):
        """What the coordinator or the OAS read of the case, each with everybody who had it open to write."""
        read = (SubmissionState.SUBMITTED, SubmissionState.RETURNED)
        return case.submissions.filter(state__in=read).annotate(writers=WRITERS)

    def _hands(self, case) -> set[int]:
        """Through whose hands went what the OAS received, asked once for a case at hand."""
        if "hands" not in case.__dict__:
            rows = self._rounds(case).order_by().values_list(*HANDS, "writers")
            case.hands = {pk for *hands, writers in rows for pk in (*hands, *writers)}
        return case.hands

    def people(self, case) -> list:
        return notices.concerned(self._newest(case))

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        newest = self._newest(case)
        if step == "approved" and not newest.program.is_public:
            step = "approved_unlisted"
        notices.tell_institution(f"portfolio.{step}", newest, by=by, key=key, **params)

    def waits_for_institution(self, case) -> bool:
        """Once the next round was sent, it is the coordinator who endorses that is waited for."""
        return self._newest(case).state == SubmissionState.DRAFT

    def _newest(self, case) -> Submission:
        return case.submissions.select_related("program__institution__endorsed_by").latest("number")

    def status_url(self, case) -> tuple[str, list]:
        return ("portfolio:submission", [self._newest(case).pk])

    def public_url(self, case) -> str:
        program = self._whole(case).program
        return reverse("portfolio:record", args=[program.slug]) if program.is_public and program.slug else ""


def _added_to(record, name: str) -> list[str]:
    """What the OAS added to the ministry's own codes when it published the record: those which a correction drops go with it."""
    own = getattr(record.published, name) if record.published_id else []
    return [code for code in getattr(record, name) if code not in own]


def _answers(submission: Submission) -> dict[str, reading.Answer]:
    read = reading.read(submission, annex.SECTIONS)
    return {answer.question.key: answer for section in read for answer in section.answers}


def _field(answer, before, new: Submission) -> ReviewField:
    question = answer.question
    own = any(part.own for part in answer.parts)
    return ReviewField(
        code=question.key,
        number=question.code,
        label=question.name,
        section=annex.section(question.section).title,
        old=_text(before),
        new=_text(answer),
        language=new.language if own else "",
    )


def _text(answer) -> str:
    if answer is None:
        return ""
    return _("Not applicable or not known") if answer.skipped else answer.text


def _consent_now(submission: Submission) -> str:
    """VII.1 as it counts now: the form's answer, or No where the programme's was withdrawn after the form was sent."""
    if submission.program.registry_consent != YesNo.NO:
        return submission.registry_consent
    return consents(submission)["registry_consent"]


def _facts(submission: Submission):
    if submission.submitted_by:
        yield _("From"), submission.submitted_by.name
    if submission.endorsed_by and submission.endorsed_at:
        yield (
            _("Endorsed by"),
            _("%(name)s, %(date)s")
            % {
                "name": submission.endorsed_by.name,
                "date": date_format(localdate(submission.endorsed_at), "DATE_FORMAT"),
            },
        )
    elif submission.endorsement_note and submission.program.institution.endorser:
        yield _("Endorsed by"), _("Nobody: the OAS went on with a logged reason")
    if YesNo.YES == submission.registry_consent != _consent_now(submission):
        yield _("Consent to the registry"), _("Withdrawn since: whatever is approved is not shown in public")


register(SubmissionCase())
