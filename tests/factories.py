"""Rows for the tests. Append yours at the end; keep each factory able to stand alone."""

import itertools

from allauth.account.models import EmailAddress

from network.choices import InstitutionKind, Role
from network.models import Country, Institution, Membership, User

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


def institution(country="CL", kind=InstitutionKind.MINISTRY, **fields) -> Institution:
    """An institution of a country (None for an international one)."""
    fields.setdefault("name", f"Institution {next(_numbers)}")
    return Institution.objects.create(
        country=Country.objects.get(iso2=country) if country else None, kind=kind, **fields
    )


def person(email="", *, roles=(), verified=True, **fields) -> User:
    """A person with PASSWORD; `roles` are (role, institution) pairs."""
    email = email or f"person{next(_numbers)}@example.org"
    fields.setdefault("name", email.split("@")[0].title())
    fields.setdefault("language", "en")
    user = User.objects.create_user(email, fields.pop("password", PASSWORD), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    for role, where in roles:
        membership(user, role, where)
    return user


def membership(user, role=Role.OFFICER, where=None, **fields) -> Membership:
    """A role held from today on, in `where` or in a new institution."""
    row = Membership.objects.create(user=user, role=role, institution=where or institution(), **fields)
    for name in ("memberships_begun", "memberships_now", "roles"):
        user.__dict__.pop(name, None)
    return row


def published_program(institution_=None, *, publish=True, by=None, **fields):
    """A programme in the catalogue with its published form. `fields` of the programme go there, all others to the form.

    Codes given as themes, categories or populations stand on both. publish=False leaves the catalogue as it is.
    """
    from django.utils import timezone

    from catalogue import services as catalogue
    from portfolio.choices import SubmissionState
    from portfolio.models import ConsolidatedProgram, Submission

    number = next(_numbers)
    now = fields.pop("published_at", timezone.now())
    on_program = {field.attname: field.name for field in ConsolidatedProgram._meta.concrete_fields}
    shared = {name: fields[name] for name in ("themes", "categories", "populations") if name in fields}
    own = {name: value for name, value in fields.items() if name in on_program or name in on_program.values()}
    answers = {name: value for name, value in fields.items() if name not in own} | shared
    where = institution_ or institution(own.pop("country", "CL"))
    own = {"registry_consent": "yes", "sharing_commitment": "yes", "country": where.country, **own}
    if isinstance(own["country"], str):
        own["country"] = Country.objects.get(iso2=own["country"])
    program = ConsolidatedProgram.objects.create(institution=where, **own)
    answers = {"title": f"Programme {number}", "language": "en", **answers}
    consents = {name: own[name] for name in ("registry_consent", "sharing_commitment")}
    program.published = Submission.objects.create(
        program=program, state=SubmissionState.SUBMITTED, is_open=False, submitted_by=by, **consents, **answers
    )
    program.slug = program.slug or f"programme-{number}"
    program.first_published_at = program.published_at = now
    program.save()
    if publish:
        catalogue.publish("portfolio", program.pk)
    return program


COMPLETE_ANSWERS = {
    "title": "Cuidar con Certificado",
    "also_known_as": "Certified to Care",
    "website": "https://demo.example/cuidar",
    "address": "Avenida de la Demostración 100, Santiago",
    "contact_name": "Ana Rojas",
    "contact_position": "Profesional de cooperación",
    "contact_telephone": "+56 2 0000 0120",
    "contact_email": "contact@demo.example",
    "categories": ["SKL", "GEN"],
    "themes": ["EMP-3"],
    "needs_addressed": "Las personas que cuidan no podían demostrar lo que saben.",
    "description": "Se evalúa y certifica lo que las personas saben hacer.",
    "objectives": "Certificar a 6.000 personas.",
    "start_year": 2022,
    "start_month": 4,
    "ongoing": True,
    "time_span": "La primera etapa termina en 2026.",
    "coverage": ["NAT"],
    "coverage_text": "Las dieciséis regiones.",
    "populations": ["WOM", "INF"],
    "population_text": "Personas de 18 años o más.",
    "population_number": 6000,
    "actors": [{"name": "Asociaciones de cuidadoras", "part": "design"}],
    "actors_text": "La mesa se reúne dos veces al año.",
    "funding": [{"source": "Presupuesto de la Agencia", "amount": "1250000.50", "currency": "CLP", "year": 2023}],
    "funding_text": "Sin aportes externos.",
    "non_monetary_support": "Las municipalidades prestan los locales.",
    "other_sustainability": "Figura en el presupuesto plurianual.",
    "achievements": "3.100 personas certificadas en 2024.",
    "lessons_learned": "Evaluar en el lugar de trabajo.",
    "aspects_to_improve": "Llegar a zonas rurales.",
    "evaluations": [
        {"kind": "external", "year": 2024, "by": "Una universidad", "findings": "Cuatro de cada diez mejoraron."}
    ],
    "evaluations_text": "Hay otra en curso.",
    "documents": [
        {
            "kind": "study",
            "title": "Informe final",
            "citation": "2024",
            "url": "https://demo.example/informe.pdf",
            "shows": "impact",
        }
    ],
    "registry_consent": "yes",
    "sharing_commitment": "yes",
    "sharing_text": "Mediante pasantías y talleres.",
    "na:contact_fax": True,
}


def draft_submission(by, institution_, **answers):
    """A draft with every answer, written through the services; answers given replace those of COMPLETE_ANSWERS."""
    from portfolio import services

    values = COMPLETE_ANSWERS | answers
    draft = services.start(institution_, by=by, language=values.pop("language", "es"), title=values["title"])
    return services.save_section(draft, by=by, values=values).submission


PROJECT_TEXT = {
    "language": "es",
    "title": "Red de inspección laboral móvil",
    "type_id": "PRG",
    "countries": ["CL"],
    "theme_id": "LAB-1",
    "start_year": 2021,
    "ongoing": True,
    "description": "Inspectores en ruta que llegan a zonas alejadas.",
}


def project(by=None, *, source="", is_demo=False, at=None, **values):
    """A published record of the Table, written through the service; values given replace those of PROJECT_TEXT."""
    from programs import services

    return services.publish_edit(None, by=by, values=PROJECT_TEXT | values, source=source, is_demo=is_demo, at=at)


def proposal(by, institution_, project_=None, *, submitted=False, **values):
    """A proposal, written through the services: a correction of `project_`, or a new record."""
    from programs import services

    first = values if project_ else PROJECT_TEXT | values
    draft = services.start_proposal(project_, by=by, institution=institution_, values=first)
    return services.submit_proposal(draft, by=by) if submitted else draft


ITEM_TEXT = {
    "language": "es",
    "title": "La inspección del trabajo en las Américas",
    "authors": [{"family": "Pérez", "given": "Ana"}, {"corporate": "Oficina Internacional del Trabajo"}],
    "year": 1998,
    "item_type": "BOO",
    "publisher": "OIT",
    "themes": ["LAB-1"],
    "countries": ["CL"],
    "abstract": "Cómo trabajan las inspecciones y con qué medios.",
    "link": "https://library.example/inspeccion",
    "licence": "reserved",
}


def item(by=None, *, source="", is_demo=False, at=None, **values):
    """A public item of the library, written through the service; values given replace those of ITEM_TEXT."""
    from library import services

    return services.publish_edit(None, by=by, values=ITEM_TEXT | values, source=source, is_demo=is_demo, at=at)


def item_proposal(by, item_=None, *, submitted=False, **values):
    """A proposal for the library, written through the services: a correction of `item_`, or a new item."""
    from library import services

    draft = services.start_proposal(item_, by=by, values=values if item_ else ITEM_TEXT | values)
    return services.submit_proposal(draft, by=by) if submitted else draft
