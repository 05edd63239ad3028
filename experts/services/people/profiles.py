"""Profiles begun, written, sent, answered, withdrawn, published."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import NotAllowed, Stale
from experts import notices, permissions
from experts.choices import RevisionState
from experts.errors import Incomplete
from experts.models import Expert, ProfileRevision, Referee
from experts.questions import CONSENT, REFERENCES
from experts.services.people import texts
from experts.services.people.keeping import free_slug, give_role, lock, lock_expert, show
from experts.services.people.moves import move
from network.managers import today
from network.models import User
from review import events
from review import services as review

KIND = "experts.profile"
REFEREE_COLUMNS = ("name", "position", "email", "note")


@transaction.atomic
def begin_profile(*, by, values: dict | None = None, is_demo: bool = False) -> ProfileRevision:
    """Begin a profile; whoever has one open gets that one. The account's name and language are where it starts."""
    permissions.may_begin(by).or_refuse()
    User.objects.select_for_update().get(pk=by.pk)  # two at once: the second finds what the first began
    expert = Expert.objects.filter(user=by).first()
    if expert is not None:
        return _begin_version(lock_expert(expert.pk), by)
    expert = Expert.objects.create(user=by, created_by=by, is_demo=is_demo or by.is_demo)
    values = {"name": by.name, "language": by.language[:2]} | texts.cleaned(values or {})
    draft = ProfileRevision.objects.create(expert=expert, created_by=by, **values)
    events.record(expert.stream, "profile_started", by=by, revision=draft.pk)
    return draft


@transaction.atomic
def correct_profile(expert, *, by) -> ProfileRevision:
    """Begin the next version: a copy of what is published, or of what was written last."""
    permissions.is_own(by, expert).or_refuse()
    return _begin_version(lock_expert(expert.pk), by)


def _begin_version(expert, by) -> ProfileRevision:
    last = expert.revisions.order_by("-number").first()
    if last is not None and last.is_open:
        return last
    start = expert.published or last
    values = texts.values_of(start) if start else {"name": by.name, "language": by.language[:2]}
    draft = ProfileRevision.objects.create(
        expert=expert, number=texts.next_number(expert.pk), base=expert.published, created_by=by, **values
    )
    events.record(expert.stream, "profile_started", by=by, revision=draft.pk)
    return draft


@transaction.atomic
def save_profile(
    revision, *, by, values: dict, referees: list[dict] | None = None, shown=None, version: int | None = None
) -> ProfileRevision:
    """Save a draft, complete or not. With `version`, what was saved meanwhile from another window is not overwritten.

    What is shown stands on the record; here it is chosen for the first time, before anything is public.
    """
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    if version is not None and version != draft.version:
        raise Stale(_("You saved this profile from another window since you opened this page."))
    values = texts.cleaned(values)
    written = texts.changed(draft, values)
    for column in written:
        setattr(draft, column, values[column])
    if referees is not None:
        _keep_referees(draft.expert, referees)
    if shown is not None and draft.expert.published_id is None:
        Expert.objects.filter(pk=draft.expert_id).update(shown=list(shown))
    draft.saved_at = timezone.now()
    draft.version += 1
    draft.save(update_fields=[*written, "saved_at", "version"])
    return ProfileRevision.objects.select_related("expert", "case").get(pk=draft.pk)


def _keep_referees(expert, rows: list[dict]) -> None:
    """The references as they stand in the form."""
    wanted = [{name: (row.get(name) or "").strip() for name in REFEREE_COLUMNS} for row in rows]
    wanted = [row for row in wanted if any(row.values())]
    if wanted == list(expert.referees.values(*REFEREE_COLUMNS)):
        return
    expert.referees.all().delete()
    Referee.objects.bulk_create(Referee(expert=expert, **row) for row in wanted)


def missing(revision, *, consent: bool = True) -> list:
    """What still lacks: answers; for a first profile references; consent."""
    found = texts.missing(texts.values_of(revision))
    if revision.expert.published_id is None and not revision.expert.referees.exclude(name="").exclude(email=""):
        found.append(REFERENCES)
    return found if consent else [*found, CONSENT]


@transaction.atomic
def submit_profile(revision, *, by, consent: bool, version: int | None = None) -> ProfileRevision:
    """Send a profile to the OAS: a case opens, or the open case gets its next round. The text is frozen."""
    draft = lock(revision)
    permissions.may_write(by, draft).or_refuse()
    if version is not None and version != draft.version:
        raise Stale(
            _("You changed this profile in another window. Read it once more, then send it."),
            url=reverse("experts:check"),
        )
    if lacking := missing(draft, consent=consent):
        raise Incomplete(_("The profile is not complete yet."), lacking)
    if draft.expert.registry_consent != YesNo.YES:
        draft.expert.registry_consent = YesNo.YES
        draft.expert.save(update_fields=["registry_consent"])
        events.record(draft.expert.stream, "consented", by=by)
    reference = draft.reference or review.next_reference()
    move(draft, "submit", by=by, submitted_at=timezone.now(), reference=reference)
    _hand_in(draft, by)
    return draft


def _hand_in(sent: ProfileRevision, by) -> None:
    copies = {
        "title": sent.name, "language": sent.language, "country": sent.residence.iso2 if sent.residence else "",
        "themes": sent.themes,
    }  # fmt: skip
    kind = "experts.answered" if sent.case_id else "experts.submitted"
    if sent.case_id:
        case = sent.case = review.return_to_review(sent.case, by=by, **copies)
    else:
        case = sent.case = review.open_case(KIND, by=by, stream=sent.expert.stream, reference=sent.reference, **copies)
        sent.save(update_fields=["case"])
    notices.tell_person(kind, sent, due=case.due_on)


@transaction.atomic
def withdraw_profile(revision, *, by) -> None:
    """The person takes back what has no decision yet; the case, if there is one, ends with it."""
    current = lock(revision)
    permissions.may_withdraw(by, current).or_refuse()
    if current.case_id:
        review.withdraw(current.case, by=by)  # the kind of case closes the profile through `close`
    else:
        move(current, "withdraw", by=by, is_open=False)
        current.expert.referees.all().delete()


@transaction.atomic
def discard_profile(revision, *, by) -> None:
    """Throw away a draft that nobody has received; and a record that has nothing else."""
    draft = lock(revision)
    permissions.may_discard(by, draft).or_refuse()
    expert = draft.expert
    events.record(expert.stream, "discarded", by=by, revision=draft.pk)
    draft.delete()
    expert.referees.all().delete()
    if not expert.revisions.exists():
        expert.delete()


# --- what a case does to its profile --------------------------------------------------------------
def current_revision(case) -> ProfileRevision | None:
    """The newest version that the OAS has in this case."""
    sent = case.profiles.filter(state=RevisionState.SUBMITTED).select_related("expert__user", "case")
    return sent.order_by("-number").first()


@transaction.atomic
def open_next_round(case, *, by) -> ProfileRevision:
    """Questions: what was submitted becomes the draft of the next round."""
    sent = lock(current_revision(case))
    sent.is_open = False
    sent.save(update_fields=["is_open"])
    draft = ProfileRevision.objects.create(
        expert=sent.expert, number=texts.next_number(sent.expert_id), base=sent.base, case=case, reference=sent.reference,
        round=sent.round + 1, created_by=sent.created_by, **texts.values_of(sent),
    )  # fmt: skip
    events.record(sent.expert.stream, "round_opened", by=by, case=case, revision=draft.pk, round=draft.round)
    return draft


@transaction.atomic
def close(case, *, by) -> None:
    """Declined or withdrawn: no version of the case is open any more, and its references go. What is published stays."""
    for revision in case.profiles.filter(is_open=True):
        held = lock(revision)
        if held.state == RevisionState.DRAFT:
            move(held, "close", by=by, is_open=False)
        else:
            held.is_open = False
            held.save(update_fields=["is_open"])
    Referee.objects.filter(expert__revisions__case=case).delete()


@transaction.atomic
def publish_profile(revision, *, by) -> Expert:
    """Approval: this text becomes the public one. The address is given once; being published anew confirms the profile."""
    revision = lock(revision)
    expert = revision.expert
    if expert.user is None or expert.retired_at:
        raise NotAllowed(_("This person left the directory meanwhile."))
    now = timezone.now()
    expert.published, expert.published_at = revision, now
    expert.first_published_at = expert.first_published_at or now
    expert.slug = expert.slug or free_slug(revision.name, expert.pk)
    expert.confirmed_on, expert.confirmation_asked_on, expert.silent_since = today(), None, None
    expert.version += 1
    expert.save()
    if revision.is_open:
        revision.is_open = False
        revision.save(update_fields=["is_open"])
    expert.referees.all().delete()
    give_role(expert.user, by=by)
    events.record(expert.stream, "published", by=by, case=revision.case, revision=revision.pk)
    show(expert)
    return expert
