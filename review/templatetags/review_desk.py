"""Parts of the review desk: the bar of days, the counts on the first page of the admin."""

from django import template
from django.utils import timezone

from network.templatetags.once import form_key
from review import queue
from review.choices import OPEN_STATES

register = template.Library()
register.simple_tag(form_key)


@register.inclusion_tag("review/_age.html")
def age(row):
    """Days waited as a number and a bar, and "overdue" in words."""
    return {"days": row.days, "share": row.share, "late": row.late}


@register.inclusion_tag("review/_counts.html")
def review_counts(user):
    """Counts per kind and state, and the oldest case: one statement."""
    now = timezone.now()
    if not user.is_reviewer:
        return {}
    counts = queue.Counts(user, now)
    return {
        "counts": counts,
        "states": [(state.value, queue.TAGS[state]) for state in OPEN_STATES],
        "mine": counts.tabs["mine"],
        "nobody": counts.tabs["nobody"],
        "overdue": counts.tabs["overdue"],
        "oldest": counts.oldest,
        "oldest_days": (now - counts.oldest).days if counts.oldest else None,
    }
