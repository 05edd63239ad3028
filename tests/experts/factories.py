"""Experts for the tests: in the directory, with a profile that was submitted, and found by the catalogue."""

from django.utils import timezone

from network.choices import InstitutionKind, Role
from network.managers import today
from network.models import Institution
from tests import factories

ON_EXPERT = frozenset(
    (
        "availability", "notice_weeks", "paused_at", "silent_since", "confirmation_asked_on", "confirmed_on", "is_demo",
        "registry_consent", "retired_at", "shown", "slug", "source", "first_published_at", "published_at",
    )
)  # fmt: skip
LED = "leading"


def network() -> Institution:
    """Where experts have their role: the OAS."""
    found = Institution.objects.filter(name="Organization of American States").first()
    return found or factories.institution(None, InstitutionKind.INTERNATIONAL, name="Organization of American States")


def expert(name: str = "", *, themes=("LAB-1",), publish=True, user=None, **fields):
    """A published expert with an account. `themes` are codes, or {code: level}; fields of the record go there, all others
    to the profile. publish=False leaves the catalogue as it is."""
    from catalogue import services as catalogue
    from experts.models import Expert, ProfileRevision

    user = user or factories.person(name=name) if name else user or factories.person()
    factories.membership(user, Role.EXPERT, network())
    levels = themes if isinstance(themes, dict) else dict.fromkeys(themes, LED)
    now = fields.pop("published_at", timezone.now())
    own = {key: fields.pop(key) for key in list(fields) if key in ON_EXPERT}
    own = {
        "registry_consent": "yes", "confirmed_on": today(), "first_published_at": now, "published_at": now,
        "slug": f"expert-{user.pk}", "shown": [], **own,
    }  # fmt: skip
    person = Expert.objects.create(user=user, created_by=user, **own)
    text = {
        "name": user.name, "language": "es", "profession": "GOV", "countries": ["CL"], "languages": ["es"], "modalities": ["ONL"],
        "theme_lines": [{"theme": code, "level": level} for code, level in levels.items()], **fields,
    }  # fmt: skip
    person.published = ProfileRevision.objects.create(
        expert=person, state="submitted", is_open=False, submitted_at=now, created_by=user, **text
    )
    person.save(update_fields=["published"])
    if publish:
        catalogue.publish("experts", person.pk)
    return person


REFEREE = {"name": "Rita Rojas", "position": "Decana", "email": "rita@example.org", "note": "Dirigió su tesis"}
COMPLETE = {
    "language": "es", "profession": "ACA", "position": "Profesora de derecho del trabajo", "institution_text": "Universidad de Prueba",
    "residence_id": "CL", "countries": ["CL", "PE"], "languages": ["es", "en"], "modalities": ["ONL", "MIS"],
    "theme_lines": [{"theme": "LAB-1", "level": LED}], "biography": "Veinte años de inspección del trabajo.",
}  # fmt: skip


def draft_profile(user, *, referees=(REFEREE,), shown=(), **values):
    """A draft with every required answer, written through the services."""
    from experts import services

    draft = services.begin_profile(by=user)
    return services.save_profile(
        draft, by=user, values={"name": user.name} | COMPLETE | values, referees=list(referees), shown=shown
    )


def sent_profile(user, **values):
    """A profile that the OAS has."""
    from experts import services

    return services.submit_profile(draft_profile(user, **values), by=user, consent=True)


QUESTION = {
    "theme_id": "LAB-1", "country_id": "CL", "title": "Inspecting work at home", "language": "es",
    "question": "How do others inspect work that is done at home?", "tried": "A pilot with announced visits.",
}  # fmt: skip


def request(by, institution, *, sent=True, now=None, **values):
    """A request for advice, written through the services; `sent` opens it."""
    from experts.services.advice import requests

    made = requests.start_request(institution, by=by, values=QUESTION | values)
    return requests.open_request(made, by=by, now=now) if sent else made


def asked(by, institution, *experts, now=None, **values):
    """A request that was put to these experts; answers their offers."""
    from experts.services.advice import asking

    made = request(by, institution, now=now, **values)
    return asking.ask(made, [one.pk for one in experts], by=by, now=now)


def accepted(by, institution, one, **values):
    """A request that an expert accepted."""
    from experts.services.advice import answering

    offer = asked(by, institution, one, **values)[0]
    return answering.accept(offer, by=one.user)


def closed(by, institution, one, *, consent=True, **values):
    """A request with its answer, closed and rated by both."""
    from experts.services.advice import closing, talking

    made = accepted(by, institution, one, **values)
    talking.answer(made, by=one.user, text="By visiting with consent, and by asking for the register of hours.")
    closing.close(made, by=by, outcome="used", rating=5, consent=consent)
    closing.rate(made, by=one.user, rating=4, consent=consent)
    made.refresh_from_db()
    return made


def kept(made, **text):
    """The public answer of a closed request, written straight into the knowledge base."""
    from catalogue import services as catalogue
    from experts.models import Answer, AnswerRevision

    now = timezone.now()
    AnswerRevision.objects.filter(answer__request=made).delete()  # what was drafted when both agreed
    Answer.objects.filter(request=made).delete()
    answer = Answer.objects.create(
        request=made, registry_consent="yes", confirmed_on=today(), slug=f"answer-{made.pk}", first_published_at=now,
        published_at=now,
    )  # fmt: skip
    text = {"title": made.title, "question": made.question, "reply": "With consent.", "themes": [made.theme_id], **text}
    answer.published = AnswerRevision.objects.create(
        answer=answer, state="submitted", is_open=False, submitted_at=now, language=made.language, **text
    )
    answer.save(update_fields=["published"])
    catalogue.publish("answers", answer.pk)
    return answer
