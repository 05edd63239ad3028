"""Months, lists and their values; the queries they need."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from meetings import services
from meetings.models import Meeting
from meetings.month import Month, next_month, previous_month, read_month
from meetings.when import span_words
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2027",
        "2027-13",
        "2027-00",
        "0000-01",
        "9999-12",
        "2027-3",
        "x",
        "2027-03-01",
        "-1",
        "２０２７-03",
        "1e9-01",
    ],
)
def test_a_silly_month_shows_the_present_one_and_says_so(client, value):
    response = client.get("/en/calendar/", {"month": value})
    assert response.status_code == 200
    assert ("has no such month" in response.text) is bool(value)
    assert f"{timezone.localdate():%Y}" in response.text


def test_months_have_neighbours_up_to_the_ends_of_the_calendar():
    assert read_month("2027-03") == date(2027, 3, 1)
    assert (previous_month(date(2027, 1, 1)), next_month(date(2026, 12, 1))) == (date(2026, 12, 1), date(2027, 1, 1))
    assert previous_month(date(1990, 1, 1)) is None
    assert next_month(date(2100, 12, 1)) is None


def test_forty_meetings_on_one_day_name_four_and_lead_to_the_rest(client):
    boss = made.staff()
    for number in range(40):
        begins = made.moment(f"2027-03-12 {8 + number % 10:02d}:{number:02d}")
        made.meeting(boss, title=f"Crowded {number:02d}", starts_at=begins, ends_at=begins + timedelta(minutes=30))
    page = client.get("/en/calendar/?month=2027-03").text
    assert page.count('class="meet"') == 4
    assert "36 more" in page
    whole = client.get("/en/calendar/?view=list&day=2027-03-12").text
    assert "40 meetings" in whole
    assert "page=2" in whole
    assert "Crowded" in client.get("/en/calendar/?view=list&day=2027-03-12&page=2").text


def test_a_meeting_of_three_days_stands_on_each_and_its_hour_on_the_first(client):
    made.meeting(title="Long one", starts_at=made.moment("2027-03-30 09:00"), ends_at=made.moment("2027-04-01 17:00"))
    march, april = (client.get(f"/en/calendar/?month={month}").text for month in ("2027-03", "2027-04"))
    assert (march.count("Long one"), april.count("Long one")) == (2, 1)
    assert march.count("09:00 Bogotá") == 1


def test_a_meeting_stands_on_the_day_of_its_own_zone(client):
    begins = made.moment("2027-03-31 22:00", "America/Los_Angeles")  # in April everywhere else
    made.meeting(
        title="Late in the west", zone="America/Los_Angeles", starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    assert "Late in the west" in client.get("/en/calendar/?month=2027-03").text
    assert "Late in the west" not in client.get("/en/calendar/?month=2027-04").text


def test_days_that_are_not_known_stand_below_the_month(client):
    made.meeting()
    Meeting.objects.update(
        title="In some September", starts="2007-09", ends="2007-09", first_day=date(2007, 9, 1), last_day=date(2007, 9, 30),
        starts_at=None, ends_at=None, source="https://example.org/",
    )  # fmt: skip
    page = client.get("/en/calendar/?month=2007-09").text
    assert "day not known" in page
    assert page.count("In some September") == 1


@pytest.mark.parametrize(("language", "first"), [("en", 6), ("es", 0), ("pt-br", 6), ("fr", 0)])
def test_the_week_begins_as_the_reader_is_used_to(language, first):
    with translation.override(language):
        month = Month(date(2027, 3, 1), Meeting.objects.none())
        assert month.weeks[0][0].day.weekday() == first == month.weekdays[0].weekday()


def test_the_list_narrows_by_each_filter_and_says_what_is_wrong(client):
    made.meeting(title="Alpha about inspection", themes=["LAB-6"], country_id="CO", spoken=["fr"], kind="workshop")
    made.meeting(title="Beta about wages", themes=["LAB-1"], country_id="PE", spoken=["en"], kind="webinar")
    for query in ("q=inspections", "theme=LAB-6", "country=CO", "language=fr", "format=workshop"):
        page = client.get(f"/en/calendar/?{query}").text
        assert "Alpha about" in page, query
        assert "Beta about" not in page, query
    assert "Alpha" in client.get("/en/calendar/?area=LAB").text
    wrong = client.get("/en/calendar/?view=list&theme=NO-1&day=2026-13-45")
    assert wrong.status_code == 200
    assert "invalid-feedback" in wrong.text


def test_hours_stand_on_the_readers_clock_too(client_of):
    meeting = made.meeting(starts_at=made.moment("2027-07-12 15:00"), ends_at=made.moment("2027-07-12 16:00"))
    person = made.member(timezone="America/Sao_Paulo", language="en")
    page = client_of(person).get(f"/en/calendar/{meeting.slug}/").text
    assert "15:00 to 16:00 (Bogotá, UTC−05:00)" in page
    assert "17:00 to 18:00 (São Paulo, UTC−03:00)" in page


@pytest.mark.parametrize("path", ["?month=2027-03", "?view=list"])
def test_the_calendar_asks_as_much_for_three_meetings_as_for_one(client, path):
    boss, counted = made.staff(), []
    for wanted in (1, 3):
        while Meeting.objects.count() < wanted:
            begins = made.moment(f"2027-03-1{Meeting.objects.count()} 15:00")
            made.meeting(boss, themes=["LAB-1"], country_id="CO", starts_at=begins, ends_at=begins + timedelta(hours=1))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/en/calendar/{path}&page={wanted}")  # not a kept page
        counted.append(len(queries))
    assert counted[1] <= counted[0] <= 6


def test_titles_never_become_markup(client):
    title = '<script>alert(1)</script> & "so"'
    meeting = made.meeting(
        title=title, about=title, place=title, starts_at=made.moment("2027-03-12 15:00"), ends_at=made.moment("2027-03-12 16:00"),
        agenda=[{"time": "15:00", "title": title, "speaker": title}], speakers=[{"name": title, "role": title}],
    )  # fmt: skip
    for path in ("?month=2027-03", "?view=list", f"{meeting.slug}/", f"{meeting.slug}/planner/", "feed/"):
        assert "<script>alert" not in client.get(f"/en/calendar/{path}").text


def test_words_are_looked_up_in_an_index():
    wanted, _other = made.meeting(title="Inspección del trabajo", language="es"), made.meeting()
    rows = Meeting.objects.saying("inspecciones")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "meeting_words" in rows.order_by().explain()
    assert list(rows) == [wanted]


def test_a_month_reads_no_minutes():
    made.meeting(starts_at=made.moment("2027-03-12 15:00"), ends_at=made.moment("2027-03-12 16:00"))
    with CaptureQueriesContext(connection) as asked:
        assert len(Month(date(2027, 3, 1), Meeting.objects.all()).exact) == 1
    assert "minutes" not in asked.captured_queries[0]["sql"] and "LIMIT" in asked.captured_queries[0]["sql"]


def test_the_calendar_is_in_the_site_map(client):
    assert "/en/calendar/</loc>" in client.get("/sitemap-pages.xml").text


def test_the_list_has_what_comes_next_first_and_then_the_latest_of_the_past(client):
    boss, now = made.staff(), timezone.now()
    for days in (40, 3, 20):
        begins = now + timedelta(days=days)
        made.meeting(boss, title=f"In {days} days", starts_at=begins, ends_at=begins + timedelta(hours=1))
    services.cancel(Meeting.objects.get(title="In 40 days"), by=boss, reason="No")
    for days in (3, 9):
        over = made.past(boss, title=f"{days} days ago")
        begins = now - timedelta(days=days)
        Meeting.objects.filter(pk=over.pk).update(
            starts_at=begins, ends_at=begins + timedelta(hours=1), first_day=begins.date(), last_day=begins.date()
        )
    wanted = ["In 3 days", "In 20 days", "In 40 days", "3 days ago", "9 days ago"]
    page = client.get("/en/calendar/?view=list").text.partition("<main")[2]
    assert re.findall(r">((?:In )?\d+ days(?: ago)?)</a>", page) == wanted
    assert [page.count(f'<h2 class="half">{words}</h2>') for words in ("To come", "Past")] == [1, 1]
    assert page.index("In 40 days") < page.index('<h2 class="half">Past</h2>') < page.index("3 days ago")
    assert 'class="half"' not in client.get("/en/calendar/?view=list&when=coming").text


def test_pages_of_the_list_hold_each_meeting_once(client, monkeypatch):
    monkeypatch.setattr("meetings.views.public.PAGE", 3)
    boss, begins = made.staff(), timezone.now() + timedelta(days=3)
    for number in range(5):
        made.meeting(boss, title=f"Same hour {number}", starts_at=begins, ends_at=begins + timedelta(hours=1))
    for number in (5, 6):
        made.past(boss, title=f"Same hour {number}")
    pages = [client.get(f"/en/calendar/?view=list&page={number}").text for number in (1, 2, 3)]
    found = [title for page in pages for title in re.findall(r">(Same hour \d)</a>", page)]
    assert sorted(found) == [f"Same hour {number}" for number in range(7)]


def test_where_clocks_change_meanwhile_the_end_says_its_own_offset(client, client_of):
    zone = "America/Santiago"
    starts, ends = made.moment("2027-04-03 23:30", zone), made.moment("2027-04-04 00:30", zone)
    meeting = made.meeting(zone=zone, starts_at=starts, ends_at=ends)
    words = "3 April 2027, 23:30 (Santiago, UTC−03:00), to 4 April 2027, 00:30 (UTC−04:00)"
    assert words in client.get(f"/en/calendar/{meeting.slug}/").text
    page = client_of(made.member(timezone="America/Sao_Paulo", language="en")).get(f"/en/calendar/{meeting.slug}/").text
    assert "For you: 3 April 2027, 23:30, to 4 April 2027, 01:30 (São Paulo, UTC−03:00)" in page


def test_a_change_of_clocks_within_a_day_is_said_too():
    zone = "America/New_York"
    starts, ends = made.moment("2027-03-14 01:00", zone), made.moment("2027-03-14 04:00", zone)
    with translation.override("en"):
        assert span_words(starts, ends, zone) == "14 March 2027, 01:00 (New York, UTC−05:00) to 04:00 (UTC−04:00)"
