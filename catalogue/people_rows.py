"""The row of a person in a list: name, position and institution, where they live, how they help, when they last confirmed."""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import drawing
from catalogue.labels import FIXED_NAMES
from core.templatetags.ui import area_mark, kept, lang_attr, tag, written_date

COUNTRIES = 3  # of experience, named in a row; the others are counted
TONES = {"YES": ("ok", "check"), "LIM": ("", "clock"), "NOT": ("off", "")}
ROW = (
    '<li class="rec"><div><h3><a href="{}">{}</a></h3>\n<p class="who">{}<span {}>{}</span></p>\n{}'
    '<div class="row-x">{}</div>\n<div class="small mt-2">{}</div></div>\n<div class="rec-side">{}</div></li>\n'
)


def row_of(row, language: str, show_kind: bool) -> str:
    """One row. A name is of no language."""
    spoken, person = lang_attr(row.language), row.person
    home = drawing.country(person.residence.code, person.residence.names[language]) if person.residence else ""
    if home and not row.institution_name:
        home = home.removesuffix(" · ")
    return ROW.format(
        escape(row.url),
        escape(row.title),
        home,
        spoken,
        escape(row.institution_name),
        f"<p {spoken}>{escape(row.summary)}</p>\n" if row.summary else "",
        "".join(_marks(row, language)),
        "".join(_said(row, language)),
        "".join(_side(row, language, show_kind)),
    )


def _marks(row, language: str) -> list[str]:
    person = row.person
    marks = [_profession(language, person.profession)] if person.profession else []
    if person.availability:
        marks.append(_availability(language, person.availability))
    return marks + [area_mark(theme.code, label=theme.names[language]) for theme in row.theme_list]


def _said(row, language: str) -> list[str]:
    """Where they worked, in which languages, and how they help: long words, so under the tags."""
    person, lines = row.person, []
    if row.country_list:
        first = ", ".join(country.names[language] for country in row.country_list[:COUNTRIES])
        lines.append(_experience(language, first, max(0, len(row.country_list) - COUNTRIES)))
    return lines + [
        _listed(language, param, codes)
        for param, codes in (("speaks", person.speaks), ("modality", person.modalities))
        if codes
    ]


def _side(row, language: str, show_kind: bool) -> list[str]:
    lines = [drawing.line(str(row.kind_label))] if show_kind else []
    return [*lines, _confirmed(language, row.confirmed_on, row.person.is_old)]


@kept
def _profession(language: str, code: str) -> SafeString:
    return tag(FIXED_NAMES["profession"][code])


@kept
def _availability(language: str, code: str) -> SafeString:
    tone, icon = TONES[code]
    return tag(FIXED_NAMES["availability"][code], tone, icon)


@kept
def _experience(language: str, first: str, more: int) -> SafeString:
    if not more:
        return drawing.line(_("Experience: %(countries)s") % {"countries": first})
    words = ngettext(
        "Experience: %(countries)s and %(number)s more country",
        "Experience: %(countries)s and %(number)s more countries",
        more,
    )
    return drawing.line(words % {"countries": first, "number": more})


@kept
def _listed(language: str, param: str, codes: tuple[str, ...]) -> SafeString:
    words = _("Working languages: %(list)s") if param == "speaks" else _("Helps by: %(list)s")
    return drawing.line(words % {"list": ", ".join(str(FIXED_NAMES[param][code]) for code in codes)})


@kept
def _confirmed(language: str, day, is_old: bool) -> SafeString:
    """Amber is a word first: what was confirmed long ago says so."""
    if day is None:
        return format_html("<p>{}</p>", tag(_("Not confirmed yet"), "warn", "info"))
    words = {"day": written_date(day)}
    if is_old:
        return format_html("<p>{}</p>", tag(_("Last confirmed %(day)s: it may be out of date") % words, "warn", "info"))
    return drawing.line(_("Confirmed %(day)s") % words)
