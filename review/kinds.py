"""Kinds of case. The queue knows nothing of what is decided; the app that does registers its kind in AppConfig.ready()."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from network.choices import Role


@dataclass(frozen=True)
class ReviewField:
    """One field as the reviewer reads it: plain text in lines, escaped by the page. `language` marks the text's language.

    `drawn` is the same text as readers will see it, already passed through the portal's renderer: it is shown in its place
    where there is nothing to hold it against.
    """

    code: str
    number: str
    label: str
    section: str
    old: str
    new: str
    language: str = ""
    drawn: SafeString | str = ""

    @property
    def changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class ReviewFile:
    """A file of the case, downloaded through the owner's view, which asks permission again."""

    name: str
    url: str
    size: int
    note: str = ""


@dataclass(frozen=True)
class Related:
    """A published record that the reviewer may want to hold against the case."""

    title: str
    url: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Statement:
    """The submitter's own word on one criterion, with the evidence they name."""

    statement: str
    evidence: str = ""


@dataclass(frozen=True)
class Against:
    """What a revision is held against, in words for the heads of the two columns.

    `published` are the words for the link to the site, where what is published is not the text it is held against.
    """

    old: str = ""
    new: str = ""
    url: str = ""
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    published: str = ""


class CaseKind:
    """What the queue asks of a kind. A subclass overrides what it has; the rest stays quiet."""

    key = ""
    label = ""
    icon = "page"
    default_days = 30
    roles = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})  # who works on cases of the kind
    others_words = _("Only reviewers and network administrators work on cases.")
    concerned_words = _("Nobody decides on a case about themselves.")
    has_criteria = False
    can_ask = False
    drafts_letters = False
    is_about_opener = False  # the title is the name of whoever opened the case
    approve_label = _("Approve")
    letter_label = _("Letter to the institution")
    letter_missing = _("Write the letter to the institution: it is what they read of the decision.")
    decline_label = _("Decline with this letter")
    declined_words = _("%(reference)s is declined. The institution was told.")
    reason_is_needed = True  # declining asks for a reason beside the letter, which stays inside the OAS
    question_label = _("Question to the institution")
    waits_label = _("The institution has the questions. The case comes back when it answers.")
    related_title = _("Published on the same themes")
    verbs: dict[str, str] = {}  # sentences of the history for what the kind's own app records on the stream

    # --- what there is to read
    def names(self, cases) -> dict[int, tuple[str, str]]:
        """Name and icon of each case, by id, for instance a correction among submissions. One query for all of them."""
        return {case.pk: (str(self.label), self.icon) for case in cases}

    def revision(self, case):
        """The revision under review, or None where the kind has none."""
        return None

    def revisions(self, case) -> list:
        """Every revision that the OAS received in this case, oldest first."""
        return []

    def fields(self, case, *, against=None) -> list[ReviewField]:
        """What the case says, held against the published text or another revision."""
        return []

    def against(self, case, *, against=None) -> Against:
        """The heads of the two columns."""
        return Against()

    def statements(self, case) -> dict[str, Statement]:
        """The submitter's statements, by criterion."""
        return {}

    def files(self, case) -> list[ReviewFile]:
        """Files of the case."""
        return []

    def approve_words(self, case) -> str:
        """What stands on the button of the one main action."""
        return str(self.approve_label)

    def related(self, case) -> list[Related]:
        """Published records near to it."""
        return []

    # --- what a decision does
    def completion_form(self, case, data=None):
        """A form for what the reviewer completes at approval, or None."""
        return None

    def before_approve(self, case, *, by) -> None:
        """Raise what stands in the way of approving (Stale if what is published has moved)."""

    def approve(self, case, *, by, completion: dict) -> None:
        """Carry the approval out."""

    def ask_back(self, case, *, by) -> None:
        """Open the next round for the institution."""

    def take_answer(self, case) -> bool:
        """Whether the round that brings the answers of a locked case may still be written. Where several people write it, its
        version is raised: whoever has read it through is asked to read it once more."""
        return True

    def end(self, case, *, by) -> None:
        """Declined or withdrawn: close the subject."""

    # --- whom it concerns
    def concerns(self, case, user) -> bool:
        """Whether the case is about this person, or their own work, who then does not decide it."""
        return False

    def entrusts(self, case, user) -> bool:
        """Whether somebody outside the OAS may decide this case, as a coordinator on their own officers."""
        return False

    def people(self, case) -> list:
        """Those on the institution's side whom it concerns."""
        return []

    def tell(self, case, step: str, *, by=None, key: str = "", **params) -> None:
        """Tell `people` of a step: questions, questions_reminder, on_hold, resumed, approved, declined. Silent unless it speaks."""

    def waits_for_institution(self, case) -> bool:
        """Whether questions that were asked still lie with those who answer them, who are then reminded."""
        return True

    def status_url(self, case) -> tuple[str, list]:
        """Name and arguments of the page where they follow it."""
        return ("home:desk", [])

    def public_url(self, case) -> str:
        """Address of what is published, or nothing."""
        return ""


_KINDS: dict[str, CaseKind] = {}


class UnknownKind(CaseKind):
    """Stands in for the kind of an old case whose app is gone: readable, not decidable."""

    label = _("Unknown kind")


def register(kind: CaseKind) -> None:
    """Make a kind known."""
    _KINDS[kind.key] = kind


def get(key: str) -> CaseKind:
    """The kind by its key; KeyError for one nobody registered."""
    return _KINDS[key]


def of(case) -> CaseKind:
    """The kind of a case."""
    return _KINDS.get(case.kind) or UnknownKind()


def open_to(user) -> list[CaseKind]:
    """The kinds whose cases one of the person's roles works on, by key."""
    return [kind for kind in registered() if user.holds(*kind.roles)]


def roles() -> set[str]:
    """Every role that works on cases of some kind."""
    return CaseKind.roles.union(*(kind.roles for kind in registered()))


def registered() -> list[CaseKind]:
    """Every kind, by key."""
    return [_KINDS[key] for key in sorted(_KINDS)]
