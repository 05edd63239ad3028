"""A confidential request appears nowhere but before the eyes of those whom it is for."""

import pytest
from django.core import mail
from django.urls import reverse

from catalogue.models import Entry, Word
from core.errors import NotAllowed
from experts.services.advice import answering, asking, candidates, clocks, talking
from notifications.models import Notice
from notifications.services import send_owed
from tests.experts.factories import closed, expert, request

pytestmark = pytest.mark.django_db
WORD = "zarzaparrilla"  # what is searched for stands on the page of the search
SECRET = f"{WORD} zx9secret"
PUBLIC = (
    "/en/", "/en/search/?q=zarzaparrilla", "/en/experts/", "/en/experts/?q=zarzaparrilla", "/en/experts/feed/",
    "/en/experts/answers/", "/en/experts/answers/?q=zarzaparrilla", "/en/experts/answers/feed/", "/en/overview/", "/en/countries/CL/",
    "/en/themes/LAB-1/", "/sitemap.xml", "/sitemap-pages.xml", "/api/v1/", "/en/search/feed/",
)  # fmt: skip


@pytest.fixture
def secret(ana, agency_cl):
    """Asked, accepted and answered, with the word in everything that people wrote."""
    one = expert("Elena Ríos")
    made = request(
        ana,
        agency_cl,
        confidential=True,
        title=f"Title {SECRET}",
        question=f"Question {SECRET}",
        tried=f"Tried {SECRET}",
    )
    offer = asking.ask(made, [one.pk], by=ana)[0]
    made = answering.accept(offer, by=one.user)
    talking.write(made, by=ana, text=f"Message {SECRET}")
    return talking.answer(made, by=one.user, text=f"Answer {SECRET}").request


def test_nowhere_in_public(secret, client):
    for address in PUBLIC:
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 404), address
        assert "zx9secret" not in answer.content.decode() and "A-000" not in answer.content.decode(), address
    assert not Entry.objects.filter(title__contains=WORD).exists()
    assert not Word.objects.filter(folded__in=[WORD, "zxsecret"]).exists()
    assert not Entry.objects.filter(kind="answers").exists()


def test_neither_text_nor_title_in_any_mail_or_notice(secret, diana):
    from datetime import timedelta

    from django.utils import timezone

    clocks.run(timezone.now() + timedelta(days=30))
    send_owed()
    assert len(mail.outbox) >= 4
    for sent in mail.outbox:
        for part in (sent.subject, sent.body, *(body for body, _kind in sent.alternatives)):
            assert SECRET not in part
    assert SECRET not in str(list(Notice.objects.values_list("params", flat=True)))


def test_colleagues_and_strangers_get_a_page_that_does_not_exist(secret, luis, carla, victor, bruno, pablo, client_of):
    for person in (luis, carla, victor, bruno, pablo):
        client = client_of(person)
        assert client.get(reverse("experts:request", args=[secret.pk])).status_code == 404
        assert SECRET not in client.get(reverse("experts:requests")).content.decode()
        assert SECRET not in client.get(reverse("home:desk")).content.decode()


def test_administrators_see_the_clock_and_no_text(secret, diana, client_of):
    client = client_of(diana)
    page = client.get(reverse("experts:request", args=[secret.pk])).content.decode()
    assert secret.reference in page and SECRET not in page
    assert SECRET not in client.get(reverse("home:desk")).content.decode()


def test_where_the_oas_is_to_choose_it_reads_the_question_and_not_the_conversation(ana, agency_cl, diana, client_of):
    one = expert()
    made = request(ana, agency_cl, confidential=True, oas_helps=True, question=f"Question {SECRET}")
    made = answering.accept(asking.ask(made, [one.pk], by=diana)[0], by=one.user)
    talking.write(made, by=ana, text="Only for the expert")
    page = client_of(diana).get(reverse("experts:request", args=[made.pk])).content.decode()
    assert SECRET in page and "Only for the expert" not in page


def test_who_asks_is_told_to_whoever_accepts(ana, agency_cl, client_of):
    one = expert()
    made = request(ana, agency_cl, confidential=True)
    offer = asking.ask(made, [one.pk], by=ana)[0]
    page = client_of(one.user).get(reverse("experts:offer", args=[offer.pk])).content.decode()
    assert made.question in page and ana.name not in page and agency_cl.name not in page
    answering.accept(offer, by=one.user)
    assert ana.name in client_of(one.user).get(reverse("experts:request", args=[made.pk])).content.decode()


def test_whoever_was_only_asked_reads_no_conversation(ana, agency_cl, client_of):
    first, second = expert(), expert()
    made = request(ana, agency_cl)
    offers = asking.ask(made, [first.pk, second.pk], by=ana)
    assert client_of(first.user).get(reverse("experts:request", args=[made.pk])).status_code == 404
    answering.accept(offers[1], by=second.user)
    assert client_of(first.user).get(reverse("experts:request", args=[made.pk])).status_code == 404


def test_a_colleague_is_not_asked_a_confidential_question_by_no_way(ana, luis, agency_cl):
    colleague, first, other = expert(user=luis), expert(), expert(countries=["CA"], languages=["en"])
    made = request(ana, agency_cl, confidential=True)
    assert colleague.pk not in [match.candidate.expert for match in candidates.propose(made)[1]]
    with pytest.raises(NotAllowed, match="cannot be asked"):
        asking.ask(made, [colleague.pk], by=ana)
    offer = asking.ask(made, [first.pk], by=ana)[0]
    answering.decline(offer, by=first.user, named=colleague)
    assert list(made.offers.filter(state="asked").values_list("expert", flat=True)) == [other.pk]
    shared = request(ana, agency_cl)
    assert asking.ask(shared, [colleague.pk], by=ana)


def test_administrators_see_neither_names_nor_language_nor_how_it_ended(ana, agency_cl, diana, client_of):
    one = expert("Elena Ríos")
    made = closed(ana, agency_cl, one, confidential=True, language="pt", modality="MIS")
    page = client_of(diana).get(reverse("experts:request", args=[made.pk])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for words in (
        "Elena",
        "Portug",
        made.get_modality_display(),
        made.get_outcome_display(),
        "of 5",
        "<h2>Experts asked",
    ):
        assert words not in main, words
    assert "Elena Ríos" in client_of(ana).get(reverse("experts:request", args=[made.pk])).content.decode()
    helped = closed(ana, agency_cl, one, confidential=True, oas_helps=True, language="pt", modality="MIS")
    page = client_of(diana).get(reverse("experts:request", args=[helped.pk])).content.decode()
    assert "Elena Ríos" in page and helped.get_modality_display() in page and "of 5" not in page
