"""Writing in the forums: topics, replies, edits with their history, taking back, useful, the answer, drafts, files."""

import io
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from PIL import Image

from core.errors import NotAllowed, Stale
from files.models import StoredFile
from forums.models import Draft, ForumMember, Post, PostEdit, PostFile, Topic, Useful
from forums.services import belonging, drafts, moderating, thanks, writing
from network.choices import InstitutionKind, Role
from network.constituency import Constituency
from network.idempotency import new_key
from notifications.models import Notice
from tests.factories import institution, membership, person, published_program
from tests.forums import factories
from tests.forums.talk import mention


def member(name="Luis Pardo", kind=InstitutionKind.MINISTRY, role=Role.OFFICER):
    user = person(name=name)
    membership(user, role, institution(kind=kind))
    return user


@pytest.fixture
def luis(db):
    return member()


@pytest.fixture
def place(db):
    return factories.forum("open")


@pytest.fixture
def topic(place, luis):
    return factories.topic(place, luis, title="Inspection by telephone")


# --- held, published, counted ------------------------------------------------------------------------
def test_the_first_post_of_somebody_new_waits_and_counts_for_nothing(place, luis):
    post = writing.start_topic(place, by=luis, title="Hello", text="Words", language="en")
    place.refresh_from_db()
    assert post.state == "held" and post.topic.state == "held" and post.topic.last_place == 0
    assert (place.topic_count, place.post_count, place.last_post_at) == (0, 0, None)


def test_whoever_has_a_published_post_is_published_at_once(place, luis, topic):
    post = writing.start_topic(place, by=luis, title="Hello", text="Words", language="en")
    place.refresh_from_db()
    assert post.is_published and post.place == 1 and post.topic.state == "published"
    assert (place.topic_count, place.post_count) == (2, 2)


def test_two_titles_that_are_the_same_get_two_addresses(place, luis, topic):
    slugs = {factories.topic(place, luis, title="Inspection by telephone").slug for _ in range(3)} | {topic.slug}
    assert slugs == {"inspection-by-telephone", *(f"inspection-by-telephone-{n}" for n in (2, 3, 4))}


@pytest.mark.parametrize("title", ["new", "Feed", "¿¡…!?", "<script>", "../../admin", "日本語"])
def test_a_title_never_takes_an_address_of_its_own(client, place, luis, topic, title):
    made = factories.topic(place, luis, title=title)
    page = client.get(f"/en/forums/open/{made.slug}/")
    assert page.status_code == 200 and b"<script>" not in page.content.split(b"</head>")[1]


@pytest.mark.django_db(transaction=True)
def test_replies_of_many_at_once_get_one_place_each():
    place = factories.forum()
    writers = [member(f"Person {n}") for n in range(4)]
    topic = factories.topic(place, writers[0])
    for writer in writers[1:]:
        factories.reply(topic, writer)

    def write(writer):
        try:
            for number in range(3):
                writing.reply(topic, by=writer, text=f"Reply {number}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[writer]) for writer in writers]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    topic.refresh_from_db()
    assert sorted(Post.objects.filter(topic=topic).values_list("place", flat=True)) == list(range(1, 17))
    assert topic.last_place == topic.post_count == 16


# --- who may write -----------------------------------------------------------------------------------
def test_an_archived_forum_is_read_and_nobody_writes(client, place, luis, topic):
    place.archived_at = timezone.now()
    place.save()
    topic.refresh_from_db()
    with pytest.raises(NotAllowed):
        writing.reply(topic, by=luis, text="x")
    client.force_login(luis)
    assert client.get("/en/forums/open/new/").status_code == 403
    assert b"archived" in client.get(f"/en/forums/open/{topic.slug}/").content


def test_a_forum_of_one_constituency_is_written_by_it_alone(luis):
    union = member("Pablo Ortiz", InstitutionKind.WORKERS, Role.PARTNER)
    place = factories.forum(constituencies=[Constituency.WORKERS])
    assert writing.start_topic(place, by=union, title="Ours", text="x", language="es")
    with pytest.raises(NotAllowed, match="Workers"):
        writing.start_topic(place, by=luis, title="Not ours", text="x", language="es")


def test_a_locked_topic_takes_no_replies_but_of_moderators(luis, topic):
    moderator = member("Mora", InstitutionKind.INTERNATIONAL, Role.MODERATOR)
    Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    with pytest.raises(NotAllowed, match="locked"):
        writing.reply(topic, by=luis, text="x")
    assert writing.reply(topic, by=moderator, text="x").is_published


def test_a_post_of_another_topic_is_not_quoted(luis, place, topic):
    other = factories.topic(place, luis)
    with pytest.raises(NotAllowed):
        writing.reply(topic, by=luis, text="x", quoted=other.posts.get())


# --- change, take back -------------------------------------------------------------------------------
def test_an_edit_keeps_what_was_said_and_refuses_a_stale_version(luis, topic):
    post = topic.posts.get()
    changed = writing.edit_post(post, by=luis, text="Better words", version=1, title="By telephone", language="es")
    assert changed.version == 2 and changed.html == "<p>Better words</p>\n"
    assert PostEdit.objects.get().text == "How do you do it?" and PostEdit.objects.get().title == topic.title
    with pytest.raises(Stale):
        writing.edit_post(post, by=luis, text="Older words", version=1)
    topic.refresh_from_db()
    assert (topic.title, topic.language, topic.slug) == ("By telephone", "es", "inspection-by-telephone")


def test_a_stale_edit_shows_both_texts(client, luis, topic):
    client.force_login(luis)
    writing.edit_post(topic.posts.get(), by=luis, text="Theirs stands", version=1)
    sent = {
        "text": "Mine came late",
        "title": "T",
        "language": "en",
        "version": 1,
        "form_key": new_key(),
        "then": "save",
    }
    answer = client.post(f"/en/forums/open/{topic.slug}/edit/1/", sent)
    assert answer.status_code == 409 and b"Theirs stands" in answer.content and b"Mine came late" in answer.content


def test_the_history_cannot_be_rewritten(luis, topic):
    writing.edit_post(topic.posts.get(), by=luis, text="Better", version=1)
    for statement in ("UPDATE forums_postedit SET text = 'x'", "DELETE FROM forums_postedit"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    PostEdit.objects.update(by=None)


def test_a_moderator_gives_a_reason_and_what_they_took_out_is_not_shown(client, luis, topic):
    moderator, other = member("Mora", InstitutionKind.INTERNATIONAL, Role.MODERATOR), member("Ana")
    post = topic.posts.get()
    with pytest.raises(NotAllowed, match="why"):
        writing.edit_post(post, by=moderator, text="Cleaned", version=1)
    writing.edit_post(post, by=luis, text="A telephone number: 555 1234", version=1)
    writing.edit_post(post, by=moderator, text="Cleaned", version=2, reason="Personal data")
    url = f"/en/forums/open/{topic.slug}/history/1/"
    client.force_login(other)
    page = client.get(url).content
    assert b"555 1234" not in page and b"Personal data" in page
    client.force_login(luis)
    assert b"1234" in client.get(url).content


def test_only_the_author_removes_and_the_place_stays(luis, topic):
    ana = member("Ana")
    post = factories.reply(topic, ana, "Taken back")
    with pytest.raises(NotAllowed):
        writing.remove_post(post, by=luis)
    writing.remove_post(post, by=ana)
    topic.refresh_from_db()
    assert (topic.last_place, topic.post_count, topic.state) == (2, 1, "published")
    topic.forum.refresh_from_db()
    assert topic.forum.post_count == 1


def test_a_topic_that_is_nothing_else_goes_with_its_post(client, luis, topic):
    client.force_login(luis)
    assert client.post(f"/en/forums/open/{topic.slug}/remove/1/").url == "/en/forums/open/"
    client.logout()
    assert client.get(f"/en/forums/open/{topic.slug}/").status_code == 404
    topic.forum.refresh_from_db()
    assert (topic.forum.topic_count, topic.forum.post_count) == (0, 0)


# --- useful, answer ----------------------------------------------------------------------------------
def test_useful_counts_once_a_person_and_never_ones_own(luis, topic):
    ana, post = member("Ana"), topic.posts.get()
    assert thanks.mark_useful(post, by=ana) and not thanks.mark_useful(post, by=ana)
    post.refresh_from_db()
    assert post.useful_count == Useful.objects.count() == 1
    with pytest.raises(NotAllowed):
        thanks.mark_useful(post, by=luis)
    thanks.unmark_useful(post, by=ana)
    thanks.unmark_useful(post, by=ana)
    post.refresh_from_db()
    assert post.useful_count == 0


def test_whoever_asked_accepts_a_reply(client, luis, topic):
    ana = member("Ana")
    post = factories.reply(topic, ana)
    with pytest.raises(NotAllowed):
        thanks.accept_answer(topic, post, by=ana)
    with pytest.raises(NotAllowed):
        thanks.accept_answer(topic, topic.posts.get(place=1), by=luis)
    client.force_login(luis)
    client.post(f"/en/forums/open/{topic.slug}/accept/2/")
    assert b"Post 2 answers the question" in client.get(f"/en/forums/open/{topic.slug}/").content
    client.post(f"/en/forums/open/{topic.slug}/accept/2/", {"then": "undo"})
    assert b"answers the question</a>" not in client.get(f"/en/forums/open/{topic.slug}/").content


def test_an_answer_that_somebody_marked_meanwhile_is_not_taken_back_by_an_older_page(client, luis, topic):
    first, second = (factories.reply(topic, member(name)) for name in ("Ana", "Eva"))
    thanks.accept_answer(topic, first, by=luis)  # read by whoever now presses that it is not the answer
    thanks.accept_answer(topic, second, by=luis)
    client.force_login(luis)
    client.post(f"/en/forums/open/{topic.slug}/accept/{first.place}/", {"then": "undo"})
    topic.refresh_from_db()
    assert topic.accepted == second


# --- mentions, cards ---------------------------------------------------------------------------------
def test_a_mention_names_and_tells_those_who_may_read_alone(client, luis):
    inside, outside = member("Inés <b>Bold</b>"), member("Otto Outside")
    place = factories.forum("closed", access="invitation", members=[luis, inside])
    topic = factories.topic(place, luis, text=f"See {mention(inside)} and {mention(outside)} and @x.999999")
    client.force_login(luis)
    page = client.get(f"/en/forums/closed/{topic.slug}/").content.decode()
    assert "@Inés &lt;b&gt;Bold&lt;/b&gt;" in page and "Otto Outside" not in page and f"{mention(outside)}" in page
    told = Notice.objects.filter(kind="forums.mention")
    assert [notice.recipient for notice in told] == [inside]


def test_no_name_is_learned_by_trying_numbers(client, luis, place):
    plain = person(name="Nobody Knows Me")
    topic = factories.topic(place, luis, text=f"{mention(plain)}")
    assert b"Nobody Knows Me" not in client.get(f"/en/forums/open/{topic.slug}/").content


def test_a_mention_in_code_or_a_link_is_none(luis, place):
    topic = factories.topic(
        place, luis, text=f"`{mention(luis)}` [{mention(luis)}](https://a.example) me{mention(luis)}"
    )
    assert topic.posts.get().mentions == []


def test_nobody_is_told_of_what_waits(luis, place):
    ana = member("Ana")
    post = writing.start_topic(place, by=ana, title="T", text=f"{mention(luis)}", language="en")
    assert post.state == "held" and not Notice.objects.filter(recipient=luis).exists()


def test_only_public_records_become_cards(client, luis, place):
    program = published_program(title="Cuidar <i>con</i> Certificado")
    hidden = published_program(title="Never shown", publish=False)
    text = f"P-{program.pk:06d}\n\nP-{hidden.pk:06d}\n\nin a line P-{program.pk:06d}"
    topic = factories.topic(place, luis, text=text)
    page = client.get(f"/en/forums/open/{topic.slug}/").content.decode()
    assert page.count('class="record-card"') == 1 and "Cuidar &lt;i&gt;con&lt;/i&gt; Certificado" in page
    assert "Never shown" not in page


# --- the pages of writing ----------------------------------------------------------------------------
def words(**fields) -> dict:
    return {
        "title": "A title",
        "language": "es",
        "text": "Some **words**",
        "then": "publish",
        "form_key": new_key(),
        **fields,
    }


def test_pressing_the_button_twice_publishes_once(client, luis, topic):
    client.force_login(luis)
    sent = words()
    first, again = (client.post("/en/forums/open/new/", sent) for _ in range(2))
    assert first.status_code == 302 and first.url == again.url
    assert Topic.objects.filter(title="A title").count() == 1
    assert client.post("/en/forums/open/new/", sent | {"text": "Others"}).status_code == 409


def test_the_preview_is_drawn_as_it_will_be_read_and_keeps_a_draft(client, luis):
    factories.forum("open")
    client.force_login(luis)
    page = client.post("/en/forums/open/new/", words(then="preview", text="**Bold** <script>x</script>"))
    assert b"<strong>Bold</strong> &lt;script&gt;" in page.content
    assert Draft.objects.get(user=luis).text.startswith("**Bold**") and not Topic.objects.exists()


def test_a_draft_is_kept_taken_up_and_gone_once_published(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    client.post(url, {"text": "Half a thought", "then": "save", "form_key": new_key()})
    assert (
        b"Half a thought" in client.get(url).content and b"Half a thought" in client.get("/en/forums/drafts/").content
    )
    client.post(url, {"text": "A whole thought", "then": "publish", "form_key": new_key()})
    assert not Draft.objects.exists() and topic.posts.get(place=2).text == "A whole thought"


def test_a_draft_saves_by_itself_and_two_windows_do_not_overwrite_each_other(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    first = client.post(url, {"text": "One", "seen": 0}, headers={"X-Draft": "autosave"})
    assert first.json()["fields"] == {"seen": 2} and first.json()["saved"] and Draft.objects.get().text == "One"
    late = client.post(url, {"text": "Two", "seen": 1}, headers={"X-Draft": "autosave"})
    assert late.json()["conflicts"] and late.json()["fields"] == {} and Draft.objects.get().text == "One"
    by_hand = client.post(url, {"text": "Two", "seen": 1, "then": "save", "form_key": new_key()})
    assert by_hand.status_code == 409 and b"One" in by_hand.content and b"Two" in by_hand.content


def test_nobody_is_in_conflict_with_their_own_words_where_an_answer_was_lost(client, luis, topic):
    client.force_login(luis)
    url, head = f"/en/forums/open/{topic.slug}/reply/", {"headers": {"X-Draft": "autosave"}}
    mine, other = ({"seen": 0, "holder": client.get(url).context["note"]} for _window in range(2))
    for words in ("One", "One and two"):  # the page never hears the first answer
        assert client.post(url, mine | {"text": words}, **head).json()["conflicts"] == []
    assert client.post(url, other | {"text": "Another window"}, **head).json()["conflicts"]
    by_hand = client.post(url, mine | {"text": "One, two and three", "then": "save", "form_key": new_key()})
    assert by_hand.status_code == 302 and Draft.objects.get().text == "One, two and three"


@pytest.mark.parametrize("meanwhile", ["locked_at", "hidden", "archived"])
def test_words_typed_where_nobody_may_write_any_more_are_given_back(client, luis, topic, meanwhile):
    client.force_login(luis)
    url, words = f"/en/forums/open/{topic.slug}/reply/", "A long thought of mine. " * 20
    client.post(url, {"text": words, "then": "save", "form_key": new_key()})
    if meanwhile == "hidden":
        Topic.objects.filter(pk=topic.pk).update(state="hidden")
    elif meanwhile == "archived":
        type(topic.forum).objects.filter(pk=topic.forum_id).update(archived_at=timezone.now())
    else:
        Topic.objects.filter(pk=topic.pk).update(locked_at=timezone.now())
    late = client.post(url, {"text": f"{words} The end.", "then": "publish", "form_key": new_key()})
    assert late.status_code == 409 and "The end." in late.text
    told = client.post(url, {"text": f"{words} The end."}, headers={"X-Draft": "autosave"})
    assert told.json()["problem"]
    assert client.get(url).status_code in (403, 404)
    assert words.strip() in client.get("/en/forums/drafts/").text
    assert not topic.posts.filter(text__contains="The end.").exists()


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("meanwhile", ["joined", "moved"])
def test_words_typed_while_a_topic_was_joined_or_moved_are_given_back(client, luis, place, topic, meanwhile, kept):
    mora = member("Mora", InstitutionKind.INTERNATIONAL, Role.MODERATOR)
    into = factories.topic(place, luis)
    url, words = f"/en/forums/open/{topic.slug}/reply/", "A long thought of mine. " * 20
    ana = member("Ana")
    if kept:
        drafts.save_draft(place, topic, by=ana, text=words)
    if meanwhile == "joined":
        moderating.merge_topic(topic, into, by=mora, reason="The same")
    else:
        into = moderating.move_to_forum(topic, factories.forum("there"), by=mora, reason="Better there")
    for writer in (ana, mora):  # who moderates sees that it was joined, and is given the words as well
        client.force_login(writer)
        late = client.post(url, {"text": f"{words} The end.", "then": "publish", "form_key": new_key()})
        assert late.status_code == 409 and "The end." in late.text
        assert f'href="/en/forums/{into.forum.slug}/{into.slug}/"' in late.text
    told = client.post(url, {"text": f"{words} The end."}, headers={"X-Draft": "autosave"})
    assert told.json()["problem"]
    client.force_login(ana)
    assert client.post(url, {"text": " ", "then": "publish", "form_key": new_key()}).status_code == 404
    assert not Post.objects.filter(text__contains="The end.").exists()


@pytest.mark.parametrize("access", ["invitation", "members"])
def test_words_typed_while_a_topic_went_to_others_come_back_to_whoever_began_it(client, luis, place, topic, access):
    mora = member("Mora", InstitutionKind.INTERNATIONAL, Role.MODERATOR)
    begun, stranger = person(name="Sol Nueva"), person(name="Otto Outside")  # neither belongs to the network
    drafts.save_draft(place, topic, by=begun, text="A private thought")
    there = factories.forum("there", access=access)
    moderating.move_to_forum(topic, there, by=mora, reason="Better there", confirmed=True)
    url, sent = f"/en/forums/open/{topic.slug}/reply/", {"text": "The end.", "then": "publish", "form_key": new_key()}
    client.force_login(begun)
    late = client.post(url, sent)
    assert late.status_code == 409 and "The end." in late.text
    assert "A private thought" not in late.text and "there/" not in late.text and there.name not in late.text
    for place_of in (url, "/en/forums/there/no-such-topic/reply/", "/en/forums/open/no-such-topic/reply/"):
        client.force_login(stranger)
        assert client.post(place_of, sent).status_code == 404


def test_words_survive_the_end_of_a_session(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    note = client.get(url).context["note"]
    client.logout()
    assert "login" in client.post(url, {"text": "Long work", "holder": note, "then": "publish"}).url
    client.force_login(luis)
    assert b"Long work" in client.get(url).content
    assert not topic.posts.filter(text="Long work").exists()


def test_somebody_elses_draft_does_not_exist(client, luis, topic):
    draft = drafts.save_draft(topic.forum, topic, by=luis, text="Mine")
    client.force_login(member("Ana"))
    assert client.post(f"/en/forums/drafts/{draft.pk}/discard/").status_code == 404
    assert b"Mine" not in client.get("/en/forums/drafts/").content


# --- files -------------------------------------------------------------------------------------------
def picture(name="photo.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_files_of_a_closed_forum_open_for_its_readers_alone(client, luis):
    place = factories.forum("closed", access="invitation", members=[luis])
    topic = factories.topic(place, luis)
    client.force_login(luis)
    sent = {"text": "With a picture", "then": "publish", "form_key": new_key(), "file": picture()}
    client.post(f"/en/forums/closed/{topic.slug}/reply/", sent)
    kept = PostFile.objects.get()
    url = f"/en/forums/closed/{topic.slug}/file/{kept.pk}/"
    answer = client.get(url)
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(member("Ana"))
    assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 404
    elsewhere = factories.topic(factories.forum("open"), luis)
    client.force_login(luis)
    assert client.get(f"/en/forums/open/{elsewhere.slug}/file/{kept.pk}/").status_code == 404


@pytest.mark.parametrize(
    "upload",
    [("evil.html", b"<script>alert(1)</script>"), ("evil.png", b"<svg onload=alert(1)>"), ("run.exe", b"MZ\x90\x00")],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_stay(client, luis, topic, upload):
    client.force_login(luis)
    sent = {"text": "My words", "then": "publish", "form_key": new_key(), "file": SimpleUploadedFile(*upload)}
    answer = client.post(f"/en/forums/open/{topic.slug}/reply/", sent)
    assert answer.status_code == 422 and b"My words" in answer.content
    assert not topic.posts.filter(place=2).exists() and not StoredFile.objects.exists()


def test_a_file_of_a_draft_goes_over_to_the_post_or_away(client, luis, topic):
    client.force_login(luis)
    url = f"/en/forums/open/{topic.slug}/reply/"
    client.post(url, {"text": "x", "then": "preview", "form_key": new_key(), "file": picture()})
    kept = Draft.objects.get().files.get()
    assert client.get(f"/en/forums/drafts/file/{kept.pk}/").status_code == 200
    client.force_login(member("Ana"))
    assert client.get(f"/en/forums/drafts/file/{kept.pk}/").status_code == 404
    client.force_login(luis)
    seen = Draft.objects.get().version
    client.post(url, {"text": "x", "then": f"drop-{kept.pk}", "form_key": new_key(), "seen": seen})
    assert not StoredFile.objects.exists() and Draft.objects.exists()


# --- members -----------------------------------------------------------------------------------------
def test_an_organiser_invites_and_a_member_leaves(client, luis):
    ana = member("Ana")
    place = factories.forum("closed", access="invitation", organisers=[luis])
    client.force_login(luis)
    sent = {"email": ana.email, "role": "member", "form_key": new_key()}
    assert client.post("/en/forums/closed/members/", sent).status_code == 302
    row = ForumMember.objects.get(user=ana)
    assert Notice.objects.get(kind="forums.invited").recipient == ana
    client.force_login(ana)
    assert client.get("/en/forums/closed/members/").status_code == 200
    assert client.post("/en/forums/closed/members/", sent).status_code == 403
    client.post(f"/en/forums/closed/members/{row.pk}/leave/")
    assert client.get("/en/forums/closed/").status_code == 404
    with pytest.raises(NotAllowed, match="organiser"):
        belonging.remove_member(place.members.get(), by=luis)


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Mensaje publicado."), ("pt", "Mensagem publicada."), ("fr", "Message publié.")]
)
def test_what_was_published_is_called_a_message(client, luis, topic, language, words):
    client.force_login(luis)
    sent = {"text": "x", "then": "publish", "form_key": new_key()}
    page = client.post(f"/{language}/forums/open/{topic.slug}/reply/", sent, follow=True).content.decode()
    assert words in page and "Programa publicado" not in page and "Programme publié" not in page


def test_a_number_with_somebody_elses_name_mentions_nobody(client, luis, ana):
    place = factories.forum("open")
    text = f"See @luis-pardo.{ana.pk}, @.{ana.pk} and @ana.{ana.pk}"
    topic = factories.topic(place, luis, text=text)
    post = topic.posts.get()
    assert post.mentions == []
    page = client.get(f"/en/forums/open/{topic.slug}/").content.decode()
    assert f"@luis-pardo.{ana.pk}" in page and 'class="mention"' not in page
    post = writing.edit_post(post, by=luis, text=f"See {mention(ana).upper()}", version=post.version)
    assert post.mentions == [ana.pk]


def test_an_earlier_name_stays_a_mention_where_it_stood(luis, ana):
    topic = factories.topic(factories.forum("open"), luis, text=f"See {mention(ana)}")
    was, ana.name = mention(ana), "Ana Rojas Vidal"
    ana.save()
    post = writing.edit_post(topic.posts.get(), by=luis, text=f"See {was} soon", version=1)
    assert post.mentions == [ana.pk]
    assert writing.reply(topic, by=luis, text=f"And {was}").mentions == []


def test_whom_one_may_mention_is_told_to_readers_alone(client, luis):
    place = factories.forum("closed", access="invitation", members=[luis])
    member("Lucía Outside")
    client.force_login(luis)
    page = client.get("/en/forums/mentions/?forum=closed&q=lu").content.decode()
    assert f"@luis-pardo.{luis.pk}" in page and "Outside" not in page
    client.force_login(member("Ana"))
    assert client.get("/en/forums/mentions/?forum=closed&q=lu").status_code == 404
    assert place.members.count() == 1
