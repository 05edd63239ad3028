"""Overviews and comparisons in a real browser: on a phone, in the dark, on paper, under the policy on content."""

import pytest

from tests import factories
from tests.browser.test_accessibility import FIRST_VIEW_BYTES, FIRST_VIEW_REQUESTS, faults_of

PAGES = ("overview/", "countries/", "countries/CL/", "themes/", "themes/LAB-1/", "areas/LAB/")


@pytest.fixture
def records(desk):
    """One of each catalogue, with titles that would like to be markup."""
    words = {"description": "Una frase que se repite. " * 80, "objectives": "Llegar a todos.", "start_year": 2008}
    program = factories.published_program(
        title='</script><script>document.title="broken"</script>',
        themes=["LAB-1"],
        language="es",
        ongoing=True,
        **words,
    )
    project = factories.project(source="https://example.org/source", title="Código <b>revisado</b>", **words)
    return program, project


def compared(records) -> str:
    return "compare/?" + "&".join(f"id={record.permanent_id}" for record in records)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (375, "light")])
def test_no_faults_on_a_phone_and_in_the_dark(desk, records, width, scheme):
    page = desk.page_of(None, width=width, color_scheme=scheme)
    faults = [fault for address in (*PAGES, compared(records)) for fault in faults_of(page, f"/es/{address}")]
    assert not faults, "\n".join(faults)


LOOKED_FOR = (
    "search/?", "portfolio/?", "programs/?view=table&", "library/?", "compare/?", "experts/?", "experts/answers/?",
    "calendar/?view=list&", "search/?country=CL&theme=LAB-1&",
)  # fmt: skip


def test_a_very_long_word_that_is_looked_for_makes_no_page_wider_than_a_small_telephone(desk, records):
    page, wide = desk.page_of(None, width=320), []
    for address in LOOKED_FOR:
        page.goto(f"/es/{address}q={'palabra' * 27}", wait_until="domcontentloaded")
        over = page.evaluate("document.documentElement.scrollWidth - 320")
        wide += [f"{address}: {over} px wider than the screen"] if over > 0 else []
    assert not wide, "\n".join(wide)


def test_the_policy_forbids_nothing_that_the_pages_hold(desk, records):
    """A block of JSON-LD is data: the browser neither runs it nor complains of it."""
    program, project = records
    page = desk.page_of(None)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    own = ("", "portfolio/", "programs/", f"portfolio/{program.slug}/", f"programs/{project.slug}/")
    for address in (*own, *PAGES, compared(records)):
        page.goto(f"/es/{address}")
        assert page.title() != "broken"
        if address in own:
            block = page.locator('script[type="application/ld+json"]')
            assert block.count() == 1 and page.evaluate("text => JSON.parse(text)['@context']", block.text_content())
    assert not said


def test_the_overviews_are_light(desk, records):
    heavy = []
    for address in (*PAGES, compared(records)):
        page, sizes = desk.page_of(None), []
        page.on("response", lambda answer, kept=sizes: kept.append(len(answer.body())))
        page.goto(f"/es/{address}", wait_until="networkidle")
        if len(sizes) > FIRST_VIEW_REQUESTS or sum(sizes) > FIRST_VIEW_BYTES * 5:  # uncompressed
            heavy.append(f"{address}: {len(sizes)} requests, {sum(sizes)} bytes")
    assert not heavy, "\n".join(heavy)


def test_a_comparison_stays_a_table_when_it_is_stacked_and_prints_whole(desk, records):
    page = desk.page_of(None, width=375)
    page.goto(f"/es/{compared(records)}")
    assert page.get_by_role("columnheader").count() == 2
    assert page.get_by_role("rowheader").count() > 8
    page.emulate_media(media="print")
    rest = page.locator(".beside details p").first
    assert rest.bounding_box()["height"] > 0


def test_a_record_is_joined_by_another_through_the_search(desk, records, javascript):
    program, project = records
    page = desk.page_of(None, javascript=javascript)
    page.goto(f"/es/programs/{project.slug}/")
    page.locator(f'a[href*="compare/?id={project.permanent_id}"]').click()
    page.locator("#q").fill(program.permanent_id.lower())
    page.locator("#q").press("Enter")
    assert page.locator(".beside thead th").count() == 2
    page.locator(".beside thead th").first.get_by_role("link").last.click()
    assert page.locator(".beside thead th").count() == 1
