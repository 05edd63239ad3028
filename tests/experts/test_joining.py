"""Joining the directory: written, sent, decided in the one queue, published with consent to each field."""

import pytest
from django.db import connection, transaction

from catalogue.models import Entry
from core.errors import NotAllowed, Stale
from experts import services
from experts.choices import RevisionState
from experts.errors import Incomplete
from experts.models import Expert, ProfileRevision, Referee
from network.choices import Role
from notifications.models import Notice
from review import services as review
from review.choices import CaseState
from review.models import Case, Event
from tests import factories
from tests.experts.factories import COMPLETE, REFEREE, draft_profile, sent_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena():
    return factories.person("elena@example.org", name="Elena Ríos", language="es")


@pytest.fixture
def sent(elena, bruno):
    return sent_profile(elena)


def told(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def ask(case, by, field="biography", text="When was that?"):
    review.draft_question(case, field, text, by=by)
    return review.ask(Case.objects.get(pk=case.pk), by=by)


# --- writing --------------------------------------------------------------------------------------
def test_anybody_with_an_account_begins_one_profile_and_finds_it_again(elena):
    first = services.begin_profile(by=elena)
    assert first.name == "Elena Ríos" and first.state == RevisionState.DRAFT
    assert services.begin_profile(by=elena) == first and Expert.objects.count() == 1


def test_a_draft_may_lack_much_and_a_sent_profile_nothing(elena):
    draft = services.begin_profile(by=elena)
    services.save_profile(draft, by=elena, values={"biography": "Algo."})
    draft.refresh_from_db()
    with pytest.raises(Incomplete) as refused:
        services.submit_profile(draft, by=elena, consent=False)
    lacking = [one.key for one in refused.value.missing]
    assert lacking == [
        "profession",
        "theme_lines",
        "countries",
        "languages",
        "modalities",
        "referees",
        "consent",
    ]


def test_a_theme_without_its_level_does_not_count(elena):
    draft = draft_profile(elena, theme_lines=[{"theme": "LAB-1", "level": ""}])
    assert [one.key for one in services.missing(draft)] == ["theme_lines"]


def test_nobody_writes_the_profile_of_another(elena, ana):
    draft = draft_profile(elena)
    for act in (
        lambda: services.save_profile(draft, by=ana, values={"name": "Otra"}),
        lambda: services.submit_profile(draft, by=ana, consent=True),
        lambda: services.discard_profile(draft, by=ana),
        lambda: services.withdraw_profile(draft, by=ana),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not ProfileRevision.objects.visible_to(ana).exists()


def test_what_another_window_saved_is_not_overwritten(elena):
    draft = draft_profile(elena)
    services.save_profile(draft, by=elena, values={"position": "Nueva"}, version=draft.version)
    with pytest.raises(Stale):
        services.save_profile(draft, by=elena, values={"position": "Vieja"}, version=draft.version)
    assert ProfileRevision.objects.get(pk=draft.pk).position == "Nueva"


def test_a_discarded_first_draft_leaves_nothing(elena):
    services.discard_profile(draft_profile(elena), by=elena)
    assert not Expert.objects.exists() and not Referee.objects.exists()


# --- sending and deciding -------------------------------------------------------------------------
def test_a_sent_profile_is_a_case_with_a_receipt_and_nothing_public(sent, elena):
    assert sent.case.kind == "experts.profile" and sent.case.reference == sent.reference
    assert (sent.case.title, sent.case.country, sent.case.themes) == ("Elena Ríos", "CL", ["LAB-1"])
    assert told(elena) == ["experts.submitted"]
    assert not Expert.objects.public().exists() and not Entry.objects.filter(kind="experts").exists()


def test_a_sent_text_never_changes(sent):
    with pytest.raises(Exception, match="never changes"), transaction.atomic():
        ProfileRevision.objects.filter(pk=sent.pk).update(biography="Otra")
    with pytest.raises(Exception, match="only when the person is erased"), transaction.atomic():
        ProfileRevision.objects.filter(pk=sent.pk).delete()


def test_approval_publishes_gives_the_role_and_erases_the_references(sent, elena, bruno):
    review.approve(sent.case, by=bruno)
    expert = Expert.objects.get(user=elena)
    assert expert.is_public and expert.slug == "elena-rios" and expert.confirmed_on
    assert elena.memberships.current().get().role == Role.EXPERT
    assert not Referee.objects.exists() and "experts.approved" in told(elena)
    entry = Entry.objects.get(permanent_id=expert.permanent_id)
    assert entry.title == "Elena Ríos" and entry.institution_name == "" and entry.summary == ""


def test_the_address_is_given_once_and_never_a_word_of_ours(bruno):
    names = ["Elena Ríos", "Elena Ríos", "Join", "日本"]
    slugs = []
    for name in names:
        sent = sent_profile(factories.person(name=name), name=name)
        review.approve(sent.case, by=bruno)
        slugs.append(Expert.objects.get(pk=sent.expert_id).slug)
    numbers = list(Expert.objects.order_by("pk").values_list("pk", flat=True))
    assert slugs == ["elena-rios", f"elena-rios-{numbers[1]}", f"join-{numbers[2]}", f"expert-{numbers[3]}"]


def test_questions_open_a_round_and_the_answers_close_it(sent, elena, bruno):
    case = ask(sent.case, bruno)
    draft = ProfileRevision.objects.open().get()
    assert (draft.round, draft.number, draft.reference) == (2, 2, sent.reference) and "experts.questions" in told(elena)
    services.save_profile(draft, by=elena, values={"biography": "Desde 2004."})
    services.submit_profile(ProfileRevision.objects.get(pk=draft.pk), by=elena, consent=True)
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW and case.round == 2
    review.approve(case, by=bruno)
    assert Expert.objects.get().published.biography == "Desde 2004."


def test_a_declined_profile_keeps_its_text_for_the_person_and_loses_its_references(sent, elena, bruno):
    review.decline(sent.case, by=bruno, letter="Not yet.", reason="Too short")
    assert not Expert.objects.public().exists() and not Referee.objects.exists()
    again = services.correct_profile(Expert.objects.get(), by=elena)
    assert again.biography == COMPLETE["biography"] and again.is_open and again.case is None


def test_the_person_withdraws_while_nothing_is_decided(sent, elena, bruno):
    services.withdraw_profile(sent, by=elena)
    assert Case.objects.get().state == CaseState.WITHDRAWN and not Referee.objects.exists()
    with pytest.raises(NotAllowed):
        services.withdraw_profile(ProfileRevision.objects.get(), by=elena)


def test_nobody_decides_on_their_own_profile(bruno, oas):
    sent = sent_profile(bruno)
    with pytest.raises(NotAllowed, match="themselves"):
        review.approve(sent.case, by=bruno)


def test_a_correction_leaves_what_is_published_until_it_is_approved(sent, elena, bruno):
    review.approve(sent.case, by=bruno)
    expert = Expert.objects.get()
    draft = services.correct_profile(expert, by=elena)
    assert services.correct_profile(expert, by=elena) == draft
    services.save_profile(draft, by=elena, values={"name": "Elena Ríos Soto"})
    again = services.submit_profile(ProfileRevision.objects.get(pk=draft.pk), by=elena, consent=True)
    expert.refresh_from_db()
    assert expert.published.name == "Elena Ríos" and again.case_id != sent.case_id
    review.approve(again.case, by=bruno)
    expert.refresh_from_db()
    assert (expert.published.name, expert.slug) == ("Elena Ríos Soto", "elena-rios")


def test_names_and_references_stand_in_no_event_and_no_mail(sent, bruno):
    ask(sent.case, bruno)
    written = " ".join(
        str(row)
        for row in [*Event.objects.values_list("data", flat=True), *Notice.objects.values_list("params", flat=True)]
    )
    for word in ("Elena", "Rita", "rita@example.org", "Dirigió"):
        assert word not in written


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_one_profile(elena, bruno):
    from concurrent.futures import ThreadPoolExecutor

    draft = draft_profile(elena)

    def send():
        try:
            services.submit_profile(draft, by=elena, consent=True)
        except NotAllowed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _n: send(), range(2)))
    assert sorted(done) == [False, True] and Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_beginnings_at_once_are_one_profile(elena):
    from concurrent.futures import ThreadPoolExecutor

    def begin(_number):
        try:
            return services.begin_profile(by=elena).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(begin, range(2)))) == 1
    assert Expert.objects.count() == 1


def test_references_are_the_reviewers_to_read_and_nobody_elses(sent, elena, bruno, client_of, client):
    page = client_of(bruno).get(f"/admin/review/case/{sent.case_id}/change/").text
    assert REFEREE["email"] in page and "Elena Ríos" in page
    review.approve(sent.case, by=bruno)
    assert REFEREE["email"] not in client_of(bruno).get(f"/admin/review/case/{sent.case_id}/change/").text
    assert REFEREE["email"] not in client.get("/en/experts/elena-rios/").text


def test_hostile_words_are_shown_as_words(elena, bruno, client_of, client):
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} %(name)s"
    sent = sent_profile(
        elena, name=nasty[:150], biography=nasty, position=nasty, shown=["position", "biography", "publications"],
        publications=[{"title": nasty, "link": "javascript:alert(1)"}],
    )  # fmt: skip
    case = f"/admin/review/case/{sent.case_id}/change/"
    own = client_of(elena)
    pages = [client_of(bruno).get(case).text, own.get("/en/experts/me/").text]
    review.approve(sent.case, by=bruno)
    pages.append(client.get(f"/en/experts/{Expert.objects.get().slug}/").text)
    for page in pages:
        assert "<script>alert(1)" not in page and "<img src=x" not in page and 'href="javascript' not in page
        assert "&lt;script&gt;" in page
