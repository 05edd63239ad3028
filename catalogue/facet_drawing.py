"""The facets beside a list, put together here: for sixteen groups a template takes a seventh of the time of the whole list.

Every value passes through `escape` exactly once.
"""

from html import escape

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.panel import Choice, Group
from core.templatetags.ui import area_mark, icon, kept

GROUP = '<details class="facet" data-remember="facet-{}"{}><summary>{}</summary>\n{}\n\n{}\n{}\n{}\n</details>'
MORE = '<details class="facet-more"{}><summary>{}</summary><ul>{}</ul></details>'
YEARS = (
    '<div class="facet-years"><label>{}<input class="form-control" type="text" inputmode="numeric" maxlength="4" '
    'name="year_from" value="{}"></label><label>{}<input class="form-control" type="text" inputmode="numeric" maxlength="4" '
    'name="year_to" value="{}"></label></div>'
)
ERRORS = '<p class="invalid-feedback d-block" id="{}">{}<span><span class="hush">{} </span>{}</span></p>'
TICK = '<li><label><input class="form-check-input" type="checkbox" name="{}" value="{}"'


def group_of(group: Group) -> str:
    """One facet, or two that belong together."""
    return GROUP.format(
        group.key,
        " open" if group.open else "",
        escape(group.title),
        _errors(group) if group.errors else "",
        _years(*group.years) if group.years else "",
        f"<ul>{_choices(group.choices)}</ul>" if group.choices else "",
        MORE.format(" open" if group.more_open else "", escape(group.more_label), _choices(group.more))
        if group.more
        else "",
    )


def _errors(group: Group) -> str:
    said = "".join(f"{escape(words)} " for words in group.errors)
    return ERRORS.format(group.error_id, icon("alert"), _("Error:"), said)


def _years(first: str, last: str) -> str:
    return YEARS.format(_("From"), escape(first), _("To"), escape(last))


def _choices(found: list[Choice]) -> str:
    """The values of one facet; what does not change with the counts is kept."""
    parts: list[str] = []
    for choice in found:
        tick, words = _tick(choice.param, choice.value, choice.label, choice.is_marked, choice.is_coded)
        count = "" if choice.count is None else f'<span class="n">{_number(choice.count)}</span>'
        parts.append(f"{tick}{' checked' if choice.chosen else ''}>{words}{count}</label></li>")
    return "".join(parts)


def _number(count: int) -> str:
    return number_format(count) if count > 999 else str(count)


@kept
def _tick(param: str, value: str, label: str, marked: bool, coded: bool) -> tuple[SafeString, SafeString]:
    if marked:
        words = area_mark(value, label=label)
    else:
        words = format_html('<b class="iso">{}</b>{}', value, label) if coded else label
    return format_html(TICK, param, value), format_html("<span>{}</span>", words)
