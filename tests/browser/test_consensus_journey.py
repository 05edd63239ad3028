"""A consensus from the proposal to its result: governments, workers and employers, each in a browser of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from forums.models import Position, Proposal
from forums.services import closing
from network.choices import InstitutionKind, Role
from tests import factories as people
from tests.forums import talk

TEXT = "Acordamos inspeccionar a distancia solo con el acuerdo de ambas partes."


@pytest.fixture
def elias(db):
    """Of an employers' organisation."""
    where = people.institution("BR", InstitutionKind.EMPLOYERS, name="Confederação de Empregadores (demonstração)")
    return people.person("elias@demo.example", name="Elias Moreira", roles=[(Role.PARTNER, where)])


def submit(page) -> None:
    page.locator("main form .btn-primary").first.click()
    page.wait_for_load_state()


def take(page, stance: str, text: str = "") -> None:
    page.check(f"[name=stance][value={stance}]")
    page.fill("[name=text]", text)
    submit(page)


def figures(page) -> dict[str, list[str]]:
    """The table under the bars: {constituency: figures}."""
    rows = page.locator(".consensus-tbl tbody tr").all()
    return {row.locator("th").inner_text().split("\n")[0]: row.locator("td.r").all_inner_texts() for row in rows}


def test_three_sides_from_a_proposal_to_the_result(desk, ana, pablo, elias, javascript):
    topic = talk.topic(by=ana, title="Inspección a distancia")
    government, workers, employers = (
        desk.page_of(one, javascript=javascript, language="en") for one in (ana, pablo, elias)
    )
    where = f"/en/forums/{topic.forum.slug}/{topic.slug}/"

    # put by whoever began the topic, with its mandate and an hour of a named zone
    government.goto(where)
    government.locator('a[href$="/proposal/new/"]').click()
    government.fill("[name=text]", TEXT)
    government.fill("[name=conference]", "XII Inter-American Conference of Ministers of Labor")
    government.fill("[name=paragraph]", "Declaration, 3")
    government.fill("[name=closes_on]", (timezone.localdate() - timedelta(days=2)).isoformat())
    government.fill("[name=closes_hour]", "17:00")
    government.select_option("[name=zone]", "America/Santiago")
    submit(government)  # that day is over: said, and nothing lost
    expect(government.locator(".errors a")).to_have_count(1)
    expect(government.locator("[name=text]")).to_have_value(TEXT)
    government.fill("[name=closes_on]", (timezone.localdate() + timedelta(days=9)).isoformat())
    submit(government)
    expect(government.locator(".facts")).to_contain_text("(Santiago, UTC−")
    take(government, "support")

    # the others find it where they would look: on the topic, and on My desk
    workers.goto(where)
    workers.locator('.proposal-banner a[href$="/proposal/"]').click()
    take(workers, "changes")  # without words: asked for
    expect(workers.locator(".errors a")).to_have_count(1)
    take(workers, "changes", "Con quien represente a las personas trabajadoras.")
    employers.goto("/en/desk/")
    employers.locator('main a[href$="/proposal/"]').first.click()
    take(employers, "object", "Ainda não.")
    expect(employers.locator(".positions")).to_contain_text("COSATE")

    # one changes their mind; what was said before stays
    take(employers, "abstain", "Consultamos as federações.")
    expect(employers.locator(".positions details")).to_have_count(1)
    assert Position.objects.count() == 3

    # the hour passes while a page is still open: refused, with the reason
    workers.goto(f"{where}proposal/")
    Proposal.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    workers.check("[name=stance][value=support]")
    submit(workers)
    expect(workers.locator("main")).to_contain_text("This proposal is closed")
    assert closing.run()["closed"] == 1

    # the result by constituency, drawn, with the same figures; then the summary, which everybody reads
    government.goto(f"{where}proposal/")
    expect(government.locator(".consensus-tbl tbody svg")).to_have_count(3)
    assert figures(government) == {
        "Governments": ["1", "0", "0", "0"], "Workers": ["0", "1", "0", "0"], "Employers": ["0", "0", "0", "1"],
        "International organisations": ["0", "0", "0", "0"],
    }  # fmt: skip
    government.locator('a[href$="/proposal/summary/"]').click()
    government.fill("[name=summary]", "De acuerdo, con una reserva.")
    submit(government)
    visitor = desk.page_of(None, javascript=javascript, language="en")
    visitor.goto(f"{where}proposal/")
    expect(visitor.locator("main")).to_contain_text("De acuerdo, con una reserva.")
    expect(visitor.locator("main form")).to_have_count(0)
