"""The text for the knowledge base: drafted from the request, changed by either side, agreed to by both."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import NotAllowed, Stale
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import RevisionState, Side
from experts.models import Answer, AnswerRevision
from experts.services.answers.keeping import TEXT, lock, turn
from review import events
from review import services as review

KIND = "experts.answer"
COLUMNS = ("title", "question", "reply", "language", "country_id")
PEOPLE_MOST = 3  # letters of a name that is too short to be told from a word


def text_of(request) -> AnswerRevision | None:
    """The newest text of a request whose both sides consent; None without both. Nothing is begun by reading."""
    if not _both_consent(request) or not hasattr(request, "kept"):
        return None
    newest = request.kept.revisions.select_related("case", "answer").order_by("-number").first()
    return newest if newest and _is_of_expert(newest, request) else None


def begin_text(held, *, by) -> AnswerRevision | None:
    """Draft a text of a locked request, once both sides consent: from what was asked and answered, or, where a text was closed and is
    not public, from that text. What an earlier expert drafted is not taken up."""
    if not _both_consent(held):
        return None
    answer, _new = Answer.objects.get_or_create(request=held, defaults={"created_by": by, "is_demo": held.is_demo})
    newest = answer.revisions.order_by("-number").first()
    own = newest is not None and _is_of_expert(newest, held)
    if own and (newest.is_open or newest.pk == answer.published_id):
        return newest
    if newest is not None and newest.is_open:
        _set_aside(newest, by)
    values = {name: getattr(newest, name) for name in TEXT} if own else _said(held)
    revision = AnswerRevision.objects.create(
        answer=answer, created_by=by, number=newest.number + 1 if newest else 1, base=newest if own else None, **values
    )
    events.record(answer.stream, "drafted", by=by, revision=revision.pk)
    both = [*notices.asking_side(held), *notices.experts_side(held)]
    notices.tell("answer_text", held, both, by=by, url_name="experts:kept_text", key=f"experts.text:{revision.pk}:0")
    return revision


def _both_consent(request) -> bool:
    return YesNo.YES == request.requester_consent == request.expert_consent


def _is_of_expert(revision, request) -> bool:
    """Whether the text was begun while the present expert answered, and not by somebody before."""
    return request.accepted_at is None or revision.created_at >= request.accepted_at


def _set_aside(revision, by) -> None:
    if revision.case_id:
        review.withdraw(revision.case, by=by)  # the kind of case closes the text
    AnswerRevision.objects.filter(pk=revision.pk, is_open=True).update(is_open=False, state=RevisionState.WITHDRAWN)


def _said(held) -> dict:
    """What was asked, and the answers of the expert who accepted: words of an earlier one are theirs."""
    answers = held.messages.filter(side=Side.EXPERT, is_answer=True, author=held.expert and held.expert.user_id)
    return {
        "language": held.language, "title": held.title, "question": held.question, "themes": [held.theme_id],
        "reply": "\n\n".join(answers.values_list("text", flat=True)),
    }  # fmt: skip


@transaction.atomic
def save_text(revision, *, by, values: dict, version: int | None = None) -> AnswerRevision:
    """Change a draft: whoever changes it agrees to nothing yet, and the other side's agreement no longer counts."""
    held = lock(revision)
    _side(held, by)
    if not held.is_draft or not held.is_open:
        raise NotAllowed(_("This text was sent and does not change any more."))
    if version is not None and version != held.version:
        raise Stale(_("The other side changed the text since you opened the page. Nothing was saved over it."))
    values = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items() if name in COLUMNS
    }
    if all(getattr(held, name) == value for name, value in values.items()):
        return held
    turn(held, "text_changed", state=held.state, by=by, requester_agrees=False, expert_agrees=False,
         saved_at=timezone.now(), **values)  # fmt: skip
    _tell_other(held, by)
    return held


@transaction.atomic
def agree(revision, *, by, version: int) -> AnswerRevision:
    """Agree to the text as it stands. With the second agreement it goes to the OAS."""
    held = lock(revision)
    side = _side(held, by)
    if not held.is_draft or not held.is_open:
        raise NotAllowed(_("This text was sent and does not change any more."))
    if version != held.version:
        raise Stale(_("The text changed since you opened the page. Read it once more, then agree."))
    setattr(held, f"{side}_agrees", True)
    held.save(update_fields=[f"{side}_agrees"])
    events.record(held.answer.stream, f"agreed_{side}", by=by, revision=held.pk)
    if held.requester_agrees and held.expert_agrees:
        _submit(held, by)
    else:
        _tell_other(held, by)
    return held


def _submit(held, by) -> None:
    reference = held.reference or review.next_reference()
    turn(held, "submit", state=RevisionState.SUBMITTED, by=by, submitted_at=timezone.now(), reference=reference)
    copies = {"title": held.title, "language": held.language, "country": held.country_id or "", "themes": held.themes}
    if held.case_id:
        held.case = review.return_to_review(held.case, by=by, **copies)
    else:
        held.case = review.open_case(KIND, by=by, stream=held.answer.stream, reference=reference, **copies)
        held.save(update_fields=["case"])
    request = held.answer.request
    both = [*notices.asking_side(request), *notices.experts_side(request)]
    notices.tell(
        "answer_submitted", request, both, url_name="experts:kept_text", key=f"experts.submitted:{held.pk}",
        case=reference, due=held.case.due_on,
    )  # fmt: skip


def _side(held, by) -> str:
    request = held.answer.request
    if request is None:
        raise NotAllowed(_("Only whoever asked and the expert decide on this text."))
    permissions.may_consent(by, request).or_refuse()
    if YesNo.NO in (request.requester_consent, request.expert_consent):
        raise NotAllowed(_("One of the two sides took the consent back: nothing is published."))
    return Side.EXPERT if permissions.is_expert(by, request) else Side.REQUESTER


def _tell_other(held, by) -> None:
    request = held.answer.request
    both = [*notices.asking_side(request), *notices.experts_side(request)]
    notices.tell(
        "answer_text", request, both, by=by, url_name="experts:kept_text", key=f"experts.text:{held.pk}:{held.version}"
    )


# --- names that the text should not hold ------------------------------------------------------------
def names_in(revision) -> list[str]:
    """Names of people, institutions and countries of the request that stand in the text: pointed out before it is agreed to."""
    request = revision.answer.request
    if request is None:
        return []
    text = " ".join((revision.title, revision.question, revision.reply)).casefold()
    return [name for name in _telling(request) if name.casefold() in text]


def _telling(request) -> list[str]:
    people = [request.requester, request.expert.user if request.expert else None]
    found = [
        part for person in people if person for part in (person.name, *person.name.split()) if len(part) > PEOPLE_MOST
    ]
    place = request.institution
    found += [name for name in (place.name, place.name_en, place.short_name) if name]
    countries = {country for country in (request.country, place.country) if country}
    for country in countries:
        found += [country.label_en, country.label_es, country.label_pt, country.label_fr]
    return list(dict.fromkeys(found))
