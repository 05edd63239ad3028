"""The two who sign in: an officer with a long draft, and a reviewer of every theme."""

from random import Random

from allauth.account.models import EmailAddress
from django.conf import settings
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from bench.programs import SEED, TEXTS
from bench.texts import Writer
from experts.choices import RequestState
from experts.models import AdviceRequest
from network.choices import InstitutionKind, Role
from network.models import Country, Institution, Membership, User
from portfolio.models import ConsolidatedProgram, Submission


def person(email: str, name: str, role: str, institution: Institution) -> User:
    """Somebody with one role and a confirmed address."""
    user = User.objects.create_user(email, None, name=name, language="es")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    Membership.objects.create(user=user, role=role, institution=institution)
    return user


def add_officer() -> tuple[User, Submission]:
    """An officer of a Chilean agency and a draft of theirs with every text filled in."""
    agency = Institution.objects.create(
        name="Agencia de formación (medición)", kind=InstitutionKind.AGENCY, country=Country.objects.get(iso2="CL")
    )
    officer = person("officer@bench.example", "Ana Medición", Role.OFFICER, agency)
    writer = Writer(Random(SEED))
    program = ConsolidatedProgram.objects.create(institution=agency, country=agency.country, created_by=officer)
    draft = Submission.objects.create(
        program=program,
        created_by=officer,
        saved_by=officer,
        language="es",
        title=writer.title("es"),
        **{name: writer.text("es", sentences) for name, sentences in TEXTS},
    )
    return officer, draft


def add_question(officer: User, draft: Submission) -> AdviceRequest:
    """A question of the officer's that waits for an expert to be chosen: a theme, a country and a language that many know."""
    return AdviceRequest.objects.create(
        requester=officer, institution=draft.program.institution, theme_id="EMP-3", country_id="BR", language="pt",
        title="Medición", question="¿Cómo se mide?", state=RequestState.OPEN,
    )  # fmt: skip


def add_reviewer() -> User:
    """A reviewer without limits of theme."""
    oas = Institution.objects.create(name="OAS (medición)", kind=InstitutionKind.INTERNATIONAL)
    return person("reviewer@bench.example", "Bruno Medición", Role.REVIEWER, oas)


def cookie_of(user: User) -> str:
    """The Cookie header of somebody signed in: their session, and the secret of their forms that the first page gave them."""
    client, page = Client(), RequestFactory().get("/")
    client.force_login(user)
    get_token(page)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={page.META['CSRF_COOKIE']}"
