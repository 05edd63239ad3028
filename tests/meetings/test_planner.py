"""The planner: every clock of the network, office hours, holidays, and days on which clocks change."""

import re
from datetime import UTC, date, timedelta

import pytest
from django.core.cache import cache

from meetings.forms.small import PlannerForm
from meetings.geography import (
    AT_WORK,
    AWAKE,
    FREE,
    NIGHT,
    clocks,
    holidays_of,
    language_of_holidays,
    last_minute,
    lasting,
    zones_by_country,
)
from meetings.models import Meeting
from meetings.planner import Planner
from meetings.services import register
from network.models import Country
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db
NOON = "2027-07-14 12:00"  # a Wednesday


def row_of(planner, country: str):
    return [row for row in planner.rows if row.country.iso2 == country]


def test_every_country_has_at_least_one_clock_and_large_ones_have_several():
    planner = Planner(made.moment(NOON), 60, "America/Bogota")
    assert {row.country.iso2 for row in planner.rows} == set(Country.objects.values_list("iso2", flat=True))
    assert [row.hour for row in row_of(planner, "BR")] == ["12:00", "13:00", "14:00", "15:00"]
    assert [row.hour for row in row_of(planner, "AR")] == ["14:00"]
    assert len(row_of(planner, "CA")) >= 6
    assert "America/Argentina/Buenos_Aires" in zones_by_country()["AR"]


def test_daylight_saving_moves_the_hour_of_those_who_keep_it():
    summer, winter = (Planner(made.moment(f"2027-{day} 12:00"), 60, "America/Bogota") for day in ("07-14", "01-13"))
    hours = [next(row.hour for row in row_of(one, "US") if "New York" in row.places) for one in (summer, winter)]
    assert hours == ["13:00", "12:00"]
    assert [row_of(one, "PE")[0].hour for one in (summer, winter)] == ["12:00", "12:00"]


@pytest.mark.parametrize(
    ("hour", "minutes", "state"),
    [
        ("08:00", 60, AT_WORK),
        ("16:00", 60, AT_WORK),
        ("16:30", 60, AWAKE),
        ("07:00", 30, AWAKE),
        ("22:00", 30, NIGHT),
        ("03:00", 60, NIGHT),
    ],
)
def test_office_hours_are_eight_to_five_for_the_whole_meeting(hour, minutes, state):
    assert lasting(made.moment(f"2027-07-14 {hour}"), minutes, {}) == state


def test_a_meeting_lasts_its_true_minutes_where_clocks_change_meanwhile():
    begins = made.moment("2027-03-13 23:30", "America/New_York")  # a Saturday; the next day has an hour less
    assert last_minute(begins, 24 * 60).isoformat() == "2027-03-15T00:29:00-04:00"
    assert lasting(begins, 24 * 60, {}) == NIGHT


def test_a_meeting_over_new_year_knows_the_holidays_of_both_years():
    colombia = list(Country.objects.filter(iso2="CO"))
    planner = Planner(made.moment("2026-12-31 16:00"), 18 * 60, "America/Bogota", colombia)
    assert row_of(planner, "CO")[0].state == FREE, "it ends on the morning of 1 January"


def test_weekends_and_national_holidays_are_free():
    assert lasting(made.moment("2027-07-17 12:00"), 60, {}) == FREE
    planner = Planner(
        made.moment("2027-07-20 12:00"), 60, "America/Bogota", list(Country.objects.filter(iso2__in=("CO", "PE")))
    )
    assert row_of(planner, "CO")[0].state == FREE
    assert row_of(planner, "CO")[0].holiday
    assert row_of(planner, "PE")[0].state == AT_WORK


def test_a_country_whose_holidays_nobody_lists_is_said():
    assert holidays_of("XX", 2027, "es") is None
    stranger = Country(
        iso2="XX", timezone="America/Bogota", label_en="Nowhere", label_es="Nada", label_pt="Nada", label_fr="Rien"
    )
    planner = Planner(made.moment(NOON), 60, "America/Bogota", [stranger])
    assert planner.unknown == [stranger]
    assert not row_of(planner, "XX")[0].knows_holidays


def test_names_of_holidays_come_in_the_readers_language_where_there_are_any():
    spanish, english = (holidays_of("CL", 2027, language)[date(2027, 9, 18)] for language in ("es", "en"))
    assert spanish != english
    assert holidays_of("CL", 2027, "fr")


def test_the_list_of_holidays_knows_every_country_of_the_network():
    codes = list(Country.objects.values_list("iso2", flat=True))
    assert len(codes) == 35
    assert [code for code in codes if not holidays_of(code, 2027, "es")] == []


@pytest.mark.parametrize(
    ("country", "language", "shown"),
    [
        ("CL", "es", "es"),
        ("CL", "fr", "es"),
        ("HT", "pt", "fr"),
        ("CA", "fr", "fr"),
        ("SR", "es", "en"),
        ("BB", "es", "en"),
    ],
)
def test_a_name_in_another_language_says_so(country, language, shown):
    assert language_of_holidays(country, language) == shown


def test_the_page_marks_the_language_of_a_holiday_and_says_where_the_list_ends(client, monkeypatch):
    page = client.get("/es/calendar/planner/?day=2027-07-14&time=12:00&zone=America/Lima").text
    assert "Nadie lleva la lista" not in page and "Nobody lists" not in page
    monkeypatch.setattr("meetings.planner.holidays_of", lambda country, *_rest: None if country == "UY" else {})
    page = client.get("/en/calendar/planner/?day=2027-07-14&time=12:00&zone=America/Lima").text
    assert page.count("Holidays not known") == 1
    assert "Nobody lists the holidays of: Uruguay." in " ".join(page.split())
    monkeypatch.undo()
    page = client.get("/es/calendar/planner/?day=2027-12-27&time=12:00&zone=America/Lima").text
    assert '<span lang="en"><span class="tag' in page.replace("\n", "")


@pytest.mark.parametrize(("day", "hours"), [("2027-03-14", 23), ("2027-11-07", 25), ("2027-07-14", 24)])
def test_a_day_on_which_clocks_change_has_its_true_hours(day, hours):
    planner = Planner(made.moment(f"{day} 12:00", "America/New_York"), 60, "America/New_York")
    assert len(planner.day_hours()) == hours == len(planner.hours)
    assert all(len(band.cells) == hours for band in planner.bands)
    assert sum(one.is_chosen for one in planner.hours) == 1


def test_half_an_hour_off_is_half_an_hour_off():
    found = clocks("CA", "America/St_Johns", made.moment(NOON))
    assert any(clock.moment.minute == 30 for clock in found)


def test_the_page_draws_it_with_its_figures_as_tables(client):
    meeting = made.meeting(starts_at=made.moment(NOON), ends_at=made.moment(NOON) + timedelta(hours=1))
    page = client.get(f"/en/calendar/{meeting.slug}/planner/").text
    assert page.count('<rect class="work"') > 30
    assert page.count("<caption") >= 2
    assert "Argentina" in page
    assert "style=" not in page.partition("<main")[2]


@pytest.mark.parametrize(
    "query",
    [
        "day=x",
        "time=25:99",
        "zone=Nowhere",
        "minutes=-1",
        "day=2026-13-45&time=9999&zone=%00",
        "day=0001-01-01",
        "day=9999-12-31",
    ],
)
def test_odd_values_are_said_and_break_nothing(client, query):
    response = client.get(f"/en/calendar/planner/?{query}")
    assert response.status_code in (200, 400)


def test_an_hour_that_is_chosen_is_looked_at(client):
    page = client.get("/en/calendar/planner/?day=2027-07-14&time=09:00&zone=America/Lima&minutes=90").text
    assert "14 July 2027, 09:00 (Lima, UTC−05:00)" in page


@pytest.mark.parametrize(("year", "words"), [(2001, "Choose a later day"), (2098, "Choose an earlier day")])
def test_days_far_away_are_drawn_for_nobody(client, year, words):
    page = client.get(f"/en/calendar/planner/?day={year}-07-14&time=09:00&zone=America/Lima").text
    assert words in page
    assert f"14 July {year}" not in page


def test_the_days_around_a_meeting_are_drawn_whenever_it_was(client):
    meeting = made.past()
    begins = made.moment("2015-03-12 15:00")
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert "13 March 2015, 15:00" in client.get(f"/en/calendar/{meeting.slug}/planner/?day=2015-03-13").text


def test_visitors_are_shown_a_kept_page(client, client_of, monkeypatch):
    address = "/en/calendar/planner/?day=2027-07-14&time=09:00&zone=America/Lima"
    first = client.get(address)
    assert "public" in first["Cache-Control"]
    monkeypatch.setattr("meetings.views.public.Planner", lambda *args: 1 / 0)
    assert client.get(address).text == first.text
    monkeypatch.undo()
    assert "private" in client_of(made.member()).get(address)["Cache-Control"]


def test_organisers_see_where_registered_people_are_without_their_names(client, client_of):
    boss = made.staff()
    meeting, person = made.meeting(boss), made.member(timezone="America/Lima", name="Somebody Private")
    register(meeting, by=person)
    page = client_of(boss).get(f"/en/calendar/{meeting.slug}/planner/").text
    shown = page.partition('id="registered"')[2].partition("</table>")[0]
    assert "Lima, UTC−05:00" in shown and "America/Lima" not in shown and "·" not in shown
    assert "Somebody Private" not in page
    assert 'id="registered"' not in client.get(f"/en/calendar/{meeting.slug}/planner/").text


def test_an_hour_that_clocks_leave_out_is_the_one_that_they_show():
    asked = {"day": "2027-03-14", "time": "02:30", "zone": "America/New_York", "minutes": "60"}
    form = PlannerForm(asked, minutes=60, around=date(2027, 3, 14))
    begins, zone, minutes = form.read(made.moment(NOON), "America/Bogota", 60)
    planner = Planner(begins, minutes, zone, [Country.objects.get(iso2="US")])
    assert planner.begins.isoformat() == "2027-03-14T03:30:00-04:00"
    assert next(row.hour for row in planner.rows if "New York" in row.places) == "03:30"


def test_of_a_day_without_an_hour_the_one_that_suits_most_is_shown(client):
    shown = Planner(made.moment("2027-07-14 03:00", "America/Lima"), 60, "America/Lima")
    best = shown.suits_most()
    counts = {one.moment: one.at_work for one in shown.hours}
    assert counts[best] == max(counts.values()) > 30
    page = client.get("/en/calendar/planner/?day=2027-07-14&zone=America/Lima").text
    assert f'value="{best:%H:%M}"' in page
    page = client.get("/en/calendar/planner/?day=2027-07-14&time=03:00&zone=America/Lima").text
    assert 'value="03:00"' in page


@pytest.mark.parametrize(
    ("today", "first"), [("2027-07-14", "2027-07-15"), ("2027-07-16", "2027-07-19"), ("2027-07-18", "2027-07-19")]
)
def test_the_planner_opens_at_the_next_working_day(client, monkeypatch, today, first):
    for hour in ("00:30", "12:00", "22:30"):  # in the evening it is the next day already by the clock of the server
        now = made.moment(f"{today} {hour}", "America/Lima").astimezone(UTC)
        monkeypatch.setattr("meetings.views.public.timezone.now", lambda now=now: now)
        cache.clear()
        page = client.get("/en/calendar/planner/?zone=America/Lima").text
        assert f'value="{first}"' in page


@pytest.mark.parametrize("time", ["09:00", "06:30", "23:00"])
def test_every_country_counts_once_and_the_bar_says_what_the_figures_say(time):
    planner = Planner(made.moment(f"2027-07-14 {time}"), 60, "America/Bogota")
    assert planner.at_work + planner.awake + planner.asleep + planner.free == len(planner.countries) == 35
    (bar,) = [one for one in planner.hours if one.is_chosen]
    assert (bar.label, bar.at_work, bar.asleep) == (time, planner.at_work, planner.asleep)


def test_a_country_with_several_clocks_counts_by_its_main_one():
    brazil = list(Country.objects.filter(iso2="BR"))
    planner = Planner(made.moment("2027-07-14 07:30", "America/Sao_Paulo"), 30, "America/Sao_Paulo", brazil)
    assert {row.state for row in planner.rows} >= {AT_WORK, AWAKE, NIGHT}
    assert (planner.at_work, planner.awake, planner.asleep) == (0, 1, 0)


def chosen(page: str, name: str) -> str:
    """What is chosen in a list of a page."""
    offered = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    return re.search(r'<option value="([^"]*)" selected', offered)[1]


def test_the_planner_of_a_meeting_keeps_its_own_length(client):
    begins = made.moment("2027-07-14 09:00")
    meeting = made.meeting(starts_at=begins, ends_at=begins + timedelta(minutes=75))
    address = f"/en/calendar/{meeting.slug}/planner/"
    page = client.get(address).text
    assert chosen(page, "minutes") == "75" and "75 minutes" in page and "&amp;minutes=75" in page
    assert chosen(client.get(f"{address}?minutes=30").text, "minutes") == "30"


def test_the_form_of_a_meeting_leads_to_the_planner_at_its_hour(client_of):
    boss, begins = made.staff(), made.moment("2027-07-14 09:10", "America/Lima")
    values = {"zone": "America/Lima", "starts_at": begins, "ends_at": begins + timedelta(minutes=75)}
    asked = "?zone=America%2FLima&day=2027-07-14&time=09%3A10&minutes=75"
    draft, meeting, browser = made.draft(boss, **values), made.meeting(boss, **values), client_of(boss)
    for one, planner in ((draft, "/en/calendar/planner/"), (meeting, f"/en/calendar/{meeting.slug}/planner/")):
        page = browser.get(f"/en/calendar/organise/{one.pk}/").text
        assert f'href="{planner}{asked}"'.replace("&", "&amp;") in page
        shown = browser.get(planner + asked).text
        assert "14 July 2027, 09:10 (Lima, UTC−05:00)" in shown and chosen(shown, "minutes") == "75"
    assert "/en/calendar/planner/?zone=" in browser.get("/en/calendar/organise/new/").text
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=None, ends_at=None, starts=date(1963, 7, 1)
    )  # as of the past
    assert "/en/calendar/planner/?zone=" in browser.get(f"/en/calendar/organise/{meeting.pk}/").text


@pytest.mark.parametrize("minutes", ["0", "-1", "1441", "9" * 30, "²", "x"])
def test_a_length_that_no_day_has_is_no_choice(client, minutes):
    page = client.get("/en/calendar/planner/", {"minutes": minutes}).text
    assert "Select a valid choice" in page or "Enter a" in page
