"""Pressing the button twice."""

import re
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory

from core.errors import PortalError, RepeatedWithOtherBody
from network.idempotency import carry_out_once, digest_of, new_key
from network.models import FormReceipt


def test_the_same_form_sent_twice_is_carried_out_once(ana):
    done = []
    key = new_key()
    for _ in range(2):
        assert carry_out_once(ana, key, "d", lambda: done.append(1) or "/there/") == "/there/"
    assert done == [1]


def test_the_same_key_with_other_content_is_refused(ana):
    key = new_key()
    carry_out_once(ana, key, "one", lambda: "/there/")
    with pytest.raises(RepeatedWithOtherBody):
        carry_out_once(ana, key, "two", lambda: "/elsewhere/")


def test_another_person_may_hold_the_same_key(ana, victor):
    key = new_key()
    assert carry_out_once(ana, key, "d", lambda: "/a/") == "/a/"
    assert carry_out_once(victor, key, "d", lambda: "/b/") == "/b/"


def test_a_visitor_is_counted_as_one_owner(db):
    key = new_key()
    visitor = AnonymousUser()
    assert carry_out_once(visitor, key, "d", lambda: "/a/") == "/a/"
    assert carry_out_once(visitor, key, "d", lambda: "/b/") == "/a/"


def test_a_failure_leaves_the_key_unused(ana):
    key = new_key()
    with pytest.raises(ZeroDivisionError):
        carry_out_once(ana, key, "d", lambda: 1 / 0)
    assert carry_out_once(ana, key, "d", lambda: "/there/") == "/there/"


@pytest.mark.parametrize("key", ["", "short", "with space and more", "x" * 65, "\x00" * 20])
def test_a_form_without_a_usable_key_is_refused(ana, key):
    with pytest.raises(PortalError):
        carry_out_once(ana, key, "d", lambda: "/there/")
    assert not FormReceipt.objects.exists()


def test_the_digest_leaves_out_the_keys_of_the_form():
    post = RequestFactory().post
    one = digest_of(post("/x/", {"a": "1", "form_key": "k1", "csrfmiddlewaretoken": "t1"}))
    assert one == digest_of(post("/x/", {"a": "1", "form_key": "k2", "csrfmiddlewaretoken": "t2"}))
    assert one != digest_of(post("/x/", {"a": "2"}))
    assert one != digest_of(post("/y/", {"a": "1"}))


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_carried_out_once(ana):
    key, done, answers = new_key(), [], []
    gate = threading.Barrier(2)

    def press():
        gate.wait()
        answers.append(carry_out_once(ana, key, "d", lambda: done.append(1) or "/there/"))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert done == [1] and answers == ["/there/", "/there/"]


@pytest.mark.django_db
def test_whoever_goes_back_and_sends_other_words_has_them_back(client):
    """The page says that the form was sent, shows what came now, and leads to what came of the first."""
    words = {"name": "Ana Rojas", "email": "ana@example.org", "topic": "question", "message": "The first <question>."}
    where = "/en/contact/"
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(where).text)[1]
    first = client.post(where, {**words, "form_key": key})
    assert first.status_code == 302, first.text
    page = client.post(where, {**words, "form_key": key, "message": "A second <question> instead."})
    assert page.status_code == 409
    assert "This form was already sent" in page.text and "A second &lt;question&gt; instead." in page.text
    assert f'href="{first.url}"' in page.text
