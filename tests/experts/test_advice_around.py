"""What stands around a request: My desk, the overview of the OAS, and what becomes of it when a person is erased."""

import pytest
from django.urls import reverse

from experts import advice_desk
from experts.choices import OfferState, RequestState
from experts.models import AdviceFile, AdviceRequest, Answer, Message, Offer
from experts.services import answers
from experts.services.advice import answering, requests, talking
from experts.services.advice.erasing import forget
from files.models import StoredFile
from review import services as review
from tests.access.world import PNG
from tests.experts.factories import accepted, asked, closed, expert, request

pytestmark = pytest.mark.django_db


def titles(items) -> list[str]:
    return [item.title for item in items]


def test_each_side_finds_on_its_desk_what_waits_for_it(ana, agency_cl, diana, client_of):
    one, named = expert(), "Inspecting work at home"
    offer = asked(ana, agency_cl, one)[0]
    assert titles(advice_desk.for_expert(one.user)) == [f"Say whether you can answer “{named}”"]
    assert titles(advice_desk.waiting(ana)) == [named] and not advice_desk.for_requester(ana)
    made = answering.accept(offer, by=one.user)
    assert titles(advice_desk.for_expert(one.user)) == [f"Answer “{named}”"]
    talking.answer(made, by=one.user, text="So.")
    assert titles(advice_desk.for_requester(ana)) == [f"Read the answer to “{named}”"]
    request(ana, agency_cl, oas_helps=True)
    assert titles(advice_desk.unanswered(diana)) == ["Choose experts"]
    for person in (ana, one.user, diana):
        assert client_of(person).get(reverse("home:desk")).status_code == 200


def test_texts_to_agree_to_stand_on_both_desks(ana, agency_cl):
    made = closed(ana, agency_cl, expert())
    both = (ana, made.expert.user)
    assert [len(advice_desk.for_both(person)) for person in both] == [1, 1]
    text = answers.text_of(made)
    answers.agree(text, by=ana, version=text.version)
    assert [len(advice_desk.for_both(person)) for person in both] == [0, 1]


def test_the_oas_sees_load_waiting_times_and_unanswered_themes(
    ana, agency_cl, diana, client_of, django_assert_max_num_queries
):
    one = expert("Elena Ríos")
    accepted(ana, agency_cl, one)
    offer = asked(ana, agency_cl, one, theme_id="LAB-1")[0]
    answering.decline(offer, by=one.user)
    client, address = client_of(diana), reverse("admin:experts_advicerequest_overview")
    with django_assert_max_num_queries(40):
        page = client.get(address).content.decode()
    assert "Elena Ríos" in page and "LAB-1" in page and "<svg" in page
    assert client.get(reverse("admin:experts_advicerequest_changelist")).status_code == 200
    made = AdviceRequest.objects.first()
    assert client.get(reverse("admin:experts_advicerequest_change", args=[made.pk])).url == reverse(
        "experts:request", args=[made.pk]
    )


def test_the_admin_shows_of_a_confidential_one_its_clock_alone(ana, agency_cl, diana, client_of):
    made = request(ana, agency_cl, confidential=True)
    for name, args in (("changelist", []), ("change", [made.pk])):
        address = reverse(f"admin:experts_advicerequest_{name}", args=args)
        page = client_of(diana).get(address, follow=True).content.decode()
        assert made.reference in page and made.title not in page and agency_cl.name not in page


@pytest.fixture
def public(ana, agency_cl, bruno):
    """A closed request with its answer in the knowledge base."""
    made = closed(ana, agency_cl, expert("Elena Ríos"))
    text = answers.text_of(made)
    for person in (ana, made.expert.user):
        text = answers.agree(text, by=person, version=text.version)
    review.approve(text.case, by=bruno)
    return made


def test_an_erased_expert_leaves_the_answer_with_the_institution_without_the_name(public, ana, client):
    person = public.expert.user
    forget(person)
    forget(person)  # safe to repeat
    public.refresh_from_db()
    assert public.expert is None and public.expert_comment == "" and public.requester == ana
    assert Message.objects.filter(side="expert", author=None, text__gt="").exists()
    assert not Offer.objects.exclude(expert=None).exists()
    assert client.get(reverse("experts:answer", args=[Answer.objects.get().slug])).status_code == 404


def test_an_expert_who_is_erased_while_asked_or_answering_makes_room(ana, agency_cl):
    leaving, other = expert(), expert()
    taken = accepted(ana, agency_cl, leaving)
    waiting = asked(ana, agency_cl, leaving)[0]
    forget(leaving.user)
    for made in (taken, waiting.request):
        made.refresh_from_db()
        assert made.state == RequestState.ASKED and made.offers.get(state=OfferState.ASKED).expert == other


def test_an_erased_requester_leaves_the_question_with_the_institution(public, ana, agency_cl, carla, client_of):
    from network.choices import Role
    from tests import factories

    lead = factories.person(roles=[(Role.COORDINATOR, agency_cl)])
    forget(ana)
    public.refresh_from_db()
    assert public.requester is None and public.institution == agency_cl
    page = client_of(lead).get(reverse("experts:request", args=[public.pk]))
    assert page.status_code == 200 and "Ana Rojas" not in page.content.decode()
    assert not Answer.objects.public().exists()


def test_drafts_of_an_erased_person_go_with_their_files(ana, agency_cl, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = str(tmp_path)
    draft = request(ana, agency_cl, sent=False)
    requests.attach(draft, SimpleUploadedFile("a.png", PNG), by=ana)
    forget(ana)
    assert not AdviceRequest.objects.exists() and not AdviceFile.objects.exists() and not StoredFile.objects.exists()


def test_leaving_the_directory_passes_questions_on_and_takes_back_what_was_published(public, ana, agency_cl, client):
    from experts.services import leave

    leaving, other = public.expert, expert()
    taken, user = accepted(ana, agency_cl, leaving), leaving.user
    leave(leaving, by=user)
    taken.refresh_from_db()
    assert taken.state == RequestState.ASKED and taken.offers.get(state=OfferState.ASKED).expert == other
    assert client.get(reverse("experts:answer", args=[Answer.objects.get().slug])).status_code == 404


def test_leaving_the_directory_takes_the_name_from_messages_and_from_what_others_were_told(
    public, ana, agency_cl, client_of
):
    from experts.services import leave
    from notifications import kinds
    from notifications.models import Notice

    user, asking = public.expert.user, client_of(ana)
    other = accepted(ana, agency_cl, expert("Otra Persona"))  # somebody else, whose name stays
    own = Message.objects.create(request=other, author=user, side="requester", text="A question of mine")
    address = reverse("experts:request", args=[public.pk])
    assert "Elena Ríos" in asking.get(address).text
    leave(public.expert, by=user)
    page = asking.get(address).text
    assert "Elena Ríos" not in page and "A former member" in page and "By visiting with consent" in page
    told = [kinds.render(one) for one in Notice.objects.filter(recipient=ana, kind="experts.request_accepted")]
    assert sorted(one.body.partition(" will")[0] for one in told) == ["Otra Persona", "a former member"]
    assert not any("Elena Ríos" in one.subject for one in told)
    own.refresh_from_db()
    assert own.author == user and other.expert.user.name == "Otra Persona"


def test_erasing_an_account_takes_the_person_out_of_questions(ana, agency_cl):
    from accounts.services import persons

    made = accepted(ana, agency_cl, expert())
    persons.forget(ana)
    made.refresh_from_db()
    assert made.requester is None and made.institution == agency_cl


def test_nothing_is_changed_in_the_admin(ana, agency_cl, diana, client_of):
    made = request(ana, agency_cl)
    address = reverse("admin:experts_advicerequest_change", args=[made.pk])
    assert client_of(diana).post(address, {"state": "closed"}).status_code == 403
