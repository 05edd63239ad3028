"""What the page of a case shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from catalogue import labels
from review import diff, kinds, permissions, queue, services, states
from review.choices import CaseState, Criterion, Grade
from review.history import history
from review.models import Case, Question


@dataclass(frozen=True)
class FieldView:
    """One field with its difference, the draft of a question and the questions already answered."""

    field: kinds.ReviewField
    difference: diff.Difference
    draft: Question | None
    asked: list[tuple[Question, bool]]  # each with whether its answer reached the OAS
    typed: str = ""

    @property
    def is_new(self) -> bool:
        return not self.field.old

    @property
    def is_open(self) -> bool:
        return self.field.changed or bool(self.draft or self.asked)


@dataclass(frozen=True)
class CriterionView:
    """One criterion: the grade so far, and the submitter's own word beside it."""

    code: str
    number: int
    label: str
    grade: str
    reason: str
    statement: kinds.Statement | None


@dataclass(frozen=True)
class Comparison:
    """One revision that the case can be held against."""

    key: str
    words: str
    is_current: bool


class CasePage:
    """The case as one reader sees it now."""

    def __init__(self, case: Case, user, now: datetime, against: str = "", look=None):
        self.case, self.user, self.now = case, user, now
        self.kind = kinds.of(case)
        self.typed = self.typed_codes = None  # what was typed before the reader was signed out
        self.look = look
        self.revisions = self.kind.revisions(case)
        self.held_against = self._choose(against)
        self.name, self.icon = self.kind.names([case])[case.pk]
        self.may = permissions.may_act_on_open(user, case)
        self.inside = not permissions.stands_back(user, case)

    # --- what it is held against
    @property
    def earlier(self) -> list:
        return self.revisions[:-1]

    def _choose(self, key: str):
        """The revision asked for; by default the published text, else the one that this reader read before."""
        if key == "published":
            return None
        by_key = {str(revision.pk): revision for revision in self.earlier}
        if key in by_key:
            return by_key[key]
        seen = str(self.look.before) if self.look and self.look.before else ""
        return None if self.heads.old or not seen else by_key.get(seen)

    @cached_property
    def heads(self) -> kinds.Against:
        return self.kind.against(self.case)

    @cached_property
    def against(self) -> kinds.Against:
        return self.kind.against(self.case, against=self.held_against) if self.held_against else self.heads

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """The published text and the earlier rounds, where there is a choice."""
        if not self.earlier:
            return []
        first = _("The published text") if self.heads.old else _("Everything, as new")
        if self.heads.published:
            first = self.heads.old
        chosen = self.held_against.pk if self.held_against else None
        rounds = [
            Comparison(
                str(revision.pk), self._round_words(getattr(revision, "round", number), revision), revision.pk == chosen
            )
            for number, revision in enumerate(self.earlier, start=1)
        ]
        return [Comparison("published", first, chosen is None), *rounds]

    def _round_words(self, number: int, revision) -> str:
        if self.look and self.look.before == revision.pk:
            return _("What changed since you last looked (round %(number)s)") % {"number": number}
        return _("What changed since round %(number)s") % {"number": number}

    # --- fields
    @cached_property
    def fields(self) -> list[FieldView]:
        found = self.kind.fields(self.case, against=self.held_against)
        return [
            FieldView(
                field,
                diff.compare(field.old, field.new) if field.changed else diff.Difference([], [], 0),
                next((q for q in self.questions if q.field == field.code and not q.sent_at), None),
                [(q, q.has_come_back(self.case)) for q in self.questions if q.field == field.code and q.sent_at],
                self.typed.questions.get(field.code, "") if self.typed else "",
            )
            for field in found
        ]

    @property
    def changed(self) -> list[FieldView]:
        return [view for view in self.fields if view.is_open]

    @property
    def number_changed(self) -> int:
        return sum(view.field.changed for view in self.fields)

    @property
    def unchanged(self) -> list[FieldView]:
        return [view for view in self.fields if not view.is_open]

    @cached_property
    def questions(self) -> list[Question]:
        return list(self.case.questions.select_related("asked_by", "answered_by"))

    @property
    def drafts(self) -> list[Question]:
        return [question for question in self.questions if not question.sent_at]

    # --- the case
    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        country = labels.read().country.get(self.case.country)
        place = ", ".join(part for part in (self.case.institution_name, country.label if country else "") if part)
        words = _("Institution") if self.case.institution_name else _("Country")
        facts = [*self.heads.facts, (words, place)]
        return [(label, value) for label, value in facts if value]

    @property
    def days(self) -> int:
        return queue.waited(self.case, self.now)

    @property
    def late(self) -> bool:
        return queue.is_late(self.case, self.now)

    @property
    def tag(self) -> tuple:
        return queue.tag(self.case)

    @cached_property
    def notes(self) -> list:
        return list(self.case.notes.select_related("by"))

    @cached_property
    def history(self) -> list:
        return history(self.case)

    @cached_property
    def files(self) -> list:
        return self.kind.files(self.case)

    @cached_property
    def related(self) -> list:
        return self.kind.related(self.case)

    @cached_property
    def criteria(self) -> list[CriterionView]:
        if not self.kind.has_criteria:
            return []
        given = {grade.criterion: (grade.grade, grade.reason) for grade in self.case.grades.all()}
        given |= {code: (grade or "", why) for code, (grade, why) in (self.typed.grades if self.typed else {}).items()}
        said = self.kind.statements(self.case)
        return [
            CriterionView(
                code, number, label, *given.get(code, ("", "")), said.get(code)
            )
            for number, (code, label) in enumerate(Criterion.choices, start=1)
        ]  # fmt: skip

    # --- what may be done
    @property
    def grades(self):
        return Grade.choices

    @cached_property
    def moves(self) -> set[str]:
        moves = set(states.moves_from(self.case.state)) if self.may else set()
        return moves if self.kind.can_ask else moves - {"ask"}

    @property
    def may_ask(self) -> bool:
        return "ask" in self.moves

    @property
    def may_approve(self) -> bool:
        return "approve" in self.moves

    @cached_property
    def completion(self):
        codes = self.typed_codes if self.typed_codes and "completion" in self.typed_codes else None
        return self.kind.completion_form(self.case, codes) if self.may_approve else None

    @property
    def approve_words(self) -> str:
        return self.kind.approve_words(self.case)

    @property
    def letter(self) -> str:
        return self.typed.letter if self.typed else self.case.draft.get("letter", "")

    @property
    def reason(self) -> str:
        return self.typed.reason if self.typed else self.case.draft.get("reason", "")

    @property
    def is_mine(self) -> bool:
        return self.case.assignee_id == self.user.pk

    @cached_property
    def is_taken(self) -> bool:
        """Whether a colleague works on it who still may."""
        return services.works_on(self.case.assignee, self.case)

    @cached_property
    def colleagues(self) -> list:
        """Those to whom it can be handed over."""
        return [user for user in permissions.reviewers(self.case) if user.pk != self.case.assignee_id]

    @property
    def is_stopped(self) -> bool:
        return self.case.state in (CaseState.QUESTIONS, CaseState.ON_HOLD)


def gather(case: Case, user, now: datetime, against: str = "") -> CasePage:
    """The page, with the reader's look noted."""
    revision = kinds.of(case).revision(case)
    look = services.look(case, revision.pk if revision else None, by=user) if permissions.works_on_cases(user) else None
    return CasePage(case, user, now, against, look)
