"""The parts of a record's page around its answers: head, facts, the heading for paper, citation, what may be done."""

from html import escape

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.addresses import one_of, place
from core.languages import current
from core.templatetags import recordparts as parts
from core.templatetags.answers import answers
from core.templatetags.ui import area_mark, icon, kept, lang_attr, tag, written_date

register = Library()

FEW = 4  # countries that have a line of their own each
SECTION = '<section id="{}"><h2>{}</h2>\n{}</section>\n\n'
CHOSEN = '<a href="{}?{}={}">{}</a>'
COUNTRY = '<dd><abbr class="iso" title="{0}">{1}</abbr><a href="{2}">{0}</a></dd>'


@kept
def _words(language: str) -> dict[str, str]:
    return parts.labelled({
        "type": pgettext("filter", "Type"), "countries": _("Countries"), "country": _("Country"), "region": _("Region"),
        "institution": _("Institution"), "both": _("Area and theme"), "dates": _("Dates"), "status": pgettext("filter", "Status"),
        "funding": _("Funding source"), "number": _("Permanent number"), "unknown": _("Not stated"), "heading": _("Heading"),
        "title": _("Title"), "start": _("Starting date"), "end": _("Ending date"), "area": pgettext("filter", "Area"),
        "theme": pgettext("filter", "Theme"), "goes_on": _("It goes on"), "table": _("The Table"), "can": _("What you can do"),
        "wrong": _("Is something missing or wrong?"), "correct": _("Propose a correction"), "edit": _("Edit this record"),
        "propose": _("Propose a correction: the OAS reads it, and what stands here stays until then."),
        "compare": _("Compare with others"), "print": _("Print as Annex I"), "cite": _("Cite this record"),
        "mistake": _("Report a mistake"),
    })  # fmt: skip


@register.simple_tag
def project_head(record) -> SafeString:
    """Its type and states in words, its title and the original one."""
    project, text = record.project, record.text
    marks = [tag(record.type.label)]
    if project.is_carried:
        marks.append(tag(_("From public sources"), "warn", "info"))
    elif project.confirmed_on:
        marks.append(tag(_("Confirmed %(day)s") % {"day": written_date(project.confirmed_on)}, "ok", "done"))
    marks += [tag(record.text_in, "", "globe"), *([tag(_("demonstration"), "off")] if project.is_demo else [])]
    original = f'<p class="aka">{escape(text.title_original)}</p>' if text.title_original else ""
    return SafeString(
        f'<div class="rec-head"><p class="row-x">{"".join(marks)}</p>\n'
        f"<h1 {lang_attr(text.language)}>{escape(text.title)}</h1>{original}</div>\n"
    )


@register.simple_tag
def project_facts(record) -> SafeString:
    """The facts at its head."""
    words, text, listed = _words(current()), record.text, place("programs:list")
    unknown = words["unknown"]
    institution = parts.outward(record.institution_website, record.institution) or unknown
    themes = (f"<dd>{area_mark(theme, place('catalogue:theme', theme.code))}</dd>" for theme in record.themes)
    kind = f'<dd><b class="iso">{text.type_id}</b>{_chosen(listed, "type", record.type)}</dd>'
    where = "countries" if len(record.countries) > 1 else "country" if record.countries else "region"
    return parts.facts([
        (words["type"], kind),
        (words[where], _where(record, listed) or f"<dd>{escape(record.region) or unknown}</dd>"),
        (words["institution"], f"<dd {lang_attr(text.language)}>{institution}</dd>"),
        (words["both"], "".join(themes)),
        (words["dates"], f"<dd>{escape(record.dates) or unknown}</dd>"),
        (words["status"], parts.cell(record.status)),
        (words["funding"], f"<dd>{escape(record.funding) or unknown}</dd>"),
        (words["number"], f'<dd class="num"><a href="{escape(record.permanent_url)}">{record.project.permanent_id}</a></dd>'),
    ])  # fmt: skip


def _chosen(listed: str, param: str, named) -> str:
    """A link to the list of those that share a value."""
    return CHOSEN.format(listed, param, named.code, escape(named.label))


def _where(record, listed: str) -> str:
    if len(record.countries) > FEW:
        return f"<dd>{', '.join(_chosen(listed, 'country', country) for country in record.countries)}</dd>"
    return "".join(
        COUNTRY.format(escape(country.label), country.code, place("catalogue:country", country.code))
        for country in record.countries
    )


@register.simple_tag
def project_heading(record) -> SafeString:
    """The heading as Annex I prints it: on paper only, since the screen shows it as facts."""
    words, text = _words(current()), record.text
    title = f"{text.title} ({text.title_original})" if text.title_original else text.title
    rows = (
        ("title", f" {lang_attr(text.language)}", title),
        ("type", "", record.type.label),
        ("country", "", record.places),
        ("start", "", record.start),
        ("end", "", record.end),
        ("area", "", "; ".join(f"{area.code} {area.label}" for area in record.areas)),
        ("theme", "", "; ".join(f"{theme.code} {theme.label}" for theme in record.themes)),
    )
    ends = {"end": words["goes_on"]} if text.ongoing else {}
    drawn = "".join(
        parts.PAPER_ROW.format(words[key], attributes, escape(said) or ends.get(key, ""))
        for key, attributes, said in rows
    )
    head, foot = f"<h2>{words['heading']}</h2>", f"<h2>{words['table']}</h2>"
    return SafeString(parts.PAPER.format(" annex-heading", head, f"\n{drawn}", foot))


@register.simple_tag
def project_contents(record) -> SafeString:
    """The sections of the page, to be jumped to."""
    return parts.contents((section.key, section.label) for section in (*record.table, record.cooperation))


@register.simple_tag
def project_sections(sections, language: str) -> SafeString:
    """Columns of the annex with what was answered in a language."""
    return SafeString("".join(project_section(section, language) for section in sections))


@register.simple_tag
def project_section(section, language: str) -> SafeString:
    """One of them; of what is the portal's own, only what is stated."""
    if section.ours and not section.items:
        return SafeString("\n")
    nothing = escape(_("Not stated."))
    said = answers(section.items, language) or f'<p class="none">{nothing}</p>'
    return SafeString(SECTION.format(section.key, escape(section.label), said))


@register.simple_tag
def project_citation(record) -> SafeString:
    """How to cite it."""
    project, text = record.project, record.text
    where = f" ({escape(record.places)})" if record.places else ""
    version = _(
        "Table of policies, programmes and projects, Inter-American Network for Labor Administration, %(number)s, version of %(day)s."
    ) % {"number": project.permanent_id, "day": written_date(project.published_at)}
    return SafeString(
        f'<section id="cite"><h2>{_words(current())["cite"]}</h2>\n<p class="citation">'
        f"<cite {lang_attr(text.language)}>{escape(text.title)}</cite>{where}. {version} {escape(record.permanent_url)}</p></section>\n"
    )


@register.simple_tag
def project_side(record, may: dict) -> SafeString:
    """What may be done with the record."""
    words, project = _words(current()), record.project
    done = (
        parts.side_link("edit", words["edit"], reverse("admin:programs_project_change", args=[project.pk]))
        if may.get("edit")
        else "",
        parts.side_link("columns", words["compare"], f"{place('catalogue:compare')}?id={project.permanent_id}"),
        parts.printing(words["print"]),
        parts.side_link("quote", words["cite"], "#cite"),
        parts.side_link("flag", words["mistake"], place("home:contact")),
    )
    return SafeString(
        f'<aside class="record-side" aria-label="{words["can"]}">\n{_asked(project, words) if may.get("correct") else ""}\n'
        f'<ul class="side-list">{"".join(done)}</ul>\n</aside>\n'
    )


def _asked(project, words: dict[str, str]) -> str:
    address = one_of("programs:proposal_correct", "T-000000", project.permanent_id)
    return (
        f'<div class="panel mb-4"><h2>{words["wrong"]}</h2><p class="small quiet">{words["propose"]}</p>'
        f'<a class="btn btn-primary btn-wide" href="{address}">{icon("edit")}{words["correct"]}</a></div>'
    )
