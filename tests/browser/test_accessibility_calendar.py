"""The pages of the calendar in a real browser, as axe sees them, in Spanish, on a phone and in the dark."""

from datetime import timedelta

from meetings import loading as calendar_loading
from meetings import services as meetings
from meetings.models import Meeting
from tests.browser.test_accessibility import faults_of
from tests.meetings import factories as calendar


def test_the_calendar_and_those_who_organise(desk, diana, ana, carla, ministry_cl):
    calendar_loading.carry()
    begins = calendar.moment("2027-03-12 22:00")
    one = calendar.meeting(
        diana, themes=["LAB-6"], country_id="CO", place="Bogotá", capacity=1, starts_at=begins, ends_at=begins + timedelta(hours=4),
        agenda=[{"time": "22:00", "title": "Bienvenida", "speaker": "Ana"}], speakers=[{"name": "Ana", "role": "Agencia"}],
        links=[{"title": "Guía", "url": "https://demo.example/guia"}],
    )  # fmt: skip
    over, off, asked = calendar.past(diana), calendar.meeting(diana), calendar.meeting(diana, registration="approval")
    meetings.register(one, by=ana)
    meetings.register(asked, by=carla)
    meetings.cancel(off, by=diana, reason="Nadie pudo venir")
    meetings.keep_after(over, by=diana, recording_link="https://demo.example/video", minutes="Se acordó.")
    meetings.add_task(over, by=diana, text="Escribir una página", owner=diana, due=begins.date())
    draft, proposed = calendar.draft(carla, ministry_cl), calendar.proposed(carla, ministry_cl)
    past = Meeting.objects.exclude(source="").order_by("pk").first()
    root, own = "/es/calendar", "/es/calendar/organise"
    pages = [
        f"{root}/?month=2027-03", f"{root}/?month=x", f"{root}/?view=list", f"{root}/?view=list&theme=no", f"{root}/{one.slug}/",
        f"{root}/{off.slug}/", f"{root}/{past.slug}/", f"{root}/planner/?day=2027-03-12&time=10:00", f"{root}/{one.slug}/planner/",
        f"{root}/?month=2007-09",
    ]  # fmt: skip
    organised = [f"{own}/{asked.pk}/people/", f"{own}/{one.pk}/", f"{own}/{one.pk}/documents/", f"{own}/{over.pk}/after/",
                 f"{own}/{one.pk}/cancel/", f"{own}/{over.pk}/people/"]  # fmt: skip
    walks = [
        (None, pages, {"width": 375}),
        (None, pages, {"color_scheme": "dark"}),
        (ana, [f"{root}/{one.slug}/", f"{root}/me/", f"{root}/{asked.slug}/register/", "/es/desk/"], {"width": 375}),
        (
            diana,
            [f"{own}/", f"{own}/new/", *organised, f"{root}/{over.slug}/", "/admin/meetings/meeting/"],
            {"width": 375},
        ),
        (carla, [f"{own}/{draft.pk}/", f"{own}/{proposed.pk}/", f"{own}/{draft.pk}/discard/", "/es/desk/"], {}),
    ]
    faults = []
    for whoever, addresses, options in walks:
        page = desk.page_of(whoever, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)


def test_planner_and_people_are_no_wider_than_a_small_telephone(desk, diana, ana, carla):
    begins = calendar.moment("2027-07-14 03:00")
    one = calendar.meeting(diana, registration="approval", starts_at=begins, ends_at=begins + timedelta(minutes=75))
    for person in (ana, carla):
        meetings.register(one, by=person)
    asked = (
        "",
        "?day=2027-07-14&time=03:00",
        "?day=2027-12-12&time=00:00",
    )  # the longest words, and another day in the west
    page, wide = desk.page_of(diana, width=320), []
    for language in ("es", "pt", "fr"):
        root = f"/{language}/calendar"
        for address in (
            *(f"{root}/planner/{query}" for query in asked),
            f"{root}/{one.slug}/planner/",
            f"{root}/organise/{one.pk}/people/",
        ):
            page.goto(address, wait_until="domcontentloaded")
            over = page.evaluate("document.documentElement.scrollWidth - 320")
            wide += [f"{address}: {over} px wider than the screen"] if over > 0 else []
            acts = page.locator(".people-tbl button").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().right)"
            )
            wide += [f"{address}: a button ends at {right}" for right in acts if right > 320]
    assert not wide, "\n".join(wide)
