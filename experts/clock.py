"""How long each clock of a request runs, and why. Days are the calendar days of the OAS (review.clock)."""

from datetime import datetime, timedelta

from django.utils import timezone

from review.clock import end_of_day

# An expert says yes or no within a week: five working days wherever a holiday falls, and no request waits on one person longer.
OFFER_DAYS = 7
# One reminder, mid-way, so that it is neither a second mail on the same day nor too late to be of use.
OFFER_REMINDER_DAYS = 3
# Where the question is needed soon, an expert has less time, but never less than two days: mail is read once a day.
SHORTEST_OFFER_DAYS = 2
# At once: enough for one to say yes in most weeks, few enough that nobody's reading is in vain.
MOST_AT_ONCE = 3
# After so many without a yes it is the theme that lacks experts: the OAS is told instead of asking a seventh.
MOST_ASKED = 6
# Whoever accepted is reminded after one and after two weeks without a word; after three the OAS hears of it.
ANSWER_REMINDERS = (7, 14)
ANSWER_TOLD_OAS = 21
# Whoever asked is reminded to choose whom to ask, and to close what was answered.
CHOICE_REMINDERS = (3, 10)
CLOSING_REMINDERS = (7, 21)


def respond_by(request, now: datetime) -> datetime:
    """By when an expert who is asked now says yes or no: a week, less where the answer is needed sooner."""
    whole = end_of_day(now + timedelta(days=OFFER_DAYS))
    if request.needed_by is None:
        return whole
    there = timezone.get_default_timezone()
    needed = datetime.combine(request.needed_by, whole.timetz().replace(tzinfo=None), tzinfo=there)
    shortest = end_of_day(now + timedelta(days=SHORTEST_OFFER_DAYS))
    return max(min(whole, needed), shortest)


def reached(days: tuple[int, ...], since: datetime, now: datetime) -> int:
    """The newest of these days that has come since then; 0 before the first."""
    waited = (now - since).days
    return max((day for day in days if waited >= day), default=0)
