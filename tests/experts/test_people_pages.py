"""The pages of joining and of one's own profile, as a browser without JavaScript sends them."""

import re

import pytest
from django.core.exceptions import ValidationError

from experts import services
from experts.forms.lines import address_or_doi
from experts.models import Expert, ProfileRevision
from network.idempotency import new_key
from review import services as review
from review.models import Case, Question
from tests import factories
from tests.experts.factories import expert, sent_profile

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Elena Ríos", "profession": "ACA", "position": "Profesora", "institution_id": "", "institution_text": "Universidad de Prueba",
    "residence_id": "CL", "residence_text": "", "language": "es", "countries": ["CL", "PE"], "languages": ["es"], "modalities": ["ONL"],
    "biography": "Veinte años.", "programmes": "", "orcid": "https://orcid.org/0000-0002-1825-0097", "shown": ["position", "orcid"],
    "theme_lines-rows": "1", "theme_lines-0-theme": "LAB-6", "theme_lines-0-level": "leading",
    "publications-rows": "1", "publications-0-title": "Un libro", "publications-0-year": "2020", "publications-0-link": "10.1000/182",
    "activities-rows": "1", "activities-0-title": "Una misión", "activities-0-country": "PE",
    "referees-rows": "1", "referees-0-name": "Rita", "referees-0-email": "rita@example.org",
}  # fmt: skip


@pytest.fixture
def elena():
    return factories.person("elena@example.org", name="Elena Ríos")


@pytest.fixture
def own(elena, client_of):
    return client_of(elena)


def version(client) -> str:
    return str(ProfileRevision.objects.open().get().version)


def test_from_the_first_page_to_the_reference_number(own, client, bruno):
    assert "Begin my profile" in own.get("/en/experts/join/").text
    assert own.get("/en/experts/me/").url == "/en/experts/join/"
    assert own.post("/en/experts/join/", {"form_key": new_key()}).url == "/en/experts/me/form/"
    assert own.get("/en/experts/join/").url == "/en/experts/me/"
    answer = own.post("/en/experts/me/form/", {**TYPED, "version": version(own), "then": "send"})
    assert answer.url == "/en/experts/me/check/"
    page = own.get("/en/experts/me/check/").text
    assert "https://doi.org/10.1000/182" in page and "0000-0002-1825-0097" in page and "Rita" in page
    key = new_key()
    for _press in range(2):
        sent = {"version": version(own), "declared": "on", "consent": "on", "form_key": key}
        answer = own.post("/en/experts/me/check/", sent, follow=True)
        if answer.redirect_chain:
            case = Case.objects.get()
    assert case.reference in own.get("/en/experts/me/").text
    review.approve(case, by=bruno)
    page = client.get("/en/experts/elena-rios/").text
    assert "Profesora" in page and "orcid.org/0000-0002-1825-0097" in page
    assert "Un libro" not in page and "Veinte años" not in page and "rita@" not in page and "elena@" not in page


@pytest.mark.parametrize("then", ["save", "send"])
@pytest.mark.parametrize("text", ["", "Portugal"])
def test_no_country_and_no_institution_of_the_list_may_be_chosen(own, elena, text, then):
    services.begin_profile(by=elena)
    typed = {**TYPED, "residence_id": "", "institution_id": "", "residence_text": text, "then": then}
    answer = own.post("/en/experts/me/form/", {**typed, "version": version(own)})
    assert answer.status_code == 302
    saved = ProfileRevision.objects.get()
    assert (saved.residence_id, saved.residence_text, saved.institution_id) == (None, text, None)
    assert saved.biography == "Veinte años."


def test_an_untouched_form_is_saved_and_a_country_once_chosen_may_be_taken_out_again(own, elena):
    services.begin_profile(by=elena)
    untouched = {"name": "Elena Ríos", "language": "es", "residence_id": "", "institution_id": ""}
    for typed, country in ((untouched, None), (TYPED, "CL"), (untouched, None)):
        assert own.post("/en/experts/me/form/", {**typed, "version": version(own)}).status_code == 302
        assert ProfileRevision.objects.get().residence_id == country


def test_nothing_is_sent_without_the_consent(own, elena):
    services.begin_profile(by=elena)
    own.post("/en/experts/me/form/", {**TYPED, "version": version(own)})
    answer = own.post("/en/experts/me/check/", {"version": version(own), "declared": "on", "form_key": new_key()})
    assert answer.status_code == 422 and "without it nothing can be published" in answer.text
    assert not Case.objects.exists()


def test_what_is_wrong_is_said_beside_its_question_and_the_rest_is_saved(own, elena):
    services.begin_profile(by=elena)
    wrong = {
        **TYPED, "orcid": "0000-0002-1825-0098", "programmes": "P-999999", "theme_lines-0-level": "", "publications-0-link": "no link",
    }  # fmt: skip
    answer = own.post("/en/experts/me/form/", {**wrong, "version": version(own)})
    assert answer.status_code == 422
    for words in ("do not fit together", "neither the number nor the address", "Say how well", "or a DOI"):
        assert words in answer.text
    saved = ProfileRevision.objects.get()
    assert (saved.position, saved.orcid, saved.theme_lines) == ("Profesora", "", [])


def test_programmes_are_named_by_number_or_address(own, elena):
    programme, record = factories.published_program(title="Uno"), factories.project(title="Otro")
    hidden = factories.published_program(publish=False, registry_consent="no")
    services.begin_profile(by=elena)
    named = f"{programme.permanent_id.lower()}\nhttp://testserver/es/programs/{record.slug}/"
    own.post("/en/experts/me/form/", {**TYPED, "programmes": named, "version": version(own)})
    assert ProfileRevision.objects.get().programmes == [programme.permanent_id, record.permanent_id]
    answer = own.post("/en/experts/me/form/", {**TYPED, "programmes": hidden.permanent_id, "version": version(own)})
    assert answer.status_code == 422


def test_a_second_window_is_told_and_nothing_typed_is_lost(own, elena):
    services.begin_profile(by=elena)
    old = version(own)
    own.post("/en/experts/me/form/", {**TYPED, "version": old})
    answer = own.post("/en/experts/me/form/", {**TYPED, "biography": "Otra vida", "version": old})
    assert answer.status_code == 409 and "Otra vida" in answer.text
    assert ProfileRevision.objects.get().biography == "Veinte años."


def test_whoever_was_signed_out_keeps_what_they_typed(own, elena):
    services.begin_profile(by=elena)
    page = own.get("/en/experts/me/form/").text
    note = page.split('name="holder" value="')[1].split('"')[0]
    sent = {**TYPED, "biography": "Larga vida", "version": version(own), "holder": note}
    own.logout()
    assert "/accounts/login/" in own.post("/en/experts/me/form/", sent).url
    own.post("/en/accounts/login/", {"login": elena.email, "password": factories.PASSWORD})
    assert "Larga vida" in own.get("/en/experts/me/form/").text


def test_the_form_saves_by_itself_and_says_so(own, elena, client):
    services.begin_profile(by=elena)
    head, there = {"headers": {"X-Draft": "autosave"}}, "/en/experts/me/form/"
    page = own.get(there).text
    assert f'data-draft="{there}"' in page and "Saved at" in page and "draft.js" in page
    first = version(own)
    told = own.post(there, {**TYPED, "version": first, "publications-0-year": "20x"}, **head).json()
    assert told["saved"].startswith("Saved at") and len(told["wrong"]) == 1
    assert told["fields"] == {"version": int(version(own))}
    again = own.post(there, {**TYPED, "biography": "Más larga", "version": told["fields"]["version"]}, **head).json()
    assert not again["wrong"] and ProfileRevision.objects.get().biography == "Más larga"
    other = own.post(there, {**TYPED, "biography": "Otra", "version": first}, **head).json()
    assert "another window" in other["problem"] and ProfileRevision.objects.get().biography == "Más larga"
    answer = client.post(there, {**TYPED}, **head)
    assert answer.status_code == 401 and answer.json()["sign_in"].endswith(f"?next={there}")


def test_nobody_is_in_conflict_with_their_own_words_where_an_answer_was_lost(own, elena):
    services.begin_profile(by=elena)
    head, there = {"headers": {"X-Draft": "autosave"}}, "/en/experts/me/form/"
    first, notes = version(own), [own.get(there).context["note"] for _window in range(2)]
    mine, other = ({**TYPED, "version": first, "holder": note} for note in notes)
    for words in ("Una", "Una y dos"):  # the page never hears the first answer
        assert "saved" in own.post(there, mine | {"biography": words}, **head).json()
    assert "another window" in own.post(there, other | {"biography": "Otra"}, **head).json()["problem"]
    assert own.post(there, mine | {"biography": "Una, dos y tres"}).status_code == 302
    assert ProfileRevision.objects.get().biography == "Una, dos y tres"


def test_each_answer_of_the_check_page_leads_back_to_its_question(own, elena):
    services.begin_profile(by=elena)
    own.post("/en/experts/me/form/", {**TYPED, "version": version(own)})
    form, page = own.get("/en/experts/me/form/").text, own.get("/en/experts/me/check/").text
    anchors = re.findall(r'href="/en/experts/me/form/#([\w-]+)">Change', page)
    assert {"f-biography", "s-show", "s-references"} <= set(anchors)
    assert all(f'id="{one}"' in form for one in anchors)


def test_questions_are_answered_on_the_page(own, elena, bruno):
    sent = sent_profile(elena)
    review.draft_question(sent.case, "biography", "Since when?", by=bruno)
    review.ask(Case.objects.get(), by=bruno)
    assert "Since when?" in own.get("/en/experts/me/").text and "Since when?" in own.get("/en/experts/me/form/").text
    assert "Answer the questions about your profile" in own.get("/en/desk/").text
    question = Question.objects.get()
    own.post("/en/experts/me/", {f"answer-{question.pk}": "Since 2004."})
    question.refresh_from_db()
    assert question.answer == "Since 2004."


def test_what_changes_at_once_is_changed_by_its_buttons(elena, own, client):
    one = expert(user=elena, slug="elena-rios", position="Profesora")
    own.post("/en/experts/me/shown/", {"shown": ["position", "nonsense"], "form_key": new_key()})
    assert "Profesora" in client.get("/en/experts/elena-rios/").text
    wrong = own.post(
        "/en/experts/me/availability/", {"availability": "YES", "notice_weeks": "99", "form_key": new_key()}
    )
    assert wrong.status_code == 422 and "up to 52" in wrong.text
    own.post("/en/experts/me/availability/", {"availability": "NOT", "notice_weeks": "3", "form_key": new_key()})
    own.post("/en/experts/me/pause/", {"form_key": new_key()})
    one.refresh_from_db()
    assert (one.availability, one.notice_weeks, one.shown) == ("NOT", 3, ["position"]) and one.paused_at
    assert "On pause" in own.get("/en/experts/me/").text
    own.post("/en/experts/me/back/", {"form_key": new_key()})
    assert client.get("/en/experts/elena-rios/").status_code == 200


def test_a_correction_begins_and_is_thrown_away_from_the_page(elena, own):
    one = expert(user=elena, slug="elena-rios")
    assert own.post("/en/experts/me/correct/", {"form_key": new_key()}).url == "/en/experts/me/form/"
    assert f"Correction of {one.permanent_id}" in own.get("/en/experts/me/form/").text
    own.post("/en/experts/me/discard/", {"form_key": new_key()})
    assert ProfileRevision.objects.get() == Expert.objects.get().published


def test_a_profile_asks_as_little_of_the_database_with_three_lines_as_with_one(
    elena, client, django_assert_max_num_queries
):
    from django.core.cache import cache

    from catalogue import labels

    programmes = [factories.published_program(title=f"Programa {n}").permanent_id for n in range(3)]
    one = expert(user=elena, slug="elena-rios", shown=["programmes", "publications"], programmes=programmes[:1])
    more = [{"title": f"Libro {n}", "item": ""} for n in range(3)]
    expert("Otra", slug="otra", shown=["programmes", "publications"], programmes=programmes, publications=more)
    labels.read()
    for slug in (one.slug, "otra"):
        cache.clear()
        with django_assert_max_num_queries(4):
            assert client.get(f"/en/experts/{slug}/").status_code == 200


def test_the_desk_follows_a_profile(elena, own):
    services.begin_profile(by=elena)
    assert "Go on with your profile" in own.get("/en/desk/").text
    services.discard_profile(ProfileRevision.objects.get(), by=elena)
    sent_profile(elena)
    assert "Your profile as an expert" in own.get("/en/desk/").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("DOI: 10.1000/ABC(1)", "https://doi.org/10.1000/ABC(1)"),
        ("https://www.example.org/a?b=1", "https://www.example.org/a?b=1"),
        ("www.example.org/estudio", "https://www.example.org/estudio"),
        ("", ""),
    ],
)
def test_a_publication_is_found_by_its_address_or_its_doi(typed, kept):
    assert address_or_doi(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "10.1000/a b", '10.1000/"onclick="x', "10.1000/<b>", "10.x/y", "10./", "10.1/2", "ftp://example.org/a",
        "javascript:alert(1)", "doi:10.1000/'", "10.1000/",
    ],
)  # fmt: skip
def test_what_is_neither_an_address_of_the_web_nor_a_doi_is_refused(typed):
    with pytest.raises(ValidationError):
        address_or_doi(typed)
