"""The parts of a profile's page: data for machines, head, facts, and what they tell of themselves."""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.templatetags.linked import block
from core.addresses import place
from core.languages import current
from core.templatetags import recordparts as parts
from core.templatetags.answers import paragraphs, web_link
from core.templatetags.ui import area_mark, kept, lang_attr, tag

register = template.Library()

FEW = 4  # countries that have a line of their own each
COUNTRY = '<dd><abbr class="iso" title="{0}">{1}</abbr><a href="{2}">{0}</a></dd>'
SECTION = '<section id="{}"><h2>{}</h2>{}</section>'
LINED = '<ul class="lined">{}</ul>'
TABLE = (
    '<div class="tbl-wrap" role="region" aria-label="{0}" tabindex="0"><table class="tbl"><caption class="hush">{0}</caption>'
    "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>"
)


@kept
def _words(language: str) -> dict[str, str]:
    return parts.labelled({
        "themes": _("Themes"), "biography": _("Short biography"), "activities": _("Activities led"),
        "publications": _("Publications"), "programmes": _("Programmes known"),
        "one": _("Country of experience"), "several": _("Countries of experience"), "residence": _("Lives in"),
        "languages": _("Working languages"), "help": _("How they can help"), "availability": _("Availability"),
        "confirmed": _("Last confirmed"), "number": _("Permanent number"), "what": _("What it was"), "part": _("Part in it"),
        "country": _("Country"), "year": _("Year"), "library": _("In the library"),
    })  # fmt: skip


@register.simple_tag
def linked_person(profile) -> SafeString:
    """A public profile as data for machines."""
    return block(profile.linked_data())


@register.simple_tag
def person_head(profile) -> SafeString:
    """What they do and whether they are available, the name, position and institution."""
    expert, text = profile.expert, profile.text
    marks = [tag(profile.profession), tag(expert.get_availability_display())]
    marks += [tag(profile.fresh.words, profile.fresh.tone)] if profile.fresh else []
    marks += [tag(profile.text_in, "", "globe")] if profile.is_in_another_language else []
    marks += [tag(_("demonstration"), "off")] if expert.is_demo else []
    post = ", ".join(filter(None, (profile.position, profile.institution)))
    lead = f'<p class="lead" {lang_attr(text.language)}>{escape(post)}</p>' if post else ""
    return SafeString(
        f'<div class="rec-head"><p class="row-x">{"".join(marks)}</p>\n<h1>{escape(text.name)}</h1>{lead}</div>\n'
    )


@register.simple_tag
def person_facts(profile) -> SafeString:
    """Where they worked, in which languages, how they can help, and since when that holds."""
    words, expert = _words(current()), profile.expert
    notice = f"<dd>{escape(profile.notice)}</dd>" if profile.notice else ""
    orcid = f'<a href="{escape(profile.orcid_address)}" rel="nofollow noopener">{escape(profile.orcid)}</a>'
    number = f'<a href="{escape(profile.permanent_url)}">{expert.permanent_id}</a>'
    rows = (
        (words["one" if len(profile.countries) == 1 else "several"], _countries(profile)),
        (words["residence"], _residence(profile)),
        (words["languages"], parts.cell(profile.languages)),
        (words["help"], "".join(map(parts.cell, profile.modalities))),
        (words["availability"], parts.cell(expert.get_availability_display()) + notice),
        (words["confirmed"], parts.cell(profile.fresh.words) if profile.fresh else None),
        ("ORCID", f'<dd class="num">{orcid}</dd>' if profile.orcid else None),
        (words["number"], f'<dd class="num">{number}</dd>'),
    )
    return parts.facts((label, cells) for label, cells in rows if cells is not None)


def _countries(profile) -> str:
    known = [(escape(one.label), one.code, place("catalogue:country", one.code)) for one in profile.countries]
    if len(known) > FEW:
        named = (f'<a href="{url}">{label}</a>' for label, _code, url in known)
        return f"<dd>{', '.join(named)}</dd>"
    return "".join(COUNTRY.format(*one) for one in known)


def _residence(profile) -> str | None:
    if home := profile.residence:
        return f'<dd><abbr class="iso" title="{escape(home.label)}">{home.code}</abbr>{escape(home.label)}</dd>'
    said = profile.residence_text
    return f"<dd><span {lang_attr(profile.text.language)}>{escape(said)}</span></dd>" if said else None


@register.simple_tag
def person_contents(profile) -> SafeString:
    """The sections of the page, to be jumped to."""
    words = _words(current())
    there = ("biography", "activities", "publications", "programmes")
    keys = ("themes", *(key for key in there if getattr(profile, key)))
    return SafeString("".join(parts.CONTENT.format(key, words[key]) for key in keys))


@register.simple_tag
def person_sections(profile) -> SafeString:
    """Themes, biography, activities, publications and programmes, as far as they show them."""
    words, spoken = _words(current()), lang_attr(profile.text.language)
    drawn = {
        "themes": LINED.format("".join(map(_theme, profile.themes))),
        "biography": f"<div {spoken}>{paragraphs(profile.biography)}</div>" if profile.biography else "",
        "activities": _activities(profile.activities, words, spoken) if profile.activities else "",
        "publications": _lined(_publication(one, words, spoken) for one in profile.publications),
        "programmes": _lined(map(_programme, profile.programmes)),
    }
    return SafeString(
        "".join(f"{SECTION.format(key, words[key], said) if said else ''}\n" for key, said in drawn.items())
    )


def _lined(lines) -> str:
    said = "".join(lines)
    return LINED.format(said) if said else ""


def _theme(known) -> str:
    level = f' <span class="quiet">{escape(known.level)}</span>' if known.level else ""
    return f"<li>{area_mark(known.theme, place('catalogue:theme', known.theme.code))}{level}</li>"


def _activities(rows, words: dict[str, str], spoken: str) -> str:
    heads = [words[key] for key in ("what", "part", "country", "year")]
    marked = (f" {spoken}", f" {spoken}", "", "")
    lines = (
        "".join(f'<td data-head="{head}"{mark}>{escape(cell)}</td>' for head, mark, cell in zip(heads, marked, row, strict=True))
        for row in rows
    )  # fmt: skip
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return TABLE.format(words["activities"], top, "".join(f"<tr>{line}</tr>" for line in lines))


def _publication(one, words: dict[str, str], spoken: str) -> str:
    year = f" ({escape(str(one.year))})" if one.year else ""
    link = f" · {web_link(one.link)}" if one.link else ""
    item = ""
    if one.item:
        named = f'<span class="hush">: {escape(one.item.title)}</span>'
        item = f' · <a href="{escape(one.item.url)}">{words["library"]}{named}</a>'
    return f"<li><span><span {spoken}>{escape(one.title)}</span>{year}{link}{item}</span></li>"


def _programme(one) -> str:
    link = f'<a href="{escape(one.url)}" {lang_attr(one.language)}>{escape(one.title)}</a>'
    return f"<li><span>{link} ({one.number}, {escape(one.kind)})</span></li>"
