"""Dates as each language writes them, wherever they stand."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils.dateformat import format as written

from core import dates
from core.languages import speaking
from core.templatetags.ui import written_date

FIRST, OTHER = date(2026, 9, 1), date(2026, 12, 23)


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "1 September 2026", "23 December 2026"),
        ("es", "1 de septiembre de 2026", "23 de diciembre de 2026"),
        ("pt", "1 de setembro de 2026", "23 de dezembro de 2026"),
        ("fr", "1er septembre 2026", "23 décembre 2026"),
    ],
)
def test_a_day_is_written_out_as_the_language_does(language, first, other):
    with speaking(language):
        assert [written_date(day) for day in (FIRST, OTHER)] == [first, other]


@pytest.mark.parametrize(
    ("language", "month", "short", "moment"),
    [
        ("en", "September 2026", "1 Sep 2026", "1 September 2026, 14:05"),
        ("es", "septiembre de 2026", "1 sep 2026", "1 de septiembre de 2026, 14:05"),
        ("pt", "setembro de 2026", "1 set 2026", "1 de setembro de 2026, 14:05"),
        ("fr", "septembre 2026", "1er sep 2026", "1er septembre 2026, 14:05"),
    ],
)
def test_months_short_dates_and_moments(language, month, short, moment):
    page = Template(
        "{{ at|date:'YEAR_MONTH_FORMAT' }}|{{ at|date:'SHORT_DATE_FORMAT' }}|{{ at|date:'DATETIME_FORMAT' }}"
    )
    with speaking(language):
        assert page.render(Context({"at": datetime(2026, 9, 1, 14, 5)})) == f"{month}|{short}|{moment}"


def test_months_to_choose_from_are_in_the_reader_s_language():
    with speaking("pt"):
        assert dates.months()[:3] == [(1, "janeiro"), (2, "fevereiro"), (3, "março")]


def test_the_english_ending_stays_english():
    with speaking("en"):
        assert written(date(2026, 3, 2), "jS F") == "2nd March"
