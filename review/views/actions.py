"""What the buttons of a case do. The page is one form, so that whichever is pressed, nothing written elsewhere is lost."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotAllowed
from review import kinds, permissions, services
from review.choices import Criterion, Grade
from review.errors import Incomplete
from review.models import Case

LONGEST = 20_000
LONGEST_SHORT = 4_000
LONGEST_NAME = 100
DECISIONS = ("ask", "approve", "decline")


@dataclass
class Written:
    """Everything that the page sent, read by allowed names only."""

    do: str
    what: str
    version: int
    letter: str
    reason: str
    note: str
    hold: str
    to: str
    grades: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # None: no grade of ours
    questions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, post) -> "Written":
        do, _sep, what = _name(post.get("do", "save")).partition(":")
        version = post.get("version", "")
        short = {name: _lines(post.get(name, "")) for name in ("note", "hold", "to", "reason")}
        asked = {name: _lines(text) for name, text in post.items() if name.startswith("question-")}
        return cls(
            do=do,
            what=what,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
            letter=_lines(post.get("letter", "")),
            grades={
                code: (_grade(post.get(f"grade-{code}", "")), _lines(post[f"why-{code}"]))
                for code in Criterion.values
                if f"why-{code}" in post
            },
            questions={_name(name.removeprefix("question-")): text for name, text in asked.items() if text},
            **short,
        )

    @property
    def is_legible(self) -> bool:
        return all(grade is not None for grade, _why in self.grades.values())

    @property
    def too_long(self) -> str:
        """What to say of texts that are longer than is kept; empty if none is."""
        words = _("%(name)s: %(length)s characters were written, and at most %(most)s are kept. Shorten it.")
        return " ".join(
            words % {"name": name, "length": number_format(len(text)), "most": number_format(most)}
            for name, text, most in self._texts()
            if len(text) > most
        )

    def rows(self) -> list[tuple[str, str]]:
        """Everything written, labelled, for the page that says somebody was faster."""
        return [(name, text) for name, text, _most in self._texts() if text.strip()]

    def _texts(self) -> list[tuple[str, str, int]]:
        """Every text with its label, and how many characters of it are kept."""
        rows = [
            (_("Reason, inside the OAS"), self.reason),
            (_("Note"), self.note),
            (_("Reason of the hold"), self.hold),
        ]
        rows += [(str(Criterion(code).label), why) for code, (_grade, why) in self.grades.items()]
        rows += [(_("Question on %(field)s") % {"field": name}, text) for name, text in self.questions.items()]
        return [(_("Letter"), self.letter, LONGEST), *((*row, LONGEST_SHORT) for row in rows)]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _name(text: str) -> str:
    """A word of the page's own, never typed."""
    return _lines(text)[:LONGEST_NAME]


def _grade(value: str) -> str | None:
    return value if value == "" or value in Grade.values else None


@transaction.atomic
def keep(case: Case, written: Written, request) -> Case:
    """Keep what was written beside the button: grades, letter, reason, completion, questions, a note."""
    by = request.user
    permissions.may_act(by, case).or_refuse()
    held = services.lock(case, version=written.version, yours=written.rows())
    if written.too_long:
        raise Incomplete(written.too_long)
    kind = kinds.of(held)
    if not held.is_open:
        return held
    if "letter" in request.POST:
        parts = {"letter": written.letter, "reason": written.reason}
        form = kind.completion_form(held, request.POST) if "completion" in request.POST else None
        if form is not None:
            form.is_valid()
            parts |= {name: _added(form, name) for name in form.fields}
        held = services.keep_draft(held, by=by, **parts)
    if kind.has_criteria:
        for code, (grade, why) in written.grades.items():
            services.grade(held, code, _standing(held, code) if grade is None else grade, why, by=by)
    known = {one.code for one in kind.fields(held)} if written.questions else set()
    for name, text in written.questions.items():
        if name in known:
            services.draft_question(held, name, text, by=by)
    if written.note.strip():
        services.add_note(held, written.note, by=by)
    return Case.objects.select_related("institution").get(pk=held.pk)


def _added(form, name: str) -> list[str]:
    """The codes that the reviewer chose; the author's own, which the form sends along, may change until the decision."""
    own = getattr(form.fields[name], "own", ())
    return [code for code in form.cleaned_data.get(name, []) if code not in own]


def _standing(case: Case, code: str) -> str:
    return case.grades.filter(criterion=code).values_list("grade", flat=True).first() or ""


@transaction.atomic
def carry_out(case: Case, written: Written, request) -> str:
    """Keep what was written, then do what the button says; answers the address to go on at."""
    if not written.is_legible:
        raise Incomplete(_("Choose one of the grades."))
    held = keep(case, written, request)
    action = ACTIONS.get(written.do)
    if action is None:
        raise NotAllowed(_("This page does not know that action."))
    return action(held, written, request)


def _page(case: Case, anchor: str = "") -> str:
    return reverse("admin:review_case_change", args=[case.pk]) + (f"#{anchor}" if anchor else "")


def _save(case, written, request) -> str:
    messages.success(request, _("What you wrote is kept."))
    return _page(case)


def _pin(case, written, request) -> str:
    if not written.questions.get(written.what):
        raise Incomplete(_("Write the question first."))
    messages.success(request, _("The question is pinned. It is sent when you return the case."))
    return _page(case, f"f-{written.what}")


def _unpin(case, written, request) -> str:
    pk = int(written.what) if written.what.isascii() and written.what.isdigit() and len(written.what) < 16 else 0
    question = case.questions.filter(pk=pk).first()
    if question is None:
        return _page(case)
    services.remove_question(question, by=request.user)
    messages.success(request, _("The draft of the question is removed."))
    return _page(case, f"f-{question.field}")


def _note(case, written, request) -> str:
    if not written.note.strip():
        raise Incomplete(_("Write the note first."))
    messages.success(request, _("The note is kept. It stays inside the OAS."))
    return _page(case, "notes")


def _claim(case, written, request) -> str:
    services.claim(case, by=request.user)
    messages.success(request, _("You work on this case now."))
    return _page(case)


def _release(case, written, request) -> str:
    services.release(case, by=request.user)
    messages.success(request, _("The case is back in the queue for everyone."))
    return _page(case)


def _hand_over(case, written, request) -> str:
    to = next((user for user in permissions.reviewers(case) if str(user.pk) == written.to), None)
    if to is None:
        raise Incomplete(_("Choose the colleague who takes the case."))
    services.assign(case, to, by=request.user)
    messages.success(request, _("%(name)s has the case now and was told.") % {"name": to.name})
    return _page(case)


def _hold(case, written, request) -> str:
    services.hold(case, by=request.user, reason=written.hold)
    messages.success(request, _("The case is on hold. The clock stands still until you take it up again."))
    return _page(case)


def _resume(case, written, request) -> str:
    services.resume(case, by=request.user)
    messages.success(request, _("The case is in review again."))
    return _page(case)


def _draft(case, written, request) -> str:
    drafts = {decision: services.draft_letter(case, decision) for decision in ("approve", "decline")}
    letter = drafts["decline" if written.what == "decline" else "approve"]
    if written.letter and written.letter not in drafts.values():
        letter = f"{letter}\n\n{written.letter}"
    services.keep_draft(case, by=request.user, letter=letter)
    messages.success(request, _("The letter is drafted. Read it and change what you like before you decide."))
    return _page(case, "letter")


def _ask(case, written, request) -> str:
    number = case.questions.filter(sent_at__isnull=True).count()
    services.ask(case, by=request.user)
    words = ngettext(
        "%(reference)s was returned with %(number)s question.",
        "%(reference)s was returned with %(number)s questions.",
        number,
    )
    messages.success(request, words % {"reference": case.reference, "number": number})
    return reverse("admin:review_case_changelist")


def _approve(case, written, request) -> str:
    form = kinds.of(case).completion_form(case, request.POST)
    if form is not None and not form.is_valid():
        first = next(iter(form.errors))
        raise Incomplete(f"{form.fields[first].label}: {form.errors[first][0]}")
    completion = form.cleaned_data if form is not None else {}
    services.approve(case, by=request.user, letter=written.letter, reason=written.reason, completion=completion)
    messages.success(request, _("%(reference)s is approved.") % {"reference": case.reference})
    return reverse("admin:review_case_changelist")


def _decline(case, written, request) -> str:
    services.decline(case, by=request.user, letter=written.letter, reason=written.reason)
    messages.success(request, str(kinds.of(case).declined_words) % {"reference": case.reference})
    return reverse("admin:review_case_changelist")


ACTIONS = {
    "save": _save, "pin": _pin, "unpin": _unpin, "note": _note, "claim": _claim, "release": _release, "give": _hand_over,
    "hold": _hold, "resume": _resume, "draft": _draft, "ask": _ask, "approve": _approve, "decline": _decline,
}  # fmt: skip
