"""The planner's parts: the drawing of a day on every clock, and the words for what people do then."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.ui import tag
from core.zones import moment_words
from meetings.geography import AT_WORK, AWAKE, FREE, NIGHT
from meetings.planner import LONGEST

register = template.Library()

LEFT, CELL, ROW, GAP, HEAD = 214, 22, 20, 4, 22
MOST_CODES = 9


@register.simple_tag
def plan_moment(planner) -> str:
    """The moment looked at, on the clock looked from."""
    return moment_words(planner.begins, planner.zone)


@register.simple_tag
def plan_state(state: str):
    """What people do at an hour, in a word."""
    words, tone, icon = {
        AT_WORK: (_("At work"), "ok", "check"),
        AWAKE: (_("Before or after work"), "", "clock"),
        NIGHT: (_("Night"), "off", "wait"),
        FREE: (_("Weekend or holiday"), "warn", "flag"),
    }[state]
    return tag(words, tone, icon)


@register.simple_tag
def plan_control(field, asked):
    """A control of the planner's form, filled with what is looked at."""
    value = asked.get(field.name)
    widget = field.field.widget
    css = "form-select" if widget.input_type == "select" else "form-control"
    shown = value if value is not None and not field.errors else field.value()
    return widget.render(field.html_name, field.field.prepare_value(shown), {"id": field.auto_id, "class": css})


@register.simple_tag
def plan_address(asked, hour: str) -> str:
    """The same day at another hour."""
    return "?" + urlencode(
        {"day": asked["day"].isoformat(), "time": hour, "zone": asked["zone"], "minutes": asked["minutes"]}
    )


@register.simple_tag
def planner_of(meeting) -> str:
    """The planner, opened at the day, hour, zone and length of a meeting as far as they are known."""
    asked = {"zone": meeting.zone}
    if begins := meeting.local_start:
        minutes = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        asked |= {"day": begins.date().isoformat(), "time": f"{begins:%H:%M}", "minutes": max(1, min(minutes, LONGEST))}
    name, which = ("meeting_planner", [meeting.slug]) if meeting.is_announced and meeting.starts_at else ("planner", [])
    return f"{reverse(f'meetings:{name}', args=which)}?{urlencode(asked)}"


@register.simple_tag
def plan_bar(one, planner) -> SafeString:
    """How many of all countries are at work, as a bar."""
    width = round(100 * one.at_work / max(len(planner.countries), 1))
    return SafeString(
        f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="{width}" height="6"/></svg>'
    )


@register.simple_tag
def plan_drawing(planner) -> SafeString:
    """The day on every clock: a band for each distance from UTC, a cell for each hour, and the meeting across them."""
    bands, hours = planner.bands, planner.day_hours()
    width, height = LEFT + CELL * len(hours) + 2, HEAD + (ROW + GAP) * len(bands) + 4
    parts = [f'<svg viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">']
    parts += [
        f'<text x="{LEFT + CELL * place + 2}" y="14">{moment:%H}</text>'
        for place, moment in enumerate(hours) if moment.hour % 3 == 0
    ]  # fmt: skip
    for number, band in enumerate(bands):
        y = HEAD + (ROW + GAP) * number
        parts.append(f'<text x="0" y="{y + 14}">{escape(band.offset)}</text>')
        parts.append(f'<text class="codes" x="72" y="{y + 14}">{escape(_codes(band.codes))}</text>')
        parts += [
            f'<rect class="{state}" x="{LEFT + CELL * place + 1}" y="{y}" width="{CELL - 2}" height="{ROW}"/>'
            for place, state in band.cells
        ]
    parts.append(_meeting(planner, hours, height))
    return SafeString("".join(parts) + "</svg>")


def _codes(codes: list[str]) -> str:
    """Codes of countries; of many the first, and how many more."""
    if len(codes) <= MOST_CODES - 3:
        return " ".join(codes)
    return f"{' '.join(codes[: MOST_CODES - 4])} +{len(codes) - MOST_CODES + 4}"


def _meeting(planner, hours, height: int) -> str:
    since = (planner.begins.timestamp() - hours[0].timestamp()) / 3600
    long = min(planner.minutes / 60, len(hours) - since)
    return f'<rect class="now" x="{LEFT + CELL * since:.1f}" y="{HEAD - 4}" width="{max(CELL * long, 4):.1f}" height="{height - HEAD + 2}"/>'
