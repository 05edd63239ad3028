"""What Ana types: every section of Annex II, by the names of the form's fields."""

from playwright.sync_api import Page, expect

TITLE = "Capacitación para la inspección del trabajo rural"

TYPED = {
    "I": {
        "language": "es",
        "website": "https://demo.example/capacitacion",
        "contact_name": "Ana Rojas",
        "contact_position": "Jefa de proyectos",
        "address": "Avenida de la Demostración 100, Santiago",
        "contact_email": "ana@demo.example",
        "na_contact_telephone": True,
        "na_contact_fax": True,
    },
    "II": {"categories": "SKL", "themes": "EMP-3"},
    "III": {
        "needs_addressed": "Las inspectoras rurales no tenían formación propia.",
        "description": "Cursos de seis semanas con práctica en terreno.",
        "objectives": "Formar a toda la inspección rural en tres años.",
        "start_month": "3",
        "start_year": "2019",
        "ongoing": True,
        "time_span": "Desde marzo de 2019, sin fecha de cierre.",
        "coverage": "NAT",
        "populations": "RUR",
        "population_text": "Personal de inspección de las dieciséis regiones.",
        "population_number": "1.250",
        "actors-0-name": "Sindicato de inspectores",
        "actors-0-part": "both",
    },
    "IV": {
        "funding-0-source": "Presupuesto público",
        "funding-0-amount": "1.250.000,50",
        "funding-0-currency": "CLP",
        "funding-0-year": "2024",
        "na_non_monetary_support": True,
        "na_other_sustainability": True,
    },
    "V": {
        "achievements": "Más de mil personas formadas.",
        "na_lessons_learned": True,
        "aspects_to_improve": "Llegar a las islas.",
        "evaluations-0-kind": "external",
        "evaluations-0-year": "2023",
        "evaluations-0-by": "Universidad de la Demostración",
        "evaluations-0-findings": "Buenos resultados.",
    },
    "VI": {"documents-0-kind": "study", "documents-0-title": "Estudio de resultados"},
    "VII": {"registry_consent": "yes", "sharing_commitment": "yes", "sharing_text": "Talleres y visitas."},
}


def write(page: Page, values: dict) -> None:
    """Type, choose and tick by field name."""
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]:visible')
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field.select_option(value)
        elif value is True:
            field.check()
        elif kind in ("radio", "checkbox"):
            page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)


def save(page: Page) -> None:
    """Press the main button of a section."""
    page.locator("main .save .btn-primary").click()
    page.wait_for_load_state()


def fill_section(page: Page, form_url: str, key: str, **instead) -> None:
    """Open a section, type its answers, save."""
    page.goto(f"{form_url}{key}/")
    write(page, {**TYPED[key], **instead})
    save(page)
    expect(page.locator(".errors")).to_have_count(0)
