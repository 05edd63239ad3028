"""A topic from a first post that waits to an accepted answer, between two people and a moderator."""

import re

import pytest
from playwright.sync_api import expect

from forums.models import Post, Topic
from network.choices import Role
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


def release(page, case) -> None:
    """A moderator reads it in the queue and lets it through."""
    page.goto(f"/admin/review/case/{case.pk}/change/")
    expect(page.locator("#content").first).to_contain_text("inspectores")
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
    begin(own)
    topic = Topic.objects.get(title=TITLE)
    assert topic.state == "held"
    other.goto(f"/es/forums/inspection/{topic.slug}/")
    expect(other.locator("main")).not_to_contain_text(TITLE)

    release(desk.page_of(mora, javascript=javascript, language="en"), Case.objects.get(kind="forums.post"))
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
