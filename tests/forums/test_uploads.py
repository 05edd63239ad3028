"""Files that people put beside what they write: taken or refused with a word, never to be run."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from files.models import StoredFile
from forums.models import Draft, Post, PostFile
from forums.services import persons
from forums.services.drafts import attach_to_draft, save_draft
from network.choices import Role
from network.idempotency import new_key
from tests.factories import institution, membership, person
from tests.forums import factories
from tests.forums.hostile import dangers

pytestmark = pytest.mark.django_db


def member(name="Luis Pardo", role=Role.OFFICER, **fields):
    user = person(name=name, **fields)
    membership(user, role, institution())
    return user


@pytest.fixture
def luis(db):
    return member()


@pytest.fixture
def topic(luis):
    return factories.topic(factories.forum("open"), luis, title="Inspection by telephone")


def picture(shade: int = 0, name="photo.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), (shade, 0, 0)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>zqbad()</script></svg>'
BAD_FILES = {
    "svg": lambda: [SimpleUploadedFile("drawing.svg", SVG, "image/svg+xml")],
    "svg called png": lambda: [SimpleUploadedFile("drawing.png", SVG, "image/png")],
    "page": lambda: [SimpleUploadedFile("page.html", b"<script>zqbad()</script>", "text/html")],
    "program": lambda: [SimpleUploadedFile("report.pdf.exe", b"MZ\x90\x00", "application/pdf")],
    "nothing": lambda: [SimpleUploadedFile("empty.pdf", b"", "application/pdf")],
    "too big": lambda: [SimpleUploadedFile("big.txt", b"x" * 2001, "text/plain")],
    "six": lambda: [picture(number) for number in range(6)],
    "one of two": lambda: [picture(), SimpleUploadedFile("drawing.svg", SVG, "image/svg+xml")],
}


@pytest.mark.parametrize("then", ["publish", "preview", "save"])
@pytest.mark.parametrize("files", BAD_FILES.values(), ids=list(BAD_FILES))
def test_files_that_are_not_taken_are_said_and_the_words_stay(client, luis, topic, settings, files, then):
    settings.MAX_UPLOAD_BYTES = 2000
    client.force_login(luis)
    sent = {"text": "My long words", "then": then, "form_key": new_key(), "file": files()}
    page = client.post(f"/en/forums/open/{topic.slug}/reply/", sent)
    assert page.status_code == 422 and b"My long words" in page.content and b'id="errors"' in page.content
    assert topic.posts.count() == 1 and not StoredFile.objects.filter(extension="svg").exists()
    if len(sent["file"]) == 6:  # how many is said before any is looked at
        assert not Draft.objects.exists() and not StoredFile.objects.exists()
        return
    bad, good = sent["file"][-1], len(sent["file"]) - 1
    assert Draft.objects.get().text == "My long words" and Draft.objects.get().files.count() == good
    message = page.content.decode().partition('id="file-error"')[2].partition("</div>")[0]
    assert f"{bad.name}: The file" in message or f"{bad.name}: This kind of file" in message, message
    assert f'href="#id_file">{bad.name}: ' in page.content.decode()
    assert ("The other files are kept" in message) == bool(good)


def test_a_bad_file_leaves_no_bytes_behind_and_takes_no_words_of_another_window(
    client, luis, topic, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    files = [SimpleUploadedFile("bad.exe", b"MZ\x90\x00", "application/pdf"), picture(5, "good.png")]
    sent = {"text": "First words", "then": "publish", "form_key": new_key(), "seen": "", "file": files}
    assert client.post(url, sent).status_code == 422
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == StoredFile.objects.count() == 1
    Draft.objects.update(text="Newer words", version=7)
    again = [SimpleUploadedFile("bad.exe", b"MZ\x90\x00", "application/pdf")]
    answer = client.post(url, {**sent, "text": "Older words", "seen": "1", "form_key": new_key(), "file": again})
    assert answer.status_code == 409 and "Older words" in answer.text
    assert Draft.objects.get().text == "Newer words"


def test_after_a_bad_file_the_good_one_is_published_without_choosing_it_again(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    sent = {"text": "x", "then": "publish", "form_key": new_key()}
    files = [
        SimpleUploadedFile("bad.exe", b"MZ\x90\x00", "application/pdf"),
        picture(3, "good.png"),
        picture(4, "too.png"),
    ]
    assert client.post(url, {**sent, "file": files}).status_code == 422
    assert client.post(url, sent).status_code == 302  # the same key: nothing was published with it
    assert sorted(PostFile.objects.values_list("name", flat=True)) == ["good.png", "too.png"]
    assert not Draft.objects.exists() and topic.posts.count() == 2


@pytest.mark.parametrize("files", BAD_FILES.values(), ids=list(BAD_FILES))
def test_an_edit_takes_no_worse_files(client, luis, topic, settings, files):
    settings.MAX_UPLOAD_BYTES = 2000
    client.force_login(luis)
    sent = {"text": "Changed words", "title": "T", "language": "en", "version": 1, "then": "save", "form_key": new_key(), "file": files()}  # fmt: skip
    page = client.post(f"/en/forums/open/{topic.slug}/edit/1/", sent)
    assert page.status_code == 422 and b"Changed words" in page.content
    assert topic.posts.get().text == "How do you do it?" and not StoredFile.objects.exists()


def test_five_files_and_not_one_more_whichever_way_they_come(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    client.post(url, {"text": "x", "then": "preview", "form_key": new_key(), "file": [picture(n) for n in range(3)]})
    over = client.post(
        url, {"text": "x", "then": "publish", "form_key": new_key(), "file": [picture(n) for n in range(5, 8)]}
    )
    assert over.status_code == 422 and Draft.objects.get().files.count() == 3
    done = client.post(
        url, {"text": "x", "then": "publish", "form_key": new_key(), "file": [picture(n) for n in range(5, 7)]}
    )
    assert done.status_code == 302 and PostFile.objects.filter(post__topic=topic).count() == 5
    edit = {"text": "x", "version": 1, "then": "save", "form_key": new_key(), "file": [picture(9)]}
    assert client.post(f"/en/forums/open/{topic.slug}/edit/2/", edit).status_code == 422
    assert PostFile.objects.count() == 5


def test_a_file_is_handed_out_under_a_harmless_name_and_never_to_be_run(client, luis, topic):
    client.force_login(luis)
    sent = {"text": "x", "then": "publish", "form_key": new_key(), "file": [picture(name="../\u202egnp.<b>.exe")]}
    assert client.post(f"/en/forums/open/{topic.slug}/reply/", sent).status_code == 302
    kept = PostFile.objects.get()
    page = client.get(f"/en/forums/open/{topic.slug}/")
    assert dangers(page) == [] and "\u202e" not in page.content.decode()
    answer = client.get(reverse("forums:file", args=["open", topic.slug, kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment") and answer["Content-Disposition"].endswith('.png"')
    assert "sandbox" in answer["Content-Security-Policy"] and Post.objects.filter(topic=topic).count() == 2


def test_files_of_drafts_go_with_the_person(luis, topic):
    draft = save_draft(topic.forum, topic, by=luis, text="Begun")
    attach_to_draft(draft, [picture(7, "own.png")], by=luis)
    assert StoredFile.objects.count() == 1
    persons.forget_person(luis)
    assert not Draft.objects.exists() and not StoredFile.objects.exists()
