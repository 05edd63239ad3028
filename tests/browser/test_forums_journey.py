"""A topic from a first post that waits to an accepted answer, between two people and a moderator."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from forums.models import Draft, Post, Topic
from network.choices import Role
from notifications.services import send_owed
from review.models import Case
from tests import factories
from tests.forums import factories as talking

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "¿Cómo visitan las obras pequeñas?"
WORDS = "Tenemos **cuatro** inspectores.\n\n| obras | visitas |\n|---|---|\n| 600 | 40 |"
ANSWER = "Cruzamos permisos con accidentes."


def begin(page) -> None:
    """Write, look at the preview, publish."""
    page.goto("/es/forums/inspection/")
    page.locator("main .head .btn-primary").click()
    page.wait_for_url(re.compile(r"/new/$"))
    page.fill('main [name="title"]', TITLE)
    page.select_option('main [name="language"]', "es")
    page.fill('main [name="text"]', WORDS)
    page.locator('main button[value="preview"]').click()
    expect(page.locator(".preview strong")).to_have_text("cuatro")
    expect(page.locator(".preview td").first).to_have_text("600")
    page.locator('main button[value="publish"]').click()
    page.wait_for_url(re.compile(r"/inspection/como-visitan"))
    expect(page.locator("main")).to_contain_text(TITLE)


def watch(page) -> None:
    """Want to hear of what is new in the forum at once."""
    page.goto("/es/forums/inspection/")
    page.locator('form.watch button[value="at_once"]').click()
    expect(page.locator('form.watch button[value="none"]')).to_be_visible()


def hears_of_it(page, who) -> bool:
    """Whether the title stands on the person's page of notices, and in their mail."""
    send_owed()
    page.goto("/es/desk/notices/")
    noticed = page.locator("main").inner_text().count(TITLE)
    mailed = [letter for letter in mail.outbox if letter.to == [who.email] and TITLE in letter.subject]
    assert bool(noticed) == bool(mailed)
    return bool(noticed)


def release(page, case) -> None:
    """A moderator reads it in the queue and lets it through."""
    page.goto("/admin/review/case/")
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(re.compile(rf"/case/{case.pk}/change/"))
    expect(page.locator(".drawn strong")).to_have_text("cuatro")  # as it will be read, not as it was typed
    page.locator('button[name="do"][value="approve"]').first.click()
    page.wait_for_load_state()
    assert Post.objects.get(topic__title=TITLE).is_published


def answer(page, topic) -> None:
    """Reply from the page of the topic, then say that the question was useful."""
    page.goto("/es/forums/inspection/")
    expect(page.locator(".topics .is-new")).to_have_count(1)
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.fill("#id_text", ANSWER)
    page.locator('#reply button[value="publish"]').click()
    page.wait_for_url(re.compile(r"#post-2$"))
    page.locator('#post-1 form[action$="/useful/1/"] button').click()
    page.wait_for_url(re.compile(r"#post-1$"))
    expect(page.locator('#post-1 [aria-pressed="true"]')).to_contain_text("1")
    page.goto("/es/forums/inspection/")
    expect(page.locator(".topics .is-new")).to_have_count(0)
    assert Post.objects.get(topic=topic, place=1).useful_count == 1


def test_from_a_held_first_post_to_an_accepted_answer(desk, ana, bruno, javascript):
    place = talking.forum("inspection", area_id="LAB")
    talking.topic(place, bruno, title="Otro tema")
    mora = factories.person(
        "mora@demo.example", name="Mora Iglesias", roles=[(Role.MODERATOR, bruno.memberships.get().institution)]
    )
    asker = factories.person("nadia@example.org", name="Nadia Nueva", language="es")
    own = desk.page_of(asker, javascript=javascript, width=375)
    other = desk.page_of(bruno, javascript=javascript)
    watch(other)
    begin(own)
    topic = Topic.objects.get(title=TITLE)
    assert topic.state == "held"
    other.goto(f"/es/forums/inspection/{topic.slug}/")
    expect(other.locator("main")).not_to_contain_text(TITLE)
    assert not hears_of_it(other, bruno)

    release(desk.page_of(mora, javascript=javascript, language="en"), Case.objects.get(kind="forums.post"))
    assert hears_of_it(other, bruno) and hears_of_it(own, asker)
    answer(other, topic)

    own.goto(f"/es/forums/inspection/{topic.slug}/")
    expect(own.locator("#post-2")).to_contain_text(ANSWER)
    own.locator('#post-2 form[action$="/accept/2/"] button').click()
    own.wait_for_url(re.compile(r"#post-2$"))
    visitor = desk.page_of(None, javascript=javascript)
    visitor.goto(f"/es/forums/inspection/{topic.slug}/")
    expect(visitor.locator(".post.is-answer")).to_contain_text(ANSWER)
    visitor.goto("/es/forums/search/?q=accidentes")
    expect(visitor.locator(".recs .rec")).to_have_count(1)


def test_a_reply_is_kept_while_it_is_written_and_two_windows_keep_their_words(desk, ana, bruno):
    topic = talking.topic(talking.forum("inspection", area_id="LAB"), bruno, title="Otro tema")
    talking.topic(topic.forum, ana)
    address = f"/es/forums/inspection/{topic.slug}/reply/"
    one, other = desk.page_of(ana), desk.page_of(ana)
    one.goto(address)
    other.goto(address)
    one.fill('main [name="text"]', "Lo que escribo aquí")
    expect(one.locator("#draft-saved")).to_contain_text("Guardado a las")
    one.locator('main [name="text"]').press_sequentially(" y sigo", delay=20)
    expect(one.locator('main [name="seen"]')).to_have_value("3")  # saved a second time
    other.fill('main [name="text"]', "Lo que escribo allá")
    expect(other.locator("#draft-state")).to_have_class(re.compile("is-bad"))
    assert Draft.objects.get(user=ana).text == "Lo que escribo aquí y sigo"
    other.locator('main button[value="save"]').click()
    expect(other.locator("main")).to_contain_text("Lo que escribo aquí y sigo")
    expect(other.locator("main")).to_contain_text("Lo que escribo allá")
    one.locator('main [name="text"]').press_sequentially(".")
    one.locator('main button[value="preview"]').click()
    expect(one.locator(".preview")).to_contain_text("y sigo.")
    expect(one.locator("#draft-state")).not_to_have_class(
        re.compile("is-bad")
    )  # nothing is missing: the page has it all
    one.fill('main [name="text"]', "Lo que escribo aquí y sigo. Fin")
    one.locator('main button[value="publish"]').click()
    one.wait_for_url(re.compile(r"#post-2$"))
    expect(one.locator("#post-2")).to_contain_text("Lo que escribo aquí y sigo. Fin")
    one.goto(address)
    expect(one.locator("#draft-state")).to_have_class(re.compile("is-live"))
    expect(one.locator("#draft-state")).not_to_have_class(
        re.compile("is-bad")
    )  # what was published is not offered again


def tab_to(page, selector: str) -> None:
    """Press the tabulator until the focus is there; on every stop something shows where one is."""
    for _stop in range(90):
        page.keyboard.press("Tab")
        there, drawn = page.evaluate(
            """(selector) => {
                const one = document.activeElement, style = getComputedStyle(one);
                return [one.matches(selector), style.outlineStyle !== "none" || style.boxShadow !== "none"];
            }""",
            selector,
        )
        assert drawn, page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        if there:
            return
    raise AssertionError(f"the tabulator never comes to {selector}")


def test_reading_answering_and_hiding_by_the_keys_alone(desk, ana, bruno):
    topic = talking.topic(talking.forum("inspection", area_id="LAB"), bruno, title="Otro tema")
    talking.topic(topic.forum, ana)
    mora = factories.person(
        "mora@demo.example", roles=[(Role.MODERATOR, bruno.memberships.get().institution)], language="es"
    )
    page = desk.page_of(ana)
    page.goto("/es/forums/inspection/")
    tab_to(page, f'.topics a[href$="/{topic.slug}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/{topic.slug}/$"))
    tab_to(page, '#post-1 form[action$="/useful/1/"] button')
    page.keyboard.press("Enter")
    expect(page.locator('#post-1 [aria-pressed="true"]')).to_contain_text("1")
    tab_to(page, "#id_text")
    page.keyboard.type("Una respuesta")
    tab_to(page, '#reply button[value="publish"]')
    page.keyboard.press("Enter")
    expect(page.locator("#post-2")).to_contain_text("Una respuesta")
    judge = desk.page_of(mora)
    judge.goto(f"/es/forums/inspection/{topic.slug}/")
    tab_to(judge, '#post-2 a[href$="/hide/"]')
    judge.keyboard.press("Enter")
    judge.wait_for_url(re.compile(r"/hide/$"))
    tab_to(judge, 'textarea[name="reason"]')
    judge.keyboard.type("Publicidad")
    tab_to(judge, "main form .btn")
    judge.keyboard.press("Enter")
    expect(judge.locator("#post-2 .tag").first).to_be_visible()
    visitor = desk.page_of(None)
    visitor.goto(f"/es/forums/inspection/{topic.slug}/")
    expect(visitor.locator("#post-2")).not_to_contain_text("Una respuesta")
